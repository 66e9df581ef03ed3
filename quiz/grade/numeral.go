package grade

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Numerals inside names, in words, Roman form or as ordinals, each written as plain digits:
// World War II, Henry the Eighth, 제이차 세계 대전, 第二次世界大战, الحرب العالمية الثانية.

// The English words of which a numeral in a name is made.
var (
	nameUnits    = words("name-numerals")
	nameTens     = words("name-tens")
	nameHundreds = words("name-hundreds")
	nameScales   = words("name-scales")
	numeralJoins = words("numeral-joins")
	ordinalEnds  = words("ordinal-endings")
)

// cardinal reports whether a numeral may be made of a word.
func cardinal(w string) bool {
	return nameUnits()[w] || nameTens()[w] || nameHundreds()[w] || nameScales()[w]
}

// ordinals are the English ordinals of one word, by value.
var ordinals = numbered("name-ordinals")

// englishOrdinal reports whether a word is an ordinal, or a numeral that begins one.
func englishOrdinal(w string) bool {
	if ordinals()[w] > 0 {
		return true
	}
	return w[0] >= '0' && w[0] <= '9' && digitsOf(w) != w || nameTens()[w]
}

// beginsNumeral reports whether a word begins a numeral: after "no" it makes a number.
func beginsNumeral(w string) bool {
	return w[0] >= '0' && w[0] <= '9' || cardinal(w) || romanNumeral(w) != ""
}

// digitsOf returns a word of digits without the ending of an ordinal: 8 for 8th.
func digitsOf(w string) string {
	if n := len(w) - 2; n > 0 && digitsOnly(w[:n]) {
		if ordinalEnds()[w[n:]] {
			return w[:n]
		}
	}
	return w
}

// joinsNumeral reports whether the word at i stands inside a numeral: two hundred and six.
func joinsNumeral(words []string, i int) bool {
	return i > 0 && i+1 < len(words) && nameHundreds()[words[i-1]] && cardinal(words[i+1])
}

// longestNumeral is how many words a numeral in a name may have.
const longestNumeral = 12

// englishNumeral reads the numeral at the beginning of words and returns how many it takes.
func englishNumeral(words []string) (n int, digits string) {
	if v := ordinals()[words[0]]; v > 0 {
		return 1, strconv.Itoa(v)
	}
	for n < min(len(words), longestNumeral) {
		if w := words[n]; !cardinal(w) && !(numeralJoins()[w] && joinsNumeral(words, n)) {
			break
		}
		n++
	}
	if n == 0 {
		return 0, ""
	}
	if n < len(words) && nameTens()[words[n-1]] { // twenty-first
		if v := ordinals()[words[n]]; v > 0 && v < 10 {
			if tens, ok := wholeNumber(strings.Join(words[:n], " ")); ok {
				return n + 1, strconv.FormatInt(tens+int64(v), 10)
			}
		}
	}
	if v, ok := wholeNumber(strings.Join(words[:n], " ")); ok {
		return n, strconv.FormatInt(v, 10)
	}
	for at := range n { // a row of digits: four five one
		v, ok := wholeNumber(words[at])
		if !ok || v > 9 && at > 0 {
			return at, digits
		}
		if digits += strconv.FormatInt(v, 10); v > 9 {
			return 1, digits
		}
	}
	return n, digits
}

// wholeNumber reads a text that is a whole number and nothing else.
func wholeNumber(s string) (int64, bool) {
	for _, r := range language.ReadAmount(s) {
		if n, ok := r.Number.Int(); ok && len(r.Units) == 0 && !r.Slip {
			return n, true
		}
	}
	return 0, false
}

// romanNumeral returns a Roman numeral from 1 to 89 in digits; "" for anything else. Single
// letters other than i, v and x are names more often than numbers.
func romanNumeral(w string) string {
	if len(w) > 8 || strings.Trim(w, "ivxl") != "" || w == "l" {
		return ""
	}
	value, rest := 0, w
	for _, d := range [...]struct {
		letters string
		value   int
	}{{"l", 50}, {"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}} {
		for n := 0; strings.HasPrefix(rest, d.letters); n++ {
			if n == 3 || n == 1 && d.value != 10 && d.value != 1 {
				return ""
			}
			value, rest = value+d.value, rest[len(d.letters):]
		}
	}
	if rest != "" || value == 0 {
		return ""
	}
	return strconv.Itoa(value)
}

// numeralWords are Arabic cardinals and ordinals of one word, without article, and Korean numerals that
// are no syllable of other words.
var numeralWords = numbered("name-words")

// arabicNumeral reads the numeral at the beginning of words: الثانية, الرابع عشر, مئة.
func arabicNumeral(words []string) (n int, digits string) {
	value := func(i int, prefix string) int {
		if i >= len(words) {
			return 0
		}
		w, ok := strings.CutPrefix(words[i], prefix)
		if !ok {
			return 0
		}
		return numeralWords()[strings.TrimPrefix(w, "ال")]
	}
	v := value(0, "")
	switch next := value(1, ""); {
	case v == 0:
		return 0, ""
	case v == 11 && next != 10:
		return 0, "" // حادي stands only before عشر and the tens
	case v <= 11 && next == 10 && v != 10:
		return 2, strconv.Itoa(v%10 + 10)
	}
	if tens := value(1, "و"); v%10 != 0 && tens >= 20 && tens < 100 {
		return 2, strconv.Itoa(v%10 + tens)
	}
	return 1, strconv.Itoa(v)
}

// Of what numerals are made in Korean and Chinese names, and what stands around them: the counters
// of wars, kings and ships, the mark of an ordinal, the character of a reign.
var (
	sino       = letters("name-syllables")
	counters   = letters("name-counters")
	hanDigits  = letters("name-characters")
	ordinalOf  = words("name-ordinal")
	reigns     = words("name-reign")
	formal     = letters("name-formal") // of cheques, only after the mark of an ordinal
	hanNumeral = letters("name-characters", "name-ordinal", "name-reign")
)

// cutOrdinal takes the mark of an ordinal from the beginning of a word.
func cutOrdinal(w string) (string, bool) {
	_, size := utf8.DecodeRuneInString(w)
	if ordinalOf()[w[:size]] {
		return w[size:], true
	}
	return w, false
}

// koreanNumerals writes the numeral of a word in digits: 제이차 and 2차 are the same.
func koreanNumerals(w string) string {
	if n, ok := numeralWords()[w]; ok {
		return strconv.Itoa(n)
	}
	rest, ordinal := cutOrdinal(w)
	of := sino()
	if rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		of = "0123456789"
	}
	end := len(rest) - len(strings.TrimLeft(rest, of))
	if end == 0 {
		return w
	}
	counter, _ := utf8.DecodeRuneInString(rest[end:])
	if !ordinal && (end == len(rest) || !strings.ContainsRune(counters(), counter)) {
		return w
	}
	if n, ok := wholeNumber(rest[:end]); ok {
		return strconv.FormatInt(n, 10) + rest[end:]
	}
	return w
}

// chineseNumerals writes the numerals of a run of characters in digits, without 第.
func chineseNumerals(w string) string {
	if !strings.ContainsAny(w, hanNumeral()) {
		return w
	}
	var b strings.Builder
	for w != "" {
		rest, ordinal := cutOrdinal(w)
		of := hanDigits() + "0123456789"
		if ordinal {
			of += formal()
		}
		end := len(rest) - len(strings.TrimLeft(rest, of))
		if end > 0 {
			if n, ok := wholeNumber(rest[:end]); ok {
				b.WriteString(strconv.FormatInt(n, 10))
			} else {
				b.WriteString(rest[:end])
			}
			if w = rest[end:]; reigns()[w] { // 路易十四世
				w = ""
			}
			continue
		}
		_, size := utf8.DecodeRuneInString(w)
		b.WriteString(w[:size])
		w = w[size:]
	}
	return b.String()
}

// numeralsOf returns the numbers in a canonical name, sorted: another number is another name.
func numeralsOf(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return ""
	}
	found := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	slices.Sort(found)
	return strings.Join(found, " ")
}

// initialsOf returns the single Latin letters among the words of a name, sorted: no slip of the
// pen changes the W. of a person or the S. of a country.
func initialsOf(s string) string {
	var found []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' || r == '-' || r == ',' }) {
		if len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' {
			found = append(found, w)
		}
	}
	slices.Sort(found)
	return strings.Join(found, "")
}
