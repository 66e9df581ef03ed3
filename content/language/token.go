package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokens returns the words and numbers of a text with case, harakat, Arabic letter variants
// and digit sets folded. A change of script begins a new token, so APEC이 is two; a number keeps its
// decimal mark. Chinese characters come as one token a run: match them with Contains.
func Tokens(c Code, s string) []string { return tokens(ungroup(fold(s))) }

func tokens(s string) []string {
	var out []string
	start, kind := -1, noScript
	end := func(i int) {
		if start >= 0 {
			out = append(out, s[start:i])
		}
		start, kind = -1, noScript
	}
	for i, r := range s {
		k := scriptOf(r)
		switch {
		case k == noScript && kind == digitScript && numberMark(s, i):
		case k == noScript:
			end(i)
		case k == markScript && start >= 0:
		case kind == latinScript && k == digitScript, kind == digitScript && k == latinScript:
			kind = latinScript // G20, 8th
		case k != kind:
			end(i)
			start, kind = i, k
		}
	}
	end(len(s))
	return out
}

type script uint8

const (
	noScript script = iota
	latinScript
	digitScript
	arabicScript
	hangulScript
	hanScript
	otherScript
	markScript
)

func scriptOf(r rune) script {
	switch {
	case r < utf8.RuneSelf && r|0x20 >= 'a' && r|0x20 <= 'z':
		return latinScript
	case r < utf8.RuneSelf:
		if r >= '0' && r <= '9' {
			return digitScript
		}
		return noScript
	case r >= 0xAC00 && r <= 0xD7A3:
		return hangulScript
	case r >= 0x4E00 && r <= 0x9FFF: // most of what is read is told by its block alone
		return hanScript
	case r >= 0x0620 && r <= 0x064A && r != 0x0640:
		return arabicScript
	case unicode.IsDigit(r):
		return digitScript
	case unicode.Is(unicode.Han, r):
		return hanScript
	case unicode.IsMark(r):
		return markScript
	case !unicode.IsLetter(r):
		return noScript
	case unicode.Is(unicode.Arabic, r):
		return arabicScript
	case unicode.Is(unicode.Latin, r):
		return latinScript
	}
	return otherScript
}

// ungroup drops the commas of grouped numbers: 1,200 is 1200.
func ungroup(s string) string {
	if !strings.Contains(s, ",") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] == ',' && numberMark(s, i) && digitAt(s, i+2) && digitAt(s, i+3) && !digitAt(s, i+4) {
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}
