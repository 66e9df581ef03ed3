package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/lease"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
)

// replicas is what a process needs that serves a database together with others.
type replicas struct {
	name      string // of this process
	store     *postgres.DB
	keeper    *lease.Keeper
	platforms map[string]bot.Platform // those with a token, which one process at a time connects to
	clock     *serverClock
}

// workerReady is what the holder of a lease notes while its platform is connected.
const workerReady = "connected"

// processName is a name that no other process has: that of the machine and a few random letters.
func processName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "bot"
	}
	tail := make([]byte, 4)
	rand.Read(tail)
	return host + "-" + hex.EncodeToString(tail)
}

// openReplicas prepares for other processes, where the database is on a server; else it does nothing: a
// file is served by one process, whose leases are always its own.
func (p *program) openReplicas(ctx context.Context, o *service.Options) {
	db, is := p.store.(*postgres.DB)
	if !is {
		return
	}
	name := processName()
	r := &replicas{name: name, store: db, keeper: lease.NewKeeper(db, name, p.log), platforms: map[string]bot.Platform{},
		clock: &serverClock{log: p.log, local: time.Now}}
	p.replicas = r
	r.clock.set(ctx, db)
	o.Clock = r.clock
	o.Name, o.Shared, o.Holds, o.Settled = name, true, r.holds, r.settled
	p.log.Info("other processes may serve this database too", "process", name, "database", p.cfg.Shown())
}

// announce says that this process is there, until ctx ends.
func (r *replicas) announce(ctx context.Context) {
	note := fmt.Sprintf("%s, since %s", version(), time.Now().UTC().Format(time.DateTime))
	_ = r.keeper.Do(ctx, processLease+r.name, func() string { return note }, func(ctx context.Context) error { // ends with ctx alone
		<-ctx.Done()
		return ctx.Err()
	})
}

// holds returns the lease of a platform that one process connects to, and whether it is this one.
func (r *replicas) holds(platform string) (bot.Holding, bool) {
	if r.platforms[platform] == nil {
		return bot.Holding{}, true // each process has pages of the web room
	}
	return r.keeper.Holds(platform)
}

// settledWithin is how long the database may take to say whether votes wait.
const settledWithin = 2 * time.Second

// settled reports whether no votes are known to be on their way, to whichever process receives them.
func (r *replicas) settled(platform string) bool {
	if _, mine := r.keeper.Holds(platform); mine {
		source, late := r.platforms[platform].(bot.VoteSource)
		return !late || source.Settled()
	}
	ctx, cancel := context.WithTimeout(context.Background(), settledWithin)
	defer cancel()
	all, err := r.store.Leases(ctx)
	if err != nil {
		return false
	}
	for _, l := range all {
		if l.Name == platform && l.Held() && l.Note == workerReady {
			kept, err := r.store.Kept(ctx, platform, 0, 1)
			pushed, is := r.platforms[platform].(interface{ Quiet() bool })
			return err == nil && len(kept) == 0 && (!is || pushed.Quiet())
		}
	}
	return false
}

// leader returns what has this process connect to a platform while it holds the lease; nil where it is alone.
func (p *program) leader(platform string, ready func() bool) func(context.Context, func(context.Context) error) error {
	if p.replicas == nil {
		return nil
	}
	note := func() string {
		if ready() {
			return workerReady
		}
		return "connecting"
	}
	return func(ctx context.Context, work func(context.Context) error) error {
		return p.replicas.keeper.Do(ctx, platform, note, func(ctx context.Context) error {
			if err := p.stillOurBot(ctx, platform); err != nil {
				return err
			}
			p.log.Info("this process connects and sends now", "platform", platform)
			p.service.Look(ctx) // posts that waited for whoever sends them
			return work(ctx)
		})
	}
}

// hear takes hints of what other processes have written until ctx ends.
func (p *program) hear(ctx context.Context) {
	p.replicas.store.Listen(ctx, func(ctx context.Context, h bot.Hint) {
		p.service.Hint(ctx, h)
		p.room.Hint(h)
		if h.Released {
			p.replicas.keeper.Wake()
		}
		if h.Kept || h.Missed {
			for _, r := range p.remotes {
				if takes, is := r.(interface{ Hint() }); is {
					takes.Hint()
				}
			}
		}
	})
}

// isElsewhere reports whether another process may be connected to a platform instead of this one.
func (p *program) isElsewhere(r remote) bool {
	if p.replicas == nil {
		return false
	}
	if d, is := r.(sharded); is {
		mine, _, _ := d.Shards()
		return mine == 0
	}
	_, mine := p.replicas.holds(r.Name())
	return !mine
}
