package web_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/web"
)

// guests is what other processes say of every lobby, or why it cannot be read.
type guests struct {
	all []bot.Guest
	err error
}

func (g *guests) SetGuests(context.Context, string, string, []bot.Guest, time.Duration) error {
	return g.err
}

func (g *guests) GuestsElsewhere(context.Context, string, string) ([]bot.Guest, error) {
	return g.all, g.err
}

// TestWhoIsAtAnotherProcessIsThere asks a process without pages about people that others have, and about nobody
// while it cannot know, and for a while after that.
func TestWhoIsAtAnotherProcessIsThere(t *testing.T) {
	clock := bottest.NewClock(began)
	known := &guests{all: []bot.Guest{{User: "ada", First: began}}}
	a := web.New(web.Options{Key: key, Clock: clock, Guests: known, Process: "one"})
	defer a.Close()
	clock.Advance(time.Minute) // pages have come back since the start
	check := func(when string, ada, ben, deserted bool) {
		t.Helper()
		if got := a.Present(t.Context(), "lobby", "ada"); got != ada {
			t.Errorf("%s: Ada is there: %v", when, got)
		}
		if got := a.Present(t.Context(), "lobby", "ben"); got != ben {
			t.Errorf("%s: Ben is there: %v", when, got)
		}
		if got := a.Deserted(t.Context(), "lobby"); got != deserted {
			t.Errorf("%s: nobody is there: %v", when, got)
		}
	}
	check("at first", true, false, false)
	known.all = nil
	check("when all have left", false, false, true)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	known.err = context.Canceled
	a.Present(ctx, "lobby", "ada") // whoever asked has gone: that says nothing of the store
	known.err = nil
	check("after a page was closed", false, false, true)
	known.err = errors.New("the database is away")
	check("while the database is away", true, true, false)
	known.err = nil
	check("just after that", true, true, false)
}
