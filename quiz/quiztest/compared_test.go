package quiztest_test

import (
	"slices"
	"strings"
	"testing"

	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/quiztest"
)

// TestEveryFaultOfAComparisonIsSeen spoils items of the kinds that set facts beside each other and of
// those for live games, and holds that the invariant of that name is reported.
func TestEveryFaultOfAComparisonIsSeen(t *testing.T) {
	p := builtIn(t, packs.Default())
	g := generate.New(p)
	moved := func(s *shown) { s.item.Key = s.wrong() }
	for _, c := range []struct {
		name  string
		kind  quiz.Kind
		fault string
		spoil func(s *shown)
	}{
		{"another option is the key", quiz.WhichNot, "M1", moved},
		{"a second one does not fit", quiz.WhichNot, "M1", func(s *shown) {
			s.item.Options[s.wrong()].Value.Entity = s.item.Options[s.item.Key].Value.Entity
		}},
		{"another option is the odd one", quiz.OddOneOut, "M2", moved},
		{"another option is the largest", quiz.Extreme, "M3", moved},
		{"another place is the key", quiz.Timeline, "M4", moved},
		{"the line is turned round", quiz.Timeline, "M4", func(s *shown) { slices.Reverse(s.item.Facts) }},
		{"another option fits", quiz.TwoFacts, "M5", moved},
		{"one fact alone is asked for", quiz.TwoFacts, "M5", func(s *shown) { s.item.Facts[1] = s.item.Facts[0] }},
		{"the number is not of the fact", quiz.Closest, "M6", func(s *shown) { s.item.Value.Amount.Number = language.Whole(-1) }},
		{"the last clue leaves a choice", quiz.WhoAmI, "M7", func(s *shown) {
			slices.Reverse(s.item.Facts)
			slices.Reverse(s.item.Fields)
		}},
		{"a clue names the answer", quiz.WhoAmI, "L1", func(s *shown) {
			for i := range s.views {
				s.views[i].Clues[0] += " " + s.views[i].Accepts[0]
			}
		}},
		{"a right answer is not listed", quiz.NameMany, "M8", func(s *shown) { s.item.Answers = s.item.Answers[:len(s.item.Answers)-1] }},
	} {
		t.Run(c.name, func(t *testing.T) {
			tried := 0
			for _, id := range g.Items() {
				if _, kind, _ := id.Parts(); kind != c.kind {
					continue
				}
				it, err := g.Draw(id, 3)
				if err != nil {
					t.Fatal(err)
				}
				s := &shown{pack: p, item: it}
				for _, l := range p.Languages.Codes() {
					s.views = append(s.views, g.Render(it, l, language.Style{}))
				}
				if errs := quiztest.Invariants(p, &s.item, s.views); len(errs) > 0 {
					t.Fatalf("unspoilt: %v", errs)
				}
				c.spoil(s)
				tried++
				if slices.ContainsFunc(quiztest.Invariants(p, &s.item, s.views), func(err error) bool { return strings.HasPrefix(err.Error(), c.fault+":") }) {
					return
				}
				if tried == 5 { // some faults do not show in every item: a first clue may be as sure as the last
					break
				}
			}
			t.Errorf("%s is not reported", c.fault)
		})
	}
}
