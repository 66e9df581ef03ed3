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

// FirstNote keeps a value under a key where nothing is kept yet, and returns what is kept: of processes
// that start at the same time all get the same.
func (db *DB) FirstNote(ctx context.Context, key, value string) (string, error) {
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, `INSERT INTO notes (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, key, value)
		return err
	})
	if err != nil {
		return "", err
	}
	return db.Note(ctx, key)
}

// SetNote keeps a value under a key.
func (db *DB) SetNote(ctx context.Context, key, value string) error {
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, `INSERT INTO notes (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
