package adapter

import (
	"context"
	"errors"
	"sync"
)

// Queue runs jobs in goroutines of its own. Jobs with the same key run one after another, in the order
// in which they were added; jobs with different keys run at the same time. It holds a bounded number of
// jobs and is safe for use by many goroutines.
type Queue struct {
	perKey int
	slots  chan struct{} // one element for each job that waits or runs

	mu      sync.Mutex
	waiting map[string][]func() // by key; a key is present while a goroutine runs its jobs
	closed  bool
	running sync.WaitGroup
}

// ErrClosed means that a queue takes no more jobs.
var ErrClosed = errors.New("the queue is closed")

// NewQueue returns a queue that holds at most total jobs. TryAdd refuses a job when perKey jobs with its
// key wait already.
func NewQueue(total, perKey int) *Queue {
	return &Queue{perKey: perKey, slots: make(chan struct{}, total), waiting: map[string][]func(){}}
}

// TryAdd adds a job without waiting. It reports false when the queue is full, for all keys or for this
// one, or closed.
func (q *Queue) TryAdd(key string, job func()) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || len(q.waiting[key]) >= q.perKey {
		return false
	}
	select {
	case q.slots <- struct{}{}:
	default:
		return false
	}
	q.add(key, job)
	return true
}

// Add adds a job and waits for room until ctx ends. It returns the error of ctx, or ErrClosed.
func (q *Queue) Add(ctx context.Context, key string, job func()) error {
	select {
	case q.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		<-q.slots
		return ErrClosed
	}
	q.add(key, job)
	return nil
}

// add adds a job that has a slot. The caller holds q.mu.
func (q *Queue) add(key string, job func()) {
	jobs, running := q.waiting[key]
	q.waiting[key] = append(jobs, job)
	if !running {
		q.running.Go(func() { q.run(key) })
	}
}

// run runs the jobs of a key until none is left.
func (q *Queue) run(key string) {
	for {
		q.mu.Lock()
		jobs := q.waiting[key]
		if len(jobs) == 0 {
			delete(q.waiting, key)
			q.mu.Unlock()
			return
		}
		job := jobs[0]
		q.waiting[key] = jobs[1:]
		q.mu.Unlock()
		job()
		<-q.slots
	}
}

// Drain closes the queue and waits until all its jobs have run, or ctx ends.
func (q *Queue) Drain(ctx context.Context) {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	done := make(chan struct{})
	go func() {
		q.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
