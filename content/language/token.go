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
	case unicode.IsDigit(r):
		return digitScript
	case r < utf8.RuneSelf:
		return noScript
	case r >= 0xAC00 && r <= 0xD7A3:
		return hangulScript
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

// fold makes equal what a reader takes for the same word of a shown text. It does less than
// Normalise, which is for what people type, and costs little.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			if r >= 'A' && r <= 'Z' {
				return r + 'a' - 'A'
			}
			return r
		case r >= 0xAC00 && r <= 0xD7A3, r >= 0x4E00 && r <= 0x9FFF:
			return r
		case r >= 0x0600 && r <= 0x06FF:
			return foldArabic(r)
		case r >= 0xFF10 && r <= 0xFF19:
			return r - 0xFF10 + '0'
		case r >= 0x200B && r <= 0x200F, r >= 0x2060 && r <= 0x2069, r == 0xFEFF, r == 0xAD:
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// foldArabic folds the letters that writers interchange, drops harakat, tatweel and marks,
// and gives digits and number marks their ASCII form.
func foldArabic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case '٫':
		return '.'
	case '٬':
		return ','
	case '\u0640', '\u061C', '\u0670':
		return -1
	}
	switch {
	case r >= 0x064B && r <= 0x065F:
		return -1
	case r >= 0x0660 && r <= 0x0669:
		return r - 0x0660 + '0'
	case r >= 0x06F0 && r <= 0x06F9:
		return r - 0x06F0 + '0'
	}
	return r
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
