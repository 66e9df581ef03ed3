package bot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// nameLimit is how much of a name is shown, in UTF-16 code units.
const nameLimit = 48

// CleanName removes from a name what could disturb its surroundings: control characters, line
// breaks, direction marks and overrides, stacked marks beyond reason, length.
func CleanName(s string) string { return CleanText(s, nameLimit) }

// CleanText is CleanName for text of another length, in UTF-16 code units.
func CleanText(s string, limit int) string {
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
	return language.Cut(b.String(), limit)
}

// Joiners are part of how some names are written and of some emoji.
const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
)
