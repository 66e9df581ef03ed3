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
	Store   scheduleStore
	Clock   bot.Clock
	Log     *slog.Logger
	Kinds   []bot.Kind // whose work is done here
	Patient []bot.Kind // of these, those for which nobody waits: little of it is done at the same time
	// Do does one thing that is due. What fails is claimed again when its lease is over.
	Do func(ctx context.Context, d bot.Due) error

	adopted         []bot.Due // work that an earlier process of this name left
	prompt, patient queue
}

// queue is what some kinds have due.
type queue struct {
	mu    sync.Mutex
	next  time.Time // when it is looked at; zero while the store is being asked
	alarm chan struct{}
}

// scheduleStore is what a scheduler reads and writes.
type scheduleStore interface {
	bot.Schedule
	Adopt(ctx context.Context, kinds []bot.Kind, owner string, run int64, until time.Time) ([]bot.Due, error)
}

// NewScheduler returns a scheduler that is not running.
func NewScheduler(s scheduleStore, clock bot.Clock, log *slog.Logger) *Scheduler {
	return &Scheduler{Store: s, Clock: clock, Log: log, prompt: queue{alarm: make(chan struct{}, 1)}, patient: queue{alarm: make(chan struct{}, 1)}}
}

// Poke tells that something is due at a time.
func (s *Scheduler) Poke(at time.Time) {
	s.prompt.poke(at)
	s.patient.poke(at)
}

func (q *queue) poke(at time.Time) {
	q.mu.Lock()
	earlier := q.next.IsZero() || at.Before(q.next)
	q.mu.Unlock()
	if earlier {
		select {
		case q.alarm <- struct{}{}:
		default:
		}
	}
}

func (q *queue) waitFor(at time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next = at
}

// How long a claim holds, how many rows are claimed at once, how much patient work is done at the same
// time, so that whoever plays does not wait behind thousands of dailies, and how long the scheduler sleeps
// at most, in case another process has put something in.
const (
	claimLease  = 30 * time.Second
	claimLimit  = 256
	patientMost = 64
	longSleep   = 15 * time.Second
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
	patient := make(chan struct{}, patientMost)
	working.Go(func() {
		s.run(ctx, &s.patient, s.Patient, func() int {
			select {
			case patient <- struct{}{}:
				<-patient
				return cap(patient) - len(patient)
			case <-ctx.Done():
				return 0
			}
		}, func(d bot.Due) {
			patient <- struct{}{}
			working.Go(func() {
				defer func() { <-patient }()
				s.do(ctx, d)
			})
		})
	})
	prompt := slices.DeleteFunc(slices.Clone(s.Kinds), func(k bot.Kind) bool { return slices.Contains(s.Patient, k) })
	s.run(ctx, &s.prompt, prompt, func() int { return claimLimit }, func(d bot.Due) { working.Go(func() { s.do(ctx, d) }) })
}

// run claims what is due of some kinds until ctx ends, at most as much as there is room for, and begins it.
func (s *Scheduler) run(ctx context.Context, q *queue, kinds []bot.Kind, room func() int, begin func(bot.Due)) {
	for len(kinds) > 0 && ctx.Err() == nil {
		q.waitFor(time.Time{}) // what comes while the store is asked may be too late for its answer
		now := bot.Now(s.Clock)
		at, some, err := s.Store.Next(ctx, kinds)
		if err != nil && ctx.Err() == nil {
			s.Log.Error("read what is due next", "err", err)
		}
		if !some || err != nil || at.Sub(now) > longSleep {
			at = now.Add(longSleep)
		}
		q.waitFor(at)
		if at.After(now) {
			select {
			case <-ctx.Done():
			case <-q.alarm:
			case <-s.Clock.At(at):
			}
			continue
		}
		due, err := s.Store.Claim(ctx, kinds, now, claimLease, room())
		if err != nil {
			if ctx.Err() == nil {
				s.Log.Error("claim what is due", "err", err)
				s.pause(ctx, time.Second)
			}
			continue
		}
		for _, d := range due {
			begin(d)
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
