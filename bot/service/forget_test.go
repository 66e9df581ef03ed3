package service_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
)

// TestNothingIsLeftOfWhoIsForgotten plays quizzes with somebody of a rare name, deletes them, and
// searches the bytes of every file of the database: the log and free pages too.
func TestNothingIsLeftOfWhoIsForgotten(t *testing.T) {
	folder := t.TempDir()
	db, err := sqlite.Open(context.Background(), filepath.Join(folder, "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	clock, seed := bottest.NewClock(began), uint64(0)
	s := bottest.NewPlain(t, db, clock, roomy, func(*bottest.Plain) *bottest.App {
		a := bottest.New(t, service.Options{Store: db, Clock: clock, Key: testKey}, func() uint64 { seed++; return seed })
		a.ProvideAll(t)
		return a
	})
	const name, typed = "Zephyrine Quuxley", "vexillological wombat"
	rare, ben, alone := s.Enter(t, name, language.English, false), s.Enter(t, "Ben", language.English, false), s.Alone(t, name, language.English)
	alone.Command("help", nil, nil)
	rare.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "4", "kind": "typed"}, nil)
	bottest.Await(t, ben, "the start card", bottest.Shows(name))
	for n := range 4 {
		clock.Advance(5 * time.Second)
		bottest.Opened(t, db, n)
		rare.Type(typed)
		ben.Type("no idea")
		clock.Advance(time.Minute)
		title := language.StripIsolates(phrase.Say(language.English, phrase.QuestionOf, phrase.Count("number", n+1), phrase.Count("total", 4)))
		bottest.Await(t, ben, "the answer", bottest.Shows(title, phrase.Say(language.English, phrase.NobodyRight)))
	}
	bottest.Await(t, ben, "the end", bottest.Shows(phrase.Say(language.English, phrase.EndTitle)))
	rare.Command("leaderboard", nil, nil)
	rare.Command("privacy", map[string]string{"action": "delete"}, nil)
	found := func() (where []string) {
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			data, err := os.ReadFile(filepath.Join(folder, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{name, strings.ToLower(name), typed} {
				if i := bytes.Index(data, []byte(secret)); i >= 0 {
					where = append(where, f.Name()+": "+string(bytes.ToValidUTF8(data[max(0, i-60):min(len(data), i+60)], []byte("."))))
				}
			}
		}
		return where
	}
	if len(found()) == 0 {
		t.Fatal("the search finds nothing before the deletion, so it proves nothing")
	}
	rare.Click(phrase.Say(language.English, phrase.ButtonForget))
	rare.Repeat() // the same press once more makes nobody anew
	if left := found(); len(left) > 0 {
		t.Errorf("of who was forgotten is left:\n%q", left)
	}
	const room = 2 // after the private chat
	posts, err := db.Posts(context.Background(), room, bot.MemberID(0), 100)
	if err != nil {
		t.Fatal(err)
	}
	boards := 0
	for _, p := range posts {
		for _, l := range p.Post.Body {
			if strings.Contains(l.Text, "Ben") {
				boards++
			}
		}
	}
	if boards == 0 {
		t.Error("the others' lines went too")
	}
}
