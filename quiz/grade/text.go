package grade

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// acceptText adds a text of a card or a fact, and what follows from how it is written: parts in
// any order, forms of a verb, the last name of a person, the digits of a calling code. stem is
// the question.
func (n *names) acceptText(text, stem string) {
	if text == "" {
		return
	}
	n.accept(text)
	if l, ok := newListKey(text); ok {
		n.lists = append(n.lists, l)
	}
	if digits, plus, ok := language.ReadCode(language.Normalise(text)); ok {
		n.code, n.calling = digits, plus
	}
	s := language.Normalise(text)
	switch alphabetOf(s) {
	case hangulAlphabet:
		n.acceptVerb(compactOf(s))
		n.action = n.action || n.verbs != nil
	case hanAlphabet:
		if endsIn(s, "了", "过", "着") {
			n.action = true
			if s = strings.TrimSuffix(s, "了"); s != "" {
				n.soften(s, NamePart)
			}
		}
	case arabicAlphabet:
		n.action = true
	default:
		n.action = n.action || text[0] >= 'a' && text[0] <= 'z'
	}
	if n.action {
		n.stem = language.Normalise(language.StripIsolates(stem))
	}
	if article, _ := cutArticle(s); article == "" && (!n.action || alphabetOf(s) == arabicAlphabet) {
		n.titled = n.titled || asksWho(stem) || asksTitle(stem)
	}
	if short := withoutTitle(text); len(short) > 0 {
		for _, s := range short {
			n.soften(s, NamePart)
		}
	}
	n.class = append(n.class, classOf(stem)...)
	if f := lastName(text); f != "" && !n.forms[f] {
		if asksWho(stem) {
			n.soften(language.Normalise(nameWords(text)[0]), NamePart)
		}
		n.soften(f, NamePart)
		if n.lexicon != nil && n.lexicon.families[f] > 1 {
			n.soften(f, FitsSeveral)
		}
		if short := particleName(text); short != "" {
			n.soften(short, NamePart)
		}
	}
}

// acceptInflected adds the plural or singular of a key that is an English noun, unless that is
// another answer of the pack.
func (n *names) acceptInflected(text, stem string) {
	if text == "" || text[0] < 'a' || text[0] > 'z' || asksForWord(stem) {
		return
	}
	for _, w := range inflected(bracketVariants(text)[0]) {
		if n.elsewhere(w) {
			continue
		}
		n.mark(w)
		if f := typedForm(w); len(w) >= longNoun {
			f.limit = slips(f.alpha, w)
			n.list = append(n.list, f)
		}
	}
}

// longNoun is from how many letters on a slip in the plural or singular of a key is close:
// shorter ones are too near to other words, as cats is to bats.
const longNoun = 7

// isCode reports whether an answer is the digits of a key that is a code: +20, 0020 and 20 are
// the same calling code; the zeros of any other code count.
func (n *names) isCode(s string) bool {
	digits, plus, ok := language.ReadCode(s)
	switch {
	case n.calling && !ok:
		number, ok := wholeNumber(s)
		return ok && strconv.FormatInt(number, 10) == n.code
	case !ok || n.code == "":
		return false
	case n.calling:
		return digits == n.code || !plus && digits == "00"+n.code
	}
	return !plus && digits == n.code
}

// asksTitle reports whether a question names a title: which king, which president.
func asksTitle(stem string) bool {
	for _, w := range fields(language.Normalise(language.StripIsolates(stem))) {
		if titleWords()[w] || titleWords()["ال"+w] {
			return true
		}
	}
	return false
}

var titleWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, t := range titleList() {
		m[t.text] = true
	}
	delete(m, "by")
	return m
})

// asksWho reports whether a question asks for a person.
func asksWho(stem string) bool {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	for i, w := range words {
		if whoWords[w] || i == 0 && w == "من" || strings.Contains(w, "谁") || strings.HasPrefix(w, "누구") || strings.HasPrefix(w, "누가") {
			return true
		}
	}
	return false
}

var whoWords = wordSet("who whom whose")

// nameParticles stand before a family name and belong to it.
var nameParticles = wordSet("van von der den de da di del della du des la le dos das do bin ibn al el ter ten zu af av mac o")

// titlesOfPeople stand before the name of a person and may be left out.
var titlesOfPeople = wordSet("doctor professor mister mrs ms miss sir dame lord lady captain general colonel major sergeant president senator governor king queen emperor pope prince princess")

// withoutTitle returns the name of a person without the title before it, and with the title and
// the last word alone: John Watson and Doctor Watson.
func withoutTitle(name string) []string {
	words := strings.Fields(canonical(language.Normalise(name), romanIn(name)))
	if len(words) < 3 || !titlesOfPeople[words[0]] || numeralsOf(strings.Join(words, " ")) != "" {
		return nil
	}
	return []string{strings.Join(words[1:], " "), words[0] + " " + words[len(words)-1]}
}

// classOf returns the words of a question that may name the class of what it asks for: river of
// "Which river …?", نهر of "ما أطول نهر …؟".
func classOf(stem string) []string {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	for i, w := range words {
		if (w == "which" || w == "what") && i+1 < len(words) && !endsNoun[words[i+1]] {
			return words[i+1 : i+2]
		}
	}
	if len(words) > 1 && alphabetOf(words[0]) == arabicAlphabet {
		return words[1:min(len(words), 3)]
	}
	return nil
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
	for i > 1 && (nameParticles[strings.ToLower(words[i-1])] || words[i-1] == "达" || words[i-1] == "德" || words[i-1] == "冯") {
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
	for len(words) > 1 && nameSuffixes[strings.ToLower(strings.Trim(words[len(words)-1], ".,"))] {
		words = words[:len(words)-1]
	}
	if len(words) < 2 || len(words) > 5 || strings.ContainsAny(name, ",&+/0123456789()（）") {
		return nil
	}
	for i, w := range words {
		low := strings.ToLower(strings.Trim(w, ".,"))
		latin := alphabetOf(language.Normalise(w)) == latinAlphabet
		switch {
		case latin && nameParticles[low]:
		case latin && w == low, joins[low], articles[low] == usual, low == "of", placeWords[low]:
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
	nameSuffixes = wordSet("jr sr junior senior ii iii iv esq phd md")
	placeWords   = wordSet("new old north south east west great upper lower mount mt saint st fort ft lake river cape port san santa los las el")
)
