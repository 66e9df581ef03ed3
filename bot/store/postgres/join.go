package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// Join joins the two members of an offer.
func (db *DB) Join(ctx context.Context, offer int64, now time.Time) (stays bot.MemberID, err error) {
	err = db.now(ctx, func(ctx context.Context, s *statements) (err error) {
		stays, err = s.joinOffer(ctx, offer, now)
		return err
	})
	return stays, explained(err)
}

func (s *statements) joinOffer(ctx context.Context, offer int64, now time.Time) (bot.MemberID, error) {
	var o bot.LinkOffer
	err := s.row(ctx, offerQuery, []any{offer}, &o.ID, &o.Owner, &o.Taker, moment{&o.Until})
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, bot.ErrLinkOver
	}
	if err != nil {
		return 0, err
	}
	owner, err := s.whole(ctx, o.Owner)
	if err != nil {
		return 0, err
	}
	taker, err := s.whole(ctx, o.Taker)
	switch {
	case err != nil:
		return 0, err
	case owner == taker:
		return owner, nil
	case o.Taker == 0 || now.After(o.Until):
		return 0, bot.ErrLinkOver
	}
	if err := s.settle(ctx); err != nil {
		return 0, err
	}
	older, newer := min(owner, taker), max(owner, taker)
	var live bool
	if err := s.row(ctx, livesQuery, []any{newer}, &live); err != nil {
		return 0, err
	}
	if live {
		return 0, bot.ErrLinkPlaying
	}
	if err := s.join(ctx, older, newer, now); err != nil {
		return 0, fmt.Errorf("join member %d to member %d: %w", newer, older, err)
	}
	return older, s.revise(ctx)
}

// whole returns the member that a member is part of: themselves, if they were not joined to another.
func (s *statements) whole(ctx context.Context, m bot.MemberID) (bot.MemberID, error) {
	var joined bot.MemberID
	err := s.row(ctx, `SELECT joined FROM members WHERE id = $1`, []any{m}, &joined)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, bot.ErrLinkOver // they were deleted
	}
	if joined != 0 {
		m = joined
	}
	return m, err
}

// join makes one member part of another and notes what each of them had.
func (s *statements) join(ctx context.Context, older, newer bot.MemberID, now time.Time) error {
	link, err := s.inserted(ctx, `INSERT INTO links (older, newer, at) VALUES ($1, $2, $3) RETURNING id`, older, newer, micros(now))
	if err != nil {
		return err
	}
	for _, p := range numbered {
		if _, err := s.exec(ctx, `INSERT INTO link_moves (link, place, "row", member) SELECT $1, $2, id, $3 FROM `+p.table+`
			WHERE `+p.column+` <> 0 AND `+p.column+` = $4`, link, p.name(), newer, newer); err != nil {
			return fmt.Errorf("note %s: %w", p.table, err)
		}
		if _, err := s.exec(ctx, `UPDATE `+p.table+` SET `+p.assign()+` WHERE `+p.column+` <> 0 AND `+p.column+` = $2`, older, newer); err != nil {
			return fmt.Errorf("move %s: %w", p.table, err)
		}
	}
	for _, p := range labelled {
		if _, err := s.exec(ctx, `INSERT INTO link_merges (link, place, key, newer, older, merged) SELECT $1, $2, `+p.key+`, '', '', '' FROM `+p.table+`
			WHERE `+p.column+` = $3`, link, p.table, newer); err != nil {
			return fmt.Errorf("note %s: %w", p.table, err)
		}
		if _, err := s.exec(ctx, `UPDATE `+p.table+` SET `+p.column+` = $1 WHERE `+p.column+` = $2`, older, newer); err != nil {
			return fmt.Errorf("move %s: %w", p.table, err)
		}
	}
	if err := s.joinAnswers(ctx, link, older, newer); err != nil {
		return err
	}
	if err := s.joinCards(ctx, link, older, newer); err != nil {
		return err
	}
	for _, p := range merged {
		if err := s.merge(ctx, link, p, older, newer); err != nil {
			return fmt.Errorf("merge %s: %w", p.table, err)
		}
	}
	return s.joinMembers(ctx, link, older, newer, now)
}

// sameQuestion is a condition of two answers, a and b: they are to one question of a session, or to
// one of a day's set, which counts once wherever it is answered.
const sameQuestion = `(a.session = b.session AND a.question = b.question OR b.daily <> 0 AND a.daily = b.daily AND a.item = b.item)`

// joinAnswers moves the answers of the newer member. Where both have answered a question, the one
// whose answer has the smaller number keeps it; that of the other is set aside, void, under the
// number of the newer one.
func (s *statements) joinAnswers(ctx context.Context, link int64, older, newer bot.MemberID) error {
	if err := s.editPacks(ctx, newer); err != nil {
		return err
	}
	aside := -int64(newer) // nobody has this number
	return s.all(ctx, "join answers", []step{
		{`INSERT INTO link_moves (link, place, "row", member, void) SELECT $1, 'answers', id, member, void FROM answers WHERE member = $2`, []any{link, newer}},
		// What the older one answered second.
		{`INSERT INTO link_moves (link, place, "row", member, void) SELECT $1, 'answers', x.id, x.member, x.void FROM answers b
			JOIN answers a ON a.member = $2 AND a.try = 0 AND a.id > b.id AND ` + sameQuestion + `
			JOIN answers x ON x.session = a.session AND x.question = a.question AND x.member = $2 WHERE b.member = $3 AND b.try = 0`,
			[]any{link, older, newer}},
		{`UPDATE answers SET member = $1 WHERE id IN (SELECT "row" FROM link_moves WHERE link = $2 AND place = 'answers' AND member = $3)`,
			[]any{aside, link, older}},
		// What the newer one answered and the older one did not, or later.
		{`UPDATE answers AS b SET member = $1 WHERE b.member = $2 AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.member = $1 AND ` + sameQuestion + `)`,
			[]any{older, newer}},
		{`UPDATE answers SET member = $1 WHERE member = $2`, []any{newer, aside}},
		{`UPDATE answers SET void = 1 WHERE member = $1`, []any{newer}},
	})
}

// editPacks notes that answers of a member change, so that nothing that was folded over them stands.
func (s *statements) editPacks(ctx context.Context, m bot.MemberID) error {
	_, err := s.exec(ctx, `INSERT INTO pack_edits (pack, edits) SELECT DISTINCT pack, 1 FROM answers WHERE member = $1
		ON CONFLICT (pack) DO UPDATE SET edits = pack_edits.edits + 1`, m)
	if err != nil {
		return fmt.Errorf("note that answers of member %d change: %w", m, err)
	}
	return nil
}

// merge brings together the rows of a table of which each of the two may have one.
func (s *statements) merge(ctx context.Context, link int64, p mergedPlace, older, newer bot.MemberID) error {
	rows, err := s.rowsOf(ctx, `SELECT * FROM `+p.table+` WHERE `+p.rows(), newer)
	if err != nil {
		return err
	}
	for _, its := range rows {
		theirs, err := s.find(ctx, p, its, int64(older))
		if err != nil {
			return err
		}
		both := its.copyOf()
		switch {
		case theirs != nil && p.merge != nil:
			if both, err = p.merge(ctx, s, its, theirs.copyOf()); err != nil {
				return err
			}
		case theirs != nil:
			both = theirs
		}
		both[p.column] = int64(older)
		if err := s.put(ctx, p, nil, its, int64(newer)); err != nil {
			return err
		}
		if err := s.put(ctx, p, both, theirs, int64(older)); err != nil {
			return err
		}
		if _, err := s.exec(ctx, `INSERT INTO link_merges (link, place, key, newer, older, merged) VALUES ($1, $2, $3, $4, $5, $6)`,
			link, p.table, its.part(p.key).text(), its.text(), theirs.text(), both.text()); err != nil {
			return err
		}
	}
	return nil
}

// joinMembers joins settings, and puts the accounts that came behind those that were there. What the older one has chosen stays; what they have not
// chosen is taken from the newer one.
func (s *statements) joinMembers(ctx context.Context, link int64, older, newer bot.MemberID, now time.Time) error {
	rows, err := s.rowsOf(ctx, `SELECT * FROM members WHERE id IN ($1, $2) ORDER BY id`, older, newer)
	if err != nil {
		return err
	}
	theirs, its := rows[0], rows[1]
	both := theirs.copyOf()
	if number(theirs["own"]) == 0 && number(its["own"]) != 0 {
		both["lang"], both["own"] = its["lang"], its["own"]
	}
	if theirs["zone"] == "" {
		both["zone"] = its["zone"]
	}
	if number(theirs["digits"]) == 0 {
		both["digits"] = its["digits"]
	}
	both["owner"] = max(number(theirs["owner"]), number(its["owner"]))
	return s.all(ctx, "join accounts and settings", []step{
		{`INSERT INTO link_merges (link, place, key, newer, older, merged) VALUES ($1, 'members', '', $2, $3, $4)`,
			[]any{link, its.text(), theirs.text(), both.text()}},
		{`UPDATE members SET lang = $1, own = $2, zone = $3, digits = $4, owner = $5 WHERE id = $6`,
			[]any{both["lang"], both["own"], both["zone"], both["digits"], both["owner"], older}},
		{`UPDATE accounts SET since = $1 WHERE since = 0 AND ` + accountKey + ` IN (SELECT key FROM link_merges WHERE link = $2 AND place = 'accounts')`,
			[]any{micros(now), link}},
		{`UPDATE members SET joined = $1 WHERE id = $2 OR joined = $2`, []any{older, newer}},
		{`DELETE FROM link_codes WHERE member = $1 AND taker = 0`, []any{newer}},
	})
}
