package daily

import (
	"cmp"
	"errors"
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// The bounds of how many questions a day has.
const (
	MinQuestions = 1
	MaxQuestions = 50
)

// Errors of Set.
var (
	ErrQuestions    = errors.New("a day has from 1 to 50 questions")
	ErrFewQuestions = errors.New("the pack has no questions for a daily")
)

// Set returns the items of a day in the order in which they are asked: for one version of the
// pack, one date and one number the same wherever it is asked for. A pack with fewer facts than n
// gives as many as it has. The week begins easily on Monday and ends hard on Sunday, and so
// does each day; kinds are mixed, with at most one true-false in five items, counted on
// from day to day where a day has fewer.
func (x *Pool) Set(on quiz.Day, n int) ([]quiz.Outline, error) {
	if n < MinQuestions || n > MaxQuestions {
		return nil, ErrQuestions
	}
	open := x.open(on)
	if n = min(n, len(open)); n == 0 {
		return nil, ErrFewQuestions
	}
	// Kinds are mixed over the week, so the days since Monday count.
	var week [quiz.KindCount]int
	walk := cycles{Pool: x, open: open, n: n}
	for d := on - quiz.Day(floorMod(int64(on-monday), 7)); ; d++ {
		set := x.day(&walk, d, &week)
		if d == on {
			return set, nil
		}
	}
}

// What speaks against an item, in thousandths of a logit.
const (
	sameKind = 450  // each item of its kind on the same day
	sameWeek = 200  // each item of its kind in the same week, by items a day
	sameItem = 1200 // being the item that the fact was likely asked by when it came last
)

// day chooses the items of one day and counts their kinds.
func (x *Pool) day(walk *cycles, on quiz.Day, week *[quiz.KindCount]int) []quiz.Outline {
	n := walk.n
	level := x.levels[floorMod(int64(on-monday), 7)]
	seed := mix(x.version ^ mix(uint64(on)<<8+uint64(n)))
	var day sitting
	for i := range n {
		f, cycle := walk.at(on, i)
		slot := int64(on-monday)*int64(n) + int64(i)
		cost := func(m *made, place int) int {
			turn := int(floorMod(int64(place)-cycle, int64(len(f.items))))
			return abs(m.prior-level) + sameKind*day.kinds[m.kind] + sameWeek*week[m.kind]/n + sameItem*turn/len(f.items)
		}
		o := x.choose(f.items, &day, seed, floorMod(slot, 5) == 0, cost)
		day.add(&o)
		week[o.Kind]++
	}
	return day.sorted()
}

// choose draws the item with the lowest cost among those that can stand beside the others of
// the day; where none can, because two facts of the day tell each other, the one with the
// lowest cost.
func (x *Pool) choose(items []made, day *sitting, seed uint64, statements bool, cost func(m *made, place int) int) quiz.Outline {
	type choice struct {
		*made
		cost int
	}
	var choices []choice
	for i := range items {
		if m := &items[i]; statements || m.kind != quiz.TrueFalse {
			choices = append(choices, choice{m, cost(m, i)})
		}
	}
	slices.SortFunc(choices, func(a, b choice) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.hash, b.hash)) })
	var best quiz.Outline
	for _, c := range choices {
		o, ok := x.draw(c.id, mix(seed^hashed(string(c.id))))
		if ok && best.ID == "" {
			best = o
		}
		if ok && day.fits(&o) {
			return o
		}
	}
	return best
}

// sitting is the items of one day so far.
type sitting struct {
	items  []quiz.Outline
	before [][]int // by item: the items that have to come before it, as it tells their answer
	kinds  [quiz.KindCount]int
}

// follow returns which items have to come before each when o joins.
func (s *sitting) follow(o *quiz.Outline) [][]int {
	n := len(s.items)
	before := make([][]int, n+1)
	for i := range s.items {
		c := &s.items[i]
		before[i] = s.before[i]
		if shared(c.Reveals, o.Asks) {
			before[i] = append(slices.Clone(s.before[i]), n)
		}
		if shared(o.Reveals, c.Asks) {
			before[n] = append(before[n], i)
		}
	}
	return before
}

// fits reports whether an item can stand beside the others: it does not have their options, and
// there is an order in which none tells the answer of a later one.
func (s *sitting) fits(o *quiz.Outline) bool {
	if slices.ContainsFunc(s.items, func(c quiz.Outline) bool { return o.Options != 0 && c.Options == o.Options }) {
		return false
	}
	_, ok := arrange(append(slices.Clone(s.items), *o), s.follow(o))
	return ok
}

// add adds an item, whether it fits or not.
func (s *sitting) add(o *quiz.Outline) {
	s.before = s.follow(o)
	s.items = append(s.items, *o)
	s.kinds[o.Kind]++
}

// sorted returns the items, the easiest first where no other order is needed.
func (s *sitting) sorted() []quiz.Outline {
	order, _ := arrange(s.items, s.before)
	out := make([]quiz.Outline, len(order))
	for at, i := range order {
		out[at] = s.items[i]
	}
	return out
}

// arrange orders items so that each comes after those before it, the easiest first where there
// is a choice. Where they go round in a circle it takes the easiest and returns false.
func arrange(items []quiz.Outline, before [][]int) (order []int, ok bool) {
	done := make([]bool, len(items))
	ok = true
	easier := func(i, j int) bool {
		return j < 0 || cmp.Or(cmp.Compare(items[i].Prior, items[j].Prior), cmp.Compare(items[i].ID, items[j].ID)) < 0
	}
	for range items {
		next, forced := -1, -1
		for i := range items {
			switch {
			case done[i]:
			case !slices.ContainsFunc(before[i], func(j int) bool { return !done[j] }):
				if easier(i, next) {
					next = i
				}
			case easier(i, forced):
				forced = i
			}
		}
		if next < 0 {
			next, ok = forced, false
		}
		done[next] = true
		order = append(order, next)
	}
	return order, ok
}

func shared(a, b []content.FactID) bool {
	return slices.ContainsFunc(a, func(f content.FactID) bool { return slices.Contains(b, f) })
}

func abs(n int) int { return max(n, -n) }
