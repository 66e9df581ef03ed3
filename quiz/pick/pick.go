package pick

import (
	"cmp"
	"errors"
	"maps"
	"math"
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// Request says what quiz is wanted.
type Request struct {
	Count int                      // items, at least 1
	Seed  uint64                   // another seed gives another quiz
	Allow func(quiz.Kind) bool     // which kinds; nil: all
	Skip  func(*content.Fact) bool // which facts not to ask, such as expired ones; nil: none
}

// ErrNothing means that no item can be asked as requested.
var ErrNothing = errors.New("no item fits the request")

// Pick returns the items of a quiz in the order in which to ask them: as many as were asked
// for, or fewer where the pack has no more that fit. It returns ErrNothing where it has none.
func (x *Index) Pick(r Request, seen Seen) ([]quiz.Outline, error) {
	p := picking{Index: x, request: r, seen: &seen, quota: quotas(r.Count)}
	p.order()
	// What was seen least comes before the mix of levels: only among facts that were seen as
	// often as each other is there a choice.
	for from := 0; from < len(p.facts); {
		to := from + 1
		for to < len(p.facts) && p.facts[to].spent == p.facts[from].spent && p.facts[to].times == p.facts[from].times {
			to++
		}
		for _, strict := range []bool{true, false} {
			for i := from; i < to && len(p.chosen) < r.Count; i++ {
				p.take(&p.facts[i], strict)
			}
		}
		from = to
	}
	if len(p.chosen) == 0 {
		return nil, ErrNothing
	}
	return p.sorted(), nil
}

// quotas is how many items of each level a quiz has: three easy, four medium and three hard of
// ten.
func quotas(n int) [levels]int {
	outer := (n*3 + 5) / 10
	return [levels]int{outer, n - 2*outer, outer}
}

// picking is one quiz being put together.
type picking struct {
	*Index
	request Request
	seen    *Seen
	facts   []candidate
	chosen  []quiz.Outline
	before  [][]int // before[i]: places in chosen that have to come before item i
	quota   [levels]int
	kinds   [quiz.KindCount]int // of what was chosen
}

// candidate is a fact that could be asked.
type candidate struct {
	fact  *content.Fact
	spent bool   // every item that is allowed was seen
	times int    // how often its items were seen
	draw  uint64 // decides among equals
	taken bool
}

// considered is how many facts are looked at for each item wanted.
const considered = 24

// order lists the facts to look at, best first. It goes over all facts once, and sorts only
// those that can matter.
func (p *picking) order() {
	counts := map[content.FactID]int{}
	for id := range p.seen.items {
		if fact, _, ok := id.Parts(); ok {
			counts[fact] += p.seen.times(id)
		}
	}
	all := make([]candidate, 0, len(p.Index.facts))
	for _, i := range p.Index.facts {
		f := p.pack.Facts[i]
		if p.request.Skip != nil && p.request.Skip(f) {
			continue
		}
		all = append(all, candidate{fact: f, times: counts[f.ID], draw: mix(p.hash[i] ^ mix(p.request.Seed))})
	}
	for _, c := range p.few(all) {
		c.spent = c.times > 0 && p.isSpent(c.fact)
		p.facts = append(p.facts, c)
	}
	slices.SortFunc(p.facts, func(a, b candidate) int {
		return cmp.Or(compareBool(a.spent, b.spent), cmp.Compare(a.times, b.times), cmp.Compare(a.draw, b.draw))
	})
}

// few returns the candidates that can be needed: of those seen least as many as are enough. Of
// very many that were seen equally often, those with the least draws stand for all.
func (p *picking) few(all []candidate) []candidate {
	enough := considered * p.request.Count
	byTimes := map[int]int{}
	for i := range all {
		byTimes[all[i].times]++
	}
	limits := map[int]uint64{} // by times: the largest draw that is looked at
	sum := 0
	for _, n := range slices.Sorted(maps.Keys(byTimes)) {
		if sum >= enough {
			break
		}
		limits[n] = math.MaxUint64
		if many := byTimes[n]; many > 4*enough {
			limits[n] = math.MaxUint64 / uint64(many) * 2 * uint64(enough)
		}
		sum += byTimes[n]
	}
	out := all[:0]
	for _, c := range all {
		if limit, ok := limits[c.times]; ok && c.draw <= limit {
			out = append(out, c)
		}
	}
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (p *picking) allowed(id quiz.ItemID) (quiz.Kind, bool) {
	_, kind, ok := id.Parts()
	return kind, ok && (p.request.Allow == nil || p.request.Allow(kind))
}

// isSpent reports whether every item of a fact that is allowed was seen.
func (p *picking) isSpent(f *content.Fact) bool {
	for _, id := range p.from.Made(f) {
		if _, ok := p.allowed(id); ok && p.seen.times(id) == 0 {
			return false
		}
	}
	return true
}

// model is one item of a fact, before it is drawn.
type model struct {
	id    quiz.ItemID
	kind  quiz.Kind
	times int
	draw  uint64
}

// take adds an item of a fact to the quiz, if one fits. A strict look keeps to the quotas and
// to what has not been seen; the other one takes what there is.
func (p *picking) take(c *candidate, strict bool) {
	if c.taken {
		return
	}
	var models []model
	for _, id := range p.from.Made(c.fact) {
		if kind, ok := p.allowed(id); ok {
			models = append(models, model{id, kind, p.seen.times(id), mix(hashed(string(id)) ^ p.request.Seed)})
		}
	}
	slices.SortFunc(models, func(a, b model) int {
		return cmp.Or(cmp.Compare(a.times, b.times), cmp.Compare(p.kinds[a.kind], p.kinds[b.kind]),
			cmp.Compare(p.seen.kinds[a.kind], p.seen.kinds[b.kind]), cmp.Compare(a.draw, b.draw))
	})
	for _, m := range models {
		if strict && m.times > models[0].times {
			return // one of the fact's items is still new
		}
		o, fresh, ok := p.drawn(m)
		if !ok || strict && (!fresh || p.quota[p.level(o.Prior)] <= 0) {
			continue
		}
		before, ok := p.fits(&o)
		if !ok {
			continue
		}
		c.taken = true
		p.quota[p.level(o.Prior)]--
		p.kinds[m.kind]++
		p.chosen, p.before = append(p.chosen, o), before
		return
	}
}

// tries is how many seeds are tried for options that have not stood together before.
const tries = 24

// drawn draws an item with options that are new, if there are any.
func (p *picking) drawn(m model) (o quiz.Outline, fresh, ok bool) {
	for i := range uint64(tries) {
		it, err := p.from.Draw(m.id, mix(m.draw+i))
		if err != nil {
			return o, false, false
		}
		got := p.from.Outline(it)
		if !p.seen.Has(m.id, got.Options) {
			return got, true, true
		}
		if o = got; it.Form == quiz.TypedForm {
			break
		}
	}
	return o, false, true
}

// fits reports whether an item can stand in the quiz beside those that are chosen, and returns
// the order that the quiz then has to keep. An item that states a fact comes after the item
// that asks for it; two that state each other's are enemies, and so are two with the same
// options.
func (p *picking) fits(o *quiz.Outline) ([][]int, bool) {
	n := len(p.chosen)
	before := make([][]int, n+1)
	for i := range p.chosen {
		c := &p.chosen[i]
		if c.Fact == o.Fact || o.Options != 0 && o.Options == c.Options {
			return nil, false
		}
		before[i] = p.before[i]
		if slices.Contains(c.Reveals, o.Fact) {
			before[i] = append(slices.Clone(p.before[i]), n)
		}
		if slices.Contains(o.Reveals, c.Fact) {
			before[n] = append(before[n], i)
		}
	}
	if _, ok := arrange(before, func(i int) uint64 { return uint64(i) }); !ok {
		return nil, false
	}
	return before, true
}

// sorted returns the chosen items in a drawn order in which nothing is told too early.
func (p *picking) sorted() []quiz.Outline {
	order, _ := arrange(p.before, func(i int) uint64 {
		return mix(hashed(string(p.chosen[i].ID)) + p.request.Seed)
	})
	out := make([]quiz.Outline, len(order))
	for at, i := range order {
		out[at] = p.chosen[i]
	}
	return out
}

// arrange orders the places so that each comes after those before it; the least draw comes
// first where there is a choice. It returns false if they go round in a circle.
func arrange(before [][]int, draw func(int) uint64) ([]int, bool) {
	done := make([]bool, len(before))
	order := make([]int, 0, len(before))
	for range before {
		next := -1
		for i := range before {
			free := !done[i] && !slices.ContainsFunc(before[i], func(j int) bool { return !done[j] })
			if free && (next < 0 || draw(i) < draw(next)) {
				next = i
			}
		}
		if next < 0 {
			return nil, false
		}
		done[next] = true
		order = append(order, next)
	}
	return order, true
}
