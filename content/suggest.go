package content

import (
	"slices"

	"summitquiz/content/language"
)

func didYouMean(word string, known []string) string { return language.DidYouMean(word, known) }

func oneOf(word string, known []string) string { return language.OneOf(word, known) }

// guesses bounds the words that a report compares in all, so that a file of nothing but
// unknown ids is soon reported.
const guesses = 200_000

// suggest is didYouMean for long word lists.
func (r *report) suggest(word string, known []string) string {
	if r.guessed += len(known); r.guessed > guesses {
		return ""
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
