// Package postgres keeps everything in one PostgreSQL database, which any number of processes share.
//
// It promises what the store of one file promises: what it acknowledged is durable as the server
// makes it so, also where a connection broke in the middle of a commit; a change is written whole or
// not at all, in the order in which changes were queued; and a database that it cannot use is left as
// it is, with an error that says what to do. One batch at a time is written, whichever process it
// comes from: so numbers become visible in the order in which they were given, and whoever follows
// the answer log by number misses nothing. Readers wait for nobody. It decides nothing but what the
// fences of a change ask for, and those are looked at in the database.
package postgres

import (
	"cmp"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"summitquiz/bot"
)

// Meter is told of every commit.
type Meter interface {
	Committed(changes int, took time.Duration)
}

// Options of Open.
type Options struct {
	Meter       Meter         // may be nil
	Connections int           // to read by, besides the one to write by; 0: eight
	Patience    time.Duration // how long a statement waits for the database to come back; 0: ten seconds
	Statement   time.Duration // how long the server lets one statement run; 0: thirty seconds
	Lock        time.Duration // how long a statement waits for another one; 0: twenty seconds
	There       bool          // an empty database is refused: something should be in it
}

// What Open takes where nothing else is asked for.
const (
	usualConnections = 8
	usualPatience    = 10 * time.Second
)

// How long the server lets one statement run and wait for another one, and a process stop in the
// middle of a batch: one that was suspended then must not keep the others from writing.
const (
	statementTimeout = 30 * time.Second
	lockTimeout      = 20 * time.Second
	idleTimeout      = 3 * time.Second
	connectTimeout   = 15 * time.Second // a server that is slow by two seconds is asked six times
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	write    *pgxpool.Pool // one connection
	read     *pgxpool.Pool
	patience time.Duration
	failed   atomic.Int64 // commits
	queue    queue
	meter    Meter
	ended    sync.WaitGroup
	close    sync.Once
}

var _ bot.Store = (*DB)(nil)

// Open connects to the database of a URL, brings it to the program's version and starts the
// writer. The caller closes it.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	if _, _, err := prepare(ctx, url, preparing{there: o.There}); err != nil {
		return nil, err
	}
	write, err := connect(ctx, url, 1, o)
	if err != nil {
		return nil, err
	}
	read, err := connect(ctx, url, cmp.Or(o.Connections, usualConnections), o)
	if err != nil {
		write.Close()
		return nil, err
	}
	db := &DB{write: write, read: read, patience: cmp.Or(o.Patience, usualPatience), queue: queue{some: make(chan struct{}, 1)}, meter: o.Meter}
	db.ended.Go(db.writer)
	return db, nil
}

// connect makes a pool of connections.
func connect(ctx context.Context, url string, connections int, o Options) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, unreadable(err)
	}
	for name, long := range map[string]time.Duration{"statement_timeout": o.Statement, "lock_timeout": o.Lock} {
		if _, said := cfg.ConnConfig.RuntimeParams[name]; !said && long > 0 {
			cfg.ConnConfig.RuntimeParams[name] = milliseconds(long)
		}
	}
	settle(cfg.ConnConfig)
	cfg.MaxConns = int32(connections)
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, explained(err)
	}
	return pool, nil
}

// settle says how connections work, unless the URL says otherwise.
func settle(cfg *pgx.ConnConfig) {
	cfg.ConnectTimeout = cmp.Or(cfg.ConnectTimeout, connectTimeout)
	for name, value := range map[string]string{
		"application_name":                    "summitquiz",
		"statement_timeout":                   milliseconds(statementTimeout),
		"lock_timeout":                        milliseconds(lockTimeout),
		"idle_in_transaction_session_timeout": milliseconds(idleTimeout),
	} {
		if _, said := cfg.RuntimeParams[name]; !said {
			cfg.RuntimeParams[name] = value
		}
	}
}

// Close writes what is queued and lets the connections go.
func (db *DB) Close() error {
	db.close.Do(func() {
		db.queue.close()
		db.ended.Wait()
		db.read.Close()
		db.write.Close()
	})
	return nil
}

// How long whoever waits for the database to come back rests between two tries.
const (
	firstPause = 10 * time.Millisecond
	mostPause  = 500 * time.Millisecond
)

// patiently runs work, again and again as long as the database is away, until patience or ctx ends.
func (db *DB) patiently(ctx context.Context, work func() error) error {
	until := time.Now().Add(db.patience) // measured, not decided by
	for pause := firstPause; ; pause = min(2*pause, mostPause) {
		err := work()
		if err == nil || !away(err) || time.Now().After(until) || ctx.Err() != nil {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
	}
}

// row is one row that was asked for.
type row struct {
	db    *DB
	ctx   context.Context
	query string
	args  []any
}

// row asks for one row.
func (db *DB) row(ctx context.Context, query string, args ...any) row {
	return row{db, ctx, query, args}
}

// Scan reads the row into dest. It returns pgx.ErrNoRows if there is none.
func (r row) Scan(dest ...any) error {
	return r.db.patiently(r.ctx, func() error {
		return r.db.read.QueryRow(r.ctx, r.query, outgoing(r.args)...).Scan(incoming(dest)...)
	})
}

// list reads all rows of a query.
func list[T any](ctx context.Context, db *DB, into func(*T) []any, query string, args ...any) (out []T, err error) {
	err = db.patiently(ctx, func() error {
		out = nil
		return each(ctx, db, query, args, func(rows pgx.Rows) error {
			var t T
			if err := rows.Scan(incoming(into(&t))...); err != nil {
				return err
			}
			out = append(out, t)
			return nil
		})
	})
	if err != nil {
		return nil, explained(err)
	}
	return out, nil
}

// each calls yield for each row of a query, until it returns an error.
func each(ctx context.Context, db *DB, query string, args []any, yield func(pgx.Rows) error) error {
	rows, err := db.read.Query(ctx, query, outgoing(args)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := yield(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
