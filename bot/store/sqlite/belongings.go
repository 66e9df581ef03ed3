package sqlite

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
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

// assign sets the column to a member (?).
func (p numberedPlace) assign() string {
	if p.version == "" {
		return p.column + " = ?"
	}
	return p.version + " = " + p.version + " + 1, " + p.column + " = ?"
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
	only          string // a condition of the rows that have a member there; "": all
	version       string // a column that counts changes and only grows; "": there is none
	// merge returns what both rows come to; nil: the older member's row stays.
	merge func(ctx context.Context, s *statements, newer, older record) (record, error)
}

var merged = []mergedPlace{
	{table: "exposures", column: "member", merge: func(_ context.Context, _ *statements, newer, older record) (record, error) {
		older["times"] = number(newer["times"]) + number(older["times"])
		older["last"] = max(number(newer["last"]), number(older["last"]))
		return older, nil
	}},
	{table: "admins", column: "member"},
	{table: "learners", column: "member", version: "version", merge: mergeLearners},
	{table: "streaks", column: "member", version: "version", merge: mergeStreaks},
	{table: "daily_turns", column: "member"},
	{table: "zone_moves", column: "member"},
	{table: "due", column: "id", only: "kind IN ('study', 'daily-reminder')"},
}

// labelledPlace is a table whose rows are known by more than a number, and of which no two members
// can have the same: they are moved.
type labelledPlace struct{ table, column, key string }

var labelled = []labelledPlace{
	{"packs", "by", "json_array(pack, hash)"},
	{"daily_runs", "member", "json_array(subscription, day, time)"},
	{"accounts", "member", "json_array(platform, user)"},
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

// rowsOf reads rows. It holds no connection when it returns.
func (s *statements) rowsOf(ctx context.Context, query string, args ...any) (out []record, err error) {
	stmt, err := s.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		r := record{}
		for i, name := range names {
			if bytes, is := values[i].([]byte); is {
				values[i] = slices.Clone(bytes)
			}
			r[name] = values[i]
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// keyOf returns the columns of a table's primary key besides the member's.
func (s *statements) keyOf(ctx context.Context, p mergedPlace) (key []string, err error) {
	rows, err := s.rowsOf(ctx, `SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`, p.table)
	for _, r := range rows {
		if name := r["name"].(string); name != p.column {
			key = append(key, name)
		}
	}
	return key, err
}

// where is a condition that finds a row by its key and its member, with its arguments.
func (r record) where(key []string, column string, member int64) (condition string, args []any) {
	conditions := []string{quoted(column) + " = ?"}
	args = []any{member}
	for _, name := range key {
		conditions = append(conditions, quoted(name)+" = ?")
		args = append(args, r[name])
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
func (s *statements) find(ctx context.Context, p mergedPlace, r record, key []string, member int64) (record, error) {
	condition, args := r.where(key, p.column, member)
	rows, err := s.rowsOf(ctx, `SELECT * FROM `+p.table+` WHERE `+condition, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// put writes a row in the place of a member's row with its key; nil removes that.
func (s *statements) put(ctx context.Context, p mergedPlace, r, old record, key []string, member int64) error {
	if old != nil {
		condition, args := old.where(key, p.column, member)
		if _, err := s.exec(ctx, `DELETE FROM `+p.table+` WHERE `+condition, args...); err != nil {
			return err
		}
	}
	if r == nil {
		return nil
	}
	r = r.copyOf()
	r[p.column] = member
	_, err := s.insertRecord(ctx, p.table, r)
	return err
}

// insertRecord inserts a row and returns its number.
func (s *statements) insertRecord(ctx context.Context, table string, r record) (int64, error) {
	var columns []string
	var values []any
	for _, name := range slices.Sorted(maps.Keys(r)) {
		columns, values = append(columns, quoted(name)), append(values, r[name])
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
	return s.inserted(ctx, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (`+marks+`)`, values...)
}

// rows is a condition of the rows of a member (?).
func (p mergedPlace) rows() string {
	if p.only == "" {
		return quoted(p.column) + " = ?"
	}
	return p.only + " AND " + quoted(p.column) + " = ?"
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
