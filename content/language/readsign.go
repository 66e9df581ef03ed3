package language

import "strings"

// Words of numbers below and above zero, normalised.
var (
	minusWords = []string{"minus ", "negative ", "ناقص ", "سالب ", "마이너스", "영하", "음수", "负", "零下"}
	plusWords  = []string{"plus ", "positive ", "موجب ", "زائد ", "플러스", "영상", "正", "零上"}
	belowZero  = []string{" below zero", " below 0", " تحت الصفر", " دون الصفر", " below freezing"}
)

// cutSign takes the sign from the beginning of a number, in signs or in words, and reports
// whether it was a minus.
func cutSign(s string) (rest string, negative bool) {
	switch {
	case s[0] == '-' && len(s) > 1:
		return strings.TrimLeft(s[1:], " "), true
	case s[0] == '+':
		return s[1:], false
	case digit(s[0]):
		return s, false
	}
	for _, w := range minusWords {
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" {
			return strings.TrimLeft(rest, " "), true
		}
	}
	for _, w := range plusWords {
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" {
			return strings.TrimLeft(rest, " "), false
		}
	}
	return s, false
}

// cutBelowZero takes words such as "below zero" from the end of an amount.
func cutBelowZero(s string) (string, bool) {
	for _, w := range belowZero {
		if rest, ok := strings.CutSuffix(s, w); ok && rest != "" {
			return rest, true
		}
	}
	return s, false
}
