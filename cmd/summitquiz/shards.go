package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/discord/gateway"
	"summitquiz/bot/lease"
)

// The leases of Discord's shards, and those that keep shards of a bucket from identifying too soon after each other: such
// a one is taken by each identification and runs out.
const (
	shardLease    = "discord shard "
	identifyLease = "discord identify "
)

// identifyRetry is how long a shard waits until it asks again whether it is its turn.
const identifyRetry = 500 * time.Millisecond

// shards shares the shards of Discord's gateway with the other processes.
type shards struct {
	r     *replicas
	log   *slog.Logger
	turns atomic.Int64

	mu    sync.Mutex
	share *lease.Share
	all   int // shards

	counting sync.Mutex
	counted  time.Time
	others   int
}

// lead runs work while a shard is this process's. A process takes its share of all: as many as the others, or one more.
func (s *shards) lead(ctx context.Context, shard, of int, work func(context.Context) error) error {
	s.mu.Lock()
	if s.share == nil {
		s.share = lease.NewShare(s.most)
	}
	s.all = of
	share := s.share
	s.mu.Unlock()
	name := fmt.Sprintf("%s%d of %d", shardLease, shard, of)
	return s.r.keeper.DoShare(ctx, share, name, func() string { return workerReady }, work)
}

// most is how many shards are the share of this process.
func (s *shards) most() int {
	s.mu.Lock()
	all := s.all
	s.mu.Unlock()
	processes := s.processes()
	return (all + processes - 1) / processes
}

// countEvery is how often the processes are counted at most.
const countEvery = time.Second

// processes counts the processes, this one included. While the database is away it counts those of before.
func (s *shards) processes() int {
	s.counting.Lock()
	defer s.counting.Unlock()
	if time.Since(s.counted) < countEvery { // measured, not decided by
		return s.others + 1
	}
	ctx, cancel := context.WithTimeout(context.Background(), scrapeWithin)
	defer cancel()
	if all, err := s.r.store.Leases(ctx); err == nil {
		s.others = 0
		for _, l := range all {
			if name, is := strings.CutPrefix(l.Name, processLease); is && l.Held() && name != s.r.name {
				s.others++
			}
		}
	}
	s.counted = time.Now()
	return s.others + 1
}

// turn waits until no process has identified a shard of a bucket within the time that Discord demands.
func (s *shards) turn(ctx context.Context, bucket int) error {
	holder := fmt.Sprintf("%s %d", s.r.name, s.turns.Add(1)) // another one each time: it waits for its own too
	for {
		_, err := s.r.store.Hold(ctx, fmt.Sprint(identifyLease, bucket), holder, "", gateway.TurnPause)
		if err == nil {
			return nil
		}
		if !errors.Is(err, bot.ErrConflict) && ctx.Err() == nil {
			s.log.Warn("a shard cannot ask whether it may identify", "err", err)
		}
		if err := adapter.Sleep(ctx, identifyRetry); err != nil {
			return err
		}
	}
}
