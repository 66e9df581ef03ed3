package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
)

// benchAnswer is the n-th answer of a busy evening: 100 games, in which 40 members each answer
// one question after the other.
func benchAnswer(n int) bot.Answer {
	const games, players = 100, 40
	round, seat := n/(games*players), n%(games*players)
	g := seat % games
	return bot.Answer{
		Game: bot.GameID(g + 1 + games*(round/50)), Question: round % 50, Member: bot.MemberID(g*players + seat/games + 1), Chat: bot.ChatID(g + 1), Space: bot.SpaceID(g + 1),
		Platform: "discord", Pack: "countries-of-the-world", Hash: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		Item: "countries-of-the-world/area-of-france/choice/area", Seed: uint64(n) * 0x9e3779b97f4a7c15, Option: 2, Options: 4, Mark: 1, Points: 1, Final: true,
		Prior: -120, At: noon.Add(time.Duration(n) * 50 * time.Microsecond), Day: 20782, Took: 3 * time.Second,
	}
}

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
						a := benchAnswer(n)
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
			driver := driverRate(b, b.N, batch)
			b.ReportMetric(rate, "changes/s")
			b.ReportMetric(float64(batch), "changes/commit")
			b.ReportMetric(driver, "driver-rows/s")
			b.ReportMetric(rate/driver, "of-driver")
		})
	}
}

// driverRate is how many answers a second the driver itself puts on disk.
func driverRate(b *testing.B, rows, batch int) float64 {
	b.Helper()
	path := filepath.Join(b.TempDir(), "raw.db")
	if _, _, err := Migrate(b.Context(), path); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	insert, err := db.Prepare(`INSERT INTO answers (game, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark, reason, text, points, final, lapsed, solo, hinted, prior, at, day, took)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	began := time.Now()
	for n := 0; n < rows; n += batch {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		in := tx.Stmt(insert)
		for i := n; i < min(n+batch, rows); i++ {
			a := benchAnswer(i)
			if _, err := in.Exec(a.Game, a.Question, a.Try, a.Member, a.Chat, a.Space, a.Platform, a.Pack, a.Hash, a.Item, int64(a.Seed), a.Lang, a.Option, a.Options, a.Mark, a.Reason,
				a.Text, a.Points, a.Final, a.Lapsed, a.Solo, a.Hinted, a.Prior, a.At.UnixMicro(), a.Day, a.Took.Microseconds()); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(rows) / time.Since(began).Seconds()
}
