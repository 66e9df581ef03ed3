package language

import (
	"strings"
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
	for _, p := range silentH {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	for _, p := range glides {
		if strings.HasPrefix(low, p) {
			return low == "unin" || strings.HasPrefix(low, "unin") || strings.HasPrefix(low, "unim") || strings.HasPrefix(low, "unid")
		}
	}
	if low == "one" || low == "once" || low == "use" || low == "used" {
		return false
	}
	return strings.IndexByte("aeiou", unaccented(first)) >= 0
}

var (
	// Words that begin with a silent h.
	silentH = []string{"hour", "honest", "honor", "honour", "heir"}
	// Beginnings that are spelt with a vowel and spoken with y or w.
	glides = []string{"uni", "eu", "ew", "usu", "user", "usa", "usef", "using", "usur", "ute", "uti", "uto", "ura", "uru", "uri", "ubiq",
		"unesco", "uefa", "uga", "ukr", "uku", "ouija", "oneself", "oui"}
)

// acronym reports whether word is read letter by letter.
func acronym(word string) bool {
	if word == "" || word != strings.ToUpper(word) {
		return false
	}
	if word == "A" || word == "I" || utf8.RuneCountInString(word) == 1 {
		return true
	}
	_, asWord := spoken[word]
	return !asWord
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
