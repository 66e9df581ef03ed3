package postgres

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
)

// What Prune keeps and how it works: how many posts of a chat stay whatever their age, and how
// many rows one commit removes at most, so that nobody waits long for the writer.
const (
	keptPosts = 30 // what a page of the web room shows
	pruneMost = 500
)

// Prune forgets what nothing needs any more, and returns how many rows that were: which inputs
// were handled before a time, processes that were there last before it, the drafts that nobody decided about since, what ended games that began
// before it showed and how they stood, and the posts of ended sessions that were delivered before it and
// are not among the newest of their chat. Answers,
// sessions, reports and the audit stay. Whoever calls it keeps inputs for as long as a platform may
// send them again: a week at least.
func (db *DB) Prune(ctx context.Context, before time.Time) (int64, error) {
	total := int64(0)
	for _, query := range []string{
		`DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE at < $1 LIMIT $2)`,
		`DELETE FROM leases WHERE name IN (SELECT name FROM leases WHERE name LIKE 'process %' AND until < $1 LIMIT $2)`,
		`DELETE FROM guests WHERE (chat, process) IN (SELECT chat, process FROM guests WHERE until < $1 LIMIT $2)`,
		`DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE at < $1 LIMIT $2)`,
		`DELETE FROM session_states WHERE session IN (SELECT d.session FROM session_states d JOIN sessions s ON s.id = d.session
			WHERE s.ended = 1 AND s.kind = 'game' AND s.started < $1 LIMIT $2)`,
		`DELETE FROM session_scripts WHERE session IN (SELECT d.session FROM session_scripts d JOIN sessions s ON s.id = d.session
			WHERE s.ended = 1 AND s.kind = 'game' AND s.started < $1 LIMIT $2)`,
	} {
		for gone := int64(pruneMost); gone == pruneMost; total += gone {
			var err error
			if gone, err = db.drop(ctx, query, micros(before), pruneMost); err != nil {
				return total, fmt.Errorf("prune: %w", err)
			}
		}
	}
	chats, err := list(ctx, db, func(c *bot.ChatID) []any { return []any{c} }, crowdedQuery, keptPosts)
	if err != nil {
		return total, fmt.Errorf("prune: %w", err)
	}
	for _, c := range chats {
		gone, err := db.dropPosts(ctx, c, before)
		if total += gone; err != nil {
			return total, fmt.Errorf("prune the posts of chat %d: %w", c, err)
		}
	}
	return total, nil
}

func (db *DB) drop(ctx context.Context, query string, args ...any) (gone int64, err error) {
	err = db.now(ctx, func(ctx context.Context, s *statements) (err error) {
		gone, err = s.changed(ctx, query, args...)
		return err
	})
	return gone, err
}

// crowdedQuery finds the chats with more posts than are kept.
const crowdedQuery = `SELECT chat FROM sends WHERE op = 'new' GROUP BY chat HAVING count(*) > $1`

// stalePosts finds posts of a chat (1) that come before its newest ones (2), whose slot is settled
// since a time (3) and belongs to no live session.
const stalePosts = `SELECT id FROM sends n WHERE chat = $1 AND op = 'new' AND state NOT IN ('queued', 'started') AND greatest(started, done) < $3
	AND id < (SELECT id FROM sends WHERE chat = $1 AND op = 'new' ORDER BY id DESC LIMIT 1 OFFSET $2)
	AND NOT EXISTS (SELECT 1 FROM sends e WHERE e.slot_kind = n.slot_kind AND e.slot_id = n.slot_id AND e.slot_part = n.slot_part AND e.slot_n = n.slot_n
		AND e.state IN ('queued', 'started'))
	AND NOT EXISTS (SELECT 1 FROM sessions WHERE id = n.slot_id AND kind = n.slot_kind AND ended = 0)
	ORDER BY id LIMIT $4`

// dropSlots removes posts (their ids) with the edits of their slots.
const dropSlots = `DELETE FROM sends WHERE id IN (SELECT e.id FROM sends n
	JOIN sends e ON e.slot_kind = n.slot_kind AND e.slot_id = n.slot_id AND e.slot_part = n.slot_part AND e.slot_n = n.slot_n WHERE n.id = ANY($1))`

// dropPosts removes the stale posts of a chat. They are looked for without holding the writer:
// many more may have to be looked at.
func (db *DB) dropPosts(ctx context.Context, chat bot.ChatID, before time.Time) (total int64, err error) {
	for {
		ids, err := list(ctx, db, func(id *int64) []any { return []any{id} }, stalePosts, chat, keptPosts-1, micros(before), pruneMost)
		if err != nil || len(ids) == 0 {
			return total, err
		}
		gone, err := db.drop(ctx, dropSlots, ids)
		if total += gone; err != nil || len(ids) < pruneMost {
			return total, err
		}
	}
}
