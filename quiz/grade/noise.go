package grade

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// withoutNoise takes what people type around an answer in a chat from both ends of a normalised
// text: emoji and flags, laughter, faces made of signs. Nothing is left of noise alone.
func withoutNoise(s string) string {
	if quiet(s) {
		return s
	}
	for {
		t := noiseAfter(noiseBefore(strings.Trim(s, faceSigns)))
		if t == s {
			return s
		}
		s = strings.Trim(t, noiseSigns)
	}
}

// faceSigns make faces; noiseSigns may stand between an answer and noise as well.
const (
	faceSigns  = " ^~=*_|…♥♡❤☆★"
	noiseSigns = faceSigns + ".,;:!?\"'()[]{}<>"
)

// quiet reports whether a text plainly has no noise, as most have none: lower-case letters and
// digits, and no word of laughter at either end.
func quiet(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || strings.IndexByte(noiseSigns, s[i]) > 0 && s[i] != '.' && s[i] != ',' {
			return false
		}
	}
	first, last := s, s
	if i := strings.IndexByte(s, ' '); i >= 0 {
		first, last = s[:i], s[strings.LastIndexByte(s, ' ')+1:]
	}
	return !laughter(strings.TrimRight(first, ",.")) && !laughter(strings.TrimRight(last, ",."))
}

func noiseBefore(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if pictogram(r) || tear(r) {
		return s[size:]
	}
	if n := hanLaughter(s, true); n > 0 {
		return s[n:]
	}
	if i := strings.IndexAny(s, " ,!"); i > 0 && laughter(strings.TrimRight(s[:i], noiseSigns)) {
		return s[i:]
	}
	if laughter(s) {
		return ""
	}
	return s
}

func noiseAfter(s string) string {
	r, size := utf8.DecodeLastRuneInString(s)
	if pictogram(r) || tear(r) {
		return s[:len(s)-size]
	}
	if n := hanLaughter(s, false); n > 0 {
		return s[:len(s)-n]
	}
	if i := strings.LastIndexAny(s, " ,!"); i >= 0 && (laughter(s[i+1:]) || laughter(strings.TrimLeft(s[i+1:], noiseSigns))) {
		return s[:i]
	}
	return s
}

// pictogram reports whether r is an emoji, half of a flag, or a part of one.
func pictogram(r rune) bool {
	switch {
	case r < 0x2190 || r == '°' || r == '№':
		return false
	case r >= 0x1F000, r >= 0x2600 && r <= 0x27BF, r >= 0x2B00 && r <= 0x2BFF, r >= 0x2190 && r <= 0x21FF:
		return unicode.IsSymbol(r)
	}
	return false
}

// tear reports whether r is a Korean letter that stands alone, as those of laughter and tears
// do: ㅋ, ㅎ, ㅠ, ㄷㄷ.
func tear(r rune) bool {
	return r >= 0x1100 && r <= 0x1112 || r >= 0x1161 && r <= 0x1175 || r >= 0x3131 && r <= 0x3163
}

// aroundSign reports whether a key that is an emoji stands in an answer, once or more, with nothing
// beside it but noise that is no emoji: 🎉🎉 lol.
func (n *names) aroundSign(typed string) bool {
	if n.sign == "" || !strings.Contains(typed, n.sign) {
		return false
	}
	rest := strings.ReplaceAll(typed, n.sign, " ")
	return !strings.ContainsFunc(rest, pictogram) && withoutNoise(strings.TrimSpace(language.Normalise(rest))) == ""
}

// laughWords are noise as whole words, besides the patterns of laughter.
var laughWords = words("laugh-words")

// laughSyllables are what laughter repeats.
var laughSyllables = list("laugh-syllables")

// laughter reports whether a word is laughter or an empty exclamation: lol, hahaha, ههههه.
func laughter(w string) bool {
	if laughWords()[w] || laughWords()[withoutRun(w)] {
		return true
	}
	if severalLetters(w) {
		return false
	}
	for _, syllable := range laughSyllables() {
		if n := strings.Count(w, syllable); n > 1 && n*len(syllable) >= len(w)-1 && len(w) >= 3 && trimRuns(w, syllable) {
			return true
		}
	}
	return strings.HasPrefix(w, "lo") && len(w) > 3 && strings.Trim(w, "lo") == "" || len(w) > 2 && (strings.Trim(w, "h") == "" || strings.Trim(w, "w") == "")
}

// severalLetters reports whether a Latin word has more letters than the two of a syllable that laughter
// repeats, as nearly all words have.
func severalLetters(w string) bool {
	seen := uint32(0)
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
		seen |= 1 << (w[i] - 'a')
	}
	return bits.OnesCount32(seen) > 2
}

// withoutRun returns a Latin word with the letter that is repeated at its end written once: lmaooo.
func withoutRun(w string) string {
	n := len(w)
	for n > 1 && w[n-1] == w[n-2] && w[n-1] < utf8.RuneSelf {
		n--
	}
	return w[:n]
}

// trimRuns reports whether nothing but repetitions of a syllable, and one letter of it, is in w.
func trimRuns(w, syllable string) bool {
	rest := strings.ReplaceAll(w, syllable, "")
	return rest == "" || strings.Contains(syllable, rest)
}

// hanLaughter returns how many bytes at the beginning or end of s are Chinese laughter that is
// written without a blank: 哈哈, 呵呵, 233, 666, www.
func hanLaughter(s string, begins bool) int {
	take := func(letters string, least int) int {
		rest := strings.TrimRight(s, letters)
		if begins {
			rest = strings.TrimLeft(s, letters)
		}
		n := len(s) - len(rest)
		if n < least {
			return 0
		}
		return n
	}
	if n := take(hanLaughs(), 2*hanSize); n > 0 {
		return n
	}
	if begins {
		return 0
	}
	for _, digits := range [...]string{"3", "6", "w", "h"} {
		n := take(digits, 2)
		if digits == "3" && n > 0 && n < len(s) && s[len(s)-n-1] == '2' {
			n++
		} else if digits == "3" || digits == "6" && n < 3 {
			continue
		}
		if n == 0 || n == len(s) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(s[:len(s)-n]); alphabetOf(string(r)) == hanAlphabet || r == ' ' && strings.ContainsFunc(s, isHan) {
			return n
		}
	}
	return 0
}

// hanLaughs are the characters of Chinese laughter, of so many bytes each.
var hanLaughs = letters("laugh-characters")

const hanSize = 3

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
