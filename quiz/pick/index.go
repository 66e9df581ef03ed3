// Package pick chooses the items of a quiz from what a chat or a member has seen: the fact seen
// least that still has an unseen item, then the item and the kind seen least, then options
// that have not stood together before; easy, medium and hard mixed.
//
// It promises that the same pack, record and seed give the same quiz; that no fact is asked twice in
// one quiz, as a row of an order or a match neither, and no sentence either, whatever kinds of item make
// it of whichever facts; that nothing shown in a quiz tells the answer of a later item; that no two items
// of a quiz have the same options, and that, where the pack has enough others, at most 40 in a hundred
// are of one kind and 15 are to be judged true or false. It refuses to remember: what was seen is handed in, and the caller keeps it.
package pick

import (
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// Source makes items. A generator is one.
type Source interface {
	Made(f *content.Fact) []quiz.ItemID
	Draw(id quiz.ItemID, seed uint64) (quiz.Item, error)
	Outline(it quiz.Item) quiz.Outline
}

// Index is what picking needs to know of one version of a pack, computed once. It is safe for
// use by many goroutines.
type Index struct {
	pack  *content.Pack
	from  Source
	kinds [quiz.KindCount]bool // that some fact makes
	facts []entry              // of which some item is made, in file order
	low   int                  // items with a prior up to it are easy
	high  int                  // items with a prior from it on are hard
}

// entry is a fact as far as it can be judged without its items.
type entry struct {
	fact *content.Fact
	id   content.FactID       // of fact, at hand
	hash uint64               // decides draws, whatever the order of facts in the file
	made [quiz.KindCount]byte // items by kind; 255 for more
}

// sampled is how many items are drawn to learn how difficult a pack's items are.
const sampled = 384

// NewIndex returns the index of a pack whose items from makes.
func NewIndex(p *content.Pack, from Source) *Index {
	x := &Index{pack: p, from: from}
	for _, f := range p.Facts {
		e := entry{fact: f, id: f.ID, hash: hashed(string(f.ID))}
		ids := from.Made(f)
		for _, id := range ids {
			if _, kind, ok := id.Parts(); ok && e.made[kind] < 255 {
				e.made[kind]++
				x.kinds[kind] = true
			}
		}
		if len(ids) > 0 {
			x.facts = append(x.facts, e)
		}
	}
	x.learn()
	return x
}

// learn sets the levels so that at least three of ten items are easy and three are hard; many
// items may have the prior at a border, and belong to it. Statements to judge are the easiest of all
// and few in a quiz, so they do not count.
func (x *Index) learn() {
	var priors []int
	only := x.kinds == [quiz.KindCount]bool{quiz.TrueFalse: true}
	step := max(1, len(x.facts)*4/sampled)
	for i := 0; i < len(x.facts); i += step {
		for _, id := range x.from.Made(x.facts[i].fact) {
			if it, err := x.from.Draw(id, x.facts[i].hash); err == nil && (it.Kind != quiz.TrueFalse || only) {
				priors = append(priors, it.Prior)
			}
		}
	}
	slices.Sort(priors)
	n := len(priors)
	if n == 0 {
		return
	}
	x.low, x.high = priors[(n*3+9)/10-1], priors[n-(n*3+9)/10]
	if x.low == x.high { // most items are alike: only what differs from them is easy or hard
		x.low, x.high = x.low-1, x.high+1
	}
}

// Fact returns the fact of an item, or nil if the pack has none of that id.
func (x *Index) Fact(id quiz.ItemID) *content.Fact {
	fact, _, ok := id.Parts()
	if !ok {
		return nil
	}
	return x.pack.FactByID(fact)
}

// level is how difficult an item is, compared with the others of its pack.
type level uint8

const (
	easy level = iota
	medium
	hard
	levels = 3
)

func (x *Index) level(prior int) level {
	switch {
	case prior <= x.low:
		return easy
	case prior >= x.high:
		return hard
	}
	return medium
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// hashed is the 64-bit FNV-1a hash of s, mixed.
func hashed(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}
