package quiztest

import (
	"math"
	"testing"
)

func TestPChi(t *testing.T) {
	// From tables of the chi-square distribution.
	for _, c := range []struct {
		free int
		x, p float64
	}{{1, 3.841, 0.05}, {3, 7.815, 0.05}, {3, 11.345, 0.01}, {9, 27.877, 0.001}, {3, 30.665, 1e-6}} {
		if got := upper(float64(c.free)/2, c.x/2); math.Abs(got-c.p) > 0.002*c.p+1e-8 {
			t.Errorf("p of %v with %d degrees of freedom = %v, want %v", c.x, c.free, got, c.p)
		}
	}
	if p := PUniform([]int{250, 250, 250, 250}); p != 1 {
		t.Errorf("equal counts have p = %v", p)
	}
	if p := PUniform([]int{400, 200, 200, 200}); p > 1e-6 {
		t.Errorf("unequal counts have p = %v", p)
	}
}
