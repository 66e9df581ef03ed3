package postgres

import (
	"context"
	"math"
	"time"

	"summitquiz/bot"
	"summitquiz/quiz"
)

// The answers that count on a board of one space, and on the one of everywhere. Both look up a
// space and a time in answers_on_board, the second one for each space in turn, so that a board of
// this week reads this week's answers and not all there ever were.
const (
	scored = `final = 1 AND solo = 0 AND void = 0 AND daily = 0`
	within = ` AND ($2 = '' OR pack = $2) AND at >= $3 AND at < $4`
	inOne  = `answers WHERE ` + scored + ` AND space = $1` + within
	inAll  = `answers WHERE ` + scored + ` AND platform <> 'web' AND $1::bigint = 0 AND space IN (
		WITH RECURSIVE every (space) AS (
			SELECT min(space) FROM answers WHERE ` + scored + `
			UNION ALL SELECT (SELECT min(space) FROM answers WHERE ` + scored + ` AND space > every.space) FROM every WHERE every.space IS NOT NULL
		) SELECT space FROM every WHERE space IS NOT NULL)` + within
)

// boardTotal and boardRows are the queries of a board over inOne or inAll.
func boardTotal(counted string) string {
	return `SELECT count(*) FROM (SELECT member FROM ` + counted + ` GROUP BY member HAVING sum(points) > 0) counted`
}

func boardRows(counted string) string {
	return `SELECT rank, member, coalesce((SELECT min(name) FROM accounts a WHERE a.member = b.member), ''), points, "right", asked FROM (
		SELECT member, sum(points)::bigint AS points, count(*) FILTER (WHERE mark = 2) AS "right", count(*) AS asked, rank() OVER (ORDER BY sum(points) DESC) AS rank
		FROM ` + counted + ` GROUP BY member HAVING sum(points) > 0
	) b ORDER BY rank, member LIMIT $5 OFFSET $6`
}

// Board returns who has points, best first.
func (db *DB) Board(ctx context.Context, q bot.BoardQuery) (bot.BoardPage, error) {
	counted, to := inOne, int64(math.MaxInt64)
	if q.Space == 0 {
		counted = inAll
	}
	if !q.To.IsZero() {
		to = micros(q.To)
	}
	var page bot.BoardPage
	args := []any{q.Space, q.Pack, micros(q.From), to}
	if err := db.row(ctx, boardTotal(counted), args...).Scan(&page.Total); err != nil {
		return page, explained(err)
	}
	rows, err := list(ctx, db, func(r *bot.BoardRow) []any { return []any{&r.Rank, &r.Member, &r.Name, &r.Points, &r.Right, &r.Asked} },
		boardRows(counted), append(args, q.Limit, q.Offset)...)
	page.Rows = rows
	return page, err
}

// The members who play in a space (1) with what they have met and know (3) of packs (2). Retired cards
// count nowhere.
const (
	masters = `(SELECT member, count(*) FILTER (WHERE state = 2 AND stability >= $3) AS known, count(*) AS met FROM cards
		WHERE member IN (SELECT member FROM answers WHERE final = 1 AND solo = 0 AND void = 0 AND space = $1) AND state <> 0 AND retired = 0
			AND split_part(fact, '/', 1) = ANY($2)
		GROUP BY member HAVING count(*) FILTER (WHERE state = 2 AND stability >= $3) > 0) m`
	masteryTotal = `SELECT count(*) FROM ` + masters
	masteryRows  = `SELECT rank() OVER (ORDER BY known DESC) AS rank, member, coalesce((SELECT min(name) FROM accounts a WHERE a.member = m.member), ''), known, met
		FROM ` + masters + ` ORDER BY rank, member LIMIT $4 OFFSET $5`
)

// MasteryBoard returns which members of a space know most facts.
func (db *DB) MasteryBoard(ctx context.Context, q bot.MasteryQuery) (bot.BoardPage, error) {
	var page bot.BoardPage
	args := []any{q.Space, texts(q.Packs), q.Days}
	err := db.row(ctx, masteryTotal, args...).Scan(&page.Total)
	if err != nil {
		return page, explained(err)
	}
	page.Rows, err = list(ctx, db, func(r *bot.BoardRow) []any { return []any{&r.Rank, &r.Member, &r.Name, &r.Points, &r.Asked} },
		masteryRows, append(args, q.Limit, q.Offset)...)
	return page, err
}

// Stats returns a member's answers by pack and kind.
func (db *DB) Stats(ctx context.Context, m bot.MemberID) ([]bot.StatRow, error) {
	type counted struct {
		row  bot.StatRow
		item quiz.ItemID
	}
	rows, err := list(ctx, db, func(c *counted) []any { return []any{&c.row.Pack, &c.item, &c.row.Right, &c.row.Asked} },
		`SELECT pack, item, count(*) FILTER (WHERE mark = 2), count(*) FROM answers WHERE member = $1 AND final = 1 AND void = 0 GROUP BY pack, item ORDER BY pack, item`, m)
	if err != nil {
		return nil, err
	}
	var out []bot.StatRow
	at := map[[2]string]int{}
	for _, c := range rows {
		_, kind, _ := c.item.Parts()
		key := [2]string{string(c.row.Pack), kind.String()}
		if i, ok := at[key]; ok {
			out[i].Right, out[i].Asked = out[i].Right+c.row.Right, out[i].Asked+c.row.Asked
			continue
		}
		at[key] = len(out)
		c.row.Kind = kind.String()
		out = append(out, c.row)
	}
	return out, nil
}

// Reported counts what a member has reported since a time.
func (db *DB) Reported(ctx context.Context, m bot.MemberID, item quiz.ItemID, since time.Time) (ofItem, ofAll int, err error) {
	err = db.row(ctx, `SELECT count(*) FILTER (WHERE item = $1), count(*) FROM reports WHERE member = $2 AND at >= $3`,
		item, m, micros(since)).Scan(&ofItem, &ofAll)
	return ofItem, ofAll, explained(err)
}

// Reports returns the newest reports of a space; of packs for everybody when s is 0.
func (db *DB) Reports(ctx context.Context, s bot.SpaceID, limit int) ([]bot.Report, error) {
	return list(ctx, db, func(r *bot.Report) []any {
		return []any{&r.ID, &r.Space, &r.Chat, &r.Member, &r.Item, &r.Pack, &r.Hash, seed{&r.Seed}, &r.Lang, &r.Reason, &r.Text, moment{&r.At}}
	}, `SELECT id, space, chat, member, item, pack, hash, seed, lang, reason, text, at FROM reports
		WHERE ($1::bigint = 0 AND strpos(pack, ':') = 0) OR space = $1 ORDER BY id DESC LIMIT $2`, s, limit)
}

// Audits returns the newest entries of a space.
func (db *DB) Audits(ctx context.Context, s bot.SpaceID, limit int) ([]bot.Audit, error) {
	return list(ctx, db, func(a *bot.Audit) []any {
		return []any{&a.ID, &a.Space, &a.Member, &a.Action, &a.Detail, moment{&a.At}}
	},
		`SELECT id, space, member, action, detail, at FROM audit WHERE space = $1 ORDER BY id DESC LIMIT $2`, s, limit)
}
