package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Errors of databases that are copied.
var (
	ErrHalf     = errors.New("a copy into this database is not finished: run the same `summitquiz copy` again, which goes on, or make the database anew")
	ErrNotEmpty = errors.New("there is something in the database already: copy into an empty one, which createdb makes")
	ErrOlder    = errors.New("the database is of an older version of the program: run `summitquiz migrate` first")
	ErrServed   = errors.New("the bot is running on this database: stop all its processes first")
	ErrCopied   = errors.New("another copy of this database is under way: wait until it ends")
)

// markTable says of a database that a copy into it is not finished.
const markTable = "copying"

// copyLock is the advisory lock of who copies a database. They hold that of writers too, so that nobody writes
// meanwhile.
const copyLock int64 = 0x53517a63 // "SQzc"

// KeyNote is where a database keeps the key that signs buttons and web logins, where none is set. A database in a file
// has a file for it, so it is copied apart from the other notes.
const KeyNote = "signing-key"

// claimWithin is how long a copy waits for a batch that is being written.
const claimWithin = 10 * time.Second

// conn reads tables over one connection.
type conn struct{ c *pgx.Conn }

// claim connects to a database that nobody serves, and keeps everybody from writing to it.
func claim(ctx context.Context, url string) (conn, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return conn{}, unreadable(err)
	}
	for _, name := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		cfg.RuntimeParams[name] = "0" // a large table takes long
	}
	cfg.RuntimeParams["application_name"] = "summitquiz copy"
	cfg.RuntimeParams["lock_timeout"] = milliseconds(claimWithin)
	settle(cfg)
	c, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return conn{}, explained(err)
	}
	if err := alone(ctx, c); err != nil {
		c.Close(context.WithoutCancel(ctx))
		return conn{}, err
	}
	return conn{c}, nil
}

// alone takes the locks of a copy, and refuses a database that processes serve.
func alone(ctx context.Context, c *pgx.Conn) error {
	var free bool
	if err := c.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, copyLock).Scan(&free); err != nil {
		return explained(err)
	}
	if !free {
		return ErrCopied
	}
	var names []string
	if err := c.QueryRow(ctx, `SELECT coalesce(array_agg(DISTINCT holder), '{}') FROM leases WHERE until > `+serverNow).Scan(&names); err != nil {
		return explained(err)
	}
	if len(names) > 0 {
		return fmt.Errorf("%w (%s)", ErrServed, strings.Join(names, ", "))
	}
	_, err := c.Exec(ctx, `SELECT pg_advisory_lock($1)`, writerLock)
	return explained(err)
}

// Reading is one state of a database that is copied elsewhere. Nobody can write to it meanwhile.
type Reading struct{ conn }

// Read opens the database of a URL to be copied.
func Read(ctx context.Context, url string) (*Reading, error) {
	if err := upToDate(ctx, url); err != nil {
		return nil, err
	}
	c, err := claim(ctx, url)
	if err != nil {
		return nil, err
	}
	if _, err := c.c.Exec(ctx, `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`); err != nil {
		return nil, errors.Join(explained(err), c.Close())
	}
	return &Reading{c}, nil
}

// upToDate refuses a database that is not there, is of another version than the program's, or was half copied.
func upToDate(ctx context.Context, url string) error {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return unreadable(err)
	}
	settle(cfg)
	c, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return explained(err)
	}
	defer c.Close(context.WithoutCancel(ctx))
	has, half, err := known(ctx, c)
	if err != nil {
		return explained(err)
	}
	db := stdlib.OpenDB(*cfg) // which connects when it is asked something
	defer db.Close()
	_, newest, err := provider(db)
	switch {
	case err != nil:
		return err
	case half:
		return ErrHalf
	case has == 0:
		return ErrEmpty
	case has > newest:
		return ErrNewer
	case has < newest:
		return ErrOlder
	}
	return nil
}

// Close lets others write.
func (c conn) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	return c.c.Close(ctx)
}

// Columns returns the names of the columns of a table.
func (c conn) Columns(ctx context.Context, table string) ([]string, error) {
	rows, err := c.c.Query(ctx, `SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1`, table)
	if err != nil {
		return nil, explained(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return out, explained(err)
}

// Rows yields the rows of a table, without the key.
func (c conn) Rows(ctx context.Context, table string, columns []string) iter.Seq2[[]any, error] {
	query := `SELECT "` + strings.Join(columns, `", "`) + `" FROM ` + pgx.Identifier{table}.Sanitize()
	if table == "notes" {
		query += ` WHERE key <> '` + KeyNote + `'`
	}
	return func(yield func([]any, error) bool) {
		rows, err := c.c.Query(ctx, query)
		if err != nil {
			yield(nil, explained(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			row, err := rows.Values()
			if err != nil {
				yield(nil, explained(err))
				return
			}
			for i, v := range row {
				if s, is := v.(string); is {
					row[i] = unescaped(s)
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

// Key is the key that signs buttons and web logins; "" where the database keeps none.
func (c conn) Key(ctx context.Context) (key string, err error) {
	err = c.c.QueryRow(ctx, `SELECT coalesce((SELECT value FROM notes WHERE key = $1), '')`, KeyNote).Scan(&key)
	return key, explained(err)
}

// identities finds the tables whose rows are numbered by the server (1: the table, 2: the column).
const identities = `SELECT table_name::text, column_name::text FROM information_schema.columns
	WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name`

// numbersSequence gives the numbers of sessions and drafts.
const numbersSequence = "numbers"

// sequences returns the sequences by table, with the highest number that stands there.
func (c conn) sequences(ctx context.Context) (map[string]sequence, error) {
	rows, err := c.c.Query(ctx, identities)
	if err != nil {
		return nil, explained(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Table, Column string }])
	if err != nil {
		return nil, explained(err)
	}
	out := map[string]sequence{numbersSequence: {name: numbersSequence}}
	for _, t := range list {
		s := sequence{}
		if err := c.c.QueryRow(ctx, `SELECT pg_get_serial_sequence($1, $2), coalesce(max(`+pgx.Identifier{t.Column}.Sanitize()+`), 0) FROM `+
			pgx.Identifier{t.Table}.Sanitize(), t.Table, t.Column).Scan(&s.name, &s.highest); err != nil {
			return nil, explained(err)
		}
		out[t.Table] = s
	}
	return out, nil
}

// sequence numbers the rows of a table.
type sequence struct {
	name    string
	highest int64 // of the rows that are there
}

// Counters returns the last number that was given, by table.
func (c conn) Counters(ctx context.Context) (map[string]int64, error) {
	all, err := c.sequences(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for table, s := range all {
		var last int64
		if err := c.c.QueryRow(ctx, `SELECT coalesce(pg_sequence_last_value($1::text::regclass), 0)`, s.name).Scan(&last); err != nil {
			return nil, explained(err)
		}
		out[table] = max(last, s.highest)
	}
	return out, nil
}

// Filling is a database that is copied into. Until Finish it says of itself that it is not whole.
type Filling struct {
	conn
	key string
}

// Fill opens the database of a URL to be copied into: one without anything in the tables of a list, or one that an
// earlier copy began with. key is what signs buttons and web logins; "" where that is set elsewhere.
func Fill(ctx context.Context, url string, tables []string, key string) (*Filling, error) {
	if _, _, err := prepare(ctx, url, preparing{half: true}); err != nil {
		return nil, err
	}
	c, err := claim(ctx, url)
	if err != nil {
		return nil, err
	}
	f := &Filling{conn: c, key: key}
	if err := f.mark(ctx, tables); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// mark says that a copy begins, unless one has begun. It refuses a database with something in it.
func (f *Filling) mark(ctx context.Context, tables []string) error {
	var marked bool
	if err := f.c.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, markTable).Scan(&marked); err != nil || marked {
		return explained(err)
	}
	for _, table := range tables {
		var some bool
		if err := f.c.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM `+pgx.Identifier{table}.Sanitize()+`)`).Scan(&some); err != nil {
			return explained(err)
		}
		if some {
			return ErrNotEmpty
		}
	}
	_, err := f.c.Exec(ctx, `CREATE TABLE `+markTable+` (began timestamptz NOT NULL DEFAULT now())`)
	return explained(err)
}

// Replace empties a table and the ones that refer to it, and fills it.
func (f *Filling) Replace(ctx context.Context, table string, columns []string, rows iter.Seq2[[]any, error]) error {
	tx, err := f.c.Begin(ctx)
	if err != nil {
		return explained(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // it is over where it was committed
	if _, err := tx.Exec(ctx, `TRUNCATE `+pgx.Identifier{table}.Sanitize()+` CASCADE`); err != nil {
		return explained(err)
	}
	next, stop := iter.Pull2(rows)
	defer stop()
	var unread error
	source := pgx.CopyFromFunc(func() ([]any, error) {
		row, err, some := next()
		if !some || err != nil {
			unread = err
			return nil, err
		}
		for i, v := range row {
			if s, is := v.(string); is {
				row[i] = escaped(s)
			}
		}
		return row, nil
	})
	_, err = tx.CopyFrom(ctx, pgx.Identifier{table}, columns, source)
	switch {
	case unread != nil:
		return unread
	case err != nil:
		return explained(err)
	}
	return explained(tx.Commit(ctx))
}

// Finish sets the numbers that are given next, keeps the key, and says that the database is whole.
func (f *Filling) Finish(ctx context.Context, counters map[string]int64) error {
	all, err := f.sequences(ctx)
	if err != nil {
		return err
	}
	tx, err := f.c.Begin(ctx)
	if err != nil {
		return explained(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // it is over where it was committed
	for table, s := range all {
		last := max(s.highest, counters[table])
		if last == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, `SELECT setval($1::text::regclass, $2)`, s.name, last); err != nil {
			return explained(err)
		}
	}
	if f.key != "" {
		if _, err := tx.Exec(ctx, `INSERT INTO notes (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, KeyNote, f.key); err != nil {
			return explained(err)
		}
	}
	if _, err := tx.Exec(ctx, `DROP TABLE `+markTable); err != nil {
		return explained(err)
	}
	return explained(tx.Commit(ctx))
}
