package generate

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Slip is one thing in a text that a native editor would not print.
type Slip struct {
	Code   string // "particle", "spacing", "punctuation", "article", "digits", "measure-word" or "numeral"
	Detail string // the words around it
}

// Fluency returns the slips that a machine can see in a rendered text. What it finds is wrong;
// what it does not find may still be.
func Fluency(c language.Code, s string) []Slip {
	var out []Slip
	report := func(code string, at int) {
		out = append(out, Slip{code, around(s, at)})
	}
	if i := strings.Index(s, "  "); i >= 0 {
		report("spacing", i)
	}
	if t := strings.TrimSpace(s); t != s {
		report("spacing", 0)
	}
	mixedDigits(s, report)
	switch c {
	case language.Arabic:
		arabicSlips(s, report)
	case language.English:
		englishSlips(s, report)
	case language.Korean:
		koreanSlips(s, report)
	case language.Chinese:
		chineseSlips(s, report)
	}
	return out
}

// around is the piece of s within twelve bytes of i, cut at characters.
func around(s string, i int) string {
	from, to := max(0, i-12), min(len(s), i+12)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	return s[from:to]
}

func mixedDigits(s string, report func(string, int)) {
	european, indic := -1, -1
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			european = i
		case r >= '٠' && r <= '٩':
			indic = i
		}
	}
	if european >= 0 && indic >= 0 {
		report("digits", max(european, indic))
	}
}

// arabicSlips finds Latin punctuation among Arabic letters.
func arabicSlips(s string, report func(string, int)) {
	before, words := rune(0), slips()
	for i, r := range s {
		if strings.ContainsRune(words.foreignMarks, r) && unicode.Is(unicode.Arabic, before) {
			report("punctuation", i)
		}
		if strings.ContainsRune(words.ownMarks, r) && before == ' ' {
			report("spacing", i)
		}
		if !invisible(r) {
			before = r
		}
	}
}

// invisible reports whether a reader does not see a character.
func invisible(r rune) bool {
	return r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// slipWords are what the checks for slips look for.
type slipWords struct {
	ownMarks, foreignMarks                      string // Arabic punctuation, and that of Latin script in its place
	spokenVowels                                string // letters whose names begin with a vowel, as acronyms are read
	soundsConsonant, soundsVowel                []string
	sureParticle                                string // stands nowhere but at the end of a Korean word
	two, measures, larger, doubtful, characters string // of Chinese: 二, what 两 stands before and 二 after, 兆 and what it stands after
}

// slips are the words of slipWords, read on first use.
var slips = sync.OnceValue(func() *slipWords {
	text := func(c language.Code, key string) string { return language.TextIn(c, "items", key) }
	const ar, en, ko, zh = language.Arabic, language.English, language.Korean, language.Chinese
	return &slipWords{
		ownMarks: text(ar, "own-marks"), foreignMarks: text(ar, "foreign-marks"), spokenVowels: text(en, "spoken-vowels"),
		soundsConsonant: language.WordsIn(en, "items", "sounds-consonant"), soundsVowel: language.WordsIn(en, "items", "sounds-vowel"),
		sureParticle: text(ko, "sure-particle"), two: text(zh, "two"), measures: text(zh, "measure-words"), larger: text(zh, "larger-numbers"),
		doubtful: text(zh, "doubtful-scale"), characters: text(zh, "numeral-characters"),
	}
})

// englishSlips finds a before a vowel and an before a consonant.
func englishSlips(s string, report func(string, int)) {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
	for i := 0; i+1 < len(words); i++ {
		article := strings.ToLower(strings.Trim(words[i], "“‘(\""))
		next := strings.Trim(words[i+1], "“”‘’(),.?!\"")
		if article != "a" && article != "an" || next == "" || next[0] >= utf8.RuneSelf || next[0] == '_' {
			continue
		}
		if vowel := spokenWithVowel(next); vowel != (article == "an") {
			report("article", strings.Index(s, words[i+1]))
		}
	}
	for _, mark := range []string{" ,", " .", " ?", " ;"} {
		if i := strings.Index(s, mark); i >= 0 {
			report("spacing", i)
		}
	}
}

func spokenWithVowel(w string) bool {
	if len(w) > 1 && w[0] >= '0' && w[0] <= '9' || w[0] >= '0' && w[0] <= '9' {
		return strings.HasPrefix(w, "8") || w == "11" || w == "18" || strings.HasPrefix(w, "11-") || strings.HasPrefix(w, "18-")
	}
	if len(w) == 1 || w[1] >= 'A' && w[1] <= 'Z' && w[0] <= 'Z' && !spelledAsWord(w) {
		return strings.IndexByte(slips().spokenVowels, w[0]&^0x20) >= 0
	}
	low := strings.ToLower(w)
	for _, p := range slips().soundsConsonant {
		if strings.HasPrefix(low, p) {
			return false
		}
	}
	for _, p := range slips().soundsVowel {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return strings.IndexByte("aeiou", low[0]) >= 0
}

// spelledAsWord reports whether capitals are read as a word, not letter by letter: NATO.
func spelledAsWord(w string) bool {
	return len(w) > 3 && strings.ContainsAny(w, "AEIOU")
}

// koreanSlips finds particles that do not fit the sound before them: after inserted values,
// and where both forms are written.
func koreanSlips(s string, report func(string, int)) {
	for _, p := range searchFor().both {
		if i := strings.Index(s, p); i >= 0 {
			report("particle", i)
		}
	}
	before, inserted := rune(0), false
	for i, r := range s {
		if inserted || strings.HasPrefix(s[i:], slips().sureParticle) {
			rest := s[i:]
			for _, p := range searchFor().pairs {
				if wrong := p.wrongAfter(before); wrong != "" && strings.HasPrefix(rest, wrong) && ends(rest[len(wrong):]) {
					report("particle", i)
				}
			}
		}
		if inserted = r == 0x2069; !invisible(r) && r != '”' && r != '’' {
			before = r
		} else if r == '”' || r == '’' {
			inserted = true
		}
	}
}

// ends reports whether nothing of the word follows.
func ends(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// pair is a particle in its form after a consonant and after a vowel. Rieul takes the second
// form of (으)로.
type pair struct {
	consonant, vowel string
	rieul            bool
}

// wrongAfter returns the form that cannot follow a character, or "" where that is not known.
func (p pair) wrongAfter(r rune) string {
	final := -1
	switch {
	case r >= 0xAC00 && r <= 0xD7A3:
		final = int(r-0xAC00) % 28
	case r >= '0' && r <= '9':
		final = [10]int{21, 8, 0, 16, 0, 0, 1, 8, 8, 0}[r-'0']
	}
	const rieul = 8
	switch {
	case final < 0:
		return ""
	case final == 0, final == rieul && p.rieul:
		return p.consonant
	}
	return p.vowel
}

// chineseSlips finds half-width punctuation and spaces among Chinese characters, 二 before a
// measure word, and 兆, which is two different numbers.
func chineseSlips(s string, report func(string, int)) {
	runes, words := []rune(language.StripIsolates(s)), slips()
	is := func(r rune, of string) bool { return strings.ContainsRune(of, r) }
	han := func(i int) bool { return i >= 0 && i < len(runes) && unicode.Is(unicode.Han, runes[i]) }
	digit := func(i int) bool { return i >= 0 && i < len(runes) && runes[i] >= '0' && runes[i] <= '9' }
	for i, r := range runes {
		at := len(string(runes[:i]))
		switch {
		case strings.ContainsRune(",;:?!", r) && (han(i-1) || han(i+1)):
			report("punctuation", at)
		case r == '.' && han(i-1) && (i+1 == len(runes) || !unicode.IsLetter(runes[i+1]) || han(i+1)):
			report("punctuation", at)
		case r == ' ' && (han(i-1) && (han(i+1) || digit(i+1)) || digit(i-1) && han(i+1) && !ofName(runes[:i])):
			report("spacing", at)
		case is(r, words.two) && i+1 < len(runes) && is(runes[i+1], words.measures) && !(i > 0 && is(runes[i-1], words.larger)):
			report("measure-word", at)
		case is(r, words.doubtful) && i > 0 && (digit(i-1) || is(runes[i-1], words.characters)):
			report("numeral", at)
		}
	}
}

// ofName reports whether the number that a text ends with belongs to a Latin name: iPhone 17.
func ofName(runes []rune) bool {
	i := len(runes)
	for i > 0 && runes[i-1] >= '0' && runes[i-1] <= '9' {
		i--
	}
	return i > 1 && runes[i-1] == ' ' && runes[i-2] < utf8.RuneSelf && unicode.IsLetter(runes[i-2])
}
