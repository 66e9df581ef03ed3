package language

// scale is a word that stands for a power of ten.
type scale struct {
	exp    int32
	word   string
	plural string // after 3 to 10, where nouns agree so
	places int    // digits that may stand after the decimal mark before it reads like an account
}

// maxPlain is the first power of ten that is never written out in full beside other amounts.
const maxPlain = 10

// FormFor returns the one Form in which all these amounts are written naturally and exactly
// in language c: one scale word and one number of decimals. It reports false if there is
// none: 70 trillion and 70 billion have no common form, nor have 48.9 and 50, unless 50 is
// known to the same decimal (Amount.LastDigit).
func FormFor(c Code, amounts []Amount) (Form, bool) { return c.Language().FormFor(amounts) }

// FormFor is the function FormFor in this language.
func (l *Language) FormFor(amounts []Amount) (Form, bool) {
	if len(amounts) == 0 {
		return Form{}, false
	}
	next := int32(64) // the scale word above
	for _, s := range l.scales {
		places, ok := fits(amounts, s.exp, s.exp+l.reach, s.places)
		if ok && smallest(amounts) <= int64(next) {
			return Form{Scale: s.exp, Decimals: places, Unit: united(amounts)}, true
		}
		next = s.exp
	}
	places, ok := fits(amounts, -64, maxPlain, 6)
	return Form{Decimals: places, Unit: united(amounts)}, ok
}

// formOf returns the form in which one amount is written where nothing asks for another.
func (l *Language) formOf(a Amount) Form {
	one := [1]Amount{a}
	if f, ok := l.FormFor(one[:]); ok {
		return f
	}
	return Form{Decimals: a.Number.Places(), Unit: a.Unit != nil}
}

// fits reports whether every amount lies in [10^low, 10^high) and is exact in one number of
// decimals, at most most, after the scale word of 10^low (none if low is negative). Zero lies
// only where there is no scale word.
func fits(amounts []Amount, low, high int32, most int) (places int, ok bool) {
	exp := max(low, 0)
	for i := range amounts {
		n := amounts[i].Number.Norm()
		if n.Coef == 0 {
			if low >= 0 {
				return 0, false
			}
			continue
		}
		if top := int64(len10(magnitude(n.Coef))) + int64(n.Exp); top <= int64(low) || top > int64(high) {
			return 0, false
		}
		places = max(places, n.Shift(-exp).Places())
	}
	if places > most {
		return 0, false
	}
	for i := range amounts {
		// A zero at the end says that the digit is known to be zero, so it needs a
		// source that is that precise.
		a := &amounts[i]
		if a.Number.Shift(-exp).Places() < places && a.LastDigit > exp-int32(places) {
			return 0, false
		}
	}
	return places, true
}

// smallest returns how many digits before the decimal mark the smallest amount has.
func smallest(amounts []Amount) int64 {
	least := int64(1 << 40)
	for i := range amounts {
		n := amounts[i].Number.Norm()
		least = min(least, int64(len10(magnitude(n.Coef)))+int64(n.Exp))
	}
	return least
}

func united(amounts []Amount) bool {
	for i := range amounts {
		if amounts[i].Unit != nil {
			return true
		}
	}
	return false
}
