package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
)

// NextID returns a number that is larger than all before it.
func (db *DB) NextID(ctx context.Context) (int64, error) {
	var id int64
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		var err error
		if id, err = s.inserted(ctx, `INSERT INTO numbers DEFAULT VALUES`); err != nil {
			return err
		}
		_, err = s.exec(ctx, `DELETE FROM numbers WHERE id < ?`, id)
		return err
	})
	return id, err
}

const (
	sessionColumns = `s.id, s.kind, s.version, s.answers, s.chat, s.space, s.solo, s.beside, s.pack, s.hash, s.lang, s.ended, s.started, s.owner, s.run`
	wholeSessions  = `SELECT ` + sessionColumns + `, d.script, e.state FROM sessions s
		JOIN session_scripts d ON d.session = s.id JOIN session_states e ON e.session = s.id`
)

func intoSession(s *bot.Session) []any {
	return []any{&s.ID, &s.Kind, &s.Version, &s.Answers, &s.Chat, &s.Space, &s.Solo, &s.Beside, &s.Pack, &s.Hash, &s.Lang, &s.Ended,
		moment{&s.Started}, &s.Owner, &s.Run}
}

func intoWholeSession(s *bot.Session) []any {
	return append(intoSession(s), scriptColumn{(*[]byte)(&s.Script)}, (*[]byte)(&s.State))
}

// liveQuery sorts by +id: by id, SQLite would go through all sessions that ever were.
const liveQuery = wholeSessions + ` WHERE s.ended = 0 AND s.kind = ? ORDER BY +s.id`

// Live returns the sessions of a kind that have not ended.
func (db *DB) Live(ctx context.Context, kind bot.Kind) ([]bot.Session, error) {
	return list(ctx, db.read, intoWholeSession, liveQuery, kind)
}

// liveAtQuery finds the live session of a kind in a chat for a member, their own first.
const liveAtQuery = `SELECT ` + sessionColumns + ` FROM sessions s
	WHERE s.ended = 0 AND s.kind = ? AND s.chat = ? AND s.solo IN (0, ?) ORDER BY s.solo <> 0 DESC LIMIT 1`

// LiveAt returns the live session that a member finds in a chat.
func (db *DB) LiveAt(ctx context.Context, kind bot.Kind, chat bot.ChatID, m bot.MemberID) (bot.Session, error) {
	var s bot.Session
	err := db.read.QueryRowContext(ctx, liveAtQuery, kind, chat, m).Scan(intoSession(&s)...)
	return s, one(err)
}

// liveInQuery finds the live sessions of a kind (1) in a space (2), or in one chat of it (3).
const liveInQuery = `SELECT id FROM sessions WHERE ended = 0 AND kind = ?1 AND space = ?2 AND (?3 = 0 OR chat = ?3) ORDER BY +id`

// LiveIn returns the ids of the live sessions in a space or a chat of it.
func (db *DB) LiveIn(ctx context.Context, kind bot.Kind, space bot.SpaceID, chat bot.ChatID) ([]bot.SessionID, error) {
	return list(ctx, db.read, func(id *bot.SessionID) []any { return []any{id} }, liveInQuery, kind, space, chat)
}

// adoptQuery holds the due work of some kinds (1) that another run (3) of a process (2) left, until a time (4).
const adoptQuery = `UPDATE due SET at = ?4, attempt = 1 WHERE kind IN (SELECT value FROM json_each(?1))
	AND (kind, id) IN (SELECT kind, id FROM sessions WHERE ended = 0 AND owner = ?2 AND run <> ?3)
	RETURNING kind, id, at, attempt`

// Adopt holds what an earlier process of a name left.
func (db *DB) Adopt(ctx context.Context, kinds []bot.Kind, owner string, run int64, until time.Time) ([]bot.Due, error) {
	asked, err := json.Marshal(kinds)
	if err != nil {
		return nil, fmt.Errorf("adopt: %w", err)
	}
	out, err := db.hold(ctx, adoptQuery, string(asked), owner, run, micros(until))
	if err != nil {
		return nil, fmt.Errorf("adopt the sessions of %s: %w", owner, err)
	}
	return out, nil
}

// Session returns a session.
func (db *DB) Session(ctx context.Context, id bot.SessionID) (bot.Session, error) {
	var s bot.Session
	err := db.read.QueryRowContext(ctx, wholeSessions+` WHERE s.id = ?`, id).Scan(intoWholeSession(&s)...)
	return s, one(err)
}

const answerColumns = `id, session, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark, reason,
	text, points, final, lapsed, solo, hinted, void, prior, at, day, daily, took`

// answerRow is an answer as its row has it.
type answerRow struct {
	bot.Answer
	took int64
}

func intoAnswer(a *answerRow) []any {
	return []any{&a.ID, &a.Session, &a.Question, &a.Try, &a.Member, &a.Chat, &a.Space, &a.Platform, &a.Pack, &a.Hash, &a.Item, seed{&a.Seed}, &a.Lang,
		&a.Option, &a.Options, &a.Mark, &a.Reason, &a.Text, &a.Points, &a.Final, &a.Lapsed, &a.Solo, &a.Hinted, &a.Void, &a.Prior, moment{&a.At},
		&a.Day, &a.Daily, &a.took}
}

func (a *answerRow) answer() bot.Answer {
	a.Took = time.Duration(a.took) * time.Microsecond
	return a.Answer
}

// Answers returns the answers of a session in the order of their ids.
func (db *DB) Answers(ctx context.Context, id bot.SessionID) ([]bot.Answer, error) {
	return answersFrom(list(ctx, db.read, intoAnswer, `SELECT `+answerColumns+` FROM answers WHERE session = ? ORDER BY id`, id))
}

// Log calls yield with the answers of a pack after an id.
func (db *DB) Log(ctx context.Context, pack content.PackID, after int64, yield func(bot.Answer) bool) error {
	rows, err := db.read.QueryContext(ctx, `SELECT `+answerColumns+` FROM answers WHERE pack = ? AND id > ? ORDER BY id`, pack, after)
	if err != nil {
		return explained(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a answerRow
		if err := rows.Scan(intoAnswer(&a)...); err != nil {
			return fmt.Errorf("answer log of %s: %w", pack, err)
		}
		if !yield(a.answer()) {
			return nil
		}
	}
	return explained(rows.Err())
}

// Seen returns what a scope has seen of a pack.
func (db *DB) Seen(ctx context.Context, s bot.Scope, pack content.PackID) ([]bot.Exposure, error) {
	return list(ctx, db.read, func(e *bot.Exposure) []any {
		e.Scope, e.Pack = s, pack
		return []any{&e.Item, seed{&e.Options}, &e.Times, moment{&e.Last}}
	}, `SELECT item, options, times, last FROM exposures WHERE chat = ? AND member = ? AND pack = ? ORDER BY item, options`, s.Chat, s.Member, pack)
}
