package lease

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// crew is some processes that share leases.
type crew struct {
	t    *testing.T
	db   *database
	live atomic.Int64 // processes

	mu   sync.Mutex
	held map[string]string // who works on what
	both int               // how often two worked on the same
}

// mate is a process of a crew.
type mate struct {
	name   string
	keeper *Keeper
	stop   context.CancelFunc
	done   sync.WaitGroup
}

// join begins a process that wants its share of some leases.
func (c *crew) join(name string, leases int) *mate {
	ctx, stop := context.WithCancel(c.t.Context())
	m := &mate{name: name, keeper: NewKeeper(c.db, name, slog.New(slog.DiscardHandler)), stop: stop}
	c.live.Add(1)
	share := NewShare(func() int {
		live := max(1, int(c.live.Load()))
		return (leases + live - 1) / live
	})
	for n := range leases {
		lease := fmt.Sprint("shard ", n)
		m.done.Go(func() {
			err := m.keeper.DoShare(ctx, share, lease, func() string { return "" }, func(ctx context.Context) error {
				c.begin(lease, name)
				<-ctx.Done()
				c.end(lease)
				return ctx.Err()
			})
			if err == nil {
				c.t.Errorf("%s ended without an error", name)
			}
		})
	}
	return m
}

func (c *crew) begin(lease, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[lease] != "" {
		c.both++
	}
	c.held[lease] = name
}

func (c *crew) end(lease string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[lease] = ""
}

// leave ends a process as it is told to.
func (c *crew) leave(m *mate) {
	c.live.Add(-1)
	m.stop()
	m.done.Wait()
}

// counts is how many leases each process works on.
func (c *crew) counts() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := map[string]int{}
	for _, name := range c.held {
		if name != "" {
			out[name]++
		}
	}
	return out
}

// TestLeasesAreShared has processes come and go: each takes its share, nothing is left over, and no two ever work on the
// same.
func TestLeasesAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crew{t: t, db: newDatabase(), held: map[string]string{}}
		settled := func(when string, want map[string]int) {
			t.Helper()
			time.Sleep(15 * time.Second)
			if got := c.counts(); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: %v, want %v", when, got, want)
			}
		}
		one := c.join("one", 6)
		settled("alone", map[string]int{"one": 6})
		two := c.join("two", 6)
		settled("of two", map[string]int{"one": 3, "two": 3})
		three := c.join("three", 6)
		settled("of three", map[string]int{"one": 2, "two": 2, "three": 2})
		c.leave(one)
		settled("after the first one", map[string]int{"two": 3, "three": 3})
		c.leave(two)
		settled("after the second one", map[string]int{"three": 6})
		c.leave(three)
		if c.both != 0 {
			t.Errorf("two worked on the same %d times", c.both)
		}
	})
}

// TestMoreProcessesThanLeases leaves none without work and takes none twice.
func TestMoreProcessesThanLeases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crew{t: t, db: newDatabase(), held: map[string]string{}}
		one, two, three := c.join("one", 1), c.join("two", 1), c.join("three", 1)
		time.Sleep(15 * time.Second)
		if got := c.counts(); len(got) != 1 || c.both != 0 {
			t.Errorf("%v work", got)
		}
		for _, m := range []*mate{one, two} {
			c.leave(m)
		}
		time.Sleep(15 * time.Second)
		if got := c.counts(); got["three"] != 1 || c.both != 0 {
			t.Errorf("the last one does not work: %v", got)
		}
		c.leave(three)
	})
}
