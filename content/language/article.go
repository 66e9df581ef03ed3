package language

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// takesAn reports whether English puts "an" before s, by its sound: an MOU, an hour, an
// 8-year term; a university, a UN body, a one-off.
func takesAn(s string) bool {
	s = strings.TrimLeft(s, " \u2068\u2066\u2067\u200E\u200F“‘\"'«([")
	if s == "" {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' {
		return numberTakesAn(s)
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	word := s[:end]
	first, _ := utf8.DecodeRuneInString(s)
	if acronym(word) {
		return strings.ContainsRune("AEFHILMNORSX", first)
	}
	low := strings.ToLower(word)
	if low == "" || unaccented(first) == 0 {
		return false
	}
	w := articleSounds()
	begins := func(beginnings []string) bool {
		return slices.ContainsFunc(beginnings, func(p string) bool { return strings.HasPrefix(low, p) })
	}
	switch {
	case begins(w.silentH):
		return true
	case begins(w.glides):
		return begins(w.vowels)
	case slices.Contains(w.words, low):
		return false
	}
	return strings.IndexByte("aeiou", unaccented(first)) >= 0
}

// articleWords are the words whose spelling does not tell their article.
type articleWords struct {
	silentH  []string // beginnings with a silent h
	glides   []string // beginnings that are spelt with a vowel and spoken with y or w
	vowels   []string // beginnings of these that are spoken with a vowel
	words    []string // whole words that are spoken with y or w
	acronyms []string // that are read as words
}

var articleSounds = sync.OnceValue(func() *articleWords {
	w, err := readArticleWords(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return w
})

func readArticleWords(files fs.FS) (*articleWords, error) {
	f, err := readData(files, "en/articles.yaml")
	if err != nil {
		return nil, err
	}
	w := &articleWords{
		silentH: f.words("", "silent-h"), glides: f.words("", "glides"), vowels: f.words("", "vowels"),
		words: f.words("", "words"), acronyms: f.words("", "acronyms"),
	}
	f.checkUsed()
	return w, errors.Join(f.problems...)
}

// acronym reports whether word is read letter by letter.
func acronym(word string) bool {
	if word == "" || word != strings.ToUpper(word) {
		return false
	}
	if word == "A" || word == "I" || utf8.RuneCountInString(word) == 1 {
		return true
	}
	return !slices.Contains(articleSounds().acronyms, word)
}

// numberTakesAn reports whether the number that begins s is read with a vowel first: eight,
// eleven or eighteen, alone or before a thousand, a million; also the year 1819.
func numberTakesAn(s string) bool {
	digits, grouped := 0, false
	for ; digits < len(s) && s[digits] >= '0' && s[digits] <= '9'; digits++ {
	}
	if digits < len(s) && s[digits] == ',' {
		grouped = true
	}
	if s[0] == '8' {
		return true
	}
	if !strings.HasPrefix(s, "11") && !strings.HasPrefix(s, "18") {
		return false
	}
	return digits%3 == 2 || digits == 4 && !grouped // 11, 11000; 1819 is eighteen nineteen
}

// unaccented returns the ASCII lower-case letter under a Latin vowel, or r itself; 0 for
// letters of other scripts.
func unaccented(r rune) byte {
	switch r = unicode.ToLower(r); {
	case r < utf8.RuneSelf:
		return byte(r)
	case strings.ContainsRune("àáâãäåāæ", r):
		return 'a'
	case strings.ContainsRune("èéêëēė", r):
		return 'e'
	case strings.ContainsRune("ìíîïī", r):
		return 'i'
	case strings.ContainsRune("òóôõöøōœ", r):
		return 'o'
	case strings.ContainsRune("ùúûüū", r):
		return 'u'
	}
	return 0
}
