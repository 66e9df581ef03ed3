package grade

import (
	"strings"
	"sync"
	"unicode/utf8"

	"summitquiz/content/language"
)

// canonical writes the words of a normalised name in the one way in which names are compared:
// numerals in digits, abbreviations in full, and "&" for the words that join two names. Keys
// and answers go through the same rules. roman reports whether a word may be a Roman numeral.
// The result has its words separated by single blanks.
func canonical(s string, roman func(word string) bool) string {
	c := canonicalizer{in: splitWords(s), roman: roman}
	for c.at < len(c.in) {
		c.step()
	}
	return strings.Join(c.out, " ")
}

// anyRoman takes any word for a Roman numeral that can be one, as in typed answers, which are
// often in lower case.
func anyRoman(string) bool { return true }

// romanIn returns a test for the words that stand in capitals in a name as a pack writes it.
func romanIn(name string) func(word string) bool {
	name = openSigns(name)
	return func(word string) bool {
		upper := strings.ToUpper(word)
		for at := 0; ; at++ {
			i := strings.Index(name[at:], upper)
			if i < 0 {
				return false
			}
			if at += i; !letterAt(name[:at], false) && !letterAt(name[at+len(upper):], true) {
				return true
			}
		}
	}
}

// letterAt reports whether s begins, or else ends, in a letter.
func letterAt(s string, begins bool) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	if begins {
		r, _ = utf8.DecodeRuneInString(s)
	}
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7F && r != utf8.RuneError && alphabetOf(string(r)) != otherAlphabet
}

type canonicalizer struct {
	in, out []string
	at      int
	roman   func(string) bool
}

// step takes the next word, or the next few that make one numeral.
func (c *canonicalizer) step() {
	w := c.in[c.at]
	last := c.at == len(c.in)-1
	if mixed(w) {
		w = romanInside(w)
		c.in[c.at] = w
	}
	switch {
	case joins()[w]:
		c.join(w, last)
	case w == "the" && c.at > 0 && !last && (englishOrdinal(c.in[c.at+1]) || digitsOnly(c.in[c.at+1]) && c.at+2 == len(c.in)):
		c.at++ // Henry the Eighth
	case w[0] >= '0' && w[0] <= '9':
		c.put(1, withoutReign(digitsOf(w), c.at))
	case w[0] < utf8.RuneSelf:
		c.latin(w, last)
	default:
		c.other(w)
	}
}

// put takes n words and writes s for them.
func (c *canonicalizer) put(n int, s string) {
	c.at += n
	if s != "" {
		c.out = append(c.out, s)
	}
}

// join writes a word that joins names; at either end it is a word like any other.
func (c *canonicalizer) join(w string, last bool) {
	switch {
	case c.at == 0 || last:
		c.put(1, w)
	case alphabetOf(c.in[c.at+1]) == arabicAlphabet:
		c.in[c.at+1] = "و" + c.in[c.at+1]
		c.at++
	default:
		c.put(1, "&")
	}
}

// latin takes a word in Latin letters.
func (c *canonicalizer) latin(w string, last bool) {
	if n, digits := englishNumeral(c.in[c.at:]); n > 0 {
		c.put(n, digits)
		return
	}
	if c.at > 0 && c.roman(w) && (w != "v" || last) && (w != "i" || last || !afterI()[c.in[c.at+1]]) {
		if digits := romanNumeral(w); digits != "" {
			c.put(1, digits)
			return
		}
	}
	full, short := abbreviations()[w]
	switch {
	case w == "st" && last && c.at > 0:
		full = "street"
	case w == "v" && (last || c.at == 0), w == "no" && (last || !beginsNumeral(c.in[c.at+1])):
		short = false
	}
	if short {
		w = full
	}
	c.put(1, w)
}

// other takes a word in another script.
func (c *canonicalizer) other(w string) {
	switch alphabetOf(w) {
	case arabicAlphabet:
		if w == "و" && c.at+1 < len(c.in) {
			c.in[c.at+1] = w + c.in[c.at+1]
			c.at++
			return
		}
		if n, digits := arabicNumeral(c.in[c.at:]); n > 0 {
			c.put(n, digits)
			return
		}
	case hangulAlphabet:
		if ordinalOf()[w] && c.at+1 < len(c.in) {
			c.in[c.at+1] = w + c.in[c.at+1]
			c.at++
			return
		}
		w = withoutReign(koreanNumerals(w), c.at)
	case hanAlphabet:
		w = chineseNumerals(w)
	}
	c.put(1, w)
}

// mixed reports whether a word has Latin letters and letters of another script.
func mixed(w string) bool {
	latin, other := false, false
	for i := range len(w) {
		latin, other = latin || w[i] >= 'a' && w[i] <= 'z', other || w[i] >= utf8.RuneSelf
	}
	return latin && other
}

// romanInside writes a Roman numeral within a word of another script in digits: 찰스 iii세, 路易xiv世.
// One of a single letter is a numeral only beside the mark of an ordinal or a reign: there is no
// tenth generation in x세대.
func romanInside(w string) string {
	begin := strings.IndexFunc(w, func(r rune) bool { return r >= 'a' && r <= 'z' })
	end := begin
	for end < len(w) && w[end] >= 'a' && w[end] <= 'z' {
		end++
	}
	digits := romanNumeral(w[begin:end])
	if digits == "" || begin > 0 && w[begin-1] < utf8.RuneSelf || end < len(w) && w[end] < utf8.RuneSelf {
		return w
	}
	if before, _ := cutOrdinal(w); end-begin == 1 && !reigns()[w[end:]] && (before == w || begin != len(w)-len(before)) {
		return w
	}
	return w[:begin] + digits + w[end:]
}

// withoutReign takes the word for a reign from the numeral after a Korean name: 루이 14세 and 루이 14.
func withoutReign(w string, at int) string {
	if at == 0 || w[len(w)-1] < utf8.RuneSelf {
		return w
	}
	if end := len(w) - len(strings.TrimLeft(w, "0123456789")); end > 0 && reigns()[w[end:]] {
		return w[:end]
	}
	return w
}

// afterI follow the English word I, which is no numeral there.
var afterI = words("after-i")

// joins are the words that join two names.
var joins = words("name-joins")

// abbreviations are read as the words that they stand for.
var abbreviations = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, pair := range language.AnswerWords("abbreviations") {
		short, full, _ := strings.Cut(pair, " = ")
		m[short] = full
	}
	return m
})

// classWords name the class of what follows: the name itself is the rest.
var classWords = words("class-words")

// splitWords cuts a normalised name at blanks, hyphens and marks. A sign that joins is a word;
// the dots of letters such as u.s.a are left out, and so are apostrophes.
func splitWords(s string) []string {
	if strings.Contains(s, "'n'") {
		s = strings.ReplaceAll(s, "'n'", " & ")
	}
	var out []string
	start := -1
	end := func(i int) {
		if start >= 0 {
			out = appendWord(out, s[start:i])
		}
		start = -1
	}
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == '&', b == '+' && i > 0 && i+1 < len(s) && s[i-1] != '+' && s[i+1] != '+' && (start < 0) == (s[i+1] == ' '):
			end(i)
			out = append(out, "&")
		case (b == ',' || b == ' ') && groupsDigits(s, i):
		case b == ' ' || b == '-' || b == '/' || b == ',' || b == ';' || b == ':' || b == '!' || b == '?' || b == '(' || b == ')' || b == '"':
			end(i)
		case start < 0:
			start = i
		}
	}
	end(len(s))
	return out
}

// groupsDigits reports whether the comma or blank at i stands before a group of three digits:
// 20,000.
func groupsDigits(s string, i int) bool {
	after, before := 0, 0
	for i+1+after < len(s) && s[i+1+after] >= '0' && s[i+1+after] <= '9' {
		after++
	}
	for before < i && s[i-1-before] >= '0' && s[i-1-before] <= '9' {
		before++
	}
	return after == 3 && before > 0 && before < 4
}

// appendWord adds a word without its apostrophes and dots, or the words between its dots.
func appendWord(out []string, w string) []string {
	if strings.IndexByte(w, '\'') >= 0 {
		w = strings.ReplaceAll(w, "'", "")
	}
	if strings.ContainsAny(w, ", ") { // groups of digits
		w = strings.NewReplacer(",", "", " ", "").Replace(w)
	}
	if w = strings.Trim(w, "."); w == "" {
		return out
	}
	if digits, ok := strings.CutPrefix(w, arabicArticle); ok && digitsOnly(digits) {
		return append(out, digits) // الفرسان ال3
	}
	for _, sign := range [...]string{"#", "no", "n°"} {
		if digits, ok := strings.CutPrefix(w, sign); ok && digitsOnly(digits) {
			return append(out, "number", digits)
		}
	}
	if strings.IndexByte(w, '.') < 0 {
		return append(out, w)
	}
	parts := strings.Split(w, ".")
	letters := true
	for _, p := range parts {
		letters = letters && utf8.RuneCountInString(p) == 1
	}
	if letters {
		return append(out, strings.Join(parts, ""))
	}
	if p := parts[0]; len(parts) == 2 && digitsOnly(p) && digitsOnly(parts[1]) {
		return append(out, w) // 3.14
	}
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

const arabicArticle = "ال"

func digitsOnly(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// compactOf returns a normalised name without what does not count in names: blanks, hyphens,
// marks. Between two digits they count, as in 9/11, 7-11 and 3.14; so they do alone.
func compactOf(s string) string {
	if !strings.ContainsAny(s, separators) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	afterDigit, mark := false, byte(0) // of what is written; the mark since then
	for i := range len(s) {
		c := s[i]
		if strings.IndexByte(separators, c) >= 0 {
			if mark == 0 || mark == '-' {
				mark = separator(c)
			}
			continue
		}
		digit := c >= '0' && c <= '9'
		if mark != 0 && digit && afterDigit {
			b.WriteByte(mark)
		}
		mark, afterDigit = 0, digit
		b.WriteByte(c)
	}
	if b.Len() == 0 {
		return s // nothing but marks
	}
	return b.String()
}

const separators = " -'.,\"()/!?:;"

// separator is the mark for a character between two digits: a blank is as good as a hyphen, and
// a comma as a point.
func separator(c byte) byte {
	switch c {
	case '/', ':':
		return c
	case '.', ',':
		return '.'
	}
	return '-'
}
