package flashcard

import (
	"errors"
	"fmt"
	"time"

	"summitquiz/content"
	"summitquiz/quiz"
)

// State is where a card stands.
type State uint8

// The four states.
const (
	New        State = iota // never reviewed
	Learning                // on the steps of a new card
	Reviewing               // asked after intervals of days
	Relearning              // on the steps after a lapse
)

var stateNames = [...]string{"new", "learning", "review", "relearning"}

// String returns "new", "learning", "review" or "relearning".
func (s State) String() string {
	if int(s) >= len(stateNames) {
		return fmt.Sprintf("State(%d)", uint8(s))
	}
	return stateNames[s]
}

// ErrState refuses a state other than the four.
var ErrState = errors.New("not a state: use new, learning, review or relearning")

// MarshalText writes the name of the state.
func (s State) MarshalText() ([]byte, error) {
	if int(s) >= len(stateNames) {
		return nil, ErrState
	}
	return []byte(stateNames[s]), nil
}

// UnmarshalText reads the name of a state.
func (s *State) UnmarshalText(text []byte) error {
	for i, n := range stateNames {
		if n == string(text) {
			*s = State(i)
			return nil
		}
	}
	return fmt.Errorf("%q is %w", text, ErrState)
}

// Card is what one member remembers of one fact. Cards are compared with ==.
type Card struct {
	Fact content.FactID
	Key  uint64 // differs between members and facts and never changes: fuzz is drawn from it

	State      State
	Step       int       // index of the current step in states learning and relearning, else 0
	Stability  float64   // days until retrievability falls to 0.9; 0 if new
	Difficulty float64   // 1 (easy) to 10 (hard); 0 if new
	Interval   int       // days from Day to the day it is due; 0 on a step
	Due        time.Time // UTC, whole microseconds
	Reviewed   time.Time // moment of the last review, UTC, whole microseconds
	Day        quiz.Day  // the learner's own day of the last review
	Reps       int       // reviews
	Lapses     int       // times it was forgotten in state review

	Suspended bool     // not asked until the learner takes it up again
	Buried    quiz.Day // not asked on this day of the learner; 0: none
}

// NewCard returns the card of a fact that its member has not met yet.
func NewCard(fact content.FactID, key uint64) Card { return Card{Fact: fact, Key: key} }

// IsDue reports whether the card may be asked at a moment that is on the learner's day today.
// Steps are waited for by the minute, intervals by the day: what falls due today may be
// reviewed from the morning on. A new card is always due.
func (c *Card) IsDue(now time.Time, today quiz.Day) bool {
	switch {
	case c.Suspended || c.Buried != 0 && c.Buried == today:
		return false
	case c.State == New:
		return true
	case c.State == Reviewing:
		return today >= c.DueDay()
	}
	return !now.Before(c.Due)
}

// DueDay returns the learner's day on which the card is due; on a step, the day of its last review.
func (c *Card) DueDay() quiz.Day { return c.Day + quiz.Day(c.Interval) }

// Leech is how many lapses make a card one that takes more time than it is worth.
const Leech = 8

// IsLeech reports whether the card has lapsed often enough to be told of.
func (c *Card) IsLeech() bool { return c.Lapses >= Leech }

// Source is where a review came from.
type Source uint8

// The sources of reviews.
const (
	FromStudy Source = iota
	FromGame
	FromDaily
)

// Review is one rating, as the log keeps it.
type Review struct {
	Rating Rating
	At     time.Time
	Day    quiz.Day      // the learner's own day at that moment
	Reps   int           // reviews of the card when it was shown: a rating of an older showing is refused
	Took   time.Duration // from question to answer; 0: not known
	Source Source
}

// Change is what a review did.
type Change struct {
	Review        Review
	Before, After Card
	Leech         bool // the learner should hear that the card takes more time than it is worth
}

// Undo returns the card as it was before its last change. It returns ErrStale when the card has
// been changed since, on another device for example.
func Undo(now Card, last Change) (Card, error) {
	if now != last.After {
		return now, fmt.Errorf("undo the review of %s: %w", now.Fact, ErrStale)
	}
	return last.Before, nil
}
