package pick

import (
	"cmp"
	"errors"
	"slices"
	"strings"

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

// considered is how many facts are looked at for each item wanted. Where they are not enough,
// all are.
const considered = 24

// How many words of a question have to stand beside its answer in what an earlier item shows, to be
// taken for a leak. One is enough, and often means nothing; where that leaves too few items, such
// as for a quiz of quotations alone, it takes several.
const (
	oneClue   = 1
	sureClues = 12
)

// retries is how many other draws are tried for a quiz of too few kinds: what was chosen first may bar the others.
const retries = 3

// Pick returns the items of a quiz in the order in which to ask them: as many as were asked
// for, or fewer where the pack has no more that fit. It returns ErrNothing where it has none.
func (x *Index) Pick(r Request, seen Seen) ([]quiz.Outline, error) {
	if r.Count < 1 {
		return nil, ErrNothing
	}
	enough := min(considered*r.Count, len(x.facts))
	p := x.fill(r, &seen, enough, oneClue)
	if len(p.chosen) < r.Count && len(p.facts) == enough && enough < len(x.facts) {
		p = x.fill(r, &seen, len(x.facts), oneClue)
	}
	if len(p.chosen) < r.Count {
		p = x.fill(r, &seen, len(x.facts), sureClues)
	}
	if len(p.chosen) == 0 {
		return nil, ErrNothing
	}
	for again := uint64(1); p.has < p.variety && again <= retries; again++ {
		other := r
		other.Seed = mix(r.Seed + again)
		if q := x.fill(other, &seen, enough, oneClue); q.has > p.has && len(q.chosen) >= len(p.chosen) {
			p = q
		}
	}
	return p.sorted(), nil
}

// picking is one quiz being put together.
type picking struct {
	*Index
	request Request
	seen    *Seen
	facts   []candidate
	chosen  []quiz.Outline
	clues   int                 // oneClue or sureClues
	before  [][]int             // before[i]: places in chosen that have to come before item i
	quota   [levels]int         // how many more of each level are wanted
	least   [levels]int         // how many more of each level there have to be
	kinds   [quiz.KindCount]int // of what was chosen
	has     int                 // kinds among what was chosen
	variety int                 // how many kinds there should be at least
	most    [quiz.KindCount]int // how many of each kind a quiz should have at most
}

// Of a hundred items, how many may be of one kind, and how many may be statements to judge.
const (
	mostOfKind   = 40
	mostToJudge  = 15
	leastAllowed = 3 // kinds: a quiz of fewer is what somebody asked for
)

// leastKinds is how many kinds a quiz has at least, where the pack makes them.
const leastKinds = 6

// variety returns how many kinds a quiz should have.
func (x *Index) variety(r *Request) int {
	n := 0
	for k, made := range x.kinds {
		if made && (r.Allow == nil || r.Allow(quiz.Kind(k))) {
			n++
		}
	}
	return min(n, leastKinds, r.Count)
}

// limits returns how many items of each kind a quiz should have at most.
func (r *Request) limits() (most [quiz.KindCount]int) {
	allowed := 0
	for k := range quiz.Kind(quiz.KindCount) {
		most[k] = max(1, r.Count*mostOfKind/100)
		if r.Allow == nil || r.Allow(k) {
			allowed++
		}
	}
	if r.Count > 1 {
		most[quiz.TrueFalse] = r.Count * mostToJudge / 100
	}
	if allowed < leastAllowed {
		for k := range most {
			most[k] = r.Count
		}
	}
	return most
}

// pass is how strictly a look at the facts keeps to what is wanted.
type pass uint8

const (
	varied  pass = iota // as ideal, of a kind that the quiz has not had, until there are enough kinds
	widened             // also an item that was seen, with new options, of any level
	ideal               // an item that its fact was asked least by, new options, a level that is wanted
	unseen              // new options; what is left is enough for the levels that have to be there
	mended              // a level that has to be there, if need be with options that were seen
	uneven              // new options, any level
	anyhow              // what there is
	beyond              // more of a kind than a quiz should have
)

// fill chooses items from the best facts. What was seen least comes before the mix of levels:
// among facts that were seen as often as each other the quotas decide; and the last places are
// kept for levels that are short, so that facts seen more often can fill them.
func (x *Index) fill(r Request, seen *Seen, enough, clues int) *picking {
	p := &picking{Index: x, request: r, seen: seen, clues: clues, facts: x.best(r, seen, enough), most: r.limits(), variety: x.variety(&r),
		quota: quotas(r.Count), least: [levels]int{easy: r.Count / 5, hard: r.Count / 5}}
	// What was not seen may all be of a few kinds: the others come from facts that still have an unseen item.
	fresh := 0
	for fresh < len(p.facts) && !p.facts[fresh].spent {
		fresh++
	}
	p.look(p.facts[:fresh], varied)
	p.look(p.facts, widened)
	for from := 0; from < len(p.facts); {
		to := from + 1
		for to < len(p.facts) && p.facts[to].spent == p.facts[from].spent && p.facts[to].times == p.facts[from].times {
			to++
		}
		p.look(p.facts[from:to], ideal)
		p.look(p.facts[from:to], unseen)
		from = to
	}
	p.look(p.facts, mended)
	p.look(p.facts, uneven)
	p.look(p.facts, anyhow)
	p.look(p.facts, beyond)
	return p
}

func (p *picking) look(facts []candidate, how pass) {
	for i := range facts {
		if len(p.chosen) == p.request.Count || how <= widened && p.has >= p.variety {
			return
		}
		p.take(&facts[i], how)
	}
}

// quotas is how many items of each level a quiz has: three easy, four medium and three hard of
// ten.
func quotas(n int) [levels]int {
	outer := (n*3 + 5) / 10
	return [levels]int{outer, n - 2*outer, outer}
}

// open reports whether an item of a level may be taken: whether it is wanted, and whether what
// is left is enough for the levels that have to be there.
func (p *picking) open(l level, how pass) bool {
	if how <= ideal && how != widened && p.quota[l] <= 0 {
		return false
	}
	left := p.request.Count - len(p.chosen) - 1
	for other, n := range p.least {
		if level(other) != l {
			left -= max(0, n)
		}
	}
	return left >= 0 || how == uneven || how >= anyhow
}

// model is one item of a fact, before it is drawn.
type model struct {
	id    quiz.ItemID
	field string // what it asks for; the items of a fact that ask for one field say one sentence
	kind  quiz.Kind
	times int // how often it was seen
	said  int // how often its sentence was seen, whichever kind made it
	draw  uint64
	first *sample // with its first seed, once it was drawn
}

// sample is an item that was drawn, or that could not be.
type sample struct {
	item    quiz.Item
	outline quiz.Outline
	known   bool // outline was asked for
	failed  bool
	beside  []relation // to each of those that are chosen, as far as it was looked at
}

// relation says how an item stands to one that is chosen.
type relation uint8

const (
	isTold relation = 1 << iota // by the chosen one
	tells                       // the chosen one
	enemies
)

// models lists the items of a fact, best first: seen least, of a sentence that was seen least, of a kind
// that this quiz and then all quizzes have had least.
func (p *picking) models(c *candidate) []model {
	if c.models == nil {
		c.models = p.listed(c.fact)
	}
	slices.SortFunc(c.models, func(a, b model) int {
		return cmp.Or(cmp.Compare(a.times, b.times), cmp.Compare(a.said, b.said), cmp.Compare(p.kinds[a.kind], p.kinds[b.kind]),
			cmp.Compare(p.seen.kinds[a.kind], p.seen.kinds[b.kind]), cmp.Compare(a.draw, b.draw))
	})
	return c.models
}

// listed returns the allowed items of a fact with what was seen of them.
func (p *picking) listed(f *content.Fact) []model {
	made := p.from.Made(f)
	out := make([]model, 0, len(made))
	known := p.seen.facts[f.ID] != nil
	for _, id := range made {
		_, kind, ok := id.Parts()
		if !ok || p.request.Allow != nil && !p.request.Allow(kind) {
			continue
		}
		m := model{id: id, field: string(id[strings.LastIndexByte(string(id), '/')+1:]), kind: kind, draw: mix(hashed(string(id)) ^ p.request.Seed)}
		if known {
			m.times = p.seen.times(id)
		}
		out = append(out, m)
	}
	for i := range out {
		for k := range out {
			if known && out[k].field == out[i].field {
				out[i].said += out[k].times
			}
		}
	}
	return out
}

// take adds an item of a fact to the quiz, if one fits.
func (p *picking) take(c *candidate, how pass) {
	if c.taken {
		return
	}
	models := p.models(c)
	for i := range models {
		m := &models[i]
		if how <= ideal && how != widened && m.times > models[0].times {
			return // one of the fact's items is still new
		}
		if p.kinds[m.kind] >= p.most[m.kind] && how < beyond || p.kinds[m.kind] > 0 && how <= widened {
			continue
		}
		d, ok := p.drawn(m, how)
		if !ok {
			continue
		}
		before, ok := p.fits(d)
		if !ok {
			continue
		}
		c.taken = true
		l := p.level(d.outline.Prior)
		p.quota[l]--
		p.least[l]--
		if p.kinds[m.kind]++; p.kinds[m.kind] == 1 {
			p.has++
		}
		p.chosen, p.before = append(p.chosen, d.outline), before
		return
	}
}

// tries is how many seeds are tried for options that have not stood together before.
const tries = 24

// drawn draws an item of an open level, with options that are new or, where that is allowed,
// old ones.
func (p *picking) drawn(m *model, how pass) (d *sample, ok bool) {
	for i := range uint64(tries) {
		d = p.try(m, i)
		if d.failed || !p.open(p.level(d.item.Prior), how) {
			return d, false
		}
		if !d.known {
			d.outline, d.known = p.from.Outline(d.item), true
		}
		if !p.seen.has(&d.outline) {
			return d, true
		}
		if d.item.Form == quiz.TypedForm {
			break // there are no options to change
		}
	}
	return d, how == mended || how >= anyhow
}

// try draws an item with one of its seeds. What the first gives is kept: most looks need no other.
func (p *picking) try(m *model, nth uint64) *sample {
	if nth == 0 && m.first != nil {
		return m.first
	}
	it, err := p.from.Draw(m.id, mix(m.draw+nth))
	d := &sample{item: it, failed: err != nil}
	if nth == 0 {
		m.first = d
	}
	return d
}

// fits reports whether an item can stand in the quiz beside those that are chosen, and returns
// the order that the quiz then has to keep. An item that states a fact comes after the item
// that asks for it; two that state each other's are enemies, and so are two that ask for one
// fact, say one sentence or have the same options.
func (p *picking) fits(d *sample) ([][]int, bool) {
	n := len(p.chosen)
	before, bound := make([][]int, n+1), false
	for i := range p.chosen {
		if i == len(d.beside) {
			d.beside = append(d.beside, p.relate(&p.chosen[i], &d.outline))
		}
		r := d.beside[i]
		if r&enemies != 0 {
			return nil, false
		}
		before[i] = p.before[i]
		bound = bound || len(before[i]) > 0
		if r&isTold != 0 {
			before[i], bound = append(slices.Clone(p.before[i]), n), true
		}
		if r&tells != 0 {
			before[n], bound = append(before[n], i), true
		}
	}
	if !bound {
		return before, true
	}
	if _, ok := arrange(before, func(i int) uint64 { return uint64(i) }); !ok {
		return nil, false
	}
	return before, true
}

// relate looks at an item beside one that is chosen.
func (p *picking) relate(c, o *quiz.Outline) (r relation) {
	if shared(c.Asks, o.Asks) || o.Options != 0 && o.Options == c.Options || o.Sentence != 0 && o.Sentence == c.Sentence {
		return enemies
	}
	if shared(c.Reveals, o.Asks) || c.Tells(o, p.clues) {
		r |= isTold
	}
	if shared(o.Reveals, c.Asks) || o.Tells(c, p.clues) {
		r |= tells
	}
	return r
}

func shared(a, b []content.FactID) bool {
	return slices.ContainsFunc(a, func(f content.FactID) bool { return slices.Contains(b, f) })
}

// sorted returns the chosen items in a drawn order in which nothing is told too early.
func (p *picking) sorted() []quiz.Outline {
	draws := make([]uint64, len(p.chosen))
	for i := range draws {
		draws[i] = mix(hashed(string(p.chosen[i].ID)) + p.request.Seed)
	}
	order, _ := arrange(p.before, func(i int) uint64 { return draws[i] })
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
