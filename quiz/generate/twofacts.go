package generate

import (
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// Two facts at once ask for the one thing that both are true of. Each alone leaves a choice, and
// of every other option the pack knows that it does not fit one of the two.

// fillTwoFacts draws a second fact about the value of the asked field, and options that fit one
// of the two gaps, or neither.
func (g *Generator) fillTwoFacts(it *quiz.Item, sub uint64) Reason {
	f, field := it.Fact, it.Field
	if len(f.Disputed) > 0 || !g.opens(f, field) {
		return NoGap
	}
	it.Value = drawnValue(f.Values[field], sub)
	first := g.fittings(f, field)
	if len(first) < 2 {
		return FewCompanions
	}
	about := g.pack.FactsAbout(it.Value)
	var buf [manyAlike]ranked
	order := buf[:0]
	for i, h := range about[:min(len(about), manyAlike)] {
		order = append(order, ranked{both(sub, g.hashes[h.Index]), int32(i)})
	}
	sortRanked(order)
	why := FewCompanions
	for _, r := range order {
		h := about[r.at]
		k := fieldOf(h, it.Value)
		if h == f || k < 0 || h.Relation == f.Relation && k == field || h.Card || h.Asks(k) == nil || len(h.Disputed) > 0 || !g.opens(h, k) {
			continue
		}
		if w := g.pairUp(it, first, h, k, sub); w == Made {
			g.place(it, sub)
			return Made
		} else if why == FewCompanions {
			why = w
		}
	}
	return why
}

// fieldOf returns the one field of a fact that holds a value; -1: none.
func fieldOf(f *content.Fact, v content.Value) int {
	at := -1
	for i, vs := range f.Values {
		if slices.ContainsFunc(vs, v.Equal) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// pairUp fills an item with its own fact, whose gap the first values fit, and h as its two facts.
func (g *Generator) pairUp(it *quiz.Item, first []fitting, h *content.Fact, k int, sub uint64) Reason {
	f, field := it.Fact, it.Field
	it.Facts, it.Fields = []*content.Fact{f, h}, []int{field, k}
	second := g.fittings(h, k)
	if len(second) < 2 {
		return FewCompanions
	}
	if g.gapTells(f, field) || g.gapTells(h, k) {
		return KeyInStem
	}
	d := drawing{g: g, fact: f, field: field, sub: sub, want: 3, stated: true, beside: true, agrees: true, bare: g.bare(f, field),
		key: it.Value, look: g.features.of(&it.Value)}
	d.readStem()
	e := drawing{g: g, fact: h, field: k, sub: sub, want: 3, stated: true, beside: true, agrees: true, bare: g.bare(h, k),
		key: it.Value, look: d.look}
	e.readStem()
	if d.clang || e.clang {
		return WordsInStem
	}
	// At most two options fit the first gap alone and two the second; who knows one fact has still to choose.
	first = slices.Clone(first)
	dice := newDice(sub, forRows)
	for _, list := range [2][]fitting{first, second} {
		dice.shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	take := func(list []fitting, most int) (n int) {
		for i := range list {
			if v := list[i].value; n < most && d.n < 3 && g.beside(&d, &e, v) {
				d.chosen[d.n] = candidate{v, g.features.of(&v), quiz.OriginSibling}
				d.n++
				n++
			}
		}
		return n
	}
	lead := newDice(sub, forTruth)
	one, two := first, second
	if lead.below(2) == 1 {
		one, two = two, one
	}
	if take(two, 1) == 0 || take(one, 2) == 0 {
		return FewDistractors
	}
	take(two, 1)
	if d.n < 2 {
		return FewDistractors
	}
	it.Options = []quiz.Option{{Value: it.Value, Origin: quiz.OriginKey}}
	for _, c := range d.chosen[:d.n] {
		it.Options = append(it.Options, quiz.Option{Value: c.value, Origin: c.origin})
	}
	it.Key = 0
	return Made
}

// beside reports whether a value can stand beside the key of two facts: alike, apart from all
// others, in neither sentence, and known to be false of one of the two.
func (g *Generator) beside(d, e *drawing, v content.Value) bool {
	look := g.features.of(&v)
	if look == nil || look == d.look || d.given(&v) || e.given(&v) || !d.alike(&v, look) || d.sounds(look) || e.sounds(look) {
		return false
	}
	if !g.apart(&d.key, d.look, &v, look) {
		return false
	}
	for i := range d.n {
		if c := &d.chosen[i]; c.look == look || !g.apart(&c.value, c.look, &v, look) {
			return false
		}
	}
	return d.excludes(v) || e.excludes(v)
}

// excludes reports whether a value is known to be false of the field, in the world too where no frame
// holds the statement down.
func (d *drawing) excludes(v content.Value) bool {
	return d.g.pack.False(d.fact, d.field, v) && !(d.bare && d.declares(v))
}
