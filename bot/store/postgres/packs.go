package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"summitquiz/bot"
	"summitquiz/content"
)

const packColumns = `pack, hash, space, version, revision, by, at, active`

func intoPack(p *bot.PackRow) []any {
	return []any{&p.Pack, &p.Hash, &p.Space, &p.Version, &p.Revision, &p.By, moment{&p.At}, &p.Active}
}

// Packs returns the active version of every pack that a space can see.
func (db *DB) Packs(ctx context.Context, s bot.SpaceID) ([]bot.PackRow, error) {
	return list(ctx, db, intoPack, `SELECT `+packColumns+` FROM packs WHERE active = 1 AND space IN (0, $1) ORDER BY at, pack`, s)
}

// Versions returns all versions of a pack, newest first.
func (db *DB) Versions(ctx context.Context, pack content.PackID) ([]bot.PackRow, error) {
	return list(ctx, db, intoPack, `SELECT `+packColumns+` FROM packs WHERE pack = $1 ORDER BY at DESC, revision DESC, hash`, pack)
}

// PackFiles returns a version with its files.
func (db *DB) PackFiles(ctx context.Context, pack content.PackID, hash string) (bot.PackRow, error) {
	var p bot.PackRow
	var files string
	err := db.row(ctx, `SELECT `+packColumns+`, files FROM packs WHERE pack = $1 AND hash = $2`, pack, hash).Scan(append(intoPack(&p), &files)...)
	if err != nil {
		return p, one(err)
	}
	if err := json.Unmarshal([]byte(files), &p.Files); err != nil {
		return p, fmt.Errorf("files of pack %s: %w", pack, err)
	}
	return p, nil
}

// SwitchedOff returns the packs that a space has switched off.
func (db *DB) SwitchedOff(ctx context.Context, s bot.SpaceID) ([]content.PackID, error) {
	return list(ctx, db, func(p *content.PackID) []any { return []any{p} }, `SELECT DISTINCT pack FROM packs_off WHERE space IN (0, $1) ORDER BY pack`, s)
}

// DraftsOf returns the uploaded packs of a member that wait for a decision.
func (db *DB) DraftsOf(ctx context.Context, m bot.MemberID) ([]bot.Draft, error) {
	return list(ctx, db, func(d *bot.Draft) []any { return []any{&d.ID, &d.Space, &d.By, &d.Name, moment{&d.At}} },
		`SELECT id, space, by, name, at FROM drafts WHERE by = $1 ORDER BY at, id`, m)
}

// Draft returns an uploaded pack that waits for a decision.
func (db *DB) Draft(ctx context.Context, id bot.DraftID) (bot.Draft, error) {
	d := bot.Draft{ID: id}
	err := db.row(ctx, `SELECT space, by, name, data, at FROM drafts WHERE id = $1`, id).Scan(&d.Space, &d.By, &d.Name, &d.Data, moment{&d.At})
	return d, one(err)
}
