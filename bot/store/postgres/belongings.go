package postgres

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// What a member has stands in rows of many tables. numbered, labelled and merged name every column that holds
// a member's number, and what becomes of its rows when two members are joined; a test holds that no
// column is forgotten. Answers, cards with their reviews, and the
// member's own row are treated by themselves.

// numberedPlace is a table whose rows have numbers: they are moved.
type numberedPlace struct {
	table, column string
	version       string // a column that counts changes, so that none is written that was decided before; "": there is none
}

// name is what the place is called where moves are noted.
func (p numberedPlace) name() string { return p.table + "." + strings.Trim(p.column, `"`) }

// assign sets the column to a member (1).
func (p numberedPlace) assign() string {
	if p.version == "" {
		return p.column + " = $1"
	}
	return p.version + " = " + p.version + " + 1, " + p.column + " = $1"
}

var numbered = []numberedPlace{
	{table: "sends", column: `"to"`},
	{table: "sessions", column: "solo"},
	{table: "chats", column: "member"},
	{table: "drafts", column: "by"},
	{table: "reports", column: "member"},
	{table: "audit", column: "member"},
	{table: "subscriptions", column: "member", version: "version"},
	{table: "subscriptions", column: "by", version: "version"},
}

// mergedPlace is a table of which each of the two may have a row with the same key: what stands in
// the primary key besides the member.
type mergedPlace struct {
	table, column string
	key           []string // the primary key besides the column
	only          string   // a condition of the rows that have a member there; "": all
	version       string   // a column that counts changes and only grows; "": there is none
	// merge returns what both rows come to; nil: the older member's row stays.
	merge func(ctx context.Context, s *statements, newer, older record) (record, error)
}

var merged = []mergedPlace{
	{table: "exposures", column: "member", key: []string{"chat", "pack", "item", "options"}, merge: func(_ context.Context, _ *statements, newer, older record) (record, error) {
		older["times"] = number(newer["times"]) + number(older["times"])
		older["last"] = max(number(newer["last"]), number(older["last"]))
		return older, nil
	}},
	{table: "admins", column: "member", key: []string{"space"}},
	{table: "learners", column: "member", version: "version", merge: mergeLearners},
	{table: "streaks", column: "member", version: "version", merge: mergeStreaks},
	{table: "daily_turns", column: "member"},
	{table: "zone_moves", column: "member", key: []string{"at"}},
	{table: "due", column: "id", key: []string{"kind"}, only: "kind IN ('study', 'daily-reminder')"},
}

// labelledPlace is a table whose rows are known by more than a number, and of which no two members
// can have the same: they are moved.
type labelledPlace struct{ table, column, key string }

var labelled = []labelledPlace{
	{"packs", "by", `'[' || to_json(pack) || ',' || to_json(hash) || ']'`},
	{"daily_runs", "member", `'[' || subscription || ',' || day || ',' || time || ']'`},
	{"accounts", "member", accountKey},
}

// record is a row: its columns by name, as the database has them.
type record map[string]any

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}

// copyOf returns a record that may be changed.
func (r record) copyOf() record { return maps.Clone(r) }

// text is a record as JSON, the same for equal ones; "" for none. Bytes and fractions are marked,
// since JSON has one kind of number and none of bytes.
func (r record) text() string {
	if r == nil {
		return ""
	}
	marked := map[string]any{}
	for name, v := range r {
		switch v := v.(type) {
		case []byte:
			marked[name] = map[string]string{"bytes": base64.StdEncoding.EncodeToString(v)}
		case float64:
			marked[name] = map[string]float64{"real": v}
		default:
			marked[name] = v
		}
	}
	out, err := json.Marshal(marked)
	if err != nil {
		panic(err) // a database has no other values
	}
	return string(out)
}

// parseRecord reads what text writes.
func parseRecord(text string) (record, error) {
	if text == "" {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var marked map[string]any
	if err := d.Decode(&marked); err != nil {
		return nil, err
	}
	r := record{}
	for name, v := range marked {
		var err error
		switch v := v.(type) {
		case json.Number:
			r[name], err = v.Int64()
		case map[string]any:
			if bytes, is := v["bytes"].(string); is {
				r[name], err = base64.StdEncoding.DecodeString(bytes)
			} else if float, is := v["real"].(json.Number); is {
				r[name], err = float.Float64()
			}
		default:
			r[name] = v
		}
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", name, err)
		}
	}
	return r, nil
}

// rowsOf reads rows.
func (s *statements) rowsOf(ctx context.Context, query string, args ...any) ([]record, error) {
	rows, err := s.conn.Query(ctx, query, outgoing(args)...)
	if err != nil {
		s.note(err)
		return nil, err
	}
	out, err := pgx.CollectRows(rows, asRecord)
	s.note(err)
	return out, err
}

// asRecord reads a row as it is.
func asRecord(row pgx.CollectableRow) (record, error) {
	values, err := row.Values()
	if err != nil {
		return nil, err
	}
	r := record{}
	for i, f := range row.FieldDescriptions() {
		if text, is := values[i].(string); is {
			values[i] = unescaped(text)
		}
		r[f.Name] = values[i]
	}
	return r, nil
}

// where is a condition that finds a row by its key and its member, with its arguments.
func (r record) where(key []string, column string, member int64) (condition string, args []any) {
	conditions := []string{quoted(column) + " = $1"}
	args = []any{member}
	for _, name := range key {
		args = append(args, r[name])
		conditions = append(conditions, fmt.Sprintf("%s = $%d", quoted(name), len(args)))
	}
	return strings.Join(conditions, " AND "), args
}

// part returns some columns of a record.
func (r record) part(names []string) record {
	out := record{}
	for _, name := range names {
		out[name] = r[name]
	}
	return out
}

// find returns a member's row with the key of r; nil if there is none.
func (s *statements) find(ctx context.Context, p mergedPlace, r record, member int64) (record, error) {
	condition, args := r.where(p.key, p.column, member)
	rows, err := s.rowsOf(ctx, `SELECT * FROM `+p.table+` WHERE `+condition, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// put writes a row in the place of a member's row with its key; nil removes that.
func (s *statements) put(ctx context.Context, p mergedPlace, r, old record, member int64) error {
	if old != nil {
		condition, args := old.where(p.key, p.column, member)
		if _, err := s.exec(ctx, `DELETE FROM `+p.table+` WHERE `+condition, args...); err != nil {
			return err
		}
	}
	if r == nil {
		return nil
	}
	r = r.copyOf()
	r[p.column] = member
	query, args := r.insertion(p.table)
	_, err := s.exec(ctx, query, args...)
	return err
}

// insertion is the insert of a row, with its arguments.
func (r record) insertion(table string) (query string, args []any) {
	var columns []string
	for _, name := range slices.Sorted(maps.Keys(r)) {
		columns, args = append(columns, quoted(name)), append(args, r[name])
	}
	return `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (` + marks(len(args)) + `)`, args
}

// rows is a condition of the rows of a member (1).
func (p mergedPlace) rows() string {
	if p.only == "" {
		return quoted(p.column) + " = $1"
	}
	return p.only + " AND " + quoted(p.column) + " = $1"
}

// step is one statement of several.
type step struct {
	query string
	args  []any
}

// all runs statements, one after the other.
func (s *statements) all(ctx context.Context, what string, steps []step) error {
	for _, step := range steps {
		if _, err := s.exec(ctx, step.query, step.args...); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return nil
}

// accountKey is an account as text, as the notes of links have it.
const accountKey = `'[' || to_json(platform) || ',' || to_json("user") || ']'`

// marks are placeholders for so many values.
func marks(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("$%d", i+1)
	}
	return strings.Join(out, ", ")
}

func quoted(name string) string { return `"` + strings.Trim(name, `"`) + `"` }

// ids reads numbers.
func (s *statements) ids(ctx context.Context, query string, args ...any) (out []int64, err error) {
	rows, err := s.rowsOf(ctx, query, args...)
	for _, r := range rows {
		for _, v := range r {
			out = append(out, number(v))
		}
	}
	return out, err
}
