package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// sends queues posts. A second new post in a slot is dropped; an edit replaces a queued edit of
// its slot.
func (s *statements) sends(ctx context.Context, c *bot.Change) error {
	for i := range c.Sends {
		d := &c.Sends[i]
		post, err := json.Marshal(&d.Post)
		if err != nil {
			return fmt.Errorf("write post %s: %w", d.Slot, err)
		}
		if d.Op == bot.Edit {
			if _, err := s.exec(ctx, `DELETE FROM sends WHERE slot_kind = $1 AND slot_id = $2 AND slot_part = $3 AND slot_n = $4 AND op = 'edit' AND state = 'queued'`,
				d.Slot.Kind, d.Slot.ID, d.Slot.Part, d.Slot.N); err != nil {
				return fmt.Errorf("replace an edit of %s: %w", d.Slot, err)
			}
		}
		d.ID, err = s.inserted(ctx, `INSERT INTO sends (op, slot_kind, slot_id, slot_part, slot_n, chat, "to", post, class, cause, state)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued') ON CONFLICT DO NOTHING RETURNING id`,
			d.Op, d.Slot.Kind, d.Slot.ID, d.Slot.Part, d.Slot.N, d.Chat, d.To, string(post), d.Class, d.Cause)
		if err != nil {
			return fmt.Errorf("queue post %s: %w", d.Slot, err)
		}
		if d.ID == 0 {
			continue
		}
		s.hint.queued(d.Chat)
		for _, m := range d.Post.Names() {
			if _, err := s.exec(ctx, `INSERT INTO namings (member, send) VALUES ($1, $2)`, m, d.ID); err != nil {
				return fmt.Errorf("note whom post %s names: %w", d.Slot, err)
			}
		}
	}
	return nil
}

// startQuery begins the delivery of a post (1) at a time (2) for a process (3), unless another one
// began it, or an earlier post of the chat, after a time (4). A post whose starter is not known
// belongs to nobody.
const startQuery = `UPDATE sends SET state = 'started', started = greatest(started, $2), started_by = $3
	WHERE id = $1 AND (state = 'queued' OR state = 'started' AND (started_by IN ('', $3) OR started <= $4))
	AND NOT EXISTS (SELECT 1 FROM sends e WHERE e.chat = sends.chat AND e.id < $1 AND e.state = 'started' AND e.started_by NOT IN ('', $3) AND e.started > $4)`

// starts begins deliveries, which another process may have begun or overtaken.
func (s *statements) starts(ctx context.Context, c *bot.Change) error {
	for _, p := range c.Progress {
		if p.State != bot.SendStarted || p.By == "" {
			continue
		}
		over := micros(p.At.Add(-bot.SendLease))
		if p.Lease.Name != "" {
			over = math.MaxInt64 // whoever began earlier does not hold the lease any more
		}
		n, err := s.changed(ctx, startQuery, p.Send, micros(p.At), p.By, over)
		if err != nil {
			return fmt.Errorf("start send %d: %w", p.Send, err)
		}
		if n == 0 {
			return bot.ErrConflict
		}
	}
	return nil
}

// replacedQuery removes the edits of a slot that a delivered edit has replaced.
const replacedQuery = `DELETE FROM sends WHERE (slot_kind, slot_id, slot_part, slot_n) =
	(SELECT slot_kind, slot_id, slot_part, slot_n FROM sends WHERE id = $1 AND op = 'edit')
	AND op = 'edit' AND id < $1 AND state NOT IN ('queued', 'started')`

// emptiedQuery empties the post of a slot that a delivered edit has replaced: its row names the slot, and nobody
// reads what it said any more.
const emptiedQuery = `UPDATE sends SET post = '{}' WHERE (slot_kind, slot_id, slot_part, slot_n) =
	(SELECT slot_kind, slot_id, slot_part, slot_n FROM sends WHERE id = $1 AND op = 'edit')
	AND op = 'new' AND id < $1 AND state = 'done' AND post <> '{}'`

// progress notes how far posts have come, apart from what starts has done. An edit that has
// arrived takes the place of the edits before it.
func (s *statements) progress(ctx context.Context, c *bot.Change) error {
	for _, p := range c.Progress {
		started, done := int64(0), int64(0)
		switch p.State {
		case bot.SendStarted:
			if p.By != "" {
				continue
			}
			started = micros(p.At)
		case bot.SendDone:
			done = micros(p.At)
		}
		var chat bot.ChatID
		err := s.row(ctx, `UPDATE sends SET state = $1, ref = $2, started = greatest(started, $3), done = greatest(done, $4) WHERE id = $5 RETURNING chat`,
			[]any{p.State, p.Ref, started, done, p.Send}, &chat)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
		case err == nil:
			s.wrote = true
		default:
			return fmt.Errorf("note the progress of send %d: %w", p.Send, err)
		}
		if p.State != bot.SendDone {
			continue
		}
		s.hint.delivered(chat)
		for _, query := range []string{replacedQuery, emptiedQuery} {
			if _, err := s.exec(ctx, query, p.Send); err != nil {
				return fmt.Errorf("drop what send %d has replaced: %w", p.Send, err)
			}
		}
	}
	return nil
}
