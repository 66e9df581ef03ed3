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
	ErrGone     = errors.New("the file of the database was deleted or moved: put it back, or stop the bot and restore a backup; what is written now is lost")
	ErrReplaced = errors.New("another file is in the place of the database: restart the bot to use it; what is written now is lost")
	ErrDisk     = errors.New("the disk could not be read or written: look at the log of the system")
)

// leastSpace is how many bytes must be free beside the database: with less the next commit fails.
const leastSpace = 1 << 20

// Ping reports whether the database can be read and written, by doing both, and whether its file is
// still the one that was opened. Its error holds one of the errors of this package.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.inPlace(); err != nil {
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
	now, err := os.Stat(db.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrGone
	case err != nil:
		return fmt.Errorf("%w (%w)", ErrDisk, err)
	case !os.SameFile(now, db.file):
		return ErrReplaced
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
