package grade

import (
	"slices"
	"strings"

	"summitquiz/content/language"
)

// amount is a key that is a number, with a unit or without.
type amount struct {
	value   target
	also    []target         // equal values in other units
	asked   *language.Unit   // the unit that the question names; nil: the answer has to
	scale   language.Decimal // the scale that the question names, such as 10^12; zero: none
	bare    language.Decimal // the key's number before its scale word, in the question's language
	counts  counting         // what the number counts
	counted []string         // normalised words for what is counted, as a relation declares them
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
		if best.Mark == Right || found && best.Reason != OtherUnit && len(a.counted) == 0 {
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
	if a.value.unit == nil {
		for _, c := range language.ReadCounts(s) {
			if c.Noun == "" && c.Counter == "" || c.Slip {
				continue // a bare number is read below
			}
			if a.counts.allows(&c) {
				out = append(out, plain(a.value.fit(c.Number)))
			}
		}
	}
	for _, r := range language.ReadAmount(s) {
		if r.Scaled && r.Number.Coef == 0 {
			continue // 0 m is no zero millions
		}
		v := a.judge(&r)
		if len(r.Units) == 0 && v.Mark != Right && !r.Slip && a.partOfHundred(r.Number, s) {
			v = Verdict{Right, Matched}
		}
		if r.Slip && v.Mark == Right {
			v = Verdict{Close, Spelling}
		} else if r.Slip {
			v = Verdict{Wrong, Unread}
		}
		out = append(out, v)
	}
	return out
}

const percent = "percent"

// partOfHundred reports whether a number without a unit is the percentage that is the key: one half
// is 50%. Where the question asks for a percentage only a fraction is, as 0.5 may be half of one.
func (a *amount) partOfHundred(n language.Decimal, s string) bool {
	if a.value.unit == nil || a.value.unit.Code != percent || n.Places() == 0 {
		return false
	}
	f := a.value.fit(n.Shift(2))
	return f >= nearlyFits && (a.asked == nil || language.IsFraction(s))
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

// judge grades a reading. Of the units that a word may mean, the one that fits best counts.
func (a *amount) judge(r *language.Reading) Verdict {
	if len(r.Units) == 0 {
		return a.withoutUnit(r)
	}
	best := Verdict{Wrong, OtherUnit}
	for _, u := range r.Units {
		if v := a.inUnit(r.Number, u); v.Mark > best.Mark || u == a.value.unit && v.Mark == best.Mark {
			best = v
		}
	}
	return best
}

// inUnit grades a number in a unit.
func (a *amount) inUnit(n language.Decimal, u *language.Unit) Verdict {
	if u == a.value.unit || a.value.unit == nil && u.Code == "person" && a.counts.persons {
		return plain(a.value.fit(n))
	}
	for i := range a.also {
		if u == a.also[i].unit {
			return a.converted(a.also[i].fit(n))
		}
	}
	if u.Code == percent && a.value.unit == nil && a.value.value.Places() > 0 && a.scale.Coef == 0 {
		return plain(a.value.fit(n.Shift(-2))) // 50% is one half
	}
	if m, ok := u.Convert(n, a.value.unit); ok {
		return a.converted(a.value.fit(m))
	}
	return Verdict{Wrong, OtherUnit}
}

// converted is the verdict on a number in another unit than the key's.
func (a *amount) converted(f fit) Verdict {
	switch v := plain(f); {
	case v.Mark == Right && a.asked != nil && !isTime(a.asked):
		return Verdict{Close, NotAskedUnit}
	case v.Mark == Right:
		return Verdict{Right, Converted}
	case v.Mark == Close:
		return v
	}
	return Verdict{Wrong, OtherUnit}
}

// isTime reports whether a unit measures time: five years are as good as sixty months.
func isTime(u *language.Unit) bool { return u.Base == "month" || u.Base == "second" }

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
	if denied(s, "") {
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
