package flashcard

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"summitquiz/quiz"
)

// Errors of Rate. They mean that the learner looked at an older state of the card; nothing has
// changed, and the card as it is now should be shown.
var (
	ErrStale     = errors.New("the card has changed since it was shown")
	ErrSuspended = errors.New("the card is suspended")
)

// Scheduler says what a rating does to a card. It is safe for use by many goroutines.
type Scheduler struct {
	settings Settings
	formulas formulas
}

// NewScheduler returns a scheduler, or a *SettingError.
func NewScheduler(s Settings) (*Scheduler, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	s.Steps, s.Relearning = slices.Clone(s.Steps), slices.Clone(s.Relearning)
	if s.LongTerm {
		s.Steps, s.Relearning = nil, nil
	}
	return &Scheduler{settings: s, formulas: newFormulas(s.Parameters.W, s.Retention, s.LongTerm)}, nil
}

// Version returns the version of the parameters, for the review log.
func (s *Scheduler) Version() string { return s.settings.Parameters.Version }

// Retrievability returns the probability, from 0 to 1, that the card is remembered on a day of
// the learner. It is 0 for a new card.
func (s *Scheduler) Retrievability(c Card, day quiz.Day) float64 {
	if c.State == New {
		return 0
	}
	return s.formulas.retrievability(c.Stability, elapsed(&c, day))
}

// Rate returns what a review does to a card. It returns ErrRating for a rating other than the
// four, ErrStale when the card has been reviewed since it was shown or the review undone, and ErrSuspended.
func (s *Scheduler) Rate(c Card, r Review) (Change, error) {
	switch {
	case !r.Rating.Valid():
		return Change{}, fmt.Errorf("rate %s: %w", c.Fact, ErrRating)
	case r.Reps != c.Reps:
		return Change{}, fmt.Errorf("rate %s: %w", c.Fact, ErrStale)
	case c.Suspended:
		return Change{}, fmt.Errorf("rate %s: %w", c.Fact, ErrSuspended)
	}
	after := s.next(c, r.Rating, r.At, r.Day)
	again := after.Lapses - Leech
	return Change{Review: r, Before: c, After: after, Leech: after.Lapses > c.Lapses && again >= 0 && again%(Leech/2) == 0}, nil
}

// Preview returns what each of the four ratings would do, Again first.
func (s *Scheduler) Preview(c Card, at time.Time, day quiz.Day) [4]Card {
	var out [4]Card
	for i, r := range Ratings {
		out[i] = s.next(c, r, at, day)
	}
	return out
}

// Replay returns the card after the reviews of its log, as if it had been new. It reschedules a
// card when parameters, retention or steps change, or a review of the log is replaced. Whether the
// card is suspended or buried stays. Reviews must be numbered from 0 on.
func (s *Scheduler) Replay(c Card, log []Review) (Card, error) {
	suspended, buried := c.Suspended, c.Buried
	c = NewCard(c.Fact, c.Key)
	for i, r := range log {
		change, err := s.Rate(c, r)
		if err != nil {
			return Card{}, fmt.Errorf("replay review %d: %w", i, err)
		}
		c = change.After
	}
	c.Suspended, c.Buried = suspended, buried
	return c, nil
}

// Reschedule returns the card under the scheduler's parameters and retention, from all that its log
// says: stability, difficulty and the interval after the last review are those that they would have
// given. Where the card stands, its lapses and its steps stay as they were lived through, since other
// steps would ask what is learned from the start. It returns ErrStale for a log that is not whole.
func (s *Scheduler) Reschedule(c Card, log []Change) (Card, error) {
	if len(log) != c.Reps {
		return c, fmt.Errorf("%d reviews of %s and a log of %d: %w", c.Reps, c.Fact, len(log), ErrStale)
	}
	bare := *s // without steps every review gives an interval
	bare.settings.Steps, bare.settings.Relearning = nil, nil
	now := NewCard(c.Fact, c.Key)
	for i := range log {
		r := &log[i].Review
		if !r.Rating.Valid() || r.Reps != i {
			return c, fmt.Errorf("review %d of %s is number %d: %w", i, c.Fact, r.Reps, ErrStale)
		}
		now.State = log[i].Before.State
		now = bare.next(now, r.Rating, r.At, r.Day)
	}
	c.Stability, c.Difficulty = now.Stability, now.Difficulty
	if c.State == Reviewing {
		c.Interval = now.Interval
		c.Due = c.Reviewed.Add(time.Duration(c.Interval) * 24 * time.Hour)
	}
	return c, nil
}

// elapsed is how many days have passed since the last review: none if the learner's calendar
// went back.
func elapsed(c *Card, day quiz.Day) int { return max(0, int(day)-int(c.Day)) }

// next returns the card after a review.
func (s *Scheduler) next(c Card, r Rating, at time.Time, day quiz.Day) Card {
	f := &s.formulas
	at = at.UTC().Truncate(time.Microsecond)
	after := c
	after.Reviewed, after.Day, after.Reps = at, day, c.Reps+1
	if c.State == New {
		m := f.first[r-Again]
		after.Stability, after.Difficulty = m.stability, m.difficulty
		return s.place(after, c, r, func(r Rating) int { return s.days(c, 0, f.first[r-Again].stability) })
	}
	after.Day = max(c.Day, day)
	t := elapsed(&c, day)
	rec := f.recall(memory{c.Stability, c.Difficulty}, t)
	after.Stability = f.stability(&rec, r)
	after.Difficulty = f.nextDifficulty(c.Difficulty, r)
	if c.State == Reviewing && r == Again {
		after.Lapses++
	}
	return s.place(after, c, r, func(r Rating) int { return s.days(c, t, f.stability(&rec, r)) })
}

// place sets state, step, interval and due moment. days gives the interval of a rating.
func (s *Scheduler) place(after, before Card, r Rating, days func(Rating) int) Card {
	steps, on := s.settings.Steps, Learning
	if before.State == Reviewing || before.State == Relearning {
		steps, on = s.settings.Relearning, Relearning
	}
	onSteps := before.State != Reviewing
	step, wait := -1, time.Duration(0)
	switch {
	case len(steps) == 0 || r == Easy || r >= Hard && !onSteps:
	case r == Again:
		step, wait = 0, steps[0]
	case r == Hard:
		step, wait = repeated(steps, before.Step)
	case before.Step+1 < len(steps):
		step, wait = before.Step+1, steps[before.Step+1]
	}
	if step >= 0 {
		after.State, after.Step, after.Interval = on, step, 0
		after.Due = after.Reviewed.Add(wait)
		return after
	}
	after.State, after.Step = Reviewing, 0
	if s.settings.LongTerm || before.State == Reviewing {
		after.Interval = s.ordered(r, days)
	} else {
		after.Interval = days(r)
	}
	after.Due = after.Reviewed.Add(time.Duration(after.Interval) * 24 * time.Hour)
	return after
}

// repeated returns the step that Hard stays on and its wait: on the first step halfway to the
// second, or half again as long as an only one; a later step is repeated.
func repeated(steps []time.Duration, at int) (int, time.Duration) {
	at = min(at, len(steps)-1)
	switch {
	case at > 0:
		return at, steps[at]
	case len(steps) == 1:
		return 0, (steps[0] + steps[0]/2).Truncate(time.Microsecond)
	}
	return 0, ((steps[0] + steps[1]) / 2).Truncate(time.Microsecond)
}

// ordered returns the interval of a rating, with Hard ≤ Good < Easy within the maximum, and
// without steps also Again < Hard < Good.
func (s *Scheduler) ordered(r Rating, days func(Rating) int) int {
	if r == Again && !s.settings.LongTerm {
		return days(Again)
	}
	most := s.settings.Maximum
	hard := days(Hard)
	if s.settings.LongTerm {
		again := min(days(Again), hard)
		if r == Again {
			return again
		}
		if hard = min(max(hard, again+1), most); r == Hard {
			return hard
		}
	}
	good := days(Good)
	if !s.settings.LongTerm {
		hard = min(hard, good)
	}
	good = min(max(good, hard+1), most)
	switch r {
	case Hard:
		return hard
	case Good:
		return good
	}
	return min(max(days(Easy), good+1), most)
}

// days returns the interval for a stability after a review that came t days after the one before.
func (s *Scheduler) days(before Card, t int, stability float64) int {
	interval := s.formulas.interval(stability, s.settings.Maximum)
	if !s.settings.Fuzz {
		return interval
	}
	return fuzzed(interval, t, s.settings.Maximum, before.Key, before.Reps)
}
