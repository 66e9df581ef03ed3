package sqlite

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"summitquiz/bot"
)

func TestPruneKeepsWhatMayComeAgain(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	fill(t, db, 2500)
	young := &bot.Change{Input: "young", At: noon.Add(time.Hour), Draft: &bot.Draft{ID: 2, Data: []byte("pack"), At: noon.Add(time.Hour)}}
	for _, c := range []*bot.Change{young, {At: noon, Draft: &bot.Draft{ID: 1, Data: []byte("pack"), At: noon}}} {
		if err := db.Write(c)(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := db.Prune(t.Context(), noon.Add(time.Minute)); err != nil || n != 2501 {
		t.Errorf("pruned %d, %v; want 2501", n, err)
	}
	if err := db.Write(&bot.Change{Input: "young", At: noon})(t.Context()); !errors.Is(err, bot.ErrRepeated) {
		t.Errorf("a young input came again: %v, want %v", err, bot.ErrRepeated)
	}
	if _, err := db.Draft(t.Context(), 2); err != nil {
		t.Errorf("a young draft: %v", err)
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func question(id int64) bot.Slot { return bot.Slot{Kind: "game", ID: id, Part: "question"} }

func end(id int) bot.Slot { return bot.Slot{Kind: "game", ID: int64(id), Part: "end"} }

// TestPruneKeepsPostsThatAreShown prunes a chat of 1,000 posts and their edits: the newest ones
// stay, and so does what is on its way, what is young, and what belongs to a live session.
func TestPruneKeepsPostsThatAreShown(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	write := func(c *bot.Change) {
		t.Helper()
		if err := db.Write(c)(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	write(&bot.Change{At: noon, Session: &bot.Session{
		ID: 7, Kind: "game", Version: 1, Chat: 1, Space: 1, Script: []byte("{}"), State: []byte("{}"), Started: noon,
	}})
	post := func(slot bot.Slot, at time.Time, state bot.SendState) {
		t.Helper()
		c := &bot.Change{At: noon, Sends: []bot.Send{{Op: bot.New, Slot: slot, Chat: 1}, {Op: bot.Edit, Slot: slot, Chat: 1}}}
		write(c)
		write(&bot.Change{At: at, Progress: []bot.Progress{
			{Send: c.Sends[0].ID, State: bot.SendDone, Ref: bot.Ref(slot.String()), At: at}, {Send: c.Sends[1].ID, State: state, At: at},
		}})
	}
	post(question(7), noon, bot.SendDone)                                 // its session is live
	post(bot.Slot{Kind: "daily", ID: 7, Part: "old"}, noon, bot.SendDone) // no session of its kind is live
	post(question(77), noon.Add(2*time.Hour), bot.SendDone)               // young
	post(question(78), noon, bot.SendQueued)                              // its edit is on its way
	for n := range 1000 {
		post(end(n+100), noon, bot.SendDone)
	}
	if n, err := db.Prune(t.Context(), noon.Add(time.Hour)); err != nil || n != 2*971 {
		t.Errorf("pruned %d rows, %v; want the posts and edits of 971 slots", n, err)
	}
	for _, slot := range []bot.Slot{question(7), question(77), question(78), end(1070), end(1099)} {
		if ref, err := db.RefOf(t.Context(), slot); err != nil || ref != bot.Ref(slot.String()) {
			t.Errorf("%s stands as %q, %v", slot, ref, err)
		}
	}
	if _, err := db.RefOf(t.Context(), end(1069)); !errors.Is(err, bot.ErrNone) {
		t.Errorf("an old post is still there: %v", err)
	}
	if n, err := db.Prune(t.Context(), noon.Add(time.Hour)); err != nil || n != 0 {
		t.Errorf("pruned %d more, %v", n, err)
	}
}

// TestAPurgeLeavesNothingOfItsSessions looks at tables that no query of the store reads without
// their session.
func TestAPurgeLeavesNothingOfItsSessions(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	spaces := map[bot.SpaceID]bool{}
	for id := range bot.SessionID(4) {
		place := bot.Place{Platform: "test", Space: fmt.Sprint(id % 2), Chat: fmt.Sprint(id)}
		space, chat, _, err := db.Enter(t.Context(), place, bot.Person{}, noon)
		if err != nil {
			t.Fatal(err)
		}
		s := &bot.Session{ID: id + 1, Kind: "game", Version: 1, Chat: chat.ID, Space: space.ID, Script: []byte("{}"), State: []byte("{}")}
		if err := db.Write(&bot.Change{Session: s})(t.Context()); err != nil {
			t.Fatal(err)
		}
		spaces[space.ID] = true
	}
	left := 4
	for space := range spaces {
		if err := db.Purge(t.Context(), space); err != nil {
			t.Fatal(err)
		}
		left -= 2
		for _, table := range []string{"sessions", "session_scripts", "session_states"} {
			if n := count(t, db, table); n != left {
				t.Errorf("%s holds %d rows, want %d", table, n, left)
			}
		}
	}
}

// TestPruneForgetsHowOldGamesStood holds that of an ended game that is old the answers stay, and of others everything.
func TestPruneForgetsHowOldGamesStood(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	for id, s := range map[bot.SessionID]bot.Session{
		1: {Kind: "game", Ended: true, Started: noon},
		2: {Kind: "game", Started: noon},
		3: {Kind: "game", Ended: true, Started: noon.Add(2 * time.Hour)},
		4: {Kind: "daily", Ended: true, Started: noon},
	} {
		s.ID, s.Version, s.Chat, s.Space, s.Script, s.State = id, 1, bot.ChatID(id), 1, []byte("{}"), []byte("{}")
		c := &bot.Change{At: noon, Session: &s, Answers: []bot.Answer{{Session: id, Member: 1, Item: "a", At: noon, Final: true}}}
		if err := db.Write(c)(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := db.Prune(t.Context(), noon.Add(time.Hour)); err != nil || n != 2 {
		t.Errorf("pruned %d rows, %v; want the script and the state of one game", n, err)
	}
	for id := range bot.SessionID(4) {
		id++
		if _, err := db.Session(t.Context(), id); errors.Is(err, bot.ErrNone) != (id == 1) {
			t.Errorf("game %d: %v", id, err)
		}
		if answers, err := db.Answers(t.Context(), id); err != nil || len(answers) != 1 {
			t.Errorf("game %d has %d answers, %v", id, len(answers), err)
		}
	}
}
