// Package sqlite keeps everything in one SQLite file.
//
// It promises that what it acknowledged is on disk, also after a power cut; that a change is
// written whole or not at all, in the order in which changes were queued; and that a file which
// it cannot use is left as it is, with an error that says what to do. Several processes may share
// a file. It decides nothing but what the fences of a change ask for: what a change means is the
// service's work.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"summitquiz/bot"
)

// Errors of Open. Their texts tell an operator what to do.
var (
	ErrNewer    = errors.New("the database was written by a newer version of the program: run that version, or restore a backup")
	ErrLocked   = errors.New("another program holds the database: stop it, or wait until it is done")
	ErrReadOnly = errors.New("the database cannot be written: check the permissions of the file and its folder")
	ErrFull     = errors.New("the disk is full: make room, and writing goes on by itself")
	ErrForeign  = errors.New("the file is the database of another program: choose another file")
	ErrCorrupt  = errors.New("the file is damaged or no SQLite database: restore a backup, or choose another file")
)

// Meter is told of every commit.
type Meter interface {
	Committed(changes int, took time.Duration)
}

// Options of Open.
type Options struct {
	Meter Meter         // may be nil
	Busy  time.Duration // how long a statement waits for another process; 0: five seconds
}

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	write  *sql.DB // one connection
	read   *sql.DB
	fold   *sql.DB // one connection, for what no transaction may be around
	path   string
	file   os.FileInfo  // as it was opened
	failed atomic.Int64 // commits
	queue  queue
	meter  Meter
	busy   time.Duration
	ended  sync.WaitGroup
	close  sync.Once
}

var _ bot.Store = (*DB)(nil)

// usualBusy is how long a statement waits for another process where nothing else is asked for.
const usualBusy = 5 * time.Second

// Open opens or makes the database in a file, brings it to the program's version and starts
// the writer. The caller closes it.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	busy := cmp.Or(o.Busy, usualBusy)
	write, _, _, err := prepare(ctx, path, busy, false)
	if err != nil {
		return nil, err
	}
	read, err := open(path, busy, reading, 8)
	if err != nil {
		write.Close()
		return nil, err
	}
	fold, err := open(path, time.Second, writing, 1)
	if err != nil {
		return nil, errors.Join(err, write.Close(), read.Close())
	}
	file, err := os.Stat(path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close(), read.Close(), fold.Close())
	}
	db := &DB{path: path, file: file, write: write, read: read, fold: fold, queue: queue{some: make(chan struct{}, 1)}, meter: o.Meter, busy: busy}
	db.ended.Go(db.writer)
	return db, nil
}

// How connections work: all of an open database, the writer's, with room for the pages of a large
// commit and a log that is folded into the file every 16 MiB and not every four, and the readers'.
// What is deleted is overwritten, and a log that a slow reader let grow is cut down afterwards.
const (
	durable = "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
	writing = durable + "&_txlock=immediate&_pragma=cache_size(-16384)&_pragma=temp_store(2)&_pragma=wal_autocheckpoint(4096)&_pragma=secure_delete(1)&_pragma=journal_size_limit(16777216)"
	reading = durable + "&_pragma=query_only(1)&mode=rw" // a file that was deleted is not made anew
)

// open returns a database in a file with settings for each of its connections.
func open(path string, busy time.Duration, extra string, connections int) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Opaque: url.PathEscape(path)}
	dsn := strings.ReplaceAll(u.String(), "%2F", "/") + "?_pragma=busy_timeout(" + fmt.Sprint(busy.Milliseconds()) + ")&" + extra
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// locked reports whether err says that another process holds the database.
func locked(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && (e.Code()&0xFF == codes.SQLITE_BUSY || e.Code()&0xFF == codes.SQLITE_LOCKED)
}

// explained returns err with what an operator can do about it.
func explained(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) || isDisks(err) || errors.Is(err, ErrLocked) {
		return err // of another kind, or explained already
	}
	var why error
	switch e.Code() & 0xFF {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		why = ErrLocked
	case codes.SQLITE_READONLY, codes.SQLITE_PERM, codes.SQLITE_CANTOPEN:
		why = ErrReadOnly
	case codes.SQLITE_IOERR:
		why = ErrDisk
	case codes.SQLITE_FULL:
		why = ErrFull
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		why = ErrCorrupt
	default:
		return err
	}
	return fmt.Errorf("%w (%w)", why, err)
}

// Close writes what is queued and closes the file.
func (db *DB) Close() error {
	var err error
	db.close.Do(func() {
		db.queue.close()
		db.ended.Wait()
		err = errors.Join(db.read.Close(), db.fold.Close(), db.write.Close())
	})
	return err
}

// micros is a time as it is kept; zero times are 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func timeOf(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

// one turns "no rows" into ErrNone.
func one(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return bot.ErrNone
	}
	return explained(err)
}
