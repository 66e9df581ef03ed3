package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// channel is where processes tell each other of what they wrote.
const channel = "summitquiz"

// hintMost is how long a hint may be: the server takes no more. A longer one says that anything may have happened.
const hintMost = 7000

// told is a hint as it is sent.
type told struct {
	Queued    []bot.ChatID `json:"q,omitempty"`
	Delivered []bot.ChatID `json:"d,omitempty"`
	Due       int64        `json:"w,omitempty"`
	Revised   bool         `json:"r,omitempty"`
	Released  bool         `json:"l,omitempty"`
	Guests    []string     `json:"g,omitempty"`
	Kept      bool         `json:"k,omitempty"`
	Missed    bool         `json:"m,omitempty"`
}

func (h *told) queued(c bot.ChatID) {
	if !slices.Contains(h.Queued, c) {
		h.Queued = append(h.Queued, c)
	}
}

func (h *told) delivered(c bot.ChatID) {
	if !slices.Contains(h.Delivered, c) {
		h.Delivered = append(h.Delivered, c)
	}
}

func (h *told) due(at time.Time) {
	if us := micros(at); h.Due == 0 || us < h.Due {
		h.Due = us
	}
}

// empty reports whether there is nothing to tell.
func (h *told) empty() bool {
	return len(h.Queued)+len(h.Delivered) == 0 && h.Due == 0 && !h.Revised && !h.Released && !h.Kept && !h.Missed
}

// statement is what tells the other processes, with a semicolon; "" if there is nothing to tell. It holds no quotes.
func (h *told) statement() string {
	if h.empty() {
		return ""
	}
	body, err := json.Marshal(h)
	if err != nil || len(body) > hintMost {
		body = []byte(`{"m":true}`)
	}
	return fmt.Sprintf("NOTIFY %s, '%s'; ", channel, body)
}

// commit ends a transaction and tells the other processes of it in the same breath.
func (s *statements) commit(ctx context.Context) (tag string, err error) {
	results, err := s.conn.PgConn().Exec(ctx, s.hint.statement()+"COMMIT").ReadAll()
	if err != nil || len(results) == 0 {
		return "", err
	}
	return results[len(results)-1].CommandTag.String(), nil
}

// listenPause is how long a listener rests at most before it connects again.
const listenPause = 5 * time.Second

// Listen hands on what processes, also this one, have written until ctx ends. After each new connection it
// says that hints may have been lost.
func (db *DB) Listen(ctx context.Context, hand func(context.Context, bot.Hint)) {
	cfg := db.read.Config().ConnConfig.Copy()
	cfg.RuntimeParams["application_name"] = "summitquiz listener"
	for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, listenPause) {
		if conn, err := pgx.ConnectConfig(ctx, cfg); err == nil {
			if _, err = conn.Exec(ctx, "LISTEN "+channel); err == nil {
				pause = firstPause
				hand(ctx, bot.Hint{Missed: true, Released: true})
				hear(ctx, conn, hand)
			}
			conn.Close(context.WithoutCancel(ctx))
		}
		timer := time.NewTimer(pause + rand.N(pause))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

// hear hands on what is told until the connection breaks.
func hear(ctx context.Context, conn *pgx.Conn, hand func(context.Context, bot.Hint)) {
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return
		}
		var h told
		if json.Unmarshal([]byte(n.Payload), &h) != nil {
			h = told{Missed: true} // a newer version may say it in another way
		}
		out := bot.Hint{Queued: h.Queued, Delivered: h.Delivered, Revised: h.Revised, Released: h.Released, Guests: h.Guests, Kept: h.Kept, Missed: h.Missed}
		if h.Due != 0 {
			out.Due = time.UnixMicro(h.Due).UTC()
		}
		hand(ctx, out)
	}
}

var _ bot.Feed = (*DB)(nil)

// LastDelivered returns the newest delivery in a chat.
func (db *DB) LastDelivered(ctx context.Context, platform, chat string) (seq int64, err error) {
	err = db.row(ctx, `SELECT coalesce((SELECT id FROM sends WHERE state = 'done' AND chat = (SELECT id FROM chats WHERE platform = $1 AND key = $2)
		ORDER BY id DESC LIMIT 1), 0)`, platform, chat).Scan(&seq)
	return seq, explained(err)
}

// feedQuery finds what was delivered in a chat of a platform (1) by its key (2) after a number (3), at most so
// many (4), with the account of the one person who sees it. What was emptied has its words in an edit that follows.
const feedQuery = `SELECT ` + sendColumns + `, coalesce((SELECT min(a."user") FROM accounts a WHERE a.member = sends."to" AND a.platform = $1), '')
	FROM sends WHERE state = 'done' AND chat = (SELECT id FROM chats WHERE platform = $1 AND key = $2) AND id > $3
	AND (post <> '{}' OR op = 'delete') ORDER BY id LIMIT $4`

// feedRow is a delivery as its row has it.
type feedRow struct {
	sendRow
	user string
}

// DeliveredAfter returns what was delivered in a chat after a number.
func (db *DB) DeliveredAfter(ctx context.Context, platform, chat string, after int64, limit int) ([]bot.Delivered, error) {
	rows, err := list(ctx, db, func(f *feedRow) []any { return append(intoSend(&f.sendRow), &f.user) }, feedQuery, platform, chat, after, limit)
	if err != nil {
		return nil, err
	}
	out := make([]bot.Delivered, 0, len(rows))
	for i := range rows {
		f := &rows[i]
		if err := json.Unmarshal([]byte(f.post), &f.Post); err != nil {
			return nil, fmt.Errorf("post %s: %w", f.Slot, err)
		}
		d := bot.Delivery{Op: f.Op, Slot: f.Slot, Chat: bot.Address{Platform: platform, Chat: chat}, Post: f.Post, Ref: f.Ref, Class: f.Class}
		if f.To != 0 {
			d.To = &bot.Account{Platform: platform, User: f.user}
		}
		out = append(out, bot.Delivered{Seq: f.ID, In: f.Chat, Delivery: d})
	}
	return out, nil
}
