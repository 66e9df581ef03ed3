package pick

import (
	"slices"

	"summitquiz/content"
	"summitquiz/quiz"
)

// Seen is what a chat or a member has seen of a pack. The zero Seen has seen nothing. A store
// keeps it as rows of item, option set and times, and adds them in any order.
type Seen struct {
	items map[quiz.ItemID]*record
	facts map[content.FactID]*tally
	kinds [quiz.KindCount]int
}

// record is how often an item was seen, and with which sets of options.
type record struct {
	times int
	sets  []uint64 // ascending
}

// tally is what was seen of one fact.
type tally struct {
	times int
	items [quiz.KindCount]byte // different items by kind; 255 for more
}

// Add notes that an item was seen a number of times with one set of options
// (quiz.Outline.Options). What is no ItemID it passes over.
func (s *Seen) Add(id quiz.ItemID, options uint64, times int) {
	if s.items == nil {
		s.items, s.facts = map[quiz.ItemID]*record{}, map[content.FactID]*tally{}
	}
	fact, kind, ok := id.Parts()
	if !ok {
		return
	}
	s.kinds[kind] += times
	t := s.facts[fact]
	if t == nil {
		t = &tally{}
		s.facts[fact] = t
	}
	t.times += times
	r := s.items[id]
	if r == nil {
		r = &record{}
		s.items[id] = r
		if t.items[kind] < 255 {
			t.items[kind]++
		}
	}
	r.times += times
	if at, is := slices.BinarySearch(r.sets, options); !is {
		r.sets = slices.Insert(r.sets, at, options)
	}
}

// Has reports whether an item was seen with a set of options: showing it again is a repeat.
func (s *Seen) Has(id quiz.ItemID, options uint64) bool {
	r := s.items[id]
	if r == nil {
		return false
	}
	_, is := slices.BinarySearch(r.sets, options)
	return is
}

// has reports whether an item was seen with its options, under whichever of its names.
func (s *Seen) has(o *quiz.Outline) bool {
	if s.items == nil {
		return false
	}
	return s.Has(o.ID, o.Options) || slices.ContainsFunc(o.Same, func(id quiz.ItemID) bool { return s.Has(id, o.Options) })
}

func (s *Seen) times(id quiz.ItemID) int {
	if r := s.items[id]; r != nil {
		return r.times
	}
	return 0
}
