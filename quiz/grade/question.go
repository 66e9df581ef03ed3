package grade

import (
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
	for _, w := range fields(s) {
		if severalWords()[w] {
			return true
		}
	}
	for _, part := range [...]string{"哪两", "哪些", "两种", "两个", "两位", "两大", "分别",
		"무엇과", "누구와", "무엇무엇", "들은 ", "들이 ", "عنصرا", "عنصران", "لونا", "اسما", "اللذان", "اللتان"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

var severalWords = words("asks-several")

// asksWho reports whether a question asks for a person.
func asksWho(stem string) bool {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	for i, w := range words {
		if whoWords()[w] || i == 0 && w == "من" || strings.Contains(w, "谁") || strings.HasPrefix(w, "누구") || strings.HasPrefix(w, "누가") {
			return true
		}
	}
	return false
}

var whoWords = words("asks-who")

// classOf returns the words of a question that may name the class of what it asks for: river of
// "Which river …?", نهر of "ما أطول نهر …؟".
func classOf(stem string) []string {
	words := fields(language.Normalise(language.StripIsolates(stem)))
	for i, w := range words {
		if (w == "which" || w == "what") && i+1 < len(words) && !endsNoun[words[i+1]] {
			if same, ok := classNames[words[i+1]]; ok {
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
		if w != "of" && w != "in" {
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
var classNames = map[string]string{"mountain": "mount", "peak": "mount", "volcano": "mount"}

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
