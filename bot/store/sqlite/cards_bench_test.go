package sqlite

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// How large the deck of BenchmarkCards is.
var (
	learnersInBench = flag.Int("learners", 1000, "members in BenchmarkCards")
	cardsInBench    = flag.Int("cards", 300, "cards of each member in BenchmarkCards")
)

const benchDay = quiz.Day(20_782)

var benchNow = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// fillCards gives each member their cards: most are reviewed after weeks, some are due today.
func fillCards(tb testing.TB, db *DB) {
	tb.Helper()
	for from := 1; from <= *learnersInBench; from += 500 {
		to := min(from+499, *learnersInBench)
		err := db.now(context.Background(), func(ctx context.Context, s *statements) error {
			for _, query := range []string{
				`WITH RECURSIVE m (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM m WHERE n < ?2)
					INSERT INTO members (id, lang, own, zone, digits, owner) SELECT n, 0, 0, '', 0, 0 FROM m`,
				`WITH RECURSIVE m (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM m WHERE n < ?2)
					INSERT INTO learners (member, version, settings, feed, fed, session)
					SELECT n, 1, '{"new":10,"reviews":100,"retention":0.9,"remind":-1}', 2, 0, '' FROM m`,
			} {
				if _, err := s.exec(ctx, query, from, to); err != nil {
					return err
				}
			}
			_, err := s.exec(ctx, `WITH RECURSIVE m (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM m WHERE n < ?2),
				c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < ?3 - 1)
				INSERT INTO cards (member, fact, key, state, step, stability, difficulty, interval, due, due_day, reviewed, day, reps, lapses, suspended, buried,
					value, version, changed, retired)
				SELECT n, printf('countries-of-the-world/fact-%04d', i), n * 7919 + i * 104729, 2, 0, 20.5 + i, 5.25, 1 + (n + i * 7) % 60,
					?4 + ((n + i * 7) % 60 - 20) * 86400000000, ?5 + (n + i * 7) % 60 - 20, ?4 - 86400000000 * 21, ?5 - 21, 5, i % 3, 0, 0,
					n * 31 + i, 77, 0, 0 FROM m CROSS JOIN c`, from, to, *cardsInBench, micros(benchNow), int64(benchDay))
			return err
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkCards measures what members with many cards wait for: what is due, and a rating. The figures
// of docs/benchmarks.md are those of -learners 100000.
func BenchmarkCards(b *testing.B) {
	path := filepath.Join(b.TempDir(), "quiz.db")
	db, err := Open(b.Context(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	size := func() (bytes int64) {
		row := db.read.QueryRow(`SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`)
		if err := row.Scan(&bytes); err != nil {
			b.Fatal(err)
		}
		return bytes
	}
	before, began := size(), time.Now()
	fillCards(b, db)
	all := float64(*learnersInBench * *cardsInBench)
	bytes := float64(size()-before) / all
	filled := time.Since(began)
	chance := rand.New(rand.NewPCG(1, 2))
	scheduler, err := flashcard.NewScheduler(flashcard.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	var asked, rated []time.Duration
	const tries = 2000
	for b.Loop() {
		for range tries {
			m := bot.MemberID(1 + chance.IntN(*learnersInBench))
			start := time.Now()
			due, err := db.DueCards(b.Context(), m, benchNow, benchDay, 300)
			if err != nil || len(due) == 0 {
				b.Fatalf("%d cards are due, %v", len(due), err)
			}
			asked = append(asked, time.Since(start))
			start = time.Now()
			if err := rateOnce(b.Context(), db, scheduler, m, due[0]); err != nil {
				b.Fatal(err)
			}
			rated = append(rated, time.Since(start))
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(bytes, "bytes/card")
	b.ReportMetric(all/filled.Seconds(), "cards/s-filled")
	for name, took := range map[string][]time.Duration{"due": asked, "rate": rated} {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), name+"-p50-µs")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), name+"-p99-µs")
	}
}

// rateOnce rates a card as studying does.
func rateOnce(ctx context.Context, db *DB, s *flashcard.Scheduler, m bot.MemberID, c bot.Card) error {
	l, err := db.Learner(ctx, m)
	if err != nil {
		return err
	}
	did, err := s.Rate(c.Memory, flashcard.Review{Rating: flashcard.Good, At: benchNow, Day: benchDay, Reps: c.Memory.Reps, Took: 4 * time.Second})
	if err != nil {
		return err
	}
	c.Memory = did.After
	l.Version++
	return db.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("bench:", m, c.ID, l.Version)), At: benchNow, Learner: &l, Cards: []bot.Card{c},
		Reviews: []bot.CardReview{{Card: c.ID, Member: m, Review: did.Review, Algorithm: s.Version(), Item: quiz.ItemID(c.Memory.Fact) + "/typed/capital",
			Proposed: flashcard.Good, Before: did.Before, Due: did.After.Due, Interval: did.After.Interval}}})(ctx)
}
