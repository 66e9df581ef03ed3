package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// nameLimit is how much of a name is shown, in UTF-16 code units.
const nameLimit = 48

// CleanName takes from a name what could disturb its surroundings: control characters, line
// breaks, direction marks and overrides, stacked marks beyond reason, length.
func CleanName(s string) string {
	var b strings.Builder
	space, marks := false, 0
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner && r != zeroWidthNonJoiner || r == unicode.ReplacementChar:
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > 3 {
				continue
			}
		default:
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return cut(b.String(), nameLimit)
}

// Joiners are part of how some names are written and of some emoji.
const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
)

// cut returns s in at most limit UTF-16 code units, with an ellipsis if something was cut.
func cut(s string, limit int) string {
	n := 0
	for i, r := range s {
		size := utf16.RuneLen(r)
		if n+size > limit {
			keep := 0
			n = 0
			for j, r := range s[:i] {
				if n += utf16.RuneLen(r); n <= limit-1 {
					keep = j + len(string(r))
				}
			}
			return s[:keep] + "…"
		}
		n += size
	}
	return s
}

// units is the length of s in UTF-16 code units, in which platforms count.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
