package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"summitquiz/bot/play"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

// replicaFaults is how many replicas TestReplicas kills at random.
var replicaFaults = flag.Int("replica-kills", 1, "how many replicas TestReplicas kills at random moments")

// Who plays in TestReplicas, on how many processes.
const (
	replicaLobbies = 4
	replicaCount   = 3
)

// balancer hands each request to one of the processes that are well, at random: nobody stays with one.
type balancer struct {
	server *httptest.Server
	mu     sync.Mutex
	well   []*process
	cut    map[*process]context.CancelFunc // breaks off what a process was asked
	under  map[*process]context.Context
}

func newBalancer(t *testing.T) *balancer {
	b := &balancer{cut: map[*process]context.CancelFunc{}, under: map[*process]context.Context{}}
	b.server = httptest.NewServer(http.HandlerFunc(b.serve))
	t.Cleanup(func() {
		for _, p := range slices.Clone(b.well) {
			b.remove(p)
		}
		b.server.Close()
	})
	return b
}

func (b *balancer) serve(w http.ResponseWriter, req *http.Request) {
	b.mu.Lock()
	if len(b.well) == 0 {
		b.mu.Unlock()
		http.Error(w, "no process", http.StatusBadGateway)
		return
	}
	p := b.well[rand.IntN(len(b.well))]
	under := b.under[p]
	b.mu.Unlock()
	to, err := url.Parse(p.url)
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(req.Context())
	defer cancel()
	defer context.AfterFunc(under, cancel)()
	proxy := httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Header["X-Forwarded-For"] = r.In.Header["X-Forwarded-For"]
	}, ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }}
	defer func() {
		r := recover()
		if err, is := r.(error); r != nil && !(is && errors.Is(err, http.ErrAbortHandler)) { // a page went away
			panic(r)
		}
	}()
	proxy.ServeHTTP(w, req.WithContext(ctx))
}

func (b *balancer) add(p *process) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.well = append(b.well, p)
	b.under[p], b.cut[p] = context.WithCancel(context.Background())
}

func (b *balancer) remove(p *process) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.well = slices.DeleteFunc(b.well, func(o *process) bool { return o == p })
	b.cut[p]()
}

// connected returns the one of some processes that is connected to Telegram.
func connected(t *testing.T, all []*process) *process {
	t.Helper()
	late := time.After(60 * time.Second)
	for {
		for _, p := range all {
			if _, text := p.get("/readyz"); strings.Contains(text, "telegram is connected") {
				return p
			}
		}
		select {
		case <-late:
			t.Fatal("no process is connected")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestReplicas plays on three processes that share a PostgreSQL, in the web room with each request at
// another process, and on Telegram. A process is killed; the one that is connected to Telegram is suspended until
// another one has taken over, and finds that it lost its lease when it goes on; the next one ends as it is told
// to, and the last one goes on. Afterwards every answer that was acknowledged is there exactly once.
func TestReplicas(t *testing.T) {
	t.Parallel() // it mostly waits
	address := postgrestest.Start(t).Database(t)
	f := telegramtest.New(t, telegramtest.Options{TCP: true})
	start := func() *process {
		return begin(t, t.TempDir(), freeAddress(t), "DATABASE_URL="+address, "TELEGRAM_TOKEN="+f.Token, "TELEGRAM_API_URL="+f.URL)
	}
	b := newBalancer(t)
	var all []*process
	for range replicaCount {
		all = append(all, start())
	}
	for _, p := range all {
		p.awaitReady(t)
		b.add(p)
	}
	c := &crowd{url: b.server.URL, acks: make(chan struct{}, 1<<16)}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	var playing sync.WaitGroup
	var tables []*crashTable
	for n := range replicaLobbies {
		table := newCrashTable(t, c, n)
		tables = append(tables, table)
		playing.Go(func() { table.play(ctx) })
	}
	holder := connected(t, all)
	for range *replicaFaults {
		<-c.acks
		i := rand.IntN(len(all))
		if all[i] == holder {
			i = (i + 1) % len(all)
		}
		b.remove(all[i])
		all[i].kill()
		all[i] = start()
		all[i].awaitReady(t)
		b.add(all[i])
	}
	ada := f.NewUser("Ada", "en")
	chat := f.Private(ada)
	ada.Start("")
	awaitText(t, f, ada, "Question 1 of 10")
	ada.Say(chat, "/stop")
	awaitText(t, f, ada, "Final scores")
	ada.Say(chat, "/quiz pack:gyeongju-summit-2025 questions:3 kind:choice")
	q := awaitText(t, f, ada, "Question 1 of 3")

	b.remove(holder)
	sendSignal(t, holder, syscall.SIGSTOP)
	ada.Press(chat, q, q.Buttons()[0].Data)
	q = awaitText(t, f, ada, "Question 2 of 3")
	sendSignal(t, holder, syscall.SIGCONT)
	holder.awaitSaid(t, "the lease was lost")
	b.add(holder)

	next := connected(t, slices.DeleteFunc(slices.Clone(all), func(p *process) bool { return p == holder }))
	b.remove(next)
	if err := next.stop(t); err != nil {
		t.Errorf("the process ended with %v:\n%s", err, next.said())
	}
	ada.Press(chat, q, q.Buttons()[0].Data)
	q = awaitText(t, f, ada, "Question 3 of 3")
	ada.Press(chat, q, q.Buttons()[0].Data)

	c.last.Store(true)
	playing.Wait()
	db, err := postgres.Open(t.Context(), address, postgres.Options{There: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for late := time.After(time.Minute); ; { // the quiz on Telegram is no lobby's
		live, err := db.Live(t.Context(), play.Kind)
		if err != nil {
			t.Fatal(err)
		}
		if len(live) == 0 {
			break
		}
		select {
		case <-time.After(50 * time.Millisecond):
			continue
		case <-late:
		}
		break
	}
	verifyIn(t, db, tables)
	for n := 1; n <= 3; n++ {
		asked := 0
		for _, m := range ada.Messages() {
			if strings.Contains(language.StripIsolates(m.Text), fmt.Sprintf("Question %d of 3", n)) {
				asked++
			}
		}
		if asked != 1 {
			t.Errorf("question %d stands there %d times", n, asked)
		}
	}
	t.Logf("%d games, %d answers acknowledged, %d deeds sent again", c.games.Load(), c.answered.Load(), c.again.Load())
}

func sendSignal(t *testing.T, p *process, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}
