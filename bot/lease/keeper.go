// Package lease has one process at a time do what only one may do.
//
// It promises that work begins only while the lease is held, and is told to end as soon as it may no
// longer be: another process took it, the database did not answer for too long, or this process was
// asleep. It refuses to know what the work is, and to trust its own clock for more than how much time
// has passed.
package lease

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"summitquiz/bot"
)

// How long a lease holds, and how often it is kept, or asked for by those who wait: after a process was
// killed another one has its leases within their sum.
const (
	Long  = 10 * time.Second
	Every = 3 * time.Second
	slack = time.Second     // between the end of the work and that of the lease
	most  = 5 * time.Second // that asking may take: an answer that takes longer is of no use
)

// Keeper holds leases for a process. It is safe for use by many goroutines.
type Keeper struct {
	store  bot.Leases
	holder string
	log    *slog.Logger

	mu     sync.Mutex
	held   map[string]hold
	awaken chan struct{} // closed when it is worth asking
}

// hold is a lease that is held.
type hold struct {
	fence int64
	until time.Time // by the monotonic clock
}

// NewKeeper returns a keeper for a process that holds nothing.
func NewKeeper(store bot.Leases, holder string, log *slog.Logger) *Keeper {
	return &Keeper{store: store, holder: holder, log: log, held: map[string]hold{}, awaken: make(chan struct{})}
}

// Holds returns the lease of a name, and whether this process may rest on it now.
func (k *Keeper) Holds(name string) (bot.Holding, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	h, is := k.held[name]
	return bot.Holding{Name: name, Fence: h.fence}, is && time.Now().Before(h.until)
}

// Wake has those who wait for a lease ask at once: one may be free.
func (k *Keeper) Wake() {
	k.mu.Lock()
	defer k.mu.Unlock()
	close(k.awaken)
	k.awaken = make(chan struct{})
}

func (k *Keeper) woken() <-chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.awaken
}

// Do runs work whenever this process holds a lease, until ctx ends or the work returns by itself, and
// returns what it returned. The work's context ends with the lease. note is what others are told of it.
func (k *Keeper) Do(ctx context.Context, name string, note func() string, work func(context.Context) error) error {
	return k.DoShare(ctx, nil, name, note, work)
}

// DoShare is Do of one of several leases of which this process takes no more than its share (nil: it takes any).
func (k *Keeper) DoShare(ctx context.Context, s *Share, name string, note func() string, work func(context.Context) error) error {
	for ctx.Err() == nil {
		pause := Every
		if p := s.take(); p == nil {
			pause = shareEvery
		} else {
			ended, err := k.once(ctx, p, name, note, work)
			p.give()
			if ended {
				return err
			}
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-k.woken():
		case <-ctx.Done():
		}
		timer.Stop()
	}
	return ctx.Err()
}

// once asks for a lease, and runs work while it is held. It reports whether the work ended by itself, or ctx did.
func (k *Keeper) once(ctx context.Context, p *part, name string, note func() string, work func(context.Context) error) (ended bool, err error) {
	asked := time.Now()
	fence, err := k.ask(ctx, name, note(), asked.Add(most))
	switch {
	case err == nil:
		k.log.Debug("lease taken", "lease", name, "fence", fence)
		return k.during(ctx, holding{name, fence, p}, asked, note, work)
	case !errors.Is(err, bot.ErrConflict) && ctx.Err() == nil:
		k.log.Warn("a lease cannot be asked for", "lease", name, "err", err)
	}
	return false, nil
}

// ask asks for a lease, until a time.
func (k *Keeper) ask(ctx context.Context, name, note string, until time.Time) (int64, error) {
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	return k.store.Hold(ctx, name, k.holder, note, Long)
}

// holding is a lease that is held as part of a share.
type holding struct {
	name  string
	fence int64
	part  *part
}

// during runs work while a lease is held that was asked for at a time. It reports whether the work ended by
// itself, or ctx did; else the lease was lost, or was more than the share of this process.
func (k *Keeper) during(ctx context.Context, h holding, asked time.Time, note func() string, work func(context.Context) error) (ended bool, err error) {
	name, fence := h.name, h.fence
	working, stop := context.WithCancel(ctx)
	defer stop()
	k.set(name, hold{fence, asked.Add(Long - slack)})
	done := make(chan error, 1)
	go func() { done <- work(working) }()
	for {
		left := time.Until(asked.Add(Long - slack))
		timer := time.NewTimer(min(Every, max(left, 0)))
		select {
		case err := <-done:
			timer.Stop()
			k.letGo(ctx, name, fence)
			return true, err
		case <-timer.C:
		}
		if h.part.surplus() {
			stop()
			<-done
			k.letGo(ctx, name, fence)
			return ctx.Err() != nil, nil
		}
		again := time.Now()
		now, err := int64(0), error(context.DeadlineExceeded)
		if time.Until(asked.Add(Long-slack)) > 0 { // else this process was asleep, or the database away
			until := asked.Add(Long - slack)
			if soon := again.Add(most); soon.Before(until) {
				until = soon
			}
			now, err = k.ask(context.WithoutCancel(ctx), name, note(), until)
		}
		switch {
		case err == nil && now == fence:
			asked = again
			k.set(name, hold{fence, asked.Add(Long - slack)})
			continue
		case err != nil && !errors.Is(err, bot.ErrConflict) && time.Until(asked.Add(Long-slack)) > 0:
			k.log.Warn("a lease could not be kept yet", "lease", name, "err", err)
			continue
		}
		k.set(name, hold{})
		k.log.Warn("this process no longer does it: the lease was lost", "lease", name, "fence", fence, "err", err)
		stop()
		<-done
		return ctx.Err() != nil, nil
	}
}

func (k *Keeper) set(name string, h hold) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held[name] = h
}

// letGo releases a lease, so that another process goes on at once.
func (k *Keeper) letGo(ctx context.Context, name string, fence int64) {
	k.set(name, hold{})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), Every)
	defer cancel()
	if err := k.store.Release(ctx, name, fence); err != nil {
		k.log.Warn("a lease was not released: others wait until it is over", "lease", name, "err", err)
	}
}
