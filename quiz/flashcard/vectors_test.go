package flashcard_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

var vectorsFile = flag.String("vectors", "quiz/flashcard/testdata/fsrs6.json", "conformance vectors: a path from the module's root or from this package")

// vectorFile is a file of vectors; its description says what each field means.
type vectorFile struct {
	Format  string
	Configs map[string]struct {
		W         [21]float64
		Retention float64  `json:"request_retention"`
		Maximum   int      `json:"maximum_interval"`
		ShortTerm bool     `json:"enable_short_term"`
		Steps     []string `json:"learning_steps"`
		Relearn   []string `json:"relearning_steps"`
	}
	Histories []struct {
		ID      string
		Config  string
		Reviews []row
		Preview *struct {
			At     time.Time
			Grades map[string]row
		}
	}
	FuzzBounds []struct {
		Interval int `json:"interval_days"`
		Elapsed  int `json:"elapsed_days"`
		Maximum  int `json:"maximum_interval"`
		Low      int `json:"min_days"`
		High     int `json:"max_days"`
	} `json:"fuzz_bounds"`
}

type row struct {
	At         time.Time
	Rating     flashcardRating
	Elapsed    int      `json:"elapsed_days"`
	Before     *float64 `json:"retrievability_before"`
	State      string
	Step       int
	Stability  float64
	Difficulty float64
	Interval   int `json:"interval_days"`
	Due        time.Time
	Reps       int
	Lapses     int
	After      map[string]float64 `json:"retrievability_after"`
	Also       struct {
		Interval *int       `json:"interval_days"`
		Due      *time.Time `json:"due"`
	} `json:"accept_also"`
}

// flashcardRating reads a rating that is written as a number.
type flashcardRating flashcard.Rating

func (r *flashcardRating) UnmarshalJSON(b []byte) error {
	n, err := strconv.Atoi(string(b))
	*r = flashcardRating(n)
	return err
}

func fileIsThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestVectors(t *testing.T) {
	path := *vectorsFile
	if fromRoot := filepath.Join("..", "..", path); !filepath.IsAbs(path) && fileIsThere(fromRoot) {
		path = fromRoot
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file vectorFile
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if file.Format != "fsrs6-vectors/1" || len(file.Histories) == 0 {
		t.Fatalf("%s: format %q with %d histories, want fsrs6-vectors/1 with some", *vectorsFile, file.Format, len(file.Histories))
	}
	schedulers := map[string]*flashcard.Scheduler{}
	for name, c := range file.Configs {
		s := flashcard.Settings{
			Parameters: flashcard.Parameters{Version: name, W: c.W},
			Retention:  c.Retention, Maximum: c.Maximum, LongTerm: !c.ShortTerm,
			Steps: durations(t, c.Steps), Relearning: durations(t, c.Relearn),
		}
		if schedulers[name], err = flashcard.NewScheduler(s); err != nil {
			t.Fatalf("config %s: %v", name, err)
		}
	}
	for _, h := range file.Histories {
		t.Run(h.ID, func(t *testing.T) {
			s := schedulers[h.Config]
			if s == nil {
				t.Fatalf("no config %q", h.Config)
			}
			c := flashcard.NewCard("", 1)
			day := quiz.Day(20000)
			for i, want := range h.Reviews {
				day += quiz.Day(want.Elapsed)
				if want.Before != nil {
					near(t, fmt.Sprintf("review %d: retrievability before", i), s.Retrievability(c, day), *want.Before, 1e-6)
				}
				change, err := s.Rate(c, flashcard.Review{Rating: flashcard.Rating(want.Rating), At: want.At, Day: day, Reps: i})
				if err != nil {
					t.Fatalf("review %d: %v", i, err)
				}
				c = change.After
				compare(t, fmt.Sprintf("review %d", i), c, want)
				if c.Reps != want.Reps || c.Lapses != want.Lapses {
					t.Errorf("review %d: %d reviews and %d lapses, want %d and %d", i, c.Reps, c.Lapses, want.Reps, want.Lapses)
				}
				for after, r := range want.After {
					days := c.Interval
					if after == "interval" {
						if c.Interval != want.Interval {
							continue // an interval that the row accepts as well
						}
					} else if days, err = strconv.Atoi(after); err != nil {
						t.Fatal(err)
					}
					near(t, fmt.Sprintf("review %d: retrievability after %s", i, after), s.Retrievability(c, day+quiz.Day(days)), r, 1e-6)
				}
			}
			if h.Preview != nil {
				days := int(h.Preview.At.Truncate(24*time.Hour).Sub(h.Reviews[len(h.Reviews)-1].At.Truncate(24*time.Hour)).Hours() / 24)
				got := s.Preview(c, h.Preview.At, day+quiz.Day(days))
				for i, r := range flashcard.Ratings {
					compare(t, "preview of "+r.String(), got[i], h.Preview.Grades[r.String()])
				}
			}
		})
	}
	for _, b := range file.FuzzBounds {
		if low, high := flashcard.FuzzRange(b.Interval, b.Elapsed, b.Maximum); low != b.Low || high != b.High {
			t.Errorf("FuzzRange(%d, %d, %d) = %d, %d, want %d, %d", b.Interval, b.Elapsed, b.Maximum, low, high, b.Low, b.High)
		}
	}
}

// compare checks a card against a row within the tolerances that the vectors state.
func compare(t *testing.T, what string, c flashcard.Card, want row) {
	t.Helper()
	if c.State.String() != want.State || c.Step != want.Step {
		t.Errorf("%s: %s step %d, want %s step %d", what, c.State, c.Step, want.State, want.Step)
	}
	if c.Interval != want.Interval && (want.Also.Interval == nil || c.Interval != *want.Also.Interval) {
		t.Errorf("%s: interval %d, want %d", what, c.Interval, want.Interval)
	}
	if !c.Due.Equal(want.Due) && (want.Also.Due == nil || !c.Due.Equal(*want.Also.Due)) {
		t.Errorf("%s: due %v, want %v", what, c.Due, want.Due)
	}
	near(t, what+": stability", c.Stability, want.Stability, 1e-5*want.Stability)
	near(t, what+": difficulty", c.Difficulty, want.Difficulty, 1e-6)
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v ± %v", what, got, want, within)
	}
}

func durations(t *testing.T, texts []string) []time.Duration {
	t.Helper()
	var out []time.Duration
	for _, s := range texts {
		d, err := time.ParseDuration(strings.TrimSpace(s))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}
