package generate

import (
	"iter"
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Kinds that set facts of one relation beside each other: the odd one out, the largest or
// earliest of some, the place on a timeline.

// companions yields the facts of a relation that can stand in one item with f, ordered by the
// sub-seed, at most probes of them. It looks no further than whoever asks.
func (g *Generator) companions(f *content.Fact, sub uint64, label, value int) iter.Seq[*content.Fact] {
	return func(yield func(*content.Fact) bool) {
		pool := g.shapes[f.Relation].rows
		var buf [small]ranked
		order := ordered(buf[:0], pool, sub)
		var told [probes]int32 // of a large pool one fact may be met twice
		for k := range told {
			if len(pool) <= small && k == len(order) {
				return
			}
			at := int32(0)
			if len(pool) <= small {
				at = order[k].at
			} else if at = probe(pool, both(sub, uint64(k))); slices.Contains(told[:k], at) {
				told[k] = at
				continue
			}
			told[k] = at
			if h := g.pack.Facts[pool[at].fact]; h != f && companion(f, h, label, value) && !yield(h) {
				return
			}
		}
	}
}

// companion reports whether two facts say the same of all but two fields, and at the same time.
func companion(f, h *content.Fact, label, value int) bool {
	return plain(h, label, value) && len(h.Disputed) == 0 && h.AsOf == f.AsOf && h.FrameText() == f.FrameText() && sameGiven(f, h, label, value)
}

// row is a fact whose name stands on an option.
type row struct {
	fact *content.Fact
	name content.Value
	look *feature
}

func (g *Generator) row(f *content.Fact, label int) row {
	v := f.Values[label][0]
	return row{f, v, g.features.of(&v)}
}

// joins reports whether a row can stand beside others as an option: a name of the same kind and
// look, and of the same gender and number, for the sentence to go with each.
func (g *Generator) joins(rows []row, r row, label int) bool {
	if r.look == nil || rows[0].look == nil {
		return false
	}
	if (rows[0].name.Entity == nil) != (r.name.Entity == nil) {
		return false
	}
	d := drawing{g: g, key: rows[0].name, look: rows[0].look, agrees: true}
	if !d.alike(&r.name, r.look) {
		return false
	}
	for i := range rows {
		if !g.apart(&rows[i].name, rows[i].look, &r.name, r.look) || !g.distinctLabels(rows[i].fact, r.fact, label) {
			return false
		}
	}
	return true
}

// setRows makes the names of rows the options of an item; the key is the first.
func (g *Generator) setRows(it *quiz.Item, rows []row, sub uint64) {
	it.Value, it.Key = rows[0].name, 0
	it.Options = make([]quiz.Option, len(rows))
	for i, r := range rows {
		it.Options[i] = quiz.Option{Value: r.name, Origin: quiz.OriginSibling}
	}
	it.Options[0].Origin = quiz.OriginKey
	g.place(it, sub)
}

// fillOdd draws three facts that have a value in common and one that shares its own with none of them.
func (g *Generator) fillOdd(it *quiz.Item, sub uint64) Reason {
	f, field := it.Fact, it.Field
	label := labelField(f.Relation, field)
	if !plain(f, label, field) || len(f.Disputed) > 0 || g.asksAmong(f, field) {
		return FewCompanions
	}
	for _, c := range g.languages {
		if !f.Asks(field).Messages[c].Uses(label) {
			return NoGap
		}
	}
	shared := f.Values[field][0]
	same := g.sameValue(f, field, label, sub)
	if len(same) < 2 {
		return FewCompanions
	}
	asked := g.shownWith(it) // the question has a gap for the name, so it is the same for all
	rows := []row{g.row(f, label)}
	for _, h := range same {
		if r := g.row(h, label); len(rows) < 3 && g.joins(rows, r, label) && !g.holds(&asked, &r.name) {
			rows = append(rows, r)
		}
	}
	if len(rows) < 3 {
		return FewCompanions
	}
	for h := range g.companions(f, sub, label, field) {
		r := g.row(h, label)
		if !g.joins(rows, r, label) || !g.pack.False(h, field, shared) || !g.alone(h, field, rows) {
			continue
		}
		it.Facts = []*content.Fact{rows[0].fact, rows[1].fact, rows[2].fact, h}
		g.setRows(it, append([]row{r}, rows...), sub)
		if g.holds(&asked, &shared) || g.holds(&asked, &it.Value) || g.holds(&asked, &rows[0].name) {
			return KeyInStem
		}
		return Made
	}
	return FewDistractors
}

// sameValue returns facts that have the value of f in a field, ordered by the sub-seed.
func (g *Generator) sameValue(f *content.Fact, field, label int, sub uint64) []*content.Fact {
	facts := g.pack.FactsWith(f.Relation, field, f.Values[field][0])
	facts = facts[:min(len(facts), manyAlike)]
	var buf [manyAlike]ranked
	order := buf[:0]
	for i, h := range facts {
		order = append(order, ranked{both(sub, g.hashes[h.Index]), int32(i)})
	}
	sortRanked(order)
	var out []*content.Fact
	for _, r := range order {
		if h := facts[r.at]; h != f && companion(f, h, label, field) {
			out = append(out, h)
		}
	}
	return out
}

// alone reports whether the pack knows that no value of the odd one is true of any other row.
func (g *Generator) alone(odd *content.Fact, field int, rows []row) bool {
	for _, r := range rows {
		for _, v := range odd.Values[field] {
			if !g.pack.False(r.fact, field, v) {
				return false
			}
		}
	}
	// Of several values of one name each is a fact: the odd one may not share through another.
	for _, h := range g.pack.FactsWith(odd.Relation, labelField(odd.Relation, field), odd.Values[labelField(odd.Relation, field)][0]) {
		for _, v := range h.Values[field] {
			for _, r := range rows {
				if h != odd && !g.pack.False(r.fact, field, v) {
					return false
				}
			}
		}
	}
	return true
}

// fewestRows is how many rows have a first or largest one among them: of two it is the larger, so two are
// taken only where the pack has no more.
const fewestRows = 3

// fillExtreme draws up to three facts beside f, all well apart, of which one is first.
func (g *Generator) fillExtreme(it *quiz.Item, sub uint64) Reason {
	f, field := it.Fact, it.Field
	label := labelField(f.Relation, field)
	if !plain(f, label, field) || len(f.Disputed) > 0 || g.dated(f, label) {
		return FewCompanions
	}
	rows := []row{g.row(f, label)}
	asked := g.shapes[f.Relation].most[field]
	for h := range g.companions(f, sub, label, field) {
		r := g.row(h, label)
		if len(rows) == 4 {
			break
		}
		fits := !g.dated(h, label) && g.joins(rows, r, label) && g.soundAlike(rows[0].look, r.look, &asked)
		for i := 0; i < len(rows) && fits; i++ {
			fits = wellApart(&rows[i].fact.Values[field][0], &h.Values[field][0])
		}
		if fits {
			rows = append(rows, r)
		}
	}
	if len(rows) < max(2, min(fewestRows, len(g.shapes[f.Relation].rows))) {
		return FewCompanions
	}
	it.Facts = factsOf(rows)
	slices.SortFunc(rows, func(a, b row) int {
		if before(&a.fact.Values[field][0], &b.fact.Values[field][0]) {
			return -1
		}
		return 1
	})
	for i, r := range rows {
		it.Facts[i] = r.fact
	}
	g.setRows(it, rows, sub)
	var shown *shownWith // the same for all, and needed only for a name that was not looked for yet
	for _, r := range rows {
		if g.asksByName(it, r, &shown) {
			return KeyInStem
		}
	}
	return Made
}

// asksByName reports whether the question for the first of several rows holds the name of one. It says
// the same of whichever rows have one date and one frame, so it is looked for once for each.
func (g *Generator) asksByName(it *quiz.Item, r row, shown **shownWith) bool {
	known := uint32(1) << (2 * it.Field)
	is := known << 1
	at := &g.firsts[r.fact.Index]
	if bits := at.Load(); it.Field < 16 && bits&known != 0 {
		return bits&is != 0
	}
	if *shown == nil {
		s := g.shownWith(it)
		*shown = &s
	}
	named := g.holds(*shown, &r.name)
	if it.Field < 16 {
		if named {
			known |= is
		}
		at.Or(known)
	}
	return named
}

// soundAlike reports whether two names share the same words with a question: none would stand out by
// sounding like it.
func (g *Generator) soundAlike(a, b *feature, asked *[language.Count][]word) bool {
	for _, c := range g.languages {
		for _, w := range asked[c] {
			if slices.Contains(a.in(c), w) != slices.Contains(b.in(c), w) {
				return false
			}
		}
	}
	return true
}

func factsOf(rows []row) []*content.Fact {
	out := make([]*content.Fact, len(rows))
	for i, r := range rows {
		out[i] = r.fact
	}
	return out
}

// fillTimeline draws three facts for a timeline and asks where f goes. The place is drawn first,
// alike among those for which there is enough on both sides.
func (g *Generator) fillTimeline(it *quiz.Item, sub uint64) Reason {
	f, field := it.Fact, it.Field
	label := labelField(f.Relation, field)
	if !plain(f, label, field) || len(f.Disputed) > 0 || g.dated(f, label) || !g.gapped(f, field) {
		return FewCompanions
	}
	rows := []row{g.row(f, label)}
	var sides [2][]row // earlier and later than f
	for h := range g.companions(f, sub, label, field) {
		if len(sides[0]) == rowCount && len(sides[1]) == rowCount {
			break
		}
		r := g.row(h, label)
		side := 1
		if before(&h.Values[field][0], &f.Values[field][0]) {
			side = 0
		}
		fits := !g.dated(h, label) && len(sides[side]) < rowCount && r.look != nil && g.distinctLabels(f, h, label)
		for i := 0; i < len(rows) && fits; i++ {
			fits = wellApart(&rows[i].fact.Values[field][0], &h.Values[field][0]) && g.distinctLabels(rows[i].fact, h, label)
		}
		if fits {
			rows, sides[side] = append(rows, r), append(sides[side], r)
		}
	}
	low, high := max(0, rowCount-len(sides[1])), min(rowCount, len(sides[0]))
	if low > high {
		return FewCompanions
	}
	dice := newDice(sub, forRank)
	place := low + dice.below(high-low+1)
	line := slices.Concat(sides[0][:place], sides[1][:rowCount-place], rows[:1])
	slices.SortFunc(line, func(a, b row) int {
		if before(&a.fact.Values[field][0], &b.fact.Values[field][0]) {
			return -1
		}
		return 1
	})
	it.Facts, it.Value = factsOf(line), f.Values[field][0]
	it.Options = make([]quiz.Option, rowCount+1)
	for i := range it.Options {
		it.Options[i] = quiz.Option{Parts: []int{i}, Origin: quiz.OriginSibling}
	}
	it.Options[0].Parts[0], it.Options[place].Parts[0] = place, 0
	it.Options[0].Origin = quiz.OriginKey
	it.Key = 0
	g.place(it, sub)
	return Made
}

// placeText is what stands on the option for a place of a timeline.
func (g *Generator) placeText(it *quiz.Item, place int, c language.Code, st language.Style) string {
	label := labelField(it.Fact.Relation, it.Field)
	var names []language.Arg
	for _, f := range it.Facts {
		if f != it.Fact {
			names = append(names, g.pack.Arg(c, f.Values[label][0]))
		}
	}
	switch w := &wordsOf()[c]; place {
	case 0:
		return string(w.beforeFirst.Append(nil, names[:1], st))
	case len(names):
		return string(w.afterLast.Append(nil, names[place-1:], st))
	}
	return string(wordsOf()[c].inBetween.Append(nil, names[place-1:place+1], st))
}
