package flashcard

import (
	"fmt"
	"time"
)

// The bounds of what a learner may set.
const (
	MinRetention = 0.70
	MaxRetention = 0.97
	MaxInterval  = 36500 // days
	MaxSteps     = 10
	MaxRelearn   = 2 // more would need other formulas than those published
)

// Outside of these a learner should be told what a desired retention costs: below, much is
// forgotten; above, the reviews pile up.
const (
	LowRetention  = 0.75
	HighRetention = 0.95
)

// Settings are what a scheduler goes by.
type Settings struct {
	Parameters Parameters
	Retention  float64         // desired probability of recall when a card falls due, 0.70 to 0.97
	Maximum    int             // longest interval in days, 1 to 36500
	Steps      []time.Duration // waits of a new card before its first interval in days, each under a day
	Relearning []time.Duration // the same after a lapse; at most two
	LongTerm   bool            // no steps: every review gives an interval of days, on the same day too
	Fuzz       bool            // spread due days, so that what was learned together does not stay together
}

// DefaultSettings returns the settings of a learner who has changed nothing. A year at most: the
// facts of the product are news, and news grows old.
func DefaultSettings() Settings {
	return Settings{
		Parameters: DefaultParameters(),
		Retention:  0.90,
		Maximum:    365,
		Steps:      []time.Duration{time.Minute, 10 * time.Minute},
		Relearning: []time.Duration{10 * time.Minute},
		Fuzz:       true,
	}
}

// SettingError says which setting a scheduler cannot go by, and why.
type SettingError struct {
	Setting string // "parameters", "retention", "maximum", "steps" or "relearning"
	Reason  string
}

func (e *SettingError) Error() string { return e.Setting + ": " + e.Reason }

// check returns a *SettingError for the first setting that is out of bounds.
func (s *Settings) check() error {
	if err := s.Parameters.check(); err != nil {
		return err
	}
	if !(s.Retention >= MinRetention && s.Retention <= MaxRetention) {
		reason := fmt.Sprintf("%v is not from %.2f to %.2f: choose a value in between", s.Retention, MinRetention, MaxRetention)
		return &SettingError{Setting: "retention", Reason: reason}
	}
	if s.Maximum < 1 || s.Maximum > MaxInterval {
		return &SettingError{Setting: "maximum", Reason: fmt.Sprintf("%d days is not from 1 to %d", s.Maximum, MaxInterval)}
	}
	if err := checkSteps("steps", s.Steps, MaxSteps); err != nil {
		return err
	}
	return checkSteps("relearning", s.Relearning, MaxRelearn)
}

func checkSteps(name string, steps []time.Duration, most int) error {
	if len(steps) > most {
		return &SettingError{Setting: name, Reason: fmt.Sprintf("%d steps are too many: use at most %d", len(steps), most)}
	}
	for _, d := range steps {
		if d < time.Second || d >= 24*time.Hour {
			reason := fmt.Sprintf("a step of %v is not from a second to under a day: steps are finished on the day they begin", d)
			return &SettingError{Setting: name, Reason: reason}
		}
	}
	return nil
}
