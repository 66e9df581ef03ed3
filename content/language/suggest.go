package language

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// most is how many known words are compared, so that reporting a file full of unknown ids stays cheap.
const most = 5000

// Nearest returns the one of known that word is most likely a slip of, the first in the order of
// the alphabet among equally near ones, or "" if none is near. Case does not count. A word of
// one or two letters is near to too many.
func Nearest(word string, known []string) string {
	limit := utf8.RuneCountInString(word) / 4
	if len(word) > 2 {
		limit++
	}
	typed := []rune(strings.ToLower(word))
	best := ""
	for _, k := range known[:min(len(known), most)] {
		if d := len(k) - len(word); d > 4*limit || -d > 4*limit {
			continue
		}
		switch d := Distance(typed, []rune(strings.ToLower(k)), limit); {
		case d < limit, d == limit && best == "", d == limit && k < best:
			best, limit = k, d
		}
	}
	return best
}

// DidYouMean returns a hint that names the nearest of the known words, or "" if none is near.
func DidYouMean(word string, known []string) string {
	if near := Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// OneOf returns a hint that names the nearest of the known words, or all of them if none is near.
func OneOf(word string, known []string) string {
	return or(DidYouMean(word, known), "write one of "+strings.Join(slices.Clip(known), ", "))
}
