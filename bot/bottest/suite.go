package bottest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// The built-in packs that the suite plays.
const (
	summit    = "gyeongju-summit-2025"
	countries = "countries-of-the-world"
)

// Suite plays everything that a platform's adapter must carry. open makes a stage with a service
// and a store of its own, with all built-in packs. Where parts are named, only those are played.
func Suite(t *testing.T, open func(t *testing.T) Stage, parts ...string) {
	for _, part := range []struct {
		name string
		test func(*testing.T, func(*testing.T) Stage)
	}{
		{"games", games}, {"rules", rules}, {"control", control}, {"talk", talk}, {"packs", packs}, {"privacy", privacy}, {"links", links},
		{"flashcards", flashcards}, {"restart", restart}, {"bad input", badInput}, {"evening", evening}, {"week", week},
	} {
		if parts == nil || slices.Contains(parts, part.name) {
			t.Run(part.name, func(t *testing.T) { part.test(t, open) })
		}
	}
}

// evening plays an evening that ends alike everywhere.
func evening(t *testing.T, open func(*testing.T) Stage) { Evening(t, open(t)) }

// each runs subtests on stages of their own, side by side.
func each(t *testing.T, open func(*testing.T) Stage, tests []scene) {
	t.Helper()
	for _, sc := range tests {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			sc.play(t, open(t))
		})
	}
}

// scene is one test, named by what it holds.
type scene struct {
	name string
	play func(*testing.T, Stage)
}

// says is a phrase as a person reads it.
func says(c language.Code, id phrase.ID, args ...phrase.Arg) string {
	return language.StripIsolates(phrase.Say(c, id, args...))
}

// questionTitle is what stands above question n, counted from 0.
func questionTitle(c language.Code, n, total int) string {
	return says(c, phrase.QuestionOf, phrase.Count("number", n+1), phrase.Count("total", total))
}

// Options of a command.
type options = map[string]string

// script is what a game asks, with the answers.
type script struct {
	Views []view            `json:"views"`
	Other map[string]script `json:"other"`
}

type view struct {
	Key     int
	Accepts []string
	Options []string
	Hint    quiz.Hint
	Named   [][]string
}

// match is a running game as a test plays it.
type match struct {
	t      *testing.T
	s      Stage
	lang   language.Code // of its public posts
	id     bot.SessionID
	script script
}

// begin lets a person start a quiz and waits for its start card, or in a game for one person
// for the first question.
func begin(t *testing.T, s Stage, starter Actor, lang language.Code, o options) *match {
	t.Helper()
	known := map[bot.SessionID]bool{}
	for _, g := range Games(t, s.Store()) {
		known[g.ID] = true
	}
	starter.Command("quiz", o, nil)
	m := &match{t: t, s: s, lang: lang}
	Await(t, starter, "a game to begin", func(Card) bool {
		for _, g := range Games(t, s.Store()) {
			if !known[g.ID] {
				m.id = g.ID
				if err := json.Unmarshal(g.Script, &m.script); err != nil {
					t.Fatal(err)
				}
				return true
			}
		}
		return false
	})
	return m
}

// in is the match as somebody sees it who speaks a language: in that one where the platform can
// choose, else in the game's own.
func (m *match) in(c language.Code) *match {
	other, ok := m.script.Other[c.String()]
	if !ok || !m.s.Limits().Localized {
		return m
	}
	seen := *m
	seen.lang, seen.script.Views = c, other.Views
	return &seen
}

// total is how many questions the game has.
func (m *match) total() int { return len(m.script.Views) }

// leadIn is how long the start card stands, and longer than the gap between questions.
const leadIn = 5 * time.Second

// ages is longer than any question of these tests stays open.
const ages = 2 * time.Minute

// question goes on to question n and returns it as a person sees it.
func (m *match) question(a Actor, n int) Card {
	m.t.Helper()
	m.s.Clock().Advance(leadIn)
	title := questionTitle(m.lang, n, m.total())
	c := Await(m.t, a, title, func(c Card) bool {
		return strings.Contains(c.Text, title) && !strings.Contains(c.Text, m.answerLine(n))
	})
	Opened(m.t, m.s.Store(), n)
	return c
}

// answerLine is what a reveal of question n says first.
func (m *match) answerLine(n int) string {
	v := &m.script.Views[n]
	text := ""
	if len(v.Named) > 0 {
		var all []string
		for _, forms := range v.Named {
			all = append(all, language.StripIsolates(forms[0]))
		}
		return says(m.lang, phrase.AnswersAre, phrase.List("answers", all...))
	}
	if v.Key >= 0 && v.Key < len(v.Options) {
		text = m.label(v.Key) + " " + language.StripIsolates(v.Options[v.Key])
	} else if len(v.Accepts) > 0 {
		text = language.StripIsolates(v.Accepts[0])
	}
	return says(m.lang, phrase.AnswerIs, phrase.Text("answer", text))
}

// reveal waits for the reveal of question n; time passes only if late says so.
func (m *match) reveal(a Actor, n int, late bool) Card {
	m.t.Helper()
	if late {
		m.s.Clock().Advance(ages)
	}
	title, answer := questionTitle(m.lang, n, m.total()), m.answerLine(n)
	return Await(m.t, a, "the reveal of "+title, Shows(title, answer))
}

// label is the label of an option.
func (m *match) label(i int) string { return language.Labels(m.lang, 4)[i] }

// right is the label of the key of question n, and wrong that of another option.
func (m *match) right(n int) string { return m.label(m.script.Views[n].Key) }

func (m *match) wrong(n int) string {
	return m.label((m.script.Views[n].Key + 1) % len(m.script.Views[n].Options))
}

// solve answers question n rightly, by whatever it takes.
func (m *match) solve(a Actor, n int) {
	m.t.Helper()
	if m.script.Views[n].Key >= 0 && len(m.script.Views[n].Options) > 0 {
		a.Click(m.right(n))
		return
	}
	a.Type(language.StripIsolates(m.script.Views[n].Accepts[0]))
}

// told does something and waits until its person is told a text that they were not told
// before.
func told(t *testing.T, a Actor, text string, do func()) {
	t.Helper()
	count := func() (n int) {
		for _, c := range a.Screen() {
			if c.Private && strings.Contains(c.Text, text) {
				n++
			}
		}
		return n
	}
	before := count()
	do()
	Await(t, a, "being told: "+text, func(Card) bool { return count() > before })
}

// shown waits until everybody in the chat sees a text that they did not see before.
func shown(t *testing.T, a Actor, text string, do func()) {
	t.Helper()
	count := func() (n int) {
		for _, c := range a.Screen() {
			if !c.Private && strings.Contains(c.Text, text) {
				n++
			}
		}
		return n
	}
	before := count()
	do()
	Await(t, a, "the chat being told: "+text, func(Card) bool { return count() > before })
}

// command returns what sends a command.
func command(a Actor, name string, o options) func() { return func() { a.Command(name, o, nil) } }

// board is the board of the shared chat.
func board(t *testing.T, s Stage, q bot.BoardQuery) bot.BoardPage {
	t.Helper()
	page, err := s.Store().Board(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// answers are the answers of a game that count.
func (m *match) answers() []bot.Answer {
	m.t.Helper()
	rows, err := m.s.Store().Answers(m.t.Context(), m.id)
	if err != nil {
		m.t.Fatal(err)
	}
	var out []bot.Answer
	for _, a := range rows {
		if a.Final {
			out = append(out, a)
		}
	}
	return out
}
