package transfer_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/store/transfer"
)

// TestWhatCannotBeCopied is refused with what to do, and stays as it is.
func TestWhatCannotBeCopied(t *testing.T) {
	file, _ := played(t)
	server := postgrestest.Start(t).Database(t)
	mustCopy(t, file, server)
	ctx := t.Context()
	for at, want := range map[string]error{file: sqlite.ErrNotEmpty, server: postgres.ErrNotEmpty} {
		if _, err := fill(ctx, at); !errors.Is(err, want) {
			t.Errorf("%s takes a copy over what is there: %v", at, err)
		}
		s, err := read(ctx, at)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := read(ctx, at); !errors.Is(err, sqlite.ErrServed) && !errors.Is(err, postgres.ErrCopied) {
			t.Errorf("two read %s: %v", at, err)
		}
		s.Close()
	}
	lock, err := sqlite.Serve(ctx, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(ctx, file); !errors.Is(err, sqlite.ErrServed) {
		t.Errorf("while it is served: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	db, err := serve(t, server)
	if err != nil {
		t.Fatal(err)
	}
	fence, err := db.(bot.Leases).Hold(ctx, "process web1", "web1", "", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(ctx, server); !errors.Is(err, postgres.ErrServed) || !strings.Contains(err.Error(), "web1") {
		t.Errorf("while it is served: %v", err)
	}
	if err := db.(bot.Leases).Release(ctx, "process web1", fence); err != nil {
		t.Fatal(err)
	}
	missing := path(t)
	if _, err := read(ctx, missing); err == nil || !strings.Contains(err.Error(), "there is no database") {
		t.Errorf("what is missing: %v", err)
	}
	if _, err := os.Stat(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what is missing was made")
	}
	if _, err := read(ctx, postgrestest.Start(t).Database(t)); !errors.Is(err, postgres.ErrEmpty) {
		t.Errorf("what is empty: %v", err)
	}
	versions(t, file, server)
}

// versions has databases of an older and a newer version.
func versions(t *testing.T, file, server string) {
	t.Helper()
	for _, row := range []struct {
		query      string
		file, wire error
	}{
		{`INSERT INTO goose_db_version (version_id, is_applied) VALUES (1000, true)`, sqlite.ErrNewer, postgres.ErrNewer},
		{`DELETE FROM goose_db_version WHERE version_id > 1`, sqlite.ErrOlder, postgres.ErrOlder},
	} {
		for at, want := range map[string]error{file: row.file, server: row.wire} {
			execute(t, at, row.query)
			if _, err := read(t.Context(), at); !errors.Is(err, want) {
				t.Errorf("%s gets %v, want %v", at, err, want)
			}
		}
	}
}

// TestEveryTableIsCopied compares the list with the tables that both databases have.
func TestEveryTableIsCopied(t *testing.T) {
	file, server := path(t), postgrestest.Start(t).Database(t)
	if _, _, err := sqlite.Migrate(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if _, _, err := postgres.Migrate(t.Context(), server); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c, err := pgx.Connect(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('goose_db_version', 'sqlite_sequence', 'numbers')`)
	if err != nil {
		t.Fatal(err)
	}
	var inFile []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		inFile = append(inFile, name)
	}
	rows.Close()
	list, err := c.Query(t.Context(), `SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('goose_db_version', 'program', 'leases', 'guests')`)
	if err != nil {
		t.Fatal(err)
	}
	onServer, err := pgx.CollectRows(list, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(transfer.Tables))
	for where, got := range map[string][]string{"a file": inFile, "a server": onServer} {
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the tables %v, and copied are %v", where, got, want)
		}
	}
}

// TestSumsTellRowsApart has no two of these rows sum up alike.
func TestSumsTellRowsApart(t *testing.T) {
	seen := map[string]string{}
	for _, rows := range [][][]any{
		{}, {{int64(1)}}, {{1.0}}, {{"1"}}, {{[]byte("1")}}, {{nil}}, {{int64(1), nil}}, {{"a", "b"}}, {{"ab", ""}}, {{"", "ab"}}, {{"a"}, {"b"}},
		{{"a"}, {"a"}}, {{"a"}, {"a"}, {"a"}}, {{0.0}}, {{math.Copysign(0, -1)}},
	} {
		s, err := transfer.SumOf(yielded(rows))
		if err != nil {
			t.Fatal(err)
		}
		backwards := slices.Clone(rows)
		slices.Reverse(backwards)
		if again, err := transfer.SumOf(yielded(backwards)); err != nil || again != s {
			t.Errorf("%v backwards is %v, not %v, %v", rows, again, s, err)
		}
		if other, is := seen[s.String()]; is {
			t.Errorf("%v sums up as %s does", rows, other)
		}
		seen[s.String()] = fmt.Sprint(rows)
	}
}

func yielded(rows [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
