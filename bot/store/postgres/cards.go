package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz"
)

// learner checks the fence of a member's cards and writes how they study.
func (s *statements) learner(ctx context.Context, c *bot.Change) error {
	l := c.Learner
	if l == nil {
		if len(c.Cards)+len(c.Reviews)+len(c.Unreview) > 0 {
			return errors.New("cards are changed without their learner")
		}
		return nil
	}
	settings, err := json.Marshal(&l.Settings)
	if err != nil {
		return fmt.Errorf("write the settings of learner %d: %w", l.Member, err)
	}
	query := `UPDATE learners SET version = $2::bigint, settings = $3, feed = $4, fed = $5, session = $6 WHERE member = $1 AND version = $2::bigint - 1`
	if l.Version == 1 {
		query = `INSERT INTO learners (member, version, settings, feed, fed, session) SELECT id, $2::bigint, $3::text, $4::bigint, $5::bigint, $6::text FROM members WHERE id = $1
			ON CONFLICT DO NOTHING`
	}
	n, err := s.changed(ctx, query, int64(l.Member), int64(l.Version), string(settings), int64(l.Feed), l.Fed, string(l.Session))
	if err != nil {
		return fmt.Errorf("update learner %d: %w", l.Member, err)
	}
	return conflictIfNone(n)
}

// cards inserts and replaces cards.
func (s *statements) cards(ctx context.Context, c *bot.Change) error {
	for i := range c.Cards {
		k := &c.Cards[i]
		m := &k.Memory
		if k.ID != 0 {
			n, err := s.changed(ctx, `UPDATE cards SET state = $1, step = $2, stability = $3, difficulty = $4, "interval" = $5, due = $6, due_day = $7, reviewed = $8,
				day = $9, reps = $10, lapses = $11, suspended = $12, buried = $13, value = $14, version = $15, changed = $16, retired = $17 WHERE id = $18 AND member = $19`,
				int64(m.State), int64(m.Step), m.Stability, m.Difficulty, int64(m.Interval), micros(m.Due), int64(m.DueDay()), micros(m.Reviewed), int64(m.Day),
				int64(m.Reps), int64(m.Lapses), m.Suspended, int64(m.Buried), int64(k.Value), int64(k.Version), k.Changed, k.Retired, k.ID, int64(k.Member))
			if err != nil {
				return fmt.Errorf("update card %d: %w", k.ID, err)
			}
			if n == 0 {
				return bot.ErrConflict
			}
			continue
		}
		id, err := s.inserted(ctx, `INSERT INTO cards (member, fact, key, state, step, stability, difficulty, "interval", due, due_day, reviewed, day, reps, lapses,
				suspended, buried, value, version, changed, retired) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT DO NOTHING RETURNING id`,
			int64(k.Member), string(m.Fact), int64(m.Key), int64(m.State), int64(m.Step), m.Stability, m.Difficulty, int64(m.Interval), micros(m.Due),
			int64(m.DueDay()), micros(m.Reviewed), int64(m.Day), int64(m.Reps), int64(m.Lapses), m.Suspended, int64(m.Buried), int64(k.Value), int64(k.Version),
			k.Changed, k.Retired)
		if err != nil {
			return fmt.Errorf("insert a card of member %d: %w", k.Member, err)
		}
		if id == 0 {
			return bot.ErrConflict
		}
		k.ID = id
	}
	return nil
}

// reviews adds to the review log. A review of a number that the card has had is refused.
func (s *statements) reviews(ctx context.Context, c *bot.Change) error {
	for i := range c.Reviews {
		r := &c.Reviews[i]
		if r.Card == 0 {
			if err := s.row(ctx, `SELECT id FROM cards WHERE member = $1 AND fact = $2`, []any{int64(r.Member), string(r.Before.Fact)}, &r.Card); err != nil {
				return fmt.Errorf("the card of a review of %s: %w", r.Before.Fact, one(err))
			}
		}
		v, b := &r.Review, &r.Before
		id, err := s.inserted(ctx, `INSERT INTO reviews (card, member, number, rating, at, day, took, source, algorithm, item, proposed, answer,
				state, step, stability, difficulty, "interval", due, reviewed, last_day, lapses, next_due, next_interval)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING RETURNING id`,
			r.Card, int64(r.Member), int64(v.Reps), int64(v.Rating), micros(v.At), int64(v.Day), v.Took.Microseconds(), int64(v.Source), r.Algorithm,
			string(r.Item), int64(r.Proposed), r.Answer, int64(b.State), int64(b.Step), b.Stability, b.Difficulty, int64(b.Interval), micros(b.Due),
			micros(b.Reviewed), int64(b.Day), int64(b.Lapses), micros(r.Due), int64(r.Interval))
		if err != nil {
			return fmt.Errorf("insert a review of card %d: %w", r.Card, err)
		}
		if id == 0 {
			return bot.ErrConflict
		}
		r.ID = id
	}
	return nil
}

// unreview removes reviews that were undone.
func (s *statements) unreview(ctx context.Context, c *bot.Change) error {
	for _, id := range c.Unreview {
		n, err := s.changed(ctx, `DELETE FROM reviews WHERE id = $1 AND member = $2`, id, int64(c.Learner.Member))
		if err != nil {
			return fmt.Errorf("undo review %d: %w", id, err)
		}
		if n == 0 {
			return bot.ErrConflict
		}
	}
	return nil
}

// Learner returns how a member studies.
func (db *DB) Learner(ctx context.Context, m bot.MemberID) (bot.Learner, error) {
	l := bot.Learner{Member: m, Settings: bot.DefaultStudySettings()}
	var settings, session string
	err := db.row(ctx, `SELECT version, settings, feed, fed, session FROM learners WHERE member = $1`, int64(m)).
		Scan(&l.Version, &settings, &l.Feed, &l.Fed, &session)
	switch err = one(err); {
	case bot.IsNone(err):
		return l, nil
	case err != nil:
		return l, fmt.Errorf("learner %d: %w", m, err)
	}
	if session != "" {
		l.Session = json.RawMessage(session)
	}
	if err := json.Unmarshal([]byte(settings), &l.Settings); err != nil {
		return l, fmt.Errorf("settings of learner %d: %w", m, err)
	}
	return l, nil
}

const cardColumns = `id, member, fact, key, state, step, stability, difficulty, "interval", due, reviewed, day, reps, lapses, suspended, buried,
	value, version, changed, retired`

func intoCard(c *bot.Card) []any {
	m := &c.Memory
	return []any{&c.ID, &c.Member, &m.Fact, seed{&m.Key}, &m.State, &m.Step, &m.Stability, &m.Difficulty, &m.Interval, moment{&m.Due}, moment{&m.Reviewed},
		&m.Day, &m.Reps, &m.Lapses, &m.Suspended, &m.Buried, seed{&c.Value}, seed{&c.Version}, &c.Changed, &c.Retired}
}

// Card returns the card of a fact.
func (db *DB) Card(ctx context.Context, m bot.MemberID, fact content.FactID) (bot.Card, error) {
	var c bot.Card
	err := db.row(ctx, `SELECT `+cardColumns+` FROM cards WHERE member = $1 AND fact = $2`, int64(m), string(fact)).Scan(intoCard(&c)...)
	return c, one(err)
}

// cardsQuery finds the cards of a member (1) whose facts lie in a range (2, 3).
const cardsQuery = `SELECT ` + cardColumns + ` FROM cards WHERE member = $1 AND fact >= $2 AND fact < $3 ORDER BY fact`

// Cards returns the cards of a member.
func (db *DB) Cards(ctx context.Context, m bot.MemberID, pack content.PackID) ([]bot.Card, error) {
	from, to := "", "\U0010FFFF"
	if pack != "" {
		from, to = string(pack)+"/", string(pack)+"0" // 0 follows the slash
	}
	return list(ctx, db, intoCard, cardsQuery, int64(m), from, to)
}

// dueCardsQuery finds the cards of a member (1) that are due on a day (2) at a moment (3).
const dueCardsQuery = `SELECT ` + cardColumns + ` FROM cards
	WHERE state <> 0 AND suspended = 0 AND retired = 0 AND member = $1 AND due_day <= $2 AND (buried = 0 OR buried <> $2) AND (state = 2 OR due <= $3)
	ORDER BY due_day, due, id LIMIT $4`

// DueCards returns the cards of a member that are due.
func (db *DB) DueCards(ctx context.Context, m bot.MemberID, now time.Time, today quiz.Day, limit int) ([]bot.Card, error) {
	return list(ctx, db, intoCard, dueCardsQuery, int64(m), int64(today), micros(now), limit)
}

// newCardsQuery finds the cards of a member that were never reviewed.
const newCardsQuery = `SELECT ` + cardColumns + ` FROM cards WHERE state = 0 AND member = $1 AND suspended = 0 AND retired = 0 ORDER BY id LIMIT $2`

// NewCards returns the cards of a member that were never reviewed.
func (db *DB) NewCards(ctx context.Context, m bot.MemberID, limit int) ([]bot.Card, error) {
	return list(ctx, db, intoCard, newCardsQuery, int64(m), limit)
}

const reviewColumns = `r.id, r.card, r.member, r.number, r.rating, r.at, r.day, r.took, r.source, r.algorithm, r.item, r.proposed, r.answer,
	c.fact, c.key, r.state, r.step, r.stability, r.difficulty, r."interval", r.due, r.reviewed, r.last_day, r.lapses, r.next_due, r.next_interval
	FROM reviews r JOIN cards c ON c.id = r.card`

// reviewRow is a review as its row has it.
type reviewRow struct {
	bot.CardReview
	took int64
}

func intoReview(r *reviewRow) []any {
	v, b := &r.Review, &r.Before
	return []any{&r.ID, &r.Card, &r.Member, &v.Reps, &v.Rating, moment{&v.At}, &v.Day, &r.took, &v.Source, &r.Algorithm, &r.Item, &r.Proposed, &r.Answer,
		&b.Fact, seed{&b.Key}, &b.State, &b.Step, &b.Stability, &b.Difficulty, &b.Interval, moment{&b.Due}, moment{&b.Reviewed}, &b.Day, &b.Lapses,
		moment{&r.Due}, &r.Interval}
}

// The reviews of a member from an id on, of a day, and of a card.
const (
	reviewsQuery       = `SELECT ` + reviewColumns + ` WHERE r.member = $1 AND r.id > $2 ORDER BY r.id LIMIT $3`
	reviewsOnQuery     = `SELECT ` + reviewColumns + ` WHERE r.member = $1 AND r.day = $2 ORDER BY r.id`
	reviewsOfQuery     = `SELECT ` + reviewColumns + ` WHERE r.card = $1 ORDER BY r.number`
	memberAnswersQuery = `SELECT ` + answerColumns + ` FROM answers WHERE member = $1 AND id > $2 AND final = 1 ORDER BY id LIMIT $3`
)

func (db *DB) reviewList(ctx context.Context, query string, args ...any) ([]bot.CardReview, error) {
	rows, err := list(ctx, db, intoReview, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reviews: %w", err)
	}
	out := make([]bot.CardReview, len(rows))
	for i := range rows {
		r := &rows[i]
		r.Review.Took = time.Duration(r.took) * time.Microsecond
		r.Before.Reps = r.Review.Reps
		out[i] = r.CardReview
	}
	return out, nil
}

// CardReviews returns the reviews of a member after an id.
func (db *DB) CardReviews(ctx context.Context, m bot.MemberID, after int64, limit int) ([]bot.CardReview, error) {
	return db.reviewList(ctx, reviewsQuery, int64(m), after, limit)
}

// ReviewsOn returns the reviews of a member on a day.
func (db *DB) ReviewsOn(ctx context.Context, m bot.MemberID, day quiz.Day) ([]bot.CardReview, error) {
	return db.reviewList(ctx, reviewsOnQuery, int64(m), int64(day))
}

// ReviewsOf returns the reviews of one card.
func (db *DB) ReviewsOf(ctx context.Context, card int64) ([]bot.CardReview, error) {
	return db.reviewList(ctx, reviewsOfQuery, card)
}

// FinalAnswers returns the answers of a member that count, after an id.
func (db *DB) FinalAnswers(ctx context.Context, m bot.MemberID, after int64, limit int) ([]bot.Answer, error) {
	rows, err := list(ctx, db, intoAnswer, memberAnswersQuery, int64(m), after, limit)
	if err != nil {
		return nil, fmt.Errorf("answers of member %d: %w", m, err)
	}
	out := make([]bot.Answer, len(rows))
	for i := range rows {
		out[i] = rows[i].answer()
	}
	return out, nil
}

// LastAnswer returns the largest id in the answer log.
func (db *DB) LastAnswer(ctx context.Context) (id int64, err error) {
	err = db.row(ctx, `SELECT coalesce(max(id), 0) FROM answers`).Scan(&id)
	return id, explained(err)
}
