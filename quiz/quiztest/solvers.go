package quiztest

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Solver guesses at a question from what is shown, knowing nothing. It returns the options that
// it likes best, all alike.
type Solver struct {
	Name  string
	guess func(s *sight) []int
}

// sight is what a solver sees of a question.
type sight struct {
	options []string
	stem    map[string]bool   // its words
	words   []map[string]bool // of the options
	others  []string          // options of the other questions of the quiz
}

// Solvers are eight test-wise programs.
var Solvers = []Solver{
	{"longest", func(s *sight) []int {
		return s.best(func(i int) float64 { return float64(language.Letters(s.options[i])) })
	}},
	{"shortest", func(s *sight) []int {
		return s.best(func(i int) float64 { return -float64(language.Letters(s.options[i])) })
	}},
	{"most specific", func(s *sight) []int {
		return s.best(func(i int) float64 {
			return float64(len(strings.Fields(s.options[i]))) + digitsOf(s.options[i])/100
		})
	}},
	{"roundest or median", roundestOrMedian},
	{"middle position", func(s *sight) []int {
		return s.best(func(i int) float64 { return -math.Abs(float64(2*i - len(s.options) + 1)) })
	}},
	{"shares most with the stem", func(s *sight) []int {
		return s.best(func(i int) float64 { return overlap(s.words[i], s.stem) })
	}},
	{"shares most with the others", func(s *sight) []int {
		return s.best(func(i int) float64 {
			sum := 0.0
			for j := range s.words {
				if j != i {
					sum += overlap(s.words[i], s.words[j])
				}
			}
			return sum
		})
	}},
	{"most frequent in the quiz", func(s *sight) []int {
		return s.best(func(i int) float64 {
			n := 0
			for _, o := range s.others {
				if o == s.options[i] {
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
func (s *sight) best(score func(int) float64) []int { return best(len(s.options), score) }

func best(n int, score func(int) float64) []int {
	var out []int
	top := math.Inf(-1)
	for i := range n {
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
func roundestOrMedian(s *sight) []int {
	values := make([]language.Decimal, len(s.options))
	for i, o := range s.options {
		if digitsOf(o) == 0 {
			return s.best(func(int) float64 { return 0 })
		}
		r := language.ReadAmount(language.Normalise(o))
		if len(r) == 0 {
			return s.best(func(int) float64 { return 0 })
		}
		values[i] = r[0].Number.Norm()
	}
	return s.best(func(i int) float64 {
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

// overlap is the share of the words of one text that stand in another.
func overlap(of, in map[string]bool) float64 {
	n := 0
	for p := range of {
		if in[p] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(of)))
}

// heard is what a text sounds of: its words; in Korean and Chinese, which join them, its pairs
// of letters.
func heard(c language.Code, s string) map[string]bool {
	if c == language.Korean || c == language.Chinese {
		return pairs(s)
	}
	return parts(c, s)
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

// Add lets every solver guess at a question; others are the options of the other questions of
// the same quiz.
func (s *Score) Add(v *quiz.View, others []string) {
	s.Asked++
	seen := sight{options: v.Options, stem: heard(v.Lang, v.Stem), others: others}
	for _, o := range v.Options {
		seen.words = append(seen.words, heard(v.Lang, o))
	}
	votes := make([]float64, len(v.Options))
	count := func(n int, guess []int) {
		if slices.Contains(guess, v.Key) {
			s.Hits[n] += 1 / float64(len(guess))
		}
	}
	for n, solver := range Solvers {
		guess := solver.guess(&seen)
		for _, i := range guess {
			votes[i] += 1 / float64(len(guess))
		}
		count(n, guess)
	}
	count(len(Solvers), best(len(votes), func(i int) float64 { return math.Round(votes[i] * 1e6) }))
}

// Lead is how far a solver is from chance, in parts of one; Solvers come first, their majority
// last.
func (s *Score) Lead(n int) float64 { return s.Hits[n]/float64(s.Asked) - 1/float64(s.Options) }
