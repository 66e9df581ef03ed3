package language

import "strings"

// UnitNamed returns the unit with the given code, or nil. Codes are those of packs: ISO 4217
// in any case, "km2", "percent", and English plurals such as "years".
func UnitNamed(code string) *Unit { return unitsByCode[strings.ToLower(code)] }

// ScaleNamed returns the decimal exponent of an English scale word as packs write it:
// thousand, million, billion, trillion or k, m, bn, tn.
func ScaleNamed(word string) (exp int32, ok bool) {
	switch strings.ToLower(word) {
	case "k", "thousand":
		return 3, true
	case "m", "million":
		return 6, true
	case "bn", "billion":
		return 9, true
	case "tn", "trillion":
		return 12, true
	}
	return 0, false
}

// Equal reports whether a and b are exactly the same quantity, across units that convert
// exactly: 1 km is 1000 m. A bare number equals only a bare number.
func (a Amount) Equal(b Amount) bool {
	if a.Unit == b.Unit {
		return a.Number.Cmp(b.Number) == 0
	}
	if a.Unit == nil || b.Unit == nil || a.Unit.Base != b.Unit.Base {
		return false
	}
	return product(a.Number, a.Unit.Factor) == product(b.Number, b.Unit.Factor)
}
