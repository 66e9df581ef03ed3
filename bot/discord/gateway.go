package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"sync"
	"time"

	"summitquiz/bot/adapter"
)

// gatewayInfo describes Discord's gateway.
type gatewayInfo struct {
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
			log.Error(fewStartsLeft, "renewed in", wait.Round(time.Minute))
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

// gateway holds the connections to Discord's gateway, one for each shard.
type gateway struct {
	token    string
	log      *slog.Logger
	dial     adapter.Dial
	tls      *tls.Config
	handler  *handler
	identify identifyLimiter

	mu     sync.Mutex
	shards []*shard
}

// ready reports whether all shards are connected.
func (g *gateway) ready() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.shards {
		if !s.ready() {
			return false
		}
	}
	return len(g.shards) > 0
}

// connect runs the shards until ctx ends or Discord refuses one permanently.
func (g *gateway) connect(ctx context.Context, info gatewayInfo) error {
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
	g.shards = shards
	g.mu.Unlock()
	errs := make([]error, of)
	var running sync.WaitGroup
	for n, s := range shards {
		running.Go(func() {
			if errs[n] = s.run(ctx); errs[n] != nil {
				stop()
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}
