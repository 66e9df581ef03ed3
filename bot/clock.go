package bot

import "time"

// Clock tells the time and waits for it.
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

// Now is the time of a clock in UTC and whole microseconds, as everything is stored.
func Now(c Clock) time.Time { return c.Now().UTC().Truncate(time.Microsecond) }
