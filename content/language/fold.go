package language

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// folding are the characters that are equal when texts are compared.
type folding struct {
	signs      map[rune]rune   // also letters with a stroke
	twoLetters map[rune]string // ß and its like
	han        map[rune]rune   // variants of simplified characters
	arabic     arabicFolds     // what a reader takes for the same
	typed      arabicFolds     // what people type for the same besides
}

// arabicFolds are what the characters from U+0600 to U+06FF are folded to; -1 drops one.
type arabicFolds [0x100]rune

var foldings = sync.OnceValue(func() *folding {
	f, err := readFolding(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return f
})

func readFolding(files fs.FS) (*folding, error) {
	f, err := readData(files, "folding.yaml")
	if err != nil {
		return nil, err
	}
	x := &folding{signs: map[rune]rune{}, twoLetters: map[rune]string{}, han: map[rune]rune{}}
	for i := range x.arabic {
		x.arabic[i] = 0x0600 + rune(i)
	}
	for r := rune(0x0660); r <= 0x0669; r++ {
		x.arabic[r-0x0600], x.arabic[r-0x0660+0xF0] = r-0x0660+'0', r-0x0660+'0' // also U+06F0 to U+06F9
	}
	for r := rune(0x064B); r <= 0x065F; r++ { // harakat
		x.arabic[r-0x0600] = -1
	}
	for _, r := range "\u0640\u061C\u0670" { // tatweel, the letter mark, the alef above a letter
		x.arabic[r-0x0600] = -1
	}
	f.classes("arabic", x.arabic.put)
	x.typed = x.arabic
	for r := rune(0x0600); r <= 0x06FF; r++ {
		if unicode.IsMark(r) {
			x.typed[r-0x0600] = -1
		}
	}
	x.typed[0x21] = -1 // a hamza that stands alone: شيء
	f.classes("arabic-typed", x.typed.put)
	f.classes("signs", func(r, to rune) {
		x.signs[r] = to
		x.typed.put(r, to)
	})
	f.classes("han-variants", func(r, to rune) { x.han[r] = to })
	f.classes("letters", func(r, to rune) { x.signs[r] = to })
	if s := f.section("two-letters"); s != nil {
		for i := range s.entries {
			r, _ := utf8.DecodeRuneInString(s.entries[i].key)
			x.twoLetters[r] = s.text(s.entries[i].key)
		}
	}
	f.checkUsed()
	return x, errors.Join(f.problems...)
}

// put folds r to another character, where r is Arabic.
func (a *arabicFolds) put(r, to rune) {
	if r >= 0x0600 && r <= 0x06FF {
		a[r-0x0600] = to
	}
}

// classes calls put for every character of a section but the first of a row, which stands for all.
func (f *dataFile) classes(section string, put func(r, to rune)) {
	s := f.section(section)
	if s == nil {
		f.fail(1, "the section %s is missing", section)
		return
	}
	for i := range s.entries {
		e := &s.entries[i]
		e.used = true
		row := strings.Fields(e.value)
		if len(row) < 2 {
			f.fail(e.line, "%s: %s stands alone: write at least two characters with blanks between them", e.key, e.value)
			continue
		}
		to, _ := utf8.DecodeRuneInString(row[0])
		for _, c := range row {
			r, size := utf8.DecodeRuneInString(c)
			if size != len(c) {
				f.fail(e.line, "%s: %q is more than one character: set blanks between characters", e.key, c)
			}
			if r != to {
				put(r, to)
			}
		}
	}
}

// fold makes equal what a reader takes for the same word of a shown text. It does less than
// Normalise, which is for what people type, and costs little.
func fold(s string) string {
	arabic := &foldings().arabic
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
			return arabic[r-0x0600]
		case r >= 0xFF10 && r <= 0xFF19:
			return r - 0xFF10 + '0'
		case r >= 0x200B && r <= 0x200F, r >= 0x2060 && r <= 0x2069, r == 0xFEFF, r == 0xAD:
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// typedRune folds one rune of decomposed text; -1 drops it.
func (x *folding) typedRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= 0x1100 && r <= 0x11FF: // conjoining jamo, composed again later
		return r
	case r >= firstHan && r <= lastHan, r >= 0x20000:
		return simplified(r)
	case r >= 0x0600 && r <= 0x06FF:
		return x.typed[r-0x0600]
	case unicode.IsMark(r):
		return -1
	case unicode.IsDigit(r):
		return '0' + digitOf(r)
	case unicode.IsSpace(r):
		return ' '
	}
	r = unicode.ToLower(r)
	if to, ok := x.signs[r]; ok {
		return to
	}
	return r
}

// digitOf returns the value of a digit of any script. Digits stand in runs of ten.
func digitOf(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	return 0
}
