package generate_test

import (
	"testing"

	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

const head = `
pack: p
version: "1"
languages: [en]
title: T
cover: About the Rhine
entities:
  rhine: {kind: place, name: Rhine}
  danube: {kind: place, name: Danube}
  elbe: {kind: place, name: Elbe}
  oder: {kind: place, name: Oder}
  bonn: {kind: city, name: Bonn}
  ulm: {kind: city, name: Ulm}
  dresden: {kind: city, name: Dresden}
  elbe-town: {kind: city, name: Elbe Town}
  ulm-club: {kind: organisation, name: Swimmers}
  league: {kind: organisation, name: Harbour League}
  other-league: {kind: organisation, name: Summit League}
relations:
  flows:
    fields: {city: city, river: {kind: place, truth: functional}, length: {type: integer, truth: functional}}
    state: "{city} lies on the {river}, {length} km from its source."
    ask: {river: "On which river does {city} lie?", length: "How far is {city} from the source?"}
  liked:
    fields: {city: city, river: place}
    state: "{city} likes the {river}."
    ask: {river: "Which river does {city} like?", city: "Which city likes the {river}?"}
facts:
`

func TestMissing(t *testing.T) {
	tests := []struct {
		name  string
		facts string
		item  string // fact, kind and field
		want  generate.Reason
	}{
		{"the cover names the river", `
  - {id: a, flows: {city: bonn, river: rhine, length: 655}}`, "a/typed/river", generate.KeyInStem},
		{"the stem names the river", `
  - {id: a, flows: {city: elbe-town, river: elbe, length: 12}}`, "a/typed/river", generate.KeyInStem},
		{"too few rivers", `
  - {id: a, flows: {city: ulm, river: danube, length: 205}, not: {river: [oder]}}
  - {id: b, flows: {city: dresden, river: danube, length: 12}}
  - {id: c, flows: {city: bonn, river: oder, length: 12}}`, "a/choice/river", generate.Made},
		{"nothing is known to be false", `
  - {id: a, liked: {city: ulm, river: danube}}`, "a/choice/river", generate.FewFalse},
		{"one wrong river only", `
  - {id: a, liked: {city: ulm, river: danube}, not: {river: [oder]}, skip: [true-false]}`, "a/choice/river", generate.FewDistractors},
		{"a wrong river is enough for a statement", `
  - {id: a, liked: {city: ulm, river: danube}, frame: In the song, not: {river: [oder]}}`, "a/true-false/river", generate.Made},
		{"nothing says where the statement of a relation of the library holds", `
  - {id: a, member-of: {member: ulm-club, group: league}, not: {group: [other-league]}}`, "a/true-false/group", generate.NoFrame},
		{"the author bars it", `
  - {id: a, liked: {city: ulm, river: danube}, not: {river: [oder]}, skip: [true-false]}`, "a/true-false/river", generate.Barred},
		{"another city may like it too", `
  - {id: a, liked: {city: ulm, river: danube}}
  - {id: b, liked: {city: bonn, river: danube}}`, "a/typed/city", generate.ManyAnswers},
		{"a number makes its own wrong ones", `
  - {id: a, flows: {city: ulm, river: danube, length: 205}}`, "a/choice/length", generate.Made},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parse(t, head+tt.facts[1:]+"\n")
			g := generate.New(p)
			got, found := generate.Made, false
			for _, id := range g.Items() {
				found = found || id == quiz.ItemID("p/"+tt.item)
			}
			for _, m := range g.Missing() {
				if name := m.Fact.Name + "/" + m.Kind.String() + "/" + m.Fact.Relation.Fields[m.Field].Name; name == tt.item {
					got, found = m.Reason, true
				}
			}
			if !found || got != tt.want {
				t.Errorf("%s: %s (listed: %v), want %s", tt.item, got, found, tt.want)
			}
		})
	}
}

// TestNoFalseOptionIsTrue draws from facts that make each other's values true.
func TestNoFalseOptionIsTrue(t *testing.T) {
	p := parse(t, head+`
  - {id: a, flows: {city: ulm, river: danube, length: 205}, also-true: {river: [elbe]}}
  - {id: b, flows: {city: bonn, river: rhine, length: 655}}
  - {id: c, flows: {city: dresden, river: elbe, length: 400}, disputed: {length: [410, 390]}}
`[1:])
	g := generate.New(p)
	for _, id := range g.Items() {
		for seed := range uint64(100) {
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatal(err)
			}
			for i, o := range it.Options {
				if it.Kind != quiz.Choice || i == it.Key {
					continue
				}
				if p.True(it.Fact, it.Field, o.Value) || p.Barred(it.Fact, it.Field, o.Value) {
					t.Fatalf("%s seed %d offers %v, which may be true", id, seed, o.Value)
				}
			}
			if it.Kind == quiz.TrueFalse && (it.Key == 0) != p.True(it.Fact, it.Field, it.Value) {
				t.Fatalf("%s seed %d: key %d of a statement with %v", id, seed, it.Key, it.Value)
			}
		}
	}
}
