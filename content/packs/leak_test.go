package packs_test

import (
	"flag"
	"testing"

	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
	"summitquiz/quiz/quiztest"
)

var leakQuizzes = flag.Int("leak-quizzes", 100, "quizzes of each built-in pack that are read for leaks")

// TestNoQuizTellsALaterAnswer holds L2 over whole quizzes of ten as a chat gets them, in
// every language, over all that is shown. With -leak-quizzes 2500 it reads 10,000.
func TestNoQuizTellsALaterAnswer(t *testing.T) {
	loaded := builtIn(t)
	quizzes := *leakQuizzes
	for _, p := range loaded {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			x := pick.NewIndex(p, g)
			reader := quiztest.NewReader(p)
			broken := 0
			for seed := range uint64(quizzes) {
				chosen, err := x.Pick(pick.Request{Count: 10, Seed: seed}, pick.Seen{})
				if err != nil {
					t.Fatal(err)
				}
				if len(chosen) < 10 {
					t.Errorf("quiz %d has %d items", seed, len(chosen))
				}
				items := make([]quiztest.Shown, len(chosen))
				for i, o := range chosen {
					r := render(t, p, g, o.ID, o.Seed)
					items[i] = quiztest.Shown{Item: &r.item, Views: r.views}
				}
				for _, err := range reader.Leaks(items) {
					if broken++; broken <= 10 {
						t.Errorf("quiz %d: %v", seed, err)
					}
				}
			}
			t.Logf("%d quizzes, %d leaks", quizzes, broken)
		})
	}
}
