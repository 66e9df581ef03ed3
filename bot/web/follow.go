package web

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"summitquiz/bot"
)

// Where several processes serve the room, a page is at one of them and a post may be delivered by another:
// each process follows the feed of the lobbies whose pages it has.

// followed is how far a lobby follows its feed.
type followed struct {
	begin sync.Once
	begun chan struct{} // closed once no later delivery is missed
	poke  chan struct{} // holds a value when there may be something new
	gone  context.Context
	end   context.CancelFunc
	chat  atomic.Int64 // its id; 0: not known yet
}

func newFollowed() followed {
	gone, end := context.WithCancel(context.Background())
	return followed{begun: make(chan struct{}), poke: make(chan struct{}, 1), gone: gone, end: end}
}

// How often a feed is read where no hint comes, and how much of it at once.
const (
	followEvery = 2 * time.Second
	followLimit = 100
)

// follow has a lobby follow its feed, and waits until what is delivered from now on will be shown. It reports
// whether that came about.
func (a *Adapter) follow(ctx context.Context, l *lobby) bool {
	l.followed.begin.Do(func() { a.follows.Go(func() { a.keepFollowing(l) }) })
	select {
	case <-l.followed.begun:
		return true
	case <-ctx.Done():
	case <-a.lobbies.closed:
	}
	return false
}

// keepFollowing shows what is delivered in a lobby until it has no page any more.
func (a *Adapter) keepFollowing(l *lobby) {
	f := &l.followed
	ctx := f.gone
	after, err := a.feed.LastDelivered(ctx, platform, l.name)
	for ; err != nil; after, err = a.feed.LastDelivered(ctx, platform, l.name) {
		if !a.restFollowing(f, err, l) {
			return
		}
	}
	a.look(ctx, l)
	close(f.begun)
	for told := time.Now(); ; {
		news, err := a.feed.DeliveredAfter(ctx, platform, l.name, after, followLimit)
		for _, d := range news {
			f.chat.Store(int64(d.In))
			after = d.Seq
			a.display(ctx, l, d.Delivery)
		}
		if len(news) == followLimit {
			continue
		}
		if !a.restFollowing(f, err, l) {
			return
		}
		if time.Since(told) >= guestsEvery {
			a.tell(ctx, l.name)
			told = time.Now()
		}
		a.look(ctx, l)
	}
}

// restFollowing waits until there may be something new, and reports whether the lobby has pages still.
func (a *Adapter) restFollowing(f *followed, err error, l *lobby) bool {
	if err != nil && f.gone.Err() == nil {
		a.log.Warn("read what was delivered", "lobby", l.name, "err", err)
	}
	timer := time.NewTimer(followEvery)
	defer timer.Stop()
	select {
	case <-f.poke:
	case <-timer.C:
	case <-f.gone.Done():
		return false
	}
	return true
}

// Hint takes a hint of what was delivered. Pages are right without hints: they save waiting.
func (a *Adapter) Hint(h bot.Hint) {
	if len(h.Delivered)+len(h.Guests) == 0 && !h.Missed {
		return
	}
	known := map[int64]bool{}
	for _, c := range h.Delivered {
		known[int64(c)] = true
	}
	a.lobbies.mu.Lock()
	defer a.lobbies.mu.Unlock()
	for _, l := range a.lobbies.byName {
		if c := l.followed.chat.Load(); c == 0 || known[c] || h.Missed || slices.Contains(h.Guests, l.name) {
			select {
			case l.followed.poke <- struct{}{}:
			default:
			}
		}
	}
}
