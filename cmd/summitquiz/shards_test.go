package main

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/store/postgres/postgrestest"
)

// awaitReadyz waits until /readyz of a process shows a text.
func (p *process) awaitReadyz(t *testing.T, text string) {
	t.Helper()
	late := time.After(60 * time.Second)
	for {
		_, said := p.get("/readyz")
		if strings.Contains(said, text) {
			return
		}
		select {
		case <-late:
			t.Fatalf("/readyz never shows %q, but:\n%s\n%s", text, said, p.said())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestProcessesShareTheShardsOfDiscord has two processes connect with a shard each: servers of both shards are answered.
// One is killed, and the other one takes its shard; a third one comes, gets its share, and hands it over as it ends.
func TestProcessesShareTheShardsOfDiscord(t *testing.T) {
	t.Parallel() // it mostly waits
	address := postgrestest.Start(t).Database(t)
	d := discordtest.New(t, discordtest.Options{TCP: true, Shards: 2})
	serve := func() *process {
		p := begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+address, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+d.URL)
		p.awaitReady(t)
		return p
	}
	channels := bothShards(d)
	ada := d.NewMember("Ada", "en-US", false)
	answered := func(when string) {
		t.Helper()
		for _, c := range channels {
			awaitAnswer(t, d, ada.Command(c, "help", nil), "/quiz")
		}
		t.Log("answered", when)
	}
	first, second := serve(), serve()
	first.awaitReadyz(t, "discord is connected (1 of 2 shards)")
	second.awaitReadyz(t, "discord is connected (1 of 2 shards)")
	answered("by two processes")
	code, said := command(t.Context(), "status", "--database-url", address)
	if code != exitClean || strings.Count(said, "discord shard ") != 2 || strings.Contains(said, "identify") {
		t.Errorf("status says:\n%s", said)
	}
	first.kill()
	second.awaitReadyz(t, "discord is connected (2 of 2 shards)")
	answered("after a kill")
	third := serve()
	third.awaitReadyz(t, "discord is connected (1 of 2 shards)")
	second.awaitReadyz(t, "discord is connected (1 of 2 shards)")
	answered("with a third process")
	if err := third.stop(t); err != nil {
		t.Errorf("the process ended with %v:\n%s", err, third.said())
	}
	second.awaitReadyz(t, "discord is connected (2 of 2 shards)")
	answered("after an end")
}

// bothShards makes servers until there is one of each of two shards, and returns a channel of each.
func bothShards(d *discordtest.Discord) (out []*discordtest.Channel) {
	seen := map[uint64]bool{}
	for len(out) < 2 {
		g := d.NewGuild("Friends")
		id, err := strconv.ParseUint(g.ID, 10, 64)
		if err != nil {
			panic(err) // all ids are numbers
		}
		if shard := id >> 22 % 2; !seen[shard] { // as Discord counts
			seen[shard] = true
			out = append(out, g.NewChannel("quiz"))
		}
	}
	return out
}
