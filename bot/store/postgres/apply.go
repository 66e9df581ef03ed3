package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"summitquiz/bot"
)

// apply writes a change. Its parts stand in the order in which they can refuse it. A change that
// is refused before it wrote more than its claim gives the claim back: so the changes that share
// its commit need not be written again.
func (s *statements) apply(ctx context.Context, c *bot.Change) error {
	if err := s.claim(ctx, c); err != nil {
		return err
	}
	claimed := s.wrote
	s.wrote = false
	err := s.parts(ctx, c)
	if err != nil && claimed && !s.wrote {
		if _, err := s.exec(ctx, `DELETE FROM inbox WHERE id = $1`, string(c.Input)); err != nil {
			return fmt.Errorf("give back input %s: %w", c.Input, err)
		}
		s.wrote = false // nothing is left of the change
		return err
	}
	s.wrote = s.wrote || claimed
	return err
}

func (s *statements) parts(ctx context.Context, c *bot.Change) error {
	for _, part := range []func(context.Context, *bot.Change) error{
		s.leases, s.learner, s.session, s.starts, s.dailies, s.answers, s.voids, s.shown, s.sends, s.progress, s.due, s.people, s.packs, s.records,
		s.unreview, s.cards, s.reviews,
	} {
		if err := part(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *statements) claim(ctx context.Context, c *bot.Change) error {
	if c.Input == "" {
		return nil
	}
	n, err := s.changed(ctx, `INSERT INTO inbox (id, at) SELECT $1::text, $2::bigint WHERE NOT EXISTS (SELECT 1 FROM members WHERE id = $3 AND joined <> 0)
		ON CONFLICT DO NOTHING`, string(c.Input), micros(c.At), int64(c.From))
	if err != nil {
		return fmt.Errorf("claim input %s: %w", c.Input, err)
	}
	if n > 0 {
		return nil
	}
	var joined bool
	if err := s.row(ctx, `SELECT EXISTS (SELECT 1 FROM members WHERE id = $1 AND joined <> 0)`, []any{int64(c.From)}, &joined); err != nil {
		return err
	}
	if joined {
		return bot.ErrConflict
	}
	return bot.ErrRepeated
}

func (s *statements) shown(ctx context.Context, c *bot.Change) error {
	for _, e := range c.Shown {
		if _, err := s.exec(ctx, `INSERT INTO exposures (chat, member, pack, item, options, times, last) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (chat, member, pack, item, options) DO UPDATE SET times = exposures.times + excluded.times, last = excluded.last`,
			e.Scope.Chat, e.Scope.Member, e.Pack, e.Item, int64(e.Options), e.Times, micros(e.Last)); err != nil {
			return fmt.Errorf("note what was shown: %w", err)
		}
	}
	return nil
}

func (s *statements) due(ctx context.Context, c *bot.Change) error {
	for _, k := range c.Undue {
		if _, err := s.exec(ctx, `DELETE FROM due WHERE kind = $1 AND id = $2`, k.Kind, k.ID); err != nil {
			return fmt.Errorf("remove due work %s: %w", k, err)
		}
	}
	for _, d := range c.Due {
		if _, err := s.exec(ctx, `INSERT INTO due (kind, id, at, attempt) VALUES ($1, $2, $3, 0) ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, attempt = 0`,
			d.Key.Kind, d.Key.ID, micros(d.At)); err != nil {
			return fmt.Errorf("note due work %s: %w", d.Key, err)
		}
		s.hint.due(d.At)
	}
	return nil
}

// revise notes that something which others may have cached has changed.
func (s *statements) revise(ctx context.Context) error {
	s.hint.Revised = true
	if _, err := s.exec(ctx, `UPDATE revision SET number = number + 1`); err != nil {
		return fmt.Errorf("count a revision: %w", err)
	}
	return nil
}

// revised runs a statement and counts a revision if it changed anything.
func (s *statements) revised(ctx context.Context, query string, args ...any) error {
	n, err := s.changed(ctx, query, args...)
	if err != nil || n == 0 {
		return err
	}
	return s.revise(ctx)
}

func (s *statements) people(ctx context.Context, c *bot.Change) error {
	if m := c.Member; m != nil {
		if _, err := s.exec(ctx, `INSERT INTO zone_moves (member, at, old, new) SELECT id, $2::bigint, zone, $3::text FROM members
			WHERE id = $1 AND zone <> $3 AND zone <> '' AND $3 <> '' ON CONFLICT (member, at) DO UPDATE SET new = excluded.new`, m.ID, micros(c.At), m.Zone); err != nil {
			return fmt.Errorf("note that member %d moves: %w", m.ID, err)
		}
		if err := s.revised(ctx, `UPDATE members SET lang = $1, own = $2, zone = $3, digits = $4, owner = $5 WHERE id = $6`,
			m.Lang, m.Own, m.Zone, m.Digit, m.Owner, m.ID); err != nil {
			return fmt.Errorf("update member %d: %w", m.ID, err)
		}
	}
	if a := c.Admin; a != nil {
		if err := s.revised(ctx, `INSERT INTO admins (member, space) VALUES ($1, $2) ON CONFLICT DO NOTHING`, a.Member, a.Space); err != nil {
			return fmt.Errorf("note that member %d administers space %d: %w", a.Member, a.Space, err)
		}
	}
	if p := c.Space; p != nil {
		settings, err := json.Marshal(&p.Settings)
		if err != nil {
			return fmt.Errorf("write settings: %w", err)
		}
		if err := s.revised(ctx, `UPDATE spaces SET settings = $1, gone = $2 WHERE id = $3`, string(settings), micros(p.Gone), p.ID); err != nil {
			return fmt.Errorf("update space %d: %w", p.ID, err)
		}
	}
	return nil
}

func (s *statements) packs(ctx context.Context, c *bot.Change) error {
	for _, p := range c.Packs {
		files, err := json.Marshal(p.Files)
		if err != nil {
			return fmt.Errorf("write pack %s: %w", p.Pack, err)
		}
		if err := s.revised(ctx, `INSERT INTO packs (pack, hash, space, version, revision, files, by, at)
			VALUES ($1, $2, $3, $4, 1 + (SELECT count(*) FROM packs WHERE pack = $1 AND version = $4), $5, $6, $7) ON CONFLICT DO NOTHING`,
			p.Pack, p.Hash, p.Space, p.Version, string(files), p.By, micros(p.At)); err != nil {
			return fmt.Errorf("insert pack %s: %w", p.Pack, err)
		}
	}
	for _, a := range c.Activate {
		if err := s.activate(ctx, a); err != nil {
			return fmt.Errorf("activate pack %s of %s: %w", a.Pack, a.Hash, err)
		}
	}
	for _, o := range c.Off {
		query := `DELETE FROM packs_off WHERE space = $1 AND pack = $2`
		if o.Off {
			query = `INSERT INTO packs_off (space, pack) VALUES ($1, $2) ON CONFLICT DO NOTHING`
		}
		if err := s.revised(ctx, query, o.Space, o.Pack); err != nil {
			return fmt.Errorf("switch pack %s: %w", o.Pack, err)
		}
	}
	return nil
}

// activate makes a version of a pack the active one. A version that is active already stays so
// without a change.
func (s *statements) activate(ctx context.Context, a bot.Activation) error {
	var active bool
	if err := s.row(ctx, `SELECT active FROM packs WHERE pack = $1 AND hash = $2`, []any{a.Pack, a.Hash}, &active); err != nil || active {
		return one(err)
	}
	if _, err := s.exec(ctx, `UPDATE packs SET active = 0 WHERE pack = $1 AND active = 1`, a.Pack); err != nil {
		return err
	}
	return s.revised(ctx, `UPDATE packs SET active = 1 WHERE pack = $1 AND hash = $2`, a.Pack, a.Hash)
}

// records writes drafts, reports and the audit.
func (s *statements) records(ctx context.Context, c *bot.Change) error {
	if d := c.Draft; d != nil {
		if _, err := s.exec(ctx, `INSERT INTO drafts (id, space, by, name, data, at) VALUES ($1, $2, $3, $4, $5, $6)`,
			d.ID, d.Space, d.By, d.Name, d.Data, micros(d.At)); err != nil {
			return fmt.Errorf("insert draft %d: %w", d.ID, err)
		}
	}
	if c.Undraft != 0 {
		if _, err := s.exec(ctx, `DELETE FROM drafts WHERE id = $1`, c.Undraft); err != nil {
			return fmt.Errorf("remove draft %d: %w", c.Undraft, err)
		}
	}
	var err error
	for i := range c.Reports {
		r := &c.Reports[i]
		if r.ID, err = s.inserted(ctx, `INSERT INTO reports (space, chat, member, item, pack, hash, seed, lang, reason, text, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
			r.Space, r.Chat, r.Member, r.Item, r.Pack, r.Hash, int64(r.Seed), r.Lang, r.Reason, r.Text, micros(r.At)); err != nil {
			return fmt.Errorf("insert report: %w", err)
		}
	}
	for i := range c.Audit {
		a := &c.Audit[i]
		if a.ID, err = s.inserted(ctx, `INSERT INTO audit (space, member, action, detail, at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
			a.Space, a.Member, a.Action, a.Detail, micros(a.At)); err != nil {
			return fmt.Errorf("insert audit: %w", err)
		}
	}
	return nil
}
