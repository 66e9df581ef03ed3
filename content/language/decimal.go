package language

import (
	"math/bits"
	"strconv"
)

// maxCoef is the largest coefficient: 18 significant digits.
const maxCoef = 999_999_999_999_999_999

// Whole returns the decimal n.
func Whole(n int64) Decimal { return Decimal{Coef: n}.Norm() }

// ParseDecimal reads plain ASCII digits with an optional leading minus and one optional
// decimal point: "70", "-3", "48.9". It reports false for anything else and for more than
// 18 significant digits.
func ParseDecimal(s string) (Decimal, bool) {
	negative := len(s) > 0 && s[0] == '-'
	if negative {
		s = s[1:]
	}
	var d Decimal
	digits, point := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '.' && !point && digits > 0 && i+1 < len(s):
			point = true
		case s[i] >= '0' && s[i] <= '9':
			digits++
			if d.Coef > (maxCoef-9)/10 {
				return Decimal{}, false
			}
			d.Coef = d.Coef*10 + int64(s[i]-'0')
			if point {
				d.Exp--
			}
		default:
			return Decimal{}, false
		}
	}
	if negative {
		d.Coef = -d.Coef
	}
	return d.Norm(), digits > 0
}

// Norm returns the same number without trailing zeros in the coefficient, so that equal
// numbers are equal structs. Zero becomes the zero Decimal.
func (d Decimal) Norm() Decimal {
	if d.Coef == 0 {
		return Decimal{}
	}
	for d.Coef%10 == 0 {
		d.Coef /= 10
		d.Exp++
	}
	return d
}

// Sign returns -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.Coef < 0:
		return -1
	case d.Coef > 0:
		return 1
	}
	return 0
}

// Cmp returns -1, 0 or 1 as d is less than, equal to or greater than e. It is exact and
// never overflows.
func (d Decimal) Cmp(e Decimal) int {
	if s, t := d.Sign(), e.Sign(); s != t || s == 0 {
		return compare(s, t)
	}
	d, e = d.Norm(), e.Norm()
	sign := d.Sign()
	m, n := magnitude(d.Coef), magnitude(e.Coef)
	wide, narrow := len10(m), len10(n)
	if a, b := int64(wide)+int64(d.Exp), int64(narrow)+int64(e.Exp); a != b {
		return sign * compare(a, b)
	}
	// Equal magnitude: the shorter coefficient grows to the length of the longer one.
	for ; wide < narrow; wide++ {
		m *= 10
	}
	for ; narrow < wide; narrow++ {
		n *= 10
	}
	return sign * compare(m, n)
}

// Int returns the number as an integer, and false where it is not whole or does not fit.
func (d Decimal) Int() (int64, bool) {
	d = d.Norm()
	if d.Exp < 0 || d.Exp > 18 {
		return 0, d.Coef == 0
	}
	n := d.Coef
	for range d.Exp {
		if n > maxCoef || n < -maxCoef {
			return 0, false
		}
		if hi, lo := bits.Mul64(magnitude(n), 10); hi != 0 || lo > 1<<63-1 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}

// Mul returns d × e, and false where the product has more than 18 significant digits.
func (d Decimal) Mul(e Decimal) (Decimal, bool) {
	p := product(d, e)
	if p.hi != 0 || p.lo > maxCoef || p.exp != int64(int32(p.exp)) {
		return Decimal{}, false
	}
	out := Decimal{Coef: int64(p.lo), Exp: int32(p.exp)}
	if p.negative {
		out.Coef = -out.Coef
	}
	return out, true
}

// Add returns d + e, and false where the sum has more than 18 significant digits.
func (d Decimal) Add(e Decimal) (Decimal, bool) { return add(d, e) }

// Sub returns d - e, and false where the difference has more than 18 significant digits.
func (d Decimal) Sub(e Decimal) (Decimal, bool) { return add(d, Decimal{-e.Coef, e.Exp}) }

// Shift returns d × 10^n.
func (d Decimal) Shift(n int32) Decimal {
	if d.Coef == 0 {
		return Decimal{}
	}
	d.Exp += n
	return d
}

// Places returns how many digits after the decimal mark the number needs.
func (d Decimal) Places() int {
	if d = d.Norm(); d.Exp < 0 {
		return int(-d.Exp)
	}
	return 0
}

// String returns the number in plain ASCII digits: "70000000000000", "48.9", "-0.5".
// Exponents beyond 64 stay in scientific notation, so that a hostile number stays short.
func (d Decimal) String() string {
	if d = d.Norm(); d.Exp > 64 || d.Exp < -64 {
		return strconv.FormatInt(d.Coef, 10) + "e" + strconv.Itoa(int(d.Exp))
	}
	return string(appendPlain(nil, d, 0))
}

// wide is an exact product: (hi·2^64 + lo) × 10^exp without trailing zeros.
type wide struct {
	hi, lo   uint64
	exp      int64
	negative bool
}

func product(d, e Decimal) wide {
	d, e = d.Norm(), e.Norm()
	if d.Coef == 0 || e.Coef == 0 {
		return wide{}
	}
	p := wide{exp: int64(d.Exp) + int64(e.Exp), negative: (d.Coef < 0) != (e.Coef < 0)}
	p.hi, p.lo = bits.Mul64(magnitude(d.Coef), magnitude(e.Coef))
	for {
		hi, rest := p.hi/10, p.hi%10
		lo, rest := bits.Div64(rest, p.lo, 10)
		if rest != 0 {
			return p
		}
		p.hi, p.lo, p.exp = hi, lo, p.exp+1
	}
}

// appendPlain appends d in ASCII digits with at least places digits after the point.
func appendPlain(dst []byte, d Decimal, places int) []byte {
	if d.Coef < 0 {
		dst = append(dst, '-')
	}
	var buf [20]byte
	digits := strconv.AppendUint(buf[:0], magnitude(d.Coef), 10)
	point := len(digits) + int(d.Exp) // digits before the point
	if point <= 0 {
		dst = append(dst, '0')
	}
	for i := range max(point, 0) {
		if i < len(digits) {
			dst = append(dst, digits[i])
		} else {
			dst = append(dst, '0')
		}
	}
	if n := max(places, len(digits)-point); n > 0 {
		dst = append(dst, '.')
		for i := point; i < point+n; i++ {
			if i >= 0 && i < len(digits) {
				dst = append(dst, digits[i])
			} else {
				dst = append(dst, '0')
			}
		}
	}
	return dst
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// len10 returns how many decimal digits n has; 1 for 0.
func len10(n uint64) int {
	digits := 1
	for ; n >= 10; n /= 10 {
		digits++
	}
	return digits
}

func compare[T int | int64 | uint64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Div returns d / e, and false where the quotient has more than 12 decimals or e is 0.
func (d Decimal) Div(e Decimal) (Decimal, bool) {
	d, e = d.Norm(), e.Norm()
	if e.Coef == 0 {
		return Decimal{}, false
	}
	out := Decimal{Exp: d.Exp - e.Exp}
	rest := d.Coef
	for range 13 {
		if rest%e.Coef == 0 {
			out.Coef = rest / e.Coef
			return out.Norm(), true
		}
		if rest > maxCoef/10 || rest < -maxCoef/10 {
			break
		}
		rest *= 10
		out.Exp--
	}
	return Decimal{}, false
}
