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
			if o.Asks[0] != it.Fact.ID || len(o.Asks) != max(1, len(it.Facts)) || !slices.Contains(o.Reveals, it.Fact.ID) {
				t.Fatalf("%s asks for %v and reveals %v", id, o.Asks, o.Reveals)
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

// TestOutlineTellsWhatFollows holds that a statement reveals the facts that say the same the
// other way round, and no others.
func TestOutlineTellsWhatFollows(t *testing.T) {
	p := parse(t, `
pack: p
version: "1"
languages: [en]
title: T
cover: C
entities:
  france: {kind: country, name: France}
  spain: {kind: country, name: Spain}
  italy: {kind: country, name: Italy}
  monaco: {kind: country, name: Monaco}
facts:
  - {id: french, borders: {country: france, neighbour: [spain, italy, monaco]}}
  - {id: spanish, borders: {country: spain, neighbour: france}}
  - {id: italian, borders: {country: italy, neighbour: monaco}}
`[1:])
	g := generate.New(p)
	for _, tt := range []struct{ teller, told string }{{"french", "spanish"}, {"spanish", "french"}} {
		it, err := g.Draw(g.Made(p.Fact(tt.teller))[0], 1)
		if err != nil {
			t.Fatal(err)
		}
		got := g.Outline(it).Reveals
		if !slices.Contains(got, content.FactID("p/"+tt.told)) || slices.Contains(got, "p/italian") {
			t.Errorf("who reads %s knows %v, want %s and not italian", tt.teller, got, tt.told)
		}
	}
}
