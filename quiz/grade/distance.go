package grade

import "summitquiz/content/language"

// mostDistance bounds what Distance returns: a million times the key.
const mostDistance = 1_000_000_000_000

// Distance returns how far a typed number is from the key of a question for an amount, in millionths of
// the key. A number without a unit is in the key's own. It returns false for what is no number, or one in
// a unit that does not go with the key's.
func Distance(k *Key, typed string) (int64, bool) {
	if k.sort != amountSort || len(typed) > longest {
		return 0, false
	}
	best, found := int64(mostDistance), false
	for _, form := range numberAffixes().forms(withoutNoise(language.Normalise(typed)), k.amount.countedAffixes()...) {
		for _, r := range language.ReadAmount(form) {
			if d, ok := k.amount.distance(&r); ok && !r.Slip {
				best, found = min(best, d), true
			}
		}
	}
	return best, found
}

func (a *amount) distance(r *language.Reading) (int64, bool) {
	n, known := r.Number, len(r.Units) == 0
	for _, u := range r.Units {
		if u == a.value.unit {
			n, known = r.Number, true
			break
		}
		if m, ok := u.Convert(r.Number, a.value.unit); ok {
			n, known = m, true
		}
	}
	off, ok := n.Sub(a.value.value)
	if !known || !ok || a.value.value.Sign() == 0 {
		return 0, known
	}
	share, ok := language.Ratio(off, a.value.value)
	if !ok {
		return mostDistance, true
	}
	part := share.Shift(6)
	if part.Sign() < 0 {
		part.Coef = -part.Coef
	}
	if part.Cmp(language.Whole(mostDistance)) >= 0 {
		return mostDistance, true
	}
	return whole(part), true
}

// whole is a positive number without its fraction.
func whole(d language.Decimal) int64 {
	d = d.Norm()
	for ; d.Exp < 0; d.Exp++ {
		d.Coef /= 10
	}
	n, _ := d.Int()
	return n
}
