package postgres

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/store/postgres/postgrestest"
)

// TestAStandbyIsRefused opens a copy of the server that follows it, which takes no writes.
func TestAStandbyIsRefused(t *testing.T) {
	t.Parallel()
	server := postgrestest.Own(t)
	if _, _, err := Migrate(t.Context(), server.URL("postgres")); err != nil {
		t.Fatal(err)
	}
	at := server.Standby(t).URL("postgres")
	_, err := Open(t.Context(), at, Options{})
	if !errors.Is(err, ErrStandby) || !strings.Contains(err.Error(), "put the primary server into DATABASE_URL") {
		t.Errorf("Open = %v", err)
	}
}

// TestASlowDatabaseKeepsLeasesAndChanges has the server hear of everything two seconds later. A process keeps its lease
// within the time that it takes for asking, and what it writes is there once.
func TestASlowDatabaseKeepsLeasesAndChanges(t *testing.T) {
	t.Parallel() // it mostly waits
	p, through := postgrestest.NewProxy(t, database(t))
	db := openAt(t, through)
	hold := func() int64 {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // as bot/lease asks
		defer cancel()
		fence, err := db.Hold(ctx, "telegram", "one", "", 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		return fence
	}
	first := hold()
	p.Slow(2 * time.Second)
	if fence := hold(); fence != first {
		t.Errorf("the fence is %d, after %d", fence, first)
	}
	if err := db.Write(seenOnce("slow"))(t.Context()); err != nil {
		t.Error(err)
	}
	p.Slow(0)
	if n := times(t, db); n != 1 {
		t.Errorf("what was written slowly is there %d times", n)
	}
}

// TestOnlyTheServersClockDecidesLeases has the row of a lease say until when it holds by the server's clock, whatever the
// clock of a process says: none of theirs is sent.
func TestOnlyTheServersClockDecidesLeases(t *testing.T) {
	url := database(t)
	db := openAt(t, url)
	if _, err := db.Hold(t.Context(), "telegram", "one", "", time.Hour); err != nil {
		t.Fatal(err)
	}
	var left int64
	if err := db.row(t.Context(), `SELECT until - `+serverNow+` FROM leases WHERE name = 'telegram'`).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if d := time.Duration(left) * time.Microsecond; d > time.Hour || d < 50*time.Minute {
		t.Errorf("by the server's clock it holds for %v", d)
	}
	in(t, url, `UPDATE leases SET until = until - 2 * 3600 * 1000000::bigint`) // two hours pass at the server
	if _, err := db.Hold(t.Context(), "telegram", "two", "", time.Hour); err != nil {
		t.Errorf("a lease that is over by the server's clock is not free: %v", err)
	}
}

// TestAFullDiskIsSaidAndWritingGoesOn has the server say that its disk is full, and have room again.
func TestAFullDiskIsSaidAndWritingGoesOn(t *testing.T) {
	url := database(t)
	db := openAt(t, url)
	in(t, url, `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`,
		`CREATE TRIGGER full_disk BEFORE INSERT ON exposures FOR EACH ROW EXECUTE FUNCTION full_disk()`)
	for n := range 2 {
		if err := db.Write(seenOnce("full"))(t.Context()); !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "make room, and writing goes on by itself") {
			t.Errorf("write %d gets %v", n, err)
		}
	}
	if n := db.FailedCommits(); n != 2 || times(t, db) != 0 {
		t.Errorf("%d commits failed, and %d changes are there", n, times(t, db))
	}
	in(t, url, `DROP TRIGGER full_disk ON exposures`)
	if err := db.Write(seenOnce("full"))(t.Context()); err != nil || times(t, db) != 1 {
		t.Errorf("with room again the change gets %v and is there %d times", err, times(t, db))
	}
}
