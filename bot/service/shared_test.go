package service_test

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
)

// sharedStage opens some services on one file.
func sharedStage(t *testing.T, services int, limits bot.Limits, packs ...string) *bottest.Plain {
	t.Helper()
	path := filepath.Join(t.TempDir(), "quiz.db")
	return stageOfMany(t, func() bot.Store {
		db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}, services, limits, packs...)
}

// serverStage opens some services on one database of a PostgreSQL server.
func serverStage(t *testing.T, services int, limits bot.Limits, packs ...string) *bottest.Plain {
	t.Helper()
	open := postgrestest.Shared(t, postgres.Migrate, postgres.Open, postgres.Options{Connections: 4})
	return stageOfMany(t, func() bot.Store { return open() }, services, limits, packs...)
}

// stageOfMany opens some services on one database, each with connections of its own, as so many
// processes have. Inputs go to one of them at random.
func stageOfMany(t *testing.T, open func() bot.Store, services int, limits bot.Limits, packs ...string) *bottest.Plain {
	t.Helper()
	clock := bottest.NewClock(began)
	var seed atomic.Uint64
	start := func(name string) func(*bottest.Plain) *bottest.App {
		store := open()
		return func(p *bottest.Plain) *bottest.App {
			o := service.Options{Store: store, Clock: clock, Key: testKey, Name: name, Shared: true, Meter: p.Counter()}
			a := bottest.New(t, o, func() uint64 { return seed.Add(1) })
			if packs == nil {
				a.ProvideAll(t)
			}
			for _, p := range packs {
				a.Provide(t, p)
			}
			t.Cleanup(bottest.Listen(store, a.Hint))
			return a
		}
	}
	var starts []func(*bottest.Plain) *bottest.App
	for i := range services {
		starts = append(starts, start(fmt.Sprint("process-", i)))
	}
	return bottest.NewPlain(t, open(), clock, limits, starts...)
}

// TestSuiteOnTwoServices plays everything on two services that share a database.
func TestSuiteOnTwoServices(t *testing.T) {
	bottest.Suite(t, func(t *testing.T) bottest.Stage { return sharedStage(t, 2, roomy) })
}

var whole = flag.Bool("whole", false, "TestSuiteOnAServer plays everything, not only some parts of the suite")

// TestSuiteOnAServer plays on three services that share a database of a PostgreSQL server.
func TestSuiteOnAServer(t *testing.T) {
	parts := []string{"restart", "evening", "flashcards"}
	if *whole {
		parts = nil
	}
	bottest.Suite(t, func(t *testing.T) bottest.Stage { return serverStage(t, 3, roomy) }, parts...)
}
