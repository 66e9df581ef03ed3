package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"summitquiz/bot"
)

// theirs are the numbers of a member (1): their own, and those of members who have become part of them.
const theirs = `(SELECT ?1 UNION ALL SELECT id FROM members WHERE joined = ?1)`

// Export returns all that is kept about a member as JSON.
func (db *DB) Export(ctx context.Context, m bot.MemberID) ([]byte, error) {
	out := map[string]any{}
	for name, query := range map[string]string{
		"member":   `SELECT lang, own, zone, digits, owner FROM members WHERE id = ?`,
		"accounts": `SELECT platform, user, name FROM accounts WHERE member = ?`,
		"answers": `SELECT id, session, question, try, platform, pack, item, lang, option, mark, text, points, final, void, at, day, daily, took
			FROM answers WHERE member IN ` + theirs + ` ORDER BY id`,
		"admin":     `SELECT s.platform, s.title FROM admins a JOIN spaces s ON s.id = a.space WHERE a.member = ? ORDER BY s.id`,
		"exposures": `SELECT pack, item, times, last FROM exposures WHERE chat = 0 AND member = ?`,
		"reports":   `SELECT item, reason, text, at FROM reports WHERE member = ? ORDER BY id`,
		"learner":   `SELECT settings, feed FROM learners WHERE member = ?`,
		"cards":     `SELECT fact, state, stability, difficulty, interval, due, reviewed, reps, lapses, suspended FROM cards WHERE member = ? ORDER BY fact`,
		"reviews": `SELECT c.fact, r.number, r.rating, r.at, r.day, r.took, r.source, r.algorithm, r.item FROM reviews r JOIN cards c ON c.id = r.card
			WHERE r.member = ? ORDER BY r.id`,
		"audit":      `SELECT action, detail, at FROM audit WHERE member = ? ORDER BY id`,
		"dailies":    `SELECT wish, state FROM subscriptions WHERE member = ? ORDER BY id`,
		"daily-runs": `SELECT day, time, at, skipped FROM daily_runs WHERE member = ? ORDER BY at`,
		"streak":     `SELECT days, best, freezes, played, last AS last_day, shown, reminders <> 0 AS reminders FROM streaks WHERE member = ?`,
		"zones":      `SELECT at, old, new FROM zone_moves WHERE member = ? ORDER BY at`,
		"links":      `SELECT at FROM links WHERE older = ? ORDER BY id`,
	} {
		rows, err := db.objects(ctx, query, m)
		if err != nil {
			return nil, fmt.Errorf("export %s: %w", name, err)
		}
		out[name] = rows
	}
	return json.MarshalIndent(out, "", "  ")
}

// objects reads rows as JSON objects; times are kept in microseconds and read as RFC 3339.
func (db *DB) objects(ctx context.Context, query string, args ...any) ([]map[string]any, error) {
	rows, err := db.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explained(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	out := []map[string]any{}
	for rows.Next() {
		values := make([]any, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		object := map[string]any{}
		for i, name := range names {
			object[name] = values[i]
			if n, is := values[i].(int64); is && (name == "at" || name == "last" || name == "due" || name == "reviewed") {
				object[name] = timeOf(n).Format(time.RFC3339Nano)
			}
		}
		out = append(out, object)
	}
	return out, explained(rows.Err())
}

// Forget removes a member. A number that nobody else has takes their place in what stays, and posts
// that named them name somebody. What was written of them in the log and on free pages goes too; if
// another process reads just then, it goes with the next Fold.
func (db *DB) Forget(ctx context.Context, m bot.MemberID, _ time.Time) error {
	if err := db.forget(ctx, m); err != nil {
		return err
	}
	if err := db.Fold(ctx); err != nil && !errors.Is(err, ErrLocked) {
		return fmt.Errorf("forget member %d: %w", m, err)
	}
	return nil
}

func (db *DB) forget(ctx context.Context, m bot.MemberID) error {
	posts, err := db.naming(ctx, m) // found before the writer is held
	if err != nil {
		return fmt.Errorf("forget member %d: %w", m, err)
	}
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		parts, err := s.ids(ctx, `SELECT id FROM members WHERE joined = ?`, m)
		if err != nil {
			return fmt.Errorf("find who became part of member %d: %w", m, err)
		}
		for _, id := range append(parts, int64(m)) {
			if err := s.forget(ctx, bot.MemberID(id)); err != nil {
				return err
			}
		}
		for _, id := range posts {
			if _, err := s.exec(ctx, `UPDATE sends SET post = '{}' WHERE id = ?`, id); err != nil {
				return fmt.Errorf("empty a post that names member %d: %w", m, err)
			}
		}
		return s.revise(ctx)
	})
}

// forget removes what is kept under the number of a member.
func (s *statements) forget(ctx context.Context, m bot.MemberID) error {
	nobody := -1 - rand.Int64N(1<<62) // members have positive numbers
	if err := s.editPacks(ctx, m); err != nil {
		return err
	}
	for _, table := range []string{"answers", "reports", "audit"} {
		if _, err := s.exec(ctx, `UPDATE `+table+` SET member = ? WHERE member = ?`, nobody, m); err != nil {
			return fmt.Errorf("forget member %d in %s: %w", m, table, err)
		}
	}
	for _, table := range []string{"answers", "reports"} {
		if _, err := s.exec(ctx, `UPDATE `+table+` SET text = '' WHERE member = ?`, nobody); err != nil {
			return fmt.Errorf("forget what member %d typed in %s: %w", m, table, err)
		}
	}
	if err := s.unname(ctx, m); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM exposures WHERE chat = 0 AND member = ?`,
		`DELETE FROM sends WHERE "to" <> 0 AND "to" = ?`,
		`DELETE FROM drafts WHERE by = ?`,
		`DELETE FROM reviews WHERE member = ?`,
		`DELETE FROM cards WHERE member = ?`,
		`DELETE FROM learners WHERE member = ?`,
		`DELETE FROM due WHERE kind IN ('study', 'daily-reminder') AND id = ?`,
		`DELETE FROM due WHERE kind = 'subscription' AND id IN (SELECT id FROM subscriptions WHERE member = ? AND member <> 0)`,
		`DELETE FROM subscriptions WHERE member = ? AND member <> 0`,
		`UPDATE subscriptions SET by = 0 WHERE by = ?`,
		`DELETE FROM daily_runs WHERE member = ? AND member <> 0`,
		`DELETE FROM due WHERE (kind, id) IN (SELECT kind, id FROM sessions WHERE solo = ? AND solo <> 0 AND kind = 'daily')`,
		`UPDATE sessions SET ended = 1, version = version + 1, solo = -id WHERE solo = ? AND solo <> 0 AND kind = 'daily'`,
		`DELETE FROM streaks WHERE member = ?`,
		`DELETE FROM daily_turns WHERE member = ?`,
		`DELETE FROM zone_moves WHERE member = ?`,
		`DELETE FROM sends WHERE chat IN (SELECT id FROM chats WHERE member = ? AND private = 1)`,
		`DELETE FROM due WHERE (kind, id) IN (SELECT kind, id FROM sessions WHERE chat IN (SELECT id FROM chats WHERE member = ? AND private = 1))`,
		`UPDATE sessions SET ended = 1, version = version + 1 WHERE ended = 0 AND chat IN (SELECT id FROM chats WHERE member = ? AND private = 1)`,
		`UPDATE spaces SET key = 'forgotten-' || id, title = '' WHERE id IN (SELECT space FROM chats WHERE member = ? AND private = 1)
			AND NOT EXISTS (SELECT 1 FROM chats WHERE chats.space = spaces.id AND private = 0)`,
		`UPDATE chats SET key = 'forgotten-' || id WHERE member = ? AND private = 1`,
		`UPDATE chats SET member = 0 WHERE member = ?`,
		`DELETE FROM accounts WHERE member = ?`,
		`DELETE FROM members WHERE id = ?`,
	} {
		if _, err := s.exec(ctx, query, m); err != nil {
			return fmt.Errorf("forget member %d: %w", m, err)
		}
	}
	return nil
}

// unname puts somebody in the place of a member in every post that names them.
func (s *statements) unname(ctx context.Context, m bot.MemberID) error {
	for {
		var id int64
		var written string
		err := s.row(ctx, `SELECT s.id, s.post FROM namings n JOIN sends s ON s.id = n.send WHERE n.member = ? LIMIT 1`, []any{m}, &id, &written)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find a post that names member %d: %w", m, err)
		}
		var post bot.Post
		if err := json.Unmarshal([]byte(written), &post); err != nil {
			return fmt.Errorf("read post %d: %w", id, err)
		}
		post.Forget(m)
		rewritten, err := json.Marshal(&post)
		if err != nil {
			return fmt.Errorf("write post %d: %w", id, err)
		}
		if _, err := s.exec(ctx, `UPDATE sends SET post = ? WHERE id = ?`, string(rewritten), id); err != nil {
			return fmt.Errorf("take member %d out of post %d: %w", m, id, err)
		}
		if _, err := s.exec(ctx, `DELETE FROM namings WHERE member = ? AND send = ?`, m, id); err != nil {
			return fmt.Errorf("note that post %d does not name member %d: %w", id, m, err)
		}
	}
}

// naming finds the delivered posts that name a member among those of which it was not noted whom
// they name. Names stand in posts in isolates, so that a short one is not found within words.
func (db *DB) naming(ctx context.Context, m bot.MemberID) (posts []int64, err error) {
	called, err := list(ctx, db.read, func(s *string) []any { return []any{s} }, `SELECT DISTINCT name FROM accounts WHERE member = ? AND name <> ''`, m)
	if err != nil {
		return nil, err
	}
	for _, name := range called {
		written, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		isolated := "\u2068" + string(written[1:len(written)-1]) + "\u2069"
		ids, err := list(ctx, db.read, func(n *int64) []any { return []any{n} },
			`SELECT id FROM sends WHERE id <= (SELECT send FROM namings_since)
				AND state NOT IN ('queued', 'started') AND instr(post, ?) > 0`, isolated)
		if err != nil {
			return nil, err
		}
		posts = append(posts, ids...)
	}
	return posts, nil
}

// Purge removes a space with all that belongs to it; answers stay with their members.
func (db *DB) Purge(ctx context.Context, id bot.SpaceID) error {
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		if err := s.settle(ctx); err != nil {
			return err
		}
		for _, query := range []string{
			`DELETE FROM exposures WHERE chat IN (SELECT id FROM chats WHERE space = ?)`,
			`DELETE FROM sends WHERE chat IN (SELECT id FROM chats WHERE space = ?)`,
			`DELETE FROM due WHERE (kind, id) IN (SELECT kind, id FROM sessions WHERE space = ?)`,
			`DELETE FROM due WHERE kind = 'subscription' AND id IN (SELECT id FROM subscriptions WHERE space = ?)`,
			`DELETE FROM daily_runs WHERE chat IN (SELECT id FROM chats WHERE space = ?)`,
			`DELETE FROM subscriptions WHERE space = ?`,
			`DELETE FROM sessions WHERE space = ?`,
			`DELETE FROM daily_sets WHERE pack IN (SELECT pack FROM packs WHERE space = ?)`,
			`DELETE FROM projections WHERE pack IN (SELECT pack FROM packs WHERE space = ?)`,
			`DELETE FROM packs WHERE space = ?`, `DELETE FROM packs_off WHERE space = ?`, `DELETE FROM drafts WHERE space = ?`,
			`DELETE FROM reports WHERE space = ?`, `DELETE FROM audit WHERE space = ?`,
			`DELETE FROM spaces WHERE id = ?`,
		} {
			if _, err := s.exec(ctx, query, id); err != nil {
				return fmt.Errorf("purge space %d: %w", id, err)
			}
		}
		return s.revise(ctx)
	})
}
