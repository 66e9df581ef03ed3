package main

import (
	"context"
	"flag"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"

	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/telegram/telegramtest"
)

// stormFor is how long processes are killed at random. The whole run:
//
//	go test ./cmd/summitquiz -run ReplicasInAStorm -storm 20m -timeout 60m -v
var stormFor = flag.Duration("storm", 0, "how long TestReplicasInAStorm kills, suspends and cuts off at random; 0: each once, with few people")

// storm is some processes on one PostgreSQL, and what happens to them.
type storm struct {
	t       *testing.T
	server  *postgrestest.Server
	proxy   *postgrestest.Proxy // between the processes and the server
	b       *balancer
	start   func() *process
	all     []*process
	longest time.Duration // that a process is suspended
	counts  struct{ kills, pauses, cuts, crashes int }
}

// kill kills a process and starts another one.
func (s *storm) kill() {
	s.counts.kills++
	i := rand.IntN(len(s.all))
	s.b.remove(s.all[i])
	s.all[i].kill()
	s.all[i] = s.start()
	s.all[i].awaitReady(s.t)
	s.b.add(s.all[i])
}

// suspend stops a process for a while. Nobody asks it meanwhile, as a load balancer sees that it is not well.
func (s *storm) suspend() {
	s.counts.pauses++
	p := s.all[rand.IntN(len(s.all))]
	s.b.remove(p)
	sendSignal(s.t, p, syscall.SIGSTOP)
	<-time.After(s.longest/10 + rand.N(s.longest*9/10))
	sendSignal(s.t, p, syscall.SIGCONT)
	p.awaitReady(s.t)
	s.b.add(p)
}

// cut breaks every connection between the processes and the server.
func (s *storm) cut() {
	s.counts.cuts++
	s.proxy.Cut()
}

// crash kills PostgreSQL, which comes back.
func (s *storm) crash() {
	s.counts.crashes++
	s.server.Crash(s.t)
}

// rage does all of it at random until a time, PostgreSQL's crash twice; where there is no time, each of it once.
func (s *storm) rage(until time.Time) {
	for _, once := range []func(){s.kill, s.suspend, s.crash, s.cut} {
		once()
	}
	half := time.Now().Add(time.Until(until) / 2)
	for time.Now().Before(until) {
		<-time.After(rand.N(10 * time.Second))
		switch n := rand.IntN(10); {
		case time.Now().After(half) && s.counts.crashes < 2:
			s.crash()
		case n < 4:
			s.kill()
		case n < 7:
			s.suspend()
		default:
			s.cut()
		}
	}
	for _, p := range s.all {
		p.awaitReady(s.t)
	}
}

// TestReplicasInAStorm plays on three processes that share a PostgreSQL, on all platforms, while dailies go out:
// processes are killed and suspended, their connections are cut, and PostgreSQL crashes. Every answer that was
// acknowledged is there exactly once, no post stands twice but those that Telegram leaves in doubt, no game is
// stuck, and the boards are what another program makes of the log of answers.
func TestReplicasInAStorm(t *testing.T) {
	t.Parallel() // it mostly waits
	places, dailies, longest := 20, 5000, time.Minute
	if *stormFor == 0 {
		places, dailies, longest = 1, 20, 2*time.Second
	}
	server := postgrestest.Own(t)
	address := server.Database(t)
	db, err := postgres.Open(t.Context(), address, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	players := &soak{discord: discordtest.New(t, discordtest.Options{TCP: true}), telegram: telegramtest.New(t, telegramtest.Options{TCP: true})}
	mailed := &mailing{t: t, size: dailies, f: players.telegram, d: players.discord, ahead: *stormFor / 10}
	mailed.subscribe(db)
	s := &storm{t: t, server: server, b: newBalancer(t), longest: longest}
	var through string
	s.proxy, through = postgrestest.NewProxy(t, address)
	s.start = func() *process {
		return begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+through, "TELEGRAM_TOKEN="+telegramtest.Token, "TELEGRAM_API_URL="+players.telegram.URL,
			"DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+players.discord.URL)
	}
	for range replicaCount {
		s.all = append(s.all, s.start())
	}
	for _, p := range s.all {
		p.awaitReady(t)
		s.b.add(p)
	}
	began := time.Now()
	c := &crowd{url: s.b.server.URL, acks: make(chan struct{}, 1<<20)}
	players.crowd = c
	ctx, cancel := context.WithTimeout(t.Context(), *stormFor+10*time.Minute)
	defer cancel()
	var playing sync.WaitGroup
	tables := players.begin(ctx, t, &playing, places)
	s.rage(began.Add(*stormFor))
	c.last.Store(true)
	playing.Wait()
	if ctx.Err() != nil {
		t.Error("some games did not end in ten minutes")
	}
	for !mailed.over() {
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("%d of %d dailies have arrived", mailed.arrived(), dailies)
		}
	}
	for _, p := range s.all {
		s.b.remove(p)
		if err := p.stop(t); err != nil {
			t.Errorf("a process ended with %v:\n%s", err, p.said())
		}
	}
	verifyIn(t, db, tables)
	mailed.verify(db)
	r := readRows(t, address)
	r.checkPosts(t, players)
	boards := r.checkBoards(t, db)
	t.Logf("%d kills, %d times suspended, %d cuts, %d crashes of PostgreSQL", s.counts.kills, s.counts.pauses, s.counts.cuts, s.counts.crashes)
	t.Logf("%d games, %d answers acknowledged in the web room and %d given elsewhere, %d deeds sent again; %d boards alike",
		c.games.Load()+players.games.Load(), c.answered.Load(), players.answers.Load(), c.again.Load(), boards)
	t.Log(r.lateness())
	if t.Failed() {
		for _, p := range s.all {
			t.Log(p.said())
		}
	}
}
