package language

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// sounds are how words that are not in Hangul end when they are read in Korean.
type sounds struct {
	acronyms map[string]sound // read as words
	units    map[string]sound // signs read as words, after a digit
	hanja    map[rune]sound   // the others end in a consonant
}

var koreanSounds = sync.OnceValue(func() *sounds {
	s, err := readSounds(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return s
})

func readSounds(files fs.FS) (*sounds, error) {
	f, err := readData(files, "ko/sounds.yaml")
	if err != nil {
		return nil, err
	}
	s := &sounds{acronyms: map[string]sound{}, units: map[string]sound{}, hanja: map[rune]sound{}}
	for key, end := range map[string]sound{"vowel": vowelSound, "consonant": consonantSound, "rieul": rieulSound} {
		for _, w := range f.words("acronyms", key) {
			s.acronyms[w] = end
		}
		for _, w := range f.words("units", key) {
			s.units[w] = end
		}
		for _, r := range f.text("hanja", key) {
			s.hanja[r] = end
		}
	}
	f.checkUsed()
	return s, errors.Join(f.problems...)
}

// latinRune reports whether r is a Latin letter, accented or not.
func latinRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && unicode.Is(unicode.Latin, r)
}

// latinSound returns how the Latin word or sign at the end of b ends when a Korean reads it.
func latinSound(b []byte) sound {
	start := len(b)
	for start > 0 {
		r, size := utf8.DecodeLastRune(b[:start])
		if !latinRune(r) && r != '²' && r != '³' && r != '/' {
			break
		}
		start -= size
	}
	word := string(b[start:])
	before, _ := utf8.DecodeLastRune(b[:start])
	if s, ok := koreanSounds().units[word]; ok && (before >= '0' && before <= '9' || before == ' ') {
		return s
	}
	word = strings.TrimRight(word, "²³/")
	if word == "" {
		return vowelSound
	}
	if s, ok := koreanSounds().acronyms[word]; ok {
		return s
	}
	if word == strings.ToUpper(word) {
		return letterSound(word[len(word)-1])
	}
	return wordSound(strings.ToLower(word))
}

// letterSound reads one letter by its Korean name: 엘, 엠, 엔 and 알 end in consonants.
func letterSound(b byte) sound {
	switch b {
	case 'L', 'R':
		return rieulSound
	case 'M', 'N':
		return consonantSound
	}
	return vowelSound
}

// wordSound guesses how a Latin word ends in Hangul: Google is 구글, Facebook 페이스북, Nike
// 나이키, Microsoft 마이크로소프트.
func wordSound(w string) sound {
	last := w[len(w)-1]
	var before byte
	if len(w) > 1 {
		before = w[len(w)-2]
	}
	switch last {
	case 'l':
		return rieulSound
	case 'm', 'n':
		return consonantSound
	case 'g':
		if before == 'n' {
			return consonantSound
		}
	case 'k', 'c', 'p', 't', 'b':
		if strings.IndexByte("aeiou", before) >= 0 || last == 'k' && before == 'c' {
			return consonantSound
		}
	case 'e':
		switch before {
		case 'l':
			return rieulSound
		case 'm', 'n':
			return consonantSound
		}
	}
	return vowelSound
}

// hanjaSound returns how the Korean reading of a Chinese character ends. They are rare in Korean
// text, and mostly names.
func hanjaSound(r rune) sound {
	if s, ok := koreanSounds().hanja[r]; ok {
		return s
	}
	return consonantSound
}
