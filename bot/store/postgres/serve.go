package postgres

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// servingLock is the advisory lock that the process holds which serves.
const servingLock int64 = 0x53517a73 // "SQzs"

// ErrTaken means that another process serves the database now.
var ErrTaken = errors.New("another process has begun to serve this database, as the connection to it was gone: this one ends, start it again to have it wait")

// Lock says that this process serves a database. It belongs to a connection of its own: the server
// releases it when the process or its machine is gone.
type Lock struct {
	url   string
	end   context.CancelFunc
	ended sync.WaitGroup
	lost  chan error
}

// Serve waits until no other process serves the database, and returns the lock that says so. If
// another process is serving, it calls waiting once.
func Serve(ctx context.Context, url string, waiting func()) (*Lock, error) {
	conn, got, err := tryServing(ctx, url)
	if err != nil {
		return nil, err
	}
	if !got {
		waiting()
		if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, servingLock); err != nil {
			conn.Close(context.WithoutCancel(ctx))
			return nil, explained(err)
		}
	}
	held, end := context.WithCancel(context.WithoutCancel(ctx))
	l := &Lock{url: url, end: end, lost: make(chan error, 1)}
	l.ended.Go(func() { l.hold(held, conn) })
	return l, nil
}

// tryServing connects and takes the lock if nobody has it.
func tryServing(ctx context.Context, url string) (conn *pgx.Conn, got bool, err error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, false, unreadable(err)
	}
	cfg.RuntimeParams["statement_timeout"] = "0" // it waits for as long as another one serves
	cfg.RuntimeParams["lock_timeout"] = "0"
	settle(cfg)
	if conn, err = pgx.ConnectConfig(ctx, cfg); err != nil {
		return nil, false, explained(err)
	}
	if err = conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, servingLock).Scan(&got); err != nil {
		conn.Close(context.WithoutCancel(ctx))
		return nil, false, explained(err)
	}
	return conn, got, nil
}

// hold keeps the lock until ctx ends. When the connection breaks it takes the lock again, unless
// another process was first: then it is lost.
func (l *Lock) hold(ctx context.Context, conn *pgx.Conn) {
	for {
		conn.WaitForNotification(ctx) // nothing is listened to: it returns when the connection breaks
		conn.Close(context.WithoutCancel(ctx))
		got := false
		for pause := firstPause; !got; pause = min(2*pause, mostPause) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(pause):
			}
			var err error
			if conn, got, err = tryServing(ctx, l.url); err == nil && !got {
				conn.Close(context.WithoutCancel(ctx))
				l.lost <- ErrTaken
				return
			}
		}
	}
}

// Lost gets one error when another process serves instead.
func (l *Lock) Lost() <-chan error { return l.lost }

// Release lets the next process serve.
func (l *Lock) Release() error {
	l.end()
	l.ended.Wait()
	return nil
}
