package packs_test

import (
	"flag"
	"slices"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
	"summitquiz/quiz/quiztest"
)

var (
	leakQuizzes = flag.Int("leak-quizzes", 100, "quizzes of each built-in pack that are read for leaks")
	leakSeed    = flag.Uint64("leak-seed", 0, "seed of the first of them")
)

// TestNoQuizTellsALaterAnswer holds L2 over whole quizzes of ten as a chat gets them, in
// every language, over all that is shown. With -leak-quizzes 2500 it reads 10,000; with -leak-seed
// others than those that were read before.
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
			for n := range uint64(quizzes) {
				seed := *leakSeed + n
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

// TestWhatStandsTogetherTells holds that choosing sees what a reader sees: names that stand together in
// the rows of an order, a value that does not fit, and what else somebody hopes for.
func TestWhatStandsTogetherTells(t *testing.T) {
	named := func(facts []*content.Fact, entity string) bool {
		return slices.ContainsFunc(facts, func(f *content.Fact) bool {
			return slices.ContainsFunc(f.Values, func(vs []content.Value) bool {
				return slices.ContainsFunc(vs, func(v content.Value) bool { return v.Entity != nil && v.Entity.ID == entity })
			})
		})
	}
	for _, c := range []struct {
		name          string
		first, second quiz.ItemID // the first of them tells the second
		fitsA, fitsB  func(it *quiz.Item) bool
		tells         bool
	}{
		{"the rows of an order", "countries-of-the-world/un-slovenia/order/year", "countries-of-the-world/domain-slovenia/who-am-i/country",
			func(it *quiz.Item) bool { return named(it.Facts, "hungary") }, func(it *quiz.Item) bool { return named(it.Facts, "hungary") }, true},
		{"an order of others", "countries-of-the-world/un-austria/order/year", "countries-of-the-world/domain-slovenia/who-am-i/country",
			func(it *quiz.Item) bool { return !named(it.Facts, "slovenia") }, func(it *quiz.Item) bool { return true }, false},
		{"what does not fit", "countries-of-the-world/capital-kenya/choice/country", "countries-of-the-world/neighbours-ghana/which-not/neighbour",
			func(it *quiz.Item) bool { return offers(it, "ghana") && offers(it, "nigeria") }, func(it *quiz.Item) bool { return it.Value.Entity.ID == "nigeria" }, true},
		{"the two sentences of one question", "countries-of-the-world/currency-argentina/two-facts/country", "countries-of-the-world/currency-chile/true-false/country",
			func(it *quiz.Item) bool { return named(it.Facts, "chile") }, func(it *quiz.Item) bool { return true }, true},
		{"another hope of the same person", "gyeongju-summit-2025/lee-hope-communication/cloze/hope", "gyeongju-summit-2025/lee-laughed/who-am-i/who",
			func(it *quiz.Item) bool { return true }, func(it *quiz.Item) bool {
				return slices.ContainsFunc(it.Facts, func(f *content.Fact) bool { return f.Name == "lee-hope-conditions" })
			}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := summit(t)
			if strings.HasPrefix(string(c.first), "countries") {
				p = countries(t)
			}
			g := generate.New(p)
			find := func(id quiz.ItemID, fits func(it *quiz.Item) bool) quiz.Outline {
				for seed := range uint64(3000) {
					it, err := g.Draw(id, seed)
					if err != nil {
						t.Fatal(err)
					}
					if fits(&it) {
						return g.Outline(it)
					}
				}
				t.Fatalf("no draw of %s fits", id)
				return quiz.Outline{}
			}
			a, b := find(c.first, c.fitsA), find(c.second, c.fitsB)
			if a.Tells(&b, 1) != c.tells {
				t.Errorf("%s tells %s: %v", a.ID, b.ID, !c.tells)
			}
		})
	}
}

func offers(it *quiz.Item, entity string) bool {
	return slices.ContainsFunc(it.Options, func(o quiz.Option) bool { return o.Value.Entity != nil && o.Value.Entity.ID == entity })
}
