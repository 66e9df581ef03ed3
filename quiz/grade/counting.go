package grade

import (
	"slices"
	"strings"
	"unicode/utf8"

	"summitquiz/content/language"
)

// counting is what a question asks to count, so that an answer may name it: two moons, 두 개,
// 两颗卫星, قمران. The zero counting allows no noun.
type counting struct {
	nouns []string // normalised words that follow how many, as they are written
	words []string // all words of the question
	tail  string   // what stands in the question from the Korean or Chinese word for how many on
	head  string   // what stands before it
	any   bool     // the question counts things, for which a general counter will do

	persons bool // the question counts persons
}

// Words after which the thing that is counted follows, and those that end it.
var (
	howMany     = list("how-many")
	numberOf    = words("number-of")
	endsNoun    = words("noun-ends")
	howManyOf   = list("how-many-of")
	people      = list("people-counters")
	persons     = list("person-counters")
	countedAll  = words("counted-all")
	personNouns = words("person-nouns")
	numberAfter = list("number-of-noun") // Chinese: 卫星的数量
)

// numberWords follow the noun in a Korean question for its number.
var numberWords = words("number-words")

// mostNouns is how many words a counted noun may have.
const mostNouns = 3

// newCounting reads a question.
func newCounting(stem string) counting {
	s := language.Normalise(language.StripIsolates(stem))
	c := counting{words: fields(s)}
	for i := range c.words {
		c.words[i] = strings.Trim(c.words[i], "'\"():")
	}
	for _, words := range howMany() {
		begin := strings.Fields(words)
		if i := indexWords(c.words, begin); i >= 0 && len(c.nouns) == 0 {
			rest := c.words[i+len(begin):]
			if len(rest) > 1 && numberOf()[rest[0]] {
				rest = rest[1:]
			}
			for _, w := range rest {
				if endsNoun()[w] || len(c.nouns) == mostNouns {
					break
				}
				c.nouns = append(c.nouns, w)
			}
		}
	}
	c.head = s
	for _, many := range howManyOf() {
		if i := strings.Index(s, many); i >= 0 {
			c.head, c.tail = s[:i], strings.TrimLeft(s[i+len(many):], " ")
			break
		}
	}
	c.persons = beginsWithAny(c.tail, persons())
	c.any = !slices.ContainsFunc(people(), func(p string) bool { return strings.HasPrefix(c.tail, p) })
	return c
}

func indexWords(words, find []string) int {
	for i := range words {
		if len(words)-i >= len(find) && slices.Equal(words[i:i+len(find)], find) {
			return i
		}
	}
	return -1
}

// allows reports whether an answer counts what the question asks to count.
func (c *counting) allows(typed *language.Counted) bool {
	switch {
	case typed.Counter == "", strings.HasPrefix(c.tail, typed.Counter), typed.General && c.any,
		typed.General && alphabetOf(typed.Counter) == hanAlphabet: // 个 counts people as well
		return typed.Noun == "" || c.names(typed.Noun)
	case c.tail == "": // the question has no counter, so the noun decides
		return typed.Noun != "" && c.names(typed.Noun)
	}
	return false
}

// names reports whether words name what the question asks to count. Other words of the question
// may follow them: 206 bones in an adult.
func (c *counting) names(noun string) bool {
	if countedAll()[noun] || c.persons && personNouns()[noun] {
		return true
	}
	switch alphabetOf(noun) {
	case hangulAlphabet:
		before := strings.Fields(c.head)
		if i := slices.IndexFunc(before, func(w string) bool { return numberWords()[w] }); i > 0 {
			before = before[:i] // 다리의 수는
		} else if c.tail == "" {
			return false
		}
		if strings.HasPrefix(c.tail, noun) || len(before) == 0 {
			return strings.HasPrefix(c.tail, noun)
		}
		for _, particle := range subjectParticles() {
			if rest, ok := strings.CutPrefix(before[len(before)-1], strings.TrimSuffix(noun, particle)); ok && utf8.RuneCountInString(rest) <= 1 {
				return true
			}
		}
		return false
	case hanAlphabet:
		if c.tail == "" { // 卫星的数量
			before, _, ok := strings.Cut(c.head, numberAfter()[0])
			return ok && strings.HasSuffix(strings.TrimRight(strings.TrimSuffix(before, "总"), "的"), noun)
		}
		i := strings.Index(c.tail, noun)
		return i == 0 || i > 0 && utf8.RuneCountInString(c.tail[:i]) <= 1
	}
	words := strings.Fields(noun)
	if alphabetOf(noun) == arabicAlphabet { // the noun stands first, and what it belongs to after it
		return len(c.nouns) > 0 && sameNoun(words[0], c.nouns[0]) && c.follows(words[1:])
	}
	for n := min(len(words), len(c.nouns)); n > 0; n-- {
		if c.sameNoun(words[:n]) && c.follows(words[n:]) {
			return true
		}
	}
	return false
}

// sameNoun reports whether words are the counted noun, or its last word: "US states", "states".
func (c *counting) sameNoun(words []string) bool {
	for end := len(c.nouns); end >= len(words); end-- {
		if slices.EqualFunc(words, c.nouns[end-len(words):end], sameNoun) {
			return true
		}
	}
	return false
}

// follows reports whether all words are words of the question or mean nothing by themselves.
func (c *counting) follows(words []string) bool {
	for _, w := range words {
		if !endsNoun()[w] && !slices.Contains(c.words, w) && !countedAll()[w] {
			return false
		}
	}
	return true
}

// sameNoun reports whether two words are forms of one noun: moon and moons, قمر and أقمار.
func sameNoun(a, b string) bool {
	if a == b {
		return true
	}
	switch alphabetOf(a) {
	case latinAlphabet:
		return len(a) > 1 && len(b) > 1 && (slices.Contains(plurals(a), b) || slices.Contains(plurals(b), a) || irregular()[a] == b || irregular()[b] == a)
	case arabicAlphabet:
		return arabicStem(a) == arabicStem(b) || len(arabicRoot(a)) > 2 && arabicRoot(a) == arabicRoot(b)
	}
	return false
}

// irregular are the plurals of common things that are counted.
var irregular = paired("irregular-plurals")

// nounEndings are the Arabic endings of number and case.
var nounEndings = list("noun-endings")

// arabicStem takes the article and the endings of number and case from a noun.
func arabicStem(w string) string {
	w = strings.TrimPrefix(w, "ال")
	for _, end := range nounEndings() {
		if rest, ok := strings.CutSuffix(w, end); ok && utf8.RuneCountInString(rest) > 2 {
			return rest
		}
	}
	return w
}

// arabicRoot is the stem of a noun without the vowels that its broken plural changes.
func arabicRoot(w string) string { return arabicVowels.Replace(arabicStem(w)) }

var arabicVowels = strings.NewReplacer("ا", "", "و", "", "ي", "")
