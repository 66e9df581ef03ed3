package quiztest

import (
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// M1 to M8 are the invariants of the kinds that set several facts beside each other. They are found
// anew from the pack: one option is right, and of every other the pack knows that it is not.

// apartAll checks that options differ.
func (c *checker) apartAll() {
	for i := range c.it.Options {
		for j := range i {
			c.apart(c.it.Options[i].Value, c.it.Options[j].Value, j, i)
		}
	}
}

// whichNot checks that all options but the key are true of the statement (M1).
func (c *checker) whichNot() {
	for i, o := range c.it.Options {
		isTrue := c.pack.True(c.it.Fact, c.it.Field, o.Value)
		switch {
		case i != c.it.Key && !isTrue:
			c.fail("M1", "option %d should fit and is not known to be true", i)
		case i == c.it.Key && isTrue:
			c.fail("M1", "the key fits as well")
		case i == c.it.Key && !c.pack.False(c.it.Fact, c.it.Field, o.Value):
			c.fail("M1", "the key is not known to be false")
		}
	}
	c.apartAll()
}

// rowsOf returns, by option, the facts of the rows that have its value as their name.
func (c *checker) rowsOf() [][]*content.Fact {
	out := make([][]*content.Fact, len(c.it.Options))
	for i, o := range c.it.Options {
		for _, f := range c.it.Facts {
			for k, vs := range f.Values {
				if k != c.it.Field && slices.ContainsFunc(vs, o.Value.Equal) {
					out[i] = append(out[i], f)
					break
				}
			}
		}
		if len(out[i]) != 1 {
			c.fail("M2", "option %d names %d rows", i, len(out[i]))
			return nil
		}
	}
	return out
}

// odd checks that the options beside the key have a value in common, that the key has not, and that
// the key shares no value with any of them: so no other three go together (M2).
func (c *checker) odd() {
	rows := c.rowsOf()
	if rows == nil || len(rows) != 4 {
		c.fail("M2", "%d rows, want 4", len(rows))
		return
	}
	odd := rows[c.it.Key][0]
	var common []content.Value
	for i, r := range rows {
		if i == c.it.Key {
			continue
		}
		if common == nil {
			common = r[0].Values[c.it.Field]
		}
		for _, v := range common {
			if !c.pack.True(r[0], c.it.Field, v) {
				c.fail("M2", "option %d does not share the value", i)
			}
			if !c.pack.False(odd, c.it.Field, v) {
				c.fail("M2", "the key may have the value of the others")
			}
		}
		for k, vs := range odd.Values {
			if k == c.it.Field || len(vs) != 1 {
				continue
			}
			for _, h := range c.pack.FactsWith(odd.Relation, k, vs[0]) {
				for _, v := range h.Values[c.it.Field] {
					if !c.pack.False(r[0], c.it.Field, v) {
						c.fail("M2", "the key may go with option %d", i)
					}
				}
			}
		}
	}
	c.apartAll()
}

// extreme checks that the key goes before every other option (M3).
func (c *checker) extreme() {
	rows := c.rowsOf()
	if rows == nil {
		return
	}
	if n := len(rows); n < 2 || n > 4 {
		c.fail("M3", "%d options, want 2 to 4", n)
	}
	for i, r := range rows {
		if i != c.it.Key && !goesBefore(rows[c.it.Key][0].Values[c.it.Field][0], r[0].Values[c.it.Field][0]) {
			c.fail("M3", "option %d is as large or as early as the key", i)
		}
	}
	c.apartAll()
}

// goesBefore reports whether a value is the larger number, the earlier date or the smaller ordinal.
func goesBefore(a, b content.Value) bool {
	switch a.Type {
	case content.DateValue:
		return sooner(a.Date, b.Date)
	case content.OrdinalValue:
		return a.Amount.Number.Cmp(b.Amount.Number) < 0
	}
	return a.Amount.Number.Cmp(b.Amount.Number) > 0
}

// timeline checks that the line is in order, that every place stands once, and that the key is the
// place where the fact belongs (M4).
func (c *checker) timeline() {
	date := func(f *content.Fact) content.Value { return f.Values[c.it.Field][0] }
	place := 0
	var line []*content.Fact
	for _, f := range c.it.Facts {
		if f != c.it.Fact {
			line = append(line, f)
			if goesBefore(date(f), date(c.it.Fact)) {
				place++
			} else if !goesBefore(date(c.it.Fact), date(f)) {
				c.fail("M4", "%s is as early as %s", f.ID, c.it.Fact.ID)
			}
		}
	}
	for i := 1; i < len(line); i++ {
		if !goesBefore(date(line[i-1]), date(line[i])) {
			c.fail("M4", "the timeline is not in order")
		}
	}
	seen := map[int]bool{}
	for i, o := range c.it.Options {
		seen[o.Parts[0]] = true
		if (o.Parts[0] == place) != (i == c.it.Key) {
			c.fail("M4", "option %d is place %d, want %d at %d", i, o.Parts[0], place, c.it.Key)
		}
	}
	if len(seen) != len(line)+1 {
		c.fail("M4", "%d places for %d on the line", len(seen), len(line))
	}
}

// twoFacts checks that the key is true of both facts, that of every other option one of them is known
// to be false, and that each fact alone leaves a choice (M5).
func (c *checker) twoFacts() {
	if len(c.it.Facts) != 2 || len(c.it.Fields) != 2 {
		c.fail("M5", "%d facts and %d fields", len(c.it.Facts), len(c.it.Fields))
		return
	}
	alone := [2]int{}
	for i, o := range c.it.Options {
		trues, falses := 0, 0
		for k, f := range c.it.Facts {
			if c.pack.True(f, c.it.Fields[k], o.Value) {
				trues++
				alone[k]++
			} else if c.pack.False(f, c.it.Fields[k], o.Value) {
				falses++
			}
		}
		if i == c.it.Key && trues != 2 {
			c.fail("M5", "the key is true of %d facts", trues)
		}
		if i != c.it.Key && falses == 0 {
			c.fail("M5", "option %d is not known to be false of either fact", i)
		}
	}
	if alone[0] < 2 || alone[1] < 2 {
		c.fail("M5", "one fact alone tells the answer: %d and %d options fit", alone[0], alone[1])
	}
	c.apartAll()
}

// live checks the kinds of games that are played live.
func (c *checker) live() {
	switch c.it.Kind {
	case quiz.Closest:
		v := c.it.Value
		if len(c.it.Fact.Values[c.it.Field]) != 1 || v.Amount.Number.Sign() <= 0 || v.Amount.Unit != nil && !c.it.Fact.Relation.Fields[c.it.Field].AskUnit {
			c.fail("M6", "no number, several, or one whose unit is not asked for")
		}
	case quiz.WhoAmI:
		c.ladder()
	case quiz.NameMany:
		c.named()
	}
}

// ladder checks that every clue is true of the answer, and that of everything else of its kind the pack
// knows that the last clue is not (M7).
func (c *checker) ladder() {
	last := len(c.it.Facts) - 1
	if last < 2 || len(c.it.Fields) != len(c.it.Facts) {
		c.fail("M7", "%d clues and %d fields", len(c.it.Facts), len(c.it.Fields))
		return
	}
	for i, f := range c.it.Facts {
		if !c.pack.True(f, c.it.Fields[i], c.it.Value) {
			c.fail("M7", "clue %d is not true of the answer", i)
		}
	}
	for _, e := range c.pack.EntitiesOf(c.it.Value.Entity.Kind.ID) {
		other := content.Value{Type: content.EntityValue, Entity: e}
		if e != c.it.Value.Entity && !c.pack.False(c.it.Facts[last], c.it.Fields[last], other) && !c.pack.Within(e, c.it.Value.Entity) &&
			!c.pack.Within(c.it.Value.Entity, e) {
			c.fail("M7", "the last clue may be true of %s", e.ID)
		}
	}
}

// named checks that every answer that is listed is true, and that of everything else of their kind the
// pack knows that it is not (M8).
func (c *checker) named() {
	if len(c.it.Answers) < 3 {
		c.fail("M8", "%d answers", len(c.it.Answers))
	}
	for i, v := range c.it.Answers {
		if !c.pack.True(c.it.Fact, c.it.Field, v) {
			c.fail("M8", "answer %d is not true", i)
		}
		for j := range i {
			c.apart(v, c.it.Answers[j], j, i)
		}
	}
	if v := c.it.Answers[0]; v.Entity != nil {
		for _, e := range c.pack.EntitiesOf(v.Entity.Kind.ID) {
			other := content.Value{Type: content.EntityValue, Entity: e}
			listed := slices.ContainsFunc(c.it.Answers, other.Equal)
			if listed == c.pack.False(c.it.Fact, c.it.Field, other) {
				c.fail("M8", "%s is listed: %v, and the pack does not say the same", e.ID, listed)
			}
		}
	}
}

// introduced reports whether the stem of a kind begins with a line that asks what to do with the rest.
func introduced(k quiz.Kind) bool {
	return k == quiz.WhichNot || k == quiz.OddOneOut || k == quiz.Timeline || k == quiz.TwoFacts || k == quiz.WhoAmI || k == quiz.NameMany
}
