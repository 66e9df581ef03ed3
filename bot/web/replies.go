package web

import (
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"summitquiz/bot"
)

// How long replies are kept for an input that is sent again, and how many bytes of them at most.
const (
	repliesFor   = 5 * time.Minute
	repliesBytes = 16 << 20
)

// replies keeps what was answered to inputs for a while: a page that lost the connection sends its input
// again, with the same id, and gets the same reply. The service itself handles an input once and has no
// reply for it a second time.
type replies struct {
	flight singleflight.Group

	mu    sync.Mutex
	byID  map[bot.InputID]*reply
	order []*reply // oldest first
	bytes int
}

type reply struct {
	id   bot.InputID
	user string
	at   time.Time
	body []byte // JSON
}

func newReplies() *replies { return &replies{byID: map[bot.InputID]*reply{}} }

// do returns the reply to an input of a user: the one that was given before, or that is being made, else what handle
// returns. A reply with an error is not kept.
func (r *replies) do(id bot.InputID, user string, now time.Time, handle func() ([]byte, error)) ([]byte, error) {
	body, err, _ := r.flight.Do(string(id), func() (any, error) {
		if body, ok := r.find(id, now); ok {
			return body, nil
		}
		body, err := handle()
		if err == nil {
			r.keep(&reply{id, user, now, body})
		}
		return body, err
	})
	return body.([]byte), err
}

func (r *replies) find(id bot.InputID, now time.Time) ([]byte, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dropOld(now)
	if old := r.byID[id]; old != nil {
		return old.body, true
	}
	return nil, false
}

func (r *replies) keep(fresh *reply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byID[fresh.id] = fresh
	r.order = append(r.order, fresh)
	r.bytes += len(fresh.body)
	r.dropOld(fresh.at)
}

// dropOld drops what is too old or too much. The caller holds r.mu.
func (r *replies) dropOld(now time.Time) {
	for len(r.order) > 0 && (now.Sub(r.order[0].at) > repliesFor || r.bytes > repliesBytes) {
		old := r.order[0]
		r.order[0] = nil
		r.order = r.order[1:]
		r.bytes -= len(old.body)
		delete(r.byID, old.id)
	}
}

// forget drops the replies to a user who was deleted.
func (r *replies) forget(user string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, old := range r.order {
		if old.user == user {
			r.bytes -= len(old.body)
			old.body = nil
			delete(r.byID, old.id)
		}
	}
}
