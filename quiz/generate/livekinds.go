package generate

import (
	"cmp"
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Kinds for games that are played live: the closest number wins, who am I, name as many as you can.

// leastEstimate is the smallest number that is worth an estimate.
const leastEstimate = 50

// estimated says whether the closest answer to a question for a number can win: a large number, with
// its unit in the question, or none.
func (g *Generator) estimated(f *content.Fact, field int) Reason {
	v := &f.Values[field][0]
	asked := f.Relation.Fields[field].AskUnit || v.Amount.Unit == nil
	if len(f.Values[field]) != 1 || v.Type == content.OrdinalValue || !asked || len(f.Disputed) > 0 ||
		v.Amount.Number.Cmp(language.Whole(leastEstimate)) < 0 || g.asksAmong(f, field) {
		return FewCompanions
	}
	return Made
}

// How many facts a ladder of clues has.
const (
	leastClues = 3
	mostClues  = 4
)

// fillWhoAmI draws facts about the value of the asked field as clues. Its own fact, of which nothing
// else is true, is the last clue, so the answer is proved to be the only one; before it, those that are
// true of many come first.
func (g *Generator) fillWhoAmI(it *quiz.Item, sub uint64) Reason {
	f, field := it.Fact, it.Field
	if len(f.Values[field]) != 1 || len(f.Disputed) > 0 || len(f.AlsoTrue) > 0 || f.Relation.Fields[field].Truth == content.Open || !g.opens(f, field) ||
		len(g.fittings(f, field)) != 1 || g.tellsGender(f, field) {
		return FewCompanions
	}
	it.Value = f.Values[field][0]
	if g.tooLong(&it.Value) {
		return TooLong
	}
	type clue struct {
		fact  *content.Fact
		field int
		fits  int
	}
	about := g.pack.FactsAbout(it.Value)
	order := make([]ranked, 0, manyAlike)
	for i, h := range about[:min(len(about), manyAlike)] {
		order = append(order, ranked{both(sub, g.hashes[h.Index]), int32(i)})
	}
	sortRanked(order)
	clues := []clue{{f, field, 1}}
	for _, r := range order {
		h := about[r.at]
		k := fieldOf(h, it.Value)
		known := slices.ContainsFunc(clues, func(c clue) bool { return c.fact.Relation == h.Relation })
		if len(clues) == mostClues || known || k < 0 || h.Card || h.Asks(k) == nil || len(h.Disputed) > 0 || !g.opens(h, k) || g.tellsGender(h, k) {
			continue
		}
		clues = append(clues, clue{h, k, len(g.fittings(h, k))})
	}
	if len(clues) < leastClues {
		return FewCompanions
	}
	rest := clues[1:]
	slices.SortStableFunc(rest, func(a, b clue) int { return cmp.Compare(b.fits, a.fits) })
	it.Facts, it.Fields = nil, nil
	for _, c := range append(rest, clue{f, field, 1}) {
		it.Facts, it.Fields = append(it.Facts, c.fact), append(it.Fields, c.field)
	}
	for i := range it.Facts {
		if g.gapTells(it.Facts[i], it.Fields[i]) {
			return KeyInStem
		}
	}
	return Made
}

// clues are the facts of a ladder after the first, as the hint shows them.
func (g *Generator) clues(it *quiz.Item, c language.Code, st language.Style) []string {
	var out []string
	for i := 1; i < len(it.Facts); i++ {
		out = append(out, string(g.appendGapped(nil, it.Facts[i], it.Fields[i], c, st)))
	}
	return out
}

// How many right answers there are to name.
const (
	leastNamed = 3
	mostNamed  = 24
)

// tryNameMany collects every right answer. The pack has to list them all: one that it does not know
// would be taken for wrong.
func (g *Generator) tryNameMany(it *quiz.Item) Reason {
	f, field := it.Fact, it.Field
	if len(f.Disputed) > 0 || len(f.AlsoTrue) > 0 || f.Relation.Fields[field].Truth != content.Complete || !g.opens(f, field) {
		return FewCompanions
	}
	if g.fillNameMany(it); len(it.Answers) < leastNamed || len(it.Answers) > mostNamed {
		return FewCompanions
	}
	for i := range it.Answers {
		if g.tooLong(&it.Answers[i]) {
			return TooLong
		}
	}
	for i, s := 0, g.shownWith(it); i < len(it.Answers); i++ {
		if g.holds(&s, &it.Answers[i]) {
			return KeyInStem
		}
	}
	return Made
}

// fillNameMany sets the answers. No seed decides anything, so what was tried once is proved.
func (g *Generator) fillNameMany(it *quiz.Item) Reason {
	all := g.fittings(it.Fact, it.Field)
	it.Answers, it.Facts = make([]content.Value, 0, len(all)), make([]*content.Fact, 0, len(all))
	for _, a := range all {
		it.Answers = append(it.Answers, a.value)
		if !slices.Contains(it.Facts, a.fact) {
			it.Facts = append(it.Facts, a.fact)
		}
	}
	it.Value = it.Answers[0]
	return Made
}

// named lists the forms of each right answer.
func (g *Generator) named(it *quiz.Item, c language.Code, st language.Style) [][]string {
	out := make([][]string, len(it.Answers))
	for i, v := range it.Answers {
		out[i] = g.acceptsOf([]content.Value{v}, c, st)
	}
	return out
}
