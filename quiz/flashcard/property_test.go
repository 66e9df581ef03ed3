package flashcard_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

var start = time.Date(2026, time.November, 28, 9, 30, 0, 123456789, time.UTC)

// anySettings draws settings that a scheduler accepts.
func anySettings(t *rapid.T) flashcard.Settings {
	s := flashcard.DefaultSettings()
	s.Retention = rapid.Float64Range(flashcard.MinRetention, flashcard.MaxRetention).Draw(t, "retention")
	s.Maximum = rapid.OneOf(rapid.IntRange(1, 10), rapid.IntRange(1, flashcard.MaxInterval)).Draw(t, "maximum")
	step := rapid.Map(rapid.IntRange(1, 24*60*60-1), func(n int) time.Duration { return time.Duration(n) * time.Second })
	s.Steps = rapid.SliceOfN(step, 0, 4).Draw(t, "steps")
	s.Relearning = rapid.SliceOfN(step, 0, 2).Draw(t, "relearning")
	s.LongTerm = rapid.Bool().Draw(t, "long term")
	s.Fuzz = rapid.Bool().Draw(t, "fuzz")
	return s
}

func newScheduler(t interface{ Fatal(...any) }, s flashcard.Settings) *flashcard.Scheduler {
	out, err := flashcard.NewScheduler(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// study rates a card up to n times at any moments, some of them before the review before.
func study(t *rapid.T, s *flashcard.Scheduler, n int, each func(flashcard.Change)) (flashcard.Card, []flashcard.Review) {
	c := flashcard.NewCard("p/f", rapid.Uint64().Draw(t, "key"))
	at, day := start, quiz.Day(20785)
	var log []flashcard.Review
	for range rapid.IntRange(1, n).Draw(t, "reviews") {
		days := rapid.OneOf(rapid.Just(0), rapid.IntRange(-2, 30), rapid.IntRange(0, 20000)).Draw(t, "days")
		at, day = at.AddDate(0, 0, days).Add(time.Duration(rapid.Int64Range(0, 1e12).Draw(t, "pause"))), day+quiz.Day(days)
		r := flashcard.Review{Rating: flashcard.Rating(rapid.IntRange(1, 4).Draw(t, "rating")), At: at, Day: day, Reps: c.Reps}
		change, err := s.Rate(c, r)
		if err != nil {
			t.Fatal(err)
		}
		each(change)
		c, log = change.After, append(log, r)
	}
	return c, log
}

func TestAnyRatingsStayWithinBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := anySettings(t)
		s := newScheduler(t, settings)
		study(t, s, 40, func(ch flashcard.Change) {
			c := ch.After
			if !(c.Stability >= 0.001 && c.Stability <= 36500) || !(c.Difficulty >= 1 && c.Difficulty <= 10) {
				t.Fatalf("stability %v, difficulty %v", c.Stability, c.Difficulty)
			}
			if c.Due.Before(ch.Review.At.Truncate(time.Microsecond)) {
				t.Fatalf("due %v, before the review at %v", c.Due, ch.Review.At)
			}
			if c.Interval < 0 || c.Interval > settings.Maximum || (c.State == flashcard.Reviewing) != (c.Interval > 0) {
				t.Fatalf("state %v with an interval of %d days, maximum %d", c.State, c.Interval, settings.Maximum)
			}
			if c.Due.Location() != time.UTC || c.Due.Nanosecond()%1000 != 0 {
				t.Fatalf("due %v is not UTC in whole microseconds", c.Due)
			}
			if c.Reps != ch.Before.Reps+1 || c.Lapses < ch.Before.Lapses {
				t.Fatalf("%d reviews and %d lapses after %d and %d", c.Reps, c.Lapses, ch.Before.Reps, ch.Before.Lapses)
			}
		})
	})
}

func TestIntervalsGrowWithTheRating(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := anySettings(t)
		s := newScheduler(t, settings)
		study(t, s, 12, func(ch flashcard.Change) {
			p := s.Preview(ch.After, ch.After.Due, ch.After.DueDay()+quiz.Day(rapid.IntRange(0, 3).Draw(t, "late")))
			for i := 1; i < 4; i++ {
				// The steps are the learner's own and need not grow.
				if p[i].Stability < p[i-1].Stability || p[i].Difficulty > p[i-1].Difficulty {
					t.Fatalf("%s gives %+v, %s gives %+v", flashcard.Ratings[i-1], p[i-1], flashcard.Ratings[i], p[i])
				}
				if p[i].State == flashcard.Reviewing && p[i-1].State == flashcard.Reviewing && p[i].Interval < p[i-1].Interval {
					t.Fatalf("%s gives %d days, %s %d", flashcard.Ratings[i-1], p[i-1].Interval, flashcard.Ratings[i], p[i].Interval)
				}
			}
			if ch.After.State == flashcard.Reviewing && p[3].Interval <= p[2].Interval && p[3].Interval < settings.Maximum {
				t.Fatalf("good gives %d days, easy %d, maximum %d", p[2].Interval, p[3].Interval, settings.Maximum)
			}
		})
	})
}

func TestAPreviewIsWhatTheRatingDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newScheduler(t, anySettings(t))
		study(t, s, 10, func(ch flashcard.Change) {
			if p := s.Preview(ch.Before, ch.Review.At, ch.Review.Day); p[ch.Review.Rating-1] != ch.After {
				t.Fatalf("previewed %+v, got %+v", p[ch.Review.Rating-1], ch.After)
			}
		})
	})
}

func TestRetrievabilityFallsWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newScheduler(t, anySettings(t))
		c, _ := study(t, s, 10, func(flashcard.Change) {})
		last := 1.0
		for days := range 400 {
			r := s.Retrievability(c, c.Day+quiz.Day(days*days))
			if !(r > 0 && r <= last) || days == 0 && r != 1 {
				t.Fatalf("after %d days retrievability is %v, before it was %v", days*days, r, last)
			}
			last = r
		}
	})
}

func TestUndoIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newScheduler(t, anySettings(t))
		var done []flashcard.Change
		c, _ := study(t, s, 20, func(ch flashcard.Change) { done = append(done, ch) })
		for i := len(done) - 1; i >= 0; i-- {
			before, err := flashcard.Undo(c, done[i])
			if err != nil || before != done[i].Before {
				t.Fatalf("undo gives %+v, %v, want %+v", before, err, done[i].Before)
			}
			if again, err := s.Rate(before, done[i].Review); err != nil || again != done[i] {
				t.Fatalf("the same rating after undo gives %+v, %v, want %+v", again, err, done[i])
			}
			c = before
		}
		if i := len(done) - 1; i > 0 {
			if _, err := flashcard.Undo(done[i].After, done[i-1]); !errors.Is(err, flashcard.ErrStale) {
				t.Fatalf("undo of an older review gives %v", err)
			}
		}
	})
}

func TestReplayEqualsLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newScheduler(t, anySettings(t))
		c, log := study(t, s, 30, func(flashcard.Change) {})
		c.Buried = c.Day
		if got, err := s.Replay(c, log); err != nil || got != c {
			t.Fatalf("replay gives %+v, %v, want %+v", got, err, c)
		}
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back flashcard.Card
		if err := json.Unmarshal(data, &back); err != nil || back != c {
			t.Fatalf("through JSON it is %+v, %v, want %+v", back, err, c)
		}
	})
}

// TestReschedulingUnderTheSameSettingsChangesNothing also changes the steps, which are history.
func TestReschedulingUnderTheSameSettingsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := anySettings(t)
		var log []flashcard.Change
		c, reviews := study(t, newScheduler(t, settings), 30, func(ch flashcard.Change) { log = append(log, ch) })
		other := settings
		other.Steps = []time.Duration{time.Minute, time.Hour, 3 * time.Hour}
		if got, err := newScheduler(t, other).Reschedule(c, log); err != nil || got != c {
			t.Fatalf("rescheduling gives %+v, %v, want %+v", got, err, c)
		}
		settings.Retention = rapid.Float64Range(flashcard.MinRetention, flashcard.MaxRetention).Draw(t, "new retention")
		s := newScheduler(t, settings)
		want, err := s.Replay(c, reviews)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Reschedule(c, log); err != nil || got != want {
			t.Fatalf("under another retention it is %+v, %v, and the replay is %+v", got, err, want)
		}
		if c.Reps > 0 {
			if _, err := s.Reschedule(c, log[1:]); !errors.Is(err, flashcard.ErrStale) {
				t.Fatalf("a log without its first review gives %v, want ErrStale", err)
			}
		}
	})
}

func TestFuzzIsOfTheCardAndItsReviewsAlone(t *testing.T) {
	settings := flashcard.DefaultSettings()
	s := newScheduler(t, settings)
	settings.Fuzz = false
	plain := newScheduler(t, settings)
	seen := map[int]int{}
	for key := range uint64(2000) {
		c := flashcard.NewCard("p/f", key)
		c.State, c.Stability, c.Difficulty, c.Interval, c.Reps = flashcard.Reviewing, 40, 5, 40, 6
		c.Day, c.Due, c.Reviewed = 100, start.AddDate(0, 0, 40), start
		good := s.Preview(c, c.Due, 140)[2]
		low, high := flashcard.FuzzRange(plain.Preview(c, c.Due, 140)[2].Interval, 40, settings.Maximum)
		if good.Interval < low || good.Interval > high {
			t.Fatalf("card %d: %d days are not from %d to %d", key, good.Interval, low, high)
		}
		later := s.Preview(c, c.Due.Add(time.Hour), 140)[2]
		if later.Interval != good.Interval {
			t.Fatalf("card %d: %d days, an hour later %d", key, good.Interval, later.Interval)
		}
		seen[good.Interval]++
	}
	// 2,000 draws over some 20 days: about 100 each, and no day gets half or twice as many.
	for days, n := range seen {
		if want := 2000 / len(seen); n < want/2 || n > want*2 {
			t.Errorf("%d cards of 2000 get %d days, want about %d", n, days, want)
		}
	}
	if len(seen) < 10 {
		t.Errorf("fuzz chose only %d different intervals", len(seen))
	}
}

func TestPortableFunctionsAgreeWithMath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-6, 1e6).Draw(t, "x")
		y := rapid.Float64Range(-30, 30).Draw(t, "y")
		for _, c := range []struct {
			name      string
			got, want float64
		}{
			{"exp", flashcard.Exp(y), math.Exp(y)},
			{"log", flashcard.Log(x), math.Log(x)},
			{"pow", flashcard.Pow(x, y/10), math.Pow(x, y/10)},
		} {
			if math.Abs(c.got-c.want) > 1e-13*math.Max(math.Abs(c.want), 1e-3) {
				t.Fatalf("%s of %v and %v is %v, want %v", c.name, x, y, c.got, c.want)
			}
		}
	})
}
