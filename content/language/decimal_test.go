package language

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Decimal
		ok   bool
	}{
		{"70", Decimal{7, 1}, true},
		{"48.9", Decimal{489, -1}, true},
		{"-0.50", Decimal{-5, -1}, true},
		{"000", Decimal{}, true},
		{"999999999999999999", Decimal{999999999999999999, 0}, true},
		{"1000000000000000000", Decimal{}, false}, // 19 digits
		{"", Decimal{}, false},
		{"-", Decimal{}, false},
		{".5", Decimal{}, false},
		{"5.", Decimal{}, false},
		{"1e9", Decimal{}, false},
		{"1.2.3", Decimal{}, false},
		{"٧", Decimal{}, false},
	} {
		got, ok := ParseDecimal(c.in)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("ParseDecimal(%q) = %v, %v; want %v, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestDecimalString(t *testing.T) {
	for _, c := range []struct {
		d    Decimal
		want string
	}{
		{Decimal{}, "0"}, {Decimal{7, 13}, "70000000000000"}, {Decimal{489, -1}, "48.9"}, {Decimal{-5, -1}, "-0.5"},
		{Decimal{5, -3}, "0.005"}, {Decimal{1200, -2}, "12"}, {Decimal{1, 1 << 30}, "1e1073741824"},
	} {
		if got := c.d.String(); got != c.want {
			t.Errorf("%+v reads %q, want %q", c.d, got, c.want)
		}
	}
}

func anyDecimal(t *rapid.T, name string) Decimal {
	return Decimal{
		Coef: rapid.Int64Range(-maxCoef, maxCoef).Draw(t, name+" coef"),
		Exp:  rapid.Int32Range(-30, 30).Draw(t, name+" exp"),
	}
}

func rat(d Decimal) *big.Rat { return d.rat() }

func TestDecimalsAgreeWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDecimal(t, "a"), anyDecimal(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = Decimal{a.Coef, a.Exp}
			if a.Coef%10 == 0 {
				b = Decimal{a.Coef / 10, a.Exp + 1}
			}
			b.Coef += rapid.Int64Range(-1, 1).Draw(t, "step")
		}
		if got, want := a.Cmp(b), rat(a).Cmp(rat(b)); got != want {
			t.Fatalf("%v.Cmp(%v) = %d, want %d", a, b, got, want)
		}
		product := new(big.Rat).Mul(rat(a), rat(b))
		if p, ok := a.Mul(b); ok && rat(p).Cmp(product) != 0 {
			t.Fatalf("%v × %v = %v, want %v", a, b, p, product)
		}
		if n, ok := a.Int(); ok != (rat(a).IsInt() && rat(a).Num().IsInt64()) || ok && rat(a).Num().Int64() != n {
			t.Fatalf("%v.Int() = %d, %v", a, n, ok)
		}
		if back, ok := ParseDecimal(a.String()); ok && back != a.Norm() {
			t.Fatalf("%q reads back as %v, want %v", a.String(), back, a.Norm())
		}
		if n := a.Norm(); n.Norm() != n || n.Cmp(a) != 0 {
			t.Fatalf("%v.Norm() = %v", a, n)
		}
	})
}

func TestProductsTooLongAreRefused(t *testing.T) {
	if p, ok := (Decimal{maxCoef, 0}).Mul(Decimal{maxCoef, 0}); ok {
		t.Errorf("a product of 36 digits came out as %v", p)
	}
	if p, ok := (Decimal{5e17, 0}).Mul(Decimal{2, 0}); !ok || p != (Decimal{1, 18}) {
		t.Errorf("5×10^17 × 2 = %v, %v; want 10^18", p, ok)
	}
}
