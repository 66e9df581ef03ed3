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

// TestPruneKeepsPostsThatAreShown prunes a chat of 1,000 posts and their edits: the newest ones
// stay, and so does what is on its way, what is young, and what belongs to a game that runs.
func TestPruneKeepsPostsThatAreShown(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	write := func(c *bot.Change) {
		t.Helper()
		if err := db.Write(c)(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	write(&bot.Change{At: noon, Game: &bot.Game{ID: 7, Version: 1, Chat: 1, Space: 1, Sheet: []byte("{}"), State: []byte("{}"), Started: noon}})
	post := func(slot bot.Slot, at time.Time, state bot.SendState) {
		t.Helper()
		c := &bot.Change{At: noon, Sends: []bot.Send{{Op: bot.New, Slot: slot, Chat: 1}, {Op: bot.Edit, Slot: slot, Chat: 1}}}
		write(c)
		write(&bot.Change{At: at, Marks: []bot.Mark{{Send: c.Sends[0].ID, State: bot.SendDone, Ref: bot.Ref(slot), At: at}, {Send: c.Sends[1].ID, State: state, At: at}}})
	}
	post("g7/q0", noon, bot.SendDone)                   // its game runs
	post("g77/q0", noon.Add(2*time.Hour), bot.SendDone) // young
	post("g78/q0", noon, bot.SendQueued)                // its edit is on its way
	for n := range 1000 {
		post(bot.Slot(fmt.Sprintf("g%d/end", n+100)), noon, bot.SendDone)
	}
	if n, err := db.Prune(t.Context(), noon.Add(time.Hour)); err != nil || n != 2*800 {
		t.Errorf("pruned %d rows, %v; want the posts and edits of 800 slots", n, err)
	}
	for _, slot := range []bot.Slot{"g7/q0", "g77/q0", "g78/q0", "g900/end", "g1099/end"} {
		if ref, err := db.RefOf(t.Context(), slot); err != nil || ref != bot.Ref(slot) {
			t.Errorf("%s stands as %q, %v", slot, ref, err)
		}
	}
	if _, err := db.RefOf(t.Context(), "g899/end"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("an old post is still there: %v", err)
	}
	if n, err := db.Prune(t.Context(), noon.Add(time.Hour)); err != nil || n != 0 {
		t.Errorf("pruned %d more, %v", n, err)
	}
}
