package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalise cleans and folds what a person typed, so that equal answers become equal strings:
// compatibility forms, case, invisible characters, chat markup, vowel marks, accents, Arabic
// and Persian letter variants, digit sets, traditional Chinese, kinds of quotes, dashes and
// spaces, and punctuation around the whole. What is left is lower case with single blanks.
func Normalise(s string) string {
	if plainASCII(s) {
		return trimAround(strings.ToLower(s))
	}
	s = norm.NFKC.String(removeInvisible(openForms(s)))
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	before := rune(0) // the letter that a mark stands on
	folds := foldings()
	for _, r := range norm.NFD.String(s) {
		if mark := unicode.IsMark(r) && makesLetter(before, r); !mark {
			if r = folds.typedRune(r); r < 0 {
				continue
			}
			before = r
		}
		if r == ' ' {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		if two, ok := folds.twoLetters[r]; ok {
			b.WriteString(two)
		} else {
			b.WriteRune(r)
		}
	}
	s = norm.NFC.String(b.String())
	for {
		t := s
		if strings.ContainsAny(s, "'|*_~`\\") {
			t = markup.Replace(s)
		}
		t = trimAround(t)
		if t == s {
			return s
		}
		s = t
	}
}

// plainASCII reports whether folding s is lower-casing it: most of what is typed in English.
func plainASCII(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf, c < ' ', c == '*', c == '_', c == '~', c == '|', c == '`', c == '\\':
			return false
		case (c == ' ' || c == '\'') && i > 0 && s[i-1] == c:
			return false
		}
	}
	return true
}

// openForms writes out the signs that compatibility forms would run together with the digits
// before them: 3½ as 3 ½, 10⁸ as 10^⁸. A double prime is a mark of inches, and ** between digits
// is a power, no markup.
func openForms(s string) string {
	var b strings.Builder
	from := 0 // s[from:i] is still to be copied
	var before rune
	raised := false
	for i, r := range s {
		sign := ""
		switch {
		case fractionRune(r) && unicode.IsDigit(before):
			sign = " "
		case raisedRune(r):
			if unicode.IsDigit(before) && !raised {
				sign = "^"
			}
		case r == '*' && unicode.IsDigit(before) && strings.HasPrefix(s[i:], "**") && digitAt(s, i+2):
			b.WriteString(s[from:i] + "^")
			from = i + 2
		case r == '″':
			b.WriteString(s[from:i] + `"`)
			from = i + utf8.RuneLen(r)
		}
		if sign != "" {
			b.WriteString(s[from:i] + sign)
			from = i
		}
		raised = raisedRune(r)
		before = r
	}
	if from == 0 && b.Len() == 0 {
		return s
	}
	return b.String() + s[min(from, len(s)):]
}

func fractionRune(r rune) bool {
	return r >= '¼' && r <= '¾' || r >= 0x2150 && r <= 0x215F || r == 0x2189
}

// raisedRune reports whether r is a digit or sign of an exponent.
func raisedRune(r rune) bool {
	return r == '¹' || r == '²' || r == '³' || r == 0x2070 || r >= 0x2074 && r <= 0x207B
}

// markup is what chat programs use to mark up text; two apostrophes are a quotation mark.
var markup = strings.NewReplacer("''", `"`, "||", "", "**", "", "__", "", "~~", "", "`", "", "\\", "")

// removeInvisible drops what is not seen, before compatibility forms are composed: otherwise
// it would keep letters apart.
func removeInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u0640', r == '\u00AD', r == '\u20E3', r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE01EF:
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// makesLetter reports whether a mark makes another letter of the one that it stands on, so that
// leaving it out is another word: the voicing of kana, the vowel signs of Devanagari or Thai,
// the breve of й. Accents and the vowel points of Hebrew only help to read.
func makesLetter(before, mark rune) bool {
	switch {
	case mark == 0x0306:
		return before == 'и' || before == 'у'
	case mark == 0x0308:
		return before == 'і'
	case mark >= 0x0300 && mark <= 0x036F, mark >= 0x0483 && mark <= 0x0489, mark >= 0x0591 && mark <= 0x05C7,
		mark >= 0x0600 && mark <= 0x06FF, mark >= 0x08D3 && mark <= 0x08FF, mark >= 0x1AB0 && mark <= 0x1AFF,
		mark >= 0x1DC0 && mark <= 0x1DFF, mark >= 0x20D0 && mark <= 0x20FF, mark >= 0xFE00 && mark <= 0xFE2F:
		return false
	}
	return true
}

// around is the punctuation that does not count at the beginning and the end of an answer.
const around = " \"'.,;:!?()[]{}<>…¿¡*_|"

// trimAround takes away punctuation around the whole: quotes, brackets, marks at the end, dots
// of a list. A sign that belongs to a number stays: -5, .5, 6' and 72".
func trimAround(s string) string {
	for {
		t := trimRight(s)
		t = trimLeft(t, strings.Contains(s[len(t):], ">"))
		t = strings.TrimRight(t, "-~")
		for len(t) > 0 && (t[0] == '-' || t[0] == '~') {
			if rest := strings.TrimPrefix(t[1:], " "); numberFollows(rest) {
				t = t[:1] + rest
				break
			}
			t = strings.TrimLeft(t[1:], " ")
		}
		if t == s {
			break
		}
		s = t
	}
	if strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// trimLeft drops punctuation from the beginning, but not the decimal mark of .5. closed says that
// a > stood at the end.
func trimLeft(s string, closed bool) string {
	t := strings.TrimLeft(s, around)
	if at := len(s) - len(t) - 1; at >= 0 && digitAt(t, 0) && (s[at] == '>' || s[at] == '<') && !closed {
		return s[at:] // more or less than a number is not that number
	}
	cut := len(s) - len(t)
	if cut > 0 && digitAt(t, 0) && (s[cut-1] == '.' || s[cut-1] == ',') && (cut == 1 || s[cut-2] != s[cut-1]) {
		return s[cut-1:]
	}
	return t
}

// trimRight drops punctuation from the end, but not the sign of feet or inches after a digit.
func trimRight(s string) string {
	for t := s; ; s = t {
		if t = strings.TrimRight(s, "…"); t == "" {
			return t
		}
		last := len(t) - 1
		quote := t[last] == '\'' || t[last] == '"'
		if t[last] >= utf8.RuneSelf || !strings.Contains(around, t[last:]) || quote && last > 0 && digit(t[last-1]) && strings.IndexByte(t, t[last]) == last {
			return t
		}
		t = t[:last]
	}
}

// numberFollows reports whether s begins with a number, perhaps after a currency sign.
func numberFollows(s string) bool {
	for _, sign := range []string{"$", "€", "£", "¥", "₩", "₹"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			s = rest
			break
		}
	}
	return digitAt(s, 0) || len(s) > 1 && (s[0] == '.' || s[0] == ',') && digitAt(s, 1)
}

// Compact returns a normalised text without what does not count in names: blanks, hyphens,
// apostrophes, dots and commas.
func Compact(s string) string {
	if !strings.ContainsAny(s, " -'.,\"") {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\'', '.', ',', '"':
			return -1
		}
		return r
	}, s)
}
