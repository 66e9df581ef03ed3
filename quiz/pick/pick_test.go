package pick_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/pick"
)

// toy is a source whose items are made by hand: facts f0, f1 …, each with a few models.
type toy struct {
	models  int
	reveals map[int][]int // by fact: other facts that its items state
	spread  int           // how many sets of options a choice item has
	rare    int           // one of so many facts makes a match as well; 0: none
}

func (y toy) pack(facts int) *content.Pack {
	p := &content.Pack{ID: "toy", Name: "toy"}
	for i := range facts {
		p.Facts = append(p.Facts, &content.Fact{ID: content.FactID(fmt.Sprintf("toy/f%d", i)), Name: fmt.Sprintf("f%d", i), Index: i})
	}
	return p
}

var toyKinds = []quiz.Kind{quiz.Choice, quiz.Typed, quiz.TrueFalse, quiz.Cloze, quiz.WhoSaid}

func (y toy) Made(f *content.Fact) []quiz.ItemID {
	var ids []quiz.ItemID
	for m := range y.models {
		ids = append(ids, quiz.ItemID(fmt.Sprintf("%s/%s/x", f.ID, toyKinds[m%len(toyKinds)])))
	}
	if y.rare > 0 && f.Index%y.rare == 0 {
		ids = append(ids, quiz.ItemID(string(f.ID)+"/match/x"))
	}
	return ids
}

func (y toy) Draw(id quiz.ItemID, seed uint64) (quiz.Item, error) {
	fact, kind, _ := id.Parts()
	var n int
	fmt.Sscanf(string(fact), "toy/f%d", &n)
	return quiz.Item{ID: id, Kind: kind, Form: kind.Form(), Seed: seed, Prior: (n*7919+int(kind)*631)%3000 - 1500, Fact: &content.Fact{ID: fact, Index: n}}, nil
}

func (y toy) Outline(it quiz.Item) quiz.Outline {
	o := quiz.Outline{ID: it.ID, Kind: it.Kind, Fact: it.Fact.ID, Seed: it.Seed, Prior: it.Prior,
		Asks: []content.FactID{it.Fact.ID}, Reveals: []content.FactID{it.Fact.ID}}
	if it.Form == quiz.ChoiceForm {
		o.Options = uint64(it.Fact.Index)<<32 | uint64(it.Kind)<<16 | it.Seed%uint64(y.spread) + 1
	}
	for _, r := range y.reveals[it.Fact.Index] {
		o.Reveals = append(o.Reveals, content.FactID(fmt.Sprintf("toy/f%d", r)))
	}
	return o
}

func anyToy(t *rapid.T) (toy, int) {
	facts := rapid.IntRange(1, 40).Draw(t, "facts")
	y := toy{models: rapid.IntRange(1, 5).Draw(t, "models"), spread: rapid.IntRange(1, 6).Draw(t, "spread"), reveals: map[int][]int{}}
	for range rapid.IntRange(0, 60).Draw(t, "reveals") {
		a, b := rapid.IntRange(0, facts-1).Draw(t, "teller"), rapid.IntRange(0, facts-1).Draw(t, "told")
		if a != b {
			y.reveals[a] = append(y.reveals[a], b)
		}
	}
	return y, facts
}

// TestQuizzesKeepTheRules holds, for any pack and record, that no fact comes twice, that nothing
// tells a later answer, that no options stand twice, and that a quiz is never longer than asked.
func TestQuizzesKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, facts := anyToy(t)
		x := pick.NewIndex(y.pack(facts), y)
		var seen pick.Seen
		for range rapid.IntRange(1, 6).Draw(t, "quizzes") {
			r := pick.Request{Count: rapid.IntRange(1, 50).Draw(t, "count"), Seed: rapid.Uint64().Draw(t, "seed")}
			chosen, err := x.Pick(r, seen)
			if err != nil || len(chosen) == 0 || len(chosen) > r.Count {
				t.Fatalf("%d items of %d, %v", len(chosen), r.Count, err)
			}
			for j := range chosen {
				for i := range j {
					a, b := &chosen[i], &chosen[j]
					switch {
					case a.Fact == b.Fact:
						t.Fatalf("%s twice", a.Fact)
					case slices.Contains(a.Reveals, b.Fact):
						t.Fatalf("%s comes before %s and tells it", a.ID, b.ID)
					case a.Options != 0 && a.Options == b.Options:
						t.Fatalf("%s and %s have the same options", a.ID, b.ID)
					}
				}
			}
			for _, o := range chosen {
				seen.Add(o.ID, o.Options, 1)
			}
		}
	})
}

// TestWhatWasNotSeenComesFirst holds that no item is shown again while another one of a fact
// seen no more often is new.
func TestWhatWasNotSeenComesFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := toy{models: rapid.IntRange(1, 5).Draw(t, "models"), spread: 3}
		facts := rapid.IntRange(5, 30).Draw(t, "facts")
		x := pick.NewIndex(y.pack(facts), y)
		var seen pick.Seen
		shown := map[quiz.ItemID]bool{}
		for round := range facts * y.models {
			chosen, err := x.Pick(pick.Request{Count: 1, Seed: uint64(round)}, seen)
			if err != nil {
				t.Fatal(err)
			}
			if shown[chosen[0].ID] {
				t.Fatalf("%s is shown again after %d of %d items", chosen[0].ID, round, facts*y.models)
			}
			shown[chosen[0].ID] = true
			seen.Add(chosen[0].ID, chosen[0].Options, 1)
		}
	})
}

// TestARareKindIsFound holds that a quiz is full wherever in the pack its items are, also when
// the facts seen least do not make them or stand in each other's way.
func TestARareKindIsFound(t *testing.T) {
	y := toy{models: 1, spread: 1, rare: 400}
	x := pick.NewIndex(y.pack(4000), y)
	var seen pick.Seen
	for i := range 2000 {
		seen.Add(quiz.ItemID(fmt.Sprintf("toy/f%d/match/x", 2*i)), 0, 1)
	}
	match := func(k quiz.Kind) bool { return k == quiz.Match }
	if chosen, err := x.Pick(pick.Request{Count: 10, Seed: 1, Allow: match}, seen); err != nil || len(chosen) != 10 {
		t.Errorf("a quiz of ten matches has %d items, %v", len(chosen), err)
	}
	// All facts but the last few tell each other: only one of those can be asked.
	y = toy{models: 1, spread: 1, reveals: map[int][]int{}}
	const facts, enemies = 600, 590
	for i := range enemies {
		for j := range enemies {
			y.reveals[i] = append(y.reveals[i], j)
		}
	}
	x = pick.NewIndex(y.pack(facts), y)
	if chosen, err := x.Pick(pick.Request{Count: 10, Seed: 1}, pick.Seen{}); err != nil || len(chosen) != 10 {
		t.Errorf("ten facts that tell nothing give %d items, %v", len(chosen), err)
	}
	for _, count := range []int{0, -1} {
		if _, err := x.Pick(pick.Request{Count: count}, pick.Seen{}); !errors.Is(err, pick.ErrNothing) {
			t.Errorf("a quiz of %d gives %v", count, err)
		}
	}
}

// BenchmarkPick picks ten items for a chat that has seen some facts of a pack.
func BenchmarkPick(b *testing.B) {
	for _, c := range []struct{ facts, seen int }{{100, 50}, {100_000, 0}, {100_000, 1000}, {100_000, 50_000}} {
		y := toy{models: 5, spread: 4}
		x := pick.NewIndex(y.pack(c.facts), y)
		var seen pick.Seen
		for i := range c.seen {
			seen.Add(quiz.ItemID(fmt.Sprintf("toy/f%d/choice/x", i)), 1, 1)
		}
		b.Run(fmt.Sprintf("facts=%d/seen=%d", c.facts, c.seen), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := x.Pick(pick.Request{Count: 10, Seed: uint64(i)}, seen); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func ExampleIndex_Pick() {
	y := toy{models: 3, spread: 2}
	x := pick.NewIndex(y.pack(12), y)
	var seen pick.Seen
	chosen, err := x.Pick(pick.Request{Count: 5, Seed: 1}, seen)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range chosen {
		seen.Add(o.ID, o.Options, 1)
	}
	fmt.Println(len(chosen), "items")
	// Output: 5 items
}
