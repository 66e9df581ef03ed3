package grade

import (
	"slices"
	"strings"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Parts of the names of people, and names that say less than the whole.

// nameParticles stand before a family name and belong to it.
var nameParticles = words("name-particles")

// titlesOfPeople stand before the name of a person and may be left out.
var titlesOfPeople = words("titles-of-people")

// withoutTitle returns the name of a person without the title before it, and with the title and
// the last word alone: John Watson and Doctor Watson.
func withoutTitle(name string) []string {
	words := strings.Fields(canonical(language.Normalise(name), romanIn(name)))
	if len(words) < 3 || !titlesOfPeople()[words[0]] || numeralsOf(strings.Join(words, " ")) != "" {
		return nil
	}
	return []string{strings.Join(words[1:], " "), words[0] + " " + words[len(words)-1]}
}

// shortNames are names that say less than the whole: without the word of its class (Everest), and
// in initials with their numeral (WW2).
func shortNames(name string) []string {
	name = bracketVariants(name)[0]
	words := strings.Fields(canonical(language.Normalise(name), romanIn(name)))
	if len(words) < 2 || alphabetOf(words[0]) != latinAlphabet && alphabetOf(words[0]) != arabicAlphabet {
		return nil
	}
	var out []string
	if i := slices.Index(words, "the"); i > 1 && i == len(words)-2 { // Bruegel the Elder
		out = append(out, strings.Join(words[i-1:], " "))
	}
	if classWords()[words[0]] {
		out = append(out, strings.Join(words[1:], " "))
	}
	if last := len(words) - 1; last > 1 && digitsOnly(words[last]) {
		initials := ""
		for _, w := range words[:last] {
			initials += w[:1]
		}
		out = append(out, initials+words[last])
	}
	return out
}

// initialled returns a name of a person with initials for its first names, as in J. S. Bach, and
// without those in the middle.
func initialled(name string) []string {
	words := nameWords(name)
	if len(words) < 2 || alphabetOf(language.Normalise(name)) != latinAlphabet {
		return nil
	}
	first, last := words[:1], words[1:]
	for len(last) > 1 && !nameParticles()[strings.ToLower(last[0])] {
		first, last = words[:len(first)+1], last[1:]
	}
	family, initials := strings.Join(last, " "), ""
	for _, w := range first {
		_, size := utf8.DecodeRuneInString(w)
		initials += w[:size] + " "
	}
	out := []string{initials + family, initials[:strings.IndexByte(initials, ' ')+1] + family}
	if len(first) > 1 {
		_, size := utf8.DecodeRuneInString(first[0])
		out = append(out, first[0]+" "+initials[size+1:]+family, first[0]+" "+family)
	}
	return out
}

// lastName returns the last word of a name of several words that may be a person's family name,
// compact; "" where it is plainly something else.
func lastName(name string) string {
	words := nameWords(name)
	if len(words) < 2 {
		return ""
	}
	return compactOf(language.Normalise(words[len(words)-1]))
}

// particleName returns the family name with the particles before it: van Gogh.
func particleName(name string) string {
	words := nameWords(name)
	i := len(words) - 1
	for i > 1 && nameParticles()[strings.ToLower(words[i-1])] {
		i--
	}
	if len(words) < 2 || i == len(words)-1 {
		return ""
	}
	return compactOf(language.Normalise(strings.Join(words[i:], " ")))
}

// nameWords returns the words of a name of a person, without what follows the family name. It
// returns nothing for names with small words, numerals or words of a class in them, and in Latin
// script where a word has no capital.
func nameWords(name string) []string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '·' || r == '・' || r == '•' })
	for len(words) > 1 && nameSuffixes()[strings.ToLower(strings.Trim(words[len(words)-1], ".,"))] {
		words = words[:len(words)-1]
	}
	if len(words) < 2 || len(words) > 5 || strings.ContainsAny(name, ",&+/0123456789()（）") {
		return nil
	}
	for i, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,"))
		latin := alphabetOf(language.Normalise(w)) == latinAlphabet
		switch {
		case latin && nameParticles()[low]:
		case latin && w == low, joins()[low], articles()[low] == usual, low == "of", placeWords()[low]:
			return nil
		case latin && i > 0 && romanNumeral(low) != "":
			return nil
		}
	}
	if alphabetOf(language.Normalise(words[0])) == hanAlphabet && !strings.ContainsAny(name, "·・•") {
		return nil
	}
	return slices.Clone(words)
}

var (
	nameSuffixes = words("name-suffixes")
	placeWords   = words("words-of-places")
)

// lessNames are names without the small words that people forget: those before a family name
// (Wernher Braun), articles within (The Lord of Rings), and the first of a Chinese name with dots.
func lessNames(name string) []string {
	var out []string
	name = bracketVariants(name)[0]
	words := nameWords(name)
	if len(words) > 2 && alphabetOf(language.Normalise(words[0])) == hanAlphabet {
		for i := 1; i < len(words)-1; i++ {
			out = append(out, strings.Join(words[i:], ""))
		}
	}
	if len(words) == 0 {
		words = strings.Fields(language.Normalise(name))
	}
	if len(words) < 3 || alphabetOf(language.Normalise(words[0])) != latinAlphabet {
		return out
	}
	kept := words[:1:1]
	for i, w := range words[1:] {
		w = strings.ToLower(w)
		if last := i == len(words)-2; last || !nameParticles()[w] && !englishArticles()[w] {
			kept = append(kept, w)
		}
	}
	if len(kept) > 1 && len(kept) < len(words) {
		out = append(out, strings.Join(kept, " "))
	}
	if article, rest := cutArticle(strings.Join(kept, " ")); len(out) > 0 && article != "" && strings.IndexByte(rest, ' ') > 0 {
		out = append(out, rest)
	}
	return out
}
