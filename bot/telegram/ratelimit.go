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

// Pace limits how many messages are sent. Telegram allows a bot about 30 a second to different chats, one a
// second in a private chat, and 20 a minute in a group, with short bursts.
type Pace struct {
	All   Rate // over all chats
	Bulk  Rate // of messages that nobody waits for; they count for All too
	Chat  Rate // in one chat
	Group Rate // in one group, in addition to Chat; messages and edits separately
}

// Rate is the size of a burst, and the time after which one more is allowed.
type Rate struct {
	Burst int
	Every time.Duration
}

// UsualPace stays below Telegram's limits: about 25 a second, and 18 within any minute in a group.
var UsualPace = Pace{
	All:   Rate{4, time.Second / 25},
	Bulk:  Rate{1, time.Second / 20},
	Chat:  Rate{3, 1100 * time.Millisecond},
	Group: Rate{6, 5 * time.Second},
}

// priority is the order in which waiting messages are sent.
type priority uint8

const (
	broadcasting priority = iota // nobody waits for it
	posting                      // deliveries to those who play
	replying                     // one person waits for it
	priorities
)

// maxBulkWaiting is how many messages that nobody waits for are queued here; the caller has to retry later
// with more.
const maxBulkWaiting = 128

var errBusy = errors.New("too many messages are waiting to be sent")

// rateLimiter delays all requests that make or change messages: first by the pace of their chat, then by the pace
// of all chats, in order of priority.
type rateLimiter struct {
	pace Pace

	mu       sync.Mutex
	buckets  map[bucket]time.Time // when each bucket is full again
	all      time.Time            // when the bucket of all chats is full again
	bulk     time.Time
	nextBulk time.Time // when the next caller with too many bulk messages may retry
	paused   time.Time // until then nothing is sent: Telegram demands it
	waiting  [priorities][]chan struct{}
	sweepAt  int         // number of buckets at which full ones are dropped
	timer    *time.Timer // nil: nothing waits
}

// bucket identifies a token bucket of a chat.
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

// wait returns how long it is until one message may be sent, if the bucket is full again at full.
func (r Rate) wait(full, now time.Time) time.Duration {
	if full.Before(now) {
		full = now
	}
	return full.Sub(now) - time.Duration(r.Burst-1)*r.Every
}

// take returns when the bucket is full again after one message.
func (r Rate) take(full, now time.Time) time.Time {
	if full.Before(now) {
		full = now
	}
	return full.Add(r.Every)
}

// wait blocks until a message may be sent. It returns a *bot.RetryError if that is after the deadline of ctx.
func (l *rateLimiter) wait(ctx context.Context, chat int64, edit bool, u priority) error {
	if err := l.waitForChat(ctx, chat, edit); err != nil {
		return err
	}
	l.mu.Lock()
	if u == broadcasting && len(l.waiting[u]) >= maxBulkWaiting {
		now := time.Now()
		if l.nextBulk.Before(now.Add(maxBulkWaiting * l.pace.Bulk.Every)) {
			l.nextBulk = now.Add(maxBulkWaiting * l.pace.Bulk.Every)
		}
		l.nextBulk = l.nextBulk.Add(l.pace.Bulk.Every)
		after := l.nextBulk.Sub(now)
		l.mu.Unlock()
		return &bot.RetryError{After: after, Err: errBusy}
	}
	ch := make(chan struct{})
	l.waiting[u] = append(l.waiting[u], ch)
	l.dispatch()
	l.mu.Unlock()
	select {
	case <-ch:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.waiting[u], ch); i >= 0 {
		l.waiting[u] = slices.Delete(l.waiting[u], i, i+1)
		return &bot.RetryError{After: time.Second, Err: errBusy}
	}
	return nil // it was allowed at the same moment
}

// waitForChat waits for the pace of a chat.
func (l *rateLimiter) waitForChat(ctx context.Context, chat int64, edit bool) error {
	paces := map[bucket]Rate{{chat, everything}: l.pace.Chat}
	switch {
	case chat < 0 && edit:
		paces[bucket{chat, edits}] = l.pace.Group
	case chat < 0:
		paces[bucket{chat, messages}] = l.pace.Group
	}
	l.mu.Lock()
	now := time.Now()
	wait := l.paused.Sub(now)
	for b, rate := range paces {
		wait = max(wait, rate.wait(l.buckets[b], now))
	}
	if end, ok := ctx.Deadline(); ok && now.Add(wait).After(end) || ctx.Err() != nil {
		l.mu.Unlock()
		return &bot.RetryError{After: max(wait, 100*time.Millisecond), Err: errBusy}
	}
	for b, rate := range paces {
		l.buckets[b] = rate.take(l.buckets[b], now.Add(max(wait, 0)))
	}
	l.forget(now)
	l.mu.Unlock()
	if wait <= 0 {
		return nil
	}
	if err := adapter.Sleep(ctx, wait); err != nil {
		return &bot.RetryError{After: 100 * time.Millisecond, Err: errBusy}
	}
	return nil
}

// forget drops full buckets. The caller holds l.mu.
func (l *rateLimiter) forget(now time.Time) {
	if len(l.buckets) < l.sweepAt {
		return
	}
	for b, full := range l.buckets {
		if full.Before(now) {
			delete(l.buckets, b)
		}
	}
	l.sweepAt = max(1024, 2*len(l.buckets))
}

// dispatch lets waiting callers continue as far as the pace allows, and sets a timer for the others. The caller
// holds l.mu.
func (l *rateLimiter) dispatch() {
	for {
		u := l.mostUrgent()
		if u < 0 {
			return
		}
		now := time.Now()
		wait := max(l.pace.All.wait(l.all, now), l.paused.Sub(now))
		if priority(u) == broadcasting {
			wait = max(wait, l.pace.Bulk.wait(l.bulk, now))
		}
		if wait > 0 {
			if l.timer != nil {
				l.timer.Stop()
			}
			l.timer = time.AfterFunc(wait, func() {
				l.mu.Lock()
				defer l.mu.Unlock()
				l.dispatch()
			})
			return
		}
		l.all = l.pace.All.take(l.all, now)
		if priority(u) == broadcasting {
			l.bulk = l.pace.Bulk.take(l.bulk, now)
		}
		close(l.waiting[u][0])
		l.waiting[u] = l.waiting[u][1:]
	}
}

// mostUrgent is the highest priority with a waiting caller; -1 if nobody waits.
func (l *rateLimiter) mostUrgent() int {
	for u := priorities; u > 0; u-- {
		if len(l.waiting[u-1]) > 0 {
			return int(u - 1)
		}
	}
	return -1
}

// pause stops all sending for a while, because Telegram refused a request as one too many.
func (l *rateLimiter) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.paused) {
		l.paused = until
	}
}

// pauseLeft is for how long nothing may be sent.
func (l *rateLimiter) pauseLeft() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.paused)
}
