package content

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content/language"
)

// Numbers, dates and marked texts as packs write them. Unlike answers that people type, they
// have one spelling each, so that what an author wrote is never guessed at.

var dateHint = say("write 2025-11-01, 2025-11 or 2025")

// parseDate reads 2025-11-01, 2025-11 or 2025; a leading minus is BCE. reason says what is
// wrong, or is empty.
func parseDate(s string) (d language.Date, reason phrase) {
	rest, bce := strings.CutPrefix(s, "-")
	parts := strings.Split(rest, "-")
	if len(parts) > 3 {
		return d, say("%q is not a date", show(s))
	}
	var n [3]int
	for i, p := range parts {
		if len(p) == 0 || len(p) > 4 || i > 0 && len(p) != 2 || strings.Trim(p, "0123456789") != "" {
			return d, say("%q is not a date", show(s))
		}
		n[i], _ = strconv.Atoi(p)
	}
	switch {
	case n[0] == 0:
		return d, say("there is no year 0")
	case len(parts) > 1 && (n[1] < 1 || n[1] > 12):
		return d, say("there is no month %s", parts[1])
	case len(parts) > 2 && (n[2] < 1 || n[2] > daysIn(n[0], n[1], bce)):
		return d, say("there is no day %s in month %s of %s", parts[2], parts[1], parts[0])
	}
	if bce {
		n[0] = -n[0]
	}
	return language.Date{Year: int16(n[0]), Month: int8(n[1]), Day: int8(n[2])}, noHint
}

// daysIn is the number of days of a month in the proleptic Gregorian calendar.
func daysIn(year, month int, bce bool) int {
	if bce {
		year = 1 - year // 1 BCE is the leap year 0
	}
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dateOrder compares two dates by the parts that both have: 2025 and 2025-11-01 are equal.
func dateOrder(a, b language.Date) int {
	switch {
	case a.Year != b.Year:
		return sign(int(a.Year) - int(b.Year))
	case a.Month == 0 || b.Month == 0 || a.Month == b.Month && (a.Day == 0 || b.Day == 0):
		return 0
	case a.Month != b.Month:
		return sign(int(a.Month) - int(b.Month))
	}
	return sign(int(a.Day) - int(b.Day))
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// parseNumber reads 7, -3, 48.9, 51,740,000 or 51_740_000. places is how many decimals it has.
func parseNumber(s string) (d language.Decimal, places int, ok bool) {
	if i := strings.IndexAny(s, ",_"); i >= 0 {
		groups := strings.Split(s, s[i:i+1])
		for j, g := range groups {
			if j == 0 && (len(strings.TrimPrefix(g, "-")) == 0 || len(strings.TrimPrefix(g, "-")) > 3) {
				return d, 0, false
			}
			whole, _, _ := strings.Cut(g, ".")
			if j > 0 && len(whole) != 3 || j < len(groups)-1 && whole != g {
				return d, 0, false
			}
		}
		s = strings.Join(groups, "")
	}
	if d, ok = language.ParseDecimal(s); !ok {
		return d, 0, false
	}
	if i := strings.IndexByte(s, '.'); i >= 0 {
		places = len(s) - i - 1
	}
	return d, places, true
}

// parseAmount reads a number with an optional scale word and an optional unit, or with the sign
// of a currency before it. reason says what is wrong, or is empty; word is the part of s it is
// about.
func parseAmount(s string) (a language.Amount, reason phrase, word string) {
	rest := strings.TrimSpace(s)
	if sign, size := utf8.DecodeRuneInString(rest); unicode.Is(unicode.Sc, sign) {
		currency := currencyOf(sign)
		if currency == nil {
			return a, say("%q does not say which currency it is", string(sign)), string(sign)
		}
		if a, reason, word = parseAmount(rest[size:]); reason.format == "" && a.Unit != nil {
			return a, say("%q has two units", show(s)), rest
		}
		a.Unit = currency
		return a, reason, word
	}
	end := strings.IndexFunc(rest, func(u rune) bool {
		return (u < '0' || u > '9') && u != '.' && u != ',' && u != '_' && u != '-'
	})
	if end < 0 {
		end = len(rest)
	}
	number := rest[:end]
	rest = strings.TrimSpace(rest[end:])
	d, places, ok := parseNumber(number)
	if !ok {
		return a, say("%q is not a number with a unit", show(s)), number
	}
	exp := int32(-places)
	for rest != "" {
		first, more, _ := strings.Cut(rest, " ")
		scale, ok := language.ScaleNamed(first)
		if !ok || more == "" && len(first) == 1 && language.UnitNamed(first) != nil {
			break
		}
		d.Exp += scale
		exp += scale
		rest = strings.TrimSpace(more)
	}
	if d.Exp > 60 || d.Exp < -60 {
		return a, say("%q is out of range", show(s)), number
	}
	a = language.Amount{Number: d.Norm(), LastDigit: exp}
	if rest == "" {
		return a, noHint, ""
	}
	if a.Unit = language.UnitNamed(rest); a.Unit == nil {
		return a, say("unknown unit %q", show(rest)), rest
	}
	return a, noHint, ""
}

// currencyOf returns the currency that a sign stands for, or nil for a sign of several, as ¥.
func currencyOf(sign rune) *language.Unit {
	if sign == '¥' || sign == '￥' {
		return nil
	}
	for _, u := range language.Units() {
		if u.Currency && slices.Contains(u.Spellings(language.English), string(sign)) {
			return u
		}
	}
	return nil
}

// parseOrdinal reads 1st, 2nd, 11th or a bare 11.
func parseOrdinal(s string) (language.Amount, bool) {
	digits := strings.TrimRight(s, "stndrh")
	if suffix := s[len(digits):]; suffix != "" && suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th" {
		return language.Amount{}, false
	}
	d, places, ok := parseNumber(digits)
	if n, whole := d.Int(); !ok || places > 0 || !whole || n < 1 {
		return language.Amount{}, false
	}
	return language.Amount{Number: d}, true
}

// maxBlanks is how many pieces of one text may be marked.
const maxBlanks = 20

// tidyBars drops the blanks around words that bars separate; "" where a word is missing.
func tidyBars(s string) string {
	parts := strings.Split(s, "|")
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); parts[i] == "" {
			return ""
		}
	}
	return strings.Join(parts, "|")
}

// parseMarked takes the [ ] out of a text and returns where they stood. \[ and \] are literal
// brackets, and words after a bar are right as well: [opened|began]. reason says what is wrong, or is empty; at is where, in bytes of s.
func parseMarked(s string) (text string, blanks []Blank, reason phrase, at int) {
	if !strings.ContainsAny(s, `[]\`) {
		return s, nil, noHint, 0
	}
	var b strings.Builder
	start, opened := -1, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && (s[i+1] == '[' || s[i+1] == ']' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case c == '[' && start >= 0:
			return "", nil, say("a [ inside [ ]"), i
		case c == '[':
			start, opened = b.Len(), i
		case c == ']' && start < 0:
			return "", nil, say("a ] without ["), i
		case c == ']':
			words, others, barred := strings.Cut(b.String()[start:], "|")
			blank := Blank{Start: start, End: start + len(strings.TrimSpace(words)), Or: tidyBars(others)}
			if blank.End == start || barred && blank.Or == "" {
				return "", nil, say("nothing between [ and ]"), i
			}
			if barred {
				kept := b.String()[:start] + strings.TrimSpace(words)
				b.Reset()
				b.WriteString(kept)
			}
			blanks = append(blanks, blank)
			start = -1
		default:
			b.WriteByte(c)
		}
	}
	switch {
	case start >= 0:
		return "", nil, say("a [ without ]"), opened
	case len(blanks) > maxBlanks:
		return "", nil, say("more than %d marked pieces", maxBlanks), 0
	}
	return b.String(), blanks, noHint, 0
}
