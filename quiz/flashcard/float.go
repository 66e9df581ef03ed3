package flashcard

import "math"

// The functions of package math are assembly on some machines and differ in the last bit, and
// compilers may fuse a product with the sum around it, which rounds once instead of twice.
// These are portable: an explicit conversion to float64 forbids fusing. The polynomials
// are those of FreeBSD's msun (e_exp.c, e_log.c); errors are below one unit in the last place.

const (
	ln2High = 6.93147180369123816490e-01 // the first 33 bits of ln 2
	ln2Low  = 1.90821492927058770002e-10
)

// exp is e^x. Beyond ±700 it is e^±700.
func exp(x float64) float64 {
	x = min(max(x, -700), 700)
	k := math.Floor(float64(x*(1/math.Ln2)) + 0.5)
	high := x - float64(k*ln2High) // exact: k has at most 11 bits
	low := float64(k * ln2Low)
	r := high - low
	t := float64(r * r)
	p := float64(t * 4.13813679705723846039e-08)
	p = float64(t * (-1.65339022054652515390e-06 + p))
	p = float64(t * (6.61375632143793436117e-05 + p))
	p = float64(t * (-2.77777777770155933842e-03 + p))
	p = float64(t * (1.66666666666666019037e-01 + p))
	c := r - p
	y := 1 - ((low - float64(r*c)/(2-c)) - high)
	return y * math.Float64frombits(uint64(int64(k)+1023)<<52) // 2^k; exact, as k is within ±1010
}

// log is the natural logarithm of x, which is positive and not denormal.
func log(x float64) float64 {
	f, n := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f *= 2
		n--
	}
	f--
	k := float64(n)
	s := f / (2 + f)
	s2 := float64(s * s)
	s4 := float64(s2 * s2)
	t1 := float64(s2 * (6.666666666666735130e-01 + float64(s4*(2.857142874366239149e-01+
		float64(s4*(1.818357216161805012e-01+float64(s4*1.479819860511658591e-01)))))))
	t2 := float64(s4 * (3.999999999940941908e-01 + float64(s4*(2.222219843214978396e-01+float64(s4*1.531383769920937332e-01)))))
	r := t1 + t2
	half := float64(0.5 * float64(f*f))
	return float64(k*ln2High) - ((half - (float64(s*(half+r)) + float64(k*ln2Low))) - f)
}

// pow is x^y for positive x.
func pow(x, y float64) float64 { return exp(float64(y * log(x))) }

// round is the nearest whole number, half up.
func round(x float64) float64 { return math.Floor(float64(x) + 0.5) } // the conversion: x may be a product, once inlined
