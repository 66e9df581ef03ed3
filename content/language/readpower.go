package language

import "strings"

// readPower reads a number in scientific notation or a power: 3 x 10^8, 10^-3, 2^10, three times
// ten to the eighth, 3 곱하기 10의 8제곱.
func readPower(s string) (Decimal, bool) {
	if len(s) > longestUnit {
		return Decimal{}, false
	}
	left, exp, ok := cutPower(s)
	if !ok {
		return Decimal{}, false
	}
	power, ok := readExponent(exp)
	if !ok {
		return Decimal{}, false
	}
	factor, base := cutFactor(left)
	b, ok := wholeNumber(base)
	if !ok {
		return Decimal{}, false
	}
	out, ok := raise(b, power)
	if !ok || factor == "" {
		return out, ok
	}
	n, ok := readPlainNumber(factor)
	if !ok || n.Slip {
		return Decimal{}, false
	}
	return n.Number.Mul(out)
}

// cutPower cuts a power into what stands before its exponent and the exponent. In Korean and
// Chinese a word ends the exponent: 10의 8제곱, 10的8次方.
func cutPower(s string) (left, exp string, ok bool) {
	words := &readers().words
	s, ended := cutAnySuffix(s, words.exponents)
	if left, exp, ok = cutAny(s, words.powers); ok || !ended {
		return left, exp, ok
	}
	for _, w := range words.of {
		if i := strings.LastIndex(s, w); i > 0 {
			return s[:i], s[i+len(w):], true
		}
	}
	return "", "", false
}

// cutFactor cuts 3 x 10 at its last sign of multiplication; factor is "" where there is none.
func cutFactor(s string) (factor, base string) {
	at, size := -1, 0
	for _, w := range readers().words.times {
		if i := strings.LastIndex(s, w); i > at {
			at, size = i, len(w)
		}
	}
	if at <= 0 {
		return "", s
	}
	return s[:at], s[at+size:]
}

// readExponent reads an exponent: 8, -3, (8), eight, eighth.
func readExponent(s string) (int64, bool) {
	s = strings.Trim(s, " (){}")
	if s == "" {
		return 0, false
	}
	s, negative := cutSign(s)
	n, ok := wholeNumber(s)
	if !ok {
		n, ok = ReadOrdinal(s)
	}
	if negative {
		n = -n
	}
	return n, ok && n <= maxExponent && n >= -maxExponent
}

// raise returns base to the power of exp, where it is exact.
func raise(base, exp int64) (Decimal, bool) {
	if base == 10 {
		return Decimal{1, int32(exp)}, true
	}
	if exp < 0 || base < 2 {
		return Decimal{}, false
	}
	out, ok := Whole(1), true
	for range exp {
		if out, ok = out.Mul(Whole(base)); !ok {
			return Decimal{}, false
		}
	}
	return out, true
}
