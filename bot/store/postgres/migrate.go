package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype/zeronull"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaLock is the advisory lock that one process holds while it looks at the schema and changes it.
const schemaLock int64 = 0x53517a6d // "SQzm"

// What a database is told by: the table and the name that migration 1 makes.
const (
	programTable = "program"
	programName  = "summit-quiz"
)

// leastServer is the oldest server that the store works with.
const leastServer = 140000

// Migrate brings the database of a URL to the program's version and tells which it had and has. Of
// processes that start at the same time one does it and the others wait.
func Migrate(ctx context.Context, url string) (from, to int64, err error) {
	return prepare(ctx, url, preparing{})
}

// preparing is what is expected of a database.
type preparing struct {
	there bool // one that is empty is refused
	half  bool // a copy into it may not be finished
}

// prepare does so, and refuses a database that is not as expected.
func prepare(ctx context.Context, url string, as preparing) (from, to int64, err error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return 0, 0, unreadable(err)
	}
	cfg.RuntimeParams["statement_timeout"] = "0" // a migration may take long
	cfg.RuntimeParams["lock_timeout"] = "0"
	settle(cfg)
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return 0, 0, explained(err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) // which lets the lock go
	if err := usable(ctx, conn); err != nil {
		return 0, 0, explained(err)
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, schemaLock); err != nil {
		return 0, 0, explained(err)
	}
	has, half, err := known(ctx, conn)
	switch {
	case err != nil:
		return 0, 0, explained(err)
	case half && !as.half:
		return 0, 0, ErrHalf
	case has == 0 && as.there:
		return 0, 0, ErrEmpty
	}
	db := stdlib.OpenDB(*cfg) // which connects when it is asked something
	from, to, err = migrate(ctx, db, has)
	return from, to, errors.Join(explained(err), db.Close())
}

// usable refuses a server on which nothing can be kept.
func usable(ctx context.Context, conn *pgx.Conn) error {
	var version int
	var standby, readOnly bool
	var encoding string
	if err := conn.QueryRow(ctx, `SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), current_setting('transaction_read_only')::bool,
		current_setting('server_encoding')`).Scan(&version, &standby, &readOnly, &encoding); err != nil {
		return err
	}
	switch {
	case version < leastServer:
		return fmt.Errorf("%w (it is %d)", ErrTooOld, version/10000)
	case standby:
		return ErrStandby
	case readOnly:
		return ErrReadOnly
	case encoding != "UTF8":
		return fmt.Errorf("%w (it is %s)", ErrEncoding, encoding)
	}
	return nil
}

// known returns the version of a database and whether a copy into it is not finished, and refuses that of another
// program: one that has tables, and not this program's.
func known(ctx context.Context, conn *pgx.Conn) (version int64, half bool, err error) {
	var ours, versions, others bool
	if err := conn.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL, to_regclass('goose_db_version') IS NOT NULL, to_regclass($2) IS NOT NULL, EXISTS (
		SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT IN ($1, 'goose_db_version'))`, programTable, markTable).
		Scan(&ours, &versions, &half, &others); err != nil {
		return 0, false, err
	}
	if !ours && !others {
		return 0, false, nil // nothing was made yet
	}
	if !ours || !versions {
		return 0, false, ErrForeign
	}
	var name string
	err = conn.QueryRow(ctx, `SELECT to_jsonb(p) ->> 'name', (SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied)
		FROM `+programTable+` p`).Scan((*zeronull.Text)(&name), &version)
	if e := refused(err); e != nil && e.Code == codeNoSuchColumn {
		return 0, false, ErrForeign
	}
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, false, err
	}
	if name != programName {
		return 0, false, ErrForeign
	}
	return version, half, nil
}

// migrate brings the schema from a version to the newest one, and refuses one that is newer than all.
// It returns the version that was there and the one that is.
func migrate(ctx context.Context, db *sql.DB, has int64) (from, to int64, err error) {
	p, newest, err := provider(db)
	if err != nil {
		return 0, 0, err
	}
	switch {
	case has > newest:
		return has, has, fmt.Errorf("%w (version %d, this program knows %d)", ErrNewer, has, newest)
	case has == newest:
		return has, has, nil
	}
	if _, err = p.Up(ctx); err != nil {
		return has, has, err
	}
	return has, newest, nil
}

// provider knows all migrations and the version of the last one.
func provider(db *sql.DB) (p *goose.Provider, newest int64, err error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, 0, err
	}
	if p, err = goose.NewProvider(goose.DialectPostgres, db, files); err != nil {
		return nil, 0, err
	}
	sources := p.ListSources()
	return p, sources[len(sources)-1].Version, nil
}
