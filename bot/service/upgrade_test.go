package service_test

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/quiz/game"
)

var upgradeFile = flag.String("upgrade", "", "a database of an earlier version to go on with; default: the small one of the store's tests")

// oldDatabase is a copy of a database that an earlier version of the program wrote.
func oldDatabase(t *testing.T) string {
	t.Helper()
	name := *upgradeFile
	if name == "" {
		name = filepath.Join("..", "store", "sqlite", "testdata", "version3.db.gz")
	}
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var from io.Reader = in
	if strings.HasSuffix(name, ".gz") {
		if from, err = gzip.NewReader(in); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "quiz.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestGamesGoOnAfterAnUpgrade opens a database that an earlier version wrote in the middle of its
// games and lets every game come to its end: no answer is lost, nothing is posted twice, and nothing
// is logged as an error.
func TestGamesGoOnAfterAnUpgrade(t *testing.T) {
	db, err := sqlite.Open(t.Context(), oldDatabase(t), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	before := bottest.Games(t, db)
	answers := map[bot.SessionID][]bot.Answer{}
	for _, g := range before {
		if answers[g.ID], err = db.Answers(t.Context(), g.ID); err != nil {
			t.Fatal(err)
		}
	}
	log := &bottest.Log{}
	clock := bottest.NewClock(began.Add(time.Minute))
	s := bottest.NewPlain(t, db, clock, roomy, func(*bottest.Plain) *bottest.App {
		warnings := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		return bottest.New(t, service.Options{Store: db, Clock: clock, Key: testKey, Log: warnings}, nil)
	})
	settle(t, s)
	for _, g := range bottest.Games(t, db) {
		if g.Run == 0 {
			t.Errorf("game %d was not taken up", g.ID)
		}
	}
	for range 200 { // open questions are over, then pauses
		clock.Advance(15 * time.Minute)
		settle(t, s)
		if len(bottest.Games(t, db)) == 0 {
			break
		}
	}
	moved, kept := 0, 0
	for _, old := range before {
		g, err := db.Session(t.Context(), old.ID)
		if err != nil {
			t.Fatal(err)
		}
		var was, is game.State
		if err := json.Unmarshal(old.State, &was); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(g.State, &is); err != nil {
			t.Fatal(err)
		}
		if !g.Ended {
			t.Errorf("game %d, which was %q, is now %q", g.ID, was.Phase, is.Phase)
		}
		if len(is.Results) > len(was.Results) {
			moved++
		}
		now, err := db.Answers(t.Context(), g.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range answers[g.ID] {
			if now[i] != a {
				t.Errorf("answer %d of game %d was %+v and is %+v", i, g.ID, a, now[i])
			}
			kept++
		}
		checkResults(t, s, g.ID, now)
	}
	for slot, times := range s.Sent {
		if times > 1 {
			t.Errorf("%s was posted %d times", slot, times)
		}
	}
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("the log says:\n%s", log.String())
	}
	t.Logf("%d games in progress with %d answers; %d went on to further questions, all ended", len(before), kept, moved)
}
