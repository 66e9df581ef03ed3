package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/sqlite"
	"summitquiz/config"
)

type backupCommand struct {
	config.Database `embed:""`
	File            string `arg:"" help:"The file to write; it must not be there yet."`
}

func (backupCommand) Help() string {
	return `Copies the database as it is at this moment, also while the bot is serving it. summitquiz restore puts the copy in the place of the database. The secret key lies beside the database in a file that ends in .key: back that up too.

Example:

    summitquiz backup summitquiz-$(date +%F).db`
}

func (c *backupCommand) Run(ctx context.Context, s streams) error {
	if err := onServer(c.Database, "back it up with pg_dump --format=custom --file=FILE \"$DATABASE_URL\""); err != nil {
		return err
	}
	path, err := c.Path()
	if err != nil {
		return err
	}
	if err := sqlite.Backup(ctx, path, c.File); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, "The database is copied to "+c.File)
	return err
}

type restoreCommand struct {
	config.Database `embed:""`
	File            string `arg:"" help:"The copy that summitquiz backup wrote."`
}

func (restoreCommand) Help() string {
	return `Puts a backup in the place of the database. Stop the bot first. The copy is checked as a whole before anything is changed; the database that was there stays beside it under another name, and nothing that a crash left comes into the restored one.

Example:

    summitquiz restore summitquiz-2026-11-25.db`
}

func (c *restoreCommand) Run(ctx context.Context, s streams) error {
	if err := onServer(c.Database, "stop the bot and restore with pg_restore --clean --if-exists --dbname=\"$DATABASE_URL\" FILE"); err != nil {
		return err
	}
	path, err := c.Path()
	if err != nil {
		return err
	}
	kept, err := sqlite.Restore(ctx, c.File, path, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "The database is restored from %s.\n", c.File)
	if kept != "" {
		fmt.Fprintf(s.out, "The one that was there is kept as %s.\n", kept)
	}
	_, err = fmt.Fprintln(s.out, "Start the bot.")
	return err
}

type migrateCommand struct {
	config.Database `embed:""`
}

func (migrateCommand) Help() string {
	return `Brings the database to the version of this program. serve does the same when it starts.

Example:

    summitquiz migrate`
}

func (c *migrateCommand) Run(ctx context.Context, s streams) error {
	from, to, err := c.migrate(ctx)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("The database has version %d, as this program.", to)
	if from != to {
		text = fmt.Sprintf("The database had version %d and has version %d now.", from, to)
	}
	_, err = fmt.Fprintln(s.out, text)
	return err
}

func (c *migrateCommand) migrate(ctx context.Context) (from, to int64, err error) {
	if c.Postgres() {
		return postgres.Migrate(ctx, c.DatabaseURL)
	}
	path, err := c.Path()
	if err != nil {
		return 0, 0, err
	}
	return sqlite.Migrate(ctx, path)
}

type healthcheckCommand struct {
	config.Database `embed:""`
	config.Web      `embed:""`
	Deep            bool `help:"Also look through the whole database file."`
}

func (healthcheckCommand) Help() string {
	return `Asks the running bot whether it is ready. The exit code is 0 if it is, else 1.

Example:

    summitquiz healthcheck --deep`
}

// errUnwell means that the running bot is not well; what is wrong has been printed.
var errUnwell = errors.New("the bot is not well")

// askWithin is how long the running bot may take to answer.
const askWithin = 5 * time.Second

func (c *healthcheckCommand) Run(ctx context.Context, s streams) error {
	if err := c.Check(); err != nil {
		return err
	}
	if err := c.Valid(); err != nil {
		return err
	}
	said, err := ask(ctx, c.URL()+"/readyz")
	if err != nil {
		fmt.Fprintln(s.err, err)
		return errUnwell
	}
	switch {
	case c.Deep && c.Postgres():
		said += "; the server keeps the files of the database: pg_amcheck looks through them"
	case c.Deep:
		path, err := c.Path()
		if err != nil {
			return err
		}
		if err := sqlite.CheckFile(ctx, path); err != nil {
			fmt.Fprintln(s.err, "not well:", err)
			return errUnwell
		}
		said += "; the database is whole"
	}
	_, err = fmt.Fprintln(s.out, said)
	return err
}

func ask(ctx context.Context, url string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("nobody answers at %s: is the bot running, and HTTP_ADDR the same here and there?", url)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(io.LimitReader(r.Body, 1<<10))
	if err != nil || r.StatusCode != http.StatusOK {
		return "", fmt.Errorf("not well: %s", strings.TrimSpace(string(text)))
	}
	return strings.TrimSpace(string(text)), nil
}

type ownerLinkCommand struct {
	config.Database `embed:""`
	config.Web      `embed:""`
	SecretKey       config.Secret `env:"SECRET_KEY" placeholder:"KEY" help:"The key of the running bot, if it has one set (env SECRET_KEY)."`
}

func (ownerLinkCommand) Help() string {
	return `Prints a link that makes the first browser that follows it an owner: it may load packs for everybody. The link works once, within an hour.

Example:

    summitquiz owner-link`
}

func (c *ownerLinkCommand) Run(ctx context.Context, s streams) error {
	if err := c.Check(); err != nil {
		return err
	}
	key, used, err := c.key(ctx)
	if err != nil {
		return err
	}
	if used != "" && used != keyDigest(key) {
		return errors.New("this key is not the one that the bot uses, which would refuse the link: set SECRET_KEY, and DATABASE_URL, as the bot has them")
	}
	link := ownerLink(c.Link(), key)
	_, err = fmt.Fprintln(s.out, link)
	if _, port, splitErr := net.SplitHostPort(c.HTTPAddr); splitErr == nil && port == "0" {
		fmt.Fprintln(s.err, "note: HTTP_ADDR names no port: put the bot's own into the link")
	}
	return err
}

// key returns the key of the running bot, as this command has it, and the digest of the one that the
// database is used with; "" if it was not yet.
func (c *ownerLinkCommand) key(ctx context.Context) (key []byte, used string, err error) {
	db, err := openExisting(ctx, c.Database)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if used, err = db.Note(ctx, keyNote); err != nil {
		return nil, "", err
	}
	if path, pathErr := c.Path(); pathErr == nil && used != "" { // none is made: the bot would not know it
		key, err = existingKey(c.SecretKey, path+".key")
		return key, used, err
	}
	key, _, err = databaseKey(ctx, c.Database, c.SecretKey, db)
	return key, used, err
}
