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
// most four are of one kind, for a chat that has seen nothing and for one that plays on; and that a
// quiz from the summit alone has at least six kinds.
func TestQuizzesMixKinds(t *testing.T) {
	for _, p := range builtIn(t) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			x := pick.NewIndex(p, generate.New(p))
			var seen pick.Seen
			fewest, most := quiz.KindCount, 0
			for n := range *mixQuizzes {
				record := pick.Seen{}
				if n%4 == 0 && n < 4*30 {
					record = seen
				}
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
					if n%4 == 0 {
						seen.Add(o.ID, o.Options, 1)
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
				// A chat that plays on comes to the end of the rarer kinds: what it has not seen goes first.
				if kinds < 6 && p.Name == "gyeongju-summit-2025" && (n%4 != 0 || n < 12) {
					t.Errorf("quiz %d has %d kinds, want at least 6", n, kinds)
				}
			}
			t.Logf("%d quizzes have %d to %d kinds", *mixQuizzes, fewest, most)
		})
	}
}
