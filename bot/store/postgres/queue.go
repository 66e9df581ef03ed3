package postgres

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"summitquiz/bot"
)

// pending is a piece of work for the writer: a change, or something else that writes.
type pending struct {
	do   func(context.Context, *statements) error
	told func(error) // is told the final result before the next batch is begun; may be nil
	done chan error  // gets one value
}

// errClosed means that the database was closed.
var errClosed = errors.New("the database is closed")

// queue holds what waits for the writer. It has no bound of its own: whoever queues also waits,
// and holds a session while it queues.
type queue struct {
	mu     sync.Mutex
	items  []*pending
	closed bool
	some   chan struct{} // holds a value when the writer should look
}

// put queues an item, and reports false if the queue is closed.
func (q *queue) put(p *pending) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.items = append(q.items, p)
	q.wake()
	return true
}

// take waits for items and moves at most len(into) of them there. It returns 0 once the queue is
// closed and empty.
func (q *queue) take(into []*pending) int {
	for {
		q.mu.Lock()
		n := copy(into, q.items)
		q.items = q.items[n:]
		closed := q.closed
		if len(q.items) == 0 {
			q.items = nil // lets go of what it held
		} else {
			q.wake()
		}
		q.mu.Unlock()
		if n > 0 || closed {
			return n
		}
		<-q.some
	}
}

func (q *queue) wake() {
	select {
	case q.some <- struct{}{}:
	default:
	}
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.wake()
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items)
}

// Write queues a change.
func (db *DB) Write(c *bot.Change) func(context.Context) error {
	return db.queueUp(&pending{done: make(chan error, 1), told: func(err error) { c.SetResult(err, true) }, do: func(ctx context.Context, s *statements) error {
		err := bot.ErrConflict
		if !c.Orphaned() {
			err = explained(s.apply(ctx, c))
		}
		c.SetResult(err, false)
		return err
	}})
}

// now queues work and waits for it. Nobody is left with half of what it read: when ctx ends before
// the work has begun, it is not done at all; when it has begun, its end is waited for.
func (db *DB) now(ctx context.Context, do func(context.Context, *statements) error) error {
	const begun, withdrawn = 1, 2
	var state atomic.Int32
	wait := db.enqueue(func(ctx context.Context, s *statements) error {
		if !state.CompareAndSwap(0, begun) && state.Load() == withdrawn {
			return context.Canceled
		}
		return do(ctx, s)
	})
	err := wait(ctx)
	if ctx.Err() != nil && !state.CompareAndSwap(0, withdrawn) && state.Load() == begun {
		return wait(context.Background())
	}
	return err
}

func (db *DB) enqueue(do func(context.Context, *statements) error) (wait func(context.Context) error) {
	return db.queueUp(&pending{do: do, done: make(chan error, 1)})
}

func (db *DB) queueUp(p *pending) (wait func(context.Context) error) {
	if !db.queue.put(p) {
		if p.told != nil {
			p.told(errClosed)
		}
		p.done <- errClosed
	}
	return func(ctx context.Context) error {
		select {
		case err := <-p.done:
			p.done <- err // for whoever waits again
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
