package sqlite

import (
	"context"
	"database/sql"
	_ "embed" // for the statements below
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Migration 4 gives sessions kinds, and posts and due work keys of several columns. Old keys were
// texts such as "g12/q3" and "game/12"; they are read here once, and nothing reads them again. It
// keeps names and values of its own for what it writes, so that it stays the same whatever the
// program calls them later.
var (
	//go:embed migrations/code/00004_begin.sql
	begin4 string
	//go:embed migrations/code/00004_end.sql
	end4 string
)

// What migration 4 writes into rows that had no such column.
const (
	kind4  = "game"
	owner4 = "main"

	replyClass4 = 0
	gameClass4  = 1
	bulkClass4  = 2
)

// migrate4 runs in one transaction.
func migrate4(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, begin4); err != nil {
		return fmt.Errorf("make the new tables: %w", err)
	}
	for _, step := range []func(context.Context, *sql.Tx) error{games4, posts4, due4} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, end4); err != nil {
		return fmt.Errorf("drop the old tables: %w", err)
	}
	return nil
}

// games4 makes sessions of games. Their scripts no longer hold the name of whoever started them.
func games4(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO sessions (id, kind, version, answers, chat, space, solo, pack, hash, lang, ended, started, owner, run)
		SELECT id, ?, version, (SELECT count(*) FROM answers a WHERE a.session = games.id), chat, space, solo, pack, hash, lang, ended, started, ?, 0 FROM games`,
		kind4, owner4); err != nil {
		return fmt.Errorf("move games: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO session_states (session, state) SELECT id, state FROM games`); err != nil {
		return fmt.Errorf("move the states of games: %w", err)
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO session_scripts (session, script) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	return each4(ctx, tx, `SELECT id, sheet FROM games ORDER BY id`, func(rows *sql.Rows) error {
		var id int64
		var script []byte
		if err := rows.Scan(&id, &script); err != nil {
			return err
		}
		script, err := withoutStarter4(script)
		if err != nil {
			return fmt.Errorf("script of game %d: %w", id, err)
		}
		_, err = insert.ExecContext(ctx, id, script)
		return err
	})
}

func withoutStarter4(script []byte) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(script, &fields); err != nil {
		return nil, err
	}
	delete(fields, "starter")
	return json.Marshal(fields)
}

// posts4 gives posts slots of several columns, and a class, which was guessed from the slot before.
func posts4(ctx context.Context, tx *sql.Tx) error {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO sends (id, op, slot_kind, slot_id, slot_part, slot_n,
		chat, "to", post, class, cause, state, ref, started, started_by, done)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	err = each4(ctx, tx, `SELECT id, op, slot, chat, "to", post, cause, state, ref, started, done FROM old_sends ORDER BY id`, func(rows *sql.Rows) error {
		var id, chat, to, started, done int64
		var op, text, post, cause, state, ref string
		if err := rows.Scan(&id, &op, &text, &chat, &to, &post, &cause, &state, &ref, &started, &done); err != nil {
			return err
		}
		post, err := postWithSlot4(post)
		if err != nil {
			return fmt.Errorf("post %d: %w", id, err)
		}
		slot, class, by := parseSlot4(text), replyClass4, ""
		switch {
		case slot.kind == kind4:
			class = gameClass4
		case cause == "":
			class = bulkClass4
		}
		if started != 0 {
			by = owner4
		}
		_, err = insert.ExecContext(ctx, id, op, slot.kind, slot.id, slot.part, slot.n, chat, to, post, class, cause, state, ref, started, by, done)
		return err
	})
	if err != nil {
		return err
	}
	// Ids of posts that are gone must not come again.
	_, err = tx.ExecContext(ctx, `DELETE FROM sqlite_sequence WHERE name = 'sends';
		INSERT INTO sqlite_sequence (name, seq) SELECT 'sends', seq FROM sqlite_sequence WHERE name = 'old_sends'`)
	return err
}

// due4 gives due work keys of two columns.
func due4(ctx context.Context, tx *sql.Tx) error {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO due (kind, id, at, attempt) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	return each4(ctx, tx, `SELECT key, at, attempt FROM old_due`, func(rows *sql.Rows) error {
		var text string
		var at, attempt int64
		if err := rows.Scan(&text, &at, &attempt); err != nil {
			return err
		}
		kind, id := parseDue4(text)
		_, err := insert.ExecContext(ctx, kind, id, at, attempt)
		return err
	})
}

// each4 calls f with each row of a query.
func each4(ctx context.Context, tx *sql.Tx, query string, f func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// slot4 is a slot as version 4 keeps it.
type slot4 struct {
	kind string
	id   int64
	part string
	n    int64
}

// parseSlot4 reads an old slot: g12/start, g12/q3, g12/q3/void, g12/s45 or g12/end. Any other text
// is the kind of a slot that nobody knows.
func parseSlot4(text string) slot4 {
	unknown := slot4{kind: text}
	game, rest, found := strings.Cut(text, "/")
	id, ok := number4(game, "g")
	if !found || !ok {
		return unknown
	}
	if rest == "start" || rest == "end" {
		return slot4{kind4, id, rest, 0}
	}
	if n, ok := number4(rest, "s"); ok {
		return slot4{kind4, id, "say", n}
	}
	question, void := strings.CutSuffix(rest, "/void")
	n, ok := number4(question, "q")
	switch {
	case !ok:
		return unknown
	case void:
		return slot4{kind4, id, "void", n}
	}
	return slot4{kind4, id, "question", n}
}

// parseDue4 reads an old key of due work: game/12 or purge/7, which is now work of a space.
func parseDue4(text string) (kind string, id int64) {
	if id, ok := number4(text, "game/"); ok {
		return kind4, id
	}
	if id, ok := number4(text, "purge/"); ok {
		return "space", id
	}
	return text, 0
}

// number4 reads a prefix and a decimal number as the old program wrote it.
func number4(text, prefix string) (int64, bool) {
	digits, ok := strings.CutPrefix(text, prefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == digits
}

// postWithSlot4 writes the slot below which a post belongs in its new form, in the post and in what
// it is in other languages.
func postWithSlot4(post string) (string, error) {
	if !strings.Contains(post, `"under"`) {
		return post, nil
	}
	out, err := rewritePost4([]byte(post))
	return string(out), err
}

func rewritePost4(post []byte) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(post, &fields); err != nil {
		return nil, err
	}
	if under, ok := fields["under"]; ok {
		var text string
		if err := json.Unmarshal(under, &text); err != nil {
			return nil, err
		}
		delete(fields, "under")
		if s := parseSlot4(text); s.part != "" { // one that nobody knows names nothing
			fields["under"] = fmt.Appendf(nil, "%q", fmt.Sprintf("%s/%d/%s/%d", s.kind, s.id, s.part, s.n))
		}
	}
	if also, ok := fields["also"]; ok {
		var others []json.RawMessage
		if err := json.Unmarshal(also, &others); err != nil {
			return nil, err
		}
		for i := range others {
			var err error
			if others[i], err = rewritePost4(others[i]); err != nil {
				return nil, err
			}
		}
		var err error
		if fields["also"], err = json.Marshal(others); err != nil {
			return nil, err
		}
	}
	return json.Marshal(fields)
}
