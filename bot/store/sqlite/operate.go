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
)

// ErrExists means that a backup would overwrite a file.
var ErrExists = errors.New("the file is there already: choose another name, or move it away")

// Fold writes the log into the file and empties it, so that nothing of what was deleted is left. It
// returns an error that holds ErrLocked if somebody reads what is in the log.
func (db *DB) Fold(ctx context.Context) error {
	var busy, inLog, folded int
	if err := db.fold.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &inLog, &folded); err != nil {
		return fmt.Errorf("fold the log: %w", explained(err))
	}
	if busy != 0 {
		return fmt.Errorf("fold the log: %w", ErrLocked)
	}
	return nil
}

// Queued tells how many changes wait for the writer.
func (db *DB) Queued() int { return db.queue.len() }

// Check looks through the whole file. It returns an error that holds ErrCorrupt and what was
// found first, and takes about a second for a gigabyte.
func (db *DB) Check(ctx context.Context) error { return check(ctx, db.read, `PRAGMA quick_check(1)`) }

// CheckFile looks through a file that another process may be serving, and compares all indexes with
// their tables.
func CheckFile(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	db, err := open(path, usualBusy, "mode=ro", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	return check(ctx, db, `PRAGMA integrity_check(1)`)
}

func check(ctx context.Context, db *sql.DB, how string) error {
	var found string
	if err := db.QueryRowContext(ctx, how).Scan(&found); err != nil {
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
	db, err := open(path, usualBusy, "mode=ro", 1)
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
	if err := synced(folder); err != nil {
		return err
	}
	return noteBackup(ctx, path)
}

// backupNote is where a database keeps when it was last backed up.
const backupNote = "last-backup"

// noteBackup notes that a database was backed up just now. One that cannot be written has its copy
// all the same.
func noteBackup(ctx context.Context, path string) error {
	db, err := open(path, usualBusy, writing, 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
		backupNote, time.Now().UTC().Format(time.RFC3339))
	if err = explained(err); errors.Is(err, ErrReadOnly) || errors.Is(err, ErrFull) || errors.Is(err, ErrLocked) {
		err = nil
	}
	return errors.Join(err, db.Close())
}

// LastBackup tells when the database was last backed up; a zero time: never.
func (db *DB) LastBackup(ctx context.Context) (time.Time, error) {
	text, err := db.Note(ctx, backupNote)
	if err != nil || text == "" {
		return time.Time{}, explained(err)
	}
	return time.Parse(time.RFC3339, text)
}

func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
