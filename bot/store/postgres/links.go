package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// codesStay is how long a code that is over is still known as one.
const codesStay = 24 * time.Hour

// OfferLink keeps the hash of a code.
func (db *DB) OfferLink(ctx context.Context, hash []byte, m bot.MemberID, now, until time.Time) error {
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		for query, arg := range map[string]any{
			`DELETE FROM link_codes WHERE member = $1 AND taker = 0`: m,
			`DELETE FROM link_codes WHERE until < $1`:                micros(now.Add(-codesStay)),
			`DELETE FROM link_tries WHERE since < $1`:                micros(now.Add(-codesStay)),
		} {
			if _, err := s.exec(ctx, query, arg); err != nil {
				return fmt.Errorf("drop old codes: %w", err)
			}
		}
		if _, err := s.exec(ctx, `INSERT INTO link_codes (hash, member, until) VALUES ($1, $2, $3)`, hash, m, micros(until)); err != nil {
			return fmt.Errorf("insert a code of member %d: %w", m, err)
		}
		return nil
	})
}

// TakeLink uses a code. A wrong one is counted, so nothing is returned as an error of the writer,
// which would undo that.
func (db *DB) TakeLink(ctx context.Context, hash []byte, m bot.MemberID, now time.Time) (offer bot.LinkOffer, err error) {
	var refusal error
	err = db.now(ctx, func(ctx context.Context, s *statements) (err error) {
		offer, refusal, err = s.takeLink(ctx, hash, m, now)
		return err
	})
	if err != nil {
		return bot.LinkOffer{}, explained(err)
	}
	return offer, refusal
}

func (s *statements) takeLink(ctx context.Context, hash []byte, m bot.MemberID, now time.Time) (offer bot.LinkOffer, refusal, err error) {
	var wrong int
	var since time.Time
	err = s.row(ctx, `SELECT wrong, since FROM link_tries WHERE member = $1`, []any{m}, &wrong, moment{&since})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return offer, nil, err
	}
	if now.Sub(since) >= bot.LinkPause || now.Before(since) {
		wrong, since = 0, now
	}
	if wrong >= bot.LinkGuesses {
		return offer, bot.ErrLinkGuesses, nil
	}
	err = s.row(ctx, `SELECT id, member, taker, until FROM link_codes WHERE hash = $1`, []any{hash},
		&offer.ID, &offer.Owner, &offer.Taker, moment{&offer.Until})
	if errors.Is(err, pgx.ErrNoRows) {
		_, err = s.exec(ctx, `INSERT INTO link_tries (member, wrong, since) VALUES ($1, $2, $3)
			ON CONFLICT (member) DO UPDATE SET wrong = excluded.wrong, since = excluded.since`, m, wrong+1, micros(since))
		return offer, bot.ErrNone, err
	}
	switch {
	case err != nil:
		return offer, nil, err
	case offer.Owner == m:
		return offer, bot.ErrLinkOwn, nil
	case offer.Taker != 0 && offer.Taker != m:
		return offer, bot.ErrLinkUsed, nil
	case now.After(offer.Until):
		return offer, bot.ErrLinkOver, nil
	}
	offer.Taker = m
	_, err = s.exec(ctx, `UPDATE link_codes SET taker = $1 WHERE id = $2`, m, offer.ID)
	return offer, nil, err
}

const offerQuery = `SELECT id, member, taker, until FROM link_codes WHERE id = $1`

// LinkOffer returns an offer.
func (db *DB) LinkOffer(ctx context.Context, id int64) (o bot.LinkOffer, err error) {
	err = db.row(ctx, offerQuery, id).Scan(&o.ID, &o.Owner, &o.Taker, moment{&o.Until})
	return o, one(err)
}

// livesQuery finds whether a session is live whose state knows a member. Those of dailies hold no
// members: what they show is read from the answers.
const livesQuery = `SELECT EXISTS (SELECT 1 FROM sessions s WHERE s.ended = 0 AND s.kind <> 'daily' AND s.solo = $1)
	OR EXISTS (SELECT 1 FROM answers a JOIN sessions s ON s.id = a.session WHERE a.member = $1 AND s.ended = 0 AND s.kind <> 'daily')`

// bothQuery counts the questions that two members have answered.
const bothQuery = `SELECT count(*) FROM (SELECT DISTINCT b.session, b.question FROM answers b
	JOIN answers a ON a.member = $1 AND a.try = 0 AND ` + sameQuestion + ` WHERE b.member = $2 AND b.try = 0) both_answered`

// Compare returns what two members have.
func (db *DB) Compare(ctx context.Context, a, b bot.MemberID) (c bot.Comparison, err error) {
	older, newer := min(a, b), max(a, b)
	if c.Older, err = db.belongings(ctx, older); err != nil {
		return c, err
	}
	if c.Newer, err = db.belongings(ctx, newer); err != nil {
		return c, err
	}
	if err := db.row(ctx, bothQuery, older, newer).Scan(&c.Both); err != nil {
		return c, explained(err)
	}
	err = db.row(ctx, livesQuery, newer).Scan(&c.Playing)
	return c, explained(err)
}

func (db *DB) belongings(ctx context.Context, m bot.MemberID) (b bot.Belongings, err error) {
	if b.Member, err = db.Member(ctx, m); err != nil {
		return b, err
	}
	if b.Accounts, err = db.identities(ctx, m, 0); err != nil {
		return b, err
	}
	err = db.row(ctx, `SELECT count(*) FROM answers WHERE member = $1 AND final = 1 AND void = 0`, m).Scan(&b.Answers)
	if err != nil {
		return b, explained(err)
	}
	streak, err := db.MemberStreak(ctx, m)
	if err != nil && !bot.IsNone(err) {
		return b, err
	}
	b.Streak = streak.Streak
	return b, db.countCards(ctx, &b)
}

// identities returns the accounts of a member that came since a time, the oldest first.
func (db *DB) identities(ctx context.Context, m bot.MemberID, since int64) ([]bot.Identity, error) {
	return list(ctx, db, func(i *bot.Identity) []any { return []any{&i.Platform, &i.User, &i.Name} },
		`SELECT platform, "user", name FROM accounts WHERE member = $1 AND since >= $2 ORDER BY since, name`, m, since)
}

// LinksOf returns the links of a member: what became part of them, and not what was part of that.
func (db *DB) LinksOf(ctx context.Context, m bot.MemberID) ([]bot.AccountLink, error) {
	links, err := list(ctx, db, func(l *bot.AccountLink) []any { return []any{&l.ID, moment{&l.At}} },
		`SELECT id, at FROM links WHERE older = $1 ORDER BY id`, m)
	if err != nil {
		return nil, err
	}
	for i := range links {
		links[i].Accounts, err = list(ctx, db, func(i *bot.Identity) []any { return []any{&i.Platform, &i.User, &i.Name} },
			`SELECT platform, "user", a.name FROM link_merges g JOIN accounts a ON a.member = $1 AND `+accountKey+` = g.key
			WHERE g.link = $2 AND g.place = 'accounts' ORDER BY a.name`, m, links[i].ID)
		if err != nil {
			return nil, err
		}
	}
	return links, nil
}
