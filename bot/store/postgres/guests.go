package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"summitquiz/bot"
)

var _ bot.Guests = (*DB)(nil)

// setGuestsQuery replaces what a process (2) says of a chat (1): who is there (3), for so many microseconds (4).
// Where that is something else than before, the other processes are told (5, 6).
const setGuestsQuery = `WITH before AS (SELECT who FROM guests WHERE chat = $1 AND process = $2 AND until > ` + serverNow + `),
	put AS (INSERT INTO guests (chat, process, who, until) VALUES ($1, $2, $3, ` + serverNow + ` + $4)
		ON CONFLICT (chat, process) DO UPDATE SET who = excluded.who, until = excluded.until RETURNING who)
	SELECT pg_notify($5, $6) FROM put WHERE NOT EXISTS (SELECT 1 FROM before WHERE before.who = put.who)`

// SetGuests replaces who is in a chat by what one process knows.
func (db *DB) SetGuests(ctx context.Context, chat, process string, all []bot.Guest, long time.Duration) error {
	who, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("guests of %s: %w", chat, err)
	}
	hint, err := json.Marshal(told{Guests: []string{chat}})
	if err != nil {
		return fmt.Errorf("guests of %s: %w", chat, err)
	}
	if _, err := db.read.Exec(ctx, setGuestsQuery, chat, process, string(who), long.Microseconds(), channel, string(hint)); err != nil {
		return fmt.Errorf("guests of %s: %w", chat, explained(err))
	}
	return nil
}

// GuestsElsewhere returns who is in a chat by what other processes know.
func (db *DB) GuestsElsewhere(ctx context.Context, chat, process string) ([]bot.Guest, error) {
	rows, err := list(ctx, db, func(s *string) []any { return []any{s} },
		`SELECT who FROM guests WHERE chat = $1 AND process <> $2 AND until > `+serverNow+` ORDER BY process`, chat, process)
	if err != nil {
		return nil, fmt.Errorf("guests of %s: %w", chat, err)
	}
	var out []bot.Guest
	for _, row := range rows {
		var some []bot.Guest
		if err := json.Unmarshal([]byte(row), &some); err != nil {
			return nil, fmt.Errorf("guests of %s: %w", chat, err)
		}
		out = append(out, some...)
	}
	return out, nil
}
