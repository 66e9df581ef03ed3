package rating

import "math"

// exp is e^x, the same on every machine: the one of package math is assembly on some and
// differs in the last bit. Its error is below 1e-14 of the result; x beyond ±40 counts as ±40.
func exp(x float64) float64 {
	x = min(max(x, -40), 40)
	// x = n·ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts, so that n times the first is exact.
	n := round(x * (1 / math.Ln2))
	r := x - float64(n*ln2High) - float64(n*ln2Low)
	sum := 1.0
	for k := 13.0; k > 0; k-- { // Horner: 1 + r/1·(1 + r/2·(1 + …)); the next term is below 1e-17
		sum = 1 + float64(r/k*sum)
	}
	return math.Ldexp(sum, int(n))
}

const (
	ln2High = 6.93147180369123816490e-01 // the first 33 bits of ln 2
	ln2Low  = 1.90821492927058770002e-10
)

// round is the nearest whole number, half up.
func round(x float64) float64 { return math.Floor(float64(x) + 0.5) } // the conversion: x may be a product, once inlined
