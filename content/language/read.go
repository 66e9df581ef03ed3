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
	Zeros  int     // how many zeros lead the digits that no number needs: 2 in 007
}

// ReadAmount reads a normalised text that is nothing but a number with an optional unit, in
// any of the four languages: digits, scale words, numerals as words, fractions, powers and
// mixtures of them. It returns every way to read it, the likeliest first, and nothing for what
// is no number.
func ReadAmount(s string) []Reading { return readAmount(s, mostSums) }

// mostSums is how many amounts may be added to the first: 1 year 6 months 3 days.
const mostSums = 2

// readAmount is ReadAmount for a text that may be a sum of so many amounts more.
func readAmount(s string, sums int) []Reading {
	if len(s) > longestAmount || s == "" {
		return nil
	}
	if rest, ok := cutBelowZero(s); ok {
		return negated(readAmount(rest, 0))
	}
	if s[0] == '-' && len(s) > 1 && !digit(s[1]) && s[1] != '-' && numberFollows(s[1:]) { // -$5
		return negated(readAmount(s[1:], 0))
	}
	if strings.Contains(s, " / ") { // 100 km / h
		s = strings.ReplaceAll(s, " / ", "/")
	}
	var out []Reading
	for _, split := range unitSplits(s) {
		if n, ok := split.number(); ok {
			n.Units = split.units
			out = append(out, n)
		} else if n, ok := readTwice(split); ok {
			out = append(out, n)
		} else if split.implied.Coef != 0 && split.rest == "" {
			out = append(out, Reading{Number: split.implied, Bare: split.implied, Units: split.units})
		}
	}
	if slices.ContainsFunc(out, func(r Reading) bool { return !r.Slip }) {
		return out
	}
	if sum, ok := readSum(s, sums); ok {
		return []Reading{sum}
	}
	if len(out) == 0 {
		if n, ok := readMisspelt(s); ok {
			out = append(out, n)
		}
	}
	return out
}

// number reads what stands beside the unit. An article before a unit is one, and may follow a
// part of it: an hour, half an hour, a quarter of an hour.
func (split *unitSplit) number() (Reading, bool) {
	if n, ok := readNumber(split.rest); ok || split.units == nil || split.rest == "" || split.rest[0] >= utf8.RuneSelf {
		return n, ok
	}
	for _, article := range readers().articles {
		if split.rest == article {
			return Reading{Number: Whole(1), Bare: Whole(1)}, true
		}
		if part, ok := strings.CutSuffix(split.rest, " "+article); ok {
			n, ok := readNumber(strings.TrimSuffix(part, " of"))
			return n, ok && n.Number.Cmp(Whole(1)) < 0
		}
	}
	return Reading{}, false
}

func negated(readings []Reading) []Reading {
	for i := range readings {
		readings[i].Number.Coef, readings[i].Bare.Coef = -readings[i].Number.Coef, -readings[i].Bare.Coef
	}
	return readings
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
		var both []*Unit
		for _, u := range split.units {
			if slices.Contains(again.units, u) {
				both = append(both, u)
			}
		}
		if both == nil {
			continue
		}
		if n, ok := readNumber(again.rest); ok {
			n.Units = both
			return n, true
		}
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
	s, negative := cutSign(s)
	n, ok := readPositive(s)
	if ok && negative {
		n.Number.Coef, n.Bare.Coef = -n.Number.Coef, -n.Bare.Coef
	}
	return n, ok
}

func readPositive(s string) (Reading, bool) {
	if d, size := readDigits(s); size == len(s) && size > 0 {
		return Reading{Number: d, Bare: d, Zeros: leadingZeros(s)}, true
	}
	n, ok := readNumerals(s)
	if ok && !n.Slip {
		return n, true
	}
	if d, ok := readFraction(s); ok {
		return Reading{Number: d, Bare: d}, true
	}
	if d, ok := readPower(s); ok {
		return Reading{Number: d, Bare: d}, true
	}
	return n, ok
}

// readNumerals reads a number that is written in words, or in digits with scale words.
func readNumerals(s string) (Reading, bool) {
	switch {
	case strings.ContainsFunc(s, hangulLetter):
		return readKorean(s)
	case strings.ContainsFunc(s, han):
		return readChinese(s)
	case strings.ContainsFunc(s, arabicLetter):
		return readWords(s, arabicWords(), arabicAtoms)
	}
	n, ok := readWords(s, englishWords(), englishAtoms)
	for _, words := range readers().others {
		if !ok || n.Slip {
			if other, is := readWords(s, words, englishAtoms); is {
				n, ok = other, true
			}
		}
	}
	return n, ok
}

func hangulLetter(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 || r >= 0x1100 && r <= 0x11FF }
func han(r rune) bool          { return r >= 0x4E00 && r <= 0x9FFF }
func arabicLetter(r rune) bool { return r >= 0x0620 && r <= 0x064A || r >= 0x0671 && r <= 0x06D3 }
func digit(c byte) bool        { return c >= '0' && c <= '9' }

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
	for i := range names.around {
		w := &names.around[i]
		if rest, ok := strings.CutPrefix(s, w.before); ok {
			if rest, ok = strings.CutSuffix(rest, w.after); ok {
				out = append(out, unitSplit{rest: strings.Trim(rest, " "), units: []*Unit{w.unit}})
			}
		}
	}
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
		if u, ok := names.exact[s[:i]]; ok && edge(s, i) && (i > 2 || u.leads) {
			out = append(out, unitSplit{rest: strings.TrimLeft(s[i:], " "), units: u.units})
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
