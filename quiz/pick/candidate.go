package pick

import (
	"cmp"
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// candidate is a fact that could be asked.
type candidate struct {
	fact   *content.Fact
	models []model // its items, once they were looked at
	spent  bool    // every item that is allowed was seen
	times  int     // how often its items were seen
	draw   uint64  // decides among equals
	taken  bool
}

// before orders candidates: what still has an unseen item, then what was seen least, then by
// chance.
func before(a, b *candidate) int {
	return cmp.Or(compareBool(a.spent, b.spent), cmp.Compare(a.times, b.times), cmp.Compare(a.draw, b.draw))
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

// best returns the first enough facts that the request allows, in order. It goes over all facts
// once, at some nanoseconds each, and sorts only those that can be among them.
func (x *Index) best(r Request, seen *Seen, enough int) []candidate {
	var allowed []quiz.Kind
	for k := range quiz.Kind(quiz.KindCount) {
		if r.Allow == nil || r.Allow(k) {
			allowed = append(allowed, k)
		}
	}
	seed := mix(r.Seed)
	var out []candidate
	full := false // out has held more than enough: what comes after its last is not needed
	cut := func() {
		slices.SortFunc(out, func(a, b candidate) int { return before(&a, &b) })
		if len(out) >= enough {
			out, full = out[:enough], true
		}
	}
	for i := range x.facts {
		e := &x.facts[i]
		made, unseen, t := false, false, seen.facts[e.id]
		for _, k := range allowed {
			made = made || e.made[k] > 0
			unseen = unseen || e.made[k] > 0 && (t == nil || t.items[k] < e.made[k])
		}
		if !made {
			continue
		}
		c := candidate{fact: e.fact, spent: !unseen, draw: mix(e.hash ^ seed)}
		if t != nil {
			c.times = t.times
		}
		if full && before(&c, &out[enough-1]) > 0 || r.Skip != nil && r.Skip(c.fact) {
			continue
		}
		if out = append(out, c); len(out) == 2*enough {
			cut()
		}
	}
	cut()
	return out
}
