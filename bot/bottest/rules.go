package bottest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

const en = language.English

// rules are about what counts.
func rules(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"the first answer counts", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			m.question(ada, 0)
			ada.Click(m.wrong(0))
			told(t, ada, says(en, phrase.AlreadyAnswered), func() { ada.Click(m.right(0)) })
			if r := m.reveal(ada, 0, true); !strings.Contains(r.Text, says(en, phrase.NobodyRight)) {
				t.Errorf("the second answer counted:\n%s", r.Text)
			}
			if rows := m.answers(); len(rows) != 1 {
				t.Errorf("%d answers are kept, want one", len(rows))
			}
		}},
		{"a click that comes late changes nothing", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "2", "kind": "choice"})
			m.question(ben, 0)
			ben.Click(m.wrong(0))
			ada.Click(m.right(0))
			m.reveal(ada, 0, true)
			told(t, ada, says(en, phrase.TooLate), ada.Again)
			m.question(ada, 1)
			told(t, ada, says(en, phrase.TooLate), ada.Again)
			if rows := m.answers(); len(rows) != 2 {
				t.Errorf("%d answers are kept, want two", len(rows))
			}
		}},
		{"what comes twice is done once", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			ada.Repeat()
			m.question(ada, 0)
			ada.Click(m.right(0))
			ada.Repeat()
			m.reveal(ada, 0, true)
			Await(t, ada, "the end", Shows("Final scores", "1. Ada: 1 point"))
			if rows := m.answers(); len(rows) != 1 {
				t.Errorf("%d answers are kept, want one", len(rows))
			}
		}},
		{"a question closes early once all active players have answered, from the third on", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "3", "kind": "choice"})
			for n := range 2 {
				m.question(ada, n)
				ada.Click(m.right(n))
				ben.Click(m.right(n))
				s.Clock().Advance(time.Second)
				for _, c := range ada.Screen() {
					if strings.Contains(c.Text, m.answerLine(n)) {
						t.Errorf("question %d closed early", n+1)
					}
				}
				m.reveal(ada, n, true)
			}
			m.question(ada, 2)
			ada.Click(m.right(2))
			ben.Click(m.wrong(2))
			m.reveal(ben, 2, false)
		}},
		{"a slip of the pen has one more try", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := begin(t, s, ada, en, options{"pack": countries, "questions": "5", "kind": "typed"})
			for n := range m.total() {
				m.question(ada, n)
				answer := language.StripIsolates(m.script.Views[n].Accepts[0])
				if len(answer) < 8 || strings.ContainsAny(answer, "0123456789") {
					ada.Type(answer)
					m.reveal(ada, n, true)
					continue
				}
				slip := answer[:4] + answer[5:] // one letter is missing
				ada.Type(slip)
				if len(m.answers()) > n { // so near another name of the pack that it is that one
					m.reveal(ada, n, true)
					continue
				}
				told(t, ada, says(en, phrase.SavedTyped), func() { ada.Type(answer) })
				if r := m.reveal(ada, n, true); !strings.Contains(r.Text, "Ada") {
					t.Errorf("the second try was not taken:\n%s", r.Text)
				}
				return
			}
			t.Fatal("no answer of five had a second try")
		}},
		{"three questions without an answer end the game", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "5", "kind": "choice"})
			for n := range 3 {
				m.question(ada, n)
				m.reveal(ada, n, true)
				if n == 1 {
					Await(t, ada, "the warning", Shows(says(en, phrase.NobodyAnswers)))
				}
			}
			Await(t, ada, "the end", Shows("Final scores", says(en, phrase.WasAbandoned)))
		}},
	})
}

// control is about hints, skips, pauses and stops.
func control(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"a hint takes a wrong option away, once and for all", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "who-said"})
			before := len(m.question(ada, 0).Options)
			told(t, ben, says(en, phrase.HintDone), func() { ben.Click("Hint") })
			c := Await(t, ada, "the hint", Shows("Hint: it is not"))
			if len(c.Options) != before-1 || !strings.Contains(strings.Join(c.Options, " "), m.right(0)) {
				t.Errorf("after the hint the options are %q, the key is %s", c.Options, m.right(0))
			}
			told(t, ada, says(en, phrase.HintUsed), command(ada, "hint", nil))
		}},
		{"a hint for what is typed gives the first letter", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			for range 30 { // until there is a question of which the first letter tells something, and not all
				m := begin(t, s, ada, en, options{"pack": countries, "questions": "1", "kind": "typed"})
				c := m.question(ada, 0)
				first := m.script.Views[0].Hint.First
				if first != "" {
					told(t, ada, says(en, phrase.HintDone), command(ada, "hint", nil))
					Await(t, ada, "the hint", Shows("Hint: it begins with "+first))
					return
				}
				if m.script.Views[0].Hint.Low == "" && slices.Contains(c.Buttons, says(en, phrase.ButtonHint)) {
					t.Errorf("there is a button for a hint that says nothing:\n%s", c.Text)
				}
				ada.Command("stop", nil, nil)
				Await(t, ada, "the end", func(Card) bool { return len(Games(t, s.Store())) == 0 })
			}
			t.Error("no question has a first letter for a hint")
		}},
		{"the starter skips alone", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			m.question(ada, 0)
			told(t, ada, says(en, phrase.SkipDone), func() { ada.Click("Skip") })
			if r := m.reveal(ada, 0, false); !strings.Contains(r.Text, says(en, phrase.WasSkipped)) {
				t.Errorf("the reveal does not say that it was skipped:\n%s", r.Text)
			}
		}},
		{"others skip by a majority of those who play", func(t *testing.T, s Stage) {
			ada, ben, cleo := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false), s.Enter(t, "Cleo", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			m.question(ben, 0)
			told(t, ben, says(en, phrase.NotPlaying), command(ben, "skip", nil))
			for _, a := range []Actor{ada, ben, cleo} {
				a.Click(m.wrong(0))
			}
			told(t, ben, says(en, phrase.VoteCounted, phrase.Count("have", 1), phrase.Count("need", 2)), command(ben, "skip", nil))
			told(t, ben, says(en, phrase.AlreadyVoted), command(ben, "skip", nil))
			told(t, cleo, says(en, phrase.SkipDone), command(cleo, "skip", nil))
			m.reveal(ada, 0, false)
		}},
		{"the starter stops, and nobody else", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			begin(t, s, ada, en, options{"pack": summit, "questions": "5"})
			told(t, ben, says(en, phrase.StarterOnly), command(ben, "stop", nil))
			shown(t, ada, says(en, phrase.StoppedBy, phrase.Name("name", "Ada")), command(ada, "stop", nil))
			for _, c := range ada.Screen() {
				if strings.Contains(c.Text, says(en, phrase.StopDone)) {
					t.Errorf("the stop is said twice:\n%s", c.Text)
				}
			}
			told(t, ada, says(en, phrase.NoGame), command(ada, "stop", nil))
		}},
		{"an admin stops what others began", func(t *testing.T, s Stage) {
			ada, root := s.Enter(t, "Ada", en, false), s.Enter(t, "Root", en, true)
			begin(t, s, ada, en, options{"pack": summit, "questions": "5"})
			shown(t, ada, says(en, phrase.StoppedBy, phrase.Name("name", "Root")), command(root, "stop", nil))
		}},
		{"a pause waits for its end", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "2", "kind": "choice"})
			m.question(ada, 0)
			told(t, ben, says(en, phrase.StarterOnly), command(ben, "pause", nil))
			shown(t, ada, says(en, phrase.WillPause), command(ada, "pause", nil))
			told(t, ada, says(en, phrase.AlreadyPaused), command(ada, "pause", nil))
			m.solve(ada, 0)
			m.reveal(ada, 0, true)
			Await(t, ben, "the pause", Shows(says(en, phrase.IsPaused, phrase.Count("minutes", 10))))
			s.Clock().Advance(2 * time.Minute)
			told(t, ben, says(en, phrase.StarterOnly), command(ben, "resume", nil))
			shown(t, ada, says(en, phrase.GoesOn), command(ada, "resume", nil))
			m.question(ben, 1)
		}},
		{"who plays goes on while the starter is away", func(t *testing.T, s Stage) {
			ada, ben, cleo := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false), s.Enter(t, "Cleo", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "3", "kind": "choice"})
			m.question(ben, 0)
			ben.Click(m.wrong(0))
			shown(t, ada, says(en, phrase.WillPause), command(ada, "pause", nil))
			m.reveal(ben, 0, true)
			Await(t, ben, "the pause", Shows(says(en, phrase.IsPaused, phrase.Count("minutes", 10))))
			s.Clock().Advance(time.Minute)
			told(t, cleo, says(en, phrase.StarterOnly), command(cleo, "resume", nil))
			shown(t, ada, says(en, phrase.GoesOn), command(ben, "resume", nil))
			m.question(ben, 1)
			told(t, cleo, says(en, phrase.StarterOnly), command(cleo, "stop", nil))
			shown(t, ada, says(en, phrase.StoppedBy, phrase.Name("name", "Ben")), command(ben, "stop", nil))
		}},
		{"one game a chat", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", language.Korean, false)
			begin(t, s, ada, en, options{"pack": summit, "questions": "5"})
			told(t, ben, says(language.Korean, phrase.GameRunning), command(ben, "quiz", nil))
		}},
	})
}
