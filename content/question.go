package content

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"summitquiz/content/language"
)

// What the words of a card's question say about its answer stands in the files questions.yaml of
// the languages.

// questionWords is what is looked for in the questions of one language.
type questionWords struct {
	counts, years              []string
	first, firstThree, another []string // question words at the beginning, among the first three, anywhere
	ends                       []string // of questions that have another
	among                      *regexp.Regexp
	amongHints                 []string // a question that among finds has one of these
}

// questions are the words of all languages, read on first use.
var questions = sync.OnceValue(func() *[language.Count]questionWords {
	var all [language.Count]questionWords
	for _, c := range language.All() {
		list := func(name string) []string { return language.WordsIn(c, "questions", name) }
		all[c] = questionWords{
			list("asks-count"), list("asks-year"), list("opens-with"), list("opens-within-three"), list("opens-anywhere"), list("question-ends"),
			regexp.MustCompile(cmp.Or(language.TextIn(c, "questions", "asks-among"), never)), list("among-hints"), // TestQuestionWords holds that they are right
		}
	}
	return &all
})

// never matches nothing: for a language that has no words for options.
const never = `[^\s\S]`

// AsksAmong reports whether a question in language c speaks of options to choose from, as
// "Which of these is a bird?" does.
func AsksAmong(c language.Code, question string) bool {
	question = strings.ToLower(question)
	w := &questions()[c]
	if len(w.amongHints) > 0 && !slices.ContainsFunc(w.amongHints, func(hint string) bool { return strings.Contains(question, hint) }) {
		return false
	}
	return w.among.MatchString(question)
}

func asksCount(question language.Text) bool {
	return mentions(question, func(w *questionWords) []string { return w.counts })
}

func asksYear(question language.Text) bool {
	return mentions(question, func(w *questionWords) []string { return w.years })
}

func mentions(question language.Text, words func(*questionWords) []string) bool {
	for c, text := range question {
		if text == "" {
			continue
		}
		text = strings.ToLower(text)
		if slices.ContainsFunc(words(&questions()[c]), func(w string) bool { return strings.Contains(text, w) }) {
			return true
		}
	}
	return false
}

// asksOpenly reports whether a question wants more than yes or no: it has a question word near
// its beginning, in Korean and Chinese anywhere.
func asksOpenly(question language.Text) bool {
	for c, text := range question {
		if text != "" && questions()[c].open(text) {
			return true
		}
	}
	return false
}

func (w *questionWords) open(text string) bool {
	if slices.ContainsFunc(w.ends, func(end string) bool { return strings.HasSuffix(text, end) }) &&
		slices.ContainsFunc(w.another, func(word string) bool { return strings.Contains(text, word) }) {
		return true
	}
	if len(w.first) == 0 && len(w.firstThree) == 0 {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(u rune) bool { return !unicode.IsLetter(u) && !unicode.IsMark(u) })
	return len(words) > 0 && slices.Contains(w.first, words[0]) ||
		slices.ContainsFunc(words[:min(len(words), 3)], func(s string) bool { return slices.Contains(w.firstThree, s) })
}

// isSentence reports whether a text is long enough to be judged: one word alone is a name or a
// piece of vocabulary.
func isSentence(text string) bool {
	text = strings.TrimSpace(text)
	for _, u := range text {
		if unicode.In(u, unicode.Han, unicode.Hangul) {
			return language.Letters(text) >= 4
		}
	}
	return strings.ContainsAny(text, " \t\n")
}
