package daily

import (
	"cmp"
	"slices"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// Source makes items. A generator is one.
type Source interface {
	Made(f *content.Fact) []quiz.ItemID
	Draw(id quiz.ItemID, seed uint64) (quiz.Item, error)
	Outline(it quiz.Item) quiz.Outline
}

// Pool is what the days' sets of one version of a pack are drawn from, computed once. It is
// safe for use by many goroutines.
//
// Facts are asked in cycles: each once, before any comes back. An item that asks for several
// facts at once, such as an order, would break that and is not asked; a fact of which only
// statements to judge are made is not asked either, as these are rare in a set.
type Pool struct {
	from    Source
	version uint64 // of the pack
	facts   []fact // the easiest first
	levels  [7]int // by day of the week, Monday first: how difficult an item should be, in thousandths of a logit
}

// fact is a fact that can be asked.
type fact struct {
	*content.Fact
	hash       uint64
	difficulty int    // mean of its items, in thousandths of a logit
	items      []made // in an order of their own
}

// made is an item that can be made of a fact.
type made struct {
	id    quiz.ItemID
	hash  uint64
	kind  quiz.Kind
	prior int // as one draw has it: others differ little
}

// NewPool returns the pool of a pack whose items from makes.
func NewPool(p *content.Pack, from Source) *Pool {
	x := &Pool{from: from, version: hashed(p.Hash)}
	var priors []int
	for _, f := range p.Facts {
		k := fact{Fact: f, hash: mix(hashed(string(f.ID)) ^ x.version)}
		open := false
		for _, id := range from.Made(f) {
			if _, kind, _ := id.Parts(); kind.Live() {
				continue
			}
			o, ok := x.draw(id, k.hash)
			if !ok {
				continue
			}
			k.items = append(k.items, made{id, mix(k.hash ^ hashed(string(id))), o.Kind, o.Prior})
			k.difficulty += o.Prior
			priors = append(priors, o.Prior)
			open = open || o.Kind != quiz.TrueFalse
		}
		if open {
			k.difficulty /= len(k.items)
			slices.SortFunc(k.items, func(a, b made) int { return cmp.Compare(a.hash, b.hash) })
			x.facts = append(x.facts, k)
		}
	}
	slices.SortFunc(x.facts, func(a, b fact) int {
		return cmp.Or(cmp.Compare(a.difficulty, b.difficulty), cmp.Compare(a.hash, b.hash))
	})
	if slices.Sort(priors); len(priors) > 0 {
		for day := range x.levels { // from the tenth of the items to nine tenths
			x.levels[day] = priors[(len(priors)-1)*(3+4*day)/30]
		}
	}
	return x
}

// draw draws an item that asks for one fact.
func (x *Pool) draw(id quiz.ItemID, seed uint64) (quiz.Outline, bool) {
	it, err := x.from.Draw(id, seed)
	if err != nil {
		return quiz.Outline{}, false
	}
	o := x.from.Outline(it)
	return o, len(o.Asks) == 1
}

// Facts returns how many facts can be asked on a day: those of the pack that are still true by then.
func (x *Pool) Facts(on quiz.Day) int { return len(x.open(on)) }

// open returns the facts that can be asked on a day, the easiest first.
func (x *Pool) open(on quiz.Day) []fact {
	year, month, day := on.Date()
	today := language.Date{Year: int16(year), Month: int8(month), Day: int8(day)}
	if !slices.ContainsFunc(x.facts, func(f fact) bool { return expired(f.Fact, today) }) {
		return x.facts
	}
	return slices.DeleteFunc(slices.Clone(x.facts), func(f fact) bool { return expired(f.Fact, today) })
}

// expired reports whether a fact is not asked any more on a day: its until: is past. A month
// or day that is not given is the last one.
func expired(f *content.Fact, today language.Date) bool {
	last := f.Until
	if last == (language.Date{}) {
		return false
	}
	if last.Month == 0 {
		last.Month = 12
	}
	if last.Day == 0 {
		last.Day = 31
	}
	return cmp.Or(cmp.Compare(today.Year, last.Year), cmp.Compare(today.Month, last.Month), cmp.Compare(today.Day, last.Day)) > 0
}

// order returns the facts of one cycle by position. The easier ones fall on the earlier days of
// the week. Half of the facts, of all difficulties, fill the first half of every cycle, and
// the others the second: so a fact does not end one cycle and begin the next.
func (x *Pool) order(open []fact, cycle int64, n int) []fact {
	out := make([]fact, len(open))
	first := (len(open) + 1) / 2
	for half, bounds := range [2][2]int{{0, first}, {first, len(open)}} {
		seed := mix(x.version ^ mix(uint64(cycle)<<8+uint64(n)))
		var positions []int
		for p := bounds[0]; p < bounds[1]; p++ {
			positions = append(positions, p)
		}
		weekday := func(p int) int64 { return floorMod(floorDiv(cycle*int64(len(open))+int64(p), int64(n)), 7) }
		slices.SortFunc(positions, func(a, b int) int {
			return cmp.Or(cmp.Compare(weekday(a), weekday(b)), cmp.Compare(mix(seed+uint64(a)), mix(seed+uint64(b))))
		})
		for i, p := range positions {
			out[p] = open[2*i+half]
		}
	}
	return out
}

// monday is the day from which positions are counted: 5 January 1970.
const monday quiz.Day = 4

// cycles walks over the facts of a pool, position by position.
type cycles struct {
	*Pool
	open  []fact
	n     int // facts a day
	known int64
	order []fact // of the cycle known; nil: of none
}

// at returns the fact at place i of a day, and the number of its cycle. In a pack of fewer
// facts than two days ask for, the facts go round in one order: there is no other way to have
// none twice on a day.
func (c *cycles) at(on quiz.Day, i int) (fact, int64) {
	slot := int64(on-monday)*int64(c.n) + int64(i)
	size := int64(len(c.open))
	cycle := floorDiv(slot, size)
	switch {
	case c.order != nil && (cycle == c.known || 2*c.n > len(c.open)):
	case 2*c.n <= len(c.open):
		c.order = c.Pool.order(c.open, cycle, c.n)
	default:
		c.order = slices.Clone(c.open)
		slices.SortFunc(c.order, func(a, b fact) int { return cmp.Compare(a.hash, b.hash) })
	}
	c.known = cycle
	return c.order[floorMod(slot, size)], cycle
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }

// hashed is the 64-bit FNV-1a hash of s, mixed.
func hashed(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}
