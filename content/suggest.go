package content

import (
	"slices"
	"strings"
)

// didYouMean returns a hint that names the known word nearest to a misspelt one, or "" if
// none is near. It looks at no more than 5,000 words, so that a pack full of unknown ids
// stays cheap to report.
func didYouMean(word string, known []string) string {
	const most = 5000
	limit := (len(word) + 1) / 4 // a word of two letters is near to too many
	if len(word) > 3 {
		limit = 1 + len(word)/4
	}
	best, name := limit+1, ""
	lower := strings.ToLower(word)
	for i, k := range known {
		if i == most {
			break
		}
		if d := len(k) - len(word); d > limit || -d > limit {
			continue
		}
		if d := distance(lower, strings.ToLower(k)); d < best || d == best && name != "" && k < name {
			best, name = d, k
		}
	}
	if name == "" || best > limit {
		return ""
	}
	return "did you mean " + name + "?"
}

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

// oneOf returns a hint that lists the words to choose from, after the nearest if there is one.
func oneOf(word string, known []string) string {
	if h := didYouMean(word, known); h != "" {
		return h
	}
	return "write one of " + strings.Join(known, ", ")
}

// distance is the optimal string alignment distance of two short identifiers, in bytes.
func distance(a, b string) int {
	if len(a) > 80 || len(b) > 80 {
		return 80
	}
	var rows [3][81]int
	two, one, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := boolInt(a[i-1] != b[j-1])
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
		}
		two, one, row = one, row, two
	}
	return one[len(b)]
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
