package library_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/library"
	"summitquiz/bot/phrase"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

const lakes = "pack: lakes\nversion: 1.0.0\nlanguages: [en]\ntitle: Lakes\ncards:\n" +
	"  - {ask: Which lake is the deepest?, answer: Baikal, not: [Superior, Victoria, Michigan]}\n" +
	"  - {ask: Which lake is the largest?, answer: Superior, not: [Baikal, Victoria, Michigan]}\n"

func files(text string) fstest.MapFS { return fstest.MapFS{content.PackFile: {Data: []byte(text)}} }

// open returns a library on a database of its own.
func open(t *testing.T) (*library.Library, *sqlite.DB) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return library.New(db, catalog.New(db, catalog.NewVersions())), db
}

func write(t *testing.T, db *sqlite.DB, c *bot.Change) {
	t.Helper()
	if err := db.Write(c)(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// provide adds the pack of the lakes as a built-in one.
func provide(t *testing.T, l *library.Library, db *sqlite.DB) *content.Pack {
	t.Helper()
	p, c, err := l.Provide(t.Context(), bot.Operator, files(lakes), noon)
	if err != nil {
		t.Fatal(err)
	}
	write(t, db, c)
	return p
}

// TestAListSaysWhatABuiltInPackWasReplacedBy loads other content under the name of a built-in pack.
func TestAListSaysWhatABuiltInPackWasReplacedBy(t *testing.T) {
	l, db := open(t)
	provide(t, l, db)
	rows, err := l.List(t.Context(), 0)
	if err != nil || len(rows) != 1 || rows[0].Replaces != "" {
		t.Fatalf("at first the list is %+v, %v", rows, err)
	}
	_, c, err := l.Load(t.Context(), bot.Operator, files("version: 2.0.0\n"+lakes[:12]+lakes[27:]), noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	write(t, db, c)
	l = library.New(db, catalog.New(db, catalog.NewVersions())) // the next start of the program
	provide(t, l, db)
	if rows, err = l.List(t.Context(), 0); err != nil || len(rows) != 1 || rows[0].Version != "2.0.0" || rows[0].Replaces != "1.0.0" {
		t.Errorf("then it is %+v, %v", rows, err)
	}
}

// TestActorsNeedTheRightsForWhatTheyDo tries what members, admins and owners may not do.
func TestActorsNeedTheRightsForWhatTheyDo(t *testing.T) {
	l, db := open(t)
	p := provide(t, l, db)
	row, err := l.Active(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	member, admin := bot.Actor{Member: 1, Space: 7}, bot.Actor{Member: 2, Space: 7, Role: bot.ChatAdmin}
	own := row
	own.Space = 8
	for name, tc := range map[string]struct {
		err  error
		want phrase.ID
	}{
		"a member rolls back":                         {l.RollBack(member, own, &bot.Change{}), phrase.AdminsOnly},
		"an admin rolls back a pack for everybody":    {l.RollBack(admin, row, &bot.Change{}), phrase.OwnersOnly},
		"an admin rolls back a pack of others":        {l.RollBack(admin, own, &bot.Change{}), phrase.AdminsOnly},
		"a member switches a pack off":                {l.Switch(member, p.ID, true, &bot.Change{}), phrase.AdminsOnly},
		"an admin switches one off for everybody":     {l.Switch(bot.Actor{Member: 2, Role: bot.ChatAdmin}, p.ID, true, &bot.Change{}), phrase.OwnersOnly},
		"a member reads reports":                      {errorOf(l.Reports(t.Context(), member, 1)), phrase.AdminsOnly},
		"an admin reads the audit of everybody":       {errorOf(l.Audits(t.Context(), bot.Actor{Member: 2, Role: bot.ChatAdmin}, 1)), phrase.OwnersOnly},
		"the operator may read it":                    {errorOf(l.Audits(t.Context(), bot.Operator, 1)), ""},
		"an admin switches a pack off in their space": {l.Switch(admin, p.ID, true, &bot.Change{}), ""},
	} {
		var n *bot.Notice
		if errors.As(tc.err, &n); tc.want == "" && tc.err != nil || tc.want != "" && (n == nil || n.ID != tc.want) {
			t.Errorf("%s: %v, want %q", name, tc.err, tc.want)
		}
	}
}

func errorOf[T any](_ T, err error) error { return err }

// counting counts how many answers are read from the log.
type counting struct {
	*sqlite.DB
	read int
}

func (s *counting) Log(ctx context.Context, pack content.PackID, after int64, yield func(bot.Answer) bool) error {
	return s.DB.Log(ctx, pack, after, func(a bot.Answer) bool { s.read++; return yield(a) })
}

// TestStatisticsOfItemsGoOn folds the log of a pack, restarts, and folds only what came since; a
// question that becomes void has it folded anew.
func TestStatisticsOfItemsGoOn(t *testing.T) {
	_, db := open(t)
	store := &counting{DB: db}
	fresh := func() *library.Library { return library.New(store, catalog.New(db, catalog.NewVersions())) }
	p := provide(t, fresh(), db)
	items := catalog.NewVersion(p).Generator.Items()
	answer := func(session bot.SessionID, question int, item quiz.ItemID, right bool) *bot.Change {
		a := bot.Answer{Session: session, Question: question, Member: bot.MemberID(question + 1), Chat: 1, Space: 1, Platform: "test", Pack: p.ID, Hash: p.Hash,
			Item: item, Seed: 1, Lang: language.English, Options: 4, Mark: 1, Final: true, At: noon}
		if right {
			a.Mark = 2
		}
		return &bot.Change{At: noon, Answers: []bot.Answer{a}}
	}
	for n := range 6 {
		write(t, db, answer(1, n, items[n%2], n < 3))
	}
	first, err := fresh().Items(t.Context(), p.ID)
	if err != nil || len(first) != 2 || store.read != 6 {
		t.Fatalf("at first %d items, %d answers read, %v", len(first), store.read, err)
	}
	write(t, db, answer(2, 0, items[0], true))
	store.read = 0
	again, err := fresh().Items(t.Context(), p.ID)
	if err != nil || store.read != 1 || again[0].Stat.Answers+again[1].Stat.Answers != 7 {
		t.Errorf("then %+v, %d answers read, want 7 answers and 1; %v", again, store.read, err)
	}
	write(t, db, &bot.Change{At: noon, Void: []bot.Void{{Session: 1, Question: 0}}})
	store.read = 0
	again, err = fresh().Items(t.Context(), p.ID)
	if err != nil || store.read != 7 || again[0].Stat.Answers+again[1].Stat.Answers != 6 {
		t.Errorf("after a void question %+v, %d answers read, want 6 answers and 7; %v", again, store.read, err)
	}
}
