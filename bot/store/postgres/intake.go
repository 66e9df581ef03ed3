package postgres

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
)

// Keep keeps what is new of a platform in one transaction.
func (db *DB) Keep(ctx context.Context, platform string, all []bot.RawInput, now time.Time) ([]bot.RawInput, error) {
	var fresh []bot.RawInput
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		fresh = nil
		for _, r := range all {
			seq, err := s.inserted(ctx, `INSERT INTO updates (platform, id, body, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING seq`, platform, r.ID, r.Body, micros(now))
			if err != nil {
				return fmt.Errorf("keep update %d of %s: %w", r.ID, platform, err)
			}
			if seq != 0 {
				s.hint.Kept = true
				r.Seq = seq
				fresh = append(fresh, r)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// Kept returns what is kept of a platform.
func (db *DB) Kept(ctx context.Context, platform string, after int64, limit int) ([]bot.RawInput, error) {
	return list(ctx, db, func(r *bot.RawInput) []any { return []any{&r.Seq, &r.ID, &r.Body} },
		`SELECT seq, id, body FROM updates WHERE platform = $1 AND seq > $2 ORDER BY seq LIMIT $3`, platform, after, limit)
}

// Drop forgets what was handled.
func (db *DB) Drop(ctx context.Context, seq int64) error {
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, `DELETE FROM updates WHERE seq = $1`, seq)
		return err
	})
}
