package postgrestest

import (
	"context"
	"io"
	"sync"
	"testing"
)

var (
	prepare  sync.Once
	prepared func(testing.TB) string
)

// Shared makes a database of the version that migrate brings it to, and returns what opens it, with
// connections of its own each time, as so many processes have. They are closed when the test ends.
func Shared[S io.Closer, O any](tb testing.TB, migrate func(ctx context.Context, url string) (from, to int64, err error),
	open func(ctx context.Context, url string, options O) (S, error), options O) func() S {
	tb.Helper()
	url := Prepared(tb, migrate)
	return func() S {
		tb.Helper()
		db, err := open(context.Background(), url, options)
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() { db.Close() })
		return db
	}
}

// Prepared makes a database of the version that migrate brings it to, with nothing in it, and returns
// its address. It is dropped when the test ends.
func Prepared(tb testing.TB, migrate func(ctx context.Context, url string) (from, to int64, err error)) string {
	tb.Helper()
	server := Start(tb)
	prepare.Do(func() {
		prepared = server.Template(tb, "prepared", func(url string) error {
			_, _, err := migrate(context.Background(), url)
			return err
		})
	})
	return prepared(tb)
}
