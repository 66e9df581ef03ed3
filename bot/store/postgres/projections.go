package postgres

import (
	"context"
	"errors"
	"fmt"

	"summitquiz/bot"
	"summitquiz/content"
)

// Projection returns what was last saved of a fold. With ErrNone it returns the Edits that a fold
// from the start is saved with.
func (db *DB) Projection(ctx context.Context, name string, pack content.PackID) (bot.Projection, error) {
	p := bot.Projection{Name: name, Pack: pack}
	var saved *int64
	err := db.row(ctx, `SELECT e.edits, p.edits, coalesce(p.upto, 0), coalesce(p.data, ''::bytea)
		FROM (SELECT coalesce((SELECT edits FROM pack_edits WHERE pack = $2), 0) AS edits) e
		LEFT JOIN projections p ON p.name = $1 AND p.pack = $2`, name, pack).Scan(&p.Edits, &saved, &p.Upto, (*[]byte)(&p.Data))
	if err != nil {
		return bot.Projection{}, fmt.Errorf("projection %s of %s: %w", name, pack, explained(err))
	}
	if saved == nil || *saved != p.Edits {
		return bot.Projection{Name: name, Pack: pack, Edits: p.Edits}, bot.ErrNone
	}
	return p, nil
}

// SaveProjection saves a fold. It returns ErrConflict if answers in it changed meanwhile, or if one
// that goes further is there.
func (db *DB) SaveProjection(ctx context.Context, p bot.Projection) error {
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		n, err := s.changed(ctx, `INSERT INTO projections (name, pack, upto, edits, data)
			SELECT $1::text, $2::text, $3::bigint, $4::bigint, $5::bytea WHERE $4 = coalesce((SELECT edits FROM pack_edits WHERE pack = $2), 0)
			ON CONFLICT (name, pack) DO UPDATE SET upto = excluded.upto, edits = excluded.edits, data = excluded.data
			WHERE projections.edits < excluded.edits OR projections.upto <= excluded.upto`, p.Name, p.Pack, p.Upto, p.Edits, []byte(p.Data))
		if err != nil {
			return err
		}
		return conflictIfNone(n)
	})
	if err != nil && !errors.Is(err, bot.ErrConflict) {
		return fmt.Errorf("save projection %s of %s: %w", p.Name, p.Pack, err)
	}
	return err
}
