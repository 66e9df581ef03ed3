package quiztest

import (
	"math"
	"strings"
	"unicode"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Solver guesses at a question from what is shown, knowing nothing. It returns the options that
// it likes best, all alike.
type Solver struct {
	Name  string
	Guess func(v *quiz.View, others []string) []int
}

// Solvers are eight test-wise programs; others are the options of the other questions of the
// same quiz.
var Solvers = []Solver{
	{"longest", func(v *quiz.View, _ []string) []int {
		return best(v.Options, func(i int) float64 { return float64(language.Letters(v.Options[i])) })
	}},
	{"shortest", func(v *quiz.View, _ []string) []int {
		return best(v.Options, func(i int) float64 { return -float64(language.Letters(v.Options[i])) })
	}},
	{"most specific", func(v *quiz.View, _ []string) []int {
		return best(v.Options, func(i int) float64 { return float64(len(strings.Fields(v.Options[i]))) + digitsOf(v.Options[i])/100 })
	}},
	{"roundest or median", roundestOrMedian},
	{"middle position", func(v *quiz.View, _ []string) []int {
		return best(v.Options, func(i int) float64 { return -math.Abs(float64(2*i - len(v.Options) + 1)) })
	}},
	{"shares most with the stem", func(v *quiz.View, _ []string) []int {
		return best(v.Options, func(i int) float64 { return overlap(v.Lang, v.Options[i], v.Stem) })
	}},
	{"shares most with the others", func(v *quiz.View, _ []string) []int {
		return best(v.Options, func(i int) float64 {
			sum := 0.0
			for j := range v.Options {
				if j != i {
					sum += overlap(v.Lang, v.Options[i], v.Options[j])
				}
			}
			return sum
		})
	}},
	{"most frequent in the quiz", func(v *quiz.View, others []string) []int {
		return best(v.Options, func(i int) float64 {
			n := 0
			for _, o := range others {
				if o == v.Options[i] {
					n++
				}
			}
			return float64(n)
		})
	}},
}

// SolverName is the name of solver n; their majority comes after the last.
func SolverName(n int) string {
	if n == len(Solvers) {
		return "majority"
	}
	return Solvers[n].Name
}

// best returns the options with the highest score.
func best(options []string, score func(int) float64) []int {
	var out []int
	top := math.Inf(-1)
	for i := range options {
		switch s := score(i); {
		case s > top:
			top, out = s, []int{i}
		case s == top:
			out = append(out, i)
		}
	}
	return out
}

func digitsOf(s string) float64 {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return float64(n)
}

// roundestOrMedian likes the number with most zeros at its end and, among equals, the one in
// the middle.
func roundestOrMedian(v *quiz.View, _ []string) []int {
	values := make([]language.Decimal, len(v.Options))
	for i, o := range v.Options {
		r := language.ReadAmount(language.Normalise(o))
		if len(r) == 0 {
			return best(v.Options, func(int) float64 { return 0 })
		}
		values[i] = r[0].Number.Norm()
	}
	return best(v.Options, func(i int) float64 {
		below, above := 0, 0
		for j := range values {
			switch values[j].Cmp(values[i]) {
			case -1:
				below++
			case 1:
				above++
			}
		}
		return float64(values[i].Exp) - math.Abs(float64(below-above))/10
	})
}

// overlap is the share of the words of a that stand in b; in Korean and Chinese, which join
// words, of the pairs of letters.
func overlap(c language.Code, a, b string) float64 {
	of, in := parts(c, a), parts(c, b)
	if c == language.Korean || c == language.Chinese {
		of, in = pairs(a), pairs(b)
	}
	n := 0
	for p := range of {
		if in[p] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(of)))
}

func pairs(s string) map[string]bool {
	out := map[string]bool{}
	var last rune
	for _, r := range strings.ToLower(language.StripIsolates(s)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = 0
		} else if last != 0 {
			out[string([]rune{last, r})] = true
		}
		last = r
	}
	return out
}

// Score counts what solvers reach on questions with one number of options.
type Score struct {
	Options int
	Asked   int
	Hits    [9]float64 // of Solvers, and last of their majority; ties count in part
}

// Add lets every solver guess at a question.
func (s *Score) Add(v *quiz.View, others []string) {
	s.Asked++
	votes := make([]float64, len(v.Options))
	for n, solver := range Solvers {
		guess := solver.Guess(v, others)
		for _, i := range guess {
			votes[i] += 1 / float64(len(guess))
			if i == v.Key {
				s.Hits[n] += 1 / float64(len(guess))
			}
		}
	}
	guess := best(v.Options, func(i int) float64 { return math.Round(votes[i] * 1e6) })
	for _, i := range guess {
		if i == v.Key {
			s.Hits[len(Solvers)] += 1 / float64(len(guess))
		}
	}
}

// Lead is how far a solver is from chance, in parts of one; Solvers come first, their majority
// last.
func (s *Score) Lead(n int) float64 { return s.Hits[n]/float64(s.Asked) - 1/float64(s.Options) }
