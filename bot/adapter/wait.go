package adapter

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// Sleep waits for d or until ctx ends; then it returns the error of ctx.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Backoff gives the waits between attempts: First, then twice as long each time, up to Max.
type Backoff struct {
	First time.Duration
	Max   time.Duration
	next  time.Duration // 0: First
}

// Next returns how long to wait before the next attempt.
func (b *Backoff) Next() time.Duration { return b.AtLeast(0) }

// AtLeast is Next, but no shorter than d, which may exceed Max. The wait after it is twice as long.
func (b *Backoff) AtLeast(d time.Duration) time.Duration {
	wait := max(b.next, b.First, d)
	b.next = min(2*wait, b.Max)
	return wait
}

// Reset makes the next wait the first one.
func (b *Backoff) Reset() { b.next = 0 }

// PanicError is a panic in a job.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v\n%s", e.Value, e.Stack) }

// Protect runs a job and returns its error. A panic becomes a *PanicError: one bad input must not end
// the process.
func Protect(job func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Value: p, Stack: debug.Stack()}
		}
	}()
	return job()
}
