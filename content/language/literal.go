package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// literal appends an op for text of the author, prepared for every style.
func (m *Message) literal(s string) {
	o := op{kind: opLiteral, text: s}
	o.isolate = int8(strings.Count(s, fsi) - strings.Count(s, pdi))
	if m.lang.rtl {
		o.text = isolateLatin(string(m.lang.appendDigits(nil, s, Style{})), m.isolated)
		indic := string(m.lang.appendDigits(nil, o.text, Style{Digits: ArabicIndic}))
		if indic != s || o.text != s {
			o.styles = &styles{indic: indic, plain: StripIsolates(o.text), plainIndic: StripIsolates(indic)}
		}
	}
	m.isolated = m.isolated && o.isolate == 0 || o.isolate > 0
	m.ops = append(m.ops, o)
}

// isolateLatin puts each run of left-to-right words, and each number with a sign, in an
// isolate. Ranges such as 5–7 stay as they are: a reader of Arabic wants the 5 on the right,
// and so do the isolates that the author wrote. inside reports that s begins within one.
func isolateLatin(s string, inside bool) string {
	var out []byte
	for i := 0; i < len(s); {
		end, isolated := leftToRightRun(s, i)
		if inside = inside || strings.HasPrefix(s[i:], fsi); inside {
			end, isolated = len(s), false
			if n := strings.Index(s[i:], pdi); n >= 0 {
				end, inside = i+n+len(pdi), false
			}
		}
		if isolated {
			out = Isolate(out, s[i:end])
		} else {
			out = append(out, s[i:end]...)
		}
		i = end
	}
	return string(out)
}

// leftToRightRun returns the end of the piece of s that begins at i, at least one character
// long, and whether it needs an isolate.
func leftToRightRun(s string, i int) (end int, isolated bool) {
	if end := latinEnd(s, i); end > i {
		return end, true
	}
	if end, signed := numberEnd(s, i); end > i {
		return end, signed
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size, false
}

// latinEnd returns the end of the left-to-right words that begin at i, with the spaces,
// numbers and signs between them, or i. Digits may lead only where they touch a letter: 5G.
func latinEnd(s string, i int) int {
	end, latin := i, false
	for j := i; j < len(s); {
		r, size := utf8.DecodeRuneInString(s[j:])
		p, _ := bidi.LookupRune(r)
		switch class := p.Class(); {
		case class == bidi.AL, class == bidi.R, class == bidi.AN, r == '\n', strings.ContainsRune(directionSigns().openings, r):
			return end
		case leftToRight(r):
			latin = true
		case unicode.IsDigit(r), latin:
		default:
			return end
		}
		j += size
		if latin && (leftToRight(r) || unicode.IsDigit(r) || attached(r) && end == j-size) {
			end = j
		}
	}
	return end
}

// numberEnd returns the end of the number that begins at i, or i, and whether a sign is
// attached to it.
func numberEnd(s string, i int) (end int, signed bool) {
	end = i
	if r, size := utf8.DecodeRuneInString(s[i:]); attached(r) {
		end, signed = i+size, true
	}
	digits := end
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		next, _ := utf8.DecodeRuneInString(s[end+size:])
		if !unicode.IsDigit(r) && !(end > digits && strings.ContainsRune(".,٫٬", r) && unicode.IsDigit(next)) {
			break
		}
		end += size
	}
	if end == digits {
		return i, false
	}
	if r, size := utf8.DecodeRuneInString(s[end:]); attached(r) {
		end, signed = end+size, true
	}
	return end, signed
}

// attached reports whether r is a sign that belongs to the digits beside it.
func attached(r rune) bool { return strings.ContainsRune(directionSigns().attached, r) }

func leftToRight(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.L && unicode.IsLetter(r)
}
