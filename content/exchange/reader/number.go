package reader

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
)

// fewNumbers is up to how many whole numbers of a range are listed as answers.
const fewNumbers = 20

// plainNumber is a number as files of other programs write it, not so long that it could stall.
var plainNumber = regexp.MustCompile(`^[+-]?(\d{1,15}(\.\d{0,12})?|\.\d{1,12})$`)

// looksLikeYear are numbers that a card keeps as texts, since a number of four digits is shown with
// its thousands apart.
var looksLikeYear = regexp.MustCompile(`^[12]\d{3}$`)

func parseNumber(s string) (*big.Rat, bool) {
	if !plainNumber.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// near adds an answer that is a number, and how far a typed one may be off.
func (r *Row) near(value, tolerance string) {
	r.Answers = append(r.Answers, value)
	within, ok := parseNumber(tolerance)
	if tolerance == "" || ok && within.Sign() == 0 {
		return
	}
	middle, isNumber := parseNumber(value)
	if ok && looksLikeYear.MatchString(value) && within.IsInt() && within.Cmp(big.NewRat(fewNumbers/2-1, 1)) <= 0 {
		year, off := middle.Num().Int64(), within.Num().Int64()
		for n := year - off; n <= year+off; n++ {
			if n != year {
				r.Answers = append(r.Answers, strconv.FormatInt(n, 10))
			}
		}
		r.Changes = append(r.Changes, "the numbers within "+tolerance+" of "+value+" are right (tolerance)")
		return
	}
	if !ok || !isNumber || !r.within(middle, within) {
		r.Changes = append(r.Changes, "the tolerance of "+tolerance+" around "+value+" is dropped: a card takes at most half of the number")
		return
	}
	r.Changes = append(r.Changes, "typed numbers within "+tolerance+" of "+value+" are right (tolerance)")
}

// within sets how far a typed number may be off, if a card can have such a tolerance.
func (r *Row) within(middle, within *big.Rat) bool {
	half := new(big.Rat).Mul(new(big.Rat).Abs(middle), big.NewRat(1, 2))
	if within.Sign() <= 0 || within.Cmp(half) > 0 || len(r.Answers) > 1 {
		return false
	}
	r.Tolerance = decimal(within)
	return true
}

// between adds an answer that may be any number of a range: its middle with a tolerance, or the
// few whole numbers in it.
func (r *Row) between(low, high string) {
	from, ok := parseNumber(low)
	to, also := parseNumber(high)
	if !ok || !also || from.Cmp(to) > 0 {
		r.leave(fmt.Sprintf("the answer is a range of numbers (%s..%s) that cannot be read", low, high), "give the lower number first: {#1..5}")
		return
	}
	said := fmt.Sprintf("from %s to %s (a range)", low, high)
	if from.Cmp(to) == 0 {
		r.near(low, "")
		return
	}
	width := new(big.Rat).Sub(to, from)
	if from.IsInt() && to.IsInt() && width.Cmp(big.NewRat(fewNumbers-1, 1)) <= 0 {
		r.Answers = append(r.Answers, low+"–"+high)
		for n, last := from.Num().Int64(), to.Num().Int64(); n <= last; n++ {
			r.Answers = append(r.Answers, strconv.FormatInt(n, 10))
		}
		r.Changes = append(r.Changes, "the whole numbers "+said+" are right")
		return
	}
	half := new(big.Rat).Mul(width, big.NewRat(1, 2))
	middle := new(big.Rat).Add(from, half)
	if len(r.Answers) > 0 || !r.within(middle, half) {
		r.leave("the answer is a range of numbers ("+low+".."+high+") that is too wide to be asked", "give one number")
		return
	}
	r.Answers = append(r.Answers, decimal(middle))
	r.Changes = append(r.Changes, "typed numbers "+said+" are right")
}

// decimal writes a number whose decimals end, as all do that are read here and their halves.
func decimal(r *big.Rat) string {
	s := r.FloatString(14)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}
