package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"summitquiz/bot"
)

const sendColumns = `id, op, slot_kind, slot_id, slot_part, slot_n, chat, "to", post, class, cause, state, ref, started, done`

// sendRow is a send as its row has it.
type sendRow struct {
	bot.Send
	post string
}

func intoSend(s *sendRow) []any {
	return []any{&s.ID, &s.Op, &s.Slot.Kind, &s.Slot.ID, &s.Slot.Part, &s.Slot.N, &s.Chat, &s.To, &s.post, &s.Class, &s.Cause, &s.State, &s.Ref,
		moment{&s.Started}, moment{&s.Done}}
}

func intoSlot(s *bot.Slot) []any { return []any{&s.Kind, &s.ID, &s.Part, &s.N} }

func sends(rows []sendRow, err error) ([]bot.Send, error) {
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

// waitingQuery finds what is on its way in a chat (1) in slots of some kinds (2), and backlogQuery
// the chats where something is.
const (
	waitingQuery = `SELECT ` + sendColumns + ` FROM sends WHERE chat = $1 AND state IN ('queued', 'started')
		AND slot_kind = ANY($2) ORDER BY id LIMIT $3`
	backlogQuery = `SELECT DISTINCT chat FROM sends
		WHERE state IN ('queued', 'started') AND slot_kind = ANY($1) ORDER BY chat`
)

// Waiting returns what is queued or started in a chat in slots of some kinds.
func (db *DB) Waiting(ctx context.Context, kinds []bot.Kind, chat bot.ChatID, limit int) ([]bot.Send, error) {
	return sends(list(ctx, db, intoSend, waitingQuery, chat, texts(kinds), limit))
}

// Backlog returns the chats in which something of some kinds is queued or started.
func (db *DB) Backlog(ctx context.Context, kinds []bot.Kind) ([]bot.ChatID, error) {
	return list(ctx, db, func(c *bot.ChatID) []any { return []any{c} }, backlogQuery, texts(kinds))
}

// LastSend returns the largest id of a send.
func (db *DB) LastSend(ctx context.Context) (id int64, err error) {
	err = db.row(ctx, `SELECT coalesce(max(id), 0) FROM sends`).Scan(&id)
	return id, explained(err)
}

const refOfQuery = `SELECT ref FROM sends WHERE slot_kind = $1 AND slot_id = $2 AND slot_part = $3 AND slot_n = $4 AND op = 'new' AND state = 'done'`

// RefOf returns the platform's id of what was delivered in a slot.
func (db *DB) RefOf(ctx context.Context, slot bot.Slot) (bot.Ref, error) {
	var ref bot.Ref
	err := db.row(ctx, refOfQuery, slot.Kind, slot.ID, slot.Part, slot.N).Scan(&ref)
	return ref, one(err)
}

// SlotOf returns the slot of a delivered post.
func (db *DB) SlotOf(ctx context.Context, chat bot.ChatID, ref bot.Ref) (bot.Slot, error) {
	var slot bot.Slot
	err := db.row(ctx, `SELECT slot_kind, slot_id, slot_part, slot_n FROM sends
		WHERE chat = $1 AND op = 'new' AND state = 'done' AND ref = $2 ORDER BY id DESC LIMIT 1`, chat, ref).Scan(intoSlot(&slot)...)
	return slot, one(err)
}

// postOfQuery finds a delivered post of a platform (1) by the beginning of its id (2), up to what
// would follow all that begin so (3).
const postOfQuery = `SELECT s.slot_kind, s.slot_id, s.slot_part, s.slot_n, s.chat FROM sends s JOIN chats c ON c.id = s.chat
	WHERE s.op = 'new' AND s.ref <> '' AND s.ref >= $2 AND s.ref < $3 AND s.state = 'done' AND c.platform = $1 ORDER BY s.id DESC LIMIT 1`

// PostOf returns the slot and the chat of a delivered post.
func (db *DB) PostOf(ctx context.Context, platform, prefix string) (slot bot.Slot, chat bot.Chat, err error) {
	err = db.row(ctx, postOfQuery, platform, prefix, prefix+"\U0010FFFF").Scan(append(intoSlot(&slot), &chat.ID)...)
	if err != nil {
		return bot.Slot{}, chat, one(err)
	}
	chat, err = db.Chat(ctx, chat.ID)
	return slot, chat, err
}

// postsQuery finds the newest slots of a chat (1) for a member (2), at most so many (3).
const postsQuery = `
	SELECT n.id, l.op, n.slot_kind, n.slot_id, n.slot_part, n.slot_n, n.chat, n."to", l.post, n.class, n.cause, n.state, n.ref, n.started, n.done
	FROM sends n JOIN sends l ON l.id = (
		SELECT max(id) FROM sends e WHERE e.slot_kind = n.slot_kind AND e.slot_id = n.slot_id AND e.slot_part = n.slot_part AND e.slot_n = n.slot_n
			AND e.state <> 'failed')
	WHERE n.chat = $1 AND n.op = 'new' AND n."to" IN (0, $2) AND l.op <> 'delete' AND l.post <> '{}' ORDER BY n.id DESC LIMIT $3`

// Posts returns the newest slots of a chat as they stand now. The newest version of a slot
// counts, delivered or not, unless its delivery failed. One that was emptied, as it named somebody
// who is forgotten, is left out.
func (db *DB) Posts(ctx context.Context, chat bot.ChatID, m bot.MemberID, limit int) ([]bot.Send, error) {
	rows, err := sends(list(ctx, db, intoSend, postsQuery, chat, m, limit))
	slices.Reverse(rows)
	return rows, err
}
