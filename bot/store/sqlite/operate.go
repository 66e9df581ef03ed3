package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// ErrExists means that a backup would overwrite a file.
var ErrExists = errors.New("the file is there already: choose another name, or move it away")

// Ping reports whether the writer and a reader answer.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.read.PingContext(ctx); err != nil {
		return explained(err)
	}
	return db.now(ctx, func(context.Context, *statements) error { return nil })
}

// Queued tells how many changes wait for the writer.
func (db *DB) Queued() int { return len(db.queue) }

// Check looks through the whole file. It returns an error that holds ErrCorrupt and what was
// found first, and takes about a second for a gigabyte.
func (db *DB) Check(ctx context.Context) error { return check(ctx, db.read) }

// CheckFile looks through a file that another process may be serving.
func CheckFile(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	db, err := open(path, usualBusy, "_pragma=query_only(1)", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	return check(ctx, db)
}

func check(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found); err != nil {
		return fmt.Errorf("check the database: %w", explained(err))
	}
	if found != "ok" {
		return fmt.Errorf("check the database: %w: %s", ErrCorrupt, found)
	}
	var table string
	switch err := db.QueryRowContext(ctx, `SELECT "table" FROM pragma_foreign_key_check LIMIT 1`).Scan(&table); {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("check the database: %w", explained(err))
	}
	return fmt.Errorf("check the database: %w: a row of %s refers to nothing", ErrCorrupt, table)
}

// Backup writes a copy of a database, as it is at one moment, to a new file, while another
// process may be serving it. The copy is whole and on disk when Backup returns; on an error
// there is none.
func Backup(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	switch _, err := os.Lstat(to); {
	case err == nil:
		return fmt.Errorf("back up to %s: %w", to, ErrExists)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("back up: %w", err)
	}
	db, err := open(path, usualBusy, "_pragma=query_only(0)", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	folder := filepath.Dir(to)
	part, err := os.CreateTemp(folder, filepath.Base(to)+".part-*") // mode 0600
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer os.Remove(part.Name())
	if err := part.Close(); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, part.Name()); err != nil { // an empty file may be written over
		return fmt.Errorf("back up to %s: %w", to, explained(err))
	}
	if err := synced(part.Name()); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := os.Link(part.Name(), to); err != nil { // unlike a rename, it overwrites nothing
		return fmt.Errorf("back up: %w", err)
	}
	return synced(folder)
}

func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Migrate brings the database in a file to the program's version and tells which it had and
// has.
func Migrate(ctx context.Context, path string) (from, to int64, err error) {
	db, err := open(path, usualBusy, "_txlock=immediate", 1)
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	from, to, err = migrate(ctx, db)
	if err != nil {
		return from, to, fmt.Errorf("migrate %s: %w", path, explained(err))
	}
	return from, to, nil
}

// Lock says that this process serves a database.
type Lock struct{ file *flock.Flock }

// lockRetry is how often a process that waits looks again.
const lockRetry = 100 * time.Millisecond

// Serve waits until no other process serves the database in a file, and returns what says that
// this one does. If somebody else is serving, waiting is called once. It is a lock of the
// operating system on a file beside the database and not a row with a time in it: the system
// gives it up in the moment in which its process dies, and a process that was only asleep still
// holds it.
func Serve(ctx context.Context, path string, waiting func()) (*Lock, error) {
	l := &Lock{flock.New(path+".lock", flock.SetPermissions(0o600))}
	got, err := l.file.TryLock()
	if err == nil && !got {
		waiting()
		_, err = l.file.TryLockContext(ctx, lockRetry)
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return l, nil
}

// Release lets the next process serve.
func (l *Lock) Release() error { return l.file.Close() }

// Prune forgets which inputs were handled before a time, a thousand at once, and the drafts of
// packs that nobody published since. Whoever calls it keeps inputs for as long as a platform
// may send them again.
func (db *DB) Prune(ctx context.Context, before time.Time) (int64, error) {
	total := int64(0)
	for {
		var gone int64
		err := db.now(ctx, func(ctx context.Context, s *statements) (err error) {
			gone, err = s.changed(ctx, `DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE at < ? AND handled > 0 LIMIT 1000)`, micros(before))
			if err != nil || gone > 0 {
				return err
			}
			_, err = s.exec(ctx, `DELETE FROM drafts WHERE at < ?`, micros(before))
			return err
		})
		total += gone
		if err != nil || gone == 0 {
			return total, err
		}
	}
}
