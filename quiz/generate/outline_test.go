package generate_test

import (
	"slices"
	"testing"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

func TestOutline(t *testing.T) {
	p := small(t)
	g := generate.New(p)
	for _, id := range g.Items() {
		sets := map[uint64]bool{}
		for seed := range uint64(20) {
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatal(err)
			}
			o := g.Outline(it)
			if o.ID != id || o.Fact != it.Fact.ID || o.Kind != it.Kind || o.Prior != it.Prior || o.Seed != seed {
				t.Fatalf("%s: outline %+v does not describe it", id, o)
			}
			if (o.Options == 0) != (it.Form == quiz.TypedForm) {
				t.Fatalf("%s: option set %d", id, o.Options)
			}
			if o.Reveals[0] != it.Fact.ID || slices.Contains(o.Given, o.Key) {
				t.Fatalf("%s reveals %v, given %v, key %d", id, o.Reveals, o.Given, o.Key)
			}
			sets[o.Options] = true
		}
		if id == "small/capital-greece/choice/city" && len(sets) < 2 {
			t.Errorf("%s: 20 seeds gave %d option sets", id, len(sets))
		}
	}
	order := slices.IndexFunc(g.Items(), func(id quiz.ItemID) bool { return id == "small/bridge-cost/order/amount" })
	if order < 0 {
		t.Fatal("the costs make no order")
	}
	it, _ := g.Draw(g.Items()[order], 1)
	if got := g.Outline(it).Reveals; !slices.Contains(got, content.FactID("small/tunnel-cost")) || len(got) != 3 {
		t.Errorf("an order of three costs reveals %v", got)
	}
}
