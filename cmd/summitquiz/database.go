package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/sqlite"
	"summitquiz/config"
)

// database is a store with what the program asks of it besides, on either engine.
type database interface {
	bot.Store
	// Deliveries, Retry and Discard are for what waits, failed or is in doubt.
	Deliveries(ctx context.Context, platform, state string) ([]bot.HeldDelivery, error)
	Retry(ctx context.Context, held []bot.HeldDelivery, now time.Time) (int, error)
	Discard(ctx context.Context, held []bot.HeldDelivery) (int, error)
	// Prune forgets what nothing needs any more.
	Prune(ctx context.Context, before time.Time) (int64, error)
	// Ping reports whether it can be read and written.
	Ping(ctx context.Context) error
	Queued() int
	FailedCommits() int64
	Close() error
}

// serving is what says that this process serves a database.
type serving interface{ Release() error }

// holdDatabase waits until no other process serves a database in a file. Any number of processes serve one on
// a server: then there is nothing to hold.
func holdDatabase(ctx context.Context, d config.Database, waiting func()) (serving, error) {
	if d.Postgres() {
		return nil, nil
	}
	path, err := d.Path()
	if err != nil {
		return nil, err
	}
	return sqlite.Serve(ctx, path, waiting)
}

// openDatabase opens the database for whoever serves it.
func openDatabase(ctx context.Context, d config.Database, pool config.Pool, m *meter) (database, error) {
	if d.Postgres() {
		return postgres.Open(ctx, d.DatabaseURL, postgres.Options{Meter: m, Connections: pool.DatabaseConnections,
			Statement: pool.StatementTimeout, Lock: pool.LockTimeout})
	}
	path, err := d.Path()
	if err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, path, sqlite.Options{Meter: m})
}

// openExisting opens a database that must be there: a slip in its name must not make another one.
func openExisting(ctx context.Context, d config.Database) (database, error) {
	if d.Postgres() {
		return postgres.Open(ctx, d.DatabaseURL, postgres.Options{Connections: 2, There: true})
	}
	path, err := d.Path()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database %s: start the bot first, or set DATABASE_URL as the bot has it", path)
	}
	return sqlite.Open(ctx, path, sqlite.Options{})
}

// onServer is the error of a command that works on a file, with what does the same for a server.
func onServer(d config.Database, instead string) error {
	if !d.Postgres() {
		return nil
	}
	return fmt.Errorf("the database is on a PostgreSQL server: %s", instead)
}

// databaseKey returns the key that signs buttons and web logins: the one that is set, else the one
// that was made on first use: then made is true. It is kept in a file beside a database that is a
// file, and in a database on a server, so that every process that serves it has the same.
func databaseKey(ctx context.Context, d config.Database, set config.Secret, db database) (key []byte, made bool, err error) {
	p, is := db.(*postgres.DB)
	if !is {
		path, err := d.Path()
		if err != nil {
			return nil, false, err
		}
		return secretKey(set, path+".key")
	}
	if set != "" {
		return []byte(set), false, nil
	}
	raw := make([]byte, 32)
	rand.Read(raw)
	fresh := hex.EncodeToString(raw)
	text, err := p.FirstNote(ctx, postgres.KeyNote, fresh)
	if err != nil {
		return nil, false, fmt.Errorf("read the secret key: %w", err)
	}
	return []byte(text), text == fresh, nil
}

// databaseSecret is the password in an address, where it is long enough not to be a word of the log.
func databaseSecret(d config.Database) string {
	const least = 8
	if p := string(d.Password()); len(p) >= least {
		return p
	}
	return ""
}
