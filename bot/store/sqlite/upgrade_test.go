package sqlite

import (
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
)

// version3 returns a copy of a database that the program wrote when its schema had version 3. It
// holds twelve live games (in the lead-in, asked, open, answered, paused, in a gap, with a void
// question, in a thread, solo), one that has ended, posts that are queued, started and failed, a
// draft, a report, and a space that is to be purged.
func version3(t *testing.T) string {
	t.Helper()
	in, err := os.Open(filepath.Join("testdata", "version3.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	data, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "quiz.db")
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, data)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// dump returns the rows of a query by their first column.
func dump(t *testing.T, path, query string) map[string][]any {
	t.Helper()
	db, err := open(path, usualBusy, "mode=ro", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]any{}
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out[fmt.Sprint(values[0])] = values
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// slots3 are the slots of the old database and what they are now.
var slots3 = map[string]string{
	"g1/q0": "game/1/question/0", "g1/end": "game/1/end/0", "g2/q0": "game/2/question/0", "g3/q0": "game/3/question/0", "g4/q0": "game/4/question/0",
	"g5/q0": "game/5/question/0", "g6/q0": "game/6/question/0", "g6/s4": "game/6/say/4", "g6/s5": "game/6/say/5", "g7/q0": "game/7/question/0",
	"g8/q0": "game/8/question/0", "g9/q0": "game/9/question/0", "g10/q0": "game/10/question/0", "g10/q0/void": "game/10/void/0", "g11/q0": "game/11/question/0",
	"g13/q0": "game/13/question/0", "g1/start": "game/1/start/0", "g2/start": "game/2/start/0", "g3/start": "game/3/start/0", "g4/start": "game/4/start/0",
	"g5/start": "game/5/start/0", "g6/start": "game/6/start/0", "g7/start": "game/7/start/0", "g8/start": "game/8/start/0", "g9/start": "game/9/start/0",
	"g10/start": "game/10/start/0", "g11/start": "game/11/start/0", "g12/start": "game/12/start/0", "g13/start": "game/13/start/0",
}

// upgrade is a path before and after an upgrade.
type upgrade struct{ before, after string }

func upgraded(t *testing.T) upgrade {
	t.Helper()
	u := upgrade{version3(t), version3(t)}
	if from, to, err := Migrate(t.Context(), u.after); err != nil || from != 3 || to < 4 {
		t.Fatalf("migrated from %d to %d, %v", from, to, err)
	}
	if err := CheckFile(t.Context(), u.after); err != nil {
		t.Fatal(err)
	}
	return u
}

// newColumns are how many columns a query finds that version 3 did not have.
var newColumns = map[string]int{`SELECT * FROM chats`: 1, `SELECT * FROM answers`: 1}

// withoutNew leaves the last columns of rows away.
func withoutNew(rows map[string][]any, columns int) map[string][]any {
	for key, row := range rows {
		rows[key] = row[:len(row)-columns]
	}
	return rows
}

// TestAnUpgradeKeepsWhatItDoesNotChange compares the tables that no migration since version 3 touched.
func TestAnUpgradeKeepsWhatItDoesNotChange(t *testing.T) {
	u := upgraded(t)
	for query, least := range map[string]int{
		`SELECT * FROM spaces`: 13, `SELECT * FROM chats`: 13, `SELECT id, lang, own, zone, digits, owner FROM members`: 6,
		`SELECT platform || user, platform, user, member, name FROM accounts`: 6,
		`SELECT * FROM inbox`: 30, `SELECT * FROM packs`: 1, `SELECT pack || space, * FROM packs_off`: 1, `SELECT id, space, by, data, at FROM drafts`: 1, `SELECT * FROM reports`: 1,
		`SELECT * FROM audit`: 4, `SELECT * FROM notes`: 1, `SELECT * FROM updates`: 1, `SELECT member || '/' || space, * FROM admins`: 2,
		`SELECT * FROM answers`: 11,
		`SELECT chat || '/' || member || '/' || item, * FROM exposures`: 9,
		`SELECT * FROM numbers`: 1,
		`SELECT name, seq FROM sqlite_sequence WHERE name <> 'goose_db_version'`: 7,
	} {
		before, after := dump(t, u.before, query), withoutNew(dump(t, u.after, query), newColumns[query])
		if len(before) < least || !reflect.DeepEqual(before, after) {
			t.Errorf("%s: %d rows became\n%v, want the same %d or more\n%v", query, len(before), after, least, before)
		}
	}
}

// TestAnUpgradeMovesGames reads every game as a session.
func TestAnUpgradeMovesGames(t *testing.T) {
	u := upgraded(t)
	games := dump(t, u.before, `SELECT id, version, chat, space, solo, pack, hash, lang, sheet, state, ended, started,
		(SELECT count(*) FROM answers WHERE game = games.id) FROM games`)
	db := openAt(t, u.after)
	if len(games) != 13 {
		t.Fatalf("%d games are there", len(games))
	}
	for _, g := range games {
		s, err := db.Session(t.Context(), bot.SessionID(g[0].(int64)))
		if err != nil {
			t.Fatal(err)
		}
		got := []any{int64(s.ID), int64(s.Version), int64(s.Chat), int64(s.Space), int64(s.Solo), string(s.Pack), s.Hash, int64(s.Lang), string(s.State), s.Ended,
			s.Started.UnixMicro(), int64(s.Answers)}
		want := []any{g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7], string(g[9].([]byte)), g[10] == int64(1), g[11], g[12]}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("game %d became\n%v, want\n%v", s.ID, got, want)
		}
		if s.Kind != "game" || s.Owner != "main" || s.Run != 0 {
			t.Errorf("game %d is a %s of %s, run %d", s.ID, s.Kind, s.Owner, s.Run)
		}
		script, old := fields(t, s.Script), fields(t, g[8].([]byte))
		if _, named := old["starter"]; !named {
			t.Errorf("game %d was kept without its starter", s.ID)
		}
		delete(old, "starter")
		if !reflect.DeepEqual(script, old) {
			t.Errorf("the script of game %d is\n%s", s.ID, s.Script)
		}
	}
	live, err := db.Live(t.Context(), "game")
	if err != nil || len(live) != 12 || live[0].ID != 2 || live[11].ID != 13 {
		t.Errorf("%d games are live, %v", len(live), err)
	}
	solo := live[11]
	if s, err := db.LiveAt(t.Context(), "game", solo.Chat, solo.Solo); err != nil || solo.Solo == 0 || s.ID != solo.ID {
		t.Errorf("the solo game is found as %d, %v", s.ID, err)
	}
	next := live[3]
	next.Version++
	c := &bot.Change{Fence: &bot.Fence{Session: next.ID, Version: live[3].Version, Answers: live[3].Answers}, Session: &next}
	if err := db.Write(c)(t.Context()); err != nil {
		t.Errorf("a game does not go on: %v", err)
	}
}

func fields(t *testing.T, data []byte) (out map[string]any) {
	t.Helper()
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAnUpgradeMovesPosts compares every post with what it was.
func TestAnUpgradeMovesPosts(t *testing.T) {
	u := upgraded(t)
	before := dump(t, u.before, `SELECT id, op, chat, "to", cause, state, ref, started, done, slot, post FROM sends`)
	after := dump(t, u.after, `SELECT id, op, chat, "to", cause, state, ref, started, done,
		slot_kind || '/' || slot_id || '/' || slot_part || '/' || slot_n, post, class, started_by FROM sends`)
	states, under := map[any]int{}, 0
	for id, old := range before {
		now := after[id]
		if now == nil || !reflect.DeepEqual(now[:9], old[:9]) || now[9] != slots3[old[9].(string)] {
			t.Errorf("post %s became\n%v, want\n%v", id, now, old)
			continue
		}
		states[now[5]]++
		want := fields(t, []byte(old[10].(string)))
		if want["under"] != nil {
			under++
			if want["under"] != "g7/start" {
				t.Errorf("post %s stood below %v", id, want["under"])
			}
			want["under"] = "game/7/start/0"
		}
		if got := fields(t, []byte(now[10].(string))); !reflect.DeepEqual(got, want) {
			t.Errorf("post %s reads %v, want %v", id, got, want)
		}
		if now[11] != int64(bot.GameClass) || now[12] != "main" {
			t.Errorf("post %s has class %v and was started by %v", id, now[11], now[12])
		}
	}
	if want := map[any]int{"done": 30, "queued": 1, "started": 1, "failed": 1}; len(after) != len(before) || !maps.Equal(states, want) || under != 1 {
		t.Errorf("posts are %v, want %v; %d stand below another", states, want, under)
	}
	db := openAt(t, u.after)
	stuck, err := db.Session(t.Context(), 9)
	if err != nil {
		t.Fatal(err)
	}
	waiting, err := db.Waiting(t.Context(), []bot.Kind{"game"}, stuck.Chat, 9)
	if err != nil || len(waiting) != 1 || waiting[0].State != bot.SendStarted || waiting[0].Slot != (bot.Slot{Kind: "game", ID: 9, Part: "question"}) {
		t.Fatalf("waiting are %+v, %v", waiting, err)
	}
	at := waiting[0].Started.Add(time.Second)
	if err := db.Write(&bot.Change{At: at, Progress: []bot.Progress{{Send: waiting[0].ID, State: bot.SendStarted, At: at, By: "main"}}})(t.Context()); err != nil {
		t.Errorf("the same process cannot go on with it: %v", err)
	}
	if ref, err := db.RefOf(t.Context(), bot.Slot{Kind: "game", ID: 10, Part: "void"}); err != nil || ref != "ref-g10/q0/void" {
		t.Errorf("the void question stands as %q, %v", ref, err)
	}
}

// TestAnUpgradeMovesDueWork adopts what the old program left.
func TestAnUpgradeMovesDueWork(t *testing.T) {
	u := upgraded(t)
	got := map[string]any{}
	for _, row := range dump(t, u.after, `SELECT kind || '/' || id, at, attempt FROM due`) {
		got[strings.Replace(row[0].(string), "space/", "purge/", 1)] = row[1]
	}
	want := map[string]any{}
	for key, row := range dump(t, u.before, `SELECT key, at FROM due`) {
		want[key] = row[1]
	}
	if len(want) != 13 || !maps.Equal(got, want) {
		t.Errorf("due are %v, want %v", got, want)
	}
	db := openAt(t, u.after)
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) // before all of it
	rows, err := db.Adopt(t.Context(), []bot.Kind{"game", "space"}, "main", 1, now)
	if err != nil || len(rows) != 12 || slices.ContainsFunc(rows, func(d bot.Due) bool { return d.Key.Kind != "game" }) {
		t.Errorf("adopted are %+v, %v", rows, err)
	}
}

// TestAnUpgradeKeepsUnknownKeys has rows that version 3 never wrote.
func TestAnUpgradeKeepsUnknownKeys(t *testing.T) {
	path := version3(t)
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{"daily/4", "game/", "game/x", "game/07", "purge/-1", "game/12/3"}
	slots := []string{"d4/start", "g5", "g/start", "g5/q", "g5/q1x", "g5/q1/start", "gx/end", "g05/end", "g5/s1/void", ""}
	for _, key := range keys {
		_, e := raw.Exec(`INSERT INTO due (key, at, attempt) VALUES (?, 77, 3)`, key)
		err = errors.Join(err, e)
	}
	for i, slot := range slots {
		cause := []string{"", "plain:1"}[i%2]
		_, e := raw.Exec(`INSERT INTO sends (op, slot, chat, "to", post, cause, state)
			VALUES ('new', ?1, 999, 0, json_object('under', ?1, 'also', json_array(json_object('under', 'g5/start'))), ?2, 'queued')`, slot, cause)
		err = errors.Join(err, e)
	}
	if err := errors.Join(err, raw.Close()); err != nil {
		t.Fatal(err)
	}
	db := openAt(t, path)
	kinds := dump(t, path, `SELECT kind, id, at, attempt FROM due WHERE kind NOT IN ('game', 'space')`)
	for _, key := range keys {
		if !reflect.DeepEqual(kinds[key], []any{key, int64(0), int64(77), int64(3)}) {
			t.Errorf("due %q became %v", key, kinds[key])
		}
	}
	var strange []bot.Kind
	for _, s := range slots {
		strange = append(strange, bot.Kind(s))
	}
	rows, err := db.Waiting(t.Context(), strange, 999, 99)
	if err != nil || len(rows) != len(slots) {
		t.Fatalf("%d posts wait, %v", len(rows), err)
	}
	for i, r := range rows {
		class := []bot.Class{bot.BulkClass, bot.ReplyClass}[i%2]
		below := bot.Slot{Kind: "game", ID: 5, Part: "start"}
		if r.Slot != (bot.Slot{Kind: bot.Kind(slots[i])}) || r.Class != class || !r.Post.Under.IsZero() || r.Post.Also[0].Under != below {
			t.Errorf("post %q became %+v", slots[i], r)
		}
	}
}

// TestSeveralProcessesUpgradeAtOnce opens a database of version 3, and one that is not there yet,
// from everywhere at once.
func TestSeveralProcessesUpgradeAtOnce(t *testing.T) {
	for name, path := range map[string]string{"old": version3(t), "new": filepath.Join(t.TempDir(), "quiz.db")} {
		t.Run(name, func(t *testing.T) {
			var group sync.WaitGroup
			for range 6 {
				group.Go(func() {
					db, err := Open(t.Context(), path, Options{})
					if err != nil {
						t.Error(err)
						return
					}
					if err := db.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
		})
	}
}
