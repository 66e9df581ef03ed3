// Package progress counts what people want to see of their flashcards: what falls due, on which days
// they studied, how much they remembered, how long their memory lasts, and which packs they know.
//
// It promises the same value for the same cards, reviews and day. It refuses to draw: bot/chart does.
package progress

import (
	"slices"
	"time"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// How far the value looks.
const (
	ForecastDays = 30
	YearDays     = 365
	Months       = 12
	// KnownDays is how long memory has to last for a fact to be known: a month.
	KnownDays = 30
)

// StabilityFrom are the lower bounds of the groups of stability, in days.
var StabilityFrom = [...]float64{0, 1, 7, 30, 90, 365}

// Progress is how somebody is getting on with their cards.
type Progress struct {
	Today     quiz.Day
	Cards     int               // that were reviewed at least once and are not suspended
	Forecast  [ForecastDays]int // cards due on each day, what is overdue on the first
	Year      [YearDays]int     // reviews on each day; the last one is Today
	Reviews   int               // in that year
	Studied   int               // days of it with a review
	Months    []Month           // the last twelve, oldest first
	Desired   float64           // retention that the scheduler aims at, 0 to 1
	Stability [len(StabilityFrom)]int
	Packs     []Mastery // in the order in which they were given
}

// Month is what was remembered in a month: true retention, which counts the reviews of cards that
// came back after a day or more, each card once a day.
type Month struct {
	Year       int
	Month      time.Month
	Asked      int
	Remembered int
}

// Retention is the share that was remembered; false if nothing was asked.
func (m Month) Retention() (float64, bool) {
	if m.Asked == 0 {
		return 0, false
	}
	return float64(m.Remembered) / float64(m.Asked), true
}

// Mastery is how much of a pack somebody knows.
type Mastery struct {
	Pack  content.PackID
	Facts int // in the pack
	Met   int // reviewed at least once
	Known int // whose memory lasts a month
}

// Review is one rating, as far as progress looks at it.
type Review struct {
	Day    quiz.Day
	Rating flashcard.Rating
	Before flashcard.Card // its memory before
}

// Pack is a pack with how many facts it has.
type Pack struct {
	ID    content.PackID
	Facts int
}

// Sum adds up progress: cards and reviews in any order, then Progress.
type Sum struct {
	p      Progress
	packs  map[content.PackID]int
	months [Months]Month
	asked  map[askedOn]bool
}

// askedOn says that a card was asked on a day.
type askedOn struct {
	fact content.FactID
	day  quiz.Day
}

// NewSum begins a sum for somebody whose day it is. Desired is their retention, packs what they learn.
func NewSum(today quiz.Day, desired float64, packs []Pack) *Sum {
	s := &Sum{p: Progress{Today: today, Desired: desired}, packs: map[content.PackID]int{}, asked: map[askedOn]bool{}}
	year, month, _ := today.Date()
	for i := range s.months {
		first := time.Date(year, month-time.Month(Months-1-i), 1, 0, 0, 0, 0, time.UTC)
		s.months[i].Year, s.months[i].Month = first.Year(), first.Month()
	}
	for i, p := range packs {
		s.packs[p.ID] = i
		s.p.Packs = append(s.p.Packs, Mastery{Pack: p.ID, Facts: p.Facts})
	}
	return s
}

// Known reports whether a card's memory lasts a month.
func Known(c *flashcard.Card) bool { return c.State == flashcard.Reviewing && c.Stability >= KnownDays }

// AddCard counts a card of a pack. Cards of packs that were not given count nowhere.
func (s *Sum) AddCard(pack content.PackID, c *flashcard.Card) {
	at, ok := s.packs[pack]
	if !ok || c.State == flashcard.New {
		return
	}
	m := &s.p.Packs[at]
	m.Met++
	if Known(c) {
		m.Known++
	}
	group := len(StabilityFrom) - 1
	for group > 0 && c.Stability < StabilityFrom[group] {
		group--
	}
	s.p.Stability[group]++
	if c.Suspended {
		return
	}
	s.p.Cards++
	due := s.p.Today
	if c.State == flashcard.Reviewing {
		due = max(due, c.DueDay())
	}
	if in := int(due - s.p.Today); in < ForecastDays {
		s.p.Forecast[in]++
	}
}

// AddReview counts a review.
func (s *Sum) AddReview(r *Review) {
	ago := int(s.p.Today - r.Day)
	if ago < 0 {
		return // a clock went back
	}
	if ago < YearDays {
		s.p.Year[YearDays-1-ago]++
	}
	key := askedOn{r.Before.Fact, r.Day}
	if r.Before.State != flashcard.Reviewing || r.Day <= r.Before.Day || s.asked[key] {
		return
	}
	year, month, _ := r.Day.Date()
	at := slices.IndexFunc(s.months[:], func(m Month) bool { return m.Year == year && m.Month == month })
	if at < 0 {
		return
	}
	s.asked[key] = true
	s.months[at].Asked++
	if r.Rating != flashcard.Again {
		s.months[at].Remembered++
	}
}

// Progress returns what was added up.
func (s *Sum) Progress() Progress {
	p := s.p
	p.Months, p.Packs = slices.Clone(s.months[:]), slices.Clone(s.p.Packs)
	for _, n := range p.Year {
		if n > 0 {
			p.Reviews += n
			p.Studied++
		}
	}
	return p
}
