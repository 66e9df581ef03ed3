package bot

import "time"

// Clock is where the hall gets the time from and what it waits with.
type Clock interface {
	Now() time.Time
	// At returns a channel that gets a value once it is t or later.
	At(t time.Time) <-chan time.Time
}

// RealTime is the clock of the machine.
type RealTime struct{}

// Now returns the time.
func (RealTime) Now() time.Time { return time.Now() }

// At waits for real.
func (RealTime) At(t time.Time) <-chan time.Time { return time.After(time.Until(t)) }

// now is the time in UTC and whole microseconds, as everything is kept.
func (h *Hall) now() time.Time { return h.clock.Now().UTC().Truncate(time.Microsecond) }
