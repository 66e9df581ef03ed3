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

// What can be wrong with the file of an open database. Their texts tell an operator what to do.
var (
	ErrGone     = errors.New("the file of the database was deleted or moved: put it back, or stop the bot and restore a backup or the copy that ends in .rescued; nothing is written until then")
	ErrReplaced = errors.New("another file is in the place of the database: restart the bot to use it, or restore the copy of what was there that ends in .rescued; nothing is written until then")
	ErrDisk     = errors.New("the disk could not be read or written: look at the log of the system")
)

// leastSpace is how many bytes must be free beside the database: with less the next commit fails.
const leastSpace = 1 << 20

// Ping reports whether the database can be read and written, by doing both, and whether its file is
// still the one that was opened. Its error holds one of the errors of this package.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.inPlace(); err != nil {
		if isLost(err) { // the writer makes a copy of what it still has
			err = errors.Join(err, db.now(ctx, func(context.Context, *statements) error { return nil }))
		}
		return err
	}
	var number int64
	if err := db.read.QueryRowContext(ctx, `SELECT number FROM revision`).Scan(&number); err != nil {
		return explained(err)
	}
	return db.SetNote(ctx, "heartbeat", time.Now().UTC().Format(time.RFC3339))
}

// inPlace looks at the file and its folder. It opens neither: closing a file of the database would
// take this process's locks on it away.
func (db *DB) inPlace() error {
	now, err := db.stat()
	switch {
	case err != nil:
		return err
	case now.Mode().Perm()&0o200 == 0:
		return ErrReadOnly
	}
	folder := filepath.Dir(db.path)
	if info, err := os.Stat(folder); err == nil && info.Mode().Perm()&0o200 == 0 {
		return ErrReadOnly
	}
	if free, known := space(folder); known && free < leastSpace {
		return ErrFull
	}
	return nil
}

// stat looks at the file, and returns ErrGone or ErrReplaced if it is not the one that was opened.
func (db *DB) stat() (os.FileInfo, error) {
	now, err := os.Stat(db.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrGone
	case err != nil:
		return nil, fmt.Errorf("%w (%w)", ErrDisk, err)
	case !os.SameFile(now, db.file):
		return nil, ErrReplaced
	}
	return now, nil
}

// isLost reports whether what is written would be lost: the open file has no name any more.
func isLost(err error) bool { return errors.Is(err, ErrGone) || errors.Is(err, ErrReplaced) }

// mayCommit returns an error if what is committed now would be lost. Then it writes what the open file holds
// to a copy beside the place where it was, once. The writer calls it between its transactions.
func (db *DB) mayCommit(ctx context.Context, s *statements) error {
	_, err := db.stat()
	if !isLost(err) {
		s.rescued = false
		return nil // whatever else is wrong is said by the commit
	}
	if s.rescued || s.conn == nil {
		return err
	}
	part := db.path + ".rescued-part"
	if rescue := errors.Join(removed(part), s.copyInto(ctx, part), synced(part)); rescue != nil {
		return fmt.Errorf("%w (what is still there could not be copied: %w)", err, explained(rescue))
	}
	if rescue := os.Rename(part, RescuedPath(db.path)); rescue != nil {
		return fmt.Errorf("%w (%w)", err, rescue)
	}
	s.rescued = true
	return err
}

// RescuedPath is where a database writes a copy of itself when its file is deleted or replaced under it.
func RescuedPath(path string) string { return path + ".rescued" }

// copyInto writes what the open file holds to a new file.
func (s *statements) copyInto(ctx context.Context, path string) error {
	_, err := s.conn.ExecContext(ctx, `VACUUM INTO ?`, path)
	return err
}

func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Used returns how many bytes of the file hold something: without the pages that are free.
func (db *DB) Used(ctx context.Context) (bytes int64, err error) {
	const query = `SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s`
	err = db.read.QueryRowContext(ctx, query).Scan(&bytes)
	return bytes, err
}

// FailedCommits tells how many commits failed.
func (db *DB) FailedCommits() int64 { return db.failed.Load() }

// LogSize is how many bytes the write-ahead log has.
func (db *DB) LogSize() int64 {
	info, err := os.Stat(db.path + "-wal")
	if err != nil {
		return 0
	}
	return info.Size()
}
