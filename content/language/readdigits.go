package language

import "strings"

// readDigits reads the number in digits at the beginning of s and returns how many bytes it
// takes; 0 if there is none. A mark before exactly three final digits groups, unless it is a
// single point; repeated marks group in threes; a single comma before any other number of
// digits is a decimal mark, and so is a single point. Blanks group in threes.
func readDigits(s string) (Decimal, int) {
	size := digitsEnd(s)
	if size == 0 {
		return Decimal{}, 0
	}
	whole, fraction, ok := cutDecimals(s[:size])
	if !ok || !grouped(whole) || strings.ContainsAny(fraction, ".,' ") {
		return Decimal{}, 0
	}
	digits := strings.TrimLeft(onlyDigits(whole), "0")
	if digits == "" {
		digits = "0"
	}
	if fraction != "" {
		digits += "." + fraction
	}
	d, ok := ParseDecimal(digits)
	if !ok {
		return Decimal{}, 0
	}
	if exp, end := exponentAt(s, size); end > size {
		return Decimal{d.Coef, d.Exp + exp}.Norm(), end
	}
	return d, size
}

// digitsEnd returns where the digits and the marks between them end.
func digitsEnd(s string) int {
	size := 0
	for size < len(s) {
		switch {
		case digit(s[size]):
		case !digitAt(s, size+1):
			return size
		case size == 0 && (s[0] == '.' || s[0] == ','): // .5
		case size == 0 || !digit(s[size-1]) || strings.IndexByte(".,' ", s[size]) < 0:
			return size
		case s[size] == ' ' && !groupFollows(s, size):
			return size
		}
		size++
	}
	return size
}

// cutDecimals cuts a number at its decimal mark; false where a mark stands twice that cannot.
func cutDecimals(text string) (whole, fraction string, ok bool) {
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case points > 0 && commas > 0:
		mark := max(strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ','))
		return text[:mark], text[mark+1:], strings.Count(text, text[mark:mark+1]) == 1
	case points == 1:
		whole, fraction, _ = strings.Cut(text, ".")
		return whole, fraction, true
	case commas == 1:
		head, tail, _ := strings.Cut(text, ",")
		if len(tail) != 3 || len(head) > 3 || head == "0" || head == "" {
			return head, tail, true
		}
	}
	return text, "", true
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// exponentAt reads the exponent at s[i:], as in 7e13 and 138e-3, and returns where it ends; i if
// there is none.
func exponentAt(s string, i int) (exp int32, end int) {
	if i >= len(s) || s[i] != 'e' {
		return 0, i
	}
	end = i + 1
	negative := digitAt(s, end+1) && s[end] == '-'
	if negative || digitAt(s, end+1) && s[end] == '+' {
		end++
	}
	if !digitAt(s, end) {
		return 0, i
	}
	for ; digitAt(s, end); end++ {
		if exp = exp*10 + int32(s[end]-'0'); exp > maxExponent {
			return 0, i
		}
	}
	if negative {
		exp = -exp
	}
	return exp, end
}

// maxExponent is the largest power of ten that is read.
const maxExponent = 99

// leadingZeros returns how many zeros stand before the first digit that counts: 2 in 007, none
// in 0.5 and 0.
func leadingZeros(s string) int {
	n := 0
	for n < len(s) && s[n] == '0' && digitAt(s, n+1) {
		n++
	}
	return n
}

// groupFollows reports whether the blank at i separates a group of three digits.
func groupFollows(s string, i int) bool {
	start := i
	for start > 0 && digit(s[start-1]) {
		start--
	}
	end := i + 1
	for end < len(s) && digit(s[end]) {
		end++
	}
	return i-start <= 3 && end-i-1 == 3
}

// grouped reports whether the marks in a whole number stand before groups of three digits, all
// of the same mark.
func grouped(s string) bool {
	first := strings.IndexAny(s, ".,' ")
	if first < 0 {
		return true
	}
	if first > 3 || first == 0 {
		return false
	}
	mark := s[first]
	for i := first; i < len(s); i += 4 {
		if s[i] != mark || i+4 > len(s) || !digit(s[i+1]) || !digit(s[i+2]) || !digit(s[i+3]) {
			return false
		}
	}
	return true
}
