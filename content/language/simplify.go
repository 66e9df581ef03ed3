package language

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// OpenCC's table of traditional characters with their simplified forms, the commonest first:
// TSCharacters.txt of github.com/BYVoid/OpenCC, under the Apache License 2.0 beside it. Japanese
// forms such as 広 and 竜 are not in it.
//
//go:embed data/zh/TSCharacters.txt
var traditional string

// The characters that the table of simplifications spans; the rare ones outside stand in a map.
const (
	firstHan = 0x3400
	lastHan  = 0x9FFF
)

type simplifications struct {
	common *[lastHan - firstHan + 1]rune // 0: stays as it is
	rare   map[rune]rune
}

var simplificationTable = sync.OnceValue(func() *simplifications {
	t := &simplifications{common: new([lastHan - firstHan + 1]rune), rare: map[rune]rune{}}
	for line := range strings.Lines(traditional) {
		from, to, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		old, _ := utf8.DecodeRuneInString(from)
		plain, _ := utf8.DecodeRuneInString(to)
		if old >= firstHan && old <= lastHan {
			t.common[old-firstHan] = plain
		} else {
			t.rare[old] = plain
		}
	}
	for r, to := range foldings().han {
		t.common[r-firstHan] = to
	}
	return t
})

// simplified returns the simplified form of a Chinese character.
func simplified(r rune) rune {
	t := simplificationTable()
	for range 2 { // a few simplified forms have a simplified form of their own: 薴, 苧, 苎
		s := t.of(r)
		if s == 0 || s == r {
			return r
		}
		r = s
	}
	return r
}

func (t *simplifications) of(r rune) rune {
	if r >= firstHan && r <= lastHan {
		return t.common[r-firstHan]
	}
	return t.rare[r]
}
