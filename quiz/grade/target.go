package grade

import (
	"summitquiz/content"
	"summitquiz/content/language"
)

// target is a value with what is taken for it.
type target struct {
	value          language.Decimal
	unit           *language.Unit   // nil: a bare number
	low, high      language.Decimal // right within these
	open           bool             // high itself is not right: it rounds to the next value
	roughly, above language.Decimal // close within these, both included
}

// Parts of a value, for tolerances.
var (
	exact = [2]language.Decimal{{Coef: 1}, {Coef: 1}}
	wide  = [2]language.Decimal{{Coef: 95, Exp: -2}, {Coef: 105, Exp: -2}} // 5 per cent
)

// newTarget returns the value of an amount with its precision: what a pack writes as a whole
// number without a scale word is exact, and everything else takes what rounds to it. A declared
// tolerance takes more.
func newTarget(a language.Amount, t content.Type, off *content.Tolerance) target {
	switch {
	case off != nil:
		return tolerant(a, off)
	case isExact(a, t):
		return within(a.Number, a.Unit, exact, exact)
	}
	out := within(a.Number, a.Unit, exact, wide)
	half := language.Decimal{Coef: 5, Exp: a.LastDigit - 1}
	if low, ok := a.Number.Sub(half); ok {
		if high, ok := a.Number.Add(half); ok {
			out.low, out.high, out.open = low, high, true
		}
	}
	if a.Number.Coef == 0 {
		return out
	}
	// A number of one digit takes no more than what is close to any other: 1.5 hours round to 2.
	if out.low.Cmp(out.roughly) < 0 {
		out.low = out.roughly
	}
	if out.high.Cmp(out.above) > 0 {
		out.high, out.open = out.above, false
	}
	return out
}

// isExact reports whether nothing but the value itself is right: a count, an ordinal, a term in
// days or more.
func isExact(a language.Amount, t content.Type) bool {
	switch {
	case t == content.OrdinalValue:
		return true
	case a.LastDigit != 0:
		return a.LastDigit > 0 && a.Number.Places() == 0 && t == content.DurationValue
	}
	return a.Unit == nil || t == content.DurationValue || calendarUnits[a.Unit.Code]
}

// calendarUnits are the units of time that people count rather than measure.
var calendarUnits = map[string]bool{"year": true, "month": true, "week": true, "day": true, "century": true, "decade": true}

// tolerant returns the value of an amount with a declared tolerance. As much again is close.
func tolerant(a language.Amount, off *content.Tolerance) target {
	out := within(a.Number, a.Unit, exact, wide)
	width := off.Within
	if off.Share.Coef != 0 {
		if w, ok := a.Number.Mul(off.Share); ok {
			width = w
		}
	}
	if width.Coef < 0 {
		width.Coef = -width.Coef
	}
	low, ok1 := a.Number.Sub(width)
	high, ok2 := a.Number.Add(width)
	if !ok1 || !ok2 {
		return out
	}
	out.low, out.high = low, high
	if wider, ok := low.Sub(width); ok && wider.Cmp(out.roughly) < 0 {
		out.roughly = wider
	}
	if wider, ok := high.Add(width); ok && wider.Cmp(out.above) > 0 {
		out.above = wider
	}
	return out
}

func within(value language.Decimal, unit *language.Unit, right, rough [2]language.Decimal) target {
	t := target{value: value, unit: unit, low: value, high: value, roughly: value, above: value}
	for i, bound := range [4]*language.Decimal{&t.low, &t.high, &t.roughly, &t.above} {
		share := right[i%2]
		if i > 1 {
			share = rough[i%2]
		}
		if b, ok := value.Mul(share); ok {
			*bound = b
		}
	}
	if value.Sign() < 0 {
		t.low, t.high, t.roughly, t.above = t.high, t.low, t.above, t.roughly
	}
	return t
}

// fit says how well a number fits a target.
type fit uint8

const (
	misses  fit = iota
	shifted     // the right digits at another power of ten
	roughlyFits
	nearlyFits
	fits
)

func (t *target) fit(n language.Decimal) fit {
	high := n.Cmp(t.high)
	switch {
	case n.Cmp(t.value) == 0:
		return fits
	case n.Cmp(t.low) >= 0 && (high < 0 || high == 0 && !t.open):
		return nearlyFits
	case n.Cmp(t.roughly) >= 0 && n.Cmp(t.above) <= 0:
		return roughlyFits
	}
	if a, b := n.Norm(), t.value.Norm(); a.Coef == b.Coef && a.Coef != 0 {
		return shifted
	}
	return misses
}
