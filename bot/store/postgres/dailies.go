package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

const subscriptionColumns = `id, version, chat, space, member, by, wish, state, next_day, next_time, next_at, done_day, done_time, done_at`

// subscriptionRow is a subscription as its row has it.
type subscriptionRow struct {
	bot.Subscription
	wish string
}

func intoSubscription(s *subscriptionRow) []any {
	return []any{&s.ID, &s.Version, &s.Chat, &s.Space, &s.Member, &s.By, &s.wish, &s.State,
		&s.Next.Day, &s.Next.Time, moment{&s.Next.At}, &s.Done.Day, &s.Done.Time, moment{&s.Done.At}}
}

func subscriptions(rows []subscriptionRow, err error) ([]bot.Subscription, error) {
	if err != nil {
		return nil, err
	}
	out := make([]bot.Subscription, len(rows))
	for i := range rows {
		out[i] = rows[i].Subscription
		if err := json.Unmarshal([]byte(rows[i].wish), &out[i].Wish); err != nil {
			return nil, fmt.Errorf("subscription %d: %w", out[i].ID, err)
		}
	}
	return out, nil
}

// first returns the only row that there can be.
func first[T any](rows []T, err error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case len(rows) == 0:
		return none, bot.ErrNone
	}
	return rows[0], nil
}

// Queries that find subscriptions.
const (
	ofChatQuery  = `SELECT ` + subscriptionColumns + ` FROM subscriptions WHERE chat = $1 AND member = 0`
	ownedQuery   = `SELECT ` + subscriptionColumns + ` FROM subscriptions WHERE member = $1 AND member <> 0 ORDER BY id`
	inSpaceQuery = `SELECT ` + subscriptionColumns + ` FROM subscriptions WHERE space = $1 AND ($2::bigint = 0 OR chat = $2) ORDER BY id`
)

// Subscription returns a subscription.
func (db *DB) Subscription(ctx context.Context, id daily.SubscriptionID) (bot.Subscription, error) {
	return first(subscriptions(list(ctx, db, intoSubscription, `SELECT `+subscriptionColumns+` FROM subscriptions WHERE id = $1`, id)))
}

// ChatSubscription returns the subscription of a chat.
func (db *DB) ChatSubscription(ctx context.Context, chat bot.ChatID) (bot.Subscription, error) {
	return first(subscriptions(list(ctx, db, intoSubscription, ofChatQuery, chat)))
}

// OwnSubscriptions returns the subscriptions of a member.
func (db *DB) OwnSubscriptions(ctx context.Context, m bot.MemberID) ([]bot.Subscription, error) {
	return subscriptions(list(ctx, db, intoSubscription, ownedQuery, m))
}

// SubscriptionsIn returns the subscriptions in a space or a chat of it.
func (db *DB) SubscriptionsIn(ctx context.Context, space bot.SpaceID, chat bot.ChatID) ([]bot.Subscription, error) {
	return subscriptions(list(ctx, db, intoSubscription, inSpaceQuery, space, chat))
}

// DailySet returns a day's set.
func (db *DB) DailySet(ctx context.Context, pack content.PackID, hash string, day quiz.Day, questions int) (bot.DailySet, error) {
	s := bot.DailySet{Pack: pack, Hash: hash, Day: day, Questions: questions}
	err := db.row(ctx, `SELECT data FROM daily_sets WHERE pack = $1 AND hash = $2 AND day = $3 AND questions = $4`, pack, hash, day, questions).
		Scan((*[]byte)(&s.Data))
	return s, one(err)
}

// skipsQuery finds skipped occurrences of a member (1), or of chats in which they answered dailies
// from a date (4) on, that were due from a time (2) to another (3).
const skipsQuery = `SELECT at FROM daily_runs WHERE member = $1 AND member <> 0 AND at >= $2 AND at < $3 AND skipped <> ''
	UNION SELECT at FROM daily_runs WHERE skipped <> '' AND at >= $2 AND at < $3 AND member = 0
		AND chat IN (SELECT chat FROM answers WHERE member = $1 AND daily <> 0 AND daily >= $4) ORDER BY at`

// Skips returns when occurrences were due that a member could not play.
func (db *DB) Skips(ctx context.Context, m bot.MemberID, from, to time.Time, since quiz.Day) ([]time.Time, error) {
	return list(ctx, db, func(t *time.Time) []any { return []any{moment{t}} }, skipsQuery, m, micros(from), micros(to), since)
}

// MemberStreak returns the streak of a member.
func (db *DB) MemberStreak(ctx context.Context, m bot.MemberID) (bot.MemberStreak, error) {
	s := bot.MemberStreak{Member: m}
	var excused string
	err := db.row(ctx, `SELECT version, days, best, freezes, played, last, excused, shown, reminders FROM streaks WHERE member = $1`, m).
		Scan(&s.Version, &s.Streak.Days, &s.Streak.Best, &s.Streak.Freezes, &s.Streak.Played, &s.Streak.Last, &excused, &s.Shown, &s.Remind)
	if err != nil {
		return s, one(err)
	}
	if err := json.Unmarshal([]byte(excused), &s.Streak.Excused); err != nil {
		return s, fmt.Errorf("streak of member %d: %w", m, err)
	}
	return s, nil
}

// ZoneMoves returns when a member changed their zone.
func (db *DB) ZoneMoves(ctx context.Context, m bot.MemberID, after time.Time) ([]bot.ZoneMove, error) {
	return list(ctx, db, func(z *bot.ZoneMove) []any { return []any{moment{&z.At}, &z.From, &z.To} },
		`SELECT at, old, new FROM zone_moves WHERE member = $1 AND at > $2 ORDER BY at`, m, micros(after))
}

// DailyTurn returns the question that a member has in front of them.
func (db *DB) DailyTurn(ctx context.Context, m bot.MemberID) (bot.DailyTurn, error) {
	t := bot.DailyTurn{Member: m}
	err := db.row(ctx, `SELECT session, question FROM daily_turns WHERE member = $1`, m).Scan(&t.Session, &t.Question)
	return t, one(err)
}

// liveForQuery finds the live sessions of a kind in a chat for everybody or for a member.
const liveForQuery = `SELECT ` + sessionColumns + ` FROM sessions s
	WHERE s.ended = 0 AND s.kind = $1 AND s.chat = $2 AND s.solo IN (0, $3) ORDER BY s.id DESC`

// LiveFor returns the live sessions that a member finds in a chat.
func (db *DB) LiveFor(ctx context.Context, kind bot.Kind, chat bot.ChatID, m bot.MemberID) ([]bot.Session, error) {
	return list(ctx, db, intoSession, liveForQuery, kind, chat, m)
}

const dailyAnswersQuery = `SELECT ` + answerColumns + ` FROM answers WHERE member = $1 AND daily = $2 AND daily <> 0 ORDER BY id`

// DailyAnswers returns a member's answers to the sets of a date.
func (db *DB) DailyAnswers(ctx context.Context, m bot.MemberID, day quiz.Day) ([]bot.Answer, error) {
	return answersFrom(list(ctx, db, intoAnswer, dailyAnswersQuery, m, day))
}

func answersFrom(rows []answerRow, err error) ([]bot.Answer, error) {
	if err != nil {
		return nil, err
	}
	out := make([]bot.Answer, len(rows))
	for i := range rows {
		out[i] = rows[i].answer()
	}
	return out, nil
}

const tallyQuery = `SELECT question, count(*), count(*) FILTER (WHERE mark = 2) FROM answers WHERE session = $1 AND final = 1 GROUP BY question ORDER BY question`

// Tally counts the answers to each question of a session.
func (db *DB) Tally(ctx context.Context, id bot.SessionID) ([]bot.QuestionTally, error) {
	return list(ctx, db, func(t *bot.QuestionTally) []any { return []any{&t.Question, &t.Asked, &t.Right} }, tallyQuery, id)
}

// roomsQuery ranks the spaces of sessions of a date (2) and pack (1) that opted in.
const roomsQuery = `SELECT a.space, s.title, count(DISTINCT a.member), count(*) FILTER (WHERE a.mark = 2), count(*)
	FROM daily_runs r JOIN answers a ON a.session = r.session JOIN spaces s ON s.id = a.space
	WHERE r.day = $2 AND r.everywhere = 1 AND r.skipped = '' AND a.pack = $1 AND s.platform <> 'web' AND a.final = 1 AND a.void = 0
	GROUP BY a.space ORDER BY count(*) FILTER (WHERE a.mark = 2)::double precision / count(*) DESC, count(*) DESC, a.space`

// DailyRooms ranks the spaces that opted in.
func (db *DB) DailyRooms(ctx context.Context, pack content.PackID, day quiz.Day) ([]bot.RoomRow, error) {
	return list(ctx, db, func(r *bot.RoomRow) []any { return []any{&r.Space, &r.Title, &r.Players, &r.Right, &r.Asked} }, roomsQuery, pack, day)
}

// The answers that count on a board of dailies, of one space and of all.
const (
	countedDaily = `daily <> 0 AND final = 1 AND void = 0 AND daily >= $3 AND daily <= $4 AND ($2 = '' OR pack = $2)`
	dailyInOne   = `answers WHERE space = $1 AND ` + countedDaily
	dailyInAll   = `answers WHERE $1::bigint = 0 AND ` + countedDaily
)

// DailyBoard returns who has points in dailies.
func (db *DB) DailyBoard(ctx context.Context, q bot.DailyBoardQuery) (bot.BoardPage, error) {
	counted := dailyInOne
	if q.Space == 0 {
		counted = dailyInAll
	}
	var page bot.BoardPage
	args := []any{q.Space, q.Pack, q.From, q.To}
	if err := db.row(ctx, boardTotal(counted), args...).Scan(&page.Total); err != nil {
		return page, explained(err)
	}
	rows, err := list(ctx, db, func(r *bot.BoardRow) []any { return []any{&r.Rank, &r.Member, &r.Name, &r.Points, &r.Right, &r.Asked} },
		boardRows(counted), append(args, q.Limit, 0)...)
	page.Rows = rows
	return page, err
}
