package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"summitquiz/bot"
)

// dailies writes what a change says of subscriptions, their occurrences, days and streaks.
func (s *statements) dailies(ctx context.Context, c *bot.Change) error {
	for _, part := range []func(context.Context, *bot.Change) error{s.subscription, s.runs, s.streak, s.dailyRest} {
		if err := part(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// subscription inserts a subscription or replaces the version before.
func (s *statements) subscription(ctx context.Context, c *bot.Change) error {
	x := c.Subscription
	if x == nil {
		return nil
	}
	wish, err := json.Marshal(&x.Wish)
	if err != nil {
		return fmt.Errorf("write subscription %d: %w", x.ID, err)
	}
	values := []any{x.Version, x.Chat, x.Space, x.Member, x.By, string(wish), x.State,
		x.Next.Day, x.Next.Time, micros(x.Next.At), x.Done.Day, x.Done.Time, micros(x.Done.At), x.ID}
	query := `UPDATE subscriptions SET version = $1::bigint, chat = $2, space = $3, member = $4, by = $5, wish = $6, state = $7,
		next_day = $8, next_time = $9, next_at = $10, done_day = $11, done_time = $12, done_at = $13 WHERE id = $14 AND version = $1::bigint - 1`
	if x.Version == 1 {
		query = `INSERT INTO subscriptions (version, chat, space, member, by, wish, state, next_day, next_time, next_at, done_day, done_time, done_at, id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`
	}
	n, err := s.changed(ctx, query, values...)
	if err != nil {
		return fmt.Errorf("write subscription %d: %w", x.ID, err)
	}
	return conflictIfNone(n)
}

// runs inserts occurrences.
func (s *statements) runs(ctx context.Context, c *bot.Change) error {
	for i := range c.Runs {
		r := &c.Runs[i]
		n, err := s.changed(ctx, `INSERT INTO daily_runs (subscription, day, time, at, chat, member, session, skipped, everywhere)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (subscription, day, time) DO UPDATE SET skipped = excluded.skipped
				WHERE daily_runs.session = excluded.session AND daily_runs.session <> 0`,
			r.Subscription, r.Day, r.Time, micros(r.At), r.Chat, r.Member, r.Session, r.Skipped, r.Everywhere)
		if err != nil {
			return fmt.Errorf("insert run %s of subscription %d: %w", r.Wall, r.Subscription, err)
		}
		if n == 0 {
			return bot.ErrConflict
		}
	}
	return nil
}

// streak inserts a streak or replaces the version before.
func (s *statements) streak(ctx context.Context, c *bot.Change) error {
	x := c.Streak
	if x == nil {
		return nil
	}
	excused, err := json.Marshal(x.Streak.Excused)
	if err != nil {
		return fmt.Errorf("write the streak of member %d: %w", x.Member, err)
	}
	query := `UPDATE streaks SET version = $1::bigint, days = $2, best = $3, freezes = $4, played = $5, last = $6, excused = $7, shown = $8, reminders = $9
		WHERE member = $10 AND version = $1::bigint - 1`
	if x.Version == 1 {
		query = `INSERT INTO streaks (version, days, best, freezes, played, last, excused, shown, reminders, member)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
	}
	n, err := s.changed(ctx, query, x.Version, x.Streak.Days, x.Streak.Best, x.Streak.Freezes, x.Streak.Played, x.Streak.Last, string(excused),
		x.Shown, x.Remind, x.Member)
	if err != nil {
		return fmt.Errorf("write the streak of member %d: %w", x.Member, err)
	}
	return conflictIfNone(n)
}

// recalledQuery removes what is queued of a subscription and was not posted yet. What was not posted
// within two days of its time has long been given up.
const recalledQuery = `DELETE FROM sends WHERE op = 'new' AND state = 'queued' AND (slot_kind, slot_id) IN (
	SELECT s.kind, s.id FROM (SELECT session FROM daily_runs WHERE subscription = $1 ORDER BY day DESC, time DESC LIMIT 48) r JOIN sessions s ON s.id = r.session)`

// dailyRest writes what nothing can refuse.
func (s *statements) dailyRest(ctx context.Context, c *bot.Change) error {
	if id := c.Unsubscribe; id != 0 {
		if _, err := s.exec(ctx, `DELETE FROM subscriptions WHERE id = $1`, id); err != nil {
			return fmt.Errorf("remove subscription %d: %w", id, err)
		}
		if _, err := s.exec(ctx, recalledQuery, id); err != nil {
			return fmt.Errorf("recall the posts of subscription %d: %w", id, err)
		}
	}
	if d := c.DailySet; d != nil {
		if _, err := s.exec(ctx, `INSERT INTO daily_sets (pack, hash, day, questions, data) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			d.Pack, d.Hash, d.Day, d.Questions, []byte(d.Data)); err != nil {
			return fmt.Errorf("insert the set of %s of %s: %w", d.Day, d.Pack, err)
		}
	}
	if t := c.Turn; t != nil {
		if _, err := s.exec(ctx, `INSERT INTO daily_turns (member, session, question) VALUES ($1, $2, $3)
			ON CONFLICT (member) DO UPDATE SET session = excluded.session, question = excluded.question`, t.Member, t.Session, t.Question); err != nil {
			return fmt.Errorf("note the turn of member %d: %w", t.Member, err)
		}
	}
	return nil
}
