package generate

import (
	"cmp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

// What questions say of themselves and what is looked for in texts stands in the files items.yaml
// of the languages.

// itemWords is what the items of one language say.
type itemWords struct {
	intros                            [quiz.KindCount]string // what is asked of the sentences that follow
	line                              string                 // before the things on a timeline
	asOf, accordingTo                 *language.Message      // before a question: of {day}, of {title}
	afterSource, afterFrame           string
	beforeFirst, afterLast, inBetween *language.Message // places of a timeline: of {a}, of {a} and {b}
	arrow, dash, pairs                string            // between the things of a sequence, of a pair, and pairs
	openings                          []string          // words that have a capital only at the beginning
	articles                          []string
}

// wordsOf are the words of each language, read on first use; what one does not have is English. TestItemWords
// holds that the files are right.
var wordsOf = sync.OnceValue(func() *[language.Count]itemWords {
	var all [language.Count]itemWords
	for _, c := range language.All() {
		text := func(key string) string {
			return cmp.Or(language.TextIn(c, "items", key), language.TextIn(language.English, "items", key))
		}
		message := func(key string, names ...string) *language.Message {
			m, err := language.Compile(c, text(key), names)
			if err != nil {
				panic(err)
			}
			return m
		}
		w := &all[c]
		*w = itemWords{
			line: text("timeline-line"), asOf: message("as-of", "day"), accordingTo: message("according-to", "title"),
			afterSource: text("ends-source"), afterFrame: text("ends-frame"),
			beforeFirst: message("before-first", "a"), afterLast: message("after-last", "a"), inBetween: message("between", "a", "b"),
			arrow: text("sequence-arrow"), dash: text("pair-dash"), pairs: text("pair-break"),
			openings: language.WordsIn(c, "items", "openings"), articles: language.WordsIn(c, "items", "articles-shown"),
		}
		for k := range w.intros {
			w.intros[k] = text(quiz.Kind(k).String())
		}
	}
	return &all
})

// searchWords are words of all languages that are looked for in texts.
type searchWords struct {
	common   []word             // carry nothing
	prefixes []string           // written with a word
	numerals map[int64][]string // small numbers in words
	afterGap [][]string         // particles after a consonant, after a vowel, and how both are written after a gap
	pairs    []pair             // particles after a consonant and after a vowel
	both     []string           // both forms of a particle, as nobody prints them
	gapName  string             // the particle after a gap that is also a name
}

// searchFor are the words looked for, read on first use.
var searchFor = sync.OnceValue(func() *searchWords {
	l := &searchWords{numerals: map[int64][]string{}, prefixes: language.WordsOf("items", "word-prefixes")}
	for _, s := range language.WordsOf("items", "common-words") {
		l.common = append(l.common, wordOf(withoutArticle(s)))
	}
	for _, c := range language.All() {
		for _, p := range language.PairsIn(c, "items", "small-numbers") {
			if n, err := strconv.ParseInt(p[1], 10, 64); err == nil {
				l.numerals[n] = append(l.numerals[n], p[0])
			}
		}
		l.afterGap = append(l.afterGap, language.PairsIn(c, "items", "gap-particles")...)
		for _, list := range []string{"particle-pairs", "rieul-pairs"} {
			for _, p := range language.PairsIn(c, "items", list) {
				l.pairs = append(l.pairs, pair{p[0], p[1], list == "rieul-pairs"})
				if utf8.RuneCountInString(p[0]) == 1 {
					l.both = append(l.both, p[0]+"("+p[1]+")", p[1]+"("+p[0]+")")
				}
			}
		}
		l.gapName += language.TextIn(c, "items", "gap-name")
	}
	return l
})

// wordOf is the hash of a text as one word.
func wordOf(s string) word {
	h := wordSeed
	for _, r := range s {
		if r = fold(r); r != 0 {
			h = step(h, r)
		}
	}
	return h
}

// withoutArticle takes the article off that appendWords leaves out.
func withoutArticle(s string) string {
	for _, a := range wordsOf()[language.Arabic].articles {
		if rest, ok := strings.CutPrefix(s, a); ok {
			return rest
		}
	}
	return s
}
