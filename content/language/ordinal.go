package language

import (
	"strings"

	"golang.org/x/text/feature/plural"
)

// ordinalWords are the ordinals that a language writes as words, and the patterns of the others.
type ordinalWords struct {
	words     [2][]string  // by gender: first, second, …
	numerals  []string     // of the pattern below: 零 to 十
	below     [2]string    // around a numeral below 100
	patterns  [6][2]string // around the number, by CLDR category
	ungrouped bool         // the digits of the number are not grouped
}

// The placeholders of ordinals.
const (
	ordinalNumber  = "{n}"
	ordinalDigits  = "{digits}"
	ordinalNumeral = "{numeral}"
)

func readOrdinals(f *dataFile) ordinalWords {
	var o ordinalWords
	o.words[Masculine] = f.words("ordinals", "masculine")
	if o.words[Feminine] = f.words("ordinals", "feminine"); o.words[Feminine] == nil {
		o.words[Feminine] = o.words[Masculine]
	}
	if len(o.words[Masculine]) != len(o.words[Feminine]) {
		f.fail(f.lineOf("ordinals"), "there are %d masculine and %d feminine ordinals: write as many of both", len(o.words[Masculine]), len(o.words[Feminine]))
	}
	for i, r := range []rune(f.text("numbers", "numerals")) {
		o.numerals = append(o.numerals, string(r))
		_ = i
	}
	if text := f.text("ordinals", "below-hundred"); text != "" {
		before, after, ok := strings.Cut(text, ordinalNumeral)
		if !ok || len(o.numerals) != 11 {
			f.fail(f.lineOf("ordinals"), "below-hundred needs {numeral}, and numerals from nought to ten among the numbers")
		}
		o.below = [2]string{before, after}
	}
	other := f.required("ordinals", "other")
	for _, name := range []string{"zero", "one", "two", "few", "many", "other"} {
		text := or(f.text("ordinals", name), other)
		before, after, ok := strings.Cut(text, ordinalNumber)
		if !ok {
			before, after, ok = strings.Cut(text, ordinalDigits)
			o.ungrouped = true
		}
		if !ok && text != "" {
			f.fail(f.lineOf("ordinals"), "%s: %s has no number: write {n}, or {digits} for one without groups", name, text)
		}
		o.patterns[categoryOf(name)] = [2]string{before, after}
	}
	return o
}

// AppendOrdinal appends a whole number as an ordinal: "1st", الأولى (g is the gender of what
// is counted), "첫 번째", "第一". Beyond the words that people write, digits follow: الـ21,
// 11번째, 第100. A number that is not whole and positive is appended as a number.
func AppendOrdinal(dst []byte, c Code, a Amount, g Gender, st Style) []byte {
	return c.Language().AppendOrdinal(dst, a, g, st)
}

// AppendOrdinal is the function AppendOrdinal in this language.
func (l *Language) AppendOrdinal(dst []byte, a Amount, g Gender, st Style) []byte {
	n, ok := a.Number.Int()
	if !ok || n <= 0 {
		return l.appendNumber(dst, a.Number, 0, true, st)
	}
	o := &l.ordinals
	if words := o.words[g&1]; n <= int64(len(words)) {
		return append(dst, words[n-1]...)
	}
	if n < 100 && o.below[0]+o.below[1] != "" {
		dst = o.appendNumeral(append(dst, o.below[0]...), n)
		return append(dst, o.below[1]...)
	}
	category := plural.Ordinal.MatchPlural(l.plural, int(n%10_000_000), 0, 0, 0, 0)
	p := &o.patterns[category]
	dst = l.appendNumber(append(dst, p[0]...), a.Number, 0, !o.ungrouped, st)
	return append(dst, p[1]...)
}

// appendNumeral appends 1 to 99 in numerals: 十, 十一, 二十, 九十九.
func (o *ordinalWords) appendNumeral(dst []byte, n int64) []byte {
	if n >= 20 {
		dst = append(dst, o.numerals[n/10]...)
	}
	if n >= 10 {
		dst = append(dst, o.numerals[10]...)
	}
	if n%10 != 0 {
		dst = append(dst, o.numerals[n%10]...)
	}
	return dst
}
