package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // reads the collection
)

// noteTime bounds the reading of a collection, which may be made to be slow. What is done with its
// notes meanwhile does not count.
const noteTime = time.Minute

// openAnkiPack reads the text fields of the notes of an .apkg or .colpkg.
func (f *File) openAnkiPack(z *zip.Reader, _ Options) error {
	data, err := collection(z)
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(data, []byte("SQLite format 3\x00")) {
		return refuse("the collection in the package is no SQLite database")
	}
	fields, err := noteFields(data)
	if err != nil {
		return err
	}
	f.state("each line number is the number of a note; decks, tags and media of the package have no place in a card")
	f.state("each note gives one question, also where Anki makes a reversed card of it; a cloze gives one for each of its numbers")
	if err := f.describeNotes(data, fields); err != nil {
		return err
	}
	f.rows = func(yield func(Row) bool) error {
		n := 0
		return query(data, "notes", "SELECT mid, flds FROM notes ORDER BY id", func(rows *sql.Rows) (bool, error) {
			n++
			var mid int64
			var flds string
			if err := rows.Scan(&mid, &flds); err != nil {
				return yield(Row{Line: n, Skip: "the note cannot be read: " + err.Error()}), nil
			}
			return yield(noteRow(n, fields[mid], strings.Split(flds, "\x1f"))), nil
		})
	}
	return nil
}

// collection returns the database of a package: of several the newest, as the older ones then
// hold only the advice to update.
func collection(z *zip.Reader) ([]byte, error) {
	for _, name := range []string{"collection.anki21b", "collection.anki21", "collection.anki2"} {
		data, err := entry(z, name)
		if err != nil {
			return nil, err
		}
		if data == nil {
			continue
		}
		if name != "collection.anki21b" {
			return data, nil
		}
		in, err := zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, refuse("the entry %s cannot be unpacked: %v", name, err)
		}
		defer in.Close()
		return readLimited(in)
	}
	return nil, refuse("the package holds no collection that is known: export it from Anki with “Support older Anki versions” on")
}

// describeNotes tells what the fields of the note types in use are taken for.
func (f *File) describeNotes(data []byte, fields map[int64][]string) error {
	return query(data, "notes", "SELECT DISTINCT mid FROM notes ORDER BY mid", func(rows *sql.Rows) (bool, error) {
		var mid int64
		if rows.Scan(&mid) != nil {
			return true, nil // its notes say so themselves
		}
		asks, answers, notes := noteRoles(fields[mid], len(fields[mid]))
		for i, name := range fields[mid] {
			c := Column{Name: name}
			switch {
			case i == asks:
				c.Role = string(question)
			case i == answers:
				c.Role = string(answer)
			case slices.Contains(notes, i):
				c.Role = string(note)
			}
			if !slices.Contains(f.Columns, c) && len(f.Columns) < maxColumns {
				f.Columns = append(f.Columns, c)
			}
		}
		return true, nil
	})
}

// noteRoles takes the fields of a note by their names where those tell, otherwise the first for the
// question and the second for the answer.
func noteRoles(names []string, n int) (asks, answers int, notes []int) {
	asks, answers = -1, -1
	roles := make([]role, n)
	for i := range min(n, len(names)) {
		roles[i] = headerOf(names[i]).role
		switch roles[i] {
		case question, term:
			if asks < 0 {
				asks = i
			}
		case answer, correct:
			if answers < 0 {
				answers = i
			}
		}
	}
	if asks < 0 || answers < 0 {
		asks, answers = 0, min(1, n-1)
	}
	for i, r := range roles {
		if r == note && i != asks && i != answers {
			notes = append(notes, i)
		}
	}
	return asks, answers, notes
}

// noteRow makes a row of a note.
func noteRow(n int, names, fields []string) Row {
	row := Row{Line: n, Markup: HTML}
	asks, answers, notes := noteRoles(names, len(fields))
	row.Question = fields[asks]
	if answers != asks {
		row.Answers = []string{fields[answers]}
	}
	for _, i := range notes {
		if strings.TrimSpace(fields[i]) != "" {
			row.Note = strings.TrimSpace(row.Note + " " + fields[i])
		}
	}
	return row
}

// noteFields returns the names of fields by note type, from the JSON of older collections or the
// tables of newer ones.
func noteFields(data []byte) (map[int64][]string, error) {
	out := map[int64][]string{}
	err := query(data, "fields", "SELECT ntid, ord, name FROM fields", func(rows *sql.Rows) (bool, error) {
		var id, ord int64
		var name string
		if err := rows.Scan(&id, &ord, &name); err != nil || ord < 0 || ord > maxColumns {
			return true, nil
		}
		for int64(len(out[id])) <= ord {
			out[id] = append(out[id], "")
		}
		out[id][ord] = name
		return true, nil
	})
	if err == nil && len(out) > 0 {
		return out, nil
	}
	err = query(data, "col", "SELECT models FROM col LIMIT 1", func(rows *sql.Rows) (bool, error) {
		var text string
		if rows.Scan(&text) != nil {
			return false, nil
		}
		var models map[string]struct {
			ID     json.Number `json:"id"`
			Fields []struct {
				Name string `json:"name"`
			} `json:"flds"`
		}
		if json.Unmarshal([]byte(text), &models) != nil {
			return false, nil
		}
		for _, m := range models {
			id, err := m.ID.Int64()
			if err != nil {
				continue
			}
			for _, f := range m.Fields {
				out[id] = append(out[id], f.Name)
			}
		}
		return false, nil
	})
	if err != nil && !errors.Is(err, errNoTable) {
		return nil, err
	}
	return out, nil
}

var errNoTable = errors.New("no such table")

// query calls f with each row of a table of a database in memory. A view in place of the table is
// not read, as it could compute without end.
func query(data []byte, table, q string, f func(*sql.Rows) (bool, error)) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	left := noteTime
	timer := time.AfterFunc(left, cancel)
	defer timer.Stop()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		d, ok := c.(interface{ Deserialize([]byte) error })
		if !ok {
			return errors.New("the driver cannot read a database in memory")
		}
		return d.Deserialize(data)
	})
	if err != nil {
		return refuse("the collection cannot be opened: %v", err)
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY"); err != nil {
		return refuse("the collection cannot be opened: %v", err)
	}
	var kind string
	err = conn.QueryRowContext(ctx, "SELECT type FROM sqlite_master WHERE name = ?", table).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		return refuse("the collection has no table %s: %w", table, errNoTable)
	}
	if err != nil {
		return refuse("the collection is damaged: %v", err)
	}
	if kind != "table" {
		return refuse("%s of the collection is a %s, not a table", table, kind)
	}
	rows, err := conn.QueryContext(ctx, q)
	if err != nil {
		return refuse("the collection cannot be read: %v", err)
	}
	defer rows.Close()
	for {
		start := time.Now()
		timer.Reset(left)
		more := rows.Next()
		timer.Stop()
		left -= time.Since(start)
		if !more {
			break
		}
		if more, err := f(rows); err != nil || !more {
			return err
		}
	}
	if ctx.Err() != nil {
		return refuse("the collection takes longer than %s to read", noteTime)
	}
	if err := rows.Err(); err != nil {
		return refuse("the collection cannot be read: %v", err)
	}
	return nil
}
