package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// Note returns what was kept under a key.
func (db *DB) Note(ctx context.Context, key string) (string, error) {
	var value string
	err := db.row(ctx, `SELECT value FROM notes WHERE key = $1`, key).Scan(&value)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetNote keeps a value under a key.
func (db *DB) SetNote(ctx context.Context, key, value string) error {
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, `INSERT INTO notes (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
