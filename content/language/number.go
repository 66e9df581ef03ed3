package language

import (
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"
)

var xtags = [Count]xlanguage.Tag{xlanguage.Arabic, xlanguage.English, xlanguage.Korean, xlanguage.Chinese}

// category returns the CLDR plural category of d written with places digits after the
// decimal mark.
func category(c Code, d Decimal, places int) plural.Form {
	if c == Korean || c == Chinese {
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
		return plural.Cardinal.MatchPlural(xtags[c], int(magnitude(whole)%10_000_000), 0, 0, 0, 0)
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
	return plural.Cardinal.MatchPlural(xtags[c], whole, places, d.Places(), visible, fraction)
}

// appendNumber appends d with places digits after the decimal mark, or as many as it needs
// where that is more, grouped in threes if group is set, in the digits of st.
func appendNumber(dst []byte, c Code, d Decimal, places int, group bool, st Style) []byte {
	if d = d.Norm(); d.Exp > 64 || d.Exp < -64 {
		return append(dst, d.String()...) // no fact holds such a number; it must only stay short
	}
	indic := c == Arabic && st.Digits == ArabicIndic
	if d.Coef < 0 {
		d.Coef = -d.Coef
		switch {
		case c != Arabic || st.Plain:
			dst = append(dst, '-')
		case indic:
			dst = append(append(dst, alm...), '-') // as CLDR has it: the minus leads from the right
		default:
			// The minus stays on the left of European digits, and the isolate keeps
			// them from deciding the direction of the unit that follows.
			dst = append(append(dst, lri...), '-')
			return append(appendNumber(dst, c, d, places, group, st), pdi...)
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
			dst = appendDigit(dst, ',', indic)
		}
		dst = appendDigit(dst, b, indic)
	}
	return dst
}

// appendDigit appends an ASCII digit, point or comma, in Arabic-Indic form if indic is set.
func appendDigit(dst []byte, b byte, indic bool) []byte {
	switch {
	case !indic:
		return append(dst, b)
	case b >= '0' && b <= '9':
		return append(dst, 0xD9, 0xA0+b-'0') // U+0660..0669
	case b == '.':
		return append(dst, "٫"...)
	case b == ',':
		return append(dst, "٬"...)
	}
	return append(dst, b)
}

// appendDigits appends s with its digits in the digits of st, so that one message shows one
// set. Digits that touch Latin letters, as in G20, are part of a name and stay.
func appendDigits(dst []byte, c Code, s string, st Style) []byte {
	switch {
	case c != Arabic:
		return append(dst, s...)
	case st.Digits == ArabicIndic:
		return appendIndic(dst, s)
	}
	return appendEuropean(dst, s)
}

// appendEuropean appends s with ٧ as 7, and ٫ ٬ ٪ after a digit as . , %.
func appendEuropean(dst []byte, s string) []byte {
	from := 0 // s[from:i] is still to be copied
	digit := false
	for i := 0; i+1 < len(s); i++ {
		if s[i] != 0xD9 || s[i+1] < 0xA0 || s[i+1] > 0xAC {
			digit = false
			continue
		}
		b := s[i+1]
		if b > 0xA9 && !digit { // no mark without a digit before it
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		if digit = b <= 0xA9; digit {
			dst = append(dst, '0'+b-0xA0)
		} else {
			dst = append(dst, "%.,"[b-0xAA])
		}
		i++
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// appendIndic appends s with 7 as ٧, and . , % of a number as ٫ ٬ ٪.
func appendIndic(dst []byte, s string) []byte {
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
		for ; i < end; i++ {
			dst = appendDigit(dst, s[i], digits && !latin)
		}
		if digits && !latin && i < len(s) && s[i] == '%' {
			dst = append(dst, "٪"...)
			i++
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
