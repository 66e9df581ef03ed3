package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"summitquiz/bot"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// fill claims n inputs, each with something due.
func fill(t *testing.T, db *DB, n int) {
	t.Helper()
	var waits []func(context.Context) error
	for i := range n {
		waits = append(waits, db.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("in-", i)), At: noon,
			Due: []bot.Due{{Key: bot.DueKey{Kind: "game", ID: int64(i)}, At: noon}}}))
	}
	for _, wait := range waits {
		if err := wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func count(t *testing.T, db *DB, table string) int {
	t.Helper()
	var n int
	if err := db.read.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestABackupHoldsWhatWasAcknowledged(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "quiz.db"), filepath.Join(folder, "copy.db")
	db := openAt(t, path)
	fill(t, db, 500)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() { // writing goes on while the copy is made
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := db.Write(&bot.Change{Input: bot.InputID(fmt.Sprint("later-", i)), At: noon})(context.Background()); err != nil {
				t.Errorf("write during the backup: %v", err)
				return
			}
		}
	}()
	err := Backup(t.Context(), path, copied)
	close(stop)
	<-done
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v; want mode 0600", info.Mode(), err)
	}
	restored := openAt(t, copied)
	if n := count(t, restored, "due"); n != 500 {
		t.Errorf("the copy holds %d rows, want 500", n)
	}
	if err := restored.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if err := Backup(t.Context(), path, copied); !errors.Is(err, ErrExists) {
		t.Errorf("a backup over a file: %v, want %v", err, ErrExists)
	}
	if err := Backup(t.Context(), path, filepath.Join(folder, "no", "copy.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a backup into no folder: %v", err)
	}
	if err := Backup(t.Context(), filepath.Join(folder, "none.db"), filepath.Join(folder, "x.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a backup of no file: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*part*")); err != nil || len(left) > 0 {
		t.Errorf("backups left %v, %v", left, err)
	}
}

// TestDamageIsFound spoils pages in the middle of a file.
func TestDamageIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db := openAt(t, path)
	fill(t, db, 3000)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := CheckFile(t.Context(), path); err != nil {
		t.Fatalf("before: %v", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+40000; i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckFile(t.Context(), path); !errors.Is(err, ErrCorrupt) {
		t.Errorf("after: %v, want %v", err, ErrCorrupt)
	}
}

// TestAWriteThatFindsTheDiskFull gets an error that says so; what was there stays, and writing
// goes on when there is room again.
func TestAWriteThatFindsTheDiskFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db := openAt(t, path)
	fill(t, db, 100)
	limit := func(pages int) {
		t.Helper()
		if err := db.now(t.Context(), func(ctx context.Context, s *statements) error {
			var got int
			return s.conn.QueryRowContext(ctx, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)).Scan(&got)
		}); err != nil {
			t.Fatal(err)
		}
	}
	limit(1)
	var failed error
	for i := 0; failed == nil && i < 10000; i++ {
		failed = db.Write(&bot.Change{Input: bot.InputID(fmt.Sprintf("full-%0200d", i)), At: noon})(t.Context())
	}
	if !errors.Is(failed, ErrFull) {
		t.Fatalf("a full disk gave %v, want %v", failed, ErrFull)
	}
	limit(1 << 30)
	if err := db.Write(&bot.Change{Input: "room again", At: noon})(t.Context()); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if n := count(t, db, "due"); n != 100 {
		t.Errorf("%d of 100 rows are there", n)
	}
}

// TestALockedDatabase is written by another program: whoever writes gets an error in time, and
// writing goes on afterwards.
func TestALockedDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db, err := Open(t.Context(), path, Options{Busy: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(1000)")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	conn, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	change := func() *bot.Change { return &bot.Change{Input: "in", At: noon} }
	if err := db.Write(change())(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("a locked database gave %v, want %v", err, ErrLocked)
	}
	if second, err := Open(t.Context(), path, Options{Busy: 50 * time.Millisecond}); err != nil {
		t.Errorf("a database of the right version opens without writing: %v", err)
	} else if err := second.Close(); err != nil {
		t.Error(err)
	}
	if _, err := conn.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(change())(t.Context()); err != nil {
		t.Errorf("the same input afterwards: %v", err)
	}
}

// TestADatabaseThatCannotBeWritten gives whoever writes an error that says what to do; what was
// there stays, and the same input is taken when the database can be written again.
func TestADatabaseThatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db := openAt(t, path)
	fill(t, db, 10)
	if err := db.now(t.Context(), func(ctx context.Context, s *statements) error {
		_, err := s.conn.ExecContext(ctx, `PRAGMA query_only = 1`)
		return err
	}); err != nil && !errors.Is(err, ErrReadOnly) { // its own commit may be the first to meet it
		t.Fatal(err)
	}
	change := func() *bot.Change { return &bot.Change{Input: "late", At: noon} }
	if err := db.Write(change())(t.Context()); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a database that cannot be written gave %v, want %v", err, ErrReadOnly)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := openAt(t, path)
	if n := count(t, again, "due"); n != 10 {
		t.Errorf("%d of 10 rows are there", n)
	}
	if err := again.Write(change())(t.Context()); err != nil {
		t.Errorf("the same input afterwards: %v", err)
	}
}
