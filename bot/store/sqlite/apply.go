package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"summitquiz/bot"
)

// unique reports whether err says that a row is there already.
func unique(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && (e.Code() == codes.SQLITE_CONSTRAINT_UNIQUE || e.Code() == codes.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// apply writes a change. Its parts stand in the order in which they can refuse it.
func (s *statements) apply(ctx context.Context, c *bot.Change) error {
	for _, part := range []func(context.Context, *bot.Change) error{
		s.claim, s.game, s.answers, s.shown, s.sends, s.due, s.people, s.packs, s.papers,
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
	n, err := s.changed(ctx, `INSERT INTO inbox (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING`, string(c.Input), micros(c.At))
	if err != nil {
		return fmt.Errorf("claim input %s: %w", c.Input, err)
	}
	if n == 0 {
		return bot.ErrRepeated
	}
	return nil
}

func (s *statements) game(ctx context.Context, c *bot.Change) error {
	g := c.Game
	if g == nil {
		return nil
	}
	if g.Version == 1 {
		_, err := s.exec(ctx, `INSERT INTO games (id, version, chat, space, solo, pack, hash, lang, sheet, state, ended, started) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			g.ID, g.Chat, g.Space, g.Solo, g.Pack, g.Hash, g.Lang, []byte(g.Sheet), []byte(g.State), g.Ended, micros(g.Started))
		if unique(err) {
			return bot.ErrConflict
		}
		if err != nil {
			return fmt.Errorf("insert game %d: %w", g.ID, err)
		}
		return nil
	}
	n, err := s.changed(ctx, `UPDATE games SET version = ?, state = ?, ended = ? WHERE id = ? AND version = ?`, g.Version, []byte(g.State), g.Ended, g.ID, g.Version-1)
	if err != nil {
		return fmt.Errorf("update game %d: %w", g.ID, err)
	}
	if n == 0 {
		return bot.ErrConflict
	}
	return nil
}

func (s *statements) answers(ctx context.Context, c *bot.Change) error {
	for i := range c.Answers {
		a := &c.Answers[i]
		id, err := s.inserted(ctx, `INSERT INTO answers (game, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark, reason, text, points, final, lapsed, solo, hinted, prior, at, day, took)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.Game, a.Question, a.Try, a.Member, a.Chat, a.Space, a.Platform, a.Pack, a.Hash, a.Item, int64(a.Seed), a.Lang, a.Option, a.Options, a.Mark, a.Reason,
			a.Text, a.Points, a.Final, a.Lapsed, a.Solo, a.Hinted, a.Prior, micros(a.At), a.Day, a.Took.Microseconds())
		if unique(err) {
			return bot.ErrRepeated
		}
		if err != nil {
			return fmt.Errorf("insert answer of game %d: %w", a.Game, err)
		}
		a.ID = id
	}
	for _, v := range c.Void {
		if _, err := s.exec(ctx, `UPDATE answers SET void = 1, points = 0 WHERE game = ? AND question = ?`, v.Game, v.Question); err != nil {
			return fmt.Errorf("void question %d of game %d: %w", v.Question, v.Game, err)
		}
	}
	return nil
}

func (s *statements) shown(ctx context.Context, c *bot.Change) error {
	for _, e := range c.Shown {
		if _, err := s.exec(ctx, `INSERT INTO exposures (chat, member, pack, item, options, times, last) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET times = times + excluded.times, last = excluded.last`,
			e.Scope.Chat, e.Scope.Member, e.Pack, e.Item, int64(e.Options), e.Times, micros(e.Last)); err != nil {
			return fmt.Errorf("note what was shown: %w", err)
		}
	}
	return nil
}

// sends queues posts and marks how far they have come. A second new post in a slot is dropped; an
// edit takes the place of a queued edit of its slot, and when it has arrived, of the edits before
// it.
func (s *statements) sends(ctx context.Context, c *bot.Change) error {
	for i := range c.Sends {
		d := &c.Sends[i]
		post, err := json.Marshal(&d.Post)
		if err != nil {
			return fmt.Errorf("write post %s: %w", d.Slot, err)
		}
		if d.Op == bot.Edit {
			if _, err := s.exec(ctx, `DELETE FROM sends WHERE slot = ? AND op = 'edit' AND state = 'queued'`, d.Slot); err != nil {
				return fmt.Errorf("replace an edit of %s: %w", d.Slot, err)
			}
		}
		d.ID, err = s.inserted(ctx, `INSERT INTO sends (op, slot, chat, "to", post, cause, state) VALUES (?, ?, ?, ?, ?, ?, 'queued') ON CONFLICT DO NOTHING`,
			d.Op, d.Slot, d.Chat, d.To, string(post), d.Cause)
		if err != nil {
			return fmt.Errorf("queue post %s: %w", d.Slot, err)
		}
	}
	for _, m := range c.Marks {
		started, done := int64(0), int64(0)
		switch m.State {
		case bot.SendStarted:
			started = micros(m.At)
		case bot.SendDone:
			done = micros(m.At)
		}
		if _, err := s.exec(ctx, `UPDATE sends SET state = ?, ref = ?, started = max(started, ?), done = max(done, ?) WHERE id = ?`, m.State, m.Ref, started, done, m.Send); err != nil {
			return fmt.Errorf("mark send %d: %w", m.Send, err)
		}
		if m.State != bot.SendDone {
			continue
		}
		if _, err := s.exec(ctx, `DELETE FROM sends WHERE slot = (SELECT slot FROM sends WHERE id = ?1 AND op = 'edit') AND op = 'edit' AND id < ?1 AND state NOT IN ('queued', 'started')`, m.Send); err != nil {
			return fmt.Errorf("drop what send %d has replaced: %w", m.Send, err)
		}
	}
	return nil
}

func (s *statements) due(ctx context.Context, c *bot.Change) error {
	for _, k := range c.Undue {
		if _, err := s.exec(ctx, `DELETE FROM due WHERE key = ?`, k); err != nil {
			return fmt.Errorf("remove what is due: %w", err)
		}
	}
	for _, d := range c.Due {
		if _, err := s.exec(ctx, `INSERT INTO due (key, at, attempt) VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET at = excluded.at, attempt = 0`, d.Key, micros(d.At)); err != nil {
			return fmt.Errorf("note what is due: %w", err)
		}
	}
	return nil
}

func (s *statements) people(ctx context.Context, c *bot.Change) error {
	if m := c.Member; m != nil {
		if _, err := s.exec(ctx, `UPDATE members SET lang = ?, own = ?, zone = ?, digits = ?, owner = ? WHERE id = ?`, m.Lang, m.Own, m.Zone, m.Digit, m.Owner, m.ID); err != nil {
			return fmt.Errorf("update member %d: %w", m.ID, err)
		}
	}
	if a := c.Admin; a != nil {
		if _, err := s.exec(ctx, `INSERT INTO admins (member, space) VALUES (?, ?) ON CONFLICT DO NOTHING`, a.Member, a.Space); err != nil {
			return fmt.Errorf("note that member %d administers space %d: %w", a.Member, a.Space, err)
		}
	}
	if p := c.Space; p != nil {
		settings, err := json.Marshal(&p.Settings)
		if err != nil {
			return fmt.Errorf("write settings: %w", err)
		}
		if _, err := s.exec(ctx, `UPDATE spaces SET settings = ?, gone = ? WHERE id = ?`, string(settings), micros(p.Gone), p.ID); err != nil {
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
		if _, err := s.exec(ctx, `INSERT INTO packs (pack, hash, space, version, revision, files, by, at)
			VALUES (?1, ?2, ?3, ?4, 1 + (SELECT count(*) FROM packs WHERE pack = ?1 AND version = ?4), ?5, ?6, ?7) ON CONFLICT DO NOTHING`,
			p.Pack, p.Hash, p.Space, p.Version, string(files), p.By, micros(p.At)); err != nil {
			return fmt.Errorf("insert pack %s: %w", p.Pack, err)
		}
	}
	for _, a := range c.Activate {
		if _, err := s.exec(ctx, `UPDATE packs SET active = 0 WHERE pack = ? AND active = 1`, a.Pack); err != nil {
			return fmt.Errorf("activate pack %s: %w", a.Pack, err)
		}
		n, err := s.changed(ctx, `UPDATE packs SET active = 1 WHERE pack = ? AND hash = ?`, a.Pack, a.Hash)
		if err != nil {
			return fmt.Errorf("activate pack %s: %w", a.Pack, err)
		}
		if n == 0 {
			return fmt.Errorf("activate pack %s of %s: %w", a.Pack, a.Hash, bot.ErrNone)
		}
	}
	for _, o := range c.Off {
		query := `DELETE FROM packs_off WHERE space = ? AND pack = ?`
		if o.Off {
			query = `INSERT INTO packs_off (space, pack) VALUES (?, ?) ON CONFLICT DO NOTHING`
		}
		if _, err := s.exec(ctx, query, o.Space, o.Pack); err != nil {
			return fmt.Errorf("switch pack %s: %w", o.Pack, err)
		}
	}
	return nil
}

// papers writes drafts, reports and the audit.
func (s *statements) papers(ctx context.Context, c *bot.Change) error {
	if d := c.Draft; d != nil {
		if _, err := s.exec(ctx, `INSERT INTO drafts (id, space, by, data, at) VALUES (?, ?, ?, ?, ?)`, d.ID, d.Space, d.By, d.Data, micros(d.At)); err != nil {
			return fmt.Errorf("insert draft %d: %w", d.ID, err)
		}
	}
	if c.Undraft != 0 {
		if _, err := s.exec(ctx, `DELETE FROM drafts WHERE id = ?`, c.Undraft); err != nil {
			return fmt.Errorf("remove draft %d: %w", c.Undraft, err)
		}
	}
	var err error
	for i := range c.Reports {
		r := &c.Reports[i]
		if r.ID, err = s.inserted(ctx, `INSERT INTO reports (space, chat, member, item, pack, hash, seed, lang, reason, text, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.Space, r.Chat, r.Member, r.Item, r.Pack, r.Hash, int64(r.Seed), r.Lang, r.Reason, r.Text, micros(r.At)); err != nil {
			return fmt.Errorf("insert report: %w", err)
		}
	}
	for i := range c.Audit {
		a := &c.Audit[i]
		if a.ID, err = s.inserted(ctx, `INSERT INTO audit (space, member, action, detail, at) VALUES (?, ?, ?, ?, ?)`, a.Space, a.Member, a.Action, a.Detail, micros(a.At)); err != nil {
			return fmt.Errorf("insert audit: %w", err)
		}
	}
	return nil
}
