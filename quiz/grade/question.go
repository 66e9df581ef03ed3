package grade

import (
	"slices"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// What a question says of its answer: that it is a person, several things, a river, or a word of
// another language. Questions are read as players see them.

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

// asksSeveral reports whether a question asks for more than one thing.
func asksSeveral(stem string) bool {
	s := language.Normalise(language.StripIsolates(stem))
	words := fields(s)
	for _, w := range words {
		if severalWords()[w] {
			return true
		}
	}
	if len(words) > 1 && severalAfter()[words[0]] && endsIn(words[1], severalEnds()...) {
		return true // ما مدينتا
	}
	for _, part := range severalParts() {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

var (
	severalWords = words("asks-several")
	severalParts = list("asks-several-parts")
	severalAfter = words("asks-several-after") // before a noun in the dual
	severalEnds  = list("dual-endings")
)

// asksWho reports whether a question asks for a person.
func asksWho(stem string) bool {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	for i, w := range words {
		if whoWords()[w] || i == 0 && whoFirst()[w] || holdsAny(w, whoParts()) || beginsWithAny(w, whoBegins()) {
			return true
		}
	}
	return false
}

// asksWhere reports whether a question asks for a place.
func asksWhere(stem string) bool {
	s := language.Normalise(language.StripIsolates(stem))
	return slices.ContainsFunc(fields(s), func(w string) bool { return placesAsked()[strings.TrimSuffix(w, "'s")] }) || holdsAny(s, placeParts())
}

// placesAsked are words of a question for a place; placeParts stand anywhere in one.
var (
	placesAsked = words("asks-where")
	placeParts  = list("asks-where-parts")
)

var (
	whoWords  = words("asks-who")
	whoFirst  = words("asks-who-first")
	whoBegins = list("asks-who-begins")
	whoParts  = list("asks-who-parts")
)

func holdsAny(s string, parts []string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}

func beginsWithAny(s string, begins []string) bool {
	return slices.ContainsFunc(begins, func(p string) bool { return strings.HasPrefix(s, p) })
}

// classOf returns the words of a question that may name the class of what it asks for: river of
// "Which river …?", نهر of "ما أطول نهر …؟".
func classOf(stem string) []string {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	for i, w := range words {
		if whichWords()[w] && i+1 < len(words) && !endsNoun()[words[i+1]] {
			if same, ok := classNames()[words[i+1]]; ok {
				return []string{words[i+1], same}
			}
			return words[i+1 : i+2]
		}
	}
	if len(words) > 1 && alphabetOf(words[0]) == arabicAlphabet {
		return words[1:min(len(words), 3)]
	}
	return nil
}

// wheresOf returns what follows "of" and "in" in an English question, up to three words each: the
// capital of Egypt.
func wheresOf(stem string) map[string]bool {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	var out map[string]bool
	for i, w := range words {
		if !whereWords()[w] {
			continue
		}
		for n := 1; n <= 3 && i+n < len(words); n++ {
			if out == nil {
				out = map[string]bool{}
			}
			out[strings.TrimPrefix(strings.Join(words[i+1:i+1+n], " "), "the ")] = true
		}
	}
	return out
}

// classNames are how names call what questions call otherwise.
var classNames = paired("class-names")

var (
	whichWords = words("which-words")
	whereWords = words("where-words")
)

// otherLanguages are the languages whose words an English question may ask for. The endings of
// such words are not those of English.
var otherLanguages = words("other-languages")

// asksForWord reports whether a question asks for a word of another language.
func asksForWord(stem string) bool {
	words := fields(language.Normalise(stem))
	for i, w := range words {
		if otherLanguages()[strings.Trim(w, "'\"()")] && (i > 0 && words[i-1] == "in" || i+1 < len(words) && wordWords()[words[i+1]]) {
			return true
		}
	}
	return false
}

// wordWords follow the name of a language in a question for one of its words.
var wordWords = words("asks-for-a-word")
