package service_test

import (
	"errors"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/play"
	"summitquiz/content/language"
)

// TestARemovedBotForgetsAfterThirtyDays removes the bot from a space in mid-game, lets it come
// back in time, and removes it for good.
func TestARemovedBotForgetsAfterThirtyDays(t *testing.T) {
	s := stage(t, roomy)
	place := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}
	happens := func(id bot.InputID, kind bot.EventKind) {
		t.Helper()
		if _, err := s.Service().Handle(t.Context(), bot.Input{ID: id, Place: place, At: s.Clock().Now(), Event: &bot.Event{Kind: kind}}); err != nil {
			t.Fatal(err)
		}
	}
	root := s.Enter(t, "Root", language.English, true)
	root.Command("settings", map[string]string{"questions": "3"}, nil)
	root.Command("quiz", nil, nil)
	bottest.Await(t, root, "the start card", bottest.Shows("Root starts a quiz"))
	space, _, _, err := s.Store().Enter(t.Context(), place, bot.Person{}, began)
	if err != nil {
		t.Fatal(err)
	}

	happens("left-1", bot.Removed)
	if live, err := s.Store().Live(t.Context(), play.Kind); err != nil || len(live) != 0 {
		t.Errorf("%d games run, %v", len(live), err)
	}
	s.Clock().Advance(29 * 24 * time.Hour)
	happens("joined", bot.Joined)
	s.Clock().Advance(2 * 24 * time.Hour)
	if now, err := s.Store().Space(t.Context(), space.ID); err != nil || now.Settings.Questions != 3 || !now.Gone.IsZero() {
		t.Errorf("after coming back in time the space is %+v, %v", now, err)
	}
	if at, some, err := s.Store().Next(t.Context(), []bot.Kind{"space", play.Kind}); err != nil || some {
		t.Errorf("something is due at %v, %v", at, err)
	}

	happens("left-2", bot.Removed)
	s.Clock().Advance(30*24*time.Hour + time.Second)
	late := time.After(20 * time.Second)
	for {
		_, err := s.Store().Space(t.Context(), space.ID)
		if errors.Is(err, bot.ErrNone) {
			return
		}
		select {
		case <-late:
			t.Fatalf("after thirty days the space is still there, %v", err)
		case <-time.After(time.Millisecond):
		}
	}
}

// TestAGroupMovesOnceHoweverOftenItIsTold tells of a migration twice, with time between.
func TestAGroupMovesOnceHoweverOftenItIsTold(t *testing.T) {
	s := stage(t, roomy)
	root := s.Enter(t, "Root", language.English, true)
	root.Command("settings", map[string]string{"questions": "7"}, nil)
	from, to := bot.Place{Platform: "plain", Space: "room", Chat: "room"}, bot.Place{Platform: "plain", Space: "hall", Chat: "hall"}
	for _, id := range []bot.InputID{"to", "from"} {
		in := bot.Input{ID: id, Place: from, At: s.Clock().Now(), Event: &bot.Event{Kind: bot.Migrated, To: to}}
		if _, err := s.Service().Handle(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		space, _, _, err := s.Store().Enter(t.Context(), to, bot.Person{}, began)
		if err != nil || space.Settings.Questions != 7 {
			t.Errorf("told by %s, the group's settings are %+v, %v", id, space.Settings, err)
		}
	}
}
