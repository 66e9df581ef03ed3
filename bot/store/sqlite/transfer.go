package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/gofrs/flock"
)

// Errors of databases that are copied.
var (
	ErrHalf     = errors.New("a copy into this database is not finished: run the same `summitquiz copy` again, which goes on, or remove the database")
	ErrNotEmpty = errors.New("there is something in the database already: copy into a file that is not there yet")
	ErrOlder    = errors.New("the database is of an older version of the program: run `summitquiz migrate` first")
)

// markTable says of a database that a copy into it is not finished.
const markTable = "copying"

// Reading is one state of a database that is copied elsewhere. Nobody can serve it meanwhile.
type Reading struct {
	conn
	db   *sql.DB
	lock *flock.Flock
}

// conn reads tables over one connection.
type conn struct{ c *sql.Conn }

// Read opens the database in a file to be copied.
func Read(ctx context.Context, path string) (r *Reading, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database %s", path)
	}
	r = &Reading{}
	defer func() {
		if err != nil {
			r.Close()
		}
	}()
	if r.lock, err = hold(path); err != nil {
		return r, err
	}
	if err := known(ctx, path, usualBusy, false); err != nil {
		return r, explained(err)
	}
	if r.db, err = open(path, usualBusy, "mode=ro", 1); err != nil {
		return r, err
	}
	if err := upToDate(ctx, r.db); err != nil {
		return r, err
	}
	if r.c, err = r.db.Conn(ctx); err != nil {
		return r, explained(err)
	}
	if _, err := r.c.ExecContext(ctx, `BEGIN`); err != nil {
		return r, explained(err)
	}
	_, err = r.Columns(ctx, "notes") // from here on it is one state
	return r, err
}

// upToDate refuses a database of another version than the program's.
func upToDate(ctx context.Context, db *sql.DB) error {
	has, newest, err := versions(ctx, db)
	if err == nil && has < newest {
		err = ErrOlder
	}
	return err
}

// Close lets others serve the database.
func (r *Reading) Close() error {
	var errs []error
	if r.c != nil {
		errs = append(errs, r.c.Close())
	}
	if r.db != nil {
		errs = append(errs, r.db.Close())
	}
	if r.lock != nil {
		errs = append(errs, r.lock.Close())
	}
	return errors.Join(errs...)
}

// Columns returns the names of the columns of a table.
func (c conn) Columns(ctx context.Context, table string) (out []string, err error) {
	rows, err := c.c.QueryContext(ctx, `SELECT name FROM pragma_table_info(?)`, table)
	if err != nil {
		return nil, explained(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, explained(err)
		}
		out = append(out, name)
	}
	return out, explained(rows.Err())
}

// What a file keeps compressed, and is copied as it was.
const (
	scripts = "session_scripts"
	script  = "script"
)

// Rows yields the rows of a table.
func (c conn) Rows(ctx context.Context, table string, columns []string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		rows, err := c.c.QueryContext(ctx, `SELECT `+listed(columns)+` FROM "`+table+`"`)
		if err != nil {
			yield(nil, explained(err))
			return
		}
		defer rows.Close()
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				yield(nil, explained(err))
				return
			}
			for i, v := range row {
				if b, is := v.([]byte); v == nil || is && b == nil {
					row[i] = []byte{} // the driver reads an empty one so; no column holds NULL
				}
				if table == scripts && columns[i] == script {
					var plain []byte
					if err := (scriptColumn{&plain}).Scan(row[i]); err != nil {
						yield(nil, err)
						return
					}
					row[i] = plain
				}
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, explained(err))
		}
	}
}

func listed(columns []string) string { return `"` + strings.Join(columns, `", "`) + `"` }

// Counters returns the last number that was given, by table.
func (c conn) Counters(ctx context.Context) (map[string]int64, error) {
	rows, err := c.c.QueryContext(ctx, `SELECT name, seq FROM sqlite_sequence WHERE name <> 'goose_db_version'`)
	if err != nil {
		return nil, explained(err)
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var name string
		var last int64
		if err := rows.Scan(&name, &last); err != nil {
			return nil, explained(err)
		}
		out[name] = last
	}
	return out, explained(rows.Err())
}

// Filling is a database that is copied into. Until Finish it says of itself that it is not whole.
type Filling struct {
	Reading
	path string
}

// Fill opens or makes the database in a file to be copied into: one without anything in the tables of a list (1) but the
// rows that every database has, or one that an earlier copy began with.
func Fill(ctx context.Context, path string, tables []string) (f *Filling, err error) {
	f = &Filling{path: path}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	if f.lock, err = hold(path); err != nil {
		return f, err
	}
	if f.db, _, _, err = prepare(ctx, path, usualBusy, true); err != nil {
		return f, err
	}
	if f.c, err = f.db.Conn(ctx); err != nil {
		return f, explained(err)
	}
	return f, f.mark(ctx, tables)
}

// mark says that a copy begins, unless one has begun. It refuses a database with something in it.
func (f *Filling) mark(ctx context.Context, tables []string) error {
	var marked bool
	if err := f.c.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)`, markTable).Scan(&marked); err != nil || marked {
		return explained(err)
	}
	for _, table := range tables {
		var some bool
		if err := f.c.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM "`+table+`")`).Scan(&some); err != nil {
			return explained(err)
		}
		if some {
			return fmt.Errorf("%s: %w", f.path, ErrNotEmpty)
		}
	}
	_, err := f.c.ExecContext(ctx, `CREATE TABLE `+markTable+` (began TEXT NOT NULL) STRICT`)
	return explained(err)
}

// Replace empties a table and the ones that refer to it, and fills it.
func (f *Filling) Replace(ctx context.Context, table string, columns []string, rows iter.Seq2[[]any, error]) error {
	tx, err := f.c.BeginTx(ctx, nil)
	if err != nil {
		return explained(err)
	}
	defer tx.Rollback() //nolint:errcheck // it is over where it was committed
	if _, err := tx.ExecContext(ctx, `DELETE FROM "`+table+`"`); err != nil {
		return explained(err)
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO "`+table+`" (`+listed(columns)+`) VALUES (?`+strings.Repeat(", ?", len(columns)-1)+`)`)
	if err != nil {
		return explained(err)
	}
	defer insert.Close()
	var c compressor
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i, column := range columns {
			plain, is := row[i].([]byte)
			if table != scripts || column != script || !is {
				continue
			}
			row = slices.Clone(row) // which is the reader's
			if row[i], err = c.compressed(plain); err != nil {
				return err
			}
		}
		if _, err := insert.ExecContext(ctx, row...); err != nil {
			return explained(err)
		}
	}
	return explained(tx.Commit())
}

// Finish sets the numbers that are given next, and says that the database is whole.
func (f *Filling) Finish(ctx context.Context, counters map[string]int64) error {
	tx, err := f.c.BeginTx(ctx, nil)
	if err != nil {
		return explained(err)
	}
	defer tx.Rollback() //nolint:errcheck // it is over where it was committed
	for table, last := range counters {
		var counts bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE '%AUTOINCREMENT%')`, table).Scan(&counts); err != nil {
			return explained(err)
		}
		if !counts {
			continue // the next number is one more than the highest
		}
		result, err := tx.ExecContext(ctx, `UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?`, last, table)
		if err != nil {
			return explained(err)
		}
		if n, err := result.RowsAffected(); err != nil || n > 0 {
			if err != nil {
				return explained(err)
			}
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)`, table, last); err != nil {
			return explained(err)
		}
	}
	if _, err := tx.ExecContext(ctx, `DROP TABLE `+markTable); err != nil {
		return explained(err)
	}
	if err := tx.Commit(); err != nil {
		return explained(err)
	}
	_, err = f.c.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return explained(err)
}
