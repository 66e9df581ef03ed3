package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"summitquiz/bot"
)

// claimQuery holds what is due of some kinds (1) at a time (2), at most so many rows (3), until
// another time (4).
const claimQuery = `UPDATE due SET at = ?4, attempt = attempt + 1 WHERE (kind, id) IN (
	SELECT d.kind, d.id FROM due d WHERE d.kind IN (SELECT value FROM json_each(?1)) AND d.at <= ?2 ORDER BY d.at, d.kind, d.id LIMIT ?3
) RETURNING kind, id, at, attempt`

// Claim takes due work of some kinds and holds it.
func (db *DB) Claim(ctx context.Context, kinds []bot.Kind, now time.Time, lease time.Duration, limit int) ([]bot.Due, error) {
	asked, err := json.Marshal(kinds)
	if err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return db.hold(ctx, claimQuery, string(asked), micros(now), limit, micros(now.Add(lease)))
}

// hold runs a statement that changes rows of due work, and returns them.
func (db *DB) hold(ctx context.Context, query string, args ...any) ([]bot.Due, error) {
	var out []bot.Due
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		out = nil
		stmt, err := s.stmt(ctx, query)
		if err != nil {
			return err
		}
		rows, err := stmt.QueryContext(ctx, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		s.wrote = true
		for rows.Next() {
			var d bot.Due
			if err := rows.Scan(&d.Key.Kind, &d.Key.ID, moment{&d.At}, &d.Attempt); err != nil {
				return err
			}
			out = append(out, d)
		}
		return rows.Err()
	})
	return out, err
}

// nextQuery finds when the next row of some kinds (1) is due; no row where there is none.
const nextQuery = `SELECT min(at) FROM (SELECT (SELECT min(at) FROM due WHERE kind = k.value) AS at FROM json_each(?1) k) HAVING min(at) IS NOT NULL`

// Next returns when the next row of some kinds is due.
func (db *DB) Next(ctx context.Context, kinds []bot.Kind) (at time.Time, some bool, err error) {
	asked, err := json.Marshal(kinds)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("next due work: %w", err)
	}
	rows, err := list(ctx, db.read, func(t *time.Time) []any { return []any{moment{t}} }, nextQuery, string(asked))
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
	return list(ctx, db.read, func(k *bot.Kind) []any { return []any{k} }, dueKindsQuery)
}
