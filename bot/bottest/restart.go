package bottest

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// restart is about processes that end at any moment.
func restart(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"in mid-question", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			m.question(ada, 0)
			ada.Click(m.right(0))
			s.Clock().Advance(15 * time.Second)
			Restarted(t, s)
			ada.Repeat()
			s.Clock().Advance(15 * time.Second) // the question has its full time again
			told(t, ben, says(en, phrase.SavedChoice, phrase.Text("label", m.right(0))), func() { ben.Click(m.right(0)) })
			if r := m.reveal(ben, 0, true); !strings.Contains(r.Text, "Ada and Ben") {
				t.Errorf("the reveal reads:\n%s", r.Text)
			}
			if rows := m.answers(); len(rows) != 2 {
				t.Errorf("%d answers are kept, want two", len(rows))
			}
			Await(t, ada, "the end", Shows("Final scores"))
		}},
		{"in the lead-in, in a gap and in a pause", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "3", "kind": "choice"})
			Restarted(t, s)
			m.question(ada, 0)
			m.solve(ada, 0)
			m.reveal(ada, 0, true)
			Restarted(t, s)
			m.question(ada, 1)
			ada.Command("pause", nil, nil)
			m.solve(ada, 1)
			m.reveal(ada, 1, true)
			Restarted(t, s)
			ada.Command("resume", nil, nil)
			m.question(ada, 2)
			m.solve(ada, 2)
			m.reveal(ada, 2, false)
			Await(t, ada, "the end", Shows("Final scores", "1. Ada: 3 points"))
			counts := map[string]int{}
			for _, c := range ada.Screen() {
				counts[c.Text]++
			}
			for text, n := range counts {
				if n > 1 && strings.Contains(text, "Question") {
					t.Errorf("this stands there %d times:\n%s", n, text)
				}
			}
		}},
	})
}

// badInput is about what people send by mistake or to do harm: each gets a sentence in their
// own language, and nothing is lost.
func badInput(t *testing.T, open func(*testing.T) Stage) {
	var tests []scene
	for _, lang := range language.Own() {
		tests = append(tests, scene{lang.String(), func(t *testing.T, s Stage) {
			p := s.Enter(t, "P", lang, false)
			for _, bad := range []struct {
				name string
				o    options
				says phrase.ID
				args []phrase.Arg
			}{
				{"dance", nil, phrase.UnknownCommand, []phrase.Arg{phrase.Name("command", "/dance")}},
				{"quiz", options{"questions": "0"}, phrase.OutOfRange, []phrase.Arg{phrase.Name("option", "questions"), phrase.Count("min", 1), phrase.Count("max", 50)}},
				{"quiz", options{"questions": "many"}, phrase.OutOfRange, []phrase.Arg{phrase.Name("option", "questions"), phrase.Count("min", 1), phrase.Count("max", 50)}},
				{"quiz", options{"seconds": "301"}, phrase.OutOfRange, []phrase.Arg{phrase.Name("option", "seconds"), phrase.Count("min", 5), phrase.Count("max", 300)}},
				{"quiz", options{"mode": "war"}, phrase.NotAChoice, []phrase.Arg{phrase.Name("option", "mode"), phrase.List("choices", "all", "race", "solo")}},
				{"quiz", options{"pack": "no-such-pack"}, phrase.NoPack, []phrase.Arg{phrase.Name("pack", "no-such-pack")}},
				{"answer", nil, phrase.OptionMissing, []phrase.Arg{phrase.Name("option", "text"), phrase.Name("command", "/answer")}},
				{"answer", options{"text": "Paris"}, phrase.NoGame, nil},
				{"answer", options{"text": strings.Repeat("x", 10000)}, phrase.TextTooLong, []phrase.Arg{phrase.Name("option", "text"), phrase.Count("max", 400)}},
				{"settings", nil, phrase.AdminsOnly, nil},
				{"language", options{"zone": "Nowhere/Town"}, phrase.NoZone, []phrase.Arg{phrase.Name("zone", "Nowhere/Town")}},
			} {
				told(t, p, says(lang, bad.says, bad.args...), command(p, bad.name, bad.o))
			}
			m := begin(t, s, p, lang, options{"pack": countries, "questions": "1", "kind": "typed", "language": lang.String()})
			m.question(p, 0)
			told(t, p, says(lang, phrase.SavedTyped), func() { p.Type(strings.Repeat("لا 아니 不 no ", 1000)) })
			m.reveal(p, 0, true)
		}})
	}
	each(t, open, tests)
}

// Restarted restarts a stage and waits until the games that ran go on: the service is ready before
// it has taken them up, and time must not pass for them meanwhile.
func Restarted(t *testing.T, s Stage) {
	t.Helper()
	before := map[bot.SessionID]int64{}
	for _, g := range Games(t, s.Store()) {
		before[g.ID] = g.Run
	}
	s.Restart(t)
	late := time.After(20 * time.Second)
	for {
		left := 0
		for _, g := range Games(t, s.Store()) {
			if run, ran := before[g.ID]; ran && run == g.Run {
				left++
			}
		}
		if left == 0 {
			return
		}
		select {
		case <-late:
			t.Fatalf("%d games are not taken up after the restart", left)
		case <-time.After(time.Millisecond):
		}
	}
}
