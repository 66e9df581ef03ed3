package flashcard

import "time"

// Workload returns how many reviews a new card takes in its first year with the scheduler's
// settings, on average over learners whose memory is as its parameters say. Compared between two
// settings it tells what a change costs, such as that from a desired retention of 0.90 to 0.97.
func (s *Scheduler) Workload() float64 {
	const cards, year = 200, 365
	reviews := 0
	for key := range uint64(cards) {
		c := NewCard("", key)
		chance := func() float64 { // from 0 to 1, drawn from the card and its number of reviews
			return float64(mix(mix(key+golden)^uint64(c.Reps))>>11) / (1 << 53)
		}
		for at := (time.Time{}); c.DueDay() < year; at = c.Due {
			known := 0.5 // of facts that were never asked
			if c.State != New {
				known = s.Retrievability(c, c.DueDay())
			}
			r := Again
			if chance() < known {
				r = Good
			}
			c = s.next(c, r, at, c.DueDay())
			reviews++
		}
	}
	return float64(reviews) / cards
}
