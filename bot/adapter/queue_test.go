package adapter_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"summitquiz/bot/adapter"
)

func TestAQueueKeepsTheOrderOfAKeyAndRunsKeysSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := adapter.NewQueue(100, 100)
		var mu sync.Mutex
		ran := map[string][]int{}
		blocked := make(chan struct{})
		q.TryAdd("a", func() { <-blocked })
		for i := range 20 {
			for _, key := range []string{"a", "b"} {
				if !q.TryAdd(key, func() {
					mu.Lock()
					defer mu.Unlock()
					ran[key] = append(ran[key], i)
				}) {
					t.Fatalf("job %d of %s was refused", i, key)
				}
			}
		}
		synctest.Wait()
		mu.Lock()
		if len(ran["b"]) != 20 || len(ran["a"]) != 0 {
			t.Errorf("while a is blocked, %d jobs of a and %d of b ran; want 0 and 20", len(ran["a"]), len(ran["b"]))
		}
		mu.Unlock()
		close(blocked)
		q.Drain(t.Context())
		for key, order := range ran {
			if !slices.IsSorted(order) || len(order) != 20 {
				t.Errorf("the jobs of %s ran in the order %v", key, order)
			}
		}
	})
}

func TestAQueueRefusesWhatIsTooMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := adapter.NewQueue(4, 2)
		blocked := make(chan struct{})
		job := func() { <-blocked }
		var got []bool
		for _, key := range []string{"a", "", "a", "a", "a", "b", "c"} {
			if key == "" { // the first job runs by now, and no longer waits
				synctest.Wait()
				continue
			}
			got = append(got, q.TryAdd(key, job))
		}
		if want := []bool{true, true, true, false, true, false}; !slices.Equal(got, want) {
			t.Errorf("taken: %v, want %v: two may wait for a key, and four be there at all", got, want)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.Add(ctx, "d", job); !errors.Is(err, context.Canceled) {
			t.Errorf("Add to a full queue = %v, want the error of its context", err)
		}
		added := make(chan error)
		go func() { added <- q.Add(t.Context(), "d", job) }()
		close(blocked)
		if err := <-added; err != nil {
			t.Errorf("Add once there is room = %v", err)
		}
		q.Drain(t.Context())
		if q.TryAdd("a", job) {
			t.Error("a closed queue took a job")
		}
		if err := q.Add(t.Context(), "a", job); !errors.Is(err, adapter.ErrClosed) {
			t.Errorf("Add to a closed queue = %v, want ErrClosed", err)
		}
	})
}

func TestDrainGivesUpWhenItsContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := adapter.NewQueue(1, 1)
		blocked := make(chan struct{})
		defer close(blocked)
		q.TryAdd("a", func() { <-blocked })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		q.Drain(ctx) // or the bubble would report a deadlock
	})
}

func ExampleQueue() {
	q := adapter.NewQueue(100, 10)
	q.TryAdd("chat 1", func() { fmt.Println("first") })
	q.TryAdd("chat 1", func() { fmt.Println("second") })
	q.Drain(context.Background())
	// Output:
	// first
	// second
}
