package grade

import (
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
)

// articles are the words that may stand before a name in a language of Latin script and are no
// part of it. Those that are also another word of English, or belong to the names of many
// places, are only close where a name is written with a capital: Die Hard, El Salvador.
var articles = sync.OnceValue(func() map[string]articleUse {
	m := map[string]articleUse{}
	for _, w := range language.AnswerWords("articles-usual") {
		m[w] = usual
	}
	for _, w := range language.AnswerWords("articles-doubtful") {
		m[w] = careful
	}
	return m
})

type articleUse uint8

const (
	noArticle articleUse = iota
	usual
	careful
)

// cutArticle takes the article from the beginning of a normalised name.
func cutArticle(s string) (article, rest string) {
	if i := strings.IndexByte(s, ' '); i > 0 && articles()[s[:i]] != noArticle {
		return s[:i], s[i+1:]
	}
	if rest, ok := strings.CutPrefix(s, "l'"); ok && utf8.RuneCountInString(rest) > 2 {
		return "l'", rest
	}
	return "", s
}

// isEnglish reports whether an article is an English one, of which one is as good as another.
func isEnglish(article string) bool { return englishArticles()[article] }

var englishArticles = words("articles-english")

// withoutAl returns an Arabic text without the article before its words, normalised; "" if it
// has none. It needs the text as it is written: in ألمانيا the hamza shows that the beginning
// belongs to the word. doubtful reports that it may belong to the word of an article taken, as
// in التهاب.
func withoutAl(raw string) (plain string, doubtful bool) {
	if !strings.Contains(raw, "ال") {
		return "", false
	}
	words := strings.Fields(raw)
	changed := false
	for i, w := range words {
		lead := ""
		trimmed := strings.TrimLeft(w, "\"'«“(")
		rest, ok := strings.CutPrefix(trimmed, "ال")
		if !ok {
			if rest, ok = strings.CutPrefix(trimmed, "وال"); ok {
				lead = "و"
			}
		}
		if ok && utf8.RuneCountInString(rest) > 1 {
			doubtful = doubtful || ownAl(rest)
			words[i], changed = lead+rest, true
		}
	}
	if !changed {
		return "", false
	}
	return language.Normalise(strings.Join(words, " ")), doubtful
}

// ownAl reports whether what follows ال may be the rest of a word that begins with it: a noun
// of the eighth form (التزام, التهاب), or a name of God or of foreign origin (الله, الماس).
func ownAl(rest string) bool {
	letters := []rune(rest)
	return len(letters) == 4 && letters[0] == 'ت' && letters[2] == 'ا' || ownArticles()[rest]
}

var ownArticles = words("own-article")

// articleGender are the genders of the articles that have one.
var articleGender = paired("article-genders")

// genderOf returns the gender that a word of a vocabulary card has in brackets: m of gato (m).
func genderOf(text string) string {
	_, inside, ok := strings.Cut(text, "(")
	gender, rest, closed := strings.Cut(inside, ")")
	switch gender = strings.Trim(gender, ". "); {
	case !ok || !closed || rest != "":
	case gender == "m", gender == "f", gender == "n":
		return gender
	}
	return ""
}
