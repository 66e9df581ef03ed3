package grade

import (
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// target is a value with what is taken for it.
type target struct {
	value          language.Decimal
	unit           *language.Unit   // nil: a bare number
	low, high      language.Decimal // right within these, both included
	roughly, above language.Decimal // close within these
}

// Tolerances, as parts of the value. Counts, years, durations and ordinals are exact.
var (
	tight = [2]language.Decimal{{Coef: 995, Exp: -3}, {Coef: 1005, Exp: -3}} // 0.5 per cent
	wide  = [2]language.Decimal{{Coef: 95, Exp: -2}, {Coef: 105, Exp: -2}}   // 5 per cent
)

// newTarget returns the value of an amount with the tolerance of its type.
func newTarget(a language.Amount, t content.Type) target {
	exact := [2]language.Decimal{{Coef: 1}, {Coef: 1}}
	switch {
	case t != content.MoneyValue && t != content.QuantityValue:
		return within(a.Number, a.Unit, exact, exact)
	case a.Unit != nil && a.Unit.Code == "percent":
		return within(a.Number, a.Unit, exact, wide)
	}
	return within(a.Number, a.Unit, tight, wide)
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
	switch {
	case n.Cmp(t.value) == 0:
		return fits
	case n.Cmp(t.low) >= 0 && n.Cmp(t.high) <= 0:
		return nearlyFits
	case n.Cmp(t.roughly) >= 0 && n.Cmp(t.above) <= 0:
		return roughlyFits
	}
	if a, b := n.Norm(), t.value.Norm(); a.Coef == b.Coef && a.Coef != 0 {
		return shifted
	}
	return misses
}

// amount is a key that is a number, with a unit or without.
type amount struct {
	value   target
	also    []target         // equal values in other units
	asked   *language.Unit   // the unit that the question names; nil: the answer has to
	scale   language.Decimal // the scale that the question names, such as 10^12; zero: none
	bare    language.Decimal // the key's number before its scale word, in the question's language
	counted []string         // normalised words for what is counted
	ordinal bool
}

func (a *amount) grade(s string) Verdict {
	best := Verdict{Wrong, Unread}
	found := false
	for _, r := range numberAffixes().forms(s, a.countedAffixes()...) {
		for _, v := range a.readings(r) {
			if !found || v.Mark > best.Mark {
				best, found = v, true
			}
		}
		if best.Mark == Right || found && len(a.counted) == 0 {
			return best
		}
	}
	if found {
		return best
	}
	return a.unread(s)
}

func (a *amount) countedAffixes() []affix {
	out := make([]affix, len(a.counted))
	for i, w := range a.counted {
		out[i] = affix{w, loose(w)}
	}
	slices.SortStableFunc(out, func(x, y affix) int { return len(y.text) - len(x.text) })
	return out
}

// readings grades every way to read a text as an amount.
func (a *amount) readings(s string) []Verdict {
	var out []Verdict
	if a.ordinal {
		if n, ok := language.ReadOrdinal(s); ok {
			out = append(out, plain(a.value.fit(language.Whole(n))))
		}
	}
	for _, r := range language.ReadAmount(s) {
		v := a.judge(&r)
		if r.Slip && v.Mark == Right {
			v = Verdict{Close, Spelling}
		} else if r.Slip {
			v = Verdict{Wrong, Unread}
		}
		out = append(out, v)
	}
	return out
}

// plain is the verdict on a number in the right unit.
func plain(f fit) Verdict {
	switch f {
	case fits:
		return Verdict{Right, Matched}
	case nearlyFits:
		return Verdict{Right, NearEnough}
	case roughlyFits:
		return Verdict{Close, Rough}
	case shifted:
		return Verdict{Wrong, OtherScale}
	}
	return Verdict{Wrong, OtherValue}
}

func (a *amount) judge(r *language.Reading) Verdict {
	if len(r.Units) == 0 {
		return a.withoutUnit(r)
	}
	worst := Verdict{Wrong, OtherUnit}
	for _, u := range r.Units {
		if u == a.value.unit {
			return plain(a.value.fit(r.Number))
		}
		for i := range a.also {
			if u == a.also[i].unit {
				v := plain(a.also[i].fit(r.Number))
				if v.Mark == Right {
					v.Reason = Converted
					if a.asked != nil {
						v = Verdict{Close, NotAskedUnit}
					}
				}
				return v
			}
		}
		if n, ok := converted(r.Number, u, a.value.unit); ok {
			v := plain(a.value.fit(n))
			if v.Mark == Right {
				v.Reason = Converted
			} else if v.Reason == OtherValue || v.Reason == OtherScale {
				v.Reason = OtherUnit
			}
			worst = v
		}
	}
	return worst
}

// converted returns a number in another unit of the same kind: 60 months are 5 years.
func converted(n language.Decimal, from, to *language.Unit) (language.Decimal, bool) {
	if from == nil || to == nil || from.Currency || to.Currency || from.Base != to.Base {
		return language.Decimal{}, false
	}
	base, ok := n.Mul(from.Factor)
	if !ok {
		return language.Decimal{}, false
	}
	return base.Div(to.Factor)
}

// withoutUnit grades a number that comes without a unit.
func (a *amount) withoutUnit(r *language.Reading) Verdict {
	f := a.value.fit(r.Number)
	if a.scale.Coef != 0 && !r.Scaled {
		if n, ok := r.Number.Mul(a.scale); ok {
			f = max(f, a.value.fit(n))
			if f == shifted {
				f = misses // the question names the scale: other digits are another value
			}
		}
	}
	if a.value.unit == nil || a.asked != nil {
		if v := plain(f); v.Mark != Wrong || !a.lacksScale(r) {
			return v
		}
		return Verdict{Close, ScaleMissing}
	}
	for i := range a.also {
		f = max(f, a.also[i].fit(r.Number))
	}
	switch v := plain(f); {
	case v.Mark == Right:
		return Verdict{Close, UnitMissing}
	case v.Mark == Close:
		return v
	case a.lacksScale(r):
		return Verdict{Close, ScaleMissing}
	default:
		return v
	}
}

// lacksScale reports whether a number without a scale word has the digits that stand before
// the key's.
func (a *amount) lacksScale(r *language.Reading) bool {
	return !r.Scaled && a.scale.Coef == 0 && a.bare.Cmp(a.value.value) != 0 && r.Number.Cmp(a.bare) == 0
}

// unread says why an answer could not be read as a number.
func (a *amount) unread(s string) Verdict {
	if parts := alternatives(s); len(parts) > 1 {
		for _, p := range parts {
			for _, r := range numberAffixes().forms(p, a.countedAffixes()...) {
				if len(language.ReadAmount(r)) > 0 {
					return Verdict{Wrong, SeveralAnswers}
				}
			}
		}
	}
	if denied(s) {
		return Verdict{Wrong, Denied}
	}
	if !strings.ContainsAny(s, "0123456789") {
		for _, w := range fields(s) {
			if language.ScaleWithoutNumber(w) {
				return Verdict{Wrong, Unspecific}
			}
		}
	}
	return Verdict{Wrong, Unread}
}
