package main

import (
	"strings"
	"testing"

	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/telegram/telegramtest"
)

// TestTokensOfTwoBots starts a process with the token of another bot beside one that serves the database: it ends with
// what to do, and says no token. Alone it may change the bot.
func TestTokensOfTwoBots(t *testing.T) {
	t.Parallel() // it mostly waits
	address := postgrestest.Start(t).Database(t)
	f := telegramtest.New(t, telegramtest.Options{TCP: true})
	const other = "7099999999:AAHm3fake_token-of_another_bot_tests"
	serve := func(token string) *process {
		return begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+address, "TELEGRAM_TOKEN="+token, "TELEGRAM_API_URL="+f.URL)
	}
	first := serve(f.Token)
	first.awaitReady(t)
	connected(t, []*process{first})
	second := serve(other)
	if err := second.wait(); err == nil || second.cmd.ProcessState.ExitCode() != exitUsage {
		t.Errorf("with the token of another bot it ended with %v", err)
	}
	if said := second.said(); !strings.Contains(said, "TELEGRAM_TOKEN is the token of bot 7099999999, but other processes (") ||
		!strings.Contains(said, "serve this database as bot 7012345678: give all processes the same token") || strings.Contains(said, other) {
		t.Errorf("it said:\n%s", said)
	}
	third := serve(f.Token)
	third.awaitReady(t)
	db, err := postgres.Open(t.Context(), address, postgres.Options{There: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SetNote(t.Context(), botNote+"telegram", "7099999999"); err != nil { // as if both had started at once
		t.Fatal(err)
	}
	if err := first.stop(t); err != nil {
		t.Error(err)
	}
	third.refused(t, "telegram", "the database is bot 7099999999's by now", f.Token)
	if err := third.stop(t); err != nil {
		t.Error(err)
	}
	again := serve(f.Token)
	again.awaitReady(t)
	connected(t, []*process{again})
	if !strings.Contains(again.said(), "the token is another bot's than before") {
		t.Errorf("it said:\n%s", again.said())
	}
}

func TestTheBotInAToken(t *testing.T) {
	for _, row := range []struct{ platform, token, want string }{
		{"telegram", telegramtest.Token, "7012345678"},
		{"discord", discordtest.Token, "100000000000000001"},
		{"discord", "not base 64.x.y", "not base 64"},
		{"discord", "anything", ""},
		{"telegram", "", ""},
	} {
		if got := botOf(row.platform, row.token); got != row.want {
			t.Errorf("%s: %q, want %q", row.platform, got, row.want)
		}
	}
}
