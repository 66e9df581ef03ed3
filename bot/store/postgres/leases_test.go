package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"summitquiz/bot"
)

// TestLeases has two processes take a lease from each other: what rests on it is refused once it is another's.
func TestLeases(t *testing.T) {
	url := database(t)
	one, two := openAt(t, url), openAt(t, url)
	ctx := t.Context()
	hold := func(db *DB, who string, long time.Duration) int64 {
		t.Helper()
		fence, err := db.Hold(ctx, "telegram", who, "note", long)
		if err != nil {
			t.Fatal(err)
		}
		return fence
	}
	first := hold(one, "one", time.Hour)
	if again := hold(one, "one", time.Hour); again != first {
		t.Errorf("kept, the fence went from %d to %d", first, again)
	}
	if _, err := two.Hold(ctx, "telegram", "two", "", time.Hour); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("two hold it: %v", err)
	}
	rest := func(db *DB, fence int64) error {
		return db.Write(&bot.Change{Progress: []bot.Progress{{Send: 1, State: bot.SendDone, Lease: bot.Holding{Name: "telegram", Fence: fence}}}})(ctx)
	}
	if err := rest(one, first); err != nil {
		t.Errorf("refused to the holder: %v", err)
	}
	listening, end := context.WithCancel(ctx)
	heard, ended := make(chan bot.Hint, 10), make(chan bool)
	go func() {
		two.Listen(listening, func(_ context.Context, h bot.Hint) { heard <- h })
		close(ended)
	}()
	if h := <-heard; !h.Missed {
		t.Errorf("the first hint is %+v", h)
	}
	if err := one.Release(ctx, "telegram", first); err != nil {
		t.Fatal(err)
	}
	if h := <-heard; !h.Released {
		t.Errorf("the hint is %+v", h)
	}
	second := hold(two, "two", time.Microsecond) // which is over at once, as if it slept
	if second <= first {
		t.Errorf("the fence went from %d to %d", first, second)
	}
	third := hold(one, "one", time.Hour)
	if err := rest(two, second); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("a sleeper wrote: %v", err)
	}
	if err := two.Release(ctx, "telegram", second); err != nil {
		t.Error(err)
	}
	all, err := one.Leases(ctx)
	if err != nil || len(all) != 1 || !all[0].Held() || all[0].Holder != "one" || all[0].Fence != third || all[0].Note != "note" {
		t.Errorf("the leases are %+v, %v", all, err)
	}
	end()
	<-ended
}

// TestHints has a process hear what another one has written.
func TestHints(t *testing.T) {
	url := database(t)
	one, two := openAt(t, url), openAt(t, url)
	ctx, end := context.WithCancel(t.Context())
	heard, ended := make(chan bot.Hint, 10), make(chan bool)
	go func() {
		two.Listen(ctx, func(_ context.Context, h bot.Hint) { heard <- h })
		close(ended)
	}()
	<-heard
	place := bot.Place{Platform: "web", Space: "s", Chat: "c", Title: "t"}
	_, chat, who, err := one.Enter(ctx, place, bot.Person{User: "u", Name: "Ada"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	at := time.UnixMicro(1e15).UTC()
	c := &bot.Change{Due: []bot.Due{{Key: bot.DueKey{Kind: "k", ID: 1}, At: at}},
		Sends: []bot.Send{{Op: bot.New, Slot: bot.Slot{Kind: "k", ID: 1}, Chat: chat.ID, Post: bot.Post{Title: "a"}},
			{Op: bot.New, Slot: bot.Slot{Kind: "k", ID: 2}, Chat: chat.ID, To: who.ID, Post: bot.Post{Title: "b"}}}}
	if err := one.Write(c)(ctx); err != nil {
		t.Fatal(err)
	}
	for h := range heard {
		if len(h.Queued) > 0 {
			if len(h.Queued) != 1 || h.Queued[0] != chat.ID || !h.Due.Equal(at) || h.Missed {
				t.Errorf("the hint is %+v", h)
			}
			break
		}
	}
	before, err := two.LastDelivered(ctx, "web", "c")
	if err != nil || before != 0 {
		t.Errorf("delivered up to %d, %v", before, err)
	}
	for i := range c.Sends {
		if err := one.Write(&bot.Change{Progress: []bot.Progress{{Send: c.Sends[i].ID, State: bot.SendDone, Ref: "r"}}})(ctx); err != nil {
			t.Fatal(err)
		}
		if h := <-heard; len(h.Delivered) != 1 || h.Delivered[0] != chat.ID {
			t.Errorf("the hint is %+v", h)
		}
	}
	news, err := two.DeliveredAfter(ctx, "web", "c", before, 10)
	if err != nil || len(news) != 2 || news[0].Delivery.Post.Title != "a" || news[0].Delivery.To != nil || news[1].Delivery.To == nil ||
		news[1].Delivery.To.User != "u" || news[1].In != chat.ID {
		t.Errorf("delivered is %+v, %v", news, err)
	}
	if more, err := two.DeliveredAfter(ctx, "web", "c", news[1].Seq, 10); err != nil || len(more) > 0 {
		t.Errorf("after that is %+v, %v", more, err)
	}
	hintOfKept(t, one, heard)
	end()
	<-ended
}

// hintOfKept has a process keep an update twice, of which the others hear once.
func hintOfKept(t *testing.T, db *DB, heard <-chan bot.Hint) {
	t.Helper()
	for n := range 2 {
		if _, err := db.Keep(t.Context(), "telegram", []bot.RawInput{{ID: 5, Body: []byte("{}")}}, time.Now()); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			continue // it was there already
		}
		if h := <-heard; !h.Kept {
			t.Errorf("the hint is %+v", h)
		}
	}
}
