package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
)

// Part undoes a link of a member.
func (db *DB) Part(ctx context.Context, m bot.MemberID, link int64) error {
	err := db.now(ctx, func(ctx context.Context, s *statements) error {
		var newer bot.MemberID
		err := s.row(ctx, `SELECT newer FROM links WHERE id = $1 AND older = $2`, []any{link, m}, &newer)
		if errors.Is(err, pgx.ErrNoRows) {
			return bot.ErrNone
		}
		if err != nil {
			return err
		}
		if err := s.settle(ctx); err != nil {
			return err
		}
		if err := s.part(ctx, link, m, newer); err != nil {
			return fmt.Errorf("part member %d from member %d: %w", newer, m, err)
		}
		return s.revise(ctx)
	})
	return explained(err)
}

// part gives the newer member back what they had, as far as it is still with m.
func (s *statements) part(ctx context.Context, link int64, m, newer bot.MemberID) error {
	if err := s.partAnswers(ctx, link, m, newer); err != nil {
		return err
	}
	if err := s.partCards(ctx, link, m, newer); err != nil {
		return err
	}
	for _, p := range numbered {
		if _, err := s.exec(ctx, `UPDATE `+p.table+` SET `+p.assign()+` WHERE `+p.column+` = $2
			AND id IN (SELECT "row" FROM link_moves WHERE link = $3 AND place = $4)`, newer, m, link, p.name()); err != nil {
			return fmt.Errorf("give back %s: %w", p.table, err)
		}
	}
	for _, p := range labelled {
		if _, err := s.exec(ctx, `UPDATE `+p.table+` SET `+p.column+` = $1 WHERE `+p.column+` = $2
			AND `+p.key+` IN (SELECT key FROM link_merges WHERE link = $3 AND place = $4)`, newer, m, link, p.table); err != nil {
			return fmt.Errorf("give back %s: %w", p.table, err)
		}
	}
	for _, p := range merged {
		if err := s.unmerge(ctx, link, p, m, newer); err != nil {
			return fmt.Errorf("give back %s: %w", p.table, err)
		}
	}
	if err := s.partMembers(ctx, link, m, newer); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM links WHERE id = $1`, link)
	return err
}

// partAnswers gives each of the two back the answers that they gave before they were joined.
func (s *statements) partAnswers(ctx context.Context, link int64, m, newer bot.MemberID) error {
	if err := s.editPacks(ctx, m); err != nil {
		return err
	}
	if err := s.editPacks(ctx, newer); err != nil {
		return err
	}
	const noted = `(SELECT "row" FROM link_moves WHERE link = $1 AND place = 'answers')`
	const whose = `(SELECT member FROM link_moves WHERE link = $1 AND place = 'answers' AND "row" = answers.id)`
	return s.all(ctx, "give back answers", []step{
		// First to a number that nobody has, since two answers may change places.
		{`UPDATE answers SET member = -` + whose + ` WHERE member IN ($2, $3) AND id IN ` + noted, []any{link, m, newer}},
		{`UPDATE answers SET member = -member WHERE id IN ` + noted + ` AND member = -` + whose, []any{link}},
		{`UPDATE answers SET void = (SELECT void FROM link_moves WHERE link = $1 AND place = 'answers' AND "row" = answers.id)
			WHERE id IN ` + noted + ` AND member = ` + whose, []any{link}},
		// What a later link has noted as m's is the newer one's again.
		{`UPDATE link_moves SET member = $3 WHERE link <> $1 AND member = $2
			AND EXISTS (SELECT 1 FROM link_moves n WHERE n.link = $1 AND n.place = link_moves.place AND n."row" = link_moves."row" AND n.member = $3)`,
			[]any{link, m, newer}},
	})
}

// unmerge gives the newer member their rows back. The older one's row becomes what it was, unless
// it has changed since they were joined.
func (s *statements) unmerge(ctx context.Context, link int64, p mergedPlace, m, newer bot.MemberID) error {
	rows, err := s.rowsOf(ctx, `SELECT newer, older, merged FROM link_merges WHERE link = $1 AND place = $2`, link, p.table)
	if err != nil {
		return err
	}
	for _, row := range rows {
		its, err := parseRecord(row["newer"].(string))
		if err != nil {
			return err
		}
		theirs, err := parseRecord(row["older"].(string))
		if err != nil {
			return err
		}
		now, err := s.find(ctx, p, its, int64(m))
		if err != nil {
			return err
		}
		if now == nil {
			continue // it was taken away from both since
		}
		if p.version != "" { // it may have changed since, and must not seem unchanged to who saw it before
			grown := number(now[p.version]) + 1
			its[p.version] = grown
			if theirs != nil {
				theirs[p.version] = grown
			}
		}
		if now.text() == row["merged"].(string) {
			if err := s.put(ctx, p, theirs, now, int64(m)); err != nil {
				return err
			}
		}
		if err := s.put(ctx, p, its, nil, int64(newer)); err != nil {
			return err
		}
	}
	return nil
}

// partMembers gives accounts and settings back.
func (s *statements) partMembers(ctx context.Context, link int64, m, newer bot.MemberID) error {
	rows, err := s.rowsOf(ctx, `SELECT older, merged FROM link_merges WHERE link = $1 AND place = 'members'`, link)
	if err != nil {
		return err
	}
	now, err := s.rowsOf(ctx, `SELECT * FROM members WHERE id = $1`, m)
	if err != nil {
		return err
	}
	if len(rows) == 1 && len(now) == 1 && now[0].text() == rows[0]["merged"].(string) {
		theirs, err := parseRecord(rows[0]["older"].(string))
		if err != nil {
			return err
		}
		if _, err := s.exec(ctx, `UPDATE members SET lang = $1, own = $2, zone = $3, digits = $4, owner = $5 WHERE id = $6`,
			theirs["lang"], theirs["own"], theirs["zone"], theirs["digits"], theirs["owner"], m); err != nil {
			return fmt.Errorf("give settings back: %w", err)
		}
	}
	return s.all(ctx, "give accounts back", []step{
		{`UPDATE accounts SET since = 0 WHERE member = $1 AND since = (SELECT at FROM links WHERE id = $2)`, []any{newer, link}},
		{`UPDATE members SET joined = 0 WHERE id = $1`, []any{newer}},
		{`WITH RECURSIVE below (id) AS (SELECT newer FROM links WHERE older = $1 UNION SELECT l.newer FROM links l JOIN below b ON l.older = b.id)
			UPDATE members SET joined = $1 WHERE id IN (SELECT id FROM below)`, []any{newer}},
	})
}
