package daily_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/daily"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	schedule "summitquiz/quiz/daily"
)

// stored is how many subscriptions sleep while others are added or due. The figures of the guide come
// from go test ./bot/daily -run '^$' -bench Stored -stored 1000000 -benchtime 20x.
var stored = flag.Int("stored", 1000, "subscriptions that are stored in benchmarks")

// asleep fills a database with members who have a daily each, due tomorrow. All is made by a few
// statements, as a million changes would take minutes.
const asleep = `
	INSERT INTO spaces (id, platform, key, title) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT i, 'plain', 'dm' || i, '' FROM n;
	INSERT INTO chats (id, space, platform, key, private) SELECT id, id, platform, key, 1 FROM spaces;
	INSERT INTO members (id) SELECT id FROM spaces;
	INSERT INTO subscriptions (id, version, chat, space, member, by, wish, state, next_day, next_time, next_at, done_day, done_time, done_at)
		SELECT id, 1, id, id, id, id, ?2, 'on', ?3, 540, ?4, 0, 0, 0 FROM spaces;
	INSERT INTO due (kind, id, at, attempt) SELECT 'subscription', id, ?4, 0 FROM spaces;
	INSERT INTO numbers (id) VALUES (?1 + 1);`

// million is a database with very many subscriptions and a service reduced to the daily.
func million(b *testing.B) (*world, *sql.DB) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "quiz.db")
	db, err := sqlite.Open(b.Context(), path, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	app := bottest.New(b, service.Options{Store: db, Clock: bottest.NewClock(night), Key: []byte("key")}, func() uint64 { return 1 })
	app.Provide(b, summit)
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(60000)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { raw.Close() })
	wish := fmt.Sprintf(`{"schedule":"0 9 * * *","zone":"Asia/Seoul","pack":%q,"questions":3}`, summit)
	next := night.Add(25 * time.Hour)
	if _, err := raw.ExecContext(b.Context(), asleep, *stored, wish, night.Unix()/86400+1, next.UnixMicro()); err != nil {
		b.Fatal(err)
	}
	w := &world{store: db, packs: app.Packs, now: night, noKill: true, posts: map[bot.Slot]int{}}
	w.restart()
	return w, raw
}

// BenchmarkAddStored adds one more daily.
func BenchmarkAddStored(b *testing.B) {
	w, _ := million(b)
	for n := 0; b.Loop(); n++ {
		x := bot.Subscription{ID: schedule.SubscriptionID(10_000_000 + n), Version: 1, Chat: 1, Space: 1, Member: 1, State: bot.SubscriptionOn}
		c := &bot.Change{At: night, Subscription: &x, Due: []bot.Due{{Key: bot.DueKey{Kind: daily.SubscriptionKind, ID: int64(x.ID)}, At: night.Add(time.Hour)}}}
		if err := bot.Write(b.Context(), w, c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIdleStored is a tick with nothing due.
func BenchmarkIdleStored(b *testing.B) {
	w, _ := million(b)
	for b.Loop() {
		if _, _, err := w.store.Next(b.Context(), kinds); err != nil {
			b.Fatal(err)
		}
		if due, err := w.store.Claim(b.Context(), kinds, night, time.Minute, 256); err != nil || len(due) > 0 {
			b.Fatal(due, err)
		}
	}
}

// BenchmarkDueStored is a tick with 1,000 dailies due: claimed, posted, and planned anew.
func BenchmarkDueStored(b *testing.B) {
	w, raw := million(b)
	most := min(1000, *stored)
	for b.Loop() {
		b.StopTimer()
		w.now = w.now.Add(25 * time.Hour)
		if _, err := raw.ExecContext(b.Context(), `UPDATE due SET at = ?1 WHERE kind = 'subscription' AND id <= ?2`, w.now.UnixMicro(), most); err != nil {
			b.Fatal(err)
		}
		if _, err := raw.ExecContext(b.Context(), `UPDATE subscriptions SET next_at = ?1, next_day = next_day + 30 WHERE id <= ?2`, w.now.UnixMicro(), most); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		w.claimAll(b, most)
	}
	b.ReportMetric(float64(most), "dailies")
}

// claimAll claims what is due and does it, each in a goroutine of its own as the scheduler does.
func (w *world) claimAll(b *testing.B, want int) {
	b.Helper()
	done := 0
	for done < want {
		due, err := w.store.Claim(context.Background(), []bot.Kind{daily.SubscriptionKind}, w.now, time.Minute, 256)
		if err != nil || len(due) == 0 {
			b.Fatalf("%d of %d were due, %v", done, want, err)
		}
		var working sync.WaitGroup
		for _, d := range due {
			working.Go(func() {
				if _, err := w.daily.Due(context.Background(), d); err != nil {
					b.Error(err)
				}
			})
		}
		working.Wait()
		done += len(due)
	}
}
