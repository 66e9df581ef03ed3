package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/storetest"
)

// batches counts commits.
type batches struct{ commits, changes atomic.Int64 }

func (b *batches) Committed(changes int, _ time.Duration) {
	b.commits.Add(1)
	b.changes.Add(int64(changes))
}

// BenchmarkWrite measures changes of one input and one answer, fenced and acknowledged on disk, while
// so many goroutines each have one on its way; and, in the same run, what the driver alone writes:
// the same answers by one prepared INSERT into the same table, as many to a commit as the store
// had on average, and no claims of inputs.
func BenchmarkWrite(b *testing.B) {
	for _, hands := range []int{64, 256, 512} {
		b.Run(fmt.Sprint(hands), func(b *testing.B) {
			var meter batches
			db, err := Open(b.Context(), filepath.Join(b.TempDir(), "quiz.db"), Options{Meter: &meter})
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			games := begin(b, db, b.N)
			var next atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for range hands {
				all.Go(func() {
					for {
						n := int(next.Add(1)) - 1
						if n >= b.N {
							return
						}
						a := storetest.BusyAnswer(n)
						c := &bot.Change{Input: bot.InputID(fmt.Sprintf("discord:%019d", 1_400_000_000_000_000_000+n*4096)), At: a.At, Answers: []bot.Answer{a}}
						if err := games[a.Session].write(db, c)(context.Background()); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.StopTimer()
			rate := float64(b.N) / b.Elapsed().Seconds()
			batch := max(1, int(meter.changes.Load()/max(1, meter.commits.Load())))
			raw := filepath.Join(b.TempDir(), "raw.db")
			if _, _, err := Migrate(b.Context(), raw); err != nil {
				b.Fatal(err)
			}
			driver := storetest.DriverRate(b, raw, b.N, batch)
			b.ReportMetric(rate, "changes/s")
			b.ReportMetric(float64(batch), "changes/commit")
			b.ReportMetric(driver, "driver-rows/s")
			b.ReportMetric(rate/driver, "of-driver")
		})
	}
}

// liveGame queues the answers of a game, each fenced by those before it.
type liveGame struct {
	mu    sync.Mutex
	fence bot.Fence
}

func (g *liveGame) write(db *DB, c *bot.Change) func(context.Context) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	fence := g.fence
	c.Fence = &fence
	g.fence.Answers += len(c.Answers)
	return db.Write(c)
}

// begin inserts the games of the first n busy answers.
func begin(b *testing.B, db *DB, n int) map[bot.SessionID]*liveGame {
	b.Helper()
	games := map[bot.SessionID]*liveGame{}
	for i := range n {
		a := storetest.BusyAnswer(i)
		if games[a.Session] != nil {
			continue
		}
		games[a.Session] = &liveGame{fence: bot.Fence{Session: a.Session, Version: 1}}
		s := &bot.Session{ID: a.Session, Kind: "game", Version: 1, Chat: bot.ChatID(a.Session), Space: a.Space, Pack: a.Pack, Hash: a.Hash,
			Script: []byte("{}"), State: []byte("{}"), Started: a.At, Owner: "main"}
		if err := db.Write(&bot.Change{At: a.At, Session: s})(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	return games
}

// BenchmarkTwoProcesses measures changes of two processes that write to one file as fast as they
// can, and how long the slowest one waited: neither may keep the other from writing.
func BenchmarkTwoProcesses(b *testing.B) {
	path := filepath.Join(b.TempDir(), "quiz.db")
	var next, slowest atomic.Int64
	var all sync.WaitGroup
	var dbs []*DB
	for range 2 {
		db, err := Open(b.Context(), path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		dbs = append(dbs, db)
	}
	b.ResetTimer()
	for _, db := range dbs {
		for range 64 {
			all.Go(func() {
				for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
					began := time.Now()
					if err := db.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("in-", n)), At: noon})(context.Background()); err != nil {
						b.Error(err)
						return
					}
					for took := time.Since(began).Milliseconds(); took > slowest.Load(); {
						slowest.Store(took)
					}
				}
			})
		}
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
	b.ReportMetric(float64(slowest.Load()), "slowest-ms")
}
