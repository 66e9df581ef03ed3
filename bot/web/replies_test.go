package web

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
)

// TestRepliesAreMadeOnceAndKeptWithinBounds sends one input many times at once, and many inputs.
func TestRepliesAreMadeOnceAndKeptWithinBounds(t *testing.T) {
	r, now := newReplies(), time.Unix(0, 0)
	var made atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			body, err := r.do("a", "ada", now, func() ([]byte, error) { return fmt.Appendf(nil, "reply %d", made.Add(1)), nil })
			if string(body) != "reply 1" || err != nil {
				t.Errorf("got %s, %v", body, err)
			}
		})
	}
	all.Wait()
	fault := errors.New("the database is away")
	if _, err := r.do("b", "ada", now, func() ([]byte, error) { return []byte("{}"), fault }); !errors.Is(err, fault) {
		t.Errorf("a failure is reported as %v", err)
	}
	if body, err := r.do("b", "ada", now, func() ([]byte, error) { return []byte("at last"), nil }); string(body) != "at last" || err != nil {
		t.Errorf("after a failure: %s, %v", body, err)
	}
	r.forget("ada")
	if _, ok := r.find("b", now); ok || r.bytes != 0 {
		t.Errorf("%d bytes are kept of a user who was deleted", r.bytes)
	}
	for i := range 40 {
		if _, err := r.do(bot.InputID(fmt.Sprint("large ", i)), "ben", now, func() ([]byte, error) { return make([]byte, 1<<20), nil }); err != nil {
			t.Fatal(err)
		}
	}
	if r.bytes > repliesBytes || len(r.byID) == 0 {
		t.Errorf("%d bytes are kept of %d replies", r.bytes, len(r.byID))
	}
	if _, ok := r.find("large 39", now.Add(repliesFor+time.Second)); ok || r.bytes != 0 {
		t.Errorf("after %s %d bytes are kept", repliesFor, r.bytes)
	}
}
