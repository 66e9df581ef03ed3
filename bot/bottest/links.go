package bottest

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// codeLine finds the code on the card of /link.
var codeLine = regexp.MustCompile(`/link code:([0-9A-Z]+-[0-9A-Z]+)`)

// codeOf has somebody who reads English ask for a code and returns it.
func codeOf(t *testing.T, a Actor) string {
	t.Helper()
	a.Command("link", nil, nil)
	c := Await(t, a, "a code", func(c Card) bool {
		return c.Private && strings.Contains(c.Text, says(en, phrase.LinkSecret)) && codeLine.MatchString(c.Text)
	})
	return codeLine.FindStringSubmatch(c.Text)[1]
}

// links is about people with several accounts.
func links(t *testing.T, open func(*testing.T) Stage) {
	each(t, open, []scene{
		{"two accounts become one and part again", func(t *testing.T, s Stage) {
			ada, noor := s.Enter(t, "Ada", en, false), s.Enter(t, "نور", language.Arabic, false)
			m := begin(t, s, ada, en, options{"pack": summit, "questions": "1", "kind": "choice"})
			m.question(ada, 0)
			ada.Click(m.right(0))
			noor.Click(m.in(language.Arabic).right(0))
			m.reveal(ada, 0, true)
			Await(t, ada, "the end", Shows("Final scores"))
			code := codeOf(t, ada)
			noor.Command("link", options{"code": strings.ToLower(code)}, nil)
			c := Await(t, noor, "what would become one", Shows(says(language.Arabic, phrase.LinkAskTitle), "Ada", "نور",
				says(language.Arabic, phrase.LinkBoth, phrase.Count("questions", 1)), says(language.Arabic, phrase.LinkBeware)))
			if !c.Private {
				t.Errorf("everybody reads:\n%s", c.Text)
			}
			told(t, noor, says(language.Arabic, phrase.LinkDone), func() { noor.Click(says(language.Arabic, phrase.ButtonLink)) })
			ada.Command("leaderboard", nil, nil)
			board := Await(t, ada, "the board", Shows("Leaderboard", "Ada: 1 point"))
			if strings.Contains(board.Text, "نور") || strings.Contains(board.Text, "2 points") {
				t.Errorf("one person stands twice or has the point twice:\n%s", board.Text)
			}
			ada.Command("link", options{"action": "remove"}, nil)
			Await(t, ada, "what would be parted", Shows(says(en, phrase.LinkPartTitle), "نور", says(en, phrase.LinkPartKeeps, phrase.Name("name", "Ada"))))
			told(t, ada, says(en, phrase.LinkParted, phrase.Name("name", "Ada")), func() { ada.Click(says(en, phrase.ButtonPart)) })
			told(t, noor, says(language.Arabic, phrase.LinkNone), command(noor, "link", options{"code": "remove"}))
			noor.Command("leaderboard", nil, nil)
			Await(t, noor, "the board of two", Shows("Ada", "نور"))
		}},
		{"a code that cannot be used says why", func(t *testing.T, s Stage) {
			ada, ben, eve := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false), s.Enter(t, "Eve", en, false)
			code := codeOf(t, ada)
			told(t, ada, says(en, phrase.LinkOwn), command(ada, "link", options{"code": code}))
			told(t, ada, says(en, phrase.LinkNone), command(ada, "link", options{"action": "remove"}))
			ben.Command("link", options{"code": code}, nil)
			Await(t, ben, "what would become one", Shows(says(en, phrase.LinkAskTitle)))
			told(t, eve, says(en, phrase.LinkUsed), command(eve, "link", options{"code": code}))
			told(t, ben, says(en, phrase.LinkNot), func() { ben.Click(says(en, phrase.ButtonCancel)) })
			code = codeOf(t, ada)
			s.Clock().Advance(11 * time.Minute)
			told(t, ben, says(en, phrase.LinkCodeOver), command(ben, "link", options{"code": code}))
			for range bot.LinkGuesses {
				told(t, eve, says(en, phrase.LinkWrong), command(eve, "link", options{"code": "guess"}))
			}
			told(t, eve, says(en, phrase.LinkGuesses, phrase.Count("minutes", 10)), command(eve, "link", options{"code": code}))
		}},
		{"nobody is joined in the middle of a game", func(t *testing.T, s Stage) {
			ada, ben := s.Enter(t, "Ada", en, false), s.Enter(t, "Ben", en, false)
			code := codeOf(t, ada)
			m := begin(t, s, ben, en, options{"pack": summit, "questions": "2", "kind": "choice"})
			m.question(ben, 0)
			ben.Click(m.right(0))
			ben.Command("link", options{"code": code}, nil)
			Await(t, ben, "that a game runs", Shows(says(en, phrase.LinkAskTitle), says(en, phrase.LinkPlaying)))
			told(t, ben, says(en, phrase.LinkPlaying), func() { ben.Click(says(en, phrase.ButtonLink)) })
			ben.Command("stop", nil, nil)
			Await(t, ben, "the end", Shows("Final scores"))
			ben.Command("link", options{"code": code}, nil) // the same person may look again
			Await(t, ben, "that nothing runs", func(c Card) bool {
				return strings.Contains(c.Text, says(en, phrase.LinkAskTitle)) && !strings.Contains(c.Text, says(en, phrase.LinkPlaying))
			})
			told(t, ben, says(en, phrase.LinkDone), func() { ben.Click(says(en, phrase.ButtonLink)) })
		}},
	})
}
