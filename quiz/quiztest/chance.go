package quiztest

import "math"

// PChi returns the chance that numbers drawn as expected are as far from it as these counts, or
// farther: Pearson's chi-square. Both have the same sum.
func PChi(counts []int, expected []float64) float64 {
	x, free := 0.0, -1
	for i, n := range counts {
		if expected[i] > 0 {
			d := float64(n) - expected[i]
			x += d * d / expected[i]
			free++
		}
	}
	return upper(float64(free)/2, x/2)
}

// PUniform is PChi with equal expectations.
func PUniform(counts []int) float64 {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	expected := make([]float64, len(counts))
	for i := range expected {
		expected[i] = float64(sum) / float64(len(counts))
	}
	return PChi(counts, expected)
}

// upper is the regularised upper incomplete gamma function Q(a, x), by its series below a+1
// and by its continued fraction above (Lentz). Error below 1e-12 for the a of our tests.
func upper(a, x float64) float64 {
	if x <= 0 {
		return 1
	}
	logGamma, _ := math.Lgamma(a)
	front := math.Exp(-x + a*math.Log(x) - logGamma)
	if x < a+1 {
		sum, term := 1/a, 1/a
		for n := 1.0; n < 500 && term > sum*1e-15; n++ {
			term *= x / (a + n)
			sum += term
		}
		return 1 - front*sum
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for i := 1.0; i < 500; i++ {
		an := -i * (i - a)
		b += 2
		if d = an*d + b; math.Abs(d) < tiny {
			d = tiny
		}
		if c = b + an/c; math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-15 {
			break
		}
	}
	return front * h
}
