package gateway_test

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/discord/gateway"
)

// recorder remembers what the gateway sent.
type recorder struct {
	mu           sync.Mutex
	servers      []map[string]bool
	kinds        []string
	interactions int
}

func (r *recorder) Servers(here map[string]bool, _, _ int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.servers = append(r.servers, here)
}

func (r *recorder) Interaction([]byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.interactions++
}

func (r *recorder) Event(kind string, _ []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kinds = append(r.kinds, kind)
}

// start runs a gateway at a fake Discord. stop ends it and returns the error of Run.
func start(t *testing.T, d *discordtest.Discord, h gateway.Handler, shards int) (g *gateway.Gateway, stop func() error) {
	t.Helper()
	g = gateway.New(gateway.Options{Token: discordtest.Token, Log: slog.New(slog.DiscardHandler), Dial: d.Dial, TLS: &tls.Config{}, Handler: h})
	return g, run(t, d, g, shards, 1)
}

// run runs a gateway of so many shards, of which some identify at once. stop ends it and returns the error of Run.
func run(t *testing.T, d *discordtest.Discord, g *gateway.Gateway, shards, atOnce int) (stop func() error) {
	t.Helper()
	info := gateway.Info{URL: "ws" + strings.TrimSuffix(strings.TrimPrefix(d.URL, "http"), "/api") + "/gw", Shards: shards}
	info.Starts.Remaining, info.Starts.Reset, info.Starts.AtOnce = 1000, time.Hour.Milliseconds(), atOnce
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx, info) }()
	return func() error { cancel(); return <-ended }
}

func TestEventsReachTheHandlerAndConnectionsAreResumed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		guild := d.NewGuild("Friends")
		channel := guild.NewChannel("quiz")
		r := &recorder{}
		g, stop := start(t, d, r, 1)
		time.Sleep(time.Minute)
		if !g.Ready() {
			t.Fatal("not connected after a minute")
		}
		d.Cut()
		time.Sleep(time.Minute)
		d.NewMember("Kim", "en-US", false).Act(channel, 3, map[string]any{"component_type": 2, "custom_id": "x"}, nil)
		channel.Delete()
		time.Sleep(time.Second)
		if err := stop(); err != nil {
			t.Errorf("Run = %v, want nil when its context ends", err)
		}
		if len(r.servers) != 1 || !r.servers[0][guild.ID] {
			t.Errorf("servers = %v, want %s once", r.servers, guild.ID)
		}
		if r.interactions != 1 || !slices.Contains(r.kinds, "CHANNEL_DELETE") {
			t.Errorf("%d interactions and the events %v arrived", r.interactions, r.kinds)
		}
		if len(d.Identified()) != 1 || d.Resumed() != 1 {
			t.Errorf("%d sessions were started and %d resumed, want one each", len(d.Identified()), d.Resumed())
		}
	})
}

func TestShardsIdentifyAsSlowlyAsDiscordDemands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{Shards: 3})
		g, stop := start(t, d, &recorder{}, 3)
		time.Sleep(time.Minute)
		if !g.Ready() {
			t.Error("not all shards are connected after a minute")
		}
		at := d.Identified()
		for i := 1; i < len(at); i++ {
			if gap := at[i].Sub(at[i-1]); gap < 5*time.Second {
				t.Errorf("shard %d identified %v after the one before, want 5 s", i, gap)
			}
		}
		if err := stop(); err != nil || len(at) != 3 {
			t.Errorf("%d shards identified, %v", len(at), err)
		}
	})
}

func TestAPermanentRefusalEndsTheGateway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{})
		_, stop := start(t, d, &recorder{}, 1)
		time.Sleep(time.Minute)
		d.CloseWith(4014)
		time.Sleep(time.Minute)
		if err := stop(); !errors.Is(err, gateway.ErrRefused) || !strings.Contains(err.Error(), "4014") {
			t.Errorf("Run = %v, want ErrRefused with the code", err)
		}
	})
}

// together are what two gateways share: who has which shard, and when a bucket identified last.
type together struct {
	mu     sync.Mutex
	shards map[int]chan struct{}
	last   map[int]time.Time
}

// lead runs work while nobody else has a shard, and no more of them at a gateway than it may have.
func (w *together) lead(most int) func(context.Context, int, int, func(context.Context) error) error {
	room := make(chan struct{}, most)
	return func(ctx context.Context, shard, _ int, work func(context.Context) error) error {
		w.mu.Lock()
		free := w.shards[shard]
		if free == nil {
			free = make(chan struct{}, 1)
			w.shards[shard] = free
		}
		w.mu.Unlock()
		for _, c := range []chan struct{}{room, free} {
			select {
			case c <- struct{}{}:
				defer func() { <-c }()
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return work(ctx)
	}
}

// turn waits until five seconds after the last one of a bucket.
func (w *together) turn(ctx context.Context, bucket int) error {
	for {
		w.mu.Lock()
		if now := time.Now(); now.Sub(w.last[bucket]) >= gateway.TurnPause {
			w.last[bucket] = now
			w.mu.Unlock()
			return nil
		}
		w.mu.Unlock()
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// TestTwoProcessesShareTheShards has two gateways connect with two shards each, identify as slowly as Discord demands of
// both together, and one of them take all when the other one ends.
func TestTwoProcessesShareTheShards(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, discordtest.Options{Shards: 4})
		w := &together{shards: map[int]chan struct{}{}, last: map[int]time.Time{}}
		begin := func(most int) (*gateway.Gateway, func() error) {
			g := gateway.New(gateway.Options{Token: discordtest.Token, Log: slog.New(slog.DiscardHandler), Dial: d.Dial, TLS: &tls.Config{},
				Handler: &recorder{}, Lead: w.lead(most), Turn: w.turn})
			return g, run(t, d, g, 4, 2)
		}
		one, stopOne := begin(2)
		time.Sleep(time.Millisecond) // it takes two shards first
		two, stopTwo := begin(4)
		time.Sleep(time.Minute)
		mineOne, upOne, all := one.Shards()
		mineTwo, upTwo, _ := two.Shards()
		if mineOne+mineTwo != 4 || upOne != mineOne || upTwo != mineTwo || mineOne == 0 || mineTwo == 0 || all != 4 || !one.Ready() || !two.Ready() {
			t.Fatalf("one has %d of %d shards and two %d; %d and %d are connected", mineOne, all, mineTwo, upOne, upTwo)
		}
		if err := stopOne(); err != nil {
			t.Errorf("Run = %v", err)
		}
		time.Sleep(time.Minute)
		if mine, up, _ := two.Shards(); mine != 4 || up != 4 || one.Ready() {
			t.Errorf("after the other one ended %d of the %d shards are connected", up, mine)
		}
		at := d.Identified()
		for i := 2; i < len(at); i++ { // two buckets
			if gap := at[i].Sub(at[i-2]); gap < gateway.TurnPause {
				t.Errorf("session %d was started %v after the one before the one before", i, gap)
			}
		}
		if len(at) != 4+mineOne {
			t.Errorf("%d sessions were started, want %d", len(at), 4+mineOne)
		}
		if err := stopTwo(); err != nil {
			t.Errorf("Run = %v", err)
		}
		time.Sleep(time.Minute) // the library takes a second to close
	})
}
