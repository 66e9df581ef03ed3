package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// theirs are the numbers of a member (1): their own, and those of members who have become part of them.
const theirs = `(SELECT $1 UNION ALL SELECT id FROM members WHERE joined = $1)`

// Export returns all that is kept about a member as JSON.
func (db *DB) Export(ctx context.Context, m bot.MemberID) ([]byte, error) {
	out := map[string]any{}
	for name, query := range map[string]string{
		"member":   `SELECT lang, own, zone, digits, owner FROM members WHERE id = $1`,
		"accounts": `SELECT platform, "user", name FROM accounts WHERE member = $1`,
		"answers": `SELECT id, session, question, try, platform, pack, item, lang, option, mark, text, points, final, void, at, day, daily, took
			FROM answers WHERE member IN ` + theirs + ` ORDER BY id`,
		"admin":     `SELECT s.platform, s.title FROM admins a JOIN spaces s ON s.id = a.space WHERE a.member = $1 ORDER BY s.id`,
		"exposures": `SELECT pack, item, times, last FROM exposures WHERE chat = 0 AND member = $1`,
		"reports":   `SELECT item, reason, text, at FROM reports WHERE member = $1 ORDER BY id`,
		"learner":   `SELECT settings, feed FROM learners WHERE member = $1`,
		"cards":     `SELECT fact, state, stability, difficulty, "interval", due, reviewed, reps, lapses, suspended FROM cards WHERE member = $1 ORDER BY fact`,
		"reviews": `SELECT c.fact, r.number, r.rating, r.at, r.day, r.took, r.source, r.algorithm, r.item FROM reviews r JOIN cards c ON c.id = r.card
			WHERE r.member = $1 ORDER BY r.id`,
		"audit":      `SELECT action, detail, at FROM audit WHERE member = $1 ORDER BY id`,
		"dailies":    `SELECT wish, state FROM subscriptions WHERE member = $1 ORDER BY id`,
		"daily-runs": `SELECT day, time, at, skipped FROM daily_runs WHERE member = $1 ORDER BY at`,
		"streak":     `SELECT days, best, freezes, played, last AS last_day, shown, (reminders <> 0)::int::bigint AS reminders FROM streaks WHERE member = $1`,
		"zones":      `SELECT at, old, new FROM zone_moves WHERE member = $1 ORDER BY at`,
		"links":      `SELECT at FROM links WHERE older = $1 ORDER BY id`,
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
	out := []map[string]any{}
	err := each(ctx, db, query, args, func(rows pgx.Rows) error {
		r, err := asRecord(rows)
		if err != nil {
			return err
		}
		for _, name := range []string{"at", "last", "due", "reviewed"} {
			if n, is := r[name].(int64); is {
				r[name] = timeOf(n).Format(time.RFC3339Nano)
			}
		}
		out = append(out, r)
		return nil
	})
	return out, explained(err)
}

// Forget removes a member. A number that nobody else has takes their place in what stays, and posts
// that named them name somebody. The server writes over what was deleted when it vacuums its files.
func (db *DB) Forget(ctx context.Context, m bot.MemberID, _ time.Time) error {
	posts, err := db.naming(ctx, m) // found before the writer is held
	if err != nil {
		return fmt.Errorf("forget member %d: %w", m, err)
	}
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		parts, err := s.ids(ctx, `SELECT id FROM members WHERE joined = $1`, m)
		if err != nil {
			return fmt.Errorf("find who became part of member %d: %w", m, err)
		}
		for _, id := range append(parts, int64(m)) {
			if err := s.forget(ctx, bot.MemberID(id)); err != nil {
				return err
			}
		}
		for _, id := range posts {
			if _, err := s.exec(ctx, `UPDATE sends SET post = '{}' WHERE id = $1`, id); err != nil {
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
		if _, err := s.exec(ctx, `UPDATE `+table+` SET member = $1 WHERE member = $2`, nobody, m); err != nil {
			return fmt.Errorf("forget member %d in %s: %w", m, table, err)
		}
	}
	for _, table := range []string{"answers", "reports"} {
		if _, err := s.exec(ctx, `UPDATE `+table+` SET text = '' WHERE member = $1`, nobody); err != nil {
			return fmt.Errorf("forget what member %d typed in %s: %w", m, table, err)
		}
	}
	if err := s.unname(ctx, m); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM exposures WHERE chat = 0 AND member = $1`,
		`DELETE FROM sends WHERE "to" <> 0 AND "to" = $1`,
		`DELETE FROM drafts WHERE by = $1`,
		`DELETE FROM reviews WHERE member = $1`,
		`DELETE FROM cards WHERE member = $1`,
		`DELETE FROM learners WHERE member = $1`,
		`DELETE FROM due WHERE kind IN ('study', 'daily-reminder') AND id = $1`,
		`DELETE FROM due WHERE kind = 'subscription' AND id IN (SELECT id FROM subscriptions WHERE member = $1 AND member <> 0)`,
		`DELETE FROM subscriptions WHERE member = $1 AND member <> 0`,
		`UPDATE subscriptions SET by = 0 WHERE by = $1`,
		`DELETE FROM daily_runs WHERE member = $1 AND member <> 0`,
		`DELETE FROM due WHERE (kind, id) IN (SELECT kind, id FROM sessions WHERE solo = $1 AND solo <> 0 AND kind = 'daily')`,
		`UPDATE sessions SET ended = 1, version = version + 1, solo = -id WHERE solo = $1 AND solo <> 0 AND kind = 'daily'`,
		`DELETE FROM streaks WHERE member = $1`,
		`DELETE FROM daily_turns WHERE member = $1`,
		`DELETE FROM zone_moves WHERE member = $1`,
		`DELETE FROM sends WHERE chat IN (SELECT id FROM chats WHERE member = $1 AND private = 1)`,
		`DELETE FROM due WHERE (kind, id) IN (SELECT kind, id FROM sessions WHERE chat IN (SELECT id FROM chats WHERE member = $1 AND private = 1))`,
		`UPDATE sessions SET ended = 1, version = version + 1 WHERE ended = 0 AND chat IN (SELECT id FROM chats WHERE member = $1 AND private = 1)`,
		`UPDATE spaces SET key = 'forgotten-' || id, title = '' WHERE id IN (SELECT space FROM chats WHERE member = $1 AND private = 1)
			AND NOT EXISTS (SELECT 1 FROM chats WHERE chats.space = spaces.id AND private = 0)`,
		`UPDATE chats SET key = 'forgotten-' || id WHERE member = $1 AND private = 1`,
		`UPDATE chats SET member = 0 WHERE member = $1`,
		`DELETE FROM accounts WHERE member = $1`,
		`DELETE FROM members WHERE id = $1`,
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
		err := s.row(ctx, `SELECT s.id, s.post FROM namings n JOIN sends s ON s.id = n.send WHERE n.member = $1 LIMIT 1`, []any{m}, &id, &written)
		if errors.Is(err, pgx.ErrNoRows) {
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
		if _, err := s.exec(ctx, `UPDATE sends SET post = $1 WHERE id = $2`, string(rewritten), id); err != nil {
			return fmt.Errorf("take member %d out of post %d: %w", m, id, err)
		}
		if _, err := s.exec(ctx, `DELETE FROM namings WHERE member = $1 AND send = $2`, m, id); err != nil {
			return fmt.Errorf("note that post %d does not name member %d: %w", id, m, err)
		}
	}
}

// naming finds the delivered posts that name a member among those of which it was not noted whom
// they name. Names stand in posts in isolates, so that a short one is not found within words.
func (db *DB) naming(ctx context.Context, m bot.MemberID) (posts []int64, err error) {
	called, err := list(ctx, db, func(s *string) []any { return []any{s} }, `SELECT DISTINCT name FROM accounts WHERE member = $1 AND name <> ''`, m)
	if err != nil {
		return nil, err
	}
	for _, name := range called {
		written, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		isolated := "\u2068" + string(written[1:len(written)-1]) + "\u2069"
		ids, err := list(ctx, db, func(n *int64) []any { return []any{n} },
			`SELECT id FROM sends WHERE id <= (SELECT send FROM namings_since)
				AND state NOT IN ('queued', 'started') AND strpos(post, $1) > 0`, isolated)
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
			`DELETE FROM exposures WHERE chat IN (SELECT id FROM chats WHERE space = $1)`,
			`DELETE FROM sends WHERE chat IN (SELECT id FROM chats WHERE space = $1)`,
			`DELETE FROM due WHERE (kind, id) IN (SELECT kind, id FROM sessions WHERE space = $1)`,
			`DELETE FROM due WHERE kind = 'subscription' AND id IN (SELECT id FROM subscriptions WHERE space = $1)`,
			`DELETE FROM daily_runs WHERE chat IN (SELECT id FROM chats WHERE space = $1)`,
			`DELETE FROM subscriptions WHERE space = $1`,
			`DELETE FROM sessions WHERE space = $1`,
			`DELETE FROM daily_sets WHERE pack IN (SELECT pack FROM packs WHERE space = $1)`,
			`DELETE FROM projections WHERE pack IN (SELECT pack FROM packs WHERE space = $1)`,
			`DELETE FROM packs WHERE space = $1`, `DELETE FROM packs_off WHERE space = $1`, `DELETE FROM drafts WHERE space = $1`,
			`DELETE FROM reports WHERE space = $1`, `DELETE FROM audit WHERE space = $1`,
			`DELETE FROM spaces WHERE id = $1`,
		} {
			if _, err := s.exec(ctx, query, id); err != nil {
				return fmt.Errorf("purge space %d: %w", id, err)
			}
		}
		return s.revise(ctx)
	})
}
