package quiztest

import (
	"slices"
	"time"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// numbers checks the options of an item that asks for a number or a date.
func (c *checker) numbers() {
	it := c.it
	if it.Kind != quiz.Choice || textual(it.Value.Type) || len(it.Options) == 0 {
		return
	}
	sorted := slices.Clone(it.Options)
	slices.SortFunc(sorted, func(a, b quiz.Option) int {
		if a.Value.Type == content.DateValue {
			if sooner(a.Value.Date, b.Value.Date) {
				return -1
			}
			return 1
		}
		return a.Value.Amount.Number.Cmp(b.Value.Amount.Number)
	})
	for i := range sorted {
		c.plausible(&sorted[i])
		if i > 0 {
			c.spread(&sorted[i-1], &sorted[i])
		}
	}
	c.centre()
}

// small reports whether a number counts things or years: its neighbours differ by a few.
func small(v content.Value) bool {
	n, whole := v.Amount.Number.Int()
	switch v.Type {
	case content.OrdinalValue:
		return true
	case content.DurationValue:
		return whole && n < 1000
	case content.IntegerValue:
		return whole && n < 100
	}
	return false
}

// spread checks how far two neighbours in size are from each other. Values that the author
// declared stand as they are.
func (c *checker) spread(low, high *quiz.Option) {
	if low.Origin == quiz.OriginDeclared || high.Origin == quiz.OriginDeclared {
		return
	}
	a, b := low.Value, high.Value
	switch {
	case a.Type == content.DateValue:
		most := 60 // days
		if a.Date.Day == 0 {
			most = 366 // months
		}
		if a.Date.Month == 0 {
			most = 10 * 366 // years
		}
		if d := days(b.Date) - days(a.Date); d < 1 || d > most {
			c.fail("N1", "%v and %v are %d days from each other", a.Date, b.Date, d)
		}
	case small(c.it.Value):
		x, _ := a.Amount.Number.Int()
		y, _ := b.Amount.Number.Int()
		if y-x < 1 || y-x > max(3, y*6/10) {
			c.fail("N1", "the counts %d and %d", x, y)
		}
	default:
		near, okNear := a.Amount.Number.Mul(language.Decimal{Coef: 115, Exp: -2})
		far, okFar := a.Amount.Number.Mul(language.Whole(3))
		if okNear && b.Amount.Number.Cmp(near) < 0 || okFar && b.Amount.Number.Cmp(far) > 0 {
			c.fail("N1", "%s and %s are too near or too far", a.Amount.Number, b.Amount.Number)
		}
		x, y := a.Amount.Number.Norm(), b.Amount.Number.Norm()
		if x.Exp != y.Exp {
			c.fail("N3", "%s is rounder than %s", a.Amount.Number, b.Amount.Number)
		}
	}
}

// days counts the days to a date; what is not known counts as the first.
func days(d language.Date) int {
	return int(time.Date(int(d.Year), time.Month(max(1, d.Month)), int(max(1, d.Day)), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// centre checks that the key is not the middle of two others, nor a power of ten apart from more
// than one.
func (c *checker) centre() {
	if c.it.Value.Type == content.DateValue {
		return
	}
	key := c.it.Value.Amount.Number
	tens := 0
	for i, a := range c.it.Options {
		for _, e := range []int32{-6, -3, -2, -1, 1, 2, 3, 6} {
			if a.Value.Amount.Number.Cmp(key.Shift(e)) == 0 {
				tens++
			}
		}
		for _, b := range c.it.Options[:i] {
			x, y := a.Value.Amount.Number, b.Value.Amount.Number
			if a.Origin == quiz.OriginKey || b.Origin == quiz.OriginKey || a.Origin == quiz.OriginDeclared || b.Origin == quiz.OriginDeclared {
				continue
			}
			if e := min(x.Exp, y.Exp, key.Exp); steps(x, e)+steps(y, e) == 2*steps(key, e) {
				c.fail("N4", "the key %s is the middle of %s and %s", key, x, y)
			}
			product, ok := x.Mul(y)
			if square, ok2 := key.Mul(key); ok && ok2 && product.Cmp(square) == 0 {
				c.fail("N4", "the key %s is the mean of %s and %s", key, x, y)
			}
		}
	}
	if tens > 1 {
		c.fail("N5", "%d options are a power of ten from the key %s", tens, key)
	}
}

// steps is n in units of 10^exp, which is not above its own exponent.
func steps(n language.Decimal, exp int32) int64 {
	for ; n.Exp > exp; n.Exp-- {
		n.Coef *= 10
	}
	return n.Coef
}

// plausible checks that a number could be: positive, whole where things are counted, and no
// percentage above a hundred.
func (c *checker) plausible(o *quiz.Option) {
	n, t := o.Value.Amount.Number, o.Value.Type
	key := c.it.Value.Amount.Number
	switch {
	case t == content.DateValue:
		c.past(o)
		return
	case n.Sign() <= 0 && key.Sign() > 0:
		c.fail("N7", "%s is not positive", n)
	case (t == content.IntegerValue || t == content.OrdinalValue) && n.Places() > 0:
		c.fail("N7", "%s is not whole", n)
	}
	if f := &c.it.Fact.Relation.Fields[c.it.Field]; o.Origin != quiz.OriginDeclared &&
		(f.Min != nil && n.Cmp(*f.Min) < 0 || f.Max != nil && n.Cmp(*f.Max) > 0) {
		c.fail("N8", "%s is outside the bounds of %s", n, f.Name)
	}
	if u := o.Value.Amount.Unit; u != nil && u.Code == "percent" && n.Cmp(language.Whole(100)) > 0 {
		c.fail("N7", "%s percent", n)
	}
}

// past checks that what had happened when its sources were written gets no later date.
func (c *checker) past(o *quiz.Option) {
	var latest language.Date
	for _, s := range c.pack.Sources {
		if sooner(latest, s.Date) {
			latest = s.Date
		}
	}
	if sooner(latest, c.it.Fact.AsOf) {
		latest = c.it.Fact.AsOf
	}
	if latest == (language.Date{}) || o.Origin == quiz.OriginDeclared {
		return
	}
	if first := o.Value.Date; days(first) > days(latest) && days(c.it.Value.Date) <= days(latest) {
		c.fail("N7", "%v is later than the sources of %v", first, c.it.Value.Date)
	}
}
