package bottest

import (
	"fmt"
	"strings"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// eveningScores is how the evening ends on every platform, whatever its questions look like
// there: rank, name, points, right answers and questions answered.
const eveningScores = `1 Ada 6 6/6
2 민수 4 4/6
3 ليلى 2 2/5
4  1 1/4`

// Evening plays one evening of four people on a stage that was just opened, the same on every
// platform: settings, a quiz of choices, a quiz of typed answers, a language, a copy of what is
// kept, and one who leaves and has everything deleted. It holds that the scores are the same as
// everywhere else. Where questions are native polls, people vote in them.
func Evening(t *testing.T, s Stage) {
	root := s.Enter(t, "Root", en, true)
	ada, minsu := s.Enter(t, "Ada", en, false), s.Enter(t, "민수", language.Korean, false)
	layla, cleo := s.Enter(t, "ليلى", language.Arabic, false), s.Enter(t, "Cleo", en, false)
	root.Command("settings", options{"questions": "4", "kind": "choice", "pack": summit, "language": "en"}, nil)
	Await(t, root, "the settings", func(c Card) bool {
		return c.Private && strings.Contains(c.Text, says(en, phrase.SettingsSaved))
	})

	m := begin(t, s, ada, en, nil)
	for n := range m.total() {
		m.question(ada, n)
		ada.Click(m.right(n))
		pick := m.wrong(n)
		if n < 3 {
			pick = m.right(n)
		}
		m.in(language.Korean).click(minsu, pick)
		if n > 0 { // she comes late
			pick = m.wrong(n)
			if n == 2 {
				pick = m.right(n)
			}
			m.in(language.Arabic).click(layla, pick)
		}
		pick = m.wrong(n)
		if n == 3 {
			pick = m.right(n)
		}
		cleo.Click(pick)
		cleo.Repeat() // and it counts once
		m.reveal(ada, n, true)
	}
	Await(t, ada, "the end of the quiz", Shows(says(en, phrase.EndTitle)))

	told(t, layla, says(language.Arabic, phrase.LanguageSet, phrase.Text("language", "العربية")), command(layla, "language", options{"language": "ar"}))
	m = begin(t, s, minsu, en, options{"pack": countries, "kind": "typed", "questions": "2"})
	for n := range m.total() {
		m.question(ada, n)
		answer := language.StripIsolates(m.script.Views[n].Accepts[0])
		ada.Type(answer)
		if n == 0 {
			minsu.Command("answer", options{"text": answer}, nil)
			layla.Type("لا أعرف")
		} else {
			minsu.Type("몰라요")
			layla.Type(answer)
		}
		m.reveal(ada, n, true)
	}
	Await(t, ada, "the end of what is typed", func(c Card) bool {
		return strings.Contains(c.Text, says(en, phrase.EndTitle)) && strings.Contains(c.Text, says(en, phrase.BoardRow, phrase.Count("rank", 1), phrase.Name("name", "Ada"),
			phrase.Count("points", 2), phrase.Count("right", 2), phrase.Count("asked", 2)))
	})

	ada.Command("privacy", options{"action": "export"}, nil)
	Await(t, ada, "a copy", func(c Card) bool {
		return c.Private && c.File != nil && strings.Contains(string(c.File.Data), countries)
	})
	cleo.Command("privacy", nil, nil)
	told(t, cleo, says(en, phrase.ForgetAsk), func() { cleo.Click(says(en, phrase.ButtonDelete)) })
	told(t, cleo, says(en, phrase.ForgetDone), func() { cleo.Click(says(en, phrase.ButtonForget)) })

	game, err := s.Store().Session(t.Context(), m.id)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range board(t, s, bot.BoardQuery{Space: game.Space, Limit: 10}).Rows {
		got = append(got, fmt.Sprintf("%d %s %d %d/%d", r.Rank, r.Name, r.Points, r.Right, r.Asked))
	}
	if text := strings.Join(got, "\n"); text != eveningScores {
		t.Errorf("the evening ends with\n%s\nwant\n%s", text, eveningScores)
	}
}

// click chooses an option by the label that it has in the language of the game, as somebody sees
// it who speaks that of m.
func (m *match) click(a Actor, label string) {
	m.t.Helper()
	for i, l := range language.Labels(en, 4) {
		if l == label {
			a.Click(m.label(i))
		}
	}
}
