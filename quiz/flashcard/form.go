package flashcard

import (
	"slices"

	"summitquiz/quiz"
)

// Rung is how much help a question gives. A card climbs from one to the next.
type Rung uint8

// The rungs.
const (
	Recognise Rung = iota // the answer stands among options
	Complete              // the sentence around the answer is given: a cloze, or a statement to judge
	Recall                // only the question is given: the answer is typed
)

// String returns "recognise", "complete" or "recall".
func (r Rung) String() string { return [...]string{"recognise", "complete", "recall"}[r] }

// When a card climbs. The figures are those of the simulation in docs/memory.md.
const (
	completeFrom = 0.5  // days of stability
	recallFrom   = 7    // days of stability
	recallAbove  = 0.75 // retrievability at the moment of asking
	recogniseTo  = 0.50 // retrievability at the moment of asking
)

// Rung returns how a card is asked on a day of the learner.
//
// A new card, one on its steps and one that has just lapsed is recognised: what is not yet
// known cannot be produced, and failing at typing takes longer than failing at a choice. Once it
// holds for about a day, the sentence around the answer is enough: there is less to guess from.
// Once it holds for a week it is typed: reviews are rarer by then, so the seconds more cost
// little, while a guess that passed for knowledge would put the card off for weeks, and producing
// an answer strengthens memory more than recognising it. A card that was left until it is likely
// to be forgotten goes down a rung.
func (s *Scheduler) Rung(c Card, day quiz.Day) Rung {
	if c.State != Reviewing || c.Stability < completeFrom {
		return Recognise
	}
	r := s.Retrievability(c, day)
	switch {
	case r < recogniseTo:
		return Recognise
	case c.Stability >= recallFrom && r >= recallAbove:
		return Recall
	}
	return Complete
}

// rungs tells which rung a kind of question stands on.
var rungs = [quiz.KindCount]Rung{
	quiz.Choice: Recognise, quiz.WhoSaid: Recognise, quiz.Match: Recognise, quiz.Order: Recognise,
	quiz.WhichNot: Recognise, quiz.OddOneOut: Recognise, quiz.Extreme: Recognise, quiz.Timeline: Recognise, quiz.TwoFacts: Recognise,
	quiz.TrueFalse: Complete, quiz.Cloze: Complete,
	quiz.Typed: Recall, quiz.Number: Recall, quiz.Date: Recall,
}

// Choose returns the item to ask of a card among those that are made of its fact: the nearest to
// the rung, rather below it than above; among these one that the learner has never had, else the
// one that was longest ago; among equals one drawn from the card and its number of reviews. had
// lists the items that the learner had of the fact, the last one last. Items that need a live game are
// not asked. It returns false without items.
func Choose(c Card, rung Rung, made, had []quiz.ItemID) (quiz.ItemID, bool) {
	type candidate struct {
		id       quiz.ItemID
		distance int
		last     int // place in had; -1: never
		draw     uint64
	}
	before := func(a, b candidate) int {
		switch {
		case a.distance != b.distance:
			return a.distance - b.distance
		case a.last != b.last:
			return a.last - b.last
		case a.draw < b.draw:
			return -1
		}
		return 1
	}
	seed := mix(c.Key ^ mix(uint64(c.Reps)+golden))
	var best candidate
	found := false
	for _, id := range made {
		_, kind, ok := id.Parts()
		if !ok || kind.Live() {
			continue
		}
		k := candidate{id: id, last: lastIndex(had, id), draw: mix(seed ^ hashed(string(id)))}
		if d := int(rungs[kind]) - int(rung); d > 0 {
			k.distance = 2*d + 1
		} else {
			k.distance = -2 * d
		}
		if !found || before(k, best) < 0 {
			best, found = k, true
		}
	}
	return best.id, found
}

func lastIndex(ids []quiz.ItemID, id quiz.ItemID) int {
	for i, had := range slices.Backward(ids) {
		if had == id {
			return i
		}
	}
	return -1
}

// hashed is the 64-bit FNV-1a hash of s, mixed.
func hashed(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}
