package service_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
)

// reminder is a feature that nobody else knows: a command that asks, a button that answers, and a
// post when its time has come. Adding it takes one line where the program is joined.
type reminder struct {
	host      bot.Host
	delivered atomic.Int64
}

const reminderKind bot.Kind = "reminder"

func (f *reminder) Name() string      { return "reminder" }
func (f *reminder) Kinds() []bot.Kind { return []bot.Kind{reminderKind} }
func (f *reminder) Commands() []*bot.Command {
	minutes := bot.OptionSpec{Name: "minutes", Type: bot.IntOption, Min: 1, Max: 60, Required: true}
	return []*bot.Command{{Name: "remind", Order: 15, Options: []bot.OptionSpec{minutes}, Run: f.remind}}
}

func (f *reminder) Actions() map[string]bot.Action {
	return map[string]bot.Action{"snooze": {Run: func(_ context.Context, r *bot.Request) (bot.Reply, error) {
		r.Change.Due = []bot.Due{{Key: bot.DueKey{Kind: reminderKind, ID: int64(r.Chat.ID)}, At: r.Now.Add(time.Minute)}}
		return bot.Say(r.Local.Lang, "one more minute"), nil
	}}}
}

func (f *reminder) remind(_ context.Context, r *bot.Request) (bot.Reply, error) {
	var minutes int
	fmt.Sscan(r.Options["minutes"], &minutes)
	r.Change.Due = []bot.Due{{Key: bot.DueKey{Kind: reminderKind, ID: int64(r.Chat.ID)}, At: r.Now.Add(time.Duration(minutes) * time.Minute)}}
	p := r.Post(bot.NoticePost, "")
	p.Body = []bot.Line{{Text: "you will be reminded"}}
	p.Buttons = [][]bot.Button{{{Label: "Snooze", Action: r.SignForChat("snooze")}}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

func (f *reminder) Due(_ context.Context, d bot.Due) (*bot.Change, error) {
	post := bot.Post{Kind: bot.NoticePost, Lang: language.English, Body: []bot.Line{{Text: "it is time"}}}
	at := bot.Slot{Kind: reminderKind, ID: f.host.Now().Unix(), Part: "due"}
	send := bot.Send{Op: bot.New, Slot: at, Chat: bot.ChatID(d.Key.ID), Post: post, Class: bot.BulkClass}
	return &bot.Change{At: f.host.Now(), Sends: []bot.Send{send}, Undue: []bot.DueKey{d.Key}}, nil
}

func (f *reminder) Delivered(ctx context.Context, e bot.DeliveryEnd, c *bot.Change) error {
	f.delivered.Add(1)
	return bot.Write(ctx, f.host, c)
}

// TestAFeatureIsOneMoreRoom adds a feature that the service has never heard of: its command is in
// the list that menus, registrations and help are made from, and its button, due work and posts
// come back to it.
func TestAFeatureIsOneMoreRoom(t *testing.T) {
	f := &reminder{}
	s := stageWith(t, roomy, func(a *bottest.App) {
		f.host = a
		if err := a.Add(f); err != nil {
			t.Fatal(err)
		}
	})
	names := []string{}
	for _, c := range s.Service().Commands() {
		names = append(names, c.Name)
	}
	if got := strings.Join(names[:3], " "); got != "quiz remind answer" {
		t.Errorf("the commands begin with %q", got)
	}
	if call, ok := s.Service().Commands().Parse("/remind 5"); !ok || call.Options["minutes"] != "5" {
		t.Errorf("/remind 5 is read as %+v", call)
	}
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("help", nil, nil)
	bottest.Await(t, ada, "help", bottest.Shows("/remind"))
	ada.Command("remind", map[string]string{"minutes": "99"}, nil)
	bottest.Await(t, ada, "the bounds", bottest.Shows("60"))
	ada.Command("remind", map[string]string{"minutes": "5"}, nil)
	bottest.Await(t, ada, "the reply", bottest.Shows("you will be reminded"))
	s.Clock().Advance(5 * time.Minute)
	bottest.Await(t, ada, "the post", bottest.Shows("it is time"))
	ada.Click("Snooze")
	bottest.Await(t, ada, "the button", bottest.Shows("one more minute"))
	s.Clock().Advance(time.Minute)
	for late := time.After(20 * time.Second); f.delivered.Load() < 2; {
		select {
		case <-late:
			t.Fatalf("%d posts were told as delivered, want 2", f.delivered.Load())
		case <-time.After(time.Millisecond):
		}
	}
}

// twin is a feature that claims what others have.
type twin struct {
	bot.Feature
	name     string
	commands []*bot.Command
	actions  map[string]bot.Action
	kinds    []bot.Kind
}

func (f *twin) Name() string                   { return f.name }
func (f *twin) Commands() []*bot.Command       { return f.commands }
func (f *twin) Actions() map[string]bot.Action { return f.actions }
func (f *twin) Kinds() []bot.Kind              { return f.kinds }

// TestTwoFeaturesCannotHaveTheSame refuses a feature that claims what another has, by name, and
// adds nothing of it.
func TestTwoFeaturesCannotHaveTheSame(t *testing.T) {
	for want, f := range map[string]*twin{
		"feature play registers feature name play, which feature play has: rename one of them": {name: "play"},
		"feature x registers command /quiz, which feature play has: rename one of them":        {name: "x", commands: []*bot.Command{{Name: "quiz"}}},
		"feature x registers command /help, which the service has: rename one of them":         {name: "x", commands: []*bot.Command{{Name: "help"}}},
		"feature x registers command /a twice: remove one of them":                             {name: "x", commands: []*bot.Command{{Name: "a"}, {Name: "a"}}},
		"feature x registers button a, which feature play has: rename one of them":             {name: "x", actions: map[string]bot.Action{"a": {}}},
		"feature x registers kind game, which feature play has: rename one of them":            {name: "x", kinds: []bot.Kind{"game"}},
		"feature x registers kind space, which the service has: rename it":                     {name: "x", kinds: []bot.Kind{"space"}},
	} {
		a := bottest.New(t, service.Options{Key: testKey}, nil)
		before := len(a.Commands())
		if err := a.Add(f); err == nil || err.Error() != want {
			t.Errorf("Add = %v, want %q", err, want)
		}
		if len(a.Commands()) != before {
			t.Errorf("%q: %d commands were added", want, len(a.Commands())-before)
		}
	}
	a := bottest.New(t, service.Options{Key: testKey}, nil)
	f := &reminder{host: a}
	if err := a.Add(f); err != nil {
		t.Fatal(err)
	}
	if err := a.Add(f); err == nil || !strings.Contains(err.Error(), "feature reminder registers command /remind, which feature reminder has") {
		t.Errorf("added twice: %v", err)
	}
}

// TestWorkOfAnUnknownKindIsLeftAlone opens a database with due work, posts and sessions of a
// feature that this program does not have: they stay, and the log says so once.
func TestWorkOfAnUnknownKindIsLeftAlone(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	space, chat, _, err := db.Enter(t.Context(), bot.Place{Platform: "plain", Space: "room", Chat: "room"}, bot.Person{}, began)
	if err != nil {
		t.Fatal(err)
	}
	strange := bot.Kind("strange")
	id, err := db.NextID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := &bot.Change{At: began, Due: []bot.Due{{Key: bot.DueKey{Kind: strange, ID: 1}, At: began}},
		Sends:   []bot.Send{{Op: bot.New, Slot: bot.Slot{Kind: strange, ID: 1, Part: "x"}, Chat: chat.ID, Post: bot.Post{Kind: bot.NoticePost}}},
		Session: &bot.Session{ID: bot.SessionID(id), Kind: strange, Version: 1, Chat: chat.ID, Space: space.ID, Owner: "main", Script: []byte("{}"), State: []byte("{}")}}
	if err := db.Write(c)(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 100)
	clock := bottest.NewClock(began)
	open := func(*bottest.Plain) *bottest.App {
		log := slog.New(slog.NewTextHandler(lineWriter(told), nil))
		a := bottest.New(t, service.Options{Store: db, Clock: clock, Key: testKey, Log: log}, func() uint64 { return 1 })
		a.Provide(t, "gyeongju-summit-2025")
		return a
	}
	s := bottest.NewPlain(t, db, clock, roomy, open)
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"questions": "1", "kind": "choice"}, nil)
	for range 3 {
		s.Clock().Advance(5 * time.Second)
	}
	bottest.Await(t, ada, "a game beside it", bottest.Shows("Question 1 of 1"))
	line := <-told
	if !strings.Contains(line, "left for a newer one") || !strings.Contains(line, "kind=strange") {
		t.Errorf("the log says %s", line)
	}
	if due, err := db.Claim(t.Context(), []bot.Kind{strange}, clock.Now(), time.Minute, 10); err != nil || len(due) != 1 || due[0].Attempt != 1 {
		t.Errorf("the due work is now %+v, %v", due, err)
	}
	if live, err := db.Live(t.Context(), strange); err != nil || len(live) != 1 || live[0].Version != 1 {
		t.Errorf("the session is now %+v, %v", live, err)
	}
	if waiting, err := db.Waiting(t.Context(), []bot.Kind{strange}, chat.ID, 10); err != nil || len(waiting) != 1 {
		t.Errorf("the post is now %+v, %v", waiting, err)
	}
}
