package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// enteredQuery finds the space, the chat and the member of an input, if all are there as the input
// says and nothing needs to be written.
const enteredQuery = `SELECT s.id, c.id, coalesce(a.member, 0) FROM spaces s JOIN chats c ON c.space = s.id AND c.platform = s.platform
	LEFT JOIN accounts a ON a.platform = $1 AND a."user" = $5 AND a.name = $6
	WHERE s.platform = $1 AND s.key = $2 AND c.key = $3 AND $4 IN ('', s.title)
	AND ($5 = '' OR a.member IS NOT NULL AND (c.private = 0 OR c.member = a.member))`

// Enter returns the space, the chat and the member of an input, made where they are new. The
// writer is asked only if there is something to write.
func (db *DB) Enter(ctx context.Context, p bot.Place, who bot.Person, _ time.Time) (space bot.Space, chat bot.Chat, member bot.Member, err error) {
	err = db.row(ctx, enteredQuery, p.Platform, p.Space, p.Chat, p.Title, who.User, who.Name).Scan(&space.ID, &chat.ID, &member.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		err = db.now(ctx, func(ctx context.Context, s *statements) (err error) {
			space.ID, chat.ID, member.ID, err = s.enter(ctx, p, who)
			return err
		})
	}
	if err != nil {
		return bot.Space{}, bot.Chat{}, bot.Member{}, explained(err)
	}
	if space, err = db.Space(ctx, space.ID); err != nil {
		return space, chat, member, err
	}
	if chat, err = db.Chat(ctx, chat.ID); err != nil || who.User == "" {
		return space, chat, member, err
	}
	member, err = db.Member(ctx, member.ID)
	return space, chat, member, err
}

func (s *statements) enter(ctx context.Context, p bot.Place, who bot.Person) (space bot.SpaceID, chat bot.ChatID, member bot.MemberID, err error) {
	if space, err = s.enterSpace(ctx, p); err != nil {
		return space, chat, member, fmt.Errorf("enter space: %w", err)
	}
	if chat, err = s.enterChat(ctx, p, space); err != nil {
		return space, chat, member, fmt.Errorf("enter chat: %w", err)
	}
	if who.User == "" {
		return space, chat, member, nil
	}
	if member, err = s.enterMember(ctx, p.Platform, who); err != nil {
		return space, chat, member, fmt.Errorf("enter member: %w", err)
	}
	if p.Private {
		if _, err = s.exec(ctx, `UPDATE chats SET member = $1 WHERE id = $2 AND member <> $1`, member, chat); err != nil {
			return space, chat, member, fmt.Errorf("note whose chat it is: %w", err)
		}
	}
	return space, chat, member, nil
}

func (s *statements) enterSpace(ctx context.Context, p bot.Place) (id bot.SpaceID, err error) {
	var title string
	err = s.row(ctx, `SELECT id, title FROM spaces WHERE platform = $1 AND key = $2`, []any{p.Platform, p.Space}, &id, &title)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		n, err := s.inserted(ctx, `INSERT INTO spaces (platform, key, title) VALUES ($1, $2, $3) RETURNING id`, p.Platform, p.Space, p.Title)
		return bot.SpaceID(n), err
	case err == nil && p.Title != "" && p.Title != title:
		err = s.revised(ctx, `UPDATE spaces SET title = $1 WHERE id = $2`, p.Title, id)
	}
	return id, err
}

func (s *statements) enterChat(ctx context.Context, p bot.Place, space bot.SpaceID) (id bot.ChatID, err error) {
	var before bot.SpaceID
	err = s.row(ctx, `SELECT id, space FROM chats WHERE platform = $1 AND key = $2`, []any{p.Platform, p.Chat}, &id, &before)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		n, err := s.inserted(ctx, `INSERT INTO chats (space, platform, key, private) VALUES ($1, $2, $3, $4) RETURNING id`, space, p.Platform, p.Chat, p.Private)
		return bot.ChatID(n), err
	case err == nil && before != space:
		err = s.revised(ctx, `UPDATE chats SET space = $1 WHERE id = $2`, space, id)
	}
	return id, err
}

func (s *statements) enterMember(ctx context.Context, platform string, who bot.Person) (id bot.MemberID, err error) {
	var name string
	err = s.row(ctx, `SELECT member, name FROM accounts WHERE platform = $1 AND "user" = $2`, []any{platform, who.User}, &id, &name)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		n, err := s.inserted(ctx, `INSERT INTO members DEFAULT VALUES RETURNING id`)
		if err != nil {
			return 0, err
		}
		_, err = s.exec(ctx, `INSERT INTO accounts (platform, "user", member, name) VALUES ($1, $2, $3, $4)`, platform, who.User, n, who.Name)
		return bot.MemberID(n), err
	case err == nil && name != who.Name:
		err = s.revised(ctx, `UPDATE accounts SET name = $1 WHERE platform = $2 AND "user" = $3`, who.Name, platform, who.User)
	}
	return id, err
}

// Look returns what there is of the space, the chat and the member of an input.
func (db *DB) Look(ctx context.Context, p bot.Place, who bot.Person) (space bot.Space, chat bot.Chat, member bot.Member, err error) {
	var ids struct{ space, chat, member int64 }
	if err := db.row(ctx, `SELECT coalesce((SELECT id FROM spaces WHERE platform = $1 AND key = $2), 0),
		coalesce((SELECT id FROM chats WHERE platform = $1 AND key = $3), 0), coalesce((SELECT member FROM accounts WHERE platform = $1 AND "user" = $4), 0)`,
		p.Platform, p.Space, p.Chat, who.User).Scan(&ids.space, &ids.chat, &ids.member); err != nil {
		return space, chat, member, explained(err)
	}
	if ids.space != 0 {
		if space, err = db.Space(ctx, bot.SpaceID(ids.space)); err != nil {
			return space, chat, member, err
		}
	}
	if ids.chat != 0 {
		if chat, err = db.Chat(ctx, bot.ChatID(ids.chat)); err != nil {
			return space, chat, member, err
		}
	}
	if ids.member != 0 {
		member, err = db.Member(ctx, bot.MemberID(ids.member))
	}
	member.Name = who.Name
	return space, chat, member, err
}

// Handled reports whether an input was handled.
func (db *DB) Handled(ctx context.Context, id bot.InputID) (is bool, err error) {
	err = db.row(ctx, `SELECT EXISTS (SELECT 1 FROM inbox WHERE id = $1)`, string(id)).Scan(&is)
	return is, explained(err)
}

// Revision returns a number that grows with every change of people, places and packs.
func (db *DB) Revision(ctx context.Context) (n int64, err error) {
	err = db.row(ctx, `SELECT number FROM revision`).Scan(&n)
	return n, explained(err)
}

// Space returns a space.
func (db *DB) Space(ctx context.Context, id bot.SpaceID) (bot.Space, error) {
	rows, err := spaces(list(ctx, db, intoSpace, `SELECT `+spaceColumns+` FROM spaces WHERE id = $1`, id))
	switch {
	case err != nil:
		return bot.Space{}, err
	case len(rows) == 0:
		return bot.Space{}, bot.ErrNone
	}
	return rows[0], nil
}

// Spaces returns the spaces of a platform that the bot is in, without private ones.
func (db *DB) Spaces(ctx context.Context, platform string) ([]bot.Space, error) {
	return spaces(list(ctx, db, intoSpace, `SELECT `+spaceColumns+` FROM spaces WHERE platform = $1 AND gone = 0
		AND NOT EXISTS (SELECT 1 FROM chats WHERE chats.space = spaces.id AND chats.private = 1) ORDER BY id`, platform))
}

const spaceColumns = `id, platform, key, title, settings, gone`

// spaceRow is a space as its row has it.
type spaceRow struct {
	bot.Space
	settings string
}

func intoSpace(s *spaceRow) []any {
	return []any{&s.ID, &s.Platform, &s.Key, &s.Title, &s.settings, moment{&s.Gone}}
}

func spaces(rows []spaceRow, err error) ([]bot.Space, error) {
	if err != nil {
		return nil, err
	}
	out := make([]bot.Space, len(rows))
	for i := range rows {
		out[i] = rows[i].Space
		if err := json.Unmarshal([]byte(rows[i].settings), &out[i].Settings); err != nil {
			return nil, fmt.Errorf("settings of space %d: %w", out[i].ID, err)
		}
	}
	return out, nil
}

// Chat returns a chat.
func (db *DB) Chat(ctx context.Context, id bot.ChatID) (bot.Chat, error) {
	c := bot.Chat{ID: id}
	err := db.row(ctx, `SELECT c.space, c.platform, s.key, c.key, c.private FROM chats c JOIN spaces s ON s.id = c.space WHERE c.id = $1`, id).
		Scan(&c.Space, &c.Address.Platform, &c.Address.Space, &c.Address.Chat, &c.Address.Private)
	return c, one(err)
}

// Member returns a member with the name of the account that they began with.
func (db *DB) Member(ctx context.Context, id bot.MemberID) (bot.Member, error) {
	m := bot.Member{ID: id}
	var lang, digits int
	err := db.row(ctx, `SELECT lang, own, zone, digits, owner,
		coalesce((SELECT name FROM accounts WHERE member = m.id ORDER BY since, name LIMIT 1), '') FROM members m WHERE id = $1`, id).
		Scan(&lang, &m.Own, &m.Zone, &digits, &m.Owner, &m.Name)
	m.Lang, m.Digit = language.Code(lang), language.Digits(digits)
	return m, one(err)
}

// Owners returns the members who became owners.
func (db *DB) Owners(ctx context.Context) ([]bot.Member, error) {
	ids, err := list(ctx, db, func(id *bot.MemberID) []any { return []any{id} }, `SELECT id FROM members WHERE owner <> 0 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	out := make([]bot.Member, len(ids))
	for i, id := range ids {
		if out[i], err = db.Member(ctx, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PrivateChat returns the private chat of a member on a platform.
func (db *DB) PrivateChat(ctx context.Context, m bot.MemberID, platform string) (bot.Chat, error) {
	var id bot.ChatID
	err := db.row(ctx, `SELECT id FROM chats WHERE member = $1 AND member <> 0 AND platform = $2 ORDER BY id LIMIT 1`, m, platform).Scan(&id)
	if err != nil {
		return bot.Chat{}, one(err)
	}
	return db.Chat(ctx, id)
}

// Accounts returns the accounts of a member.
func (db *DB) Accounts(ctx context.Context, id bot.MemberID) ([]bot.Account, error) {
	return list(ctx, db, func(a *bot.Account) []any { return []any{&a.Platform, &a.User} },
		`SELECT platform, "user" FROM accounts WHERE member = $1 ORDER BY platform, "user"`, id)
}

// namesQuery finds what members are called (their ids): as the one that they have become part of.
const namesQuery = `SELECT m.id, a.name FROM members m CROSS JOIN LATERAL (
		SELECT name FROM accounts WHERE member = CASE m.joined WHEN 0 THEN m.id ELSE m.joined END ORDER BY since, name LIMIT 1
	) a WHERE m.id = ANY($1)`

// Names returns the names of members.
func (db *DB) Names(ctx context.Context, ids []bot.MemberID) (map[bot.MemberID]string, error) {
	type named struct {
		id   bot.MemberID
		name string
	}
	rows, err := list(ctx, db, func(n *named) []any { return []any{&n.id, &n.name} },
		namesQuery, numbers(ids))
	if err != nil {
		return nil, err
	}
	out := make(map[bot.MemberID]string, len(rows))
	for _, r := range rows {
		out[r.id] = r.name
	}
	return out, nil
}

// Administers returns the spaces that a member was known to administer.
func (db *DB) Administers(ctx context.Context, id bot.MemberID) ([]bot.Space, error) {
	return list(ctx, db, func(s *bot.Space) []any { return []any{&s.ID, &s.Platform, &s.Key, &s.Title} },
		`SELECT s.id, s.platform, s.key, s.title FROM admins a JOIN spaces s ON s.id = a.space WHERE a.member = $1 AND s.gone = 0 ORDER BY s.id`, id)
}

// Migrate gives a chat, and its space where they are one, another address. If somebody was there
// already, as their message came before the news, what was made for them gives way: it gets an
// address that no platform has.
func (db *DB) Migrate(ctx context.Context, from, to bot.Place) error {
	return db.now(ctx, func(ctx context.Context, s *statements) error {
		chat, err := s.move(ctx, "chats", from.Platform, from.Chat, to.Chat)
		if err == nil && chat != 0 {
			_, err = s.exec(ctx, `UPDATE sends SET ref = ref || $1 WHERE chat = $2 AND op = 'new' AND ref <> ''`, bot.MovedMark, chat)
		}
		if err != nil {
			return fmt.Errorf("migrate chat: %w", err)
		}
		if from.Space != from.Chat {
			return nil
		}
		if _, err := s.move(ctx, "spaces", from.Platform, from.Space, to.Space); err != nil {
			return fmt.Errorf("migrate space: %w", err)
		}
		return nil
	})
}

// move gives what has one key another one, and returns its id; 0 if nothing moved. What gives way gets a
// key that no platform has.
func (s *statements) move(ctx context.Context, table, platform, from, to string) (moved int64, err error) {
	find, rename := `SELECT id FROM `+table+` WHERE platform = $1 AND key = $2`, `UPDATE `+table+` SET key = $1 WHERE id = $2`
	giveWay := func(id int64) error { return s.revised(ctx, rename, fmt.Sprintf("gave way/%d", id), id) }
	var id, there int64
	err = s.row(ctx, find, []any{platform, from}, &id)
	if errors.Is(err, pgx.ErrNoRows) || from == to {
		return 0, nil // it never was here, or has moved already
	}
	if err != nil {
		return 0, err
	}
	err = s.row(ctx, find, []any{platform, to}, &there)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return id, s.revised(ctx, rename, to, id)
	case err != nil:
		return 0, err
	case there < id: // it has moved already; what has the old address was made after that
		return 0, giveWay(id)
	}
	if err := giveWay(there); err != nil {
		return 0, err
	}
	return id, s.revised(ctx, rename, to, id)
}
