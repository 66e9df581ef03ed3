package sqlite

import (
	"context"
	"fmt"

	"summitquiz/bot"
)

// session checks the fence of a change and writes its session. The answers of the change are
// counted in the same statement, so that an answer costs one update of a small row.
func (s *statements) session(ctx context.Context, c *bot.Change) error {
	g, f := c.Session, c.Fence
	if g != nil && g.Version == 1 {
		if f != nil {
			if err := s.unchanged(ctx, f); err != nil {
				return err
			}
		}
		return s.begin(ctx, g, answersOf(c, g.ID))
	}
	if g != nil && (f == nil || f.Session != g.ID || f.Version != g.Version-1) {
		return fmt.Errorf("update session %d to version %d: the fence is %+v", g.ID, g.Version, f)
	}
	if f == nil {
		return nil
	}
	more := answersOf(c, f.Session)
	switch {
	case g != nil:
		return s.replace(ctx, g, f, more)
	case more > 0:
		return s.count(ctx, f, more)
	}
	return s.unchanged(ctx, f)
}

// tally is what a transaction knows of a session to which it has added answers: the session as it is
// now, and how many of its answers no statement has counted yet. In a large commit many answers
// belong to one session, and counting each of them would cost a tenth of the change.
type tally struct{ version, answers, uncounted int }

// count adds answers to a session that is as a fence saw it.
func (s *statements) count(ctx context.Context, f *bot.Fence, more int) error {
	if t := s.tallies[f.Session]; t != nil {
		if t.version != f.Version || f.Answers != bot.AnyAnswers && t.answers != f.Answers {
			return bot.ErrConflict
		}
		s.wrote = true // in memory for now
		t.answers += more
		t.uncounted += more
		return nil
	}
	n, err := s.changed(ctx, `UPDATE sessions SET answers = answers + ?1 WHERE id = ?2 AND version = ?3 AND ?4 IN (answers, -1)`,
		int64(more), int64(f.Session), int64(f.Version), int64(f.Answers))
	if err != nil {
		return fmt.Errorf("count answers of session %d: %w", f.Session, err)
	}
	if n > 0 && f.Answers != bot.AnyAnswers { // else it is not known how many there are
		s.tallies[f.Session] = &tally{f.Version, f.Answers + more, 0}
	}
	return conflictIfNone(n)
}

// settle writes what count has left in memory. It comes before every other statement that reads or
// writes a session, and before a commit.
func (s *statements) settle(ctx context.Context) error {
	wrote := s.wrote
	for id, t := range s.tallies {
		if t.uncounted == 0 {
			continue
		}
		if _, err := s.exec(ctx, `UPDATE sessions SET answers = answers + ? WHERE id = ?`, int64(t.uncounted), int64(id)); err != nil {
			return fmt.Errorf("count answers of session %d: %w", id, err)
		}
	}
	clear(s.tallies)
	s.wrote = wrote // it belongs to the changes before this one
	return nil
}

// unchanged returns ErrConflict if a session is not as a fence saw it.
func (s *statements) unchanged(ctx context.Context, f *bot.Fence) error {
	if err := s.settle(ctx); err != nil {
		return err
	}
	var same int64
	err := s.row(ctx, `SELECT count(*) FROM sessions WHERE id = ? AND version = ? AND ? IN (answers, -1)`, []any{f.Session, f.Version, f.Answers}, &same)
	if err != nil {
		return fmt.Errorf("check session %d: %w", f.Session, err)
	}
	return conflictIfNone(same)
}

// begin inserts a session. Another one of its kind may be live in its place.
func (s *statements) begin(ctx context.Context, g *bot.Session, answers int) error {
	n, err := s.changed(ctx, `INSERT INTO sessions (id, kind, version, answers, chat, space, solo, beside, pack, hash, lang, ended, started, owner, run)
		VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		g.ID, g.Kind, answers, g.Chat, g.Space, g.Solo, g.Beside, g.Pack, g.Hash, g.Lang, g.Ended, micros(g.Started), g.Owner, g.Run)
	if err != nil {
		return fmt.Errorf("insert session %d: %w", g.ID, err)
	}
	if n == 0 {
		return bot.ErrConflict
	}
	script, err := s.scripts.compressed(g.Script)
	if err != nil {
		return fmt.Errorf("compress the script of session %d: %w", g.ID, err)
	}
	if _, err := s.exec(ctx, `INSERT INTO session_scripts (session, script) VALUES (?, ?)`, g.ID, script); err != nil {
		return fmt.Errorf("insert the script of session %d: %w", g.ID, err)
	}
	if _, err := s.exec(ctx, `INSERT INTO session_states (session, state) VALUES (?, ?)`, g.ID, []byte(g.State)); err != nil {
		return fmt.Errorf("insert the state of session %d: %w", g.ID, err)
	}
	return nil
}

// replace writes the next version of a session.
func (s *statements) replace(ctx context.Context, g *bot.Session, f *bot.Fence, more int) error {
	if err := s.settle(ctx); err != nil {
		return err
	}
	n, err := s.changed(ctx, `UPDATE sessions SET version = ?, answers = answers + ?, ended = ?, owner = ?, run = ? WHERE id = ? AND version = ? AND ? IN (answers, -1)`,
		g.Version, more, g.Ended, g.Owner, g.Run, g.ID, f.Version, f.Answers)
	if err != nil {
		return fmt.Errorf("update session %d: %w", g.ID, err)
	}
	if n == 0 {
		return bot.ErrConflict
	}
	if _, err := s.exec(ctx, `UPDATE session_states SET state = ? WHERE session = ?`, []byte(g.State), g.ID); err != nil {
		return fmt.Errorf("update the state of session %d: %w", g.ID, err)
	}
	return nil
}

func conflictIfNone(rows int64) error {
	if rows == 0 {
		return bot.ErrConflict
	}
	return nil
}

// answersOf returns how many answers of a change belong to a session.
func answersOf(c *bot.Change, id bot.SessionID) int {
	n := 0
	for i := range c.Answers {
		if c.Answers[i].Session == id {
			n++
		}
	}
	return n
}

// answers inserts answers, and counts those whose session the change does not fence.
func (s *statements) answers(ctx context.Context, c *bot.Change) error {
	for i := range c.Answers {
		a := &c.Answers[i]
		id, err := s.inserted(ctx, `INSERT INTO answers (session, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark,
				reason, text, points, final, lapsed, solo, hinted, prior, at, day, daily, took)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			plain(a)...)
		if unique(err) && a.Daily != 0 {
			return bot.ErrConflict // they answered it elsewhere, or here a moment ago
		}
		if unique(err) {
			return bot.ErrRepeated
		}
		if err != nil {
			return fmt.Errorf("insert answer of session %d: %w", a.Session, err)
		}
		a.ID = id
		if f, g := c.Fence, c.Session; f != nil && f.Session == a.Session || g != nil && g.ID == a.Session {
			continue // counted already
		}
		if err := s.settle(ctx); err != nil {
			return err
		}
		if _, err := s.exec(ctx, `UPDATE sessions SET answers = answers + 1 WHERE id = ?`, a.Session); err != nil {
			return fmt.Errorf("count answer of session %d: %w", a.Session, err)
		}
	}
	return nil
}

// plain returns the columns of an answer as types that database/sql takes as they are: it looks at
// all others by reflection, which is felt here and nowhere else.
func plain(a *bot.Answer) []any {
	return []any{
		int64(a.Session), int64(a.Question), int64(a.Try), int64(a.Member), int64(a.Chat), int64(a.Space), a.Platform, string(a.Pack), a.Hash, string(a.Item),
		int64(a.Seed), int64(a.Lang), int64(a.Option), int64(a.Options), int64(a.Mark), int64(a.Reason), a.Text, int64(a.Points), a.Final, a.Lapsed, a.Solo,
		a.Hinted, int64(a.Prior), micros(a.At), int64(a.Day), int64(a.Daily), a.Took.Microseconds(),
	}
}

// voids takes the points of questions away, which changes what was folded over their answers.
func (s *statements) voids(ctx context.Context, c *bot.Change) error {
	for _, v := range c.Void {
		if _, err := s.exec(ctx, `INSERT INTO pack_edits (pack, edits) SELECT DISTINCT pack, 1 FROM answers WHERE session = ? AND question = ?
			ON CONFLICT DO UPDATE SET edits = edits + 1`, v.Session, v.Question); err != nil {
			return fmt.Errorf("void question %d of session %d: %w", v.Question, v.Session, err)
		}
		if _, err := s.exec(ctx, `UPDATE answers SET void = 1, points = 0 WHERE session = ? AND question = ?`, v.Session, v.Question); err != nil {
			return fmt.Errorf("void question %d of session %d: %w", v.Question, v.Session, err)
		}
	}
	return nil
}
