package flashcard

import "fmt"

// Parameters are the 21 numbers of FSRS-6, w0 to w20, with a version that the review log keeps,
// so that a log can tell which numbers gave which due dates.
type Parameters struct {
	Version string
	W       [21]float64
}

// DefaultParameters returns the numbers that FSRS-6 ships, fitted to 10,000 learners.
func DefaultParameters() Parameters {
	return Parameters{Version: "fsrs-6.0", W: [21]float64{0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666,
		0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542}}
}

// bounds hold the parameters that make sense: those to which the published optimizer clamps.
var bounds = [21]struct{ low, high float64 }{
	{0.001, 100}, {0.001, 100}, {0.001, 100}, {0.001, 100}, {1, 10}, {0.001, 4}, {0.001, 4}, {0.001, 0.75}, {0, 4.5}, {0, 0.8},
	{0.001, 3.5}, {0.001, 5}, {0.001, 0.25}, {0.001, 0.9}, {0, 4}, {0, 1}, {1, 6}, {0, 2}, {0, 2}, {0, 0.8}, {0.1, 0.8},
}

// check returns an error that names the first parameter outside its bounds.
func (p *Parameters) check() error {
	for i, w := range p.W {
		if b := bounds[i]; !(w >= b.low && w <= b.high) { // also refuses NaN
			return &SettingError{Setting: "parameters", Reason: fmt.Sprintf("w%d is %v; it must be from %v to %v", i, w, b.low, b.high)}
		}
	}
	for i := range 3 {
		if p.W[i] > p.W[i+1] {
			return &SettingError{Setting: "parameters", Reason: fmt.Sprintf(
				"w%d is %v and w%d is %v; the stability after a first rating must not fall as the rating rises", i, p.W[i], i+1, p.W[i+1])}
		}
	}
	return nil
}
