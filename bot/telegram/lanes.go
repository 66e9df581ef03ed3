package telegram

import (
	"context"
	"sync"
)

// lanes runs jobs, those of one key one after another in the order in which they came, those
// of different keys beside each other. It holds no more than it can: who brings more waits.
type lanes struct {
	room chan struct{} // one for each job that is in

	mu      sync.Mutex
	waiting map[string][]func()
	running sync.WaitGroup
}

func newLanes(most int) *lanes {
	return &lanes{room: make(chan struct{}, most), waiting: map[string][]func(){}}
}

// put adds a job, and waits for room until ctx ends; then it returns its error.
func (l *lanes) put(ctx context.Context, key string, job func()) error {
	select {
	case l.room <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	jobs, running := l.waiting[key]
	l.waiting[key] = append(jobs, job)
	if !running {
		l.running.Go(func() { l.run(key) })
	}
	return nil
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
		<-l.room
	}
}

// drain waits until all jobs that are in have run, or ctx ends. Nobody puts anything in any
// more.
func (l *lanes) drain(ctx context.Context) {
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
