package sqlite

import (
	"context"
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

const gameColumns = `id, version, chat, space, solo, pack, hash, lang, sheet, state, ended, started`

func intoGame(g *bot.Game) []any {
	return []any{&g.ID, &g.Version, &g.Chat, &g.Space, &g.Solo, &g.Pack, &g.Hash, &g.Lang, (*[]byte)(&g.Sheet), (*[]byte)(&g.State), &g.Ended, moment{&g.Started}}
}

// liveQuery sorts by +id: by id, SQLite would go through all games that ever were.
const liveQuery = `SELECT ` + gameColumns + ` FROM games WHERE ended = 0 ORDER BY +id`

// Live returns the games that have not ended.
func (db *DB) Live(ctx context.Context) ([]bot.Game, error) {
	return list(ctx, db.read, intoGame, liveQuery)
}

// Game returns a game.
func (db *DB) Game(ctx context.Context, id bot.GameID) (bot.Game, error) {
	var g bot.Game
	err := db.read.QueryRowContext(ctx, `SELECT `+gameColumns+` FROM games WHERE id = ?`, id).Scan(intoGame(&g)...)
	return g, one(err)
}

const answerColumns = `id, game, question, try, member, chat, space, platform, pack, hash, item, seed, lang, option, options, mark, reason, text, points, final, lapsed, solo, hinted, void, prior, at, day, took`

// kept is an answer as its row has it.
type kept struct {
	bot.Answer
	took int64
}

func intoAnswer(a *kept) []any {
	return []any{&a.ID, &a.Game, &a.Question, &a.Try, &a.Member, &a.Chat, &a.Space, &a.Platform, &a.Pack, &a.Hash, &a.Item, seed{&a.Seed}, &a.Lang,
		&a.Option, &a.Options, &a.Mark, &a.Reason, &a.Text, &a.Points, &a.Final, &a.Lapsed, &a.Solo, &a.Hinted, &a.Void, &a.Prior, moment{&a.At}, &a.Day, &a.took}
}

func (a *kept) answer() bot.Answer {
	a.Took = time.Duration(a.took) * time.Microsecond
	return a.Answer
}

// Answers returns the answers of a game in the order of their ids.
func (db *DB) Answers(ctx context.Context, id bot.GameID) ([]bot.Answer, error) {
	rows, err := list(ctx, db.read, intoAnswer, `SELECT `+answerColumns+` FROM answers WHERE game = ? ORDER BY id`, id)
	if err != nil {
		return nil, err
	}
	out := make([]bot.Answer, len(rows))
	for i := range rows {
		out[i] = rows[i].answer()
	}
	return out, nil
}

// Log calls yield with the answers of a pack after an id.
func (db *DB) Log(ctx context.Context, pack content.PackID, after int64, yield func(bot.Answer) bool) error {
	rows, err := db.read.QueryContext(ctx, `SELECT `+answerColumns+` FROM answers WHERE pack = ? AND id > ? ORDER BY id`, pack, after)
	if err != nil {
		return explained(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a kept
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
