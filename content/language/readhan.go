package language

import (
	"strings"
	"unicode/utf8"
)

// position is a character of a number in Korean or Chinese.
type position struct {
	kind  positionKind
	value int32 // digit; or decimal exponent of a unit
}

type positionKind uint8

const (
	noPosition positionKind = iota
	hanDigit
	hanZero  // 零, which also bridges places that are left out
	hanUnit  // ten, hundred, thousand: within a group of four digits
	hanGroup // 万 亿 兆: every four digits
	hanPoint
	hanTens // 廿
)

// positions are the characters of numbers in one language.
type positions struct {
	table     map[rune]position
	native    []nativeNumeral // Korean numerals that count things
	shortened bool            // a last digit without a position has the one below the last: 两万五
}

type nativeNumeral struct {
	word  string
	value int64
}

func readPositionTable(f *dataFile) *positions {
	p := &positions{table: map[rune]position{}, shortened: f.yes("", "shortened")}
	put := func(words []string, kind positionKind, value int32) {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			p.table[r] = position{kind, value}
		}
	}
	for i, words := range f.rows("digits", "units") {
		kind := hanDigit
		if i == 0 {
			kind = hanZero
		}
		put(words, kind, int32(i))
	}
	put(spellings(f.text("digits", "point")), hanPoint, 0)
	f.numbered("positions", func(exp int64, text string) {
		kind := hanUnit
		if exp >= 4 {
			kind = hanGroup
		}
		put(spellings(text), kind, int32(exp))
	})
	f.numbered("tens", func(n int64, text string) { put(spellings(text), hanTens, int32(n)) })
	f.numbered("native", func(n int64, text string) {
		for _, w := range spellings(text) {
			p.native = append(p.native, nativeNumeral{w, n})
		}
	})
	return p
}

func readKorean(s string) (Reading, bool) {
	s = strings.ReplaceAll(s, " ", "")
	if n, ok := readNative(s); ok {
		return Reading{Number: Whole(n), Bare: Whole(n)}, true
	}
	return readPositions(s, readers().korean)
}

// readNative reads 일곱, 스물다섯 and 백하나.
func readNative(s string) (int64, bool) {
	total, limit := int64(0), int64(1000)
	if rest, ok := strings.CutPrefix(s, "백"); ok && rest != "" {
		total, limit, s = 100, 100, rest
	}
	for s != "" {
		found := false
		for _, n := range readers().korean.native {
			rest, ok := strings.CutPrefix(s, n.word)
			if !ok || n.value >= limit {
				continue
			}
			total += n.value
			limit = 1
			if n.value >= 10 {
				limit = 10
			}
			s, found = rest, true
			break
		}
		if !found {
			return 0, false
		}
	}
	return total, limit < 100
}

func readChinese(s string) (Reading, bool) {
	return readPositions(strings.ReplaceAll(s, " ", ""), readers().chinese)
}

// readPositions reads a number that names its positions, 二百三十, with digits mixed in, 4백89억,
// or that names its digits one by one, 二〇二五. In Chinese a last digit without a position has
// the one below the last: 两万五 is 25,000.
func readPositions(s string, p *positions) (Reading, bool) {
	table := p.table
	if d, ok := readDigitNames(s, table); ok {
		return Reading{Number: d, Bare: d}, true
	}
	s = spellOut(s, table)
	n := placing{group: 64, unit: 4}
	for i := 0; i < len(s); {
		if d, size := readDigits(s[i:]); size > 0 {
			if !n.digits(d) {
				return Reading{}, false
			}
			i += size
			continue
		}
		r := []rune(s[i:])[0]
		at, ok := table[r]
		if !ok || !n.take(at) {
			return Reading{}, false
		}
		i += len(string(r))
	}
	return n.end(p.shortened)
}

// spellOut writes digits that are named one by one, with a zero among them, as digits: 七〇万亿.
func spellOut(s string, table map[rune]position) string {
	runes := []rune(s)
	named := func(i int) bool {
		k := table[runes[i]].kind
		return k == hanDigit || k == hanZero
	}
	for i := 0; i < len(runes); i++ {
		if table[runes[i]].kind != hanDigit {
			continue
		}
		end, zero := i, false
		for end < len(runes) && named(end) {
			zero = zero || table[runes[end]].kind == hanZero
			end++
		}
		if zero && end-i > 1 && (i == 0 || table[runes[i-1]].kind == hanGroup) {
			for ; i < end; i++ {
				runes[i] = '0' + table[runes[i]].value
			}
		}
		i = end
	}
	return string(runes)
}

// readDigitNames reads at least two digits that are named one by one.
func readDigitNames(s string, table map[rune]position) (Decimal, bool) {
	var text []byte
	point := false
	for _, r := range s {
		switch p := table[r]; p.kind {
		case hanDigit, hanZero:
			text = append(text, '0'+byte(p.value))
		case hanPoint:
			if point || len(text) == 0 {
				return Decimal{}, false
			}
			point = true
			text = append(text, '.')
		default:
			return Decimal{}, false
		}
	}
	if len(text) < 2 && !(len(text) == 1 && text[0] == '0') || len(text) > 0 && text[len(text)-1] == '.' {
		return Decimal{}, false
	}
	trimmed := strings.TrimLeft(string(text[:len(text)-1]), "0") + string(text[len(text)-1:])
	if strings.HasPrefix(trimmed, ".") {
		trimmed = "0" + trimmed
	}
	return ParseDecimal(trimmed)
}

// placing adds up a number by its positions.
type placing struct {
	total   Decimal // of the groups that are complete
	recent  Decimal // the group that was completed last
	section Decimal // of the group of four that is being read
	number  Decimal // the digit or digits before the next position
	has     bool    // number is there
	named   bool    // it is one digit by its name
	unit    int32   // of the last position in the section; 4 at first
	group   int32   // of the last group; 64 at first
	after   int32   // exponent of the position right before; 0: none
	point   int32   // decimals so far, plus one; 0: no point
	zero    bool
	bare    Decimal
	scaled  bool
	any     bool
}

func (n *placing) digits(d Decimal) bool {
	if n.has || n.point > 0 {
		return false
	}
	n.number, n.has, n.named, n.after, n.any = d, true, false, 0, true
	return true
}

func (n *placing) take(p position) bool {
	n.any = true
	switch p.kind {
	case hanDigit, hanZero:
		if n.point > 0 {
			sum, ok := add(n.number, Decimal{int64(p.value), -n.point})
			n.number = sum
			n.point++
			return ok && n.point < 9
		}
		if p.kind == hanZero {
			n.zero, n.after = true, 0
			return !n.has
		}
		if n.has {
			return false
		}
		n.number, n.has, n.named = Whole(int64(p.value)), true, true
		return true // after stays: 两万五
	case hanTens:
		if n.has || n.unit <= 1 {
			return false
		}
		sum, ok := add(n.section, Whole(int64(p.value)))
		n.section, n.unit, n.after = sum, 1, 1
		return ok
	case hanPoint:
		if n.point > 0 || !n.has && n.section.Coef == 0 {
			return false
		}
		sum, ok := add(n.section, n.number)
		n.section, n.number, n.has, n.point = Decimal{}, sum, true, 1
		return ok
	case hanUnit:
		if p.value >= n.unit || n.point > 0 {
			return false
		}
		if !n.has {
			n.number = Whole(1)
		}
		sum, ok := add(n.section, Decimal{n.number.Coef, n.number.Exp + p.value}.Norm())
		n.section, n.number, n.has, n.unit, n.after, n.zero = sum, Decimal{}, false, p.value, p.value, false
		return ok
	case hanGroup:
		return n.close(p.value)
	}
	return false
}

// close ends a group of four digits. A group right after a group multiplies it: 万亿.
func (n *placing) close(exp int32) bool {
	value, ok := add(n.section, n.number)
	if !n.has && n.section.Coef == 0 {
		if n.after >= 4 && n.after == n.group { // 万亿
			total, fits := add(n.total, Decimal{-n.recent.Coef, n.recent.Exp})
			if !fits {
				return false
			}
			n.recent = Decimal{n.recent.Coef, n.recent.Exp + exp}.Norm()
			n.total, ok = add(total, n.recent)
			n.group, n.after = n.group+exp, n.group+exp
			return ok
		}
		value = Whole(1)
	}
	if exp >= n.group || !ok {
		return false
	}
	if !n.scaled {
		n.bare = value
	}
	n.recent = Decimal{value.Coef, value.Exp + exp}.Norm()
	n.total, ok = add(n.total, n.recent)
	n.section, n.number, n.has, n.unit, n.point, n.zero = Decimal{}, Decimal{}, false, 4, 0, false
	n.group, n.after, n.scaled = exp, exp, true
	return ok
}

func (n *placing) end(shortened bool) (Reading, bool) {
	if !n.any || n.point == 1 {
		return Reading{}, false
	}
	if shortened && n.has && n.named && !n.zero && n.after >= 2 {
		n.number.Exp += n.after - 1
	}
	sum, ok := add(n.section, n.number)
	if !n.has && n.section.Coef == 0 && !n.scaled {
		return Reading{}, false // 零 alone was read as a digit
	}
	total, fits := add(n.total, sum)
	r := Reading{Number: total, Bare: n.bare, Scaled: n.scaled}
	if !n.scaled {
		r.Bare = total
	}
	return r, ok && fits
}
