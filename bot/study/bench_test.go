package study_test

import (
	"context"
	"database/sql"
	"flag"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
)

// reminders is how many members BenchmarkReminders reminds. The figures of docs/benchmarks.md are those
// of -reminders 20000.
var reminders = flag.Int("reminders", 200, "members who are reminded at once in BenchmarkReminders")

// asleep fills a database with members who are reminded at one minute (3), each with ten cards due and
// twenty that are not.
const asleep = `
	INSERT INTO spaces (id, platform, key, title) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
		SELECT i + 1000, 'plain', 'dm' || i, '' FROM n;
	INSERT INTO chats (id, space, platform, key, private) SELECT id, id, platform, key, 1 FROM spaces WHERE id > 1000;
	INSERT INTO members (id, lang, own, zone, digits, owner) SELECT id, 0, 0, '', 0, 0 FROM spaces WHERE id > 1000;
	INSERT INTO learners (member, version, settings, feed, fed, session)
		SELECT id, 1, printf('{"new":10,"reviews":100,"retention":0.9,"remind":510,"chat":%d,"zone":"UTC"}', id), 2, 0, '' FROM spaces WHERE id > 1000;
	INSERT INTO cards (member, fact, key, state, step, stability, difficulty, interval, due, due_day, reviewed, day, reps, lapses, suspended, buried,
			value, version, changed, retired)
		WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 29)
		SELECT s.id, 'rivers/r' || i, s.id * 7919 + i, 2, 0, 20.5, 5.25, 21, ?3, ?2 + i - 9, ?3, ?2 + i - 30, 5, 0, 0, 0, 1, 1, 0, 0
		FROM spaces s CROSS JOIN c WHERE s.id > 1000;
	INSERT INTO due (kind, id, at, attempt) SELECT 'study', id, ?3, 0 FROM spaces WHERE id > 1000;
	INSERT INTO numbers (id) VALUES (?1 + 1000000);`

// counted is a platform that counts the reminders that arrive.
type counted struct {
	plain
	mu   sync.Mutex
	left int
	all  chan struct{}
}

func (c *counted) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if d.Slot.Part == "remind" {
		c.mu.Lock()
		if c.left--; c.left == 0 {
			close(c.all)
		}
		c.mu.Unlock()
	}
	return c.plain.Deliver(ctx, d)
}

// BenchmarkReminders is the minute of the morning in which everybody is reminded, and how long somebody
// waits meanwhile who reviews: from the moment at which all are due to the last reminder's arrival on a
// platform that takes them at once.
func BenchmarkReminders(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s := open(b)
		s.load(rivers(30))
		p := s.student("Ada", en)
		p.command("review")
		s.close()
		at := morning.Add(30 * time.Minute)
		raw, err := sql.Open("sqlite", "file:"+s.file+"?_pragma=busy_timeout(60000)")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := raw.ExecContext(b.Context(), asleep, *reminders, int(p.today()), at.UnixMicro()); err != nil {
			b.Fatal(err)
		}
		if err := raw.Close(); err != nil {
			b.Fatal(err)
		}
		arrive := &counted{left: *reminders, all: make(chan struct{})}
		s.platform = arrive
		s.start()
		b.StartTimer()
		began := time.Now()
		s.clock.Advance(30 * time.Minute)
		waits := p.reviewUntil(arrive.all)
		took := time.Since(began)
		b.ReportMetric(took.Seconds(), "s-for-all")
		b.ReportMetric(float64(*reminders)/took.Seconds(), "reminders/s")
		slices.Sort(waits)
		b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "rating-p50-ms")
		b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds())/1000, "rating-p99-ms")
	}
}

// reviewUntil rates a card and takes that back until something ends, and returns how long each took.
func (p *student) reviewUntil(end <-chan struct{}) (waits []time.Duration) {
	p.answer(true)
	for {
		for _, label := range []string{"Good", "Undo"} {
			began := time.Now()
			p.press(label)
			waits = append(waits, time.Since(began))
		}
		select {
		case <-end:
			return waits
		default:
		}
	}
}
