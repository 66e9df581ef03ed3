package postgres

import (
	"context"
	"reflect"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres/postgrestest"
)

// TestGuests holds who is in a chat by what each process says of it, for as long as it says, and that the
// others are told of changes alone.
func TestGuests(t *testing.T) {
	url := postgrestest.Prepared(t, Migrate)
	db, err := Open(t.Context(), url, Options{Connections: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	hints := make(chan bot.Hint, 16)
	ctx, cancel := context.WithCancel(t.Context())
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		db.Listen(ctx, func(_ context.Context, h bot.Hint) { hints <- h })
	}()
	defer func() { cancel(); <-listening }()
	if h := <-hints; !h.Missed {
		t.Errorf("the first hint is %+v", h)
	}
	say := func(chat, process string, long time.Duration, all ...bot.Guest) {
		t.Helper()
		if err := db.SetGuests(t.Context(), chat, process, all, long); err != nil {
			t.Fatal(err)
		}
	}
	seen := func(chat, process string, want ...bot.Guest) {
		t.Helper()
		got, err := db.GuestsElsewhere(t.Context(), chat, process)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s sees %+v in %s, %v; want %+v", process, got, chat, err, want)
		}
	}
	noon := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	ada := bot.Guest{User: "a", Name: "Ada", First: noon, Made: true}
	ben := bot.Guest{User: "b", Name: "B'en", First: noon.Add(time.Minute), Left: noon.Add(time.Hour)}
	say("lobby", "one", time.Minute, ada, ben)
	say("lobby", "one", time.Minute, ada, ben) // nothing new
	say("lobby", "two", time.Minute, ben)
	say("other", "two", time.Minute, ada)
	for _, chat := range []string{"lobby", "lobby", "other"} {
		if h := <-hints; !reflect.DeepEqual(h, bot.Hint{Guests: []string{chat}}) {
			t.Errorf("a hint is %+v, want one of %s", h, chat)
		}
	}
	seen("lobby", "three", ada, ben, ben)
	seen("lobby", "one", ben)
	seen("lobby", "two", ada, ben)
	seen("other", "two")
	say("lobby", "one", -time.Second, ada) // its time is over
	seen("lobby", "two")
	if _, err := db.Prune(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	seen("other", "one", ada)
}
