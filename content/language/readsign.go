package language

import "strings"

// cutSign takes the sign from the beginning of a number, in signs or in words, and reports
// whether it was a minus.
func cutSign(s string) (rest string, negative bool) {
	if s = strings.TrimLeft(strings.TrimPrefix(s, "≈"), "=~ "); s == "" {
		return "", false
	}
	switch {
	case s[0] == '-' && len(s) > 1:
		return strings.TrimLeft(s[1:], " "), true
	case s[0] == '+':
		return s[1:], false
	case digit(s[0]):
		return s, false
	}
	if rest, ok := cutAnyPrefix(s, readers().words.minus); ok {
		return rest, true
	}
	rest, _ = cutAnyPrefix(s, readers().words.plus)
	return rest, false
}

// cutBelowZero takes words such as "below zero" from the end of an amount.
func cutBelowZero(s string) (string, bool) { return cutAnySuffix(s, readers().words.belowZero) }
