package language

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// knownPrefix reports whether s is an Arabic prefix that may be joined to a value: one of
// ل ب ك و ف, or و or ف before one of the first three.
func knownPrefix(s string) bool {
	runes := []rune(s)
	switch len(runes) {
	case 1:
		return strings.ContainsRune("لبكوف", runes[0])
	case 2:
		return strings.ContainsRune("وف", runes[0]) && strings.ContainsRune("لبك", runes[1])
	}
	return false
}

// joinPrefix sets prefix before dst[at:]. ل swallows the alef of the article: ل + الصين is
// للصين, ل + اللجنة is للجنة. Before digits and Latin letters a tatweel joins it: لـ70, بـAPEC.
func joinPrefix(dst []byte, at int, prefix string) []byte {
	body := string(dst[at:])
	first, _ := utf8.DecodeRuneInString(body)
	switch {
	case !unicode.Is(unicode.Arabic, first) || !unicode.IsLetter(first):
		prefix = reaching(prefix)
	case strings.HasSuffix(prefix, "ل") && strings.HasPrefix(body, "ال") && !slices.Contains(rootAlef, firstWord(body)):
		body = strings.TrimPrefix(body, "ا")
		if strings.HasPrefix(body, "لل") {
			body = strings.TrimPrefix(body, "ل")
		}
	}
	return append(append(dst[:at], prefix...), body...)
}

// reaching gives a prefix the tatweel that joins it to what is no Arabic letter. و joins
// nothing after it, so it needs none.
func reaching(prefix string) string {
	if prefix == "" || strings.HasSuffix(prefix, "و") {
		return prefix
	}
	return prefix + "ـ"
}

// Names whose ال is no article. ("ألمانيا" has a hamza and never matches.)
var rootAlef = []string{"الياس", "الفيس", "الينوي", "الماتي", "الباسو"}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}
