package transfer_test

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/store/transfer"
	"summitquiz/content/language"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// source and target are databases that are copied from and to.
type source interface {
	transfer.Source
	Close() error
}

type target interface {
	transfer.Target
	Close() error
}

func onServer(url string) bool { return strings.HasPrefix(url, "postgres:") }

func read(ctx context.Context, at string) (source, error) {
	if onServer(at) {
		r, err := postgres.Read(ctx, at)
		return r, err
	}
	r, err := sqlite.Read(ctx, at)
	return r, err
}

// filled are the tables that must be empty before.
var filled = slices.DeleteFunc(slices.Clone(transfer.Tables), func(t string) bool { return slices.Contains(transfer.Prefilled, t) })

func fill(ctx context.Context, at string) (target, error) {
	if onServer(at) {
		f, err := postgres.Fill(ctx, at, filled, "a key")
		return f, err
	}
	f, err := sqlite.Fill(ctx, at, filled)
	return f, err
}

// serve opens a database as the bot does.
func serve(t *testing.T, at string) (bot.Store, error) {
	t.Helper()
	var store interface {
		bot.Store
		Close() error
	}
	var err error
	if onServer(at) {
		store, err = postgres.Open(t.Context(), at, postgres.Options{})
	} else {
		store, err = sqlite.Open(t.Context(), at, sqlite.Options{})
	}
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { store.Close() })
	return store, nil
}

// copied copies a database, with something between the source and what reads it, and returns what became of each table.
func copied(t *testing.T, from, to string, between func(transfer.Source) transfer.Source) ([]transfer.Result, error) {
	t.Helper()
	s, err := read(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f, err := fill(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return transfer.Copy(t.Context(), between(s), f, func(string, int64) {})
}

func plain(s transfer.Source) transfer.Source { return s }

// mustCopy copies a database as a whole.
func mustCopy(t *testing.T, from, to string) []transfer.Result {
	t.Helper()
	all, err := copied(t, from, to, plain)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// sums are the counts and checksums of all tables.
func sums(all []transfer.Result) map[string]transfer.Sum {
	out := map[string]transfer.Sum{}
	for _, r := range all {
		out[r.Table] = r.Sum
	}
	return out
}

func same(t *testing.T, got, want []transfer.Result) {
	t.Helper()
	a, b := sums(got), sums(want)
	for _, table := range transfer.Tables {
		if a[table] != b[table] {
			t.Errorf("%s has %v, want %v", table, a[table], b[table])
		}
	}
}

func path(t *testing.T) string { return filepath.Join(t.TempDir(), "quiz.db") }

var limits = bot.Limits{Text: 4000, Buttons: 5, Rows: 5, Label: 80, Forms: true, Private: true, Files: true, Personal: true, Repeatable: true, ReadsChat: true}

// stage is where people play on a database.
func stage(t *testing.T, store bot.Store, clock *bottest.Clock) *bottest.Plain {
	seed := uint64(0)
	return bottest.NewPlain(t, store, clock, limits, func(*bottest.Plain) *bottest.App {
		a := bottest.New(t, service.Options{Store: store, Clock: clock, Key: []byte("a key for tests, 32 bytes long..")}, func() uint64 { seed++; return seed })
		a.ProvideAll(t)
		return a
	})
}

var (
	playing sync.Once
	evening []byte // a database in which people played, which is closed
	when    *bottest.Clock
)

// played returns a database in a file in which people played an evening, a week of dailies and their cards, and have an
// open question in front of them. The clock stands where they are.
func played(t *testing.T) (at string, clock *bottest.Clock) {
	t.Helper()
	at = path(t)
	playing.Do(func() {
		db, err := sqlite.Open(t.Context(), at, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		when = bottest.NewClock(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
		s := stage(t, db, when)
		bottest.Week(t, s)
		bottest.Study(t, s, "Kim", language.Korean)
		ada := s.Enter(t, "Ada", language.English, false)
		ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice"}, nil)
		s.Clock().Advance(5 * time.Second)
		bottest.Await(t, ada, "the question", bottest.Shows("Question 1 of 2"))
		bottest.Opened(t, db, 0)
		s.Close()
		if err := db.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if evening, err = os.ReadFile(at); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(at, evening, 0o600); err != nil {
		t.Fatal(err)
	}
	return at, when
}

// TestThereAndBack copies what people did to a server and back: it is the same, and they go on where they were.
func TestThereAndBack(t *testing.T) {
	file, clock := played(t)
	odd(t, file)
	server, back := postgrestest.Start(t).Database(t), path(t)
	there := mustCopy(t, file, server)
	for _, table := range []string{"answers", "sends", "sessions", "session_states", "members", "accounts", "packs", "cards", "reviews", "streaks", "daily_runs", "subscriptions", "exposures", "inbox"} {
		if sums(there)[table].Rows == 0 {
			t.Errorf("nothing was played that fills %s", table)
		}
	}
	same(t, mustCopy(t, server, back), there)
	again := path(t)
	same(t, mustCopy(t, back, again), there)
	for _, at := range []string{server, back} {
		execute(t, at, `DELETE FROM inbox`) // the stage numbers its inputs from the beginning again
		db, err := serve(t, at)
		if err != nil {
			t.Fatal(err)
		}
		s := stage(t, db, clock)
		ada := s.Enter(t, "Ada", language.English, false)
		right, _ := bottest.Keys(t, db)
		before := len(answers(t, db))
		bottest.Await(t, ada, "the question", bottest.Shows("Question 1 of 2"))
		bottest.Opened(t, db, 0)
		ada.Click("ABCD"[right[0] : right[0]+1])
		s.Clock().Advance(90 * time.Second)
		bottest.Await(t, ada, "the reveal", func(c bottest.Card) bool {
			return len(c.Options) == 0 && strings.Contains(c.Text, "Question 1 of 2") && strings.Contains(c.Text, "Ada")
		})
		if n := len(answers(t, db)); n != before+1 {
			t.Errorf("%d answers after %d", n, before)
		}
		s.Enter(t, "Somebody new", language.English, false)
		s.Close()
	}
}

// answers are those of the only game that runs, or ran last.
func answers(t *testing.T, db bot.Store) []bot.Answer {
	t.Helper()
	games, err := db.Live(t.Context(), "game")
	if err != nil || len(games) != 1 {
		t.Fatalf("%d games run, %v", len(games), err)
	}
	out, err := db.Answers(t.Context(), games[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// odd adds rows with values at the edge of what columns hold.
func odd(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	mark := "\U0010FFFD"
	for _, row := range []struct {
		query string
		args  []any
	}{
		{`INSERT INTO notes VALUES (?, ?), (?, ?)`, []any{"zero\x00byte", "a\x00b", "no\xffUTF-8", mark + "00" + mark}},
		{`INSERT INTO notes VALUES (?, ?)`, []any{"", "\xf0\x9f\x98\x80 \u200f\u0000"}},
		{`INSERT INTO updates (platform, id, body, at) VALUES (?, ?, ?, ?)`, []any{"telegram", math.MinInt64, []byte{0, 255, '\n'}, math.MaxInt64}},
		{`INSERT INTO updates (platform, id, body, at) VALUES (?, ?, ?, ?)`, []any{"telegram", math.MaxInt64, []byte{}, 0}},
		{`UPDATE cards SET stability = ?, difficulty = ? WHERE id = (SELECT min(id) FROM cards)`, []any{math.SmallestNonzeroFloat64, math.Copysign(0, -1)}},
		{`UPDATE cards SET stability = ?, difficulty = ? WHERE id = (SELECT max(id) FROM cards)`, []any{math.MaxFloat64, 0.1 + 0.2}},
		{`UPDATE sqlite_sequence SET seq = 1000000 WHERE name IN ('answers', 'numbers')`, nil}, // of rows that are gone
	} {
		if _, err := db.Exec(row.query, row.args...); err != nil {
			t.Fatalf("%s: %v", row.query, err)
		}
	}
}

// TestNumbersGoOn has the next number of each kind be one that was never given.
func TestNumbersGoOn(t *testing.T) {
	file, _ := played(t)
	odd(t, file)
	server, back := postgrestest.Start(t).Database(t), path(t)
	mustCopy(t, file, server)
	mustCopy(t, server, back)
	for _, at := range []string{server, back} {
		db, err := serve(t, at)
		if err != nil {
			t.Fatal(err)
		}
		if id, err := db.NextID(t.Context()); err != nil || id != 1000001 {
			t.Errorf("the next number is %d, %v", id, err)
		}
		where := bot.Place{Platform: "test", Space: "new", Chat: "new", Title: "New"}
		space, chat, member, err := db.Enter(t.Context(), where, bot.Person{User: "new", Name: "New"}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		a := bot.Answer{Session: 1 << 40, Member: member.ID, Chat: chat.ID, Space: space.ID, Platform: "test", Pack: "p", Hash: "h", Item: "i", At: time.Now()}
		c := &bot.Change{Answers: []bot.Answer{a}}
		if err := db.Write(c)(t.Context()); err != nil || c.Answers[0].ID != 1000001 {
			t.Errorf("the answer has the number %d, %v", c.Answers[0].ID, err)
		}
	}
}

// execute runs statements on a database.
func execute(t *testing.T, at string, statements ...string) {
	t.Helper()
	driver := "sqlite"
	if onServer(at) {
		driver = "pgx"
	}
	db, err := sql.Open(driver, at)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// stopping fails in the middle of a table.
type stopping struct {
	transfer.Source
	table string
	rows  int
}

var errStopped = errors.New("the plug was pulled")

func (s stopping) Rows(ctx context.Context, table string, columns []string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		n := 0
		for row, err := range s.Source.Rows(ctx, table, columns) {
			if table == s.table && n == s.rows {
				row, err = nil, errStopped
			}
			n++
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// TestACopyThatWasInterruptedGoesOn pulls the plug in the middle, again and again, each time later. Nobody can serve what
// is there then; the next copy goes on, also where the source has changed, and doubles nothing.
func TestACopyThatWasInterruptedGoesOn(t *testing.T) {
	file, _ := played(t)
	first := postgrestest.Start(t).Database(t)
	whole := mustCopy(t, file, first)
	for name, row := range map[string]struct{ from, to string }{
		"from a file to a server": {file, postgrestest.Start(t).Database(t)},
		"from a server to a file": {first, path(t)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, at := range []string{"spaces", "sessions", "answers", "sends", "reviews"} {
				_, err := copied(t, row.from, row.to, func(s transfer.Source) transfer.Source { return stopping{s, at, 1} })
				if !errors.Is(err, errStopped) {
					t.Fatalf("in %s the copy ended with %v", at, err)
				}
				if _, err := serve(t, row.to); !errors.Is(err, postgres.ErrHalf) && !errors.Is(err, sqlite.ErrHalf) {
					t.Fatalf("what was half copied opens with %v", err)
				}
				if s, err := read(t.Context(), row.to); err == nil {
					s.Close()
					t.Error("what was half copied can be copied")
				}
			}
			all := mustCopy(t, row.from, row.to)
			same(t, all, whole)
			kept := 0
			for _, r := range all {
				if r.There {
					kept++
				}
			}
			if kept < 10 {
				t.Errorf("%d tables were there already", kept)
			}
			if _, err := serve(t, row.to); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestASourceThatChangedIsCopiedAnew stops a copy, lets people play on, and copies again.
func TestASourceThatChangedIsCopiedAnew(t *testing.T) {
	file, _ := played(t)
	server := postgrestest.Start(t).Database(t)
	if _, err := copied(t, file, server, func(s transfer.Source) transfer.Source { return stopping{s, "reviews", 1} }); !errors.Is(err, errStopped) {
		t.Fatal(err)
	}
	execute(t, file, `UPDATE answers SET points = points + 1`, `DELETE FROM sends WHERE id = (SELECT max(id) FROM sends)`,
		`UPDATE members SET zone = 'Asia/Seoul'`, `UPDATE spaces SET title = 'another'`)
	same(t, mustCopy(t, file, server), mustCopy(t, file, path(t)))
}
