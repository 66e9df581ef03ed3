package generate

import (
	"summitquiz/content"
	"summitquiz/quiz"
)

// Outline returns what choosing among items needs to know of a drawn one.
func (g *Generator) Outline(it quiz.Item) quiz.Outline {
	o := quiz.Outline{
		ID: it.ID, Kind: it.Kind, Fact: it.Fact.ID, Seed: it.Seed, Prior: it.Prior,
		Options: g.optionSet(&it), Key: g.keyOf(&it),
	}
	for i, vs := range it.Fact.Values {
		for k := range vs {
			if i != it.Field {
				o.Given = append(o.Given, g.features.identity(&vs[k]))
			}
		}
	}
	if it.Kind == quiz.TrueFalse {
		o.Given = append(o.Given, g.features.identity(&it.Value))
	}
	add := func(f *content.Fact) {
		for _, id := range o.Reveals {
			if id == f.ID {
				return
			}
		}
		o.Reveals = append(o.Reveals, f.ID)
	}
	add(it.Fact)
	for _, f := range it.Facts {
		add(f)
	}
	for i := range it.Options {
		for _, f := range it.Options[i].Facts {
			add(f)
		}
	}
	return o
}

// optionSet is a number for what the options are, in any order. For a statement it is the
// statement; for an order or a match it is the rows.
func (g *Generator) optionSet(it *quiz.Item) uint64 {
	sum := uint64(0)
	switch it.Kind {
	case quiz.TrueFalse:
		return both(hashed(it.ID), g.features.identity(&it.Value))
	case quiz.Order, quiz.Match:
		for _, f := range it.Facts {
			sum += hashed(f.ID)
		}
		return both(hashed(it.Fact.Relation.ID), sum)
	}
	for i := range it.Options {
		// A sum does not depend on the order; the identities are mixed well.
		sum += mix(g.features.identity(&it.Options[i].Value))
	}
	if len(it.Options) == 0 {
		return 0
	}
	return mix(sum) | 1
}

func (g *Generator) keyOf(it *quiz.Item) uint64 {
	switch it.Kind {
	case quiz.TrueFalse:
		return uint64(it.Key) + 1
	case quiz.Order, quiz.Match:
		return hashed(it.ID)
	}
	id := g.features.identity(&it.Value)
	if it.Kind == quiz.Cloze {
		return both(id, uint64(it.Blank))
	}
	return id
}
