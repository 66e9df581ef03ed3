package generate

import (
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// Outline returns what choosing among items needs to know of a drawn one.
func (g *Generator) Outline(it quiz.Item) quiz.Outline {
	o := quiz.Outline{
		ID: it.ID, Kind: it.Kind, Fact: it.Fact.ID, Seed: it.Seed, Prior: it.Prior,
		Options: g.optionSet(&it), Asks: []content.FactID{it.Fact.ID},
	}
	add := func(f *content.Fact) {
		if !slices.Contains(o.Reveals, f.ID) {
			o.Reveals = append(o.Reveals, f.ID)
		}
	}
	state := func(f *content.Fact) {
		add(f)
		for _, h := range g.follows(f) {
			add(h)
		}
	}
	state(it.Fact)
	for _, f := range it.Facts {
		state(f)
		if f != it.Fact {
			o.Asks = append(o.Asks, f.ID)
		}
	}
	for i := range it.Options {
		for _, f := range it.Options[i].Facts {
			state(f)
		}
	}
	o.Sentence = g.sentence(&it)
	o.Same = g.alsoNamed(&it)
	g.tellsOf(&o, &it)
	return o
}

// sentence names what an item asks: the relation, the asked field and what is given of the others. So
// "Which of these is in Europe?" is one sentence whichever country is the answer, and so is a gap for it.
func (g *Generator) sentence(it *quiz.Item) uint64 {
	f := it.Fact
	if len(it.Options) > 0 && it.Kind.Arranged() || it.Kind == quiz.OddOneOut || it.Kind == quiz.Extreme || it.Kind == quiz.TwoFacts || it.Kind == quiz.WhoAmI {
		return 0
	}
	sum := both(hashed(f.Relation.ID), uint64(it.Field))
	if ownWords(f) {
		return both(sum, hashed(f.ID)) | 1
	}
	for i, vs := range f.Values {
		if i == it.Field {
			continue
		}
		among := uint64(i)
		for k := range vs {
			among += mix(g.features.identity(&vs[k]))
		}
		sum = both(sum, among)
	}
	return both(sum, g.features.identity(&content.Value{Type: content.DateValue, Date: f.AsOf})) | 1
}

// ownWords reports whether a fact is asked in words of its own, as every card is.
func ownWords(f *content.Fact) bool {
	return f.Card || f.State != nil || f.Frame != nil || len(f.Ask) > 0
}

// alsoNamed returns the other names that an item has: those of the same kind for other facts, where
// these ask the same. A list has one for each of its facts, an order one for each of its rows.
func (g *Generator) alsoNamed(it *quiz.Item) []quiz.ItemID {
	var facts []*content.Fact
	switch it.Kind {
	case quiz.Order, quiz.Match, quiz.OddOneOut, quiz.Extreme:
		facts = it.Facts
	case quiz.Timeline, quiz.TwoFacts, quiz.WhoAmI:
	default:
		asked := g.sentence(&quiz.Item{Fact: it.Fact, Field: it.Field})
		for other, vs := range it.Fact.Values {
			if other == it.Field || len(vs) != 1 || ownWords(it.Fact) {
				continue
			}
			with := g.pack.FactsWith(it.Fact.Relation, other, vs[0])
			for _, h := range with[:min(len(with), manyAlike)] {
				if !ownWords(h) && g.sentence(&quiz.Item{Fact: h, Field: it.Field}) == asked {
					facts = append(facts, h)
				}
			}
			break
		}
	}
	var out []quiz.ItemID
	for _, f := range facts {
		if f != it.Fact {
			out = append(out, itemID(f, model{it.Kind, it.Field}))
		}
	}
	return out
}

// manyAlike is how many facts with one value are compared at most: enough for what people
// write, and no more than a hostile pack may cost.
const manyAlike = 64

// follows returns the other facts of the relation that whoever reads f knows too: each of their
// fields shares a value with that of f, or with its partner where the relation is symmetric.
// That France borders Spain tells which country borders Spain.
func (g *Generator) follows(f *content.Fact) []*content.Fact {
	var out []*content.Fact
	for _, swapped := range []bool{false, true} {
		a, b := f.Relation.Symmetric[0], f.Relation.Symmetric[1]
		if swapped && a == b {
			break
		}
		// order maps a field of f to that of the other fact.
		order := func(i int) int { return exchanged(i, a, b, swapped) }
		for _, h := range g.sharing(f, order) {
			if h != f && !slices.Contains(out, h) && states(f, h, order) {
				out = append(out, h)
			}
		}
	}
	return out
}

// sharing returns the facts that share a value with f in the field where the fewest do.
func (g *Generator) sharing(f *content.Fact, order func(int) int) []*content.Fact {
	var least []*content.Fact
	for i, vs := range f.Values {
		var with []*content.Fact
		for _, v := range vs {
			facts := g.pack.FactsWith(f.Relation, order(i), v)
			with = append(with, facts[:min(len(facts), manyAlike)]...)
		}
		if len(with) > 0 && (len(least) == 0 || len(with) < len(least)) {
			least = with
		}
	}
	return least
}

// states reports whether every field of h has a value that f states of the field that order
// maps to it.
func states(f, h *content.Fact, order func(int) int) bool {
	for i, vs := range f.Values {
		of := h.Values[order(i)]
		if len(of) > 0 && !slices.ContainsFunc(of, func(v content.Value) bool { return slices.ContainsFunc(vs, v.Equal) }) {
			return false
		}
	}
	return true
}

// optionSet is a number for what the options are, in any order. For a statement it is the
// statement; for an order or a match it is the rows.
func (g *Generator) optionSet(it *quiz.Item) uint64 {
	sum := uint64(0)
	switch it.Kind {
	case quiz.TrueFalse:
		return both(hashed(it.ID), g.features.identity(&it.Value))
	case quiz.Order, quiz.Match, quiz.Timeline:
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
