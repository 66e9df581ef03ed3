package language

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"
)

// particle is a Korean particle or copula in its two forms.
type particle struct {
	consonant string // after a final consonant: 은, 이, 을, 과, 으로
	vowel     string // after a vowel: 는, 가, 를, 와, 로
	rieul     bool   // final ㄹ counts as a vowel: 서울로
}

// particleForms are the particles of Korean.
type particleForms struct {
	pairs      [][2]string     // whose two forms share no rule: after a consonant, after a vowel
	beginnings [][2]string     // that alternate whatever follows: 이었습니다, 였습니다
	after      map[string]bool // what may follow a word in a text
}

var koreanParticles = sync.OnceValue(func() *particleForms {
	p, err := readParticles(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return p
})

func readParticles(files fs.FS) (*particleForms, error) {
	f, err := readData(files, "ko/particles.yaml")
	if err != nil {
		return nil, err
	}
	p := &particleForms{pairs: f.pairs("pairs"), beginnings: f.pairs("beginnings"), after: map[string]bool{}}
	for _, w := range f.words("", "after") {
		p.after[w] = true
	}
	f.checkUsed()
	return p, errors.Join(f.problems...)
}

// pairs returns the keys of a section with their texts, in their order.
func (f *dataFile) pairs(section string) [][2]string {
	s := f.section(section)
	if s == nil {
		f.fail(1, "the section %s is missing", section)
		return nil
	}
	var out [][2]string
	for i := range s.entries {
		out = append(out, [2]string{s.entries[i].key, s.text(s.entries[i].key)})
	}
	return out
}

// Particles returns the Korean particles whose form depends on the sound before them, as messages
// write them: 은/는. Those that begin with 이, 으로 and the like go on as the word does: 이라는/라는.
func Particles() []string {
	var out []string
	for _, p := range koreanParticles().pairs {
		out = append(out, p[0]+"/"+p[1])
	}
	for _, s := range koreanParticles().beginnings {
		if s[1] != "" {
			out = append(out, s[0]+"/"+s[1])
		}
	}
	return out
}

// parseParticle reads a pair such as 은/는 or 이라는/라는. ok is false when s does not have the
// shape of a particle at all; a hint says how to correct one that is nearly right.
func parseParticle(s string) (p particle, hint string, ok bool) {
	first, second, found := strings.Cut(s, "/")
	if !found || !hangul(first) || !hangul(second) {
		return particle{}, "", false
	}
	if alternates(first, second) {
		return particle{consonant: first, vowel: second, rieul: strings.HasPrefix(first, "으로")}, "", true
	}
	if alternates(second, first) {
		return particle{}, "{" + second + "/" + first + "}: the form after a consonant comes first", false
	}
	return particle{}, "known pairs are 은/는 이/가 을/를 과/와 으로/로 아/야 이라/라 이었/였", false
}

func alternates(consonant, vowel string) bool {
	for _, p := range koreanParticles().pairs {
		if p[0] == consonant && p[1] == vowel {
			return true
		}
	}
	for _, s := range koreanParticles().beginnings {
		rest, ok := strings.CutPrefix(consonant, s[0])
		if ok && s[1]+rest == vowel && vowel != "" {
			return true
		}
	}
	return false
}

func hangul(s string) bool {
	for _, r := range s {
		if r < 0xAC00 || r > 0xD7A3 {
			return false
		}
	}
	return s != ""
}

// sound is how a word ends when it is read aloud in Korean.
type sound uint8

const (
	vowelSound sound = iota
	consonantSound
	rieulSound
	unknownSound // a blank: both forms are written
)

// appendParticle appends the form that fits the end of dst. After a blank it writes both.
func appendParticle(dst []byte, p *particle) []byte {
	switch s := finalSound(dst); {
	case s == unknownSound && p.rieul:
		return append(append(dst, "(으)"...), p.vowel...)
	case s == unknownSound:
		return append(append(append(dst, p.consonant...), '/'), p.vowel...)
	case s == consonantSound, s == rieulSound && !p.rieul:
		return append(dst, p.consonant...)
	}
	return append(dst, p.vowel...)
}

// finalSound returns how the text ends when it is read aloud. It looks through closing
// quotes, isolates and a trailing parenthesis: 경주(慶州) ends as 경주 does.
func finalSound(b []byte) sound {
	b = trimClosing(b)
	r, size := utf8.DecodeLastRune(b)
	switch {
	case size == 0:
		return vowelSound
	case r == '_':
		return unknownSound
	case r >= 0xAC00 && r <= 0xD7A3:
		return hangulSound(r)
	case r >= '0' && r <= '9':
		return digitSounds[r-'0']
	case r >= 0x0660 && r <= 0x0669:
		return digitSounds[r-0x0660]
	case r < utf8.RuneSelf || r == '²' || r == '³' || latinRune(r):
		return latinSound(b)
	case r >= 0x2460 && r <= 0x2468: // ① to ⑨
		return digitSounds[r-0x2460+1]
	case r >= 0x4E00 && r <= 0x9FFF:
		return hanjaSound(r)
	}
	switch r {
	case '₩', '￦':
		return consonantSound
	}
	return vowelSound // %, ℃, €, $ are read 퍼센트, 도, 유로, 달러
}

// hangulSound reads the final consonant off a syllable: 28 syllables share each beginning.
func hangulSound(r rune) sound {
	switch (r - 0xAC00) % 28 {
	case 0:
		return vowelSound
	case 8:
		return rieulSound
	}
	return consonantSound
}

// 영 일 이 삼 사 오 육 칠 팔 구. A number that ends in zeros is read 십, 백, 천 or 만, which
// end in consonants like 영.
var digitSounds = [10]sound{consonantSound, rieulSound, vowelSound, consonantSound, vowelSound,
	vowelSound, consonantSound, rieulSound, rieulSound, vowelSound}

// trimClosing drops what is not read aloud at the end.
func trimClosing(b []byte) []byte {
	for {
		r, size := utf8.DecodeLastRune(b)
		if size == 0 {
			return b
		}
		rest := b[:len(b)-size]
		switch r {
		case '\u2066', '\u2067', '\u2068', '\u2069', '\u200E', '\u200F', '\u061C', ' ',
			'"', '\'', '”', '’', '»', '」', '』', '》', '〉', '.', ',', '!', '?', '*', '`':
			b = rest
		case ')', ']', '）':
			open := lastOpening(rest)
			if open <= 0 || len(trimClosing(b[:open])) == 0 {
				b = rest // nothing stands before the bracket: read what is in it
			} else {
				b = b[:open]
			}
		default:
			return b
		}
	}
}

// lastOpening returns the position of the last opening bracket, or -1.
func lastOpening(b []byte) int {
	s := b
	for len(s) > 0 {
		r, size := utf8.DecodeLastRune(s)
		s = s[:len(s)-size]
		if r == '(' || r == '[' || r == '（' {
			return len(s)
		}
	}
	return -1
}
