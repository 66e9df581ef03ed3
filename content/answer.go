package content

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// reading is what an answer without quotes is taken for. It is a value only where that can be
// meant alone: its number is written as numbers are, and its unit by its own name. Everything
// else stays text, as it was written: 007, 1.10, 5G, 4K, 7-11.
type reading struct {
	typ   Type // TextValue, QuantityValue or DateValue
	value Value
	shown string // a value: how it is shown, where that is not as it was written
	doubt phrase // why the other reading is likely too, or what is wrong with the text; empty: no doubt
	wrong bool   // doubt is a mistake, such as a day that no month has
}

// readAnswer reads an answer of a pack in the given languages. asks is the question.
func readAnswer(s string, asks language.Text, codes []language.Code) reading {
	if r, ok := readDate(s, asks, codes); ok {
		return r
	}
	a, sure, doubt, ok := readAmount(s)
	if !ok {
		return reading{typ: TextValue}
	}
	shown := shownAs(codes, func(c language.Code) []byte {
		return language.AppendAmount(nil, c, a, moneyForm(a), language.Style{Plain: true})
	})
	back := false
	for _, t := range shown {
		back = back || sameWriting(t, s)
	}
	r := reading{typ: QuantityValue, value: Value{Type: QuantityValue, Amount: a}, doubt: doubt}
	switch {
	case !sure && (!back || doubt.format != ""):
		if doubt.format == "" {
			doubt = say("it could also be a number")
		}
		return reading{typ: TextValue, doubt: doubt}
	case !back && len(shown) > 0:
		r.shown = shown[0]
	}
	return r
}

// readDate reads full dates, months and years. A bare 1945 is a year, as it is in almost every
// quiz, unless the question counts; 1,945 is a number.
func readDate(s string, asks language.Text, codes []language.Code) (reading, bool) {
	d, reason := parseDate(s)
	year, rest, long := strings.Cut(strings.TrimPrefix(s, "-"), "-")
	switch {
	case len(year) != 4 || strings.Trim(year, "0123456789") != "":
		return reading{}, false
	case !long && (reason.format != "" || s < "1000" || s > "2100" || asksCount(asks)):
		return reading{}, false
	case reason.format != "" && len(rest) == len("02-30") && rest[2] == '-' && strings.Trim(rest, "0123456789-") == "":
		return reading{typ: TextValue, doubt: reason, wrong: true}, true
	case reason.format != "":
		return reading{}, false
	}
	r := reading{typ: DateValue, value: Value{Type: DateValue, Date: d}}
	if long {
		r.shown = shownAs(codes, func(c language.Code) []byte {
			return language.AppendArg(nil, c, &language.Arg{Kind: language.Day, Date: d}, language.Style{Plain: true})
		})[0]
	}
	return r, true
}

func shownAs(codes []language.Code, write func(language.Code) []byte) []string {
	if len(codes) == 0 {
		codes = language.All()
	}
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(write(c))
	}
	return out
}

// sameWriting reports whether two spellings of a number look the same, however its digits are
// grouped: 4000 and 4,000, km2 and km².
func sameWriting(a, b string) bool { return ungrouped(a) == ungrouped(b) }

func ungrouped(s string) string {
	s = norm.NFKC.String(s)
	var b strings.Builder
	for i := range len(s) {
		if s[i] == ',' && i > 0 && isDigit(s[i-1]) && i+1 < len(s) && isDigit(s[i+1]) {
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// readAmount reads a number with an optional scale word and unit. sure reports whether it is
// written as nothing else is; doubt says what else it may be.
func readAmount(s string) (a language.Amount, sure bool, doubt phrase, ok bool) {
	s = signLast(s)
	end := strings.IndexFunc(s, func(u rune) bool { return (u < '0' || u > '9') && !strings.ContainsRune(".,_-", u) })
	if end < 0 {
		end = len(s)
	}
	number, rest := s[:end], s[end:]
	d, places, ok := parseNumber(number)
	if !ok || places > 0 && len(strings.TrimPrefix(number, "-")) > 15 {
		return a, false, noHint, false
	}
	sure = plainNumber(number, places)
	spaced := strings.HasPrefix(rest, " ")
	rest = strings.TrimSpace(rest)
	short, exp := false, int32(0)
	for rest != "" {
		word, more, _ := strings.Cut(rest, " ")
		scale, known := language.ScaleNamed(word)
		if !known {
			break
		}
		if more == "" && spelled()[rest] != nil {
			if word != strings.ToLower(word) { // 300 K, but 330 m is metres
				doubt = say("it could also mean %s", language.Decimal{Coef: d.Coef, Exp: d.Exp + exp + scale}.Norm())
			}
			break
		}
		short = short || len(word) <= 2
		exp += scale
		rest = strings.TrimSpace(more)
	}
	if d.Exp += exp; d.Exp > 60 || d.Exp < -60 {
		return a, false, noHint, false
	}
	a = language.Amount{Number: d.Norm(), LastDigit: exp - int32(places)}
	if rest == "" {
		return a, sure && !short, doubt, true
	}
	if a.Unit = spelled()[rest]; a.Unit == nil {
		a.Unit, sure = language.UnitNamed(rest), false
	}
	if a.Unit == nil {
		return a, false, noHint, false
	}
	if moneyForm(a) != nil { // the cents of money are written in full
		sure = !short && plainNumber(strings.TrimRight(number, "0")+"1", places)
	}
	single := utf8.RuneCountInString(rest) == 1 && rest != "%" && rest != "°"
	return a, sure && (!short || a.Unit.Currency) && (spaced || !single), doubt, true
}

// plainNumber reports whether a number is written as it is said: without zeros before it, and
// without zeros at the end of its decimals.
func plainNumber(s string, places int) bool {
	s = strings.TrimPrefix(s, "-")
	return (s == "0" || !strings.HasPrefix(s, "0") || strings.HasPrefix(s, "0.")) && (places == 0 || s[len(s)-1] != '0') && !strings.Contains(s, "_")
}

// signLast writes $24 and -$24 as 24 $, which is how units are read.
func signLast(s string) string {
	rest, negative := strings.CutPrefix(s, "-")
	end := strings.IndexAny(rest, "0123456789")
	if end <= 0 || spelled()[rest[:end]] == nil || !spelled()[rest[:end]].Currency || isLetters(rest[:end]) {
		return s
	}
	sign, rest := rest[:end], rest[end:]
	if first, size := utf8.DecodeRuneInString(sign); size == len(sign) && currencyOf(first) == nil {
		return s // ¥ is yen or yuan
	}
	if negative {
		rest = "-" + rest
	}
	return rest + " " + sign
}

func isLetters(s string) bool {
	return strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == ""
}

// spelled maps every spelling of a unit that English texts use, case and all, to the unit. One
// that several units share belongs to the first.
var spelled = sync.OnceValue(func() map[string]*language.Unit {
	m := map[string]*language.Unit{}
	for _, u := range language.Units() {
		for _, s := range u.Spellings(language.English) {
			if m[s] == nil {
				m[s] = u
			}
		}
	}
	for _, u := range language.Units() {
		if m[u.Code+"s"] == nil && !u.Currency && len(u.Code) > 2 {
			m[u.Code+"s"] = u
		}
	}
	return m
})
