package language

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// known reports whether s may be joined to a value: one of ل ب ك و ف, or و or ف before one of
// the first three.
func (p *prefixes) known(s string) bool {
	runes := []rune(s)
	switch len(runes) {
	case 1:
		return strings.ContainsRune(p.genitive, runes[0]) || strings.ContainsRune(p.leading, runes[0])
	case 2:
		return strings.ContainsRune(p.leading, runes[0]) && strings.ContainsRune(p.genitive, runes[1])
	}
	return false
}

// joinPrefix sets prefix before dst[at:]. ل swallows the alef of the article: ل + الصين is
// للصين, ل + اللجنة is للجنة. Before digits and Latin letters a tatweel joins it: لـ70, بـAPEC.
func (l *Language) joinPrefix(dst []byte, at int, prefix string) []byte {
	body := string(dst[at:])
	first, _ := utf8.DecodeRuneInString(body)
	switch {
	case !unicode.Is(unicode.Arabic, first) || !unicode.IsLetter(first):
		prefix = reaching(prefix)
	case l.prefixes != nil && strings.HasSuffix(prefix, "ل") && strings.HasPrefix(body, "ال") && !slices.Contains(l.prefixes.rootAlef, firstWord(body)):
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

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}
