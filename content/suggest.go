package content

import (
	"slices"
	"strings"

	"summitquiz/content/language"
)

// didYouMean returns a hint that names the known word nearest to a misspelt one, or noHint.
func didYouMean(word string, known []string) phrase {
	if near := language.Nearest(word, known); near != "" {
		return say("did you mean %s?", near)
	}
	return noHint
}

// oneOf returns a hint that lists the words to choose from, or the nearest if there is one.
func oneOf(word string, known []string) phrase {
	if h := didYouMean(word, known); h.format != "" {
		return h
	}
	return say("write one of %s", strings.Join(known, ", "))
}

// guesses bounds the words that a report compares in all, so that a file of nothing but
// unknown ids is soon reported.
const guesses = 200_000

// suggest is didYouMean for long word lists.
func (r *report) suggest(word string, known []string) phrase {
	if r.guessed += len(known); r.guessed > guesses {
		return noHint
	}
	return didYouMean(word, known)
}

// sortedKeys returns the keys of a map in order, so that hints are the same every time.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
