package postgres

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
)

// otherNumbers are the columns that hold numbers but no member's, by name, or by table and name
// where another table has a column of that name with members in it.
var otherNumbers = strings.Fields(`leases.fence leases.until send id at chat space session question try option options points final lapsed hinted void mark reason lang seed prior day took
	times last op class started done slot_id slot_n private gone own digits active revision number seq upto edits version answers ended run attempt
	answers.solo version_id is_applied wrong since until row link n members.owner
	feed fed key state step interval due due_day reviewed reps lapses suspended buried value changed retired card rating proposed answer
	last_day next_due next_interval source learners.version streaks.version
	beside everywhere daily subscription daily_runs.time next_day next_time next_at done_day done_time done_at questions days best freezes played shown reminders streaks.last`)

// linkColumns stay as they are when two members are joined: they say who was joined to whom, or
// under which number a post names somebody.
var linkColumns = strings.Fields(`namings.member members.joined links.older links.newer link_moves.member link_codes.member link_codes.taker link_tries.member`)

// memberColumns are all columns of the schema that hold members, as the code of links knows them.
func memberColumns() []string {
	out := []string{"answers.member", "cards.member", "reviews.member"}
	for _, p := range numbered {
		out = append(out, p.table+"."+strings.Trim(p.column, `"`))
	}
	for _, p := range merged {
		out = append(out, p.table+"."+p.column)
	}
	for _, p := range labelled {
		out = append(out, p.table+"."+p.column)
	}
	return out
}

// noonOfLinks is when all of this happens.
var noonOfLinks = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

type column struct {
	table, name, kind string
	required          bool
}

func columnsOf(t *testing.T, db *DB) []column {
	t.Helper()
	out, err := list(t.Context(), db, func(c *column) []any { return []any{&c.table, &c.name, &c.kind, &c.required} },
		`SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
		FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'goose_db_version' ORDER BY table_name, ordinal_position`)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEveryColumnOfMembersIsJoined holds that no column of the schema is forgotten when two members
// are joined: a new one that holds numbers is either known to hold members, or known not to.
func TestEveryColumnOfMembersIsJoined(t *testing.T) {
	db := openAt(t, database(t))
	members := memberColumns()
	for _, c := range columnsOf(t, db) {
		full := c.table + "." + c.name
		known := slices.Contains(members, full) || slices.Contains(linkColumns, full) || slices.Contains(otherNumbers, full)
		if c.kind == "bigint" && !known && !slices.Contains(otherNumbers, c.name) {
			t.Errorf("column %s: if it holds members, add it to numbered, merged or labelled in belongings.go; if not, to otherNumbers", full)
		}
	}
}

// TestKeysOfMergedRows holds that rows are told apart by what the schema tells them apart by.
func TestKeysOfMergedRows(t *testing.T) {
	db := openAt(t, database(t))
	for _, p := range merged {
		key, err := list(t.Context(), db, func(s *string) []any { return []any{s} }, `SELECT a.attname::text FROM pg_index i
			JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) WHERE i.indrelid = to_regclass($1) AND i.indisprimary AND a.attname <> $2
			ORDER BY array_position(i.indkey::int2[], a.attnum)`, p.table, p.column)
		if err != nil || !slices.Equal(key, p.key) {
			t.Errorf("rows of %s are told apart by %v, %v; the code says %v", p.table, key, err, p.key)
		}
	}
}

// TestJoinAndPartMoveEveryRow puts a row of the newer member into every table, joins the two and
// parts them again: no row may stay behind.
func TestJoinAndPartMoveEveryRow(t *testing.T) {
	db := openAt(t, database(t))
	ids := make([]bot.MemberID, 2)
	for i := range ids {
		_, _, m, err := db.Enter(t.Context(), bot.Place{Platform: "test", Space: "a", Chat: "a"}, bot.Person{User: fmt.Sprint(i), Name: fmt.Sprint("N", i)}, noonOfLinks)
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = m.ID
	}
	older, newer := ids[0], ids[1]
	for _, full := range memberColumns() {
		if full == "accounts.member" {
			continue // it has one
		}
		table, name, _ := strings.Cut(full, ".")
		insertRow(t, db, table, name, int64(newer))
	}
	count := func(full string, m bot.MemberID) (n int) {
		table, name, _ := strings.Cut(full, ".")
		if err := db.row(t.Context(), `SELECT count(*) FROM `+table+` WHERE `+quoted(name)+` = $1`, m).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := db.OfferLink(t.Context(), []byte("h"), older, noonOfLinks, noonOfLinks); err != nil {
		t.Fatal(err)
	}
	o, err := db.TakeLink(t.Context(), []byte("h"), newer, noonOfLinks)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Join(t.Context(), o.ID, noonOfLinks); err != nil {
		t.Fatal(err)
	}
	for _, full := range memberColumns() {
		if had := 1; count(full, newer) != 0 || count(full, older) < had {
			t.Errorf("joined, %s has %d rows of the newer member and %d of the older one", full, count(full, newer), count(full, older))
		}
	}
	links, err := db.LinksOf(t.Context(), older)
	if err != nil || len(links) != 1 {
		t.Fatalf("the links are %v, %v", links, err)
	}
	if err := db.Part(t.Context(), older, links[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, full := range memberColumns() {
		if count(full, newer) != 1 {
			t.Errorf("parted, %s has %d rows of the newer member, want the one they had", full, count(full, newer))
		}
	}
}

// fill numbers the rows that tests insert.
var fill atomic.Int64

// insertRow inserts a row with a member into a table, whatever its other columns are. Foreign keys find
// rows with the number 1.
func insertRow(t *testing.T, db *DB, table, name string, member int64) {
	t.Helper()
	var names []string
	var values []any
	for _, c := range columnsOf(t, db) {
		if c.table != table || !c.required && c.name != name {
			continue
		}
		names = append(names, quoted(c.name))
		switch {
		case c.name == name:
			values = append(values, member)
		case c.name == "ended":
			values = append(values, 1) // nobody is joined out of what is live
		case c.name == "excused":
			values = append(values, "[]")
		case c.name == "kind":
			values = append(values, "study") // whose due work is a member's
		case c.name == "id":
			values = append(values, fill.Add(1))
		case c.kind == "bigint":
			values = append(values, 1)
		case c.kind == "double precision":
			values = append(values, 1.5)
		case c.kind == "bytea":
			values = append(values, []byte("{}"))
		default:
			values = append(values, "{}")
		}
	}
	err := db.now(t.Context(), func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, `INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES (`+marks(len(values))+`)`, values...)
		return err
	})
	if err != nil {
		t.Fatalf("fill %s: %v", table, err)
	}
}

// TestRecordsComeBackAsTheyWere holds that what was noted of a row is the row, whatever it holds.
func TestRecordsComeBackAsTheyWere(t *testing.T) {
	r := record{"n": int64(1) << 62, "real": 0.1, "whole": float64(3), "text": "نور", "none": nil, "bytes": []byte{0, 255}}
	back, err := parseRecord(r.text())
	if err != nil || back.text() != r.text() || !reflect.DeepEqual(back, r) {
		t.Errorf("%#v comes back as %#v, %v", r, back, err)
	}
}
