package main

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// How far the clock of a machine may be from the database's until that one is gone by, and how long asking for it may
// take.
const (
	clockApart  = 2 * time.Second
	clockWithin = 2 * time.Second
)

// serverClock is the clock by which this process does what is due: the machine's, or the database's where the machine's
// is wrong, so that processes on several machines agree.
type serverClock struct {
	log    *slog.Logger
	local  func() time.Time
	offset atomic.Int64 // nanoseconds to add to the machine's; 0 while that is right
}

// Now returns the time.
func (c *serverClock) Now() time.Time { return c.local().Add(time.Duration(c.offset.Load())) }

// At waits until the clock shows a time.
func (c *serverClock) At(t time.Time) <-chan time.Time { return time.After(t.Sub(c.Now())) }

// set compares the machine's clock with the database's, and says when they differ. Where the database cannot be asked
// all stays as it is.
func (c *serverClock) set(ctx context.Context, db interface {
	Clock(ctx context.Context) (time.Time, error)
}) {
	ctx, cancel := context.WithTimeout(ctx, clockWithin)
	defer cancel()
	before := c.local()
	there, err := db.Clock(ctx)
	if err != nil {
		return
	}
	asking := c.local().Sub(before)
	offset := there.Sub(before.Add(asking / 2))
	if offset.Abs() <= clockApart+asking {
		offset = 0
	}
	was := time.Duration(c.offset.Swap(int64(offset)))
	switch {
	case offset != 0 && (was == 0 || (offset-was).Abs() > clockApart):
		c.log.Warn("the clock of this machine differs from the database's, which is gone by: set it, such as by NTP", "ahead", (-offset).Round(time.Second))
	case offset == 0 && was != 0:
		c.log.Info("the clock of this machine is right again")
	}
}
