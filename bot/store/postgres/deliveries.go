package postgres

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
)

// waitsQuery counts what is on its way by platform.
const waitsQuery = `SELECT c.platform, count(*) FROM sends s JOIN chats c ON c.id = s.chat
	WHERE s.state IN ('queued', 'started') GROUP BY c.platform ORDER BY c.platform`

// Waits counts the posts on their way.
func (db *DB) Waits(ctx context.Context) ([]bot.PlatformCount, error) {
	return list(ctx, db, func(p *bot.PlatformCount) []any { return []any{&p.Platform, &p.Posts} }, waitsQuery)
}

// Queries of deliveries: posts that wait or went wrong, and subscriptions that rest, of a platform
// (1; "": all) in a state (2; "": all).
const (
	postsOnHold = `SELECT s.id, c.platform, c.key, s.state, s.slot_kind, s.slot_id, s.slot_part, s.slot_n, s.op, greatest(s.started, s.done)
		FROM sends s JOIN chats c ON c.id = s.chat WHERE s.state IN ('queued', 'started') AND $1 IN ('', c.platform) AND $2 IN ('', s.state)
		UNION ALL SELECT s.id, c.platform, c.key, s.state, s.slot_kind, s.slot_id, s.slot_part, s.slot_n, s.op, greatest(s.started, s.done)
		FROM sends s JOIN chats c ON c.id = s.chat WHERE s.state IN ('failed', 'doubt') AND $1 IN ('', c.platform) AND $2 IN ('', s.state)
		ORDER BY 2, 4, 1`
	subscriptionsAtRest = `SELECT x.id, c.platform, c.key, x.done_at FROM subscriptions x JOIN chats c ON c.id = x.chat
		WHERE x.state = 'rests' AND $1 IN ('', c.platform) AND $2 IN ('', 'rests') ORDER BY 2, 1`
)

// Deliveries returns what waits, rests, failed or is in doubt.
func (db *DB) Deliveries(ctx context.Context, platform, state string) ([]bot.HeldDelivery, error) {
	out, err := list(ctx, db, func(h *bot.HeldDelivery) []any {
		return []any{&h.Send, &h.Platform, &h.Chat, &h.State, &h.Slot.Kind, &h.Slot.ID, &h.Slot.Part, &h.Slot.N, &h.Op, moment{&h.Since}}
	}, postsOnHold, platform, state)
	if err != nil {
		return nil, err
	}
	rests, err := list(ctx, db, func(h *bot.HeldDelivery) []any {
		h.State = string(bot.SubscriptionRests)
		return []any{&h.Subscription, &h.Platform, &h.Chat, moment{&h.Since}}
	}, subscriptionsAtRest, platform, state)
	return append(out, rests...), err
}

// Retry has posts that failed or are in doubt sent again, unless their session is over, and subscriptions that rest try again. A
// service that runs on the database notices within a minute. It returns how many that were.
func (db *DB) Retry(ctx context.Context, held []bot.HeldDelivery, now time.Time) (int, error) {
	return db.eachHeld(ctx, held, `UPDATE sends SET state = 'queued', started = 0, started_by = '' WHERE id = ANY($1)
		AND state IN ('failed', 'doubt') AND NOT (op = 'new' AND EXISTS (SELECT 1 FROM sessions g WHERE g.id = slot_id AND g.kind = slot_kind AND g.ended = 1))`, `INSERT INTO due (kind, id, at, attempt) SELECT 'subscription', id, `+fmt.Sprint(micros(now))+`, 0 FROM subscriptions
		WHERE id = ANY($1) AND state = 'rests' ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, attempt = 0`)
}

// Discard drops posts that have not begun to be delivered, failed or are in doubt, and ends
// subscriptions that rest. It returns how many that were.
func (db *DB) Discard(ctx context.Context, held []bot.HeldDelivery) (int, error) {
	return db.eachHeld(ctx, held, `DELETE FROM sends WHERE id = ANY($1) AND state IN ('queued', 'failed', 'doubt')`,
		`DELETE FROM subscriptions WHERE id = ANY($1) AND state = 'rests'`)
}

// eachHeld runs one statement for the posts and another for the subscriptions.
func (db *DB) eachHeld(ctx context.Context, held []bot.HeldDelivery, posts, rests string) (changed int, err error) {
	sends, subscriptions := []int64{}, []int64{}
	for _, h := range held {
		if h.Subscription != 0 {
			subscriptions = append(subscriptions, int64(h.Subscription))
		} else {
			sends = append(sends, h.Send)
		}
	}
	err = db.now(ctx, func(ctx context.Context, s *statements) error {
		changed = 0
		for _, part := range []struct {
			query string
			ids   []int64
		}{{posts, sends}, {rests, subscriptions}} {
			n, err := s.changed(ctx, part.query, part.ids)
			if err != nil {
				return fmt.Errorf("change deliveries: %w", err)
			}
			changed += int(n)
		}
		return nil
	})
	return changed, err
}
