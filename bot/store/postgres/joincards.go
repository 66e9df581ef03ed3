package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"summitquiz/bot"
)

// Cards are joined as follows. What only one of the two has a card of is moved with its reviews. Of
// two cards of one fact the one with more reviews goes on; the other one is set aside, under the
// number of the newer member. While two cards change places, the fact of one is marked: a member has
// one card of a fact.

// joinCards gives the older member the newer one's cards.
func (s *statements) joinCards(ctx context.Context, link int64, older, newer bot.MemberID) error {
	rows, err := s.rowsOf(ctx, `SELECT * FROM cards WHERE member = $1`, newer)
	if err != nil {
		return err
	}
	for _, r := range rows { // each as it was, since it may be reviewed before it is given back
		if _, err := s.exec(ctx, `INSERT INTO link_merges (link, place, key, newer, older, merged) VALUES ($1, 'cards', $2, $3, '', '')`,
			link, fmt.Sprint(number(r["id"])), r.text()); err != nil {
			return err
		}
	}
	return s.all(ctx, "join cards", []step{
		{`INSERT INTO link_moves (link, place, "row", member) SELECT $1, 'cards', id, member FROM cards WHERE member = $2`, []any{link, newer}},
		{`INSERT INTO link_moves (link, place, "row", member) SELECT $1, 'cards', o.id, o.member FROM cards n JOIN cards o ON o.member = $2 AND o.fact = n.fact
			WHERE n.member = $3 AND (n.reps, n.reviewed) > (o.reps, o.reviewed)`, []any{link, older, newer}},
		{`UPDATE cards SET member = $1, fact = '~' || fact WHERE id IN (SELECT "row" FROM link_moves WHERE link = $2 AND place = 'cards' AND member = $3)`,
			[]any{newer, link, older}},
		{`UPDATE cards SET member = $1 WHERE member = $2 AND substr(fact, 1, 1) <> '~'
			AND NOT EXISTS (SELECT 1 FROM cards o WHERE o.member = $1 AND o.fact = cards.fact)`, []any{older, newer}},
		{`UPDATE cards SET fact = substr(fact, 2) WHERE member = $1 AND substr(fact, 1, 1) = '~'`, []any{newer}},
		{reviewsFollow, []any{older, newer}},
	})
}

// reviewsFollow gives the reviews of two members to whoever has their cards.
const reviewsFollow = `UPDATE reviews SET member = (SELECT member FROM cards WHERE id = reviews.card) WHERE member IN ($1, $2)`

// partCards gives each of the two back the cards that they had, as they were. What was reviewed
// since stays with the older one, with its whole log; the newer one has the card as it was then.
func (s *statements) partCards(ctx context.Context, link int64, older, newer bot.MemberID) error {
	if err := s.all(ctx, "part cards", []step{
		{`UPDATE cards SET fact = '~' || fact, member = $3 WHERE member = $2
			AND id IN (SELECT "row" FROM link_moves WHERE link = $1 AND place = 'cards' AND member = $3)`, []any{link, older, newer}},
		{`UPDATE cards SET member = $2 WHERE member = $3 AND id IN (SELECT "row" FROM link_moves WHERE link = $1 AND place = 'cards' AND member = $2)`,
			[]any{link, older, newer}},
	}); err != nil {
		return err
	}
	moved, err := s.rowsOf(ctx, `SELECT c.*, g.newer AS noted FROM cards c JOIN link_merges g ON g.link = $1 AND g.place = 'cards' AND g.key = c.id::text
		WHERE c.member = $2 AND substr(c.fact, 1, 1) = '~'`, link, newer)
	if err != nil {
		return err
	}
	for _, now := range moved {
		noted := now["noted"].(string)
		delete(now, "noted")
		now["fact"] = strings.TrimPrefix(now["fact"].(string), "~")
		if now.text() == noted {
			continue
		}
		was, err := parseRecord(noted)
		if err != nil {
			return err
		}
		if err := s.divide(ctx, now, was, int64(older)); err != nil {
			return fmt.Errorf("divide card %d: %w", number(now["id"]), err)
		}
	}
	return s.all(ctx, "part cards", []step{
		{`UPDATE cards SET fact = substr(fact, 2) WHERE member IN ($1, $2) AND substr(fact, 1, 1) = '~'`, []any{older, newer}},
		{reviewsFollow, []any{older, newer}},
	})
}

// divide leaves a card as it is now with the older member, who has it as a copy with all reviews,
// and makes the card itself what it was. A card that the older one had set aside for it is gone.
func (s *statements) divide(ctx context.Context, now, was record, older int64) error {
	id, fact := now["id"], now["fact"]
	if _, err := s.exec(ctx, `DELETE FROM cards WHERE member = $1 AND fact IN ($2::text, '~' || $2::text)`, older, fact); err != nil {
		return err
	}
	copied := now.copyOf()
	delete(copied, "id")
	copied["member"] = older
	query, args := copied.insertion("cards")
	twin, err := s.inserted(ctx, query+` RETURNING id`, args...)
	if err != nil {
		return err
	}
	reviews, err := s.rowsOf(ctx, `SELECT * FROM reviews WHERE card = $1 ORDER BY id`, id)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		delete(r, "id")
		r["card"], r["member"] = twin, older
		query, args := r.insertion("reviews")
		if _, err := s.exec(ctx, query, args...); err != nil {
			return err
		}
	}
	was["fact"] = "~" + was["fact"].(string)
	var set []string
	values := []any{id}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		values = append(values, was[name])
		set = append(set, fmt.Sprintf("%s = $%d", quoted(name), len(values)))
	}
	if _, err := s.exec(ctx, `UPDATE cards SET `+strings.Join(set, ", ")+` WHERE id = $1`, values...); err != nil {
		return err
	}
	_, err = s.exec(ctx, `DELETE FROM reviews WHERE card = $1 AND number >= $2`, id, was["reps"])
	return err
}

// mergeLearners joins how two members study. The older one's settings and session in hand stay. The
// version grows past both, so that nothing that was decided before is written after.
func mergeLearners(_ context.Context, _ *statements, newer, older record) (record, error) {
	older["version"] = max(number(older["version"]), number(newer["version"])) + 1
	older["fed"] = max(number(older["fed"]), number(newer["fed"]))
	if feed := number(older["feed"]); feed != int64(bot.Agreed) && feed != int64(bot.Declined) {
		older["feed"] = max(feed, number(newer["feed"]))
	}
	settings, err := joinedSettings(newer, older)
	older["settings"] = settings
	return older, err
}

// joinedSettings are the older one's settings, which know that cards dated by another basis have come.
func joinedSettings(newer, older record) (string, error) {
	var of [2]bot.StudySettings
	for i, r := range []record{newer, older} {
		text, _ := r["settings"].(string)
		if err := json.Unmarshal([]byte(text), &of[i]); err != nil {
			return "", fmt.Errorf("settings of learner %d: %w", number(r["member"]), err)
		}
	}
	if of[0].Basis() != of[1].Basis() {
		of[1].Dated = "joined"
	}
	text, err := json.Marshal(&of[1])
	return string(text), err
}

// countCards counts what a member learns.
func (db *DB) countCards(ctx context.Context, b *bot.Belongings) error {
	return explained(db.row(ctx, `SELECT count(*) FROM cards WHERE member = $1 AND retired = 0`, b.Member.ID).Scan(&b.Cards))
}
