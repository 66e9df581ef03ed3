package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

var _ bot.Leases = (*DB)(nil)

// serverNow is the server's clock, in microseconds.
const serverNow = `(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`

// holdQuery takes a lease (1) for a process (2) that says something (3), for so many microseconds (4),
// unless another one holds it.
const holdQuery = `INSERT INTO leases AS l (name, holder, fence, until, note) VALUES ($1, $2, 1, ` + serverNow + ` + $4, $3)
	ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, note = excluded.note,
		fence = CASE WHEN l.holder = excluded.holder AND l.until > 0 THEN l.fence ELSE l.fence + 1 END
	WHERE l.holder = excluded.holder OR l.until <= ` + serverNow + ` RETURNING fence`

// Hold takes a lease or keeps it. It waits for no writer but one that rests on the lease, and asks once: where the
// server takes seconds for each question there is no time for another one.
func (db *DB) Hold(ctx context.Context, name, holder, note string, long time.Duration) (fence int64, err error) {
	err = db.read.QueryRow(ctx, holdQuery, pgx.QueryExecModeExec, name, holder, note, long.Microseconds()).Scan(&fence)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, bot.ErrConflict
	}
	return fence, explained(err)
}

// Release lets another process take a lease, and tells them.
func (db *DB) Release(ctx context.Context, name string, fence int64) error {
	_, err := db.read.Exec(ctx, `WITH free AS (UPDATE leases SET until = 0, note = '' WHERE name = $1 AND fence = $2 RETURNING name)
		SELECT pg_notify($3, '{"l":true}') FROM free`, name, fence, channel)
	return explained(err)
}

// leaseRow is a lease as its row has it.
type leaseRow struct {
	bot.Lease
	left int64
}

// Leases returns every lease.
func (db *DB) Leases(ctx context.Context) ([]bot.Lease, error) {
	rows, err := list(ctx, db, func(l *leaseRow) []any { return []any{&l.Name, &l.Holder, &l.Fence, &l.Note, &l.left} },
		`SELECT name, holder, fence, note, until - `+serverNow+` FROM leases ORDER BY name`)
	out := make([]bot.Lease, len(rows))
	for i := range rows {
		out[i] = rows[i].Lease
		out[i].Left = time.Duration(rows[i].left) * time.Microsecond
	}
	return out, err
}

// leases refuses progress that rests on a lease which another process has taken. It cannot be taken
// before the change is written.
func (s *statements) leases(ctx context.Context, c *bot.Change) error {
	for _, p := range c.Progress {
		if p.Lease.Name == "" {
			continue
		}
		var fence int64
		err := s.row(ctx, `SELECT fence FROM leases WHERE name = $1 FOR SHARE`, []any{p.Lease.Name}, &fence)
		switch {
		case err != nil && !errors.Is(err, pgx.ErrNoRows):
			return fmt.Errorf("look at the lease %s: %w", p.Lease.Name, err)
		case fence != p.Lease.Fence:
			return bot.ErrConflict
		}
	}
	return nil
}

// Clock returns the server's time.
func (db *DB) Clock(ctx context.Context) (time.Time, error) {
	var us int64
	if err := db.read.QueryRow(ctx, `SELECT `+serverNow).Scan(&us); err != nil {
		return time.Time{}, explained(err)
	}
	return timeOf(us), nil
}
