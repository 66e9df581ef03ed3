package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// twins maps letters of Cyrillic and Greek to the Latin letters that look the same in print.
var twins = func() map[rune]rune {
	m := map[rune]rune{}
	from := []rune("аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅοναικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
	to := []rune("aeopcyxijsdhqwABEKMHOPCTYXIJSovaikptuxABEZHIKMNOPTYX")
	for i, r := range from {
		m[r] = to[i]
	}
	return m
}()

// skeleton is what a text looks like: two texts with one skeleton cannot be told apart.
func skeleton(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if t, ok := twins[r]; ok {
			return t
		}
		return r
	}, norm.NFKC.String(s))
}

// isTwin reports whether two texts look the same but are written with other letters.
func isTwin(a, b string) bool {
	return !strings.EqualFold(a, b) && skeleton(strings.ToLower(a)) == skeleton(strings.ToLower(b))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// disguise finds the first character of a text that looks like another one: a space that is not
// a plain one, or a letter of another script inside a word. It returns an empty what where
// there is none.
func disguise(s string) (what, hint phrase, at int) {
	if isASCII(s) {
		return noHint, noHint, 0
	}
	start := -1
	for i, r := range s + " " {
		switch {
		case r == '\u00A0' || r == '\u202F' || r == '\u2007':
			return say("no-break space %U", r), say("write a plain space"), i
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
		case start >= 0:
			if odd, offset := stranger(s[start:i]); odd != 0 {
				return say("%q holds the letter %q (%U), which only looks like %q", show(s[start:i]), odd, odd, twins[odd]),
					say("type the word again in one script"), start + offset
			}
			start = -1
		}
	}
	return noHint, noHint, 0
}

// stranger returns the first letter of a word that has a twin in the script of the others, if
// the word mixes Latin with Cyrillic or Greek and all letters of the rarer script have twins.
func stranger(word string) (odd rune, at int) {
	latin, foreign, paired := 0, 0, 0
	for i, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Greek, r):
			foreign++
			if twins[r] != 0 {
				if paired == 0 {
					odd, at = r, i
				}
				paired++
			}
		}
	}
	if latin == 0 || paired == 0 || paired < foreign && latin > 1 {
		return 0, 0
	}
	return odd, at
}
