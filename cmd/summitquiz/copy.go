package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/store/transfer"
	"summitquiz/config"
)

type copyCommand struct {
	From string `required:"" placeholder:"URL" help:"The database that is copied: sqlite: and a file, or postgres:// and a database of a server. Nobody may serve it."`
	To   string `required:"" placeholder:"URL" help:"The database that is copied to: a file that is not there yet, or an empty database of a server."`
}

func (copyCommand) Help() string {
	return `Copies everything from one database to another, such as from a file to a PostgreSQL server, and checks each table by its count and checksum. Stop the bot first. A copy that was interrupted goes on when it is started again; until it is finished nobody can serve the new database. The old one stays as it is.

Example:

    summitquiz copy --from sqlite:summitquiz.db --to postgres://quiz@db.example.org/quiz`
}

// errSame means that a database would be copied to itself.
var errSame = errors.New("--from and --to are the same database: name another one to copy to")

// Run copies.
func (c *copyCommand) Run(ctx context.Context, s streams) error {
	secrets := newFilter(databaseSecret(config.Database{DatabaseURL: c.From}), databaseSecret(config.Database{DatabaseURL: c.To}))
	return secrets.cleanErr(c.run(ctx, s))
}

func (c *copyCommand) run(ctx context.Context, s streams) error {
	from, to := config.Database{DatabaseURL: c.From}, config.Database{DatabaseURL: c.To}
	for name, d := range map[string]config.Database{"--from": from, "--to": to} {
		if err := d.Valid(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if same(from, to) {
		return errSame
	}
	source, key, err := openSource(ctx, from)
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	defer source.Close()
	if err := keyFits(to, key); err != nil {
		return err
	}
	target, err := openTarget(ctx, to, key)
	if err != nil {
		return fmt.Errorf("--to: %w", err)
	}
	defer target.Close()
	if err := writeKey(to, key); err != nil {
		return err
	}
	began := time.Now()
	all, err := transfer.Copy(ctx, source, target, func(table string, rows int64) { fmt.Fprintf(s.err, "%s: %d rows\n", table, rows) })
	if err != nil {
		return fmt.Errorf("%w\nthe copy is not finished, and nobody can serve it: run the same command again, which goes on", err)
	}
	return c.print(s, all, to, key == "", time.Since(began))
}

// print says what was copied.
func (c *copyCommand) print(s streams, all []transfer.Result, to config.Database, keyless bool, took time.Duration) error {
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "TABLE\tROWS\tCHECKSUM\n")
	rows := int64(0)
	for _, r := range all {
		fmt.Fprintf(w, "%s\t%d\t%s\n", r.Table, r.Sum.Rows, r.Sum.Checksum())
		rows += r.Sum.Rows
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Copied %d rows in %v: every table has the same count and checksum in both. Start the bot with DATABASE_URL=%s.\n", rows, took.Round(time.Millisecond), to.Shown())
	if keyless {
		fmt.Fprintln(s.out, "No secret key was found beside the database: set SECRET_KEY as the bot has it, or buttons and web logins from before are void.")
	}
	return nil
}

// same reports whether two addresses are one database, as far as they tell.
func same(a, b config.Database) bool {
	if a.Postgres() || b.Postgres() {
		return a.Postgres() == b.Postgres() && a.Shown() == b.Shown()
	}
	one, oneErr := a.Path()
	other, otherErr := b.Path()
	if oneErr != nil || otherErr != nil {
		return false
	}
	first, firstErr := os.Stat(one)
	second, secondErr := os.Stat(other)
	return one == other || firstErr == nil && secondErr == nil && os.SameFile(first, second)
}

// openedSource is a source, and openedTarget a target, that are closed when all is over.
type openedSource interface {
	transfer.Source
	Close() error
}

type openedTarget interface {
	transfer.Target
	Close() error
}

// openSource opens the database that is copied, and returns the key that was made for it; "" if there is none.
func openSource(ctx context.Context, d config.Database) (openedSource, string, error) {
	if d.Postgres() {
		r, err := postgres.Read(ctx, d.DatabaseURL)
		if err != nil {
			return nil, "", err
		}
		key, err := r.Key(ctx)
		if err != nil {
			return nil, "", errors.Join(err, r.Close())
		}
		return r, key, nil
	}
	path, err := d.Path()
	if err != nil {
		return nil, "", err
	}
	key, err := existingKey("", path+".key")
	if err != nil && !errors.Is(err, errNoKey) {
		return nil, "", err
	}
	r, err := sqlite.Read(ctx, path)
	if err != nil {
		return nil, "", err
	}
	return r, string(key), nil
}

// openTarget opens the database that is copied to.
func openTarget(ctx context.Context, d config.Database, key string) (openedTarget, error) {
	tables := slices.DeleteFunc(slices.Clone(transfer.Tables), func(t string) bool { return slices.Contains(transfer.Prefilled, t) })
	if d.Postgres() {
		f, err := postgres.Fill(ctx, d.DatabaseURL, tables, key)
		if err != nil {
			return nil, err
		}
		return f, nil
	}
	path, err := d.Path()
	if err != nil {
		return nil, err
	}
	f, err := sqlite.Fill(ctx, path, tables)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// keyFits refuses to copy beside the key of another database.
func keyFits(to config.Database, key string) error {
	if to.Postgres() {
		return nil
	}
	path, err := to.Path()
	if err != nil {
		return err
	}
	there, err := os.ReadFile(path + ".key")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case string(bytes.TrimSpace(there)) != key:
		return fmt.Errorf("%s.key is the key of another database: move it away, or name another file", path)
	}
	return nil
}

// writeKey writes the key beside a database in a file; that of a server is in the database.
func writeKey(to config.Database, key string) error {
	if to.Postgres() || key == "" {
		return nil
	}
	path, err := to.Path()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path+".key", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // the same one
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, key)
	return errors.Join(err, f.Sync(), f.Close())
}
