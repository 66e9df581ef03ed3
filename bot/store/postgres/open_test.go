package postgres

import (
	"context"
	"sync"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/storetest"
)

var (
	once   sync.Once
	copied func(testing.TB) string
)

// database is a database of the program's version with nothing in it.
func database(tb testing.TB) string {
	tb.Helper()
	server := postgrestest.Start(tb)
	once.Do(func() {
		copied = server.Template(tb, "empty", func(url string) error {
			_, _, err := Migrate(context.Background(), url)
			return err
		})
	})
	return copied(tb)
}

func openAt(tb testing.TB, url string) *DB {
	tb.Helper()
	db, err := Open(context.Background(), url, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, handles int) []bot.Store {
		url := database(t)
		var out []bot.Store
		for range handles {
			out = append(out, openAt(t, url))
		}
		return out
	})
}
