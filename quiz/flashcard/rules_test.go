package flashcard_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"summitquiz/quiz/flashcard"
)

func plainScheduler(t *testing.T) *flashcard.Scheduler {
	s := flashcard.DefaultSettings()
	s.Fuzz = false
	return newScheduler(t, s)
}

// rated rates a card on its due day until the ratings are used up.
func rated(t *testing.T, s *flashcard.Scheduler, ratings ...flashcard.Rating) (flashcard.Card, []flashcard.Change) {
	t.Helper()
	c := flashcard.NewCard("p/f", 7)
	c.Due, c.Day = start, 20785
	var done []flashcard.Change
	for _, r := range ratings {
		ch, err := s.Rate(c, flashcard.Review{Rating: r, At: c.Due, Day: c.DueDay(), Reps: c.Reps})
		if err != nil {
			t.Fatal(err)
		}
		c, done = ch.After, append(done, ch)
	}
	return c, done
}

func TestAllGoodOnTheDueDay(t *testing.T) {
	settings := flashcard.DefaultSettings()
	settings.Fuzz, settings.Maximum = false, flashcard.MaxInterval
	good := flashcard.Good
	_, done := rated(t, newScheduler(t, settings), good, good, good, good, good, good)
	days, stability := []int{0, 2, 11, 46, 163, 498}, []float64{2.3065, 2.3065, 10.97104786, 46.31685657, 162.99981459, 497.87655983}
	for i, ch := range done {
		if ch.After.Interval != days[i] {
			t.Errorf("review %d: %d days, want %d", i, ch.After.Interval, days[i])
		}
		near(t, "stability", ch.After.Stability, stability[i], 1e-6*stability[i])
	}
}

func TestARatingOfAnOlderShowingIsRefused(t *testing.T) {
	s := plainScheduler(t)
	c, done := rated(t, s, flashcard.Good, flashcard.Good)
	pressedTwice := done[1].Review
	if _, err := s.Rate(c, pressedTwice); !errors.Is(err, flashcard.ErrStale) {
		t.Errorf("the same press again gives %v, want ErrStale", err)
	}
	if _, err := s.Rate(c, flashcard.Review{Rating: 5, At: c.Due, Day: c.DueDay(), Reps: c.Reps}); !errors.Is(err, flashcard.ErrRating) {
		t.Errorf("rating 5 gives %v, want ErrRating", err)
	}
	c.Suspended = true
	if _, err := s.Rate(c, flashcard.Review{Rating: flashcard.Good, At: c.Due, Day: c.DueDay(), Reps: c.Reps}); !errors.Is(err, flashcard.ErrSuspended) {
		t.Errorf("a rating of a suspended card gives %v, want ErrSuspended", err)
	}
	c.Suspended = false
	if _, err := flashcard.Undo(c, done[0]); !errors.Is(err, flashcard.ErrStale) {
		t.Errorf("undo of a review before the last gives %v, want ErrStale", err)
	}
}

func TestWhenACardIsDue(t *testing.T) {
	s := plainScheduler(t)
	c, _ := rated(t, s, flashcard.Good, flashcard.Good) // at 09:40 and due in two days
	morning := c.Due.Add(-3 * time.Hour)
	if !c.IsDue(morning, c.DueDay()) || c.IsDue(morning, c.DueDay()-1) {
		t.Error("an interval ends with the night before its last day, whatever the hour of the review")
	}
	step, _ := rated(t, s, flashcard.Good)
	if step.IsDue(step.Due.Add(-time.Second), step.Day) || !step.IsDue(step.Due, step.Day) {
		t.Error("a step is waited for by the minute")
	}
	c.Buried = c.DueDay()
	if c.IsDue(c.Due, c.DueDay()) || !c.IsDue(c.Due, c.DueDay()+1) {
		t.Error("a buried card is back on the next day")
	}
	c.Suspended = true
	if c.IsDue(c.Due, c.DueDay()+1) {
		t.Error("a suspended card is not due")
	}
	if fresh := flashcard.NewCard("p/f", 1); !fresh.IsDue(start, 0) {
		t.Error("a new card is due")
	}
}

func TestAClockThatWentBack(t *testing.T) {
	s := plainScheduler(t)
	c, _ := rated(t, s, flashcard.Good, flashcard.Good, flashcard.Good)
	back, err := s.Rate(c, flashcard.Review{Rating: flashcard.Good, At: c.Reviewed.AddDate(-1, 0, 0), Day: c.Day - 365, Reps: c.Reps})
	if err != nil {
		t.Fatal(err)
	}
	same, err := s.Rate(c, flashcard.Review{Rating: flashcard.Good, At: c.Reviewed, Day: c.Day, Reps: c.Reps})
	if err != nil {
		t.Fatal(err)
	}
	if back.After.Stability != same.After.Stability || back.After.Day != c.Day {
		t.Errorf("a review a year before the last gives %+v, want that of the same day, %+v", back.After, same.After)
	}
}

func TestALeechIsToldOfAtEightLapsesAndEveryFourAfter(t *testing.T) {
	s := plainScheduler(t)
	ratings := []flashcard.Rating{flashcard.Easy}
	for range 17 {
		ratings = append(ratings, flashcard.Again, flashcard.Good)
	}
	c, done := rated(t, s, ratings...)
	var told []int
	for _, ch := range done {
		if ch.Leech {
			told = append(told, ch.After.Lapses)
		}
	}
	if len(told) != 3 || told[0] != 8 || told[1] != 12 || told[2] != 16 || !c.IsLeech() {
		t.Errorf("told of at lapses %v of %d, want 8, 12 and 16", told, c.Lapses)
	}
}

func TestANewRetentionIsAReplay(t *testing.T) {
	c, done := rated(t, plainScheduler(t), flashcard.Good, flashcard.Good, flashcard.Good, flashcard.Good)
	var log []flashcard.Review
	for _, ch := range done {
		log = append(log, ch.Review)
	}
	settings := flashcard.DefaultSettings()
	settings.Fuzz, settings.Retention = false, 0.8
	got, err := newScheduler(t, settings).Replay(c, log)
	if err != nil {
		t.Fatal(err)
	}
	if got.Stability != c.Stability || got.Interval != int(math.Floor(c.Stability*3.3155+0.5)) {
		t.Errorf("with retention 0.8 the interval is %d of stability %v, want 3.3155 times that", got.Interval, got.Stability)
	}
	log[1].Rating = flashcard.Again // an appeal
	if other, err := newScheduler(t, settings).Replay(c, log); err != nil || other.Stability >= got.Stability {
		t.Errorf("with another rating in the log the stability is %v, %v, want less than %v", other.Stability, err, got.Stability)
	}
	if _, err := newScheduler(t, settings).Replay(c, log[1:]); !errors.Is(err, flashcard.ErrStale) {
		t.Errorf("a log without its first review gives %v, want ErrStale", err)
	}
}

func TestSettingsOutOfBounds(t *testing.T) {
	for _, c := range []struct {
		change func(*flashcard.Settings)
		want   string
	}{
		{func(s *flashcard.Settings) { s.Retention = 0.5 },
			"retention: 0.5 is not from 0.70 to 0.97: choose a value in between"},
		{func(s *flashcard.Settings) { s.Retention = math.NaN() },
			"retention: NaN is not from 0.70 to 0.97: choose a value in between"},
		{func(s *flashcard.Settings) { s.Maximum = 0 },
			"maximum: 0 days is not from 1 to 36500"},
		{func(s *flashcard.Settings) { s.Steps = []time.Duration{24 * time.Hour} },
			"steps: a step of 24h0m0s is not from a second to under a day: steps are finished on the day they begin"},
		{func(s *flashcard.Settings) { s.Relearning = make([]time.Duration, 3) },
			"relearning: 3 steps are too many: use at most 2"},
		{func(s *flashcard.Settings) { s.Parameters.W[20] = 0 },
			"parameters: w20 is 0; it must be from 0.1 to 0.8"},
		{func(s *flashcard.Settings) { s.Parameters.W[0] = 3 },
			"parameters: w0 is 3 and w1 is 1.2931; the stability after a first rating must not fall as the rating rises"},
		{func(s *flashcard.Settings) { s.Relearning = []time.Duration{-time.Minute} },
			"relearning: a step of -1m0s is not from a second to under a day: steps are finished on the day they begin"},
	} {
		s := flashcard.DefaultSettings()
		c.change(&s)
		_, err := flashcard.NewScheduler(s)
		var setting *flashcard.SettingError
		if !errors.As(err, &setting) || err.Error() != c.want {
			t.Errorf("NewScheduler = %v, want %s", err, c.want)
		}
	}
}

func TestWhatAnAnswerProposes(t *testing.T) {
	for _, c := range []struct {
		name                   string
		right, retried, hinted bool
		want                   flashcard.Rating
	}{
		{"right at once", true, false, false, flashcard.Good},
		{"right after close", true, true, false, flashcard.Hard},
		{"right with a hint", true, false, true, flashcard.Hard},
		{"wrong", false, false, false, flashcard.Again},
		{"wrong with a hint after close", false, true, true, flashcard.Again},
	} {
		if got := flashcard.Proposed(c.right, c.retried, c.hinted); got != c.want {
			t.Errorf("%s proposes %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRatingsByName(t *testing.T) {
	for _, r := range flashcard.Ratings {
		text, err := r.MarshalText()
		var back flashcard.Rating
		if err != nil || back.UnmarshalText(text) != nil || back != r {
			t.Errorf("%v is written %q and read as %v", r, text, back)
		}
	}
	var r flashcard.Rating
	if err := r.UnmarshalText([]byte("fine")); !errors.Is(err, flashcard.ErrRating) {
		t.Errorf("reading fine gives %v", err)
	}
	if _, err := r.MarshalText(); !errors.Is(err, flashcard.ErrRating) {
		t.Errorf("writing no rating gives %v", err)
	}
	var s flashcard.State
	if err := s.UnmarshalText([]byte("old")); !errors.Is(err, flashcard.ErrState) {
		t.Errorf("reading old gives %v", err)
	}
}

func TestTheWorkloadTellsWhatRetentionCosts(t *testing.T) {
	at := func(retention float64) float64 {
		s := flashcard.DefaultSettings()
		s.Retention = retention
		return newScheduler(t, s).Workload()
	}
	last := 0.0
	for _, retention := range []float64{0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.97} {
		n := at(retention)
		if n <= last {
			t.Errorf("at %.2f a card takes %.1f reviews in a year, with less retention %.1f", retention, n, last)
		}
		last = n
	}
	if usual, most := at(0.90), at(0.97); most < 1.5*usual || usual < 5 || usual > 20 {
		t.Errorf("a card takes %.1f reviews in a year at 0.90, and %.1f at 0.97", usual, most)
	}
}
