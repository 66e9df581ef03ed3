package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the database in a file to the program's version and tells which it had and
// has.
func Migrate(ctx context.Context, path string) (from, to int64, err error) {
	db, from, to, err := prepare(ctx, path, usualBusy, false)
	if err != nil {
		return from, to, err
	}
	return from, to, db.Close()
}

// prepare opens the database in a file for writing, made if it is not there, and brings it to the
// program's version. It returns the version that was there and the one that is. One that a copy into is not
// finished is refused, unless it is half.
func prepare(ctx context.Context, path string, busy time.Duration, half bool) (db *sql.DB, from, to int64, err error) {
	if err := private(path); err != nil {
		return nil, 0, 0, err
	}
	if err := known(ctx, path, busy, half); err != nil {
		return nil, 0, 0, fmt.Errorf("open %s: %w", path, explained(err))
	}
	if db, err = open(path, busy, writing, 1); err != nil {
		return nil, 0, 0, err
	}
	if from, to, err = migrate(ctx, db); err != nil {
		db.Close()
		return nil, from, to, fmt.Errorf("open %s: %w", path, explained(err))
	}
	return db, from, to, nil
}

// private makes the file, if it is not there, so that only its owner reads it: it holds what
// people answered. SQLite gives its other files the same mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("open %s: %w (%w)", path, ErrReadOnly, err)
	case err != nil:
		return fmt.Errorf("open the database: %w", err)
	}
	return f.Close()
}

// applicationID is in the head of every file of ours; a migration puts it there.
const applicationID = 1397848625

// known refuses a database that some other program made, before anything is written to it. One
// of ours that was never finished holds no more than what keeps the version. So it does one into which a copy
// is not finished, unless it may be half.
func known(ctx context.Context, path string, busy time.Duration, half bool) error {
	db, err := open(path, busy, "mode=ro", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var id, others int
	var marked bool
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema
		WHERE type = 'table' AND name NOT IN ('goose_db_version', 'sqlite_sequence')`).Scan(&others); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || others > 0) {
		return ErrForeign
	}
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)`, markTable).Scan(&marked); err != nil {
		return err
	}
	if marked && !half {
		return ErrHalf
	}
	return nil
}

// migrate brings the schema to the newest version, and refuses one that is newer than all. It
// returns the version that was there and the one that is.
func migrate(ctx context.Context, db *sql.DB) (from, to int64, err error) {
	p, newest, err := provider(db)
	if err != nil {
		return 0, 0, err
	}
	if from, err = p.GetDBVersion(ctx); err != nil {
		from, err = p.GetDBVersion(ctx) // another process may have made the table of versions just now
	}
	if err != nil {
		return 0, 0, err
	}
	for have := from; ; {
		if have > newest {
			return from, have, fmt.Errorf("%w (version %d, this program knows %d)", ErrNewer, have, newest)
		}
		if _, err = p.Up(ctx); err == nil {
			return from, newest, nil
		}
		// Another process may have taken the same step first, which then failed here.
		now, check := p.GetDBVersion(ctx)
		if check != nil || now <= have {
			return from, have, err
		}
		have = now
	}
}

// provider knows all migrations and the version of the last one.
func provider(db *sql.DB) (p *goose.Provider, newest int64, err error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, 0, err
	}
	p, err = goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithGoMigrations(goose.NewGoMigration(4, &goose.GoFunc{RunTx: migrate4}, nil)))
	if err != nil {
		return nil, 0, err
	}
	sources := p.ListSources()
	return p, sources[len(sources)-1].Version, nil
}

// tooNew refuses a database that a newer version of the program wrote.
func tooNew(ctx context.Context, db *sql.DB) error {
	_, _, err := versions(ctx, db)
	return err
}

// versions returns the version of a database and the newest one that the program knows. It refuses a database
// that a newer version of the program wrote.
func versions(ctx context.Context, db *sql.DB) (has, newest int64, err error) {
	_, newest, err = provider(db)
	if err != nil {
		return 0, 0, err
	}
	if err := db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&has); err != nil {
		return 0, 0, explained(err)
	}
	if has > newest {
		return 0, 0, fmt.Errorf("%w (version %d, this program knows %d)", ErrNewer, has, newest)
	}
	return has, newest, nil
}
