package bottest

import (
	"slices"
	"sync"
	"time"
)

// Clock is a clock that stands still until it is told to go on.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	alarms []alarm
}

type alarm struct {
	at time.Time
	ch chan time.Time
}

// NewClock returns a clock that shows a time.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the time it shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// At returns a channel that gets a value when the clock has gone on to t.
func (c *Clock) At(t time.Time) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := alarm{t, make(chan time.Time, 1)}
	if !t.After(c.now) {
		a.ch <- c.now
		return a.ch
	}
	c.alarms = append(c.alarms, a)
	return a.ch
}

// Waits reports whether somebody waits for the clock to go on to t.
func (c *Clock) Waits(t time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(c.alarms, func(a alarm) bool { return a.at.Equal(t) })
}

// Advance lets time pass.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	kept := c.alarms[:0]
	for _, a := range c.alarms {
		if a.at.After(c.now) {
			kept = append(kept, a)
		} else {
			a.ch <- c.now
		}
	}
	c.alarms = kept
}
