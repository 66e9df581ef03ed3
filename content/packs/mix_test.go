package packs_test

import (
	"flag"
	"testing"

	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

var mixQuizzes = flag.Int("mix-quizzes", 200, "quizzes of each built-in pack whose kinds are counted")

// TestQuizzesMixKinds holds that of a quiz of ten at most one is to be judged true or false and at
// most four are of one kind; and that a quiz from the summit alone has at least six kinds: for a chat
// that has seen nothing, half of the items, all items of half of the facts, and for one that plays on
// until it has seen half of the pack.
func TestQuizzesMixKinds(t *testing.T) {
	for _, p := range builtIn(t) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			x := pick.NewIndex(p, g)
			var played, items, facts pick.Seen
			for i, id := range g.Items() {
				if i%2 == 0 {
					items.Add(id, 0, 1)
				}
				if fact, _, _ := id.Parts(); p.FactByID(fact).Index%2 == 0 {
					facts.Add(id, 0, 1)
				}
			}
			half := len(g.Items()) / 20
			fewest, most := quiz.KindCount, 0
			for n := range *mixQuizzes {
				record := []pick.Seen{{}, items, facts, played}[n%4]
				chosen, err := x.Pick(pick.Request{Count: 10, Seed: uint64(n)}, record)
				if err != nil {
					t.Fatal(err)
				}
				var of [quiz.KindCount]int
				kinds := 0
				for _, o := range chosen {
					if of[o.Kind]++; of[o.Kind] == 1 {
						kinds++
					}
					if n%4 == 3 && n/4 < half {
						played.Add(o.ID, o.Options, 1)
					}
				}
				fewest, most = min(fewest, kinds), max(most, kinds)
				if of[quiz.TrueFalse] > 1 {
					t.Errorf("quiz %d has %d statements to judge", n, of[quiz.TrueFalse])
				}
				for k, c := range of {
					if c > 4 {
						t.Errorf("quiz %d has %d of the kind %s", n, c, quiz.Kind(k))
					}
				}
				if kinds < 6 && p.Name == "gyeongju-summit-2025" {
					t.Errorf("quiz %d has %d kinds, want at least 6", n, kinds)
				}
			}
			t.Logf("%d quizzes have %d to %d kinds", *mixQuizzes, fewest, most)
		})
	}
}
