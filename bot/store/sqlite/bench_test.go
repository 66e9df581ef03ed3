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

// BenchmarkWrite measures changes of one input and one answer, acknowledged on disk, while so
// many goroutines each have one on its way; and, in the same run, what the driver alone writes:
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
						if err := db.Write(c)(context.Background()); err != nil {
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
