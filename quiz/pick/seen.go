package pick

import (
	"slices"

	"summitquiz/quiz"
)

// Seen is what a chat or a member has seen of a pack. The zero Seen has seen nothing.
type Seen struct {
	items map[quiz.ItemID]*record
	kinds [quiz.KindCount]int
}

// record is how often an item was seen, and with which sets of options.
type record struct {
	times int
	sets  []uint64 // ascending
}

// Add notes that an item was seen a number of times with one set of options
// (quiz.Outline.Options).
func (s *Seen) Add(id quiz.ItemID, options uint64, times int) {
	if s.items == nil {
		s.items = map[quiz.ItemID]*record{}
	}
	r := s.items[id]
	if r == nil {
		r = &record{}
		s.items[id] = r
	}
	r.times += times
	if at, is := slices.BinarySearch(r.sets, options); !is {
		r.sets = slices.Insert(r.sets, at, options)
	}
	if _, kind, ok := id.Parts(); ok {
		s.kinds[kind] += times
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

func (s *Seen) times(id quiz.ItemID) int {
	if r := s.items[id]; r != nil {
		return r.times
	}
	return 0
}
