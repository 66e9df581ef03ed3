package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"summitquiz/bot"
)

// pending is a piece of work for the writer: a change, or something else that writes.
type pending struct {
	do   func(context.Context, *statements) error
	told func(error) // is told the final result before the next batch is begun; may be nil
	done chan error  // gets one value
}

// errClosed means that the database was closed.
var errClosed = errors.New("the database is closed")

// queue holds what waits for the writer. It has no bound of its own: whoever queues also waits,
// and holds a session while it queues.
type queue struct {
	mu     sync.Mutex
	items  []*pending
	closed bool
	some   chan struct{} // holds a value when the writer should look
}

// put queues an item, and reports false if the queue is closed.
func (q *queue) put(p *pending) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.items = append(q.items, p)
	q.wake()
	return true
}

// take waits for items and moves at most len(into) of them there. It returns 0 once the queue is
// closed and empty.
func (q *queue) take(into []*pending) int {
	for {
		q.mu.Lock()
		n := copy(into, q.items)
		q.items = q.items[n:]
		closed := q.closed
		if len(q.items) == 0 {
			q.items = nil // lets go of what it held
		} else {
			q.wake()
		}
		q.mu.Unlock()
		if n > 0 || closed {
			return n
		}
		<-q.some
	}
}

func (q *queue) wake() {
	select {
	case q.some <- struct{}{}:
	default:
	}
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.wake()
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items)
}

// Write queues a change.
func (db *DB) Write(c *bot.Change) func(context.Context) error {
	return db.queueUp(&pending{done: make(chan error, 1), told: func(err error) { c.SetResult(err, true) }, do: func(ctx context.Context, s *statements) error {
		err := bot.ErrConflict
		if !c.Orphaned() {
			err = explained(s.apply(ctx, c))
		}
		c.SetResult(err, false)
		return err
	}})
}

// now queues work and waits for it. Nobody is left with half of what it read: when ctx ends before
// the work has begun, it is not done at all; when it has begun, its end is waited for.
func (db *DB) now(ctx context.Context, do func(context.Context, *statements) error) error {
	const begun, withdrawn = 1, 2
	var state atomic.Int32
	wait := db.queueUp(&pending{done: make(chan error, 1), do: func(ctx context.Context, s *statements) error {
		if !state.CompareAndSwap(0, begun) && state.Load() == withdrawn {
			return context.Canceled
		}
		return explained(do(ctx, s))
	}})
	err := wait(ctx)
	if ctx.Err() != nil && !state.CompareAndSwap(0, withdrawn) {
		return wait(context.Background())
	}
	return err
}

func (db *DB) queueUp(p *pending) (wait func(context.Context) error) {
	if !db.queue.put(p) {
		if p.told != nil {
			p.told(errClosed)
		}
		p.done <- errClosed
	}
	return func(ctx context.Context) error {
		select {
		case err := <-p.done:
			p.done <- err // for whoever waits again
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// batchMost is how many changes share a commit at most.
const batchMost = 512

// writer commits what is queued, as much at once as there is: while one commit goes to disk,
// the next ones gather.
func (db *DB) writer() {
	ctx := context.Background() // what was queued is written, whoever still waits
	s := &statements{known: map[string]*sql.Stmt{}, tallies: map[bot.SessionID]*tally{}, busy: db.busy}
	defer s.close()
	var batch [batchMost]*pending
	for {
		n := db.queue.take(batch[:])
		if n == 0 {
			_ = db.mayCommit(ctx, s) // the last chance to copy what has no name any more
			return
		}
		start := time.Now() // measured, not decided by
		db.commit(ctx, s, batch[:n])
		clear(batch[:n])
		if db.meter != nil {
			db.meter.Committed(n, time.Since(start))
		}
	}
}

// commit writes a batch in one transaction. Nearly always all of it can be written, so it is
// first tried as a whole: a savepoint for each change costs more than the change. If one is
// refused after it has begun to write, the batch is written again with savepoints, so that the
// others stand.
func (db *DB) commit(ctx context.Context, s *statements, batch []*pending) {
	results := make([]error, len(batch))
	err := db.mayCommit(ctx, s)
	if err == nil {
		err = s.transact(ctx, db.write, func() error { return s.together(ctx, batch, results) })
	}
	if errors.Is(err, errDirty) {
		err = s.transact(ctx, db.write, func() error { return s.oneByOne(ctx, batch, results) })
	}
	if err != nil || slices.ContainsFunc(results, isDisks) {
		db.failed.Add(1)
	}
	for i, p := range batch {
		if err != nil {
			results[i] = fmt.Errorf("commit: %w", explained(err))
		}
		if p.told != nil {
			p.told(results[i])
		}
		p.done <- results[i]
	}
}

// isDisks reports whether the disk is why a change was not written, and not the change itself.
func isDisks(err error) bool {
	return errors.Is(err, ErrFull) || errors.Is(err, ErrDisk) || errors.Is(err, ErrReadOnly) || errors.Is(err, ErrCorrupt)
}

// errDirty means that a change was refused that had written something.
var errDirty = errors.New("a change was refused half way")

// together does a batch without savepoints. A change that is refused before it writes anything
// leaves the others alone.
func (s *statements) together(ctx context.Context, batch []*pending, results []error) error {
	for i, p := range batch {
		s.wrote = false
		if results[i] = p.do(ctx, s); results[i] != nil && s.wrote {
			return errDirty
		}
	}
	return nil
}

// oneByOne does each change of a batch in a savepoint of its own.
func (s *statements) oneByOne(ctx context.Context, batch []*pending, results []error) error {
	for i, p := range batch {
		if _, err := s.exec(ctx, "SAVEPOINT one"); err != nil {
			return err
		}
		if results[i] = p.do(ctx, s); results[i] == nil {
			if results[i] = s.settle(ctx); results[i] != nil && p.told != nil {
				p.told(results[i])
			}
		}
		if results[i] != nil {
			clear(s.tallies) // nothing was left in memory before this change
			if _, err := s.exec(ctx, "ROLLBACK TO one"); err != nil {
				return results[i] // so bad, a full disk for one, that the whole transaction is gone
			}
		}
		if _, err := s.exec(ctx, "RELEASE one"); err != nil {
			return err
		}
	}
	return nil
}

// statements run on the writer's connection. Each text is prepared once.
type statements struct {
	conn  *sql.Conn
	known map[string]*sql.Stmt
	wrote bool // something was changed, or a statement failed, since this was last reset

	tallies map[bot.SessionID]*tally // of this transaction

	busy  time.Duration // how long to wait for another process
	rival time.Time     // when another process last held the write lock

	scripts compressor

	rescued bool // a copy of the lost file was written
}

// How two busy processes take turns. SQLite itself waits longer and longer between its tries, and
// so hardly ever finds the moment between two commits of a process that has much to write: each
// process looks often, and leaves the lock free for a while between its commits as long as the
// other one is about.
const (
	lockPoll   = time.Millisecond
	lockYield  = 2 * time.Millisecond
	rivalStays = time.Second
)

// lock begins a transaction with the write lock.
func (s *statements) lock(ctx context.Context) error {
	start := time.Now()
	if start.Sub(s.rival) < rivalStays {
		time.Sleep(lockYield)
	}
	for {
		_, err := s.exec(ctx, "BEGIN IMMEDIATE")
		if err == nil || !locked(err) || time.Since(start) > s.busy {
			return err
		}
		s.rival = time.Now()
		time.Sleep(lockPoll)
	}
}

// transact runs f in a transaction that takes the write lock at once.
func (s *statements) transact(ctx context.Context, db *sql.DB, f func() error) error {
	if s.conn == nil {
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 0`); err != nil { // lock waits by itself
			conn.Close()
			return err
		}
		s.conn = conn
	}
	if err := s.lock(ctx); err != nil {
		return err
	}
	clear(s.tallies)
	err := f()
	if err == nil {
		err = s.settle(ctx)
	}
	if err == nil {
		_, err = s.exec(ctx, "COMMIT")
	}
	if err != nil {
		s.conn.ExecContext(ctx, "ROLLBACK") // if it fails, there was nothing to roll back
	}
	return err
}

func (s *statements) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := s.known[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, query)
	if err == nil {
		s.known[query] = stmt
	}
	return stmt, err
}

func (s *statements) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := s.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	r, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		s.wrote = true
		return nil, err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		s.wrote = true
	}
	return r, nil
}

// changed runs a statement and returns how many rows it changed.
func (s *statements) changed(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := s.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// inserted runs an insert and returns the number of the new row; 0 if it was ignored.
func (s *statements) inserted(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := s.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	if n, err := r.RowsAffected(); n == 0 || err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// row reads one row into dest. The statement writes nothing.
func (s *statements) row(ctx context.Context, query string, args []any, dest ...any) error {
	stmt, err := s.stmt(ctx, query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(dest...)
}

func (s *statements) close() {
	for _, stmt := range s.known {
		stmt.Close()
	}
	if s.conn != nil {
		s.conn.Close()
	}
}
