package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"summitquiz/bot"
)

// TestHealthIsTrue moves, replaces and locks the file of an open database: each is told by name, and
// it is well again as soon as the file is as it was.
func TestHealthIsTrue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db := openAt(t, path)
	aside := path + ".aside"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ping := func(what string, want error) {
		t.Helper()
		if err := db.Ping(t.Context()); !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%s: Ping = %v, want %v", what, err, want)
		}
	}
	ping("at first", nil)
	must(os.Rename(path, aside))
	ping("after it was moved", ErrGone)
	if err := db.SetNote(t.Context(), "lost", "x"); !errors.Is(err, ErrGone) {
		t.Errorf("a write to a file without a name: %v", err)
	}
	must(os.WriteFile(path, []byte("something else"), 0o600))
	ping("after it was replaced", ErrReplaced)
	must(os.Remove(path))
	must(os.Rename(aside, path))
	ping("after it came back", nil)
	must(os.Chmod(path, 0o400))
	ping("after it was made read-only", ErrReadOnly)
	must(os.Chmod(path, 0o600))
	ping("after it can be written again", nil)
	if beat, err := db.Note(t.Context(), "heartbeat"); err != nil || beat == "" {
		t.Errorf("the heartbeat is %q, %v", beat, err)
	}
}

// TestAFullDiskIsTold fills a small disk where the machine has one for tests: its folder is named
// by SUMMITQUIZ_TEST_SMALL_DISK, such as a tmpfs of 8 MiB. Elsewhere it fills the database alone.
func TestAFullDiskIsTold(t *testing.T) {
	db, room := filled(t, os.Getenv("SUMMITQUIZ_TEST_SMALL_DISK"))
	written := 0
	for i := 0; ; i++ {
		c := &bot.Change{Input: bot.InputID(fmt.Sprintf("in-%d-%1000d", i, i)), At: noon}
		if err := db.Write(c)(context.Background()); err != nil {
			if !errors.Is(err, ErrFull) && !errors.Is(err, ErrDisk) {
				t.Errorf("a write on a full disk: %v", err)
			}
			break
		}
		written++
	}
	if db.FailedCommits() == 0 {
		t.Error("no commit counts as failed")
	}
	room()
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if n := count(t, db, "inbox"); n != written {
		t.Errorf("%d inputs were acknowledged and %d are there", written, n)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// filled is a database without room, and what gives it room again; disk is a folder on a small disk
// or empty.
func filled(t *testing.T, disk string) (db *DB, room func()) {
	if disk != "" {
		return fullDisk(t, disk)
	}
	return fullDatabase(t)
}

// fullDatabase opens a database that may not grow, which SQLite refuses like a full disk; room lets
// it grow again.
func fullDatabase(t *testing.T) (db *DB, room func()) {
	db = openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	limit := func(pages int) {
		err := db.now(t.Context(), func(ctx context.Context, s *statements) error {
			_, err := s.exec(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite makes it as many as there are
	return db, func() { limit(1 << 30) }
}

// fullDisk opens a database on a disk that it fills; room empties it again.
func fullDisk(t *testing.T, disk string) (db *DB, room func()) {
	folder, err := os.MkdirTemp(disk, "full-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	db = openAt(t, filepath.Join(folder, "quiz.db"))
	filler := filepath.Join(folder, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<16)
	for err == nil {
		_, err = f.Write(block)
	}
	_ = f.Close()
	if err := db.Ping(t.Context()); !errors.Is(err, ErrFull) {
		t.Errorf("Ping = %v, want ErrFull", err)
	}
	return db, func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTheLogIsBounded holds that what a slow reader lets the log grow to is given back when it has
// ended.
func TestTheLogIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db := openAt(t, path)
	fill(t, db, 10)
	slow, err := db.read.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := slow.QueryRow(`SELECT count(*) FROM inbox`).Scan(&n); err != nil { // holds what it sees
		t.Fatal(err)
	}
	note := make([]byte, 1<<20)
	for i := range note {
		note[i] = byte('a' + i%26)
	}
	for i := range 24 {
		if err := db.SetNote(t.Context(), fmt.Sprint("long-", i), string(note)); err != nil {
			t.Fatal(err)
		}
	}
	grown := db.LogSize()
	if err := db.Fold(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("Fold beside a slow reader = %v, want ErrLocked", err)
	}
	if err := slow.Rollback(); err != nil {
		t.Fatal(err)
	}
	for i := range 24 { // nobody folds by hand: the writer does as it goes on
		if err := db.SetNote(t.Context(), fmt.Sprint("later-", i), string(note)); err != nil {
			t.Fatal(err)
		}
	}
	if now := db.LogSize(); grown < 20<<20 || now > 20<<20 {
		t.Errorf("the log had %d bytes beside a slow reader and has %d after it", grown, now)
	}
}

// TestABackupIsNoted holds that the time of the last backup is known to who serves the database.
func TestABackupIsNoted(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "quiz.db")
	db := openAt(t, path)
	if at, err := db.LastBackup(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("before any backup: %v, %v", at, err)
	}
	start := time.Now().Add(-2 * time.Second)
	if err := Backup(t.Context(), path, filepath.Join(folder, "copy.db")); err != nil {
		t.Fatal(err)
	}
	if at, err := db.LastBackup(t.Context()); err != nil || at.Before(start) {
		t.Errorf("after a backup: %v, %v", at, err)
	}
}
