package generate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// word is the hash of one folded content word. Two options or a stem and an option that have
// one in common look alike to somebody who knows nothing.
type word = uint32

// appendWords appends the content words of a text: runs of letters or digits without case,
// harakat and the Arabic article; of Chinese every pair of characters. Words that stand in
// any sentence are left out.
func appendWords(dst []word, s string) []word {
	h, letters, lead := wordSeed, 0, 0
	var han rune // the Chinese character before
	hans := 0
	end := func() {
		if letters > 0 && !slices.Contains(searchFor().common, h) {
			dst = append(dst, h)
		}
		if hans == 1 {
			dst = append(dst, step(wordSeed, han))
		}
		h, letters, lead, hans = wordSeed, 0, 0, 0
	}
	for _, r := range s {
		if r < utf8.RuneSelf {
			switch {
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			case r >= 'A' && r <= 'Z':
				r += 'a' - 'A'
			default:
				end()
				continue
			}
		} else if unicode.Is(unicode.Han, r) {
			if letters > 0 {
				end()
			}
			if hans > 0 {
				dst = append(dst, step(step(wordSeed, han), r))
			}
			han, hans = r, hans+1
			continue
		} else if r = fold(r); r == 0 {
			continue
		} else if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		if hans > 0 {
			end()
		}
		if letters == 0 && r == 'ا' {
			lead = 1
		} else if letters == 1 && lead == 1 && r == 'ل' { // ال
			h, letters, lead = wordSeed, 0, 2
			continue
		}
		h, letters = step(h, r), letters+1
	}
	end()
	return dst
}

const wordSeed uint32 = 2166136261

func step(h uint32, r rune) uint32 { return (h ^ uint32(r)) * 16777619 }

// fold returns the letter that r is compared as, or 0 for a mark that is not compared.
func fold(r rune) rune {
	switch {
	case r >= 0x064B && r <= 0x0652, r == 0x0640, r == 0x0670, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
		return 0
	case r == 'أ' || r == 'إ' || r == 'آ' || r == 'ٱ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ة':
		return 'ه'
	case r >= 0x0660 && r <= 0x0669:
		return r - 0x0660 + '0'
	}
	return unicode.ToLower(r)
}

// whole is the hash of a name as one string, without spaces and marks: equal names are equal
// numbers. Of what has neither letters nor digits, such as a flag, every sign counts.
func whole(s string) word {
	h := wordSeed
	for _, r := range s {
		if r = fold(r); r != 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.') {
			h = step(h, r)
		}
	}
	if h == wordSeed {
		for _, r := range s {
			if !unicode.IsSpace(r) {
				h = step(h, r)
			}
		}
	}
	return h
}

// shared reports whether two lists of words have one in common.
func sharedWord(a, b []word) bool {
	for _, w := range a {
		if slices.Contains(b, w) {
			return true
		}
	}
	return false
}

// within reports whether every word of a stands in b.
func within(a, b []word) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// class describes the look of a text, as far as options of one item share it.
type class uint8

const (
	foreign  class = 1 << iota // no letter of the language's own script
	ended                      // closes with punctuation
	numbered                   // holds a digit
)

func classOf(c language.Code, s string) class {
	own, k := false, class(0)
	var last rune
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			k |= numbered
		case !unicode.IsLetter(r):
		case c == language.English, r >= 0x2E80, r >= 0x0600 && r <= 0x06FF && c == language.Arabic, r >= 0x1100 && c == language.Korean:
			own = true
		}
		if !unicode.IsSpace(r) {
			last = r
		}
	}
	if !own {
		k |= foreign
	}
	if strings.ContainsRune(".!?。！？؟…", last) {
		k |= ended
	}
	return k
}
