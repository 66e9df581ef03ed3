package grade

import (
	"strings"
	"unicode/utf8"

	"summitquiz/content/language"
)

// ask reads in a question which unit and which scale word it names, and what it counts. An
// answer may then leave them out.
func (a *amount) ask(stem string, c language.Code) {
	a.counts = newCounting(stem)
	s := language.Normalise(language.StripIsolates(stem))
	if a.value.unit == nil {
		if u := a.counts.unit(); u != nil {
			a.value.unit, a.asked = u, u
		}
	} else if a.asked == nil && namesUnit(s, a.value.unit, c) {
		a.asked = a.value.unit
	}
	if scale, ok := a.counts.scale(); ok {
		a.scale = scale
	}
}

// unit returns the unit that a question asks to count, such as metres; nil for things.
func (c *counting) unit() *language.Unit {
	for n := len(c.nouns); n > 0; n-- {
		if u := unitOf(strings.Join(c.nouns[:n], " ")); u != nil {
			return u
		}
	}
	if c.tail == "" {
		return nil
	}
	word, _, _ := strings.Cut(c.tail[:min(len(c.tail), maxUnit)], " ")
	for end := len(word); end > 0; end-- {
		if end == len(word) || utf8.RuneStart(word[end]) {
			if u := unitOf(word[:end]); u != nil {
				return u
			}
		}
	}
	return nil
}

// maxUnit is more than the name of a unit takes in a question, in bytes.
const maxUnit = 30

// unitOf returns the unit of measure that a word names; people are things that are counted.
func unitOf(word string) *language.Unit {
	if alphabetOf(word) == latinAlphabet && len(word) < 3 {
		return nil
	}
	for _, r := range language.ReadAmount("2 " + word) {
		if len(r.Units) > 0 && !r.Slip && !r.Units[0].Currency && r.Units[0].Code != "person" && r.Number == language.Whole(2) {
			return r.Units[0]
		}
	}
	return nil
}

// scale returns the scale word that a question asks in: how many million.
func (c *counting) scale() (language.Decimal, bool) {
	word := ""
	if len(c.nouns) > 0 {
		word = " " + c.nouns[0]
	} else if c.tail != "" {
		_, size := utf8.DecodeRuneInString(c.tail)
		word = c.tail[:size]
	}
	if word == "" {
		return language.Decimal{}, false
	}
	for _, r := range language.ReadAmount("1" + word) {
		if r.Scaled && !r.Slip && len(r.Units) == 0 {
			return r.Number, true
		}
	}
	return language.Decimal{}, false
}

// namesUnit reports whether a normalised question holds a spelling of a unit.
func namesUnit(s string, u *language.Unit, c language.Code) bool {
	for _, spelling := range u.Spellings(c) {
		w := language.Normalise(spelling)
		letters := utf8.RuneCountInString(w)
		if ambiguous(w, u) || numberFirst()[w] && strings.HasPrefix(s, w+" ") { // how many, not km
			continue
		}
		switch alphabetOf(w) {
		case hangulAlphabet, hanAlphabet:
			if letters > 1 && strings.Contains(s, w) || letters == 1 && asksFor(s, w) {
				return true
			}
		default:
			if letters > 1 && containsWord(s, w) {
				return true
			}
		}
	}
	return u.Code == "percent" && holdsAny(s, percentWords())
}

// asksFor reports whether a word follows the Korean or Chinese word for how many.
func asksFor(s, word string) bool {
	for _, many := range howManyOf() {
		if strings.Contains(s, many+word) || strings.Contains(s, many+" "+word) {
			return true
		}
	}
	return false
}

// numberFirst asks how many where it begins a question; elsewhere the Arabic word is a unit.
var (
	numberFirst  = words("how-many")
	percentWords = list("percent-words")
)

// ambiguous reports whether a spelling of a unit may mean another one of the same kind: degrees.
func ambiguous(spelling string, u *language.Unit) bool {
	for _, r := range language.ReadAmount("2 " + spelling) {
		for _, v := range r.Units {
			if v != u && v.Converts(u) {
				return true
			}
		}
	}
	return false
}

// containsWord reports whether s holds w, not as a part of a longer word.
func containsWord(s, w string) bool {
	for at := 0; ; {
		i := strings.Index(s[at:], w)
		if i < 0 {
			return false
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(w):])
		if !isLetter(before) && !isLetter(after) {
			return true
		}
		at = i + 1
	}
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7F && r != utf8.RuneError && alphabetOf(string(r)) != otherAlphabet
}
