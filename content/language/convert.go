package language

import "math/big"

// significant is how many digits a quotient keeps that has no end, such as a third.
const significant = 15

// InBase returns n of the unit in its Base: 5 years are 60 months, 100 °C are 3358.35 ninths
// of a kelvin. It reports false where that takes more than 18 digits.
func (u *Unit) InBase(n Decimal) (Decimal, bool) {
	d, ok := n.Mul(u.Factor)
	if !ok {
		return Decimal{}, false
	}
	return add(d, u.Offset)
}

// BaseUnit returns the unit that stands for all units of one kind: the base unit where it is one,
// else the first of the kind.
func (u *Unit) BaseUnit() *Unit { return unitTable().byBase[u.Base] }

// Converts reports whether amounts in the two units measure the same kind of thing, so that
// one can be given in the other. Of currencies only the parts of one convert: cents into dollars.
func (u *Unit) Converts(to *Unit) bool { return u != nil && to != nil && u.Base == to.Base }

// Convert returns n of unit u in another unit of the same kind: 60 months are 5 years, 212 °F
// are 100 °C. The result is exact where it has at most 15 significant digits, else rounded to
// them. It reports false for units of different kinds.
func (u *Unit) Convert(n Decimal, to *Unit) (Decimal, bool) {
	switch {
	case !u.Converts(to):
		return Decimal{}, false
	case u == to:
		return n, true
	case outOfRange(n):
		return Decimal{}, false
	}
	if u.Offset.Coef == 0 && to.Offset.Coef == 0 {
		if m, ok := n.Mul(u.Factor); ok {
			if d, ok := shortRatio(m, to.Factor); ok {
				return d, true
			}
		}
	}
	r := new(big.Rat).Mul(n.rat(), u.Factor.rat())
	r.Add(r, u.Offset.rat()).Sub(r, to.Offset.rat())
	return rounded(r.Quo(r, to.Factor.rat()))
}

// Ratio returns a / b rounded to 15 significant digits where it needs more, and false where b is 0.
func Ratio(a, b Decimal) (Decimal, bool) {
	if b.Coef == 0 || outOfRange(a) || outOfRange(b) {
		return Decimal{}, false
	}
	if d, ok := shortRatio(a, b); ok {
		return d, true
	}
	r := a.rat()
	return rounded(r.Quo(r, b.rat()))
}

// shortRatio returns a / b where it has few enough digits to be exact, as it nearly always has.
func shortRatio(a, b Decimal) (Decimal, bool) {
	d, ok := a.Div(b)
	return d, ok && len10(magnitude(d.Coef)) <= significant && !outOfRange(d)
}

// outOfRange reports whether a number is too large or too small for any fact.
func outOfRange(d Decimal) bool { return d.Exp > 120 || d.Exp < -120 }

func (d Decimal) rat() *big.Rat {
	r := new(big.Rat).SetInt64(d.Coef)
	if d.Exp >= 0 {
		return r.Mul(r, new(big.Rat).SetInt(pow10(d.Exp)))
	}
	return r.Quo(r, new(big.Rat).SetInt(pow10(-d.Exp)))
}

func pow10(n int32) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// rounded returns r as a decimal of at most 15 significant digits, halves away from zero.
func rounded(r *big.Rat) (Decimal, bool) {
	if r.Sign() == 0 {
		return Decimal{}, true
	}
	num, den := new(big.Int).Abs(r.Num()), r.Denom()
	exp := int32(len(num.String())-len(den.String())) - significant
	q := quotient(num, den, exp)
	if len(q.String()) > significant {
		exp++
		q = quotient(num, den, exp)
	}
	d := Decimal{Coef: q.Int64(), Exp: exp}.Norm()
	if r.Sign() < 0 {
		d.Coef = -d.Coef
	}
	return d, !outOfRange(d)
}

// quotient returns num / den / 10^exp to the nearest whole number.
func quotient(num, den *big.Int, exp int32) *big.Int {
	if exp < 0 {
		num = new(big.Int).Mul(num, pow10(-exp))
	} else {
		den = new(big.Int).Mul(den, pow10(exp))
	}
	twice := new(big.Int).Lsh(num, 1)
	return twice.Add(twice, den).Quo(twice, new(big.Int).Lsh(den, 1))
}
