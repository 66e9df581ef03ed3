package service_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
)

// slowPlatform keeps every bulk post until it is let go.
type slowPlatform struct {
	mu     sync.Mutex
	inside int // bulk posts that it has
	most   int
	came   chan bot.Class
	free   chan struct{}
	retry  error // what posts that are no bulk are refused with
}

func (p *slowPlatform) Name() string { return "slow" }
func (p *slowPlatform) Limits() bot.Limits {
	return bot.Limits{Text: 4000, Buttons: 8, Rows: 10, Label: 64}
}

func (p *slowPlatform) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if d.Class != bot.BulkClass {
		p.came <- d.Class
		return "x", p.retry
	}
	p.mu.Lock()
	p.inside++
	p.most = max(p.most, p.inside)
	p.mu.Unlock()
	p.came <- d.Class
	select {
	case <-p.free:
	case <-ctx.Done():
	}
	p.mu.Lock()
	p.inside--
	p.mu.Unlock()
	if err := d.Begin(ctx); err != nil {
		return "", err
	}
	return "x", nil
}

// TestBulkWaitsItsTurn has posts for very many chats: a platform gets some of them at a time, and what people wait
// for at once.
func TestBulkWaitsItsTurn(t *testing.T) {
	const chats, most = 300, 64
	db := benchStore(t)
	p := &slowPlatform{came: make(chan bot.Class, 2*chats), free: make(chan struct{}, chats)}
	queue := func(n int, class bot.Class) {
		t.Helper()
		place := bot.Place{Platform: "slow", Space: fmt.Sprint(n), Chat: fmt.Sprint(n)}
		_, chat, _, err := db.Enter(t.Context(), place, bot.Person{}, began)
		if err != nil {
			t.Fatal(err)
		}
		slot := bot.Slot{Kind: "subscription", ID: int64(n), Part: "told"}
		c := &bot.Change{At: began, Sends: []bot.Send{{Op: bot.New, Slot: slot, Chat: chat.ID, Class: class, Post: bot.Post{Kind: bot.NoticePost}}}}
		if err := db.Write(c)(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for n := range chats {
		queue(n, bot.BulkClass)
	}
	queue(chats, bot.GameClass)
	a := bottest.New(t, service.Options{Store: db, Clock: bottest.NewClock(began), Key: testKey}, func() uint64 { return 1 })
	a.Attach(p)
	defer bottest.Run(t, a.Service)()
	count := map[bot.Class]int{}
	for range most + 1 {
		count[<-p.came]++
	}
	if count[bot.GameClass] != 1 || count[bot.BulkClass] != most {
		t.Errorf("at first came %v", count)
	}
	for range chats {
		p.free <- struct{}{}
	}
	for range chats - most {
		<-p.came
	}
	if p.most != most {
		t.Errorf("the platform had %d at once, want %d", p.most, most)
	}
}

// TestWhatAnEarlierProcessBeganStaysBegun has a platform ask for patience before anything has left: the next attempt is
// told that an earlier process may have sent the post.
func TestWhatAnEarlierProcessBeganStaysBegun(t *testing.T) {
	db := benchStore(t)
	_, chat, _, err := db.Enter(t.Context(), bot.Place{Platform: "slow", Space: "s", Chat: "s"}, bot.Person{}, began)
	if err != nil {
		t.Fatal(err)
	}
	c := &bot.Change{At: began, Sends: []bot.Send{{Op: bot.New, Slot: bot.Slot{Kind: "subscription", ID: 1, Part: "told"}, Chat: chat.ID, Class: bot.GameClass}}}
	if err := db.Write(c)(t.Context()); err != nil {
		t.Fatal(err)
	}
	started := &bot.Change{At: began, Progress: []bot.Progress{{Send: c.Sends[0].ID, State: bot.SendStarted, At: began, By: "earlier"}}}
	if err := db.Write(started)(t.Context()); err != nil {
		t.Fatal(err)
	}
	clock := bottest.NewClock(began)
	p := &slowPlatform{came: make(chan bot.Class, 100), retry: &bot.RetryError{After: time.Second, Err: errors.New("not yet")}}
	a := bottest.New(t, service.Options{Store: db, Clock: clock, Key: testKey}, func() uint64 { return 1 })
	a.Attach(p)
	defer bottest.Run(t, a.Service)()
	for range 3 {
		<-p.came
		waiting, err := db.Waiting(t.Context(), []bot.Kind{"subscription"}, chat.ID, 1)
		if err != nil || len(waiting) != 1 || waiting[0].State != bot.SendStarted {
			t.Fatalf("the post is %+v, %v; want it begun", waiting, err)
		}
		for len(p.came) == 0 {
			clock.Advance(time.Second)
			<-time.After(time.Millisecond)
		}
	}
}
