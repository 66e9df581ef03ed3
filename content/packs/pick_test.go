package packs_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

// evening plays quizzes of ten from some facts of a pack, spread over it, until an item comes
// again with the same options, at most most, and returns how many quizzes passed without one.
// Each quiz is checked.
func evening(t *testing.T, p *content.Pack, facts int, seed uint64, most int) int {
	t.Helper()
	x := pick.NewIndex(p, generate.New(p))
	var seen pick.Seen
	others := func(f *content.Fact) bool { return f.Index*facts/len(p.Facts) == (f.Index+1)*facts/len(p.Facts) }
	for n := range most {
		chosen, err := x.Pick(pick.Request{Count: 10, Seed: seed + uint64(n), Skip: others}, seen)
		if err != nil {
			t.Fatal(err)
		}
		if len(chosen) < 10 {
			t.Fatalf("quiz %d has %d items", n, len(chosen))
		}
		checkQuiz(t, chosen)
		for _, o := range chosen {
			if seen.Has(o.ID, o.Options) {
				return n
			}
		}
		for _, o := range chosen {
			seen.Add(o.ID, o.Options, 1)
		}
	}
	return most
}

// checkQuiz holds the rules between the items of a quiz: L2, L3 and L4.
func checkQuiz(t *testing.T, chosen []quiz.Outline) {
	t.Helper()
	for j := range chosen {
		for i := range j {
			a, b := &chosen[i], &chosen[j]
			if slices.ContainsFunc(b.Asks, func(f content.FactID) bool { return slices.Contains(a.Reveals, f) }) {
				t.Errorf("%s tells the answer of %s, which comes after it", a.ID, b.ID)
			}
			if slices.ContainsFunc(a.Asks, func(f content.FactID) bool { return slices.Contains(b.Asks, f) }) {
				t.Errorf("%s and %s ask for the same fact", a.ID, b.ID)
			}
			if a.Options != 0 && a.Options == b.Options {
				t.Errorf("%s and %s have the same options", a.ID, b.ID)
			}
		}
	}
}

func TestSixtyQuizzesOfTenWithoutARepeat(t *testing.T) {
	p := countries(t)
	const facts = 150
	for _, seed := range []uint64{1, 1000, 20_000} {
		if n := evening(t, p, facts, seed, 60); n < 60 {
			t.Errorf("seed %d: a repeat after %d quizzes of ten", seed, n)
		}
	}
	const most = 120
	t.Logf("%d facts of %s: %d of at most %d quizzes of ten without a repeat", facts, p.Name, evening(t, p, facts, 1, most), most)
	s := summit(t)
	n := evening(t, s, len(s.Facts), 1, most)
	t.Logf("%s, %d facts: %d of at most %d quizzes of ten without a repeat", s.Name, len(s.Facts), n, most)
	if n < 30 {
		t.Errorf("the summit repeats itself after %d quizzes of ten", n)
	}
}

func TestPickingIsTheSameAgain(t *testing.T) {
	p := summit(t)
	var seen pick.Seen
	seen.Add("gyeongju-summit-2025/swap-amount/choice/amount", 7, 2)
	r := pick.Request{Count: 20, Seed: 42}
	one, _ := pick.NewIndex(p, generate.New(p)).Pick(r, seen)
	two, _ := pick.NewIndex(p, generate.New(p)).Pick(r, seen)
	if !reflect.DeepEqual(one, two) {
		t.Error("the same pack, record and seed give two quizzes")
	}
	r.Seed = 43
	if other, _ := pick.NewIndex(p, generate.New(p)).Pick(r, seen); reflect.DeepEqual(one, other) {
		t.Error("another seed gives the same quiz")
	}
}

func TestOnlyWhatIsAskedFor(t *testing.T) {
	p := summit(t)
	x := pick.NewIndex(p, generate.New(p))
	typed := func(k quiz.Kind) bool { return k.Form() == quiz.TypedForm }
	chosen, err := x.Pick(pick.Request{Count: 30, Seed: 1, Allow: typed}, pick.Seen{})
	if err != nil || len(chosen) != 30 {
		t.Fatalf("%d items, %v", len(chosen), err)
	}
	for _, o := range chosen {
		if !typed(o.Kind) {
			t.Errorf("%s is not typed", o.ID)
		}
	}
	others := func(f *content.Fact) bool { return f.Index > 0 }
	if chosen, err = x.Pick(pick.Request{Count: 5, Seed: 1, Skip: others}, pick.Seen{}); err != nil || len(chosen) != 1 {
		t.Errorf("one fact gives %d items, %v", len(chosen), err)
	}
	if _, err = x.Pick(pick.Request{Count: 5, Skip: func(*content.Fact) bool { return true }}, pick.Seen{}); !errors.Is(err, pick.ErrNothing) {
		t.Errorf("no facts give %v", err)
	}
}

// TestFourItemsPerFact holds the coverage of the summit in every language: items are drawn once
// for all languages, so each one counts in each.
func TestFourItemsPerFact(t *testing.T) {
	p := summit(t)
	g := generate.New(p)
	kinds := map[quiz.Kind]int{}
	for _, id := range g.Items() {
		it, err := g.Draw(id, 1)
		if err != nil {
			t.Fatal(err)
		}
		kinds[it.Kind]++
		for _, c := range language.All() {
			if g.Stem(it, c, language.Style{}) == "" {
				t.Errorf("%s has no stem in %s", id, c)
			}
		}
	}
	perFact := float64(len(g.Items())) / float64(len(p.Facts))
	t.Logf("%d facts, %d items, %.2f items per fact in each of %d languages, kinds %v", len(p.Facts), len(g.Items()), perFact, language.OwnCount, kinds)
	if perFact < 4 || len(kinds) < 6 {
		t.Errorf("%.2f items per fact over %d kinds, want 4 over 6", perFact, len(kinds))
	}
}
