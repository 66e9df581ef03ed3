package language

import (
	"strings"
	"unicode/utf8"
)

// readSum reads a sum of amounts that convert into each other, and a unit with its half: 1 year
// 6 months, 6 ft 2 in, 6'2, 1시간 30분, two hours and a half.
func readSum(s string, sums int) (Reading, bool) {
	if sums == 0 || len(s) > longestUnit || strings.Count(s, " ") > 8 {
		return Reading{}, false
	}
	breaks := 0
	for i := 1; i < len(s) && breaks < mostSumBreaks; i++ {
		if !sumBreaks(s, i) {
			continue
		}
		breaks++
		for _, a := range unitSplits(s[:i]) {
			n, ok := a.number()
			if !ok && a.rest == "" && a.implied.Coef != 0 {
				n, ok = Reading{Number: a.implied}, true
			}
			if !ok || len(a.units) == 0 {
				continue
			}
			if sum, ok := addTail(n.Number, a.units, strings.TrimLeft(s[i:], " "), sums-1); ok {
				return sum, true
			}
		}
	}
	return Reading{}, false
}

// mostSumBreaks is how many places are tried at which a second amount may begin.
const mostSumBreaks = 8

// sumBreaks reports whether a second amount, or a half, may begin at s[i].
func sumBreaks(s string, i int) bool {
	if s[i:] == "반" || s[i:] == "半" { // 2시간반, 两小时半
		return true
	}
	if s[i] >= utf8.RuneSelf && utf8.RuneStart(s[i]) && s[i-1] >= utf8.RuneSelf { // 六英尺二英寸
		return endsInUnit(s[:i])
	}
	return s[i] == ' ' || digit(s[i]) && !digit(s[i-1]) && strings.IndexByte(" .,-+/^", s[i-1]) < 0
}

// endsInUnit reports whether a text in a script without blanks ends in the name of a unit.
func endsInUnit(s string) bool {
	names := unitNames()
	for at, n := len(s), 0; at > 0 && n < 4; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if !han(r) && !hangulLetter(r) {
			return false
		}
		at -= size
		if _, ok := names.exact[s[at:]]; ok {
			return true
		}
	}
	return false
}

// addTail adds what follows an amount in one of units: a part of one, or an amount that may be a
// sum of so many more.
func addTail(n Decimal, units []*Unit, tail string, sums int) (Reading, bool) {
	tail, _ = cutJoint(tail)
	if tail == "" {
		return Reading{}, false
	}
	if part, ok := readNumber(tail); ok && part.Number.Sign() > 0 && part.Number.Cmp(Whole(1)) < 0 && !digit(tail[0]) {
		sum, ok := add(n, part.Number)
		return Reading{Number: sum, Bare: sum, Units: units}, ok
	}
	for _, m := range readAmount(tail, sums) {
		for _, u := range units {
			smaller := m.Units
			if smaller == nil {
				smaller = smallerUnit(u)
			}
			for _, v := range smaller {
				if sum, ok := addUnits(n, u, m.Number, v); ok {
					return sum, true
				}
			}
		}
	}
	return Reading{}, false
}

// addUnits adds m of the smaller unit v to n of the unit u.
func addUnits(n Decimal, u *Unit, m Decimal, v *Unit) (Reading, bool) {
	base := UnitNamed(u.Base)
	if base == nil || u == v || !u.Converts(v) || u.Offset.Coef != 0 || u.Factor.Cmp(v.Factor) <= 0 {
		return Reading{}, false
	}
	first, ok1 := u.InBase(n)
	second, ok2 := v.InBase(m)
	total, ok3 := add(first, second)
	return Reading{Number: total, Bare: total, Units: []*Unit{base}}, ok1 && ok2 && ok3
}

// smallerUnit returns the unit that a bare number after u is given in: inches in 5 foot 11.
func smallerUnit(u *Unit) []*Unit {
	if code, ok := readers().smallerUnits[u.Code]; ok {
		return []*Unit{UnitNamed(code)}
	}
	return nil
}
