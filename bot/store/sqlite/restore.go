package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Errors of Restore.
var (
	ErrServed = errors.New("the bot is running on this database: stop it first")
	ErrSame   = errors.New("the copy is the database itself: name a copy that was made with backup")
)

// Restore puts a copy in the place of a database, and returns where the database that was there is
// kept; "" if there was none. The copy is checked as a whole before anything is changed, and the
// database is its old or its new self at every moment, whenever the machine fails. What a crash
// left in the log of the old database goes with it and never into the copy.
func Restore(ctx context.Context, from, path string, now time.Time) (kept string, err error) {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	source, err := os.Stat(from)
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	if !source.Mode().IsRegular() {
		return "", fmt.Errorf("restore from %s: it is no file", from)
	}
	if target, err := os.Stat(path); err == nil && os.SameFile(source, target) {
		return "", fmt.Errorf("restore from %s: %w", from, ErrSame)
	}
	lock, err := hold(path)
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	defer lock.Close()
	part, err := checkedCopy(ctx, from, filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return "", fmt.Errorf("restore from %s: %w", from, err)
	}
	defer os.Remove(part)
	if kept, err = setAside(ctx, path, now); err != nil {
		return kept, fmt.Errorf("restore: keep the old database: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return kept, fmt.Errorf("restore: %w", err)
	}
	return kept, synced(filepath.Dir(path))
}

// checkedCopy copies a database of ours beside the place where it will stand, looks through all of
// it, and returns the copy's path.
func checkedCopy(ctx context.Context, from, folder, name string) (string, error) {
	if err := known(ctx, from, usualBusy, false); err != nil {
		return "", explained(err)
	}
	db, err := open(from, usualBusy, "mode=ro", 1)
	if err != nil {
		return "", err
	}
	defer db.Close()
	var tables int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'goose_db_version'`).Scan(&tables); err != nil {
		return "", explained(err)
	}
	if tables == 0 {
		return "", ErrCorrupt // an empty file is a database without tables
	}
	if err := tooNew(ctx, db); err != nil {
		return "", err
	}
	part, err := os.CreateTemp(folder, name+".restore-*") // mode 0600
	if err != nil {
		return "", err
	}
	if err := part.Close(); err != nil {
		return "", err
	}
	err = func() error {
		if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, part.Name()); err != nil {
			return explained(err)
		}
		if err := CheckFile(ctx, part.Name()); err != nil {
			return err
		}
		return synced(part.Name())
	}()
	if err != nil {
		return "", errors.Join(err, os.Remove(part.Name()))
	}
	return part.Name(), nil
}

// setAside gives the old database a second name, under which it stays, and takes away what would be
// read into a new one in its place: its log. One that is whole is folded before; of a damaged one
// the log is kept as well.
func setAside(ctx context.Context, path string, now time.Time) (kept string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		for _, end := range []string{"-wal", "-shm"} { // of a database that is gone
			if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
		return "", nil
	}
	if db, err := open(path, usualBusy, writing, 1); err == nil {
		_, _ = db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`) // the last one to close it removes the log
		db.Close()
	}
	kept = path + ".before-restore-" + now.UTC().Format("20060102-150405")
	for n := 2; ; n++ {
		err := os.Link(path, kept)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) || n > 1000 {
			return "", err
		}
		kept = fmt.Sprintf("%s.before-restore-%s-%d", path, now.UTC().Format("20060102-150405"), n)
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Rename(path+end, kept+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, err
		}
	}
	return kept, synced(filepath.Dir(path))
}
