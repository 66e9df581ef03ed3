// Package quiztest holds what a fair item keeps, for tests: the invariants that every item is
// checked against, programs that guess without knowing anything, and the statistics of draws.
//
// It promises that what it reports is a fault of the item and not of chance. It refuses to make
// items: it looks at what players see, and at the pack to know what is true.
package quiztest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Invariants returns every invariant of an item that is broken, each with its name: K for the
// key and truth, F for its frame, O for options alike, N for numbers, L for leaks, H for hints, M for kinds that
// set facts beside each other, P and B for place and direction. views are the renderings of the item in the languages of the pack, in their order.
func Invariants(p *content.Pack, it *quiz.Item, views []quiz.View) []error {
	c := checker{pack: p, it: it}
	c.key()
	c.alike(views)
	c.numbers()
	for i := range views {
		c.view(&views[i], len(views[0].Options), views[0].Key)
		c.stem(&views[i])
		c.leak(&views[i])
		c.hint(&views[i])
	}
	return c.broken
}

type checker struct {
	pack   *content.Pack
	it     *quiz.Item
	broken []error
}

func (c *checker) fail(id, format string, args ...any) {
	c.broken = append(c.broken, fmt.Errorf("%s: %s (seed %d): %s", id, c.it.ID, c.it.Seed, fmt.Sprintf(format, args...)))
}

// comparison is the check of the key of a kind that compares facts; nil for other kinds.
func (c *checker) comparison() func() {
	return map[quiz.Kind]func(){quiz.Order: c.order, quiz.Match: c.match, quiz.WhichNot: c.whichNot, quiz.OddOneOut: c.odd,
		quiz.Extreme: c.extreme, quiz.Timeline: c.timeline, quiz.TwoFacts: c.twoFacts}[c.it.Kind]
}

// key checks what the pack makes true: one key, and nothing offered as false that is true,
// disputed or only not known.
func (c *checker) key() {
	it := c.it
	if len(it.Options) == 0 {
		c.live()
		if it.Key != -1 {
			c.fail("K1", "a typed item has key %d", it.Key)
		}
		return
	}
	if it.Key < 0 || it.Key >= len(it.Options) {
		c.fail("K1", "key %d of %d options", it.Key, len(it.Options))
		return
	}
	if check := c.comparison(); check != nil {
		check()
		return
	}
	switch it.Kind {
	case quiz.TrueFalse:
		if it.Key == 0 != c.pack.True(it.Fact, it.Field, it.Value) {
			c.fail("K1", "the statement is judged wrongly")
		}
		if it.Key == 1 && !c.pack.False(it.Fact, it.Field, it.Value) {
			c.fail("K10", "the statement is not known to be false")
		}
		return
	case quiz.WhoSaid:
		c.speaker()
	}
	for i := range it.Options {
		v := it.Options[i].Value
		isTrue := c.pack.True(it.Fact, it.Field, v)
		switch {
		case i == it.Key && !isTrue:
			c.fail("K1", "the key is not true")
		case i != it.Key && isTrue:
			c.fail("K2", "option %d is true as well", i)
		case i != it.Key && c.pack.Barred(it.Fact, it.Field, v):
			c.fail("K4", "option %d is disputed or true in the world", i)
		case i != it.Key && !c.pack.False(it.Fact, it.Field, v):
			c.fail("K3", "option %d is not known to be false", i)
		}
		for j := range i {
			c.apart(v, it.Options[j].Value, j, i)
		}
	}
}

// apart checks that two options differ: no part of each other, and numbers by more than what
// typed answers are forgiven.
func (c *checker) apart(v, w content.Value, i, j int) {
	switch {
	case v.Equal(w):
		c.fail("K5", "options %d and %d are equal", i, j)
	case v.Entity != nil && w.Entity != nil && (c.pack.Within(v.Entity, w.Entity) || c.pack.Within(w.Entity, v.Entity)):
		c.fail("K5", "options %d and %d: one is part of the other", i, j)
	case v.Type == content.MoneyValue || v.Type == content.QuantityValue:
		a, b := v.Amount.Number, w.Amount.Number
		if a.Cmp(b) > 0 {
			a, b = b, a
		}
		if near, ok := a.Mul(language.Decimal{Coef: 105, Exp: -2}); ok && b.Cmp(near) < 0 {
			c.fail("N6", "options %d and %d are nearly equal", i, j)
		}
	}
}

// speaker checks that nobody else said the words: a question for the speaker has one.
func (c *checker) speaker() {
	for i, f := range c.it.Fact.Relation.Fields {
		if f.Type != content.QuoteValue {
			continue
		}
		for _, v := range c.it.Fact.Values[i] {
			for _, other := range c.pack.FactsWith(c.it.Fact.Relation, i, v) {
				if !slices.EqualFunc(other.Values[c.it.Field], c.it.Fact.Values[c.it.Field], content.Value.Equal) {
					c.fail("K8", "%s has the same words from somebody else", other.ID)
				}
			}
		}
	}
}

// order checks that the rows of one option stand in their order, and of no other.
func (c *checker) order() {
	value := func(p int) content.Value { return c.it.Facts[p].Values[c.it.Field][0] }
	for i, o := range c.it.Options {
		right := true
		for k := 1; k < len(o.Parts); k++ {
			a, b := value(o.Parts[k-1]), value(o.Parts[k])
			switch {
			case a.Type == content.DateValue:
				right = right && sooner(a.Date, b.Date)
			case a.Type == content.OrdinalValue:
				right = right && a.Amount.Number.Cmp(b.Amount.Number) < 0
			default:
				right = right && a.Amount.Number.Cmp(b.Amount.Number) > 0
			}
		}
		if right != (i == c.it.Key) {
			c.fail("K1", "option %d is in order: %v, key %d", i, right, c.it.Key)
		}
	}
	c.arranged()
}

func sooner(a, b language.Date) bool {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day)) < 0
}

// match checks that one option joins every row with its own partner, and that nobody else's
// partner would do.
func (c *checker) match() {
	for i, o := range c.it.Options {
		if right := slices.IsSorted(o.Parts); right != (i == c.it.Key) {
			c.fail("K1", "option %d is the right pairing: %v, key %d", i, right, c.it.Key)
		}
	}
	for i, f := range c.it.Facts {
		for j, other := range c.it.Facts {
			if i != j && c.pack.True(f, c.it.Field, other.Values[c.it.Field][0]) {
				c.fail("K2", "row %d has a partner that is true of row %d", j, i)
			}
		}
	}
	c.arranged()
}

// arranged checks that every option is another arrangement of the same rows.
func (c *checker) arranged() {
	for i, o := range c.it.Options {
		rows := slices.Sorted(slices.Values(o.Parts))
		for k, r := range rows {
			if k != r || len(rows) != len(c.it.Facts) {
				c.fail("K5", "option %d arranges %v of %d rows", i, o.Parts, len(c.it.Facts))
				break
			}
		}
		for j := range i {
			if slices.Equal(o.Parts, c.it.Options[j].Parts) {
				c.fail("K5", "options %d and %d are equal", j, i)
			}
		}
	}
}

// view checks what players of one language see: the same options at the same places as in the
// first language, the labels of the language, and the direction of everything.
func (c *checker) view(v *quiz.View, options, key int) {
	if len(v.Options) != options || v.Key != key || key != c.it.Key {
		c.fail("P1", "%s has other options or another key than the first language", v.Lang)
	}
	if len(c.it.Options) > 0 && c.it.Kind != quiz.TrueFalse && !c.it.Kind.Arranged() {
		for i, o := range c.it.Options {
			if i < len(v.Options) && !writes(v.Lang, v.Options[i], o.Value) {
				c.fail("P1", "%s: option %d reads %q, which is not what was drawn", v.Lang, i, v.Options[i])
			}
		}
	}
	texts := append([]string{v.Stem, v.Explanation}, v.Options...)
	for _, text := range append(texts, v.Why...) {
		if err := language.CheckDirection(v.Lang, text); err != nil {
			c.fail("B1 to B5", "%s: %q: %v", v.Lang, text, err)
		}
	}
	if strings.Join(v.Labels, "") != strings.Join(language.Labels(v.Lang, len(v.Options)), "") {
		c.fail("B7", "%s has the labels %q", v.Lang, v.Labels)
	}
}

// writes reports whether an option is written for a value: the name or text of it, or a number
// that reads as it. Dates, durations and ordinals are words of the language and not read back.
func writes(c language.Code, option string, v content.Value) bool {
	option = language.StripIsolates(option)
	switch {
	case v.Entity != nil:
		return option == v.Entity.Name[c]
	case v.Words != nil:
		return strings.Contains(option, v.Words.Text[c])
	case v.Type == content.MoneyValue || v.Type == content.QuantityValue || v.Type == content.IntegerValue:
		return slices.ContainsFunc(language.ReadAmount(language.Normalise(option)), func(r language.Reading) bool { return r.Number.Cmp(v.Amount.Number) == 0 })
	}
	return option != ""
}
