package bot

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"
)

// agenda waits for the next thing that is due. The store holds what is due and when; the
// agenda is only woken earlier when something earlier comes.
type agenda struct {
	mu    sync.Mutex
	next  time.Time // what the waiting goes by; zero while the store is being asked
	alarm chan struct{}
}

func newAgenda() *agenda { return &agenda{alarm: make(chan struct{}, 1)} }

// poke tells that something is due at a time.
func (a *agenda) poke(at time.Time) {
	a.mu.Lock()
	earlier := a.next.IsZero() || at.Before(a.next)
	a.mu.Unlock()
	if earlier {
		select {
		case a.alarm <- struct{}{}:
		default:
		}
	}
}

func (a *agenda) waitFor(at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next = at
}

// How the agenda works: how long a claim holds, how many rows at once, and how long it sleeps
// at most, in case another process has put something in.
const (
	claimLease = 30 * time.Second
	claimMost  = 256
	longSleep  = 15 * time.Second
)

// wakeUp does what is due, when it is due, until ctx ends.
func (h *Hall) wakeUp(ctx context.Context) {
	var working sync.WaitGroup
	defer working.Wait()
	for ctx.Err() == nil {
		h.agenda.waitFor(time.Time{}) // what comes while the store is asked may be too late for its answer
		now := h.now()
		at, some, err := h.store.Next(ctx)
		if err != nil && ctx.Err() == nil {
			h.log.Error("read the agenda", "err", err)
		}
		if !some || err != nil || at.Sub(now) > longSleep {
			at = now.Add(longSleep)
		}
		h.agenda.waitFor(at)
		if at.After(now) {
			select {
			case <-ctx.Done():
			case <-h.agenda.alarm:
			case <-h.clock.At(at):
			}
			continue
		}
		due, err := h.store.Claim(ctx, now, claimLease, claimMost)
		if err != nil {
			if ctx.Err() == nil {
				h.log.Error("claim what is due", "err", err)
				h.pause(ctx, time.Second)
			}
			continue
		}
		for _, d := range due {
			working.Go(func() {
				if err := h.carryOut(ctx, d); err != nil && ctx.Err() == nil {
					h.log.Error("due", "key", d.Key, "attempt", d.Attempt, "err", err)
				}
			})
		}
	}
}

// carryOut does one thing that is due. What fails is claimed again when its lease is over.
func (h *Hall) carryOut(ctx context.Context, d Due) error {
	kind, id, _ := strings.Cut(string(d.Key), "/")
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return h.write(ctx, &Change{Undue: []DueKey{d.Key}})
	}
	switch kind {
	case "game":
		return h.tick(ctx, GameID(n))
	case "purge":
		return h.purge(ctx, SpaceID(n), d.Key)
	}
	return h.write(ctx, &Change{Undue: []DueKey{d.Key}})
}
