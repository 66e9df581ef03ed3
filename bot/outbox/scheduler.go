package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"summitquiz/bot"
)

// Scheduler does work that is due, when it is due. The store holds what is due and when; the
// scheduler wakes earlier only when Poke tells of something earlier.
type Scheduler struct {
	Store scheduleStore
	Clock bot.Clock
	Log   *slog.Logger
	Kinds []bot.Kind // whose work is done here
	// Do does one thing that is due. What fails is claimed again when its lease is over.
	Do func(ctx context.Context, d bot.Due) error

	adopted []bot.Due // work that an earlier process of this name left

	mu    sync.Mutex
	next  time.Time // when it wakes; zero while the store is being asked
	alarm chan struct{}
}

// scheduleStore is what a scheduler reads and writes.
type scheduleStore interface {
	bot.Schedule
	Adopt(ctx context.Context, kinds []bot.Kind, owner string, run int64, until time.Time) ([]bot.Due, error)
}

// NewScheduler returns a scheduler that is not running.
func NewScheduler(s scheduleStore, clock bot.Clock, log *slog.Logger) *Scheduler {
	return &Scheduler{Store: s, Clock: clock, Log: log, alarm: make(chan struct{}, 1)}
}

// Poke tells that something is due at a time.
func (s *Scheduler) Poke(at time.Time) {
	s.mu.Lock()
	earlier := s.next.IsZero() || at.Before(s.next)
	s.mu.Unlock()
	if earlier {
		select {
		case s.alarm <- struct{}{}:
		default:
		}
	}
}

func (s *Scheduler) waitFor(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = at
}

// How long a claim holds, how many rows are claimed at once, and how long the scheduler sleeps at
// most, in case another process has put something in.
const (
	claimLease = 30 * time.Second
	claimLimit = 256
	longSleep  = 15 * time.Second
)

// Adopt takes up what another run of a process left: Run does it first.
func (s *Scheduler) Adopt(ctx context.Context, owner string, run int64) (err error) {
	s.adopted, err = s.Store.Adopt(ctx, s.Kinds, owner, run, bot.Now(s.Clock).Add(claimLease))
	return err
}

// Run does what is due until ctx ends, and returns when all that it began is done.
func (s *Scheduler) Run(ctx context.Context) {
	s.reportUnknown(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	for _, d := range s.adopted {
		working.Go(func() { s.do(ctx, d) })
	}
	s.adopted = nil
	for ctx.Err() == nil {
		s.waitFor(time.Time{}) // what comes while the store is asked may be too late for its answer
		now := bot.Now(s.Clock)
		at, some, err := s.Store.Next(ctx, s.Kinds)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("read what is due next", "err", err)
		}
		if !some || err != nil || at.Sub(now) > longSleep {
			at = now.Add(longSleep)
		}
		s.waitFor(at)
		if at.After(now) {
			select {
			case <-ctx.Done():
			case <-s.alarm:
			case <-s.Clock.At(at):
			}
			continue
		}
		due, err := s.Store.Claim(ctx, s.Kinds, now, claimLease, claimLimit)
		if err != nil {
			if ctx.Err() == nil {
				s.Log.Error("claim what is due", "err", err)
				s.pause(ctx, time.Second)
			}
			continue
		}
		for _, d := range due {
			working.Go(func() { s.do(ctx, d) })
		}
	}
}

// do does one thing; a panic is an error of that thing alone.
func (s *Scheduler) do(ctx context.Context, d bot.Due) {
	defer func() {
		if r := recover(); r != nil {
			s.Log.Error("due work panicked", "key", d.Key, "attempt", d.Attempt, "err", fmt.Sprint(r))
		}
	}()
	if err := s.Do(ctx, d); err != nil && ctx.Err() == nil {
		s.Log.Error("due work failed", "key", d.Key, "attempt", d.Attempt, "err", err)
	}
}

// reportUnknown says once which rows this program leaves alone.
func (s *Scheduler) reportUnknown(ctx context.Context) {
	all, err := s.Store.DueKinds(ctx)
	if err != nil {
		return // the first claim says what is wrong
	}
	for _, k := range all {
		if !slices.Contains(s.Kinds, k) {
			s.Log.Warn("due work of a kind that this version does not know is left for a newer one", "kind", k)
		}
	}
}

func (s *Scheduler) pause(ctx context.Context, d time.Duration) {
	select {
	case <-s.Clock.At(s.Clock.Now().Add(d)):
	case <-ctx.Done():
	}
}
