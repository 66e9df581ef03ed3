package sqlite

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/quiz/daily"
)

// TestDeliveriesAreRetriedAndDropped has one post in each state, one of a session that is over, and a
// daily that rests.
func TestDeliveriesAreRetriedAndDropped(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "quiz.db"))
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	_, chat, _, err := db.Enter(t.Context(), bot.Place{Platform: "telegram", Space: "-7", Chat: "-7"}, bot.Person{}, at)
	if err != nil {
		t.Fatal(err)
	}
	write := func(c *bot.Change) {
		t.Helper()
		if err := db.Write(c)(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	states := []bot.SendState{bot.SendQueued, bot.SendFailed, bot.SendDoubt, bot.SendDone}
	for n, state := range states {
		c := &bot.Change{At: at, Sends: []bot.Send{{Op: bot.New, Slot: bot.Slot{Kind: "daily", ID: int64(n + 1), Part: "day"}, Chat: chat.ID}}}
		write(c)
		if state != bot.SendQueued {
			write(&bot.Change{At: at, Progress: []bot.Progress{{Send: c.Sends[0].ID, State: state, At: at}}})
		}
	}
	over := bot.Session{ID: 3, Kind: "daily", Version: 1, Chat: chat.ID, Ended: true, Script: []byte("{}"), State: []byte("{}"), Started: at}
	write(&bot.Change{At: at, Session: &over, Subscription: &bot.Subscription{ID: 9, Version: 1, Chat: chat.ID, State: bot.SubscriptionRests}})
	listed := func(platform, state string) []string {
		t.Helper()
		held, err := db.Deliveries(t.Context(), platform, state)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, h := range held {
			out = append(out, h.State+" "+h.Chat)
		}
		return out
	}
	if got, want := listed("", ""), []string{"doubt -7", "failed -7", "queued -7", "rests -7"}; !slices.Equal(got, want) {
		t.Errorf("deliveries are %q, want %q", got, want)
	}
	if got := append(listed("discord", ""), listed("telegram", "doubt")...); !slices.Equal(got, []string{"doubt -7"}) {
		t.Errorf("none of discord and those of telegram in doubt are %q", got)
	}
	held, err := db.Deliveries(t.Context(), "telegram", "")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.Retry(t.Context(), held, at); n != 2 || err != nil {
		t.Errorf("%d are tried again, %v, want the failed one and the daily that rests", n, err)
	}
	due, err := db.Claim(t.Context(), []bot.Kind{"subscription"}, at, time.Minute, 10)
	if err != nil || len(due) != 1 || due[0].Key.ID != int64(daily.SubscriptionID(9)) {
		t.Errorf("%v is due, %v, want subscription 9", due, err)
	}
	if n, err := db.Discard(t.Context(), held); n != 4 || err != nil {
		t.Errorf("%d are dropped, %v, want all 4", n, err)
	}
	if got := listed("", ""); got != nil {
		t.Errorf("deliveries are %q, want none", got)
	}
	if _, err := db.Subscription(t.Context(), 9); !errors.Is(err, bot.ErrNone) {
		t.Errorf("the daily that rested is %v, want none", err)
	}
}
