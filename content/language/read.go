package language

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Reading is one way to read a text as a number, perhaps with a scale word and a unit.
type Reading struct {
	Number Decimal // with its scale words: 70 trillion is 7 × 10^13
	Bare   Decimal // before the scale word: 70
	Scaled bool    // a scale word was there
	Units  []*Unit // what the unit word may mean; nil: there was none
	Slip   bool    // a number, scale or unit word was misspelt, and is near exactly one
}

// ReadAmount reads a normalised text that is nothing but a number with an optional unit, in
// any of the four languages: digits, scale words, numerals as words and mixtures of them. It
// returns every way to read it, the likeliest first, and nothing for what is no number.
func ReadAmount(s string) []Reading {
	if len(s) > longestAmount {
		return nil
	}
	var out []Reading
	for _, split := range unitSplits(s) {
		if n, ok := readNumber(split.rest); ok {
			n.Units = split.units
			out = append(out, n)
		} else if n, ok := readTwice(split); ok {
			out = append(out, n)
		} else if split.implied.Coef != 0 && split.rest == "" {
			out = append(out, Reading{Number: split.implied, Bare: split.implied, Units: split.units})
		}
	}
	if len(out) == 0 {
		if sum, ok := readSum(s); ok {
			out = append(out, sum)
		} else if n, ok := readMisspelt(s); ok {
			out = append(out, n)
		}
	}
	return out
}

// longestAmount is more than any amount in words takes, in bytes; longestUnit more than any unit.
const (
	longestAmount = 256
	longestUnit   = 64
)

// readTwice reads a number whose unit is given twice: $48.9 billion dollars, 4000亿元人民币.
func readTwice(split unitSplit) (Reading, bool) {
	if len(split.units) == 0 {
		return Reading{}, false
	}
	for _, again := range unitSplits(split.rest) {
		if !slices.ContainsFunc(again.units, func(u *Unit) bool { return slices.Contains(split.units, u) }) {
			continue
		}
		if n, ok := readNumber(again.rest); ok {
			n.Units = split.units
			return n, true
		}
	}
	return Reading{}, false
}

// readSum reads a sum of amounts that convert into each other: 1 year 6 months.
func readSum(s string) (Reading, bool) {
	if len(s) > longestUnit || strings.Count(s, " ") > 8 {
		return Reading{}, false
	}
	cut := strings.IndexByte(s, ' ')
	for at := 0; cut >= 0; {
		head, tail := s[:at+cut], strings.TrimPrefix(s[at+cut+1:], "and ")
		for _, a := range unitSplits(head) {
			n, ok := readNumber(a.rest)
			if !ok || len(a.units) == 0 {
				continue
			}
			for _, m := range ReadAmount(strings.TrimPrefix(tail, "و")) {
				for _, u := range a.units {
					for _, v := range m.Units {
						if u != v && !u.Currency && u.Base == v.Base && u.Factor.Cmp(v.Factor) > 0 {
							first, ok1 := n.Number.Mul(u.Factor)
							second, ok2 := m.Number.Mul(v.Factor)
							total, ok3 := add(first, second)
							base := UnitNamed(u.Base)
							if ok1 && ok2 && ok3 && base != nil {
								return Reading{Number: total, Bare: total, Units: []*Unit{base}}, true
							}
						}
					}
				}
			}
		}
		at += cut + 1
		cut = strings.IndexByte(s[at:], ' ')
	}
	return Reading{}, false
}

// add returns a + b; false if the sum has too many digits.
func add(a, b Decimal) (Decimal, bool) {
	a, b = a.Norm(), b.Norm()
	if a.Coef == 0 {
		return b, true
	}
	if b.Coef == 0 {
		return a, true
	}
	if a.Exp < b.Exp {
		a, b = b, a
	}
	for a.Exp > b.Exp {
		if a.Coef > maxCoef/10 || a.Coef < -maxCoef/10 {
			return Decimal{}, false
		}
		a.Coef *= 10
		a.Exp--
	}
	sum := a.Coef + b.Coef
	if sum > maxCoef || sum < -maxCoef {
		return Decimal{}, false
	}
	return Decimal{sum, a.Exp}.Norm(), true
}

// readNumber reads a normalised text that is nothing but a number.
func readNumber(s string) (Reading, bool) {
	s = strings.Trim(s, " ")
	if s == "" {
		return Reading{}, false
	}
	negative := false
	if s[0] == '-' && len(s) > 1 {
		negative, s = true, s[1:]
	} else if s[0] == '+' {
		s = s[1:]
	}
	n, ok := readPositive(s)
	if ok && negative {
		n.Number.Coef, n.Bare.Coef = -n.Number.Coef, -n.Bare.Coef
	}
	return n, ok
}

func readPositive(s string) (Reading, bool) {
	if d, size := readDigits(s); size == len(s) {
		return Reading{Number: d, Bare: d}, true
	}
	switch {
	case strings.ContainsFunc(s, hangulLetter):
		return readKorean(s)
	case strings.ContainsFunc(s, han):
		return readChinese(s)
	case strings.ContainsFunc(s, arabicLetter):
		return readWords(s, arabicWords(), arabicAtoms)
	default:
		return readWords(s, englishWords(), englishAtoms)
	}
}

func hangulLetter(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 || r >= 0x1100 && r <= 0x11FF }
func han(r rune) bool          { return r >= 0x4E00 && r <= 0x9FFF }
func arabicLetter(r rune) bool { return r >= 0x0620 && r <= 0x064A || r >= 0x0671 && r <= 0x06D3 }
func digit(c byte) bool        { return c >= '0' && c <= '9' }

// readDigits reads the number in digits at the beginning of s and returns how many bytes it
// takes; 0 if there is none. A mark before exactly three final digits groups, unless it is a
// single point; repeated marks group in threes; a single comma before any other number of
// digits is a decimal mark, and so is a single point. Blanks group in threes.
func readDigits(s string) (Decimal, int) {
	size := 0
	for size < len(s) && (digit(s[size]) || strings.IndexByte(".,' ", s[size]) >= 0 && size > 0 && digit(s[size-1]) && size+1 < len(s) && digit(s[size+1])) {
		if s[size] == ' ' && !groupFollows(s, size) {
			break
		}
		size++
	}
	if size == 0 {
		return Decimal{}, 0
	}
	text := s[:size]
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	whole, fraction := text, ""
	switch {
	case points > 0 && commas > 0:
		mark := max(strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ','))
		if strings.Count(text, text[mark:mark+1]) > 1 {
			return Decimal{}, 0
		}
		whole, fraction = text[:mark], text[mark+1:]
	case points == 1:
		whole, fraction, _ = strings.Cut(text, ".")
	case commas == 1:
		head, tail, _ := strings.Cut(text, ",")
		if len(tail) != 3 || len(head) > 3 || head == "0" {
			whole, fraction = head, tail
		}
	}
	if !grouped(whole) || strings.ContainsAny(fraction, ".,' ") {
		return Decimal{}, 0
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, whole)
	if fraction != "" {
		digits += "." + fraction
	}
	d, ok := ParseDecimal(strings.TrimLeft(digits[:len(digits)-1], "0") + digits[len(digits)-1:])
	if !ok && strings.HasPrefix(strings.TrimLeft(digits, "0"), ".") {
		d, ok = ParseDecimal("0" + strings.TrimLeft(digits, "0"))
	}
	if !ok {
		return Decimal{}, 0
	}
	if size+1 < len(s) && s[size] == 'e' && digit(s[size+1]) { // 7e13
		exp, end := 0, size+1
		for end < len(s) && digit(s[end]) && exp < 100 {
			exp = exp*10 + int(s[end]-'0')
			end++
		}
		return Decimal{d.Coef, d.Exp + int32(exp)}.Norm(), end
	}
	return d, size
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

// unitSplit is a text without its unit.
type unitSplit struct {
	rest    string
	units   []*Unit
	implied Decimal // what a unit that stands alone counts: سنتان is two years
}

// unitSplits returns the ways to take a unit from the end or the beginning of a normalised
// text, the longest unit first, and the whole text without a unit last.
func unitSplits(s string) []unitSplit {
	names := unitNames()
	var out []unitSplit
	for i := max(0, len(s)-longestUnit); i < len(s); i++ { // the longest suffix first
		if !utf8.RuneStart(s[i]) {
			continue
		}
		u, ok := names.exact[s[i:]]
		if !ok || !edge(s, i) {
			continue
		}
		out = append(out, unitSplit{rest: strings.TrimRight(s[:i], " -"), units: u.units, implied: u.count})
	}
	for i := min(len(s)-1, longestUnit); i > 0; i-- {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		if u, ok := names.exact[s[:i]]; ok && edge(s, i) {
			out = append(out, unitSplit{rest: strings.TrimLeft(s[i:], " -"), units: u.units})
		}
	}
	return append(out, unitSplit{rest: s})
}

// readMisspelt reads an amount whose last word is a slip of a unit.
func readMisspelt(s string) (Reading, bool) {
	cut := strings.LastIndexByte(s, ' ')
	if cut <= 0 {
		return Reading{}, false
	}
	n, ok := readNumber(s[:cut])
	if !ok {
		return Reading{}, false
	}
	n.Units, n.Slip = unitNames().near(s[cut+1:]), true
	return n, n.Units != nil
}

// edge reports whether a word can end at i in s: not between two letters of one alphabet.
func edge(s string, i int) bool {
	if i == 0 || i == len(s) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i:])
	latin := func(r rune) bool { return r >= 'a' && r <= 'z' }
	return !(latin(before) && latin(after)) && !(arabicLetter(before) && arabicLetter(after))
}
