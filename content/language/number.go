package language

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
)

var categoryNames = [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// categoryOf returns the CLDR plural category of a name, or -1.
func categoryOf(name string) int { return slices.Index(categoryNames[:], name) }

// category returns the CLDR plural category of d written with places digits after the
// decimal mark.
func (l *Language) category(d Decimal, places int) plural.Form {
	if len(l.categories) == 1 {
		return plural.Other // the only category there is
	}
	d = d.Norm()
	places = max(places, d.Places())
	if d.Exp > 0 || places > 6 {
		// Only the last seven digits of a large number matter, and no rule tells
		// apart fractions beyond their presence.
		whole, ok := d.Int()
		if !ok {
			return plural.Other
		}
		return plural.Cardinal.MatchPlural(l.plural, int(magnitude(whole)%10_000_000), 0, 0, 0, 0)
	}
	power := uint64(1)
	for range -d.Exp {
		power *= 10
	}
	n := magnitude(d.Coef)
	whole, fraction := int(n/power%10_000_000), int(n%power)
	visible := fraction
	for range places - d.Places() {
		visible *= 10
	}
	return plural.Cardinal.MatchPlural(l.plural, whole, places, d.Places(), visible, fraction)
}

// appendNumber appends d with places digits after the decimal mark, or as many as it needs
// where that is more, grouped in threes if group is set, in the digits of st.
func (l *Language) appendNumber(dst []byte, d Decimal, places int, group bool, st Style) []byte {
	if d = d.Norm(); d.Exp > 64 || d.Exp < -64 {
		return append(dst, d.String()...) // no fact holds such a number; it must only stay short
	}
	native := l.native
	if st.Digits != ArabicIndic {
		native = nil
	}
	if d.Coef < 0 {
		d.Coef = -d.Coef
		switch {
		case !l.rtl || st.Plain:
			dst = append(dst, '-')
		case native != nil:
			dst = append(append(dst, alm...), '-') // as CLDR has it: the minus leads from the right
		default:
			// The minus stays on the left of European digits, and the isolate keeps
			// them from deciding the direction of the unit that follows.
			dst = append(append(dst, lri...), '-')
			return append(l.appendNumber(dst, d, places, group, st), pdi...)
		}
	}
	var buf [96]byte
	ascii := appendPlain(buf[:0], d, places)
	whole := len(ascii)
	for i, b := range ascii {
		if b == '.' {
			whole = i
			break
		}
	}
	for i, b := range ascii {
		if group && i > 0 && i < whole && (whole-i)%3 == 0 {
			dst = native.append(dst, ',')
		}
		dst = native.append(dst, b)
	}
	return dst
}

// append appends an ASCII digit, point, comma or percent sign in the form of the set; without a
// set as it is.
func (d *digitSet) append(dst []byte, b byte) []byte {
	switch {
	case d == nil:
	case b >= '0' && b <= '9':
		return utf8.AppendRune(dst, d.zero+rune(b-'0'))
	case b == '.':
		return append(dst, d.point...)
	case b == ',':
		return append(dst, d.comma...)
	case b == '%':
		return append(dst, d.percent...)
	}
	return append(dst, b)
}

// appendDigits appends s with its digits in the digits of st, so that one message shows one
// set. Digits that touch Latin letters, as in G20, are part of a name and stay.
func (l *Language) appendDigits(dst []byte, s string, st Style) []byte {
	switch {
	case l.native == nil:
		return append(dst, s...)
	case st.Digits == ArabicIndic:
		return l.native.appendNative(dst, s)
	}
	return l.native.appendEuropean(dst, s)
}

// appendEuropean appends s with ٧ as 7, and ٫ ٬ ٪ after a digit as . , %.
func (d *digitSet) appendEuropean(dst []byte, s string) []byte {
	afterDigit := false
	for i, r := range s {
		b, digit := byte(0), false
		if r >= utf8.RuneSelf {
			b, digit = d.ascii(r)
		}
		if b != 0 && (digit || afterDigit) { // no mark without a digit before it
			dst = append(dst, b)
		} else if r == utf8.RuneError {
			_, size := utf8.DecodeRuneInString(s[i:])
			dst = append(dst, s[i:i+size]...)
		} else {
			dst = utf8.AppendRune(dst, r)
		}
		afterDigit = digit
	}
	return dst
}

// appendNative appends s with 7 as ٧, and . , % of a number as ٫ ٬ ٪.
func (d *digitSet) appendNative(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if !wordByte(s[i]) {
			dst = append(dst, s[i])
			i++
			continue
		}
		end, latin, digits := i, false, false
		for ; end < len(s) && wordByte(s[end]) || numberMark(s, end); end++ {
			if s[end] >= '0' && s[end] <= '9' {
				digits = true
			} else if s[end] >= 'A' {
				latin = true
			}
		}
		if !digits || latin {
			dst, i = append(dst, s[i:end]...), end
			continue
		}
		if end < len(s) && s[end] == '%' {
			end++
		}
		for ; i < end; i++ {
			dst = d.append(dst, s[i])
		}
	}
	return dst
}

// wordByte reports whether b is an ASCII letter or digit.
func wordByte(b byte) bool {
	return b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z'
}

// numberMark reports whether s[i] is a point or comma between two digits.
func numberMark(s string, i int) bool {
	return i > 0 && i+1 < len(s) && (s[i] == '.' || s[i] == ',') &&
		s[i-1] >= '0' && s[i-1] <= '9' && s[i+1] >= '0' && s[i+1] <= '9'
}
