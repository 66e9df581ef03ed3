package postgres

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/store/postgres/postgrestest"
)

// TestADatabaseThatCannotBeUsedIsLeftAsItIs opens what is none of ours, from the future, away or closed.
func TestADatabaseThatCannotBeUsedIsLeftAsItIs(t *testing.T) {
	server := postgrestest.Start(t)
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := nobody.Addr().String()
	nobody.Close()
	named := func(url string) string { return url[strings.LastIndexByte(url, '/')+1:] }
	for name, tc := range map[string]struct {
		want error
		make func(t *testing.T) (url string)
	}{
		"no address":      {ErrURL, func(*testing.T) string { return "postgres://a:b@c:port/d" }},
		"nobody there":    {ErrAway, func(*testing.T) string { return "postgres://bot:very-secret@" + address + "/quiz" }},
		"no such name":    {ErrNoSuch, func(*testing.T) string { return server.URL("nothing") }},
		"wrong password":  {ErrPassword, func(*testing.T) string { return server.URLFor("summit", "very-secret", "postgres") }},
		"no such user":    {ErrPassword, func(*testing.T) string { return server.URLFor("stranger", "very-secret", "postgres") }},
		"empty":           {ErrEmpty, func(t *testing.T) string { return server.Database(t) }},
		"another program": {ErrForeign, func(t *testing.T) string { return made(t, server, `CREATE TABLE photos (name text)`) }},
		"another program with a table of our name": {ErrForeign, func(t *testing.T) string {
			return made(t, server, `CREATE TABLE program (code text)`, `CREATE TABLE goose_db_version (id int)`, `INSERT INTO program VALUES ('x')`)
		}},
		"newer": {ErrNewer, func(t *testing.T) string {
			url := database(t)
			in(t, url, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`)
			return url
		}},
		"another encoding": {ErrEncoding, func(t *testing.T) string {
			server.Do(t, `CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0`)
			t.Cleanup(func() { server.Do(t, `DROP DATABASE latin`) })
			return server.URL("latin")
		}},
		"read only": {ErrReadOnly, func(t *testing.T) string {
			url := database(t)
			server.Do(t, `ALTER DATABASE `+named(url)+` SET default_transaction_read_only = on`)
			return url
		}},
		"no rights": {ErrRights, func(t *testing.T) string {
			url := server.Database(t)
			server.Do(t, `CREATE ROLE guest LOGIN PASSWORD 'very-secret'`)
			t.Cleanup(func() { server.Do(t, `DROP ROLE guest`) })
			return server.URLFor("guest", "very-secret", named(url))
		}},
		"no rights in what is there": {ErrRights, func(t *testing.T) string {
			url := database(t)
			server.Do(t, `CREATE ROLE reader LOGIN PASSWORD 'very-secret'`)
			t.Cleanup(func() { server.Do(t, `DROP ROLE reader`) })
			return server.URLFor("reader", "very-secret", named(url))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := Open(context.Background(), tc.make(t), Options{There: errors.Is(tc.want, ErrEmpty)})
			if err == nil {
				db.Close()
			}
			if !errors.Is(err, tc.want) {
				t.Errorf("Open = %v, want %v", err, tc.want)
			}
			if err != nil && strings.Contains(err.Error(), "very-secret") {
				t.Errorf("the password shows in %v", err)
			}
		})
	}
}

// made is a database of another program.
func made(t *testing.T, server *postgrestest.Server, statements ...string) string {
	t.Helper()
	url := server.Database(t)
	in(t, url, statements...)
	return url
}

// in runs statements in a database.
func in(t *testing.T, url string, statements ...string) {
	t.Helper()
	pool, err := connect(t.Context(), url, 1, Options{Statement: time.Minute, Lock: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, statement := range statements {
		if _, err := pool.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}
