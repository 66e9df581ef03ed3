package reader

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// The words of files stand in the files imports.yaml of the languages. Patterns are made of them on
// first use.

// Words returns the words of a list in all languages, English first.
func Words(list string) []string { return language.WordsOf("imports", list) }

// OneOf returns a piece of a pattern that matches one of the words of lists, the longest first.
func OneOf(lists ...string) string {
	var words []string
	for _, list := range lists {
		for _, w := range Words(list) {
			words = append(words, regexp.QuoteMeta(w))
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return "(?:" + strings.Join(words, "|") + ")"
}

// Pattern returns a pattern that is compiled on first use.
func Pattern(write func() string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(write()) })
}

// PatternOf returns the patterns of one name in the files of the languages as one.
func PatternOf(file, name string) func() *regexp.Regexp {
	return Pattern(func() string {
		var all []string
		for _, c := range language.All() {
			if s := language.TextIn(c, file, name); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, "|")
	})
}

// LineLabels returns a piece of a pattern that matches one of the first n letters which options on
// lines of their own are labelled with, beside those of Latin script, Korean consonants included.
func LineLabels(n int) string {
	var b strings.Builder
	for _, letters := range Words("line-labels") {
		r := []rune(letters)
		b.WriteString("|[" + string(r[:min(n, len(r))]) + "]")
	}
	return `[\x{3131}-\x{314E}]` + b.String()
}

// labels are the rows of letters that options are labelled with, by position.
var labels = sync.OnceValue(func() [][]string {
	var rows [][]string
	for _, row := range Words("label-rows") {
		rows = append(rows, strings.Fields(row))
	}
	return rows
})

// firstLabels returns the first n letters of the rows of labels that are not Latin, for a pattern.
func firstLabels(n int) string {
	var b strings.Builder
	for _, row := range labels()[1:] { // English first
		for _, l := range row[:min(n, len(row))] {
			b.WriteString(l)
		}
	}
	return b.String()
}

// numbersOf returns the words of a list with the digits that they stand for.
func numbersOf(lists ...string) map[string]string {
	out := map[string]string{}
	for _, list := range lists {
		for _, c := range language.All() {
			for _, p := range language.PairsIn(c, "imports", list) {
				out[p[0]] = p[1]
			}
		}
	}
	return out
}

// OrdinalWords are the words that say which option it is, counted from 1.
var OrdinalWords = sync.OnceValue(func() map[string]string { return numbersOf("ordinal-words") })

// Numbers are the words that stand for a number where options are counted.
var Numbers = sync.OnceValue(func() map[string]string { return numbersOf("number-words", "ordinal-words") })

// oneOfKeys is OneOf for the words of a list of pairs.
func oneOfKeys(list string) string {
	words := make([]string, 0, 8)
	for w := range numbersOf(list) {
		words = append(words, regexp.QuoteMeta(w))
	}
	slices.SortFunc(words, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return "(?:" + strings.Join(words, "|") + ")"
}
