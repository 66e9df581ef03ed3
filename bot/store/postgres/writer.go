package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// batchMost is how many changes share a commit at most.
const batchMost = 512

// writerLock is the advisory lock that a transaction of any process holds while it writes.
const writerLock int64 = 0x53517a77 // "SQzw"

// writer commits what is queued, as much at once as there is: while one commit is made durable, the
// next ones gather.
func (db *DB) writer() {
	ctx := context.Background() // what was queued is written, whoever still waits
	var batch [batchMost]*pending
	for {
		n := db.queue.take(batch[:])
		if n == 0 {
			return
		}
		start := time.Now() // measured, not decided by
		db.commit(ctx, batch[:n])
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
func (db *DB) commit(ctx context.Context, batch []*pending) {
	results := make([]error, len(batch))
	together := func(s *statements) error { return s.together(ctx, batch, results) }
	err := db.transact(ctx, together)
	if errors.Is(err, errDirty) {
		err = db.transact(ctx, func(s *statements) error { return s.oneByOne(ctx, batch, results) })
	}
	for i := range results {
		if results[i] = explained(results[i]); err != nil {
			results[i] = fmt.Errorf("commit: %w", explained(err))
		}
	}
	if slices.ContainsFunc(results, isServers) {
		db.failed.Add(1)
	}
	for i, p := range batch {
		if p.told != nil {
			p.told(results[i])
		}
		p.done <- results[i]
	}
}

// isServers reports whether the server is why a change was not written, and not the change itself.
func isServers(err error) bool {
	return slices.ContainsFunc([]error{ErrFull, ErrReadOnly, ErrStandby, ErrRights, ErrCorrupt, ErrAway, ErrSlow}, func(why error) bool {
		return errors.Is(err, why)
	})
}

// errDirty means that a change was refused that had written something.
var errDirty = errors.New("a change was refused half way")

// together does a batch without savepoints. A change that is refused before it writes anything
// leaves the others alone.
func (s *statements) together(ctx context.Context, batch []*pending, results []error) error {
	for i, p := range batch {
		s.wrote = false
		switch results[i] = p.do(ctx, s); {
		case results[i] == nil:
		case s.lost != nil:
			return s.lost
		case s.wrote:
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
		if s.lost != nil {
			return s.lost
		}
		if results[i] != nil {
			clear(s.tallies) // nothing was left in memory before this change
			if _, err := s.exec(ctx, "ROLLBACK TO one"); err != nil {
				return err
			}
		}
		if _, err := s.exec(ctx, "RELEASE one"); err != nil {
			return err
		}
	}
	return nil
}

// statements run in one transaction of the writer.
type statements struct {
	conn  *pgx.Conn
	wrote bool  // something was changed, or a statement failed, since this was last reset
	lost  error // the connection is gone, and the transaction with it

	tallies map[bot.SessionID]*tally // of this transaction
	hint    told                     // what the other processes are told of it; too much does no harm
}

// transact runs f in a transaction that no other process writes beside. It is tried again as long
// as the database is away and has surely not committed it.
func (db *DB) transact(ctx context.Context, f func(*statements) error) error {
	return db.patiently(ctx, func() error { return db.try(ctx, f) })
}

// attemptMost is how long one try of a batch may take: whoever waits for a network that swallows
// everything notices by it.
const attemptMost = time.Minute

func (db *DB) try(ctx context.Context, f func(*statements) error) error {
	ctx, cancel := context.WithTimeout(ctx, attemptMost)
	defer cancel()
	conn, err := db.write.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release() // which closes it where it is left in a transaction
	s := &statements{conn: conn.Conn(), tallies: map[bot.SessionID]*tally{}}
	if _, err := s.conn.Exec(ctx, "BEGIN"); err != nil {
		return err
	}
	var held, id string
	err = s.conn.QueryRow(ctx, `SELECT pg_advisory_xact_lock($1)::text, pg_current_xact_id()::text`, writerLock).Scan(&held, &id)
	if err == nil {
		err = f(s)
	}
	if err == nil {
		err = s.settle(ctx)
	}
	if err != nil {
		s.conn.Exec(ctx, "ROLLBACK") // if it fails, the connection is given up with the transaction
		return err
	}
	tag, err := s.commit(ctx)
	switch {
	case err == nil && tag != "COMMIT":
		return errDirty // a statement had failed
	case err == nil:
		return nil
	case refused(err) != nil && !away(err):
		return err
	}
	return db.outcome(ctx, id, err)
}

// outcome finds out whether a transaction was committed whose connection broke before the server
// said so.
func (db *DB) outcome(ctx context.Context, id string, broke error) error {
	ctx = context.WithoutCancel(ctx) // patience ends it
	var status *string
	err := db.patiently(ctx, func() error {
		err := db.read.QueryRow(ctx, `SELECT pg_xact_status($1::text::xid8)`, id).Scan(&status)
		if err == nil && status != nil && *status == "in progress" {
			return fmt.Errorf("transaction %s: %w", id, errUndecided)
		}
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("it is not known whether transaction %s was committed: %w", id, errors.Join(err, errUnknown))
	case status == nil || *status != "committed":
		return broke
	}
	return nil
}

var (
	// errUndecided means that the server has not noticed yet that the connection broke.
	errUndecided = errors.New("it has not ended yet")
	// errUnknown means that nobody can say whether a batch was written, so it is not written again.
	errUnknown = errors.New("the database did not come back to say so")
)

// note keeps what an error of a statement means for the transaction.
func (s *statements) note(err error) {
	if err == nil || errors.Is(err, pgx.ErrNoRows) {
		return
	}
	s.wrote = true
	if s.conn.IsClosed() {
		s.lost = err
	}
}

func (s *statements) exec(ctx context.Context, query string, args ...any) (int64, error) {
	tag, err := s.conn.Exec(ctx, query, outgoing(args)...)
	s.note(err)
	if tag.RowsAffected() > 0 {
		s.wrote = true
	}
	return tag.RowsAffected(), err
}

// changed runs a statement and returns how many rows it changed.
func (s *statements) changed(ctx context.Context, query string, args ...any) (int64, error) {
	return s.exec(ctx, query, args...)
}

// inserted runs an insert that returns the number of its row; 0 if it was ignored.
func (s *statements) inserted(ctx context.Context, query string, args ...any) (id int64, err error) {
	switch err = s.row(ctx, query, args, &id); {
	case errors.Is(err, pgx.ErrNoRows):
		return 0, nil
	case err == nil:
		s.wrote = true
	}
	return id, err
}

// row reads one row into dest.
func (s *statements) row(ctx context.Context, query string, args []any, dest ...any) error {
	err := s.conn.QueryRow(ctx, query, outgoing(args)...).Scan(incoming(dest)...)
	s.note(err)
	return err
}
