package language

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// vocabulary is what numbers are read with, in all languages. It is built once, on the first
// number that is read.
type vocabulary struct {
	english, arabic                 *numerals
	korean, chinese                 *positions
	englishOrdinals, arabicOrdinals map[string]int64
	koreanOrdinals, chineseOrdinals ordinalMarks
	parts                           map[string]part
	koreanCounters, chineseCounters []counter
	smallerUnits                    map[string]string
	articles                        []string // English: one of what follows
	words                           numberWords
	others                          []*numerals // of languages beyond these, which write numbers word by word
}

var readers = sync.OnceValue(func() *vocabulary {
	v, err := readVocabulary(builtinData())
	if err != nil {
		panic(err) // TestData holds that the embedded files are right
	}
	return v
})

// readVocabulary reads the numerals of all languages.
func readVocabulary(files fs.FS) (*vocabulary, error) {
	var all []*dataFile
	for _, tag := range folders(files, "numerals.yaml") {
		f, err := readData(files, tag+"/numerals.yaml")
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	ar, en, ko, zh := all[Arabic], all[English], all[Korean], all[Chinese]
	v := &vocabulary{
		english: readNumeralWords(en), arabic: readNumeralWords(ar),
		korean: readPositionTable(ko), chinese: readPositionTable(zh),
		englishOrdinals: readOrdinalWords(en), arabicOrdinals: readOrdinalWords(ar),
		koreanOrdinals: readOrdinalMarks(ko), chineseOrdinals: readOrdinalMarks(zh),
		koreanCounters: readCounters(ko), chineseCounters: readCounters(zh),
		parts: map[string]part{}, smallerUnits: map[string]string{},
	}
	v.articles = spellings(en.text("numerals", "article"))
	if s := en.section("smaller-units"); s != nil {
		for i := range s.entries {
			v.smallerUnits[s.entries[i].key] = s.text(s.entries[i].key)
		}
	}
	for _, f := range all[OwnCount:] {
		v.others = append(v.others, readNumeralWords(f))
		for w, n := range readOrdinalWords(f) {
			if v.englishOrdinals[w] == 0 {
				v.englishOrdinals[w] = n
			}
		}
	}
	var problems []error
	for _, f := range all {
		readPartNames(f, v.parts)
		v.words.read(f)
		f.checkUsed()
		problems = append(problems, f.problems...)
	}
	v.words.powers = append([]string{"^"}, v.words.powers...)
	return v, errors.Join(problems...)
}

// rows returns a list of lists: bars separate the rows, commas the spellings of one, normalised.
func (f *dataFile) rows(section, key string) [][]string {
	var out [][]string
	for _, row := range f.words(section, key) {
		out = append(out, spellings(row))
	}
	return out
}

// spellings returns normalised texts that are separated by commas. A sign stays as it is.
func spellings(s string) []string {
	var out []string
	for w := range strings.SplitSeq(s, ",") {
		if w = strings.TrimSpace(w); w == "" {
			continue
		}
		if folded := Normalise(w); folded != "" {
			w = folded
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// numbered calls put for every entry of a section whose keys are whole numbers.
func (f *dataFile) numbered(section string, put func(n int64, text string)) {
	s := f.section(section)
	if s == nil {
		return
	}
	for i := range s.entries {
		e := &s.entries[i]
		e.used = true
		n, err := strconv.ParseInt(e.key, 10, 64)
		if err != nil {
			f.fail(e.line, "%q is no number: the keys of %s are whole numbers", e.key, section)
			continue
		}
		put(n, e.value)
	}
}

// numberWords are the words within numbers in all languages, with the blanks that their
// script sets around them.
type numberWords struct {
	minus, plus, belowZero []string
	over, divide, joints   []string // of fractions
	andHalf                []string // after a whole number
	powers                 []string // between base and exponent
	exponents, of          []string // after an exponent, and between base and exponent then
	times                  []string
	codeBefore, codeAfter  []string
	ordinalAfter           []string // after digits: st, 번째
	ordinalBefore          []string // articles
}

// read adds the words of one language.
func (w *numberWords) read(f *dataFile) {
	collect := func(to *[]string, key, before, after string) {
		for _, word := range spellings(f.text("words", key)) {
			r, _ := utf8.DecodeLastRuneInString(word)
			if !hangulLetter(r) && !han(r) && key != "times-signs" {
				word = before + word + after
			}
			*to = append(*to, word)
		}
	}
	collect(&w.minus, "minus", "", " ")
	collect(&w.plus, "plus", "", " ")
	collect(&w.belowZero, "below-zero", " ", "")
	collect(&w.over, "over", " ", " ")
	collect(&w.divide, "divide", "", "")
	collect(&w.joints, "joint", " ", " ")
	collect(&w.joints, "joint-prefix", " ", "")
	collect(&w.andHalf, "and-half", "", "")
	collect(&w.powers, "power", " ", " ")
	collect(&w.exponents, "after-power", " ", "")
	collect(&w.exponents, "exponent", "", "")
	collect(&w.of, "of", "", "")
	collect(&w.times, "times", " ", " ")
	collect(&w.times, "times-signs", "", "")
	collect(&w.codeBefore, "code", "", " ")
	collect(&w.codeAfter, "after-code", "", "")
	w.ordinalAfter = append(w.ordinalAfter, spellings(f.text("ordinals", "after"))...)
	w.ordinalBefore = append(w.ordinalBefore, spellings(f.text("ordinals", "article"))...)
}

// cutAnyPrefix takes the first of words that s begins with from its beginning; something must remain.
func cutAnyPrefix(s string, words []string) (rest string, ok bool) {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

// cutAnySuffix takes the first of words that s ends with from its end; something must remain.
func cutAnySuffix(s string, words []string) (rest string, ok bool) {
	for _, w := range words {
		if rest, ok := strings.CutSuffix(s, w); ok && rest != "" {
			return strings.TrimRight(rest, " "), true
		}
	}
	return s, false
}

// cutAny cuts s around the first of words that occurs in it with something on both sides.
func cutAny(s string, words []string) (before, after string, ok bool) {
	for _, w := range words {
		if before, after, ok = strings.Cut(s, w); ok && before != "" && after != "" {
			return before, after, true
		}
	}
	return "", s, false
}
