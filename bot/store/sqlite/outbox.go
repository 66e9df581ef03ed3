package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"summitquiz/bot"
)

const sendColumns = `id, op, slot, chat, "to", post, cause, state, ref, started, done`

// sent is a send as its row has it.
type sent struct {
	bot.Send
	post string
}

func intoSend(s *sent) []any {
	return []any{&s.ID, &s.Op, &s.Slot, &s.Chat, &s.To, &s.post, &s.Cause, &s.State, &s.Ref, moment{&s.Started}, moment{&s.Done}}
}

func sends(rows []sent, err error) ([]bot.Send, error) {
	if err != nil {
		return nil, err
	}
	out := make([]bot.Send, len(rows))
	for i := range rows {
		out[i] = rows[i].Send
		if err := json.Unmarshal([]byte(rows[i].post), &out[i].Post); err != nil {
			return nil, fmt.Errorf("post %s: %w", out[i].Slot, err)
		}
	}
	return out, nil
}

// Waiting returns what is queued or started in a chat.
func (db *DB) Waiting(ctx context.Context, chat bot.ChatID, limit int) ([]bot.Send, error) {
	return sends(list(ctx, db.read, intoSend, `SELECT `+sendColumns+` FROM sends WHERE chat = ? AND state IN ('queued', 'started') ORDER BY id LIMIT ?`, chat, limit))
}

// Backlog returns the chats in which something is queued or started.
func (db *DB) Backlog(ctx context.Context) ([]bot.ChatID, error) {
	return list(ctx, db.read, func(c *bot.ChatID) []any { return []any{c} }, `SELECT DISTINCT chat FROM sends WHERE state IN ('queued', 'started') ORDER BY chat`)
}

// RefOf returns the platform's id of what was delivered in a slot.
func (db *DB) RefOf(ctx context.Context, slot bot.Slot) (bot.Ref, error) {
	var ref bot.Ref
	err := db.read.QueryRowContext(ctx, `SELECT ref FROM sends WHERE slot = ? AND op = 'new' AND state = 'done'`, slot).Scan(&ref)
	return ref, one(err)
}

// SlotOf returns the slot of a delivered post.
func (db *DB) SlotOf(ctx context.Context, chat bot.ChatID, ref bot.Ref) (bot.Slot, error) {
	var slot bot.Slot
	err := db.read.QueryRowContext(ctx, `SELECT slot FROM sends WHERE chat = ? AND op = 'new' AND state = 'done' AND ref = ? ORDER BY id DESC LIMIT 1`, chat, ref).Scan(&slot)
	return slot, one(err)
}

// postOfQuery finds a delivered post of a platform (1) by the beginning of its id (2), up to what
// would follow all that begin so (3).
const postOfQuery = `SELECT s.slot, s.chat FROM sends s JOIN chats c ON c.id = s.chat
	WHERE s.op = 'new' AND s.ref <> '' AND s.ref >= ?2 AND s.ref < ?3 AND s.state = 'done' AND c.platform = ?1 ORDER BY s.id DESC LIMIT 1`

// PostOf returns the slot and the chat of a delivered post.
func (db *DB) PostOf(ctx context.Context, platform, prefix string) (slot bot.Slot, chat bot.Chat, err error) {
	err = db.read.QueryRowContext(ctx, postOfQuery, platform, prefix, prefix+"\U0010FFFF").Scan(&slot, &chat.ID)
	if err != nil {
		return "", chat, one(err)
	}
	chat, err = db.Chat(ctx, chat.ID)
	return slot, chat, err
}

// Posts returns the newest slots of a chat as they stand now. The newest writing of a slot
// counts, delivered or not, unless its delivery failed. One that was emptied, as it named somebody
// who is forgotten, is left out.
func (db *DB) Posts(ctx context.Context, chat bot.ChatID, m bot.MemberID, limit int) ([]bot.Send, error) {
	rows, err := sends(list(ctx, db.read, intoSend, `
		SELECT n.id, l.op, n.slot, n.chat, n."to", l.post, n.cause, n.state, n.ref, n.started, n.done
		FROM sends n JOIN sends l ON l.id = (SELECT max(id) FROM sends WHERE slot = n.slot AND state <> 'failed')
		WHERE n.chat = ? AND n.op = 'new' AND n."to" IN (0, ?) AND l.op <> 'delete' AND l.post <> '{}' ORDER BY n.id DESC LIMIT ?`, chat, m, limit))
	slices.Reverse(rows)
	return rows, err
}

// Claim takes what is due and holds it.
func (db *DB) Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]bot.Due, error) {
	var out []bot.Due
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		out = nil
		stmt, err := s.stmt(ctx, `UPDATE due SET at = ?1, attempt = attempt + 1
			WHERE key IN (SELECT key FROM due AS d WHERE d.at <= ?2 ORDER BY d.at, d.key LIMIT ?3) RETURNING key, at, attempt`)
		if err != nil {
			return err
		}
		rows, err := stmt.QueryContext(ctx, micros(now.Add(lease)), micros(now), limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var d bot.Due
			if err := rows.Scan(&d.Key, moment{&d.At}, &d.Attempt); err != nil {
				return err
			}
			out = append(out, d)
		}
		return rows.Err()
	})
	return out, err
}

// Next returns when the next row is due.
func (db *DB) Next(ctx context.Context) (at time.Time, some bool, err error) {
	rows, err := list(ctx, db.read, func(t *time.Time) []any { return []any{moment{t}} }, `SELECT at FROM due ORDER BY at LIMIT 1`)
	if err != nil || len(rows) == 0 {
		return time.Time{}, false, err
	}
	return rows[0], true, nil
}
