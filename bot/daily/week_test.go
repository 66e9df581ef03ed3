package daily_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// places are what the platforms carry, as their adapters say.
var places = []struct {
	name   string
	alone  bool
	limits bot.Limits
	langs  []language.Code
}{
	{"telegram-private", true, telegramLimits, language.Own()},
	{"telegram-group", false, telegramLimits, []language.Code{language.English, language.Arabic}},
	{"discord", false, bot.Limits{Text: 4000, Buttons: 5, Rows: 5, Label: 80, Forms: true, Private: true, Files: true, Repeatable: true, Threads: true},
		[]language.Code{language.Korean}},
	{"web", false, bot.Limits{Text: 20000, Buttons: 5, Rows: 5, Label: 80, Forms: true, Private: true, Lasting: true, Files: true,
		Repeatable: true, ReadsChat: true, Localized: true}, []language.Code{language.Arabic, language.Chinese}},
}

var telegramLimits = bot.Limits{Text: 4096, Buttons: 8, Rows: 12, Label: 60, Polls: true, PollText: 299, PollOption: 96, PollWhy: 199,
	Private: true, Files: true, Personal: true, OneWord: true}

// spoken is how a player of each language is called and where they live.
var spoken = [language.Count]struct {
	name, other, city, typed string
	hours                    int // from the beginning to twelve o'clock there
}{
	language.English: {"Ada", "Ben", "London", "no idea", 13}, language.Arabic: {"ليلى", "يوسف", "الرياض", "لا أعرف", 10},
	language.Korean: {"민수", "지우", "서울", "모르겠어요", 4}, language.Chinese: {"小明", "李华", "上海", "不知道", 5},
}

// TestWeek holds what players see in a week of dailies, on each platform and in each language, against
// files that editors read.
func TestWeek(t *testing.T) {
	for _, place := range places {
		for _, lang := range place.langs {
			t.Run(place.name+" "+lang.String(), func(t *testing.T) {
				t.Parallel()
				w := &week{t: t, p: newStage(t, place.limits), lang: lang, alone: place.alone}
				w.begin()
				w.set()
				for day := range 7 {
					w.day(day)
				}
				w.ada.command("daily", nil)
				bottest.Golden(t, fmt.Sprintf("week.%s.%s.txt", place.name, lang), []byte(w.log.String()), *update)
			})
		}
	}
}

func newStage(t *testing.T, limits bot.Limits) *bottest.Plain {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	clock := bottest.NewClock(night)
	p := bottest.NewPlain(t, db, clock, limits, func(*bottest.Plain) *bottest.App {
		a := bottest.New(t, service.Options{Store: db, Clock: clock, Key: []byte("a key of sufficient length")}, func() uint64 { return 1 })
		a.Provide(t, summit)
		return a
	})
	t.Cleanup(func() {
		p.Close()
		db.Close()
	})
	return p
}

// week is a week that is played and written down.
type week struct {
	t        *testing.T
	p        *bottest.Plain
	lang     language.Code
	alone    bool
	log      strings.Builder
	ada, ben *player
}

// player is one who plays it.
type player struct {
	bottest.Actor
	w    *week
	name string
	seen []string // their screen when it was last written down
}

func (w *week) begin() {
	who := spoken[w.lang]
	if w.alone {
		w.ada = &player{w.p.Alone(w.t, who.name, w.lang), w, who.name, nil}
		return
	}
	w.ada = &player{w.p.Enter(w.t, who.name, w.lang, true), w, who.name, nil}
	w.ben = &player{w.p.Enter(w.t, who.other, w.lang, false), w, who.other, nil}
	w.ada.Command("settings", map[string]string{"language": w.lang.String()}, nil)
}

func (w *week) say(id phrase.ID, args ...phrase.Arg) string {
	return language.StripIsolates(phrase.Say(w.lang, id, args...))
}

// note writes down what changed on the screen of a player.
func (a *player) note(what string) {
	fmt.Fprintf(&a.w.log, "\n════ %s: %s\n", a.name, what)
	var now []string
	for _, c := range a.Screen() {
		text := c.Text
		if c.Private {
			text = "(only you)\n" + text
		}
		line := ""
		for _, label := range c.Buttons {
			line += " [" + language.StripIsolates(label) + "]"
		}
		if strings.HasPrefix(text, a.w.say(phrase.ConsentTitle)) || strings.HasPrefix(text, "(only you)\n"+a.w.say(phrase.ConsentTitle)) {
			continue // it comes whenever it comes
		}
		if strings.Contains(text, a.w.say(phrase.DailyTitle)) || strings.Contains(text, "Summit") { // others are not about dailies
			now = append(now, strings.TrimSuffix(text+"\n"+line, "\n"))
		}
	}
	for _, text := range now {
		if !slices.Contains(a.seen, text) {
			a.w.log.WriteString(text + "\n────\n")
		}
	}
	a.seen = now
}

func (a *player) command(name string, options map[string]string) {
	a.w.t.Helper()
	a.Command(name, options, nil)
	text := "/" + name
	for _, key := range []string{"time", "days", "zone", "questions", "streak", "language"} {
		if v := options[key]; v != "" {
			text += " " + key + ":" + v
		}
	}
	a.note(text)
}

func (a *player) press(label string) {
	a.w.t.Helper()
	raw := label // a label may hold isolates
	bottest.Await(a.w.t, a, label, func(c bottest.Card) bool {
		for _, l := range slices.Concat(c.Options, c.Buttons) {
			if language.StripIsolates(l) == label {
				raw = l
				return true
			}
		}
		return false
	})
	a.Click(raw)
	a.settle()
	a.note("[" + label + "]")
}

// set switches a daily on with buttons, as a newcomer does.
func (w *week) set() {
	if w.ben != nil {
		w.ben.command("daily", nil)
	}
	w.ada.command("daily", nil)
	w.ada.press("12:00")
	for _, c := range slices.Backward(w.ada.Screen()) {
		if i := slices.IndexFunc(c.Buttons, func(s string) bool { return strings.HasSuffix(language.StripIsolates(s), " "+spoken[w.lang].city) }); i >= 0 {
			w.ada.press(language.StripIsolates(c.Buttons[i]))
			break
		}
	}
	w.ada.press(w.say("opt-questions"))
	w.ada.press(w.say(phrase.DailyNumber, phrase.Count("count", 3)))
	w.ada.press(w.say(phrase.ButtonDailyDays))
	w.ada.press(w.say(phrase.ButtonDailyBack))
	if w.ben != nil {
		w.ben.command("daily", nil)
	}
}

// day plays one day of the week.
func (w *week) day(n int) {
	if n == 0 {
		w.p.Clock().Advance(time.Duration(spoken[w.lang].hours)*time.Hour + 2*time.Minute)
	} else {
		w.p.Clock().Advance(24 * time.Hour)
	}
	fmt.Fprintf(&w.log, "\n════════ %d\n", n+1)
	session := w.opened(n)
	w.ada.note("…")
	players := []*player{w.ada, w.ben}
	for i, a := range players {
		if a == nil || n == 3 && i == 0 || n == 4 || n > 4 && i == 1 { // somebody sleeps late
			continue
		}
		w.play(a, session, n+i)
	}
}

// opened waits for the daily of a day and its posts.
func (w *week) opened(n int) bot.Session {
	date := quiz.Day(20785 + n) // 28 November 2026
	w.t.Helper()
	var session bot.Session
	until(w.t, "the daily of "+date.String(), func() bool {
		all, err := w.p.Store().Live(w.t.Context(), "daily")
		if err != nil {
			w.t.Fatal(err)
		}
		rest, err := w.p.Store().Backlog(w.t.Context(), []bot.Kind{"daily"})
		if err != nil || len(all) != 1 || len(rest) > 0 {
			return false
		}
		session = all[0]
		var script struct{ Date quiz.Day }
		return json.Unmarshal(session.Script, &script) == nil && script.Date == date
	})
	return session
}

// play answers what is asked: wrongly where the day and the question say so.
func (w *week) play(a *player, s bot.Session, wrong int) {
	_, views := live(w.t, w.p)
	if w.alone {
		bottest.Await(w.t, a, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 || strings.Contains(c.Text, "1") })
	}
	local := w.views(s)
	for n := range views {
		v := &local[n]
		label := ""
		if len(v.Options) > 0 {
			label = v.Labels[v.Key]
			if (wrong+n)%3 == 0 {
				label = v.Labels[(v.Key+1)%len(v.Labels)]
			}
		}
		text := spoken[w.lang].typed
		if label == "" && (wrong+n)%3 != 0 {
			text = language.StripIsolates(v.Accepts[0])
		}
		if w.p.Limits().Polls && !w.alone {
			w.inGroup(a, s, n, label, text)
			continue
		}
		if n == 0 && !w.alone {
			a.press(w.say(phrase.ButtonDailyPlay))
		}
		if label != "" {
			a.press(label)
		} else {
			a.Type(text)
			a.settle()
			a.note("“" + text + "”")
		}
		if n+1 < len(views) {
			a.press(w.say(phrase.ButtonDailyNext))
		}
	}
}

// settle waits until all posts have arrived.
func (a *player) settle() {
	a.w.t.Helper()
	until(a.w.t, "posts", func() bool {
		rest, err := a.w.p.Store().Backlog(a.w.t.Context(), []bot.Kind{"daily"})
		return err == nil && len(rest) == 0
	})
}

// inGroup answers a question that stands in the chat: with a vote, or with a reply.
func (w *week) inGroup(a *player, s bot.Session, n int, label, text string) {
	in := bot.Input{ID: bot.InputID(fmt.Sprintf("test:%d:%d:%s", s.ID, n, a.name)), At: w.p.Clock().Now(),
		Place: bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"},
		From:  bot.Person{User: strings.ToLower(a.name), Name: a.name, Locale: w.lang.String()}}
	at := bot.Slot{Kind: "daily", ID: int64(s.ID), Part: "question", N: n}
	if label != "" {
		in.Vote = &bot.Vote{Slot: at, Options: []int{slices.Index(w.views(s)[n].Labels, label)}}
	} else {
		in.Text = &bot.Text{Text: text, To: at}
	}
	reply, err := w.p.Service().Handle(w.t.Context(), in)
	if err != nil {
		w.t.Fatal(err)
	}
	fmt.Fprintf(&w.log, "\n════ %s: %s%s\n", a.name, label, map[bool]string{true: "“" + text + "”"}[label == ""])
	for _, p := range reply.Posts {
		w.log.WriteString("(only you)\n" + bottest.CardOf(p, true).Text + "\n────\n")
	}
}

// views are the questions of a session in the language of the week.
func (w *week) views(s bot.Session) []quiz.View {
	var script struct {
		Date      quiz.Day
		Questions int
	}
	if err := json.Unmarshal(s.Script, &script); err != nil {
		w.t.Fatal(err)
	}
	set, err := w.p.Store().DailySet(w.t.Context(), s.Pack, s.Hash, script.Date, script.Questions)
	if err != nil {
		w.t.Fatal(err)
	}
	var day struct{ Views map[string][]quiz.View }
	if err := json.Unmarshal(set.Data, &day); err != nil {
		w.t.Fatal(err)
	}
	return day.Views[w.lang.String()]
}
