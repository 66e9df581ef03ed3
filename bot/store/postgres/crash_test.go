package postgres

import (
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres/postgrestest"
)

// TestAServerThatCrashed keeps what was committed, and the same store goes on with it by itself.
func TestAServerThatCrashed(t *testing.T) {
	server := postgrestest.Start(t)
	url := postgrestest.Prepared(t, Migrate)
	db, err := Open(t.Context(), url, Options{Connections: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	place := bot.Place{Platform: "test", Space: "s", Chat: "c"}
	space, _, _, err := db.Enter(t.Context(), place, bot.Person{User: "u", Name: "Ada"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	space.Settings.Questions = 7
	if err := db.Write(&bot.Change{At: time.Now(), Space: &space})(t.Context()); err != nil {
		t.Fatal(err)
	}
	server.Crash(t)
	again, err := db.Space(t.Context(), space.ID)
	for range 100 {
		if err == nil {
			break
		}
		again, err = db.Space(t.Context(), space.ID)
	}
	if err != nil || again.Settings.Questions != 7 {
		t.Errorf("after the crash the space is %+v, %v", again, err)
	}
	again.Settings.Questions = 9
	if err := db.Write(&bot.Change{At: time.Now(), Space: &again})(t.Context()); err != nil {
		t.Errorf("after the crash a change is refused: %v", err)
	}
}
