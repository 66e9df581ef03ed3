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
	info := gateway.Info{URL: "ws" + strings.TrimSuffix(strings.TrimPrefix(d.URL, "http"), "/api") + "/gw", Shards: shards}
	info.Starts.Remaining, info.Starts.Reset, info.Starts.AtOnce = 1000, time.Hour.Milliseconds(), 1
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Run(ctx, info) }()
	return g, func() error { cancel(); return <-ended }
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
