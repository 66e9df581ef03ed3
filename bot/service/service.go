// Package service is where all chats meet: it takes an Input, finds out who and where, checks
// rights, hands it to the feature that owns the command or button, writes the Change and returns
// the Reply.
//
// It promises that every input is handled exactly once, also when it comes twice or late; that a
// reply which says "saved" is given after the saving; and that people read phrases while operators
// read errors. It knows features by the interface bot.Feature only, and refuses to know a platform:
// what one can carry is data (bot.Limits).
package service

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/outbox"
)

// Options build a service. Store and Key are required.
type Options struct {
	Store  bot.Store
	Clock  bot.Clock     // nil: the real one
	Key    []byte        // signs buttons
	Older  [][]byte      // keys whose buttons are still honoured
	Owners []bot.Account // may load packs for everybody
	Log    *slog.Logger  // nil: nothing is logged
	Meter  bot.Meter     // nil: nothing is counted
	Name   string        // of this process, the same after a restart; "": "main"
	Shared bool          // other processes serve the same store
	Bounds bot.Bounds    // zero fields: the usual ones
	// Holds returns the lease that the posts of a platform are sent under, zero where there is none, and
	// whether this process may send them now; Settled whether no votes of a platform are known to be on
	// their way. nil: this process sends all posts, and receives all votes.
	Holds   func(platform string) (bot.Holding, bool)
	Settled func(platform string) bool
}

// Service handles inputs. It is safe for use by many goroutines.
type Service struct {
	*core
	owners []bot.Account
	ready  chan struct{}
}

// New returns a service without features and platforms.
func New(o Options) *Service {
	s := &Service{owners: o.Owners, ready: make(chan struct{}), core: &core{
		store: o.Store, clock: o.Clock, signer: bot.NewSigner(o.Key, o.Older...), log: o.Log, meter: o.Meter,
		name: cmp.Or(o.Name, "main"), platforms: map[string]bot.Platform{}, shared: o.Shared, bounds: o.Bounds.OrUsual(), settled: o.Settled,
	}}
	if s.clock == nil {
		s.clock = bot.RealTime{}
	}
	if s.log == nil {
		s.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if s.meter == nil {
		s.meter = noMeter{}
	}
	s.run = runNumber()
	s.registry = newRegistry()
	s.registry.add(s.ownCommands()...)
	s.people = newDirectory(o.Store)
	s.outbox = outbox.New(outbox.Options{
		Store: o.Store, Clock: s.clock, Log: s.log, Meter: s.meter, Process: s.name, Shared: o.Shared,
		Kinds:    func() []bot.Kind { return s.scheduler.Kinds },
		Platform: func(name string) bot.Platform { return s.platforms[name] }, Write: s.write, Ended: s.ended, Holds: o.Holds,
	})
	s.scheduler = outbox.NewScheduler(o.Store, s.clock, s.log)
	s.scheduler.Do = s.due
	return s
}

// Add adds a feature. It returns an error that names what two features both claim. All features
// are added before platforms are attached.
func (s *Service) Add(f bot.Feature) error { return s.registry.addFeature(f) }

// Attach adds a platform. All are attached before Run.
func (s *Service) Attach(p bot.Platform) { s.platforms[p.Name()] = p }

// Commands are all commands, in the order of menus and help.
func (s *Service) Commands() bot.CommandList { return s.registry.commands }

// Run takes up what an earlier process of this name left, then delivers posts and does what is due
// until ctx ends. It is called once, and returns when nothing of its own runs any more. How long
// it takes to be ready does not grow with the number of sessions: each is read when it is needed.
func (s *Service) Run(ctx context.Context) error {
	s.scheduler.Kinds = append(s.registry.kindNames(), spaceKind)
	s.scheduler.Patient = append(s.registry.patient, spaceKind)
	if err := s.scheduler.Adopt(ctx, s.name, s.run); err != nil {
		return fmt.Errorf("take up the sessions: %w", err)
	}
	if err := s.outbox.Start(ctx); err != nil {
		return err
	}
	close(s.ready)
	var looking sync.WaitGroup
	if s.shared {
		looking.Go(func() { s.lookOut(ctx) })
	}
	s.scheduler.Run(ctx)
	looking.Wait()
	s.outbox.Wait()
	return nil
}

// lookEvery is how often a service that shares its store looks for posts that other processes queued:
// how late a hint that was lost makes them at most.
const lookEvery = time.Second

// lookOut looks for posts of other processes until ctx ends.
func (s *Service) lookOut(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.clock.At(s.clock.Now().Add(lookEvery)):
			s.outbox.Look(ctx)
		}
	}
}

// Hint takes a hint of what another process has written. A service is right without hints: they save waiting.
func (s *Service) Hint(ctx context.Context, h bot.Hint) {
	select {
	case <-s.ready:
	default:
		return
	}
	if h.Missed {
		s.outbox.Look(ctx)
	}
	for _, c := range h.Queued {
		s.outbox.Kick(c)
	}
	if !h.Due.IsZero() || h.Missed {
		s.scheduler.Poke(h.Due)
	}
	if h.Revised || h.Missed {
		s.ForgetPeople(0)
	}
}

// Progress tells of the posts that wait. It is called once a minute.
func (s *Service) Progress(ctx context.Context) { s.outbox.Progress(ctx) }

// Look has all posts delivered that wait, such as when this process begins to send those of a platform.
func (s *Service) Look(ctx context.Context) { s.outbox.Look(ctx) }

// Ready is closed once Run has begun. Inputs wait for it.
func (s *Service) Ready() <-chan struct{} { return s.ready }

// owner reports whether a person may load packs for everybody.
func (s *Service) owner(p bot.Place, who bot.Person, m bot.Member) bool {
	return who.Owner || m.Owner || slices.Contains(s.owners, bot.Account{Platform: p.Platform, User: who.User})
}
