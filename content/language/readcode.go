package language

import "strings"

// ReadCode reads a normalised text that is a code or a number by which something is called, and
// returns its digits as they stand, leading zeros included: "20" of +20, "007", "82" of 82번.
// Blanks and hyphens between the digits are dropped. plus reports whether a + stood before them.
func ReadCode(s string) (digits string, plus, ok bool) {
	if len(s) > longestUnit {
		return "", false, false
	}
	s, _ = cutAnyPrefix(s, readers().words.codeBefore)
	s, _ = cutAnySuffix(s, readers().words.codeAfter)
	s, plus = strings.CutPrefix(s, "+")
	var b strings.Builder
	for i := range len(s) {
		switch {
		case digit(s[i]):
			b.WriteByte(s[i])
		case s[i] != ' ' && s[i] != '-' || b.Len() == 0:
			return "", false, false
		}
	}
	return b.String(), plus, b.Len() > 0
}
