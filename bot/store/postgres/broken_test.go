package postgres

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres/postgrestest"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// seenOnce is a change that counts: twice written, it would count twice.
func seenOnce(item string) *bot.Change {
	return &bot.Change{At: noon, Shown: []bot.Exposure{{Scope: bot.Scope{Chat: 1}, Pack: "p", Item: "p/f/choice/x", Options: 1, Times: 1, Last: noon}},
		Input: bot.InputID(item)}
}

func times(t *testing.T, db *DB) int {
	t.Helper()
	rows, err := db.Seen(t.Context(), bot.Scope{Chat: 1}, "p")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range rows {
		n += r.Times
	}
	return n
}

// TestACommitWhoseAnswerIsLostIsNotWrittenTwice breaks the connection around a commit: nobody but the
// server knows what became of it.
func TestACommitWhoseAnswerIsLostIsNotWrittenTwice(t *testing.T) {
	for name, cut := range map[string]func(*postgrestest.Proxy){
		"before the server heard of it": func(p *postgrestest.Proxy) { p.CutBefore("COMMIT") },
		"after the server heard of it":  func(p *postgrestest.Proxy) { p.CutAfter("COMMIT") },
		"before it began":               func(p *postgrestest.Proxy) { p.CutBefore("BEGIN") },
		"as it had begun":               func(p *postgrestest.Proxy) { p.CutAfter("BEGIN") },
	} {
		t.Run(name, func(t *testing.T) {
			p, through := postgrestest.NewProxy(t, database(t))
			db := openAt(t, through)
			for n := range 3 {
				cut(p)
				if err := db.Write(seenOnce(fmt.Sprint(n)))(t.Context()); err != nil {
					t.Errorf("change %d: %v", n, err)
				}
				if got := times(t, db); got != n+1 {
					t.Fatalf("after %d changes %d are there", n+1, got)
				}
			}
		})
	}
}

// TestNothingIsLostAsConnectionsBreak cuts every connection again and again while people answer.
func TestNothingIsLostAsConnectionsBreak(t *testing.T) {
	p, through := postgrestest.NewProxy(t, database(t))
	stores := []*DB{openAt(t, through), openAt(t, through)}
	const writers, each, cuts = 8, 25, 6
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := range each {
				if err := stores[w%len(stores)].Write(seenOnce(fmt.Sprintf("%d/%d", w, n)))(t.Context()); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
				if w == 0 && n%(each/cuts) == 0 {
					p.Cut()
				}
			}
		})
	}
	group.Wait()
	if got := times(t, stores[0]); got != writers*each {
		t.Errorf("%d changes are there of %d that were acknowledged", got, writers*each)
	}
}

// TestAProcessThatStandsStillKeepsNobodyFromWriting holds the lock of writers in a transaction that
// does nothing, as a suspended process does.
func TestAProcessThatStandsStillKeepsNobodyFromWriting(t *testing.T) {
	url := database(t)
	db := openAt(t, url)
	still, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer still.Close(context.Background())
	tx, err := still.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `SELECT pg_advisory_xact_lock($1)`, writerLock); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `SET LOCAL idle_in_transaction_session_timeout = 50`); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(seenOnce("1"))(t.Context()); err != nil {
		t.Error(err)
	}
	if err := tx.Commit(t.Context()); err == nil {
		t.Error("the process that stood still could commit")
	}
}

// TestTenProcessesStartAtOnce has them all make the schema of an empty database.
func TestTenProcessesStartAtOnce(t *testing.T) {
	url := postgrestest.Start(t).Database(t)
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			db, err := Open(context.Background(), url, Options{Connections: 1})
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			db.Close()
		})
	}
	group.Wait()
}
