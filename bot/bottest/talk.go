package bottest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/flashcard"
)

// won plays a game of one question that a person answers rightly and waits for its end.
func won(t *testing.T, s Stage, a Actor, o options) *match {
	t.Helper()
	m := begin(t, s, a, en, o)
	m.question(a, 0)
	m.solve(a, 0)
	m.reveal(a, 0, true)
	Await(t, a, "the end", Shows("Final scores"))
	return m
}

// talk is about everything that is said outside of games.
func talk(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"help lists what one may do, in one's own language", func(t *testing.T, s Stage) {
			for _, lang := range language.Own() {
				name := "P" + lang.String()
				p := s.Enter(t, name, lang, false)
				told(t, p, says(lang, phrase.HelpTitle), command(p, "help", nil))
				c := Await(t, p, "help", Shows(says(lang, phrase.HelpTitle), "/quiz", "/privacy", says(lang, "cmd-quiz")))
				if strings.Contains(c.Text, "/settings") {
					t.Error("a player is offered /settings")
				}
			}
			root := s.Enter(t, "Root", en, true)
			root.Command("help", nil, nil)
			load := "/pack load"
			if s.Limits().OneWord {
				load = "/pack_load"
			}
			Await(t, root, "an admin's help", Shows("/settings", load))
		}},
		{"a language is chosen and stays", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			told(t, ada, says(language.Korean, phrase.LanguageSet, phrase.Text("language", "한국어")), command(ada, "language", options{"language": "ko"}))
			told(t, ada, says(language.Korean, phrase.NoGame), command(ada, "hint", nil))
			ada.Command("language", nil, nil)
			told(t, ada, says(language.Chinese, phrase.LanguageSet, phrase.Text("language", "中文")), func() { ada.Click("中文") })
			told(t, ada, says(language.Chinese, phrase.NoZone, phrase.Name("zone", "Mars/Olympus")), command(ada, "language", options{"zone": "Mars/Olympus"}))
		}},
		{"what is shown can be given back", func(t *testing.T, s Stage) {
			root := s.Enter(t, "Root", language.Arabic, true)
			root.Command("language", options{"digits": "arabic-indic"}, nil)
			told(t, root, says(language.Arabic, phrase.SettingsSaved), command(root, "settings", options{"questions": "\u2068٥\u2069"}))
			rollback := "/pack rollback"
			if s.Limits().OneWord {
				rollback = "/pack_rollback"
			}
			told(t, root, rollback, command(root, "pack versions", options{"pack": "\u2068" + summit + "\u2069"}))
		}},
		{"the last question is reported after the end", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			won(t, s, ada, options{"pack": summit, "questions": "1", "kind": "choice"})
			told(t, ada, says(en, phrase.ReportThanks), command(ada, "report", options{"reason": "other", "text": "unclear"}))
			s.Clock().Advance(2 * time.Hour)
			told(t, ada, says(en, phrase.ReportWhat), command(ada, "report", options{"reason": "other"}))
		}},
		{"digits are chosen", func(t *testing.T, s Stage) {
			layla := s.Enter(t, "ليلى", language.Arabic, false)
			layla.Command("language", options{"digits": "arabic-indic"}, nil)
			told(t, layla, "٥٠", command(layla, "quiz", options{"questions": "51"}))
		}},
		{"packs are listed with what they hold", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			ada.Command("packs", nil, nil)
			Await(t, ada, "the packs", Shows(summit, countries, says(en, phrase.PacksHow)))
		}},
		{"admins set the defaults of their place", func(t *testing.T, s Stage) {
			ada, root := s.Enter(t, "Ada", en, false), s.Enter(t, "Root", en, true)
			told(t, ada, says(en, phrase.AdminsOnly), command(ada, "settings", options{"questions": "3"}))
			root.Command("settings", options{"questions": "3", "kind": "choice", "pack": summit, "language": "zh"}, nil)
			Await(t, root, "the settings", func(c Card) bool { return c.Private && strings.Contains(c.Text, "3") })
			m := begin(t, s, ada, language.Chinese, nil)
			if m.total() != 3 {
				t.Errorf("the quiz has %d questions, want three", m.total())
			}
			if c := m.in(en).question(ada, 0); len(c.Options) == 0 {
				t.Errorf("the question is not as the settings say:\n%s", c.Text)
			}
			if g, err := s.Store().Session(t.Context(), m.id); err != nil || g.Lang != language.Chinese || string(g.Pack) != summit {
				t.Errorf("the game is in %v of %s, %v", g.Lang, g.Pack, err)
			}
		}},
		{"boards count what is scored, here and everywhere, in their periods", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			shown(t, ada, says(en, phrase.BoardEmpty), command(ada, "leaderboard", nil))
			won(t, s, ada, options{"pack": summit, "questions": "1", "kind": "choice"})
			row := says(en, phrase.BoardRow, phrase.Count("rank", 1), phrase.Name("name", "Ada"), phrase.Count("points", 1), phrase.Count("right", 1), phrase.Count("asked", 1))
			shown(t, ben, row, command(ben, "leaderboard", nil))
			shown(t, ben, row, command(ben, "leaderboard", options{"period": "today"}))
			shown(t, ben, row, command(ben, "leaderboard", options{"pack": summit}))
			shown(t, ben, says(en, phrase.BoardEmpty), command(ben, "leaderboard", options{"pack": countries}))
			s.Clock().Advance(24 * time.Hour)
			shown(t, ben, says(en, phrase.BoardEmpty), command(ben, "leaderboard", options{"period": "today"}))
			told(t, ben, row, func() { ben.Click("this season") })
			s.Clock().Advance(100 * 24 * time.Hour)
			shown(t, ben, says(en, phrase.BoardEmpty), command(ben, "leaderboard", options{"period": "season"}))
			shown(t, ben, row, command(ben, "leaderboard", options{"period": "all"}))
		}},
		{"the board by mastery counts what those who play here know", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := won(t, s, ada, options{"pack": summit, "questions": "1", "kind": "choice"})
			shown(t, ben, says(en, phrase.MasteryEmpty), command(ben, "leaderboard", options{"by": "mastery"}))
			Knows(t, s, m.answers()[0].Member, summit, 3)
			row := says(en, phrase.MasteryRow, phrase.Count("rank", 1), phrase.Name("name", "Ada"), phrase.Text("bar", "░"), phrase.Count("known", 3), phrase.Count("met", 3))
			row = row[strings.Index(row, "░")+len("░"):]
			shown(t, ben, row, command(ben, "leaderboard", options{"by": "mastery", "pack": summit}))
			told(t, ben, says(en, phrase.BoardRow, phrase.Count("rank", 1), phrase.Name("name", "Ada"), phrase.Count("points", 1), phrase.Count("right", 1),
				phrase.Count("asked", 1)), func() { ben.Click(says(en, phrase.ButtonPoints)) })
			ben.Click(says(en, phrase.ButtonPicture))
			Await(t, ben, "the picture", func(c Card) bool {
				return c.Private && c.File != nil && strings.HasPrefix(c.File.Name, "mastery.") && !bytes.Contains(c.File.Data, []byte("Ada"))
			})
			told(t, ben, says(en, phrase.MasteryHere), command(ben, "leaderboard", options{"by": "mastery", "period": "today"}))
		}},
		{"a board is shown to all once, and each looks on alone", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			won(t, s, ada, options{"pack": summit, "questions": "1", "kind": "choice"})
			shown(t, ben, "Leaderboard", command(ada, "leaderboard", nil))
			boards := func() (n int) {
				for _, c := range ada.Screen() {
					if strings.Contains(c.Text, "Leaderboard") && !c.Private {
						n++
					}
				}
				return n
			}
			ben.Command("leaderboard", nil, nil)
			Await(t, ben, "being pointed at the board", Shows(says(en, phrase.BoardAbove)))
			if n := boards(); n != 1 {
				t.Errorf("the chat has %d boards, want the one that was shown a moment ago", n)
			}
			told(t, ben, "Leaderboard: everywhere", func() { ben.Click("everywhere") })
			s.Clock().Advance(time.Minute)
			ben.Command("leaderboard", nil, nil)
			Await(t, ada, "another board", func(Card) bool { return boards() == 2 })
		}},
		{"equal points share a rank", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			m.question(ada, 0)
			ada.Click(m.right(0))
			ben.Click(m.right(0))
			m.reveal(ada, 0, true)
			c := Await(t, ada, "the end", Shows("Final scores"))
			if !strings.Contains(c.Text, "1. Ada") || !strings.Contains(c.Text, "1. Ben") {
				t.Errorf("the end reads:\n%s", c.Text)
			}
		}},
		{"statistics tell a person how they did", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			told(t, ada, says(en, phrase.StatsEmpty), command(ada, "stats", nil))
			won(t, s, ada, options{"pack": summit, "questions": "1", "kind": "who-said"})
			told(t, ada, says(en, phrase.StatsAll, phrase.Count("right", 1), phrase.Count("asked", 1), phrase.Count("percent", 100)), command(ada, "stats", nil))
			Await(t, ada, "the kind", Shows("Who said it: ██████████ 1 of 1"))
		}},
		{"a question is reported with a reason", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			told(t, ada, says(en, phrase.ReportWhat), command(ada, "report", nil))
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "2", "kind": "choice"})
			m.question(ada, 0)
			told(t, ada, says(en, phrase.ReportThanks), command(ada, "report", options{"reason": "unclear", "text": "which year?"}))
			m.solve(ada, 0)
			m.reveal(ada, 0, true)
			ada.Click("Report")
			told(t, ada, says(en, phrase.ReportThanks), func() { ada.Click(says(en, "choice-reason-two-right")) })
			game, err := s.Store().Session(t.Context(), m.id)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := s.Store().Reports(t.Context(), game.Space, 10)
			if err != nil || len(rows) != 2 {
				t.Fatalf("%d reports are kept, %v; want two", len(rows), err)
			}
			if rows[0].Reason != "two-right" || rows[1].Reason != "unclear" || rows[1].Text != "which year?" || rows[0].Item == "" {
				t.Errorf("the reports are %+v", rows)
			}
		}},
	})
}

// privacy is about what is kept of people.
func privacy(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"a copy holds what was answered", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			m := won(t, s, ada, options{"pack": countries, "questions": "1", "kind": "typed"})
			ada.Command("privacy", options{"action": "export"}, nil)
			c := Await(t, ada, "the copy", func(c Card) bool { return c.Private && c.File != nil })
			text := string(c.File.Data)
			for _, want := range []string{`"Ada"`, language.StripIsolates(m.script.Views[0].Accepts[0]), countries} {
				if !strings.Contains(text, want) {
					t.Errorf("the copy lacks %q:\n%s", want, text)
				}
			}
		}},
		{"deletion asks first, then takes name and words, and leaves the others' boards", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			m := begin(t, s, ada, en, options{"pack": countries, "questions": "1", "kind": "typed"})
			m.question(ada, 0)
			m.solve(ada, 0)
			m.solve(ben, 0)
			m.reveal(ben, 0, true)
			Await(t, ben, "the end", Shows("Final scores"))
			ada.Command("privacy", nil, nil)
			told(t, ada, says(en, phrase.ForgetAsk), func() { ada.Click(says(en, phrase.ButtonDelete)) })
			told(t, ada, says(en, phrase.ForgetDone), func() { ada.Click(says(en, phrase.ButtonForget)) })
			for _, a := range m.answers() {
				names, err := s.Store().Names(t.Context(), []bot.MemberID{a.Member})
				if err != nil {
					t.Fatal(err)
				}
				if name := names[a.Member]; name == "Ada" || name == "" && a.Text != "" {
					t.Errorf("of %q the text %q is left", name, a.Text)
				}
			}
			ben.Command("leaderboard", nil, nil)
			c := Await(t, ben, "the board", Shows("Leaderboard", "Ben: 1 point"))
			if strings.Contains(c.Text, "Ada") {
				t.Errorf("the board still names Ada:\n%s", c.Text)
			}
		}},
		{"a confirmation that comes too late asks again", func(t *testing.T, s Stage) {
			ada := s.Enter(t, "Ada", en, false)
			ada.Command("privacy", options{"action": "delete"}, nil)
			s.Clock().Advance(time.Hour)
			ada.Click(says(en, phrase.ButtonForget))
			told(t, ada, says(en, phrase.NoGame), command(ada, "hint", nil)) // she is still here
			told(t, ada, says(en, phrase.ForgetDone), func() { ada.Click(says(en, phrase.ButtonForget)) })
		}},
	})
}

// Knows gives somebody cards of a pack that they know for longer than a month.
func Knows(t *testing.T, s Stage, m bot.MemberID, pack string, facts int) {
	t.Helper()
	l, err := s.Store().Learner(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	l.Version++
	c := &bot.Change{At: s.Clock().Now(), Learner: &l}
	for i := range facts {
		card := bot.Card{Member: m, Memory: flashcard.NewCard(content.FactID(fmt.Sprint(pack, "/known-", i)), 1)}
		card.Memory.State, card.Memory.Stability, card.Memory.Difficulty, card.Memory.Reps = flashcard.Reviewing, 40, 5, 4
		c.Cards = append(c.Cards, card)
	}
	if err := s.Store().Write(c)(t.Context()); err != nil {
		t.Fatal(err)
	}
}
