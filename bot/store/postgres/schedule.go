package postgres

import (
	"context"
	"time"

	"summitquiz/bot"
)

// claimQuery holds what is due of some kinds (1) at a time (2), at most so many rows (3), until
// another time (4): what has been due longest comes first. What somebody else is claiming is passed over.
const claimQuery = `WITH picked AS (
		SELECT kind, id, at FROM due WHERE kind = ANY($1) AND at <= $2 ORDER BY at, kind, id LIMIT $3 FOR UPDATE SKIP LOCKED
	), claimed AS (
		UPDATE due d SET at = $4, attempt = d.attempt + 1 FROM picked p WHERE d.kind = p.kind AND d.id = p.id
		RETURNING d.kind, d.id, d.at, d.attempt, p.at AS was
	) SELECT kind, id, at, attempt FROM claimed ORDER BY was, kind, id`

// Claim takes due work of some kinds and holds it.
func (db *DB) Claim(ctx context.Context, kinds []bot.Kind, now time.Time, lease time.Duration, limit int) ([]bot.Due, error) {
	return db.hold(ctx, claimQuery, texts(kinds), micros(now), limit, micros(now.Add(lease)))
}

// hold runs a statement that changes rows of due work, and returns them.
func (db *DB) hold(ctx context.Context, query string, args ...any) (out []bot.Due, err error) {
	err = db.now(ctx, func(ctx context.Context, s *statements) error {
		out = nil
		rows, err := s.conn.Query(ctx, query, outgoing(args)...)
		if err == nil {
			defer rows.Close()
			for rows.Next() {
				var d bot.Due
				if err := rows.Scan(incoming([]any{&d.Key.Kind, &d.Key.ID, moment{&d.At}, &d.Attempt})...); err != nil {
					return err
				}
				out, s.wrote = append(out, d), true
			}
			err = rows.Err()
		}
		s.note(err)
		return err
	})
	return out, err
}

// nextQuery finds when the next row of some kinds (1) is due; no row where there is none.
const nextQuery = `SELECT min(at) FROM (SELECT (SELECT min(at) FROM due WHERE kind = k.value) AS at FROM unnest($1::text[]) k (value)) n
	HAVING min(at) IS NOT NULL`

// Next returns when the next row of some kinds is due.
func (db *DB) Next(ctx context.Context, kinds []bot.Kind) (at time.Time, some bool, err error) {
	rows, err := list(ctx, db, func(t *time.Time) []any { return []any{moment{t}} }, nextQuery, texts(kinds))
	if err != nil || len(rows) == 0 {
		return time.Time{}, false, err
	}
	return rows[0], true, nil
}

// dueKindsQuery goes from one kind to the next, so that it does not read every row.
const dueKindsQuery = `WITH RECURSIVE every (kind) AS (
	SELECT min(kind) FROM due UNION ALL SELECT (SELECT min(kind) FROM due WHERE kind > every.kind) FROM every WHERE every.kind IS NOT NULL
) SELECT kind FROM every WHERE kind IS NOT NULL`

// DueKinds returns the kinds of all rows.
func (db *DB) DueKinds(ctx context.Context) ([]bot.Kind, error) {
	return list(ctx, db, func(k *bot.Kind) []any { return []any{k} }, dueKindsQuery)
}
