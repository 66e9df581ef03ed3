// Package gateway keeps a bot connected to Discord's gateway, on github.com/bwmarrin/discordgo.
//
// It promises that connections are resumed where that is possible and opened anew where it is not, that
// shards identify as slowly as Discord demands and never more often than it allows in a day, that a silent
// connection is replaced, and that no event makes the library panic. It refuses to decode events: its
// handler gets them as they came, and of READY the servers.
package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"sync"
	"time"

	"summitquiz/bot/adapter"
)

// Info describes Discord's gateway, as the API returns it.
type Info struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Starts struct {
		Remaining int   `json:"remaining"`
		Reset     int64 `json:"reset_after"` // milliseconds
		AtOnce    int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// identifyLimiter lets shards identify one after another, as slowly as Discord demands.
type identifyLimiter struct {
	mu        sync.Mutex
	pause     time.Duration
	nextTurn  time.Time
	remaining int
	reset     time.Time
}

// wait waits for the caller's turn to identify.
func (d *identifyLimiter) wait(ctx context.Context, log *slog.Logger) error {
	for {
		wait, few := d.reserve()
		if few {
			log.Error(FewStartsLeft, "renewed in", wait.Round(time.Minute))
		}
		if err := adapter.Sleep(ctx, wait); err != nil || !few {
			return err
		}
	}
}

// reserve takes the next turn and returns how long to wait for it. If few is true, no turn was taken: too few
// session starts are left, and wait is the time until Discord renews them.
func (d *identifyLimiter) reserve() (wait time.Duration, few bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	if now.After(d.reset) {
		d.remaining, d.reset = 1000, now.Add(24*time.Hour) // Discord allows 1,000 a day
	}
	if d.remaining < fewestStarts {
		return d.reset.Sub(now) + time.Second, true
	}
	d.remaining--
	at := d.nextTurn
	if at.Before(now) {
		at = now
	}
	d.nextTurn = at.Add(d.pause)
	return at.Sub(now), false
}

// TooFewStarts reports whether so few session starts are left that the bot should wait until Discord renews
// them: Discord resets the token of a bot that starts more sessions than it allows in a day.
func (i Info) TooFewStarts() bool { return i.Starts.Remaining < fewestStarts }

// FewStartsLeft tells an operator why no session starts.
const FewStartsLeft = "hardly any session starts are left today: waiting until Discord renews them, because going on could cost the token"

// ErrRefused means that Discord refuses the bot permanently.
var ErrRefused = errors.New("discord's gateway refuses this bot permanently")

// Handler gets what the gateway sends. Its methods must not block.
type Handler interface {
	Servers(here map[string]bool, shard, of int) // of a shard, by id, including those with an outage
	Interaction(raw []byte)
	Event(kind string, raw []byte) // any other event
}

// Options configure a Gateway. All are required but Lead and Turn.
type Options struct {
	Token   string
	Log     *slog.Logger
	Dial    adapter.Dial
	TLS     *tls.Config
	Handler Handler
	// Lead runs work, again and again until ctx ends or the work returns by itself, while a shard is this process's;
	// the work's context ends with that. nil: all shards always are.
	Lead func(ctx context.Context, shard, of int, work func(context.Context) error) error
	// Turn waits until no process has identified a shard of a bucket within the time that Discord demands. nil: there is
	// no other process.
	Turn func(ctx context.Context, bucket int) error
}

// TurnPause is how long after each other shards of a bucket identify.
const TurnPause = startPause

// New returns a gateway that is not connected.
func New(o Options) *Gateway {
	if o.Lead == nil {
		o.Lead = func(ctx context.Context, _, _ int, work func(context.Context) error) error { return work(ctx) }
	}
	if o.Turn == nil {
		o.Turn = func(context.Context, int) error { return nil }
	}
	return &Gateway{o: o, identify: identifyLimiter{pause: startPause}, buckets: 1}
}

// Gateway holds the connections to Discord's gateway, one for each shard.
type Gateway struct {
	o        Options
	identify identifyLimiter

	mu      sync.Mutex
	shards  []*shard
	buckets int // max_concurrency
}

// Ready reports whether all shards that are this process's are connected, and there is one.
func (g *Gateway) Ready() bool {
	mine, connected, _ := g.Shards()
	return mine > 0 && connected == mine
}

// Shards returns how many shards are this process's, how many of those are connected, and how many there are.
func (g *Gateway) Shards() (mine, connected, all int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.shards {
		own, up := s.state()
		if own {
			mine++
		}
		if own && up {
			connected++
		}
	}
	return mine, connected, len(g.shards)
}

// wait waits for the turn of a shard to identify.
func (g *Gateway) wait(ctx context.Context, shard int) error {
	if err := g.identify.wait(ctx, g.o.Log); err != nil {
		return err
	}
	g.mu.Lock()
	bucket := shard % g.buckets
	g.mu.Unlock()
	return g.o.Turn(ctx, bucket)
}

// Run runs the shards that are this process's until ctx ends or Discord refuses one permanently.
func (g *Gateway) Run(ctx context.Context, info Info) error {
	of := max(1, info.Shards)
	g.identify.mu.Lock()
	g.identify.pause = startPause / time.Duration(max(1, info.Starts.AtOnce))
	g.identify.remaining, g.identify.reset = info.Starts.Remaining, time.Now().Add(time.Duration(info.Starts.Reset)*time.Millisecond)
	g.identify.mu.Unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	shards := make([]*shard, of)
	for n := range shards {
		shards[n] = &shard{g: g, n: n, of: of, url: info.URL, closed: make(chan struct{}, 1)}
	}
	g.mu.Lock()
	g.shards, g.buckets = shards, max(1, info.Starts.AtOnce)
	g.mu.Unlock()
	errs := make([]error, of)
	var running sync.WaitGroup
	for n, s := range shards {
		running.Go(func() {
			err := g.o.Lead(ctx, n, of, s.run)
			if errs[n] = err; errors.Is(err, context.Canceled) {
				errs[n] = nil
			}
			if errs[n] != nil {
				stop()
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}
