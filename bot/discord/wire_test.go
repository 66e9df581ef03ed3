package discord_test

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
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/phrase"
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

// tour uses everything once and writes down every message that was sent.
func tour(t *testing.T, lang language.Code, out *bytes.Buffer) {
	d := discordtest.New(t, discordtest.Options{})
	db := open(t)
	p := begin(t, d, db)
	defer p.stop()
	c := d.NewGuild("Friends").NewChannel("quiz")
	ada, ben := d.NewMember("Ada", lang.String(), true), d.NewMember("Ben", lang.String(), false)
	written := len(d.Requests())
	write := func(what string) {
		rest(time.Second)
		all := d.Requests()
		var sent []string // what goes out at once has no order
		for _, r := range all[written:] {
			if len(r.Body) > 0 {
				sent = append(sent, fmt.Sprintf("// %s: %s %s\n%s\n", what, r.Method, numberless(r.Path), pretty(t, r.Body)))
			}
		}
		slices.Sort(sent)
		out.WriteString(strings.Join(sent, ""))
		written = len(all)
	}
	say := func(id phrase.ID) string { return phrase.Say(lang, id) }
	ada.Command(c, "language", map[string]string{"language": lang.String()})
	write("/language")
	ada.Command(c, "quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "language": lang.String()})
	write("/quiz")
	q := newest(t, c, "", open4)
	write("the question")
	ben.Click(c, q, q.Buttons()[0].Label)
	write("an answer")
	ben.Click(c, q, say(phrase.ButtonHint))
	write("a hint")
	ben.Click(c, newest(t, c, "", open4), say(phrase.ButtonSkip))
	write("a vote to skip")
	newest(t, c, "", has("✅"))
	write("the reveal and the end")
	report := ben.Click(c, newest(t, c, "", has("✅")), say(phrase.ButtonReport))
	write("a report")
	ask := report.Original()
	ben.Press(c, ask, ask.Buttons()[0].CustomID)
	write("its reason")
	ada.Command(c, "quiz", map[string]string{"pack": "countries-of-the-world", "questions": "1", "kind": "typed", "language": lang.String()})
	typed := newest(t, c, "", func(m discordtest.Message) bool {
		return slices.ContainsFunc(m.Buttons(), func(b discordtest.Button) bool { return b.Label == say(phrase.ButtonAnswer) })
	})
	write("a typed question")
	form := ben.Click(c, typed, say(phrase.ButtonAnswer))
	write("its form")
	ben.Fill(form, map[string]string{"text": "**nothing** of @everyone"})
	write("what was typed")
	ada.Command(c, "stop", nil)
	write("/stop")
	for _, name := range []string{"help", "packs", "settings", "leaderboard", "stats", "privacy", "pack list"} {
		ada.Command(c, name, nil)
		write("/" + name)
	}
	ada.Command(c, "pack load", nil, discordtest.File{Name: "mine.yaml", Type: "application/yaml",
		Data: []byte("pack: mine\nlanguages: [en]\ntitle: Mine\ncards:\n  - {ask: \"Who?\", anser: X}\n")})
	write("/pack load")
	ben.Command(c, "settings", nil)
	write("/settings by somebody who may not")
}

var (
	ids    = regexp.MustCompile(`\d{17,20}|aW50ZXJhY3Rpb24-[^/]+`)
	seals  = regexp.MustCompile(`(v1\.[a-z]+\.[0-9a-z-]*\.)[A-Za-z0-9_-]{11}`) // which hang on ids
	nonces = regexp.MustCompile(`("nonce": )"[A-Za-z0-9_-]{24}"`)
)

// numberless is a path without what differs in every run.
func numberless(path string) string { return ids.ReplaceAllString(path, "…") }

func pretty(t *testing.T, body []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return nonces.ReplaceAllString(seals.ReplaceAllString(b.String(), "$1…"), `$1"…"`)
}
