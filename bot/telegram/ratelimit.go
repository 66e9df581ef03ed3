package telegram

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// Pace is how much is sent, in messages. Telegram allows a bot about 30 a second to different
// chats, one a second in a private chat, 20 a minute in a group, with short bursts.
type Pace struct {
	All   Rate // over all chats
	Bulk  Rate // of those, at most this much that nobody waits for
	Chat  Rate // in one chat
	Group Rate // in one group besides, messages and edits apart
}

// Rate is how many there may be at once, and how often one more.
type Rate struct {
	Burst int
	Every time.Duration
}

// UsualPace stays below Telegram's limits: within any second 25 and a few, within any minute 18
// in a group.
var UsualPace = Pace{
	All:   Rate{4, time.Second / 25},
	Bulk:  Rate{1, time.Second / 20},
	Chat:  Rate{3, 1100 * time.Millisecond},
	Group: Rate{6, 5 * time.Second},
}

// priority says what goes out first when not everything can.
type priority uint8

const (
	broadcasting priority = iota // nobody waits for it
	posting                      // what the service delivers to those who play
	replying                     // what one person waits for
	priorities
)

// maxBulkWaiting is how many messages that nobody waits for are held here; who comes with more is
// sent away until it is their turn.
const maxBulkWaiting = 128

var errBusy = errors.New("too much is waiting to be sent")

// rateLimiter is the one queue before everything that makes or changes messages: first a chat's own
// pace, then the pace of all, in which the urgent go first.
type rateLimiter struct {
	pace Pace

	mu       sync.Mutex
	buckets  map[bucket]time.Time // when each chat's bucket is full again
	all      time.Time            // as chats, of all
	bulk     time.Time
	nextBulk time.Time // of the next one who is sent away
	paused   time.Time // Telegram said so: nothing goes out before
	waiting  [priorities][]chan struct{}
	sweepAt  int         // of chats, before it is looked for those that can be forgotten
	timer    *time.Timer // nil: nobody waits
}

// bucket is what has a pace of its own.
type bucket struct {
	chat int64
	kind bucketKind
}

type bucketKind uint8

const (
	everything bucketKind = iota
	messages              // of a group
	edits                 // of a group
)

func newRateLimiter(p Pace) *rateLimiter {
	return &rateLimiter{pace: p, buckets: map[bucket]time.Time{}, sweepAt: 1024}
}

// wait returns how long it is until a bucket that is full at a time has room for one.
func (r Rate) wait(full, now time.Time) time.Duration {
	if full.Before(now) {
		full = now
	}
	return full.Sub(now) - time.Duration(r.Burst-1)*r.Every
}

// take is when a bucket is full after one was taken.
func (r Rate) take(full, now time.Time) time.Time {
	if full.Before(now) {
		full = now
	}
	return full.Add(r.Every)
}

// wait waits until something may go out. It returns a *bot.RetryError, with nothing taken of
// the chat's pace, when that is later than ctx allows; whoever gets it has sent nothing.
func (g *rateLimiter) wait(ctx context.Context, chat int64, edit bool, u priority) error {
	if err := g.waitForChat(ctx, chat, edit); err != nil {
		return err
	}
	g.mu.Lock()
	if u == broadcasting && len(g.waiting[u]) >= maxBulkWaiting {
		now := time.Now()
		if g.nextBulk.Before(now.Add(maxBulkWaiting * g.pace.Bulk.Every)) {
			g.nextBulk = now.Add(maxBulkWaiting * g.pace.Bulk.Every)
		}
		g.nextBulk = g.nextBulk.Add(g.pace.Bulk.Every)
		after := g.nextBulk.Sub(now)
		g.mu.Unlock()
		return &bot.RetryError{After: after, Err: errBusy}
	}
	ch := make(chan struct{})
	g.waiting[u] = append(g.waiting[u], ch)
	g.dispatch()
	g.mu.Unlock()
	select {
	case <-ch:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.waiting[u], ch); i >= 0 {
		g.waiting[u] = slices.Delete(g.waiting[u], i, i+1)
		return &bot.RetryError{After: time.Second, Err: errBusy}
	}
	return nil // it was let through in this very moment
}

// waitForChat waits for a chat's own pace.
func (g *rateLimiter) waitForChat(ctx context.Context, chat int64, edit bool) error {
	paces := map[bucket]Rate{{chat, everything}: g.pace.Chat}
	switch {
	case chat < 0 && edit:
		paces[bucket{chat, edits}] = g.pace.Group
	case chat < 0:
		paces[bucket{chat, messages}] = g.pace.Group
	}
	g.mu.Lock()
	now := time.Now()
	wait := g.paused.Sub(now)
	for l, rate := range paces {
		wait = max(wait, rate.wait(g.buckets[l], now))
	}
	if end, ok := ctx.Deadline(); ok && now.Add(wait).After(end) || ctx.Err() != nil {
		g.mu.Unlock()
		return &bot.RetryError{After: max(wait, 100*time.Millisecond), Err: errBusy}
	}
	for l, rate := range paces {
		g.buckets[l] = rate.take(g.buckets[l], now.Add(max(wait, 0)))
	}
	g.forget(now)
	g.mu.Unlock()
	if wait <= 0 {
		return nil
	}
	if err := adapter.Sleep(ctx, wait); err != nil {
		return &bot.RetryError{After: 100 * time.Millisecond, Err: errBusy}
	}
	return nil
}

// forget drops chats whose buckets are full. The caller holds g.mu.
func (g *rateLimiter) forget(now time.Time) {
	if len(g.buckets) < g.sweepAt {
		return
	}
	for l, full := range g.buckets {
		if full.Before(now) {
			delete(g.buckets, l)
		}
	}
	g.sweepAt = max(1024, 2*len(g.buckets))
}

// dispatch lets through who may go and comes back for the rest. The caller holds g.mu.
func (g *rateLimiter) dispatch() {
	for {
		u := g.mostUrgent()
		if u < 0 {
			return
		}
		now := time.Now()
		wait := max(g.pace.All.wait(g.all, now), g.paused.Sub(now))
		if priority(u) == broadcasting {
			wait = max(wait, g.pace.Bulk.wait(g.bulk, now))
		}
		if wait > 0 {
			if g.timer != nil {
				g.timer.Stop()
			}
			g.timer = time.AfterFunc(wait, func() {
				g.mu.Lock()
				defer g.mu.Unlock()
				g.dispatch()
			})
			return
		}
		g.all = g.pace.All.take(g.all, now)
		if priority(u) == broadcasting {
			g.bulk = g.pace.Bulk.take(g.bulk, now)
		}
		close(g.waiting[u][0])
		g.waiting[u] = g.waiting[u][1:]
	}
}

// mostUrgent is the most urgent queue in which somebody waits; -1 if nobody does.
func (g *rateLimiter) mostUrgent() int {
	for u := priorities; u > 0; u-- {
		if len(g.waiting[u-1]) > 0 {
			return int(u - 1)
		}
	}
	return -1
}

// pause stops everything for a while: Telegram said that it was too much.
func (g *rateLimiter) pause(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(d); until.After(g.paused) {
		g.paused = until
	}
}

// pauseLeft is for how long nothing may go out.
func (g *rateLimiter) pauseLeft() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return time.Until(g.paused)
}
