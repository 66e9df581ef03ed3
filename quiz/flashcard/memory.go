package flashcard

// memory is how well something is remembered.
type memory struct {
	stability  float64
	difficulty float64
}

// The bounds of a memory.
const (
	minStability  = 0.001
	minFirst      = 0.1 // of the first stability
	maxStability  = 36500
	minDifficulty = 1
	maxDifficulty = 10
)

// formulas are the formulas of FSRS-6 with what can be computed once.
type formulas struct {
	w [21]float64

	decay, factor float64
	modifier      float64    // interval at the desired retention by stability
	first         [4]memory  // after the first review, by rating
	target        float64    // the difficulty to which all revert: that of a first Easy, not clamped
	growth        float64    // e^w8
	ceiling       float64    // stability after a lapse by stability before it, at most
	sameDay       [4]float64 // e^(w17·(G−3+w18)), by rating
	longTerm      bool
}

func newFormulas(w [21]float64, retention float64, longTerm bool) formulas {
	f := formulas{w: w, decay: -w[20], longTerm: longTerm}
	f.factor = pow(0.9, 1/f.decay) - 1
	f.modifier = (pow(retention, 1/f.decay) - 1) / f.factor
	for i, r := range Ratings {
		f.first[i] = memory{
			stability:  min(max(w[i], minFirst), maxStability),
			difficulty: clampDifficulty(firstDifficulty(w, r)),
		}
		f.sameDay[i] = exp(float64(w[17] * (float64(r) - 3 + w[18])))
	}
	f.target = firstDifficulty(w, Easy)
	f.growth = exp(w[8])
	f.ceiling = 1
	if !longTerm {
		f.ceiling = 1 / exp(float64(w[17]*w[18]))
	}
	return f
}

func firstDifficulty(w [21]float64, r Rating) float64 {
	return w[4] - exp(float64(w[5]*(float64(r)-1))) + 1
}

func clampDifficulty(d float64) float64 { return min(max(d, minDifficulty), maxDifficulty) }

// retrievability is the probability of recall after days whole days.
func (f *formulas) retrievability(stability float64, days int) float64 {
	if days == 0 {
		return 1
	}
	return pow(1+float64(f.factor*(float64(days)/stability)), f.decay)
}

// interval is how many days pass until retrievability falls to the desired retention, without fuzz.
func (f *formulas) interval(stability float64, maximum int) int {
	return int(min(max(1, round(stability*f.modifier)), float64(maximum)))
}

// nextDifficulty is the difficulty after a review.
func (f *formulas) nextDifficulty(d float64, r Rating) float64 {
	moved := d - float64(float64(f.w[6]*(float64(r)-3))*(10-d))/9
	return clampDifficulty(float64(f.w[7]*f.target) + float64((1-f.w[7])*moved))
}

// recall holds what the ratings of one review share.
type recall struct {
	before  memory
	sameDay bool
	r       float64 // retrievability
	gain    float64 // growth of stability, less one, with Good
}

func (f *formulas) recall(m memory, days int) recall {
	c := recall{before: m, sameDay: days == 0 && !f.longTerm}
	if c.sameDay {
		return c
	}
	c.r = f.retrievability(m.stability, days)
	c.gain = float64(float64(f.growth*(11-m.difficulty))*pow(m.stability, -f.w[9])) * (exp(float64(f.w[10]*(1-c.r))) - 1)
	return c
}

// stability is the stability after the review with rating r.
func (f *formulas) stability(c *recall, r Rating) float64 {
	s := c.before.stability
	switch {
	case c.sameDay:
		by := f.sameDay[r-Again] * pow(s, -f.w[19])
		if r >= Hard {
			by = max(by, 1)
		}
		s *= by
	case r == Again:
		after := float64(f.w[11]*pow(c.before.difficulty, -f.w[12])) * (pow(s+1, f.w[13]) - 1)
		s = min(after*exp(float64(f.w[14]*(1-c.r))), s*f.ceiling)
	default:
		gain := c.gain
		switch r {
		case Hard:
			gain *= f.w[15]
		case Easy:
			gain *= f.w[16]
		}
		s *= 1 + gain
	}
	return min(max(s, minStability), maxStability)
}
