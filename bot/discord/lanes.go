package discord

import (
	"context"
	"sync"
)

// lanes runs jobs, those of one key one after another in the order in which they came, those
// of different keys beside each other. It holds no more than it can: what is too much is
// refused, never waited for, because the reader of the gateway puts it in.
type lanes struct {
	each, all int // jobs that may wait for one key, and over all keys

	mu      sync.Mutex
	waiting map[string][]func()
	total   int
	closed  bool
	running sync.WaitGroup
}

func newLanes(each, all int) *lanes {
	return &lanes{each: each, all: all, waiting: map[string][]func(){}}
}

// put adds a job. It reports false if there are too many already or the lanes are closed.
func (l *lanes) put(key string, job func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	jobs, running := l.waiting[key]
	if l.closed || l.total >= l.all || len(jobs) >= l.each {
		return false
	}
	l.total++
	l.waiting[key] = append(jobs, job)
	if !running {
		l.running.Go(func() { l.run(key) })
	}
	return true
}

func (l *lanes) run(key string) {
	for {
		l.mu.Lock()
		jobs := l.waiting[key]
		if len(jobs) == 0 {
			delete(l.waiting, key)
			l.mu.Unlock()
			return
		}
		job := jobs[0]
		l.waiting[key] = jobs[1:]
		l.mu.Unlock()
		job()
		l.mu.Lock()
		l.total--
		l.mu.Unlock()
	}
}

// drain refuses new jobs and waits until those that are in have run, or ctx ends.
func (l *lanes) drain(ctx context.Context) {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	done := make(chan struct{})
	go func() {
		l.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
