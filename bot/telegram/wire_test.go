package telegram_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// TestWire holds what goes over the wire for each kind of post in each language, as real games
// make it. The files are read like prose.
func TestWire(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			t.Parallel()
			var got bytes.Buffer
			synctest.Test(t, func(t *testing.T) { tour(t, lang, &got) })
			bottest.Golden(t, "wire/"+lang.String()+".json", got.Bytes(), *update)
		})
	}
}

// tour uses everything once and writes down every request that was made.
func tour(t *testing.T, lang language.Code, out *bytes.Buffer) {
	f := telegramtest.New(t, telegramtest.Options{Unlimited: true})
	db := open(t)
	p := beginAt(t, f, db, nil, boundless)
	defer p.stop()
	ada, ben := f.NewUser("Ada", lang.String()), f.NewUser("Ben", lang.String())
	ada.Unblock()
	c := f.NewSupergroup("Friends", ada, ben)
	c.Admin(ada)
	own, his := f.Private(ada), f.Private(ben)
	written := 0
	write := func(what string) {
		rest(2 * time.Second)
		all := f.Requests()
		var sent []string
		for _, r := range all[written:] {
			if r.Method != "getChatAdministrators" {
				sent = append(sent, fmt.Sprintf("\n%s %s", r.Method, pretty(t, r.Params)))
			}
		}
		slices.Sort(sent)
		fmt.Fprintf(out, "\n# %s\n%s", what, strings.Join(sent, ""))
		written = len(all)
	}
	say := func(id phrase.ID) string { return phrase.Say(lang, id) }
	open := func(m telegramtest.Message) bool {
		return slices.ContainsFunc(m.Buttons(), func(b telegramtest.Button) bool { return b.Text == say(phrase.ButtonSkip) })
	}
	write("the start")
	ada.Say(c, "/language language:"+lang.String())
	write("/language")
	ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 kind:who-said language:"+lang.String())
	write("/quiz")
	q := newest(t, c, open)
	write("the poll")
	ben.Click(c, q, say(phrase.ButtonHint))
	write("a hint")
	ben.Vote(c, q, 0)
	rest(time.Second)
	ben.Click(c, newest(t, c, open), say(phrase.ButtonSkip))
	write("a vote to skip")
	rest(20 * time.Second)
	write("the result and the end")
	report := ben.Click(c, newest(t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID }), say(phrase.ButtonReport))
	<-report.Done()
	write("a report by somebody who never opened their chat")
	ben.Start("")
	write("Start")
	mine := newest(t, his, open)
	ben.Press(his, mine, mine.Buttons()[0].Data)
	rest(time.Second)
	ben.Say(his, "/stop")
	write("an answer, and /stop")
	ada.Say(c, "/quiz pack:countries-of-the-world questions:1 kind:typed language:"+lang.String())
	typed := newest(t, c, open)
	write("a typed question")
	ben.Reply(c, typed, "<b>nothing</b> & more")
	write("what was typed")
	ada.Say(c, "/stop")
	write("/stop")
	for _, name := range []string{"help", "packs", "settings", "leaderboard", "stats", "privacy", "pack_list"} {
		ada.Say(c, "/"+name)
		write("/" + name)
	}
	ada.Click(own, newest(t, own, has(language.StripIsolates(phrase.Say(lang, phrase.SettingsOf, phrase.Name("place", "Friends"))))), say("opt-questions"))
	write("a setting")
	ada.SendFile(own, telegramtest.File{Name: "mine.yaml", Type: "application/yaml",
		Data: []byte("pack: mine\nlanguages: [en]\ntitle: Mine\ncards:\n  - {ask: \"Who?\", answer: X}\n")}, "")
	write("a file")
	ada.Click(own, newest(t, own, has(say(phrase.WhoseAsk))), say(phrase.WhoseMine))
	write("whose it is")
	ada.Say(own, "/privacy action:export")
	write("a copy")
	ben.Say(c, "/settings")
	write("settings by somebody who may not")
}

var (
	seals   = regexp.MustCompile(`(v1\.[a-z]+\.[0-9a-z-]*\.)[A-Za-z0-9_-]{11}(@[^"]+)?`) // which hang on ids
	numbers = regexp.MustCompile(`"(chat_id|callback_query_id|message_id)": "?-?[0-9]+"?`)
	moments = regexp.MustCompile(`unix=\\"[0-9]+\\"`)
	links   = regexp.MustCompile(`start%3Dg-[0-9a-z]+`)
)

// pretty is a request without what differs in every run.
func pretty(t *testing.T, params map[string]string) string {
	t.Helper()
	v := map[string]any{}
	for name, value := range params {
		v[name] = value
		if strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[") {
			var object any
			if err := json.Unmarshal([]byte(value), &object); err != nil {
				t.Fatal(err)
			}
			v[name] = object
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	text := seals.ReplaceAllStringFunc(b.String(), func(s string) string {
		place := ""
		if strings.Contains(s, "@") {
			place = "@…"
		}
		return seals.ReplaceAllString(s, "$1…") + place
	})
	text = numbers.ReplaceAllString(text, `"$1": "…"`)
	text = moments.ReplaceAllString(text, `unix=\"…\"`)
	return links.ReplaceAllString(text, "start%3Dg-…")
}
