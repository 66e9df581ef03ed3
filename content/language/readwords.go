package language

import (
	"maps"
	"slices"
	"strings"
)

// numeral is a word of a number in English or Arabic.
type numeral struct {
	kind  numeralKind
	value int64 // units, teens, tens, hundreds; for a scale the decimal exponent
}

type numeralKind uint8

const (
	noNumeral   numeralKind = iota
	unitWordN               // 1 to 9, and 0
	teenWord                // 10 to 19
	tensWord                // 20, 30 … 90
	hundredWord             // multiplies what is before it: hundred, مئة
	hundreds                // 200, 300 … in one word: مئتان, ثلاثمئة
	scaleWord               // thousand and more
	scalePair               // two of a scale: مليونان
	scaleMany               // a scale in the plural, which needs a number
	groupWord               // so many things: dozen, pair; multiplies what is before it
	halfWord                // half, نصف
	quarterWord             // ربع, quarter
	pointWord               // decimal point
	andWord
	oneWord // a, an
	tenPart // عشر of أحد عشر
	ohWord  // nought within a row of digits: nineteen oh three
	digits  // a number in digits
)

// atom is one piece of a number: a word or digits.
type atom struct {
	numeral
	number Decimal // of digits
	and    bool    // Arabic: a و stood before it
	slip   bool
}

// numerals are the number words of a language, and those that are found for a misspelt word.
type numerals struct {
	words map[string]numeral
	list  *slipList
}

func newNumerals(words map[string]numeral) *numerals {
	n := &numerals{words: words}
	n.list = newSlipList(slices.Collect(maps.Keys(words)))
	return n
}

// find returns a word, or the one word that it is a slip of.
func (n *numerals) find(word string) (numeral, bool, bool) {
	if m, ok := n.words[word]; ok {
		return m, false, true
	}
	found, least, one := numeral{}, 3, false
	for w, d := range n.list.near(word) {
		switch {
		case d > least:
		case d < least:
			found, least, one = n.words[w], d, true
		case n.words[w] != found:
			one = false
		}
	}
	return found, true, one
}

func englishWords() *numerals { return readers().english }

func arabicWords() *numerals { return readers().arabic }

// readNumeralWords returns the number words of a language that writes them one by one.
func readNumeralWords(f *dataFile) *numerals {
	w := map[string]numeral{}
	put := func(kind numeralKind, value int64, spellings []string) {
		for _, s := range spellings {
			w[s] = numeral{kind, value}
		}
	}
	for _, row := range []struct {
		key         string
		kind        numeralKind
		first, step int64
	}{
		{"units", unitWordN, 0, 1}, {"teens", teenWord, 10, 1}, {"ten-part", tenPart, 10, 0}, {"tens", tensWord, 20, 10},
		{"hundred", hundredWord, 100, 0}, {"hundreds", hundreds, 200, 100}, {"half", halfWord, 0, 0}, {"quarter", quarterWord, 0, 0},
		{"point", pointWord, 0, 0}, {"and", andWord, 0, 0}, {"article", oneWord, 1, 0}, {"oh", ohWord, 0, 0},
		{"from-eleven", teenWord, 11, 1},
	} {
		for i, spellings := range f.rows("numerals", row.key) {
			put(row.kind, row.first+int64(i)*row.step, spellings)
		}
	}
	for section, kind := range map[string]numeralKind{"scales": scaleWord, "two": scalePair, "many": scaleMany, "groups": groupWord} {
		f.numbered(section, func(n int64, text string) { put(kind, n, spellings(text)) })
	}
	return newNumerals(w)
}

// englishAtoms cuts an English number into atoms; false if it holds anything else.
func englishAtoms(s string, n *numerals) ([]atom, bool) {
	var out []atom
	for s != "" {
		if s[0] == ' ' || s[0] == '-' {
			s = s[1:]
			continue
		}
		if d, size := readDigits(s); size > 0 {
			out = append(out, atom{numeral: numeral{digits, 0}, number: d})
			s = s[size:]
			continue
		}
		end := 0
		for end < len(s) && s[end] != ' ' && s[end] != '-' && !digit(s[end]) {
			end++
		}
		word := s[:end]
		if end < len(s) && digit(s[end]) {
			return nil, false // m2
		}
		m, slip, ok := n.find(word)
		if !ok {
			return nil, false
		}
		out = append(out, atom{numeral: m, slip: slip})
		s = s[end:]
	}
	return out, true
}

// arabicAtoms cuts an Arabic number into atoms. An alef at the end of a word is a case ending
// or, after a scale word that stands alone, the dual of مليارا دولار.
func arabicAtoms(s string, n *numerals) ([]atom, bool) {
	var out []atom
	for s != "" {
		if s[0] == ' ' || s[0] == '-' {
			s = s[1:]
			continue
		}
		if d, size := readDigits(s); size > 0 {
			out = append(out, atom{numeral: numeral{digits, 0}, number: d})
			s = s[size:]
			continue
		}
		end := 0
		for end < len(s) && s[end] != ' ' && s[end] != '-' && !digit(s[end]) {
			end++
		}
		if end == 0 {
			return nil, false // digits that are no number
		}
		word := s[:end]
		s = s[end:]
		and := false
		if rest, ok := strings.CutPrefix(word, "و"); ok {
			if _, is := n.words[word]; !is {
				and, word = true, rest
			}
		}
		if word == "" { // a و that stands before digits or alone
			out = append(out, atom{numeral: numeral{andWord, 0}})
			continue
		}
		m, slip, ok := arabicWord(word, n, len(out) == 0)
		if !ok {
			return nil, false
		}
		out = append(out, atom{numeral: m, slip: slip, and: and})
	}
	return out, true
}

func arabicWord(word string, n *numerals, first bool) (numeral, bool, bool) {
	if m, ok := n.words[word]; ok {
		return m, false, true
	}
	if rest, ok := strings.CutPrefix(word, "ال"); ok {
		if m, ok := n.words[rest]; ok {
			return m, false, true
		}
	}
	if rest, ok := strings.CutSuffix(word, "ا"); ok {
		if m, ok := n.words[rest]; ok {
			if m.kind == scaleWord && first {
				m.kind = scalePair
			}
			return m, false, true
		}
	}
	return n.find(word)
}

// readWords reads a number that is written in words, in digits with scale words, or in both.
func readWords(s string, n *numerals, cut func(string, *numerals) ([]atom, bool)) (Reading, bool) {
	atoms, ok := cut(s, n)
	if !ok || len(atoms) == 0 || atoms[0].and {
		return Reading{}, false
	}
	sum := counting{last: 64}
	for i := range atoms {
		if !sum.take(atoms, i) {
			if year, ok := readYear(atoms); ok {
				return year, true
			}
			return Reading{}, false
		}
	}
	return sum.end()
}

// readYear reads twenty twenty-five and nineteen oh three.
func readYear(atoms []atom) (Reading, bool) {
	var halves [2]int64
	at := 0
	for i := 0; i < len(atoms) && at < 2; at++ {
		switch a := atoms[i]; a.kind {
		case teenWord:
			halves[at] = a.value
			i++
		case tensWord:
			halves[at] = a.value
			if i++; i < len(atoms) && atoms[i].kind == unitWordN {
				halves[at] += atoms[i].value
				i++
			}
		case ohWord:
			if at == 0 || i+1 == len(atoms) || atoms[i+1].kind != unitWordN || atoms[i+1].value == 0 {
				return Reading{}, false
			}
			halves[at] = atoms[i+1].value
			i += 2
		default:
			return Reading{}, false
		}
		if at == 1 && i < len(atoms) {
			return Reading{}, false
		}
	}
	if at < 2 || halves[0] < 10 || halves[0] > 20 {
		return Reading{}, false
	}
	d := Whole(halves[0]*100 + halves[1])
	return Reading{Number: d, Bare: d}, true
}
