package generate

import (
	"unicode/utf8"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Order and match items show whole sequences or whole pairings of three facts. The wrong ones
// are drawn alike from all others, so that no option looks more like the rest than another.

const rowCount = 3

// arrangements are the orders of three things; the first one leaves them as they are.
var arrangements = [6][rowCount]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}

func (g *Generator) fillOrder(it *quiz.Item, sub uint64) Reason {
	label := labelField(it.Fact.Relation, it.Field)
	if label < 0 {
		return FewCompanions
	}
	if g.dated(it.Fact, label) {
		return FewCompanions
	}
	why := g.fillRows(it, sub, label, it.Field, func(a, b *content.Fact) bool {
		return !g.dated(b, label) && wellApart(&a.Values[it.Field][0], &b.Values[it.Field][0])
	})
	if why != Made {
		return why
	}
	key := [rowCount]int{0, 1, 2}
	for i := range key {
		for j := i; j > 0 && g.precedes(it, key[j], key[j-1]); j-- {
			key[j], key[j-1] = key[j-1], key[j]
		}
	}
	g.arrange(it, sub, key)
	return Made
}

// dated reports whether the name of a row holds a number, which would tell its place: the 2002 World Cup.
func (g *Generator) dated(f *content.Fact, label int) bool {
	look := g.features.of(&f.Values[label][0])
	if look == nil {
		return false
	}
	for _, c := range g.languages {
		if look.class[c]&numbered != 0 {
			return true
		}
	}
	return false
}

// echoes reports whether the two parts of a pair share a word, which would tell that they belong together.
func (g *Generator) echoes(f *content.Fact, fields [2]int) bool {
	a, b := g.features.of(&f.Values[fields[0]][0]), g.features.of(&f.Values[fields[1]][0])
	if a == nil || b == nil {
		return false
	}
	for _, c := range g.languages {
		if sharedWord(a.in(c), b.in(c)) {
			return true
		}
	}
	return false
}

// precedes reports whether row i goes before row j: the larger number, the earlier date.
func (g *Generator) precedes(it *quiz.Item, i, j int) bool {
	return before(&it.Facts[i].Values[it.Field][0], &it.Facts[j].Values[it.Field][0])
}

// before reports whether a value goes before another one: the larger number, the earlier date.
func before(a, b *content.Value) bool {
	if a.Type == content.DateValue {
		return later(b.Date, a.Date)
	}
	if a.Type == content.OrdinalValue {
		return a.Amount.Number.Cmp(b.Amount.Number) < 0
	}
	return a.Amount.Number.Cmp(b.Amount.Number) > 0
}

func (g *Generator) fillMatch(it *quiz.Item, sub uint64) Reason {
	fields := g.shapes[it.Fact.Relation].match
	if g.echoes(it.Fact, fields) {
		return WordsInStem
	}
	why := Made
	for round := range uint64(matchRounds) {
		draw := sub
		if round > 0 {
			draw = both(sub, round)
		}
		if why = g.matchRows(it, draw, fields); why != Made {
			break
		}
		if g.readsAtOnce(it, fields) {
			g.arrange(it, sub, arrangements[0])
			return Made
		}
		why = FewCompanions
	}
	return why
}

// A pairing of three is compared with three others: matchRounds is how often rows are drawn for one that
// is no longer than longestRow letters, which is also what a poll shows.
const (
	matchRounds = 12
	longestRow  = 70
)

// readsAtOnce reports whether the pairs of a match are short enough in every language.
func (g *Generator) readsAtOnce(it *quiz.Item, fields [2]int) bool {
	var buf [64]byte
	for _, c := range g.languages {
		letters := 0
		for _, f := range it.Facts {
			for _, field := range fields {
				letters += utf8.RuneCount(g.appendValue(buf[:0], &f.Values[field][0], c, language.Style{Plain: true}))
			}
		}
		if letters > longestRow {
			return false
		}
	}
	return true
}

// matchRows draws the rows of a match.
func (g *Generator) matchRows(it *quiz.Item, sub uint64, fields [2]int) Reason {
	return g.fillRows(it, sub, fields[0], fields[1], func(a, b *content.Fact) bool {
		if g.echoes(b, fields) {
			return false
		}
		v, w := &a.Values[fields[1]][0], &b.Values[fields[1]][0]
		if fv, fw := g.features.of(v), g.features.of(w); fv != nil && fw != nil && !g.apart(v, fv, w, fw) {
			return false
		}
		return !v.Equal(*w) && g.pack.False(a, fields[1], *w) && g.pack.False(b, fields[1], *v)
	})
}

// arrange draws the wrong arrangements and places the key.
func (g *Generator) arrange(it *quiz.Item, sub uint64, key [rowCount]int) {
	var others [len(arrangements) - 1][rowCount]int
	n := 0
	for _, a := range arrangements {
		if a != key {
			others[n] = a
			n++
		}
	}
	dice := newDice(sub, forCandidates)
	dice.shuffle(n, func(i, j int) { others[i], others[j] = others[j], others[i] })
	parts := make([]int, 0, 4*rowCount)
	it.Options = make([]quiz.Option, 4)
	for i := range it.Options {
		from := key
		if i > 0 {
			from = others[i-1]
		}
		parts = append(parts, from[:]...)
		it.Options[i] = quiz.Option{Parts: parts[len(parts)-rowCount:], Origin: quiz.OriginSibling}
	}
	it.Options[0].Origin = quiz.OriginKey
	it.Key = 0
	g.place(it, sub)
}

// fillRows draws the anchor and two companions into it.Facts, in drawn order.
func (g *Generator) fillRows(it *quiz.Item, sub uint64, label, value int, fits func(a, b *content.Fact) bool) Reason {
	if !plain(it.Fact, label, value) {
		return FewCompanions
	}
	if len(it.Fact.Disputed) > 0 {
		return DisputedRow
	}
	rows := make([]*content.Fact, 1, rowCount)
	rows[0] = it.Fact
	pool := g.shapes[it.Fact.Relation].rows
	var buf [small]ranked
	order := ordered(buf[:0], pool, sub)
	for k := 0; k < probes && len(rows) < rowCount; k++ {
		var f *content.Fact
		if len(pool) > small {
			f = g.pack.Facts[pool[probe(pool, both(sub, uint64(k)))].fact]
		} else if k < len(order) {
			f = g.pack.Facts[pool[order[k].at].fact]
		} else {
			break
		}
		ok := f != it.Fact && plain(f, label, value) && len(f.Disputed) == 0 && f.AsOf == it.Fact.AsOf &&
			f.FrameText() == it.Fact.FrameText() && sameGiven(it.Fact, f, label, value)
		for i := 0; i < len(rows) && ok; i++ {
			ok = g.distinctLabels(rows[i], f, label) && fits(rows[i], f)
		}
		if ok {
			rows = append(rows, f)
		}
	}
	if len(rows) < rowCount {
		return FewCompanions
	}
	dice := newDice(sub, forRows)
	dice.shuffle(rowCount, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	it.Facts = rows
	return Made
}

// labelField is the field that names a row of an order: the first entity or text beside the
// ordered one.
func labelField(rel *content.Relation, value int) int {
	for i := range rel.Fields {
		if i != value && rel.Fields[i].Type <= content.TextValue {
			return i
		}
	}
	return -1
}

func plain(f *content.Fact, label, value int) bool {
	return len(f.Values[label]) == 1 && len(f.Values[value]) == 1
}

// sameGiven reports whether two facts have the same values in all fields but two.
func sameGiven(a, b *content.Fact, label, value int) bool {
	for i := range a.Values {
		if i == label || i == value {
			continue
		}
		if len(a.Values[i]) != 1 || len(b.Values[i]) != 1 || !a.Values[i][0].Equal(b.Values[i][0]) {
			return false
		}
	}
	return true
}

func (g *Generator) distinctLabels(a, b *content.Fact, label int) bool {
	v, w := &a.Values[label][0], &b.Values[label][0]
	fv, fw := g.features.of(v), g.features.of(w)
	if fv == nil || fw == nil {
		return !v.Equal(*w)
	}
	if v.Entity != nil && (g.pack.Within(v.Entity, w.Entity) || g.pack.Within(w.Entity, v.Entity)) {
		return false
	}
	return !sharedWord(fv.names(), fw.names())
}

// wellApart reports whether two values are far enough from each other to be put in order:
// amounts by a factor of 1.15, small numbers by one, dates of one precision.
func wellApart(a, b *content.Value) bool {
	if a.Type == content.DateValue {
		return precision(a.Date) == precision(b.Date) && a.Date != b.Date
	}
	if a.Amount.Unit != b.Amount.Unit {
		return false
	}
	low, high := a.Amount.Number, b.Amount.Number
	if low.Cmp(high) > 0 {
		low, high = high, low
	}
	if low.Sign() <= 0 {
		return low.Cmp(high) < 0
	}
	if high.Cmp(language.Whole(20)) < 0 && low.Places() == 0 && high.Places() == 0 {
		return low.Cmp(high) < 0
	}
	scaled, ok := low.Mul(language.Decimal{Coef: nearest, Exp: -2})
	return ok && scaled.Cmp(high) <= 0
}
