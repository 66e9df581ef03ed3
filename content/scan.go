package content

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// scan looks at the bytes of a file before anything parses them: encoding, control characters
// and characters that nobody sees. It reports each and returns text that is safe to parse on,
// with a replacement character for every bad one, so that the rest of the file is checked in
// the same run.
func (r *report) scan(file string, data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte("\xFE\xFF")) || bytes.HasPrefix(data, []byte("\xFF\xFE")) {
		r.add(&Problem{File: file, Line: 1, Column: 1, message: say("the file is UTF-16"), hint: say("save it as UTF-8")})
		return nil
	}
	var clean []byte // a copy, made at the first bad character
	line, column := 1, 1
	for i := 0; i < len(data); {
		c := data[i]
		if c >= 0x20 && c < 0x7F {
			i++
			column++
			continue
		}
		if c == '\n' {
			line++
			i++
			column = 1
			continue
		}
		if c == '\t' || c == '\r' && i+1 < len(data) && data[i+1] == '\n' {
			i++
			column++
			continue
		}
		u, size := utf8.DecodeRune(data[i:])
		what, hint := badRune(u, size)
		if what.format == "" || u == zeroWidthJoiner && joinsEmoji(data[:i]) {
			i += size
			column++
			continue
		}
		r.add(&Problem{File: file, Line: line, Column: column, message: what, hint: hint})
		if clean == nil {
			clean = bytes.Clone(data)
		}
		copy(clean[i:], standIn[size-1]) // as long in bytes and in characters, so places stay right
		i += size
		column++
	}
	if clean != nil {
		return clean
	}
	return data
}

// standIn holds a harmless character of each length in UTF-8.
var standIn = [...]string{"x", "é", "\uFFFD", "🐛"}

const zeroWidthJoiner = '\u200D'

// joinsEmoji reports whether the text before a zero-width joiner ends in an emoji, where the
// joiner is part of what people see.
func joinsEmoji(before []byte) bool {
	u, _ := utf8.DecodeLastRune(before)
	return u == '\uFE0F' || u >= 0x1F000 && u < 0x20000 || unicode.Is(unicode.So, u)
}

// badRune says what is wrong with a character: nothing, for almost all. size is 1 for a byte
// that is no UTF-8.
func badRune(u rune, size int) (what, hint phrase) {
	switch {
	case u == utf8.RuneError && size <= 1:
		return say("this byte is not UTF-8"), say("save the file as UTF-8")
	case u < 0x20 || u >= 0x7F && u < 0xA0:
		return say("control character %U", u), say("remove it")
	case u < 0xAD:
		return noHint, noHint
	case u >= 0x202A && u <= 0x202E:
		return say("bidi override %U: text could read other than it is", u),
			say("remove it; direction is added where the text is shown")
	case u >= 0x2066 && u <= 0x2069, u == 0x200E, u == 0x200F, u == 0x061C:
		return say("invisible direction mark %U", u), say("remove it; direction is added where the text is shown")
	case u == 0xAD, u == 0x180E, u >= 0x200B && u <= 0x200D, u == 0x2060, u == 0xFEFF, u >= 0xFFF9 && u <= 0xFFFB,
		u >= 0xE0000 && u <= 0xE007F, u == 0x3164, u == 0xFFA0, u == 0x115F, u == 0x1160, u >= 0x2061 && u <= 0x2064:
		return say("invisible character %U", u), say("remove it")
	case u == 0x2028 || u == 0x2029 || u == 0x85:
		return say("line separator %U", u), say("use a plain line break")
	case u&0xFFFE == 0xFFFE, u >= 0xFDD0 && u <= 0xFDEF:
		return say("%U is not a character", u), say("remove it")
	}
	return noHint, noHint
}

// firstBad returns what is wrong with the first bad character of a decoded text: an escape
// such as "\u202E" brings in what scan cannot see. Line breaks and tabs are left to the caller.
func firstBad(s string) (what, hint phrase, at int) {
	for i, u := range s {
		if u >= 0x20 && u < 0x7F || u == '\n' || u == '\t' {
			continue
		}
		size := utf8.RuneLen(u)
		if u == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		if u == zeroWidthJoiner && joinsEmoji([]byte(s[:i])) {
			continue
		}
		if what, hint := badRune(u, size); what.format != "" {
			return what, hint, i
		}
	}
	return noHint, noHint, -1
}
