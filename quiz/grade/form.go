package grade

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"summitquiz/content/language"
)

// form is one spelling of a name, ready for comparing.
type form struct {
	text  string // compact: without blanks, hyphens, apostrophes
	canon string // in canonical words
	runes []rune // letters for distances: Hangul in jamo
	sig   uint64 // which letters occur: a slip changes at most two of them
	alpha alphabet
	limit int // how many slips are forgiven

	numerals, initials string // which no slip may change
}

type alphabet uint8

const (
	otherAlphabet alphabet = iota
	latinAlphabet
	arabicAlphabet
	hangulAlphabet
	hanAlphabet
)

// alphabetOf is the script of the first letter of s.
func alphabetOf(s string) alphabet {
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			return latinAlphabet
		case r >= 0x0600 && r <= 0x06FF:
			return arabicAlphabet
		case r >= 0xAC00 && r <= 0xD7A3:
			return hangulAlphabet
		case r >= 0x4E00 && r <= 0x9FFF:
			return hanAlphabet
		}
	}
	return otherAlphabet
}

// newForm returns the form of a name as it is written in a pack. No slip is forgiven in an
// acronym, nor in a class word such as Mount.
func newForm(name string) form {
	canon := canonical(language.Normalise(name), romanIn(name))
	f := typedForm(canon)
	f.limit = slips(f.alpha, distinct(canon))
	if acronym(name) {
		f.limit = 0
	}
	return f
}

// distinct is the part of a canonical name in which slips are counted: its letters, without
// the words that say only what class of thing it names. A numeral is as long as in digits.
func distinct(canon string) string {
	var b strings.Builder
	for _, w := range strings.Fields(canon) {
		if !classWords()[w] {
			b.WriteString(strings.Trim(w, "0123456789"))
		}
	}
	return compactOf(b.String())
}

// typedForm returns the form of a canonical name.
func typedForm(canon string) form {
	compact := compactOf(canon)
	f := form{text: compact, canon: canon, runes: language.Jamo(compact), alpha: alphabetOf(compact), numerals: numeralsOf(canon), initials: initialsOf(canon)}
	for _, r := range f.runes {
		f.sig |= 1 << (uint32(r) * 0x9E3779B1 >> 26)
	}
	return f
}

// slips is how many slips of the pen are forgiven in a name: in Latin and Arabic letters none
// up to 3, one up to 7, then two; in Korean none in one syllable, one in two or three, then
// two jamo; in Chinese none up to 2 characters, one up to 5, then two.
func slips(a alphabet, text string) int {
	n := utf8.RuneCountInString(text)
	few, some := 3, 7
	switch a {
	case hangulAlphabet:
		few, some = 1, 3
	case hanAlphabet:
		few, some = 2, 5
	}
	switch {
	case n <= few:
		return 0
	case n <= some:
		return 1
	}
	return 2
}

// acronym reports whether a name is a few capital letters.
func acronym(name string) bool {
	n := 0
	for _, r := range name {
		if r < 'A' || r > 'Z' {
			return false
		}
		n++
	}
	return n > 1 && n <= 6
}

// near returns the distance of a typed form to f; more than limit if it is farther.
func (f *form) near(typed *form, limit int) int {
	if f.alpha != typed.alpha || f.numerals != typed.numerals || f.initials != typed.initials || bits.OnesCount64(f.sig^typed.sig) > 2*limit {
		return limit + 1
	}
	if d := len(f.runes) - len(typed.runes); d > limit || -d > limit {
		return limit + 1
	}
	return language.Distance(f.runes, typed.runes, limit)
}
