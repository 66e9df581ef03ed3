// Package pick chooses the items of a quiz from what a chat or a member has seen: the fact seen
// least that still has an unseen item, then the item and the kind seen least, then options
// that have not stood together before; easy, medium and hard mixed.
//
// It promises that the same pack, record and seed give the same quiz; that no fact is asked
// twice in one quiz; that nothing shown in a quiz tells the answer of a later item; and that no
// two items of a quiz have the same options. It refuses to remember: what was seen is handed
// in, and the caller keeps it.
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
	hash  []uint64 // by fact: decides draws, whatever the order of facts in the file
	low   int      // items with a prior below it are easy
	high  int      // items with a prior above it are hard
	facts []int32  // indices of facts of which some item is made
}

// sampled is how many items are drawn to learn how difficult a pack's items are.
const sampled = 384

// NewIndex returns the index of a pack whose items from makes.
func NewIndex(p *content.Pack, from Source) *Index {
	x := &Index{pack: p, from: from, hash: make([]uint64, len(p.Facts))}
	for i, f := range p.Facts {
		x.hash[i] = hashed(string(f.ID))
		if len(from.Made(f)) > 0 {
			x.facts = append(x.facts, int32(i))
		}
	}
	var priors []int
	step := max(1, len(x.facts)*4/sampled)
	for i := 0; i < len(x.facts); i += step {
		for _, id := range from.Made(p.Facts[x.facts[i]]) {
			if it, err := from.Draw(id, x.hash[x.facts[i]]); err == nil {
				priors = append(priors, it.Prior)
			}
		}
	}
	slices.Sort(priors)
	if n := len(priors); n > 0 {
		x.low, x.high = priors[n*3/10], priors[n*7/10]
	}
	return x
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
	case prior < x.low:
		return easy
	case prior > x.high:
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
