package language

import "strings"

// Words around a code, normalised.
var (
	codeBefore = []string{"number ", "no ", "no. ", "code ", "رقم ", "رمز ", "번호 ", "编号", "号码"}
	codeAfter  = []string{"번", "호", "号"}
)

// ReadCode reads a normalised text that is a code or a number by which something is called, and
// returns its digits as they stand, leading zeros included: "20" of +20, "007", "82" of 82번.
// Blanks and hyphens between the digits are dropped. plus reports whether a + stood before them.
func ReadCode(s string) (digits string, plus, ok bool) {
	if len(s) > longestUnit {
		return "", false, false
	}
	for _, w := range codeBefore {
		if rest, is := strings.CutPrefix(s, w); is {
			s = rest
			break
		}
	}
	for _, w := range codeAfter {
		if rest, is := strings.CutSuffix(s, w); is {
			s = rest
			break
		}
	}
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
