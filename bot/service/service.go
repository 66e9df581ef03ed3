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
}

// Service handles inputs. It is safe for use by many goroutines.
type Service struct {
	store     bot.Store
	clock     bot.Clock
	signer    bot.Signer
	owners    []bot.Account
	log       *slog.Logger
	meter     bot.Meter
	name      string
	run       int64 // when this process began, in microseconds: which start of name it is
	shared    bool
	platforms map[string]bot.Platform
	ready     chan struct{}

	registry  registry
	people    *directory
	outbox    *outbox.Outbox
	scheduler *outbox.Scheduler
}

// New returns a service without features and platforms.
func New(o Options) *Service {
	s := &Service{
		store: o.Store, clock: o.Clock, signer: bot.NewSigner(o.Key, o.Older...), owners: o.Owners, log: o.Log, meter: o.Meter,
		name: cmp.Or(o.Name, "main"), shared: o.Shared, platforms: map[string]bot.Platform{}, ready: make(chan struct{}),
	}
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
		Platform: func(name string) bot.Platform { return s.platforms[name] }, Write: s.write, Ended: s.ended,
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
	if err := s.store.Adopt(ctx, s.name, s.run, s.Now()); err != nil {
		return fmt.Errorf("take up the sessions: %w", err)
	}
	s.scheduler.Kinds = append(s.registry.kindNames(), spaceKind)
	if err := s.outbox.Start(ctx); err != nil {
		return err
	}
	close(s.ready)
	s.scheduler.Run(ctx)
	s.outbox.Wait()
	return nil
}

// Ready is closed once Run has begun. Inputs wait for it.
func (s *Service) Ready() <-chan struct{} { return s.ready }

// Now is the time in UTC and whole microseconds.
func (s *Service) Now() time.Time { return bot.Now(s.clock) }

// Log is for what operators read.
func (s *Service) Log() *slog.Logger { return s.log }

// Meter counts.
func (s *Service) Meter() bot.Meter { return s.meter }

// Process names this process and its start.
func (s *Service) Process() (name string, run int64) { return s.name, s.run }

// Sign signs a payload for an audience.
func (s *Service) Sign(audience string, p bot.Payload) string { return s.signer.Sign(audience, p) }

// Limits are those of a platform; zero where it is switched off.
func (s *Service) Limits(platform string) bot.Limits {
	if p := s.platforms[platform]; p != nil {
		return p.Limits()
	}
	return bot.Limits{}
}

// Settled reports whether no votes of a platform are known to be on their way.
func (s *Service) Settled(platform string) bool {
	p, late := s.platforms[platform].(bot.VoteSource)
	return !late || p.Settled()
}

// Queue queues a change. The returned function waits until it is durable, then lets posts go out
// and due work wake up, and renews what is cached.
func (s *Service) Queue(c *bot.Change) func(context.Context) error {
	wait := s.store.Write(c)
	return func(ctx context.Context) error {
		if err := wait(ctx); err != nil {
			return err
		}
		s.saved(c)
		return nil
	}
}

func (s *Service) write(ctx context.Context, c *bot.Change) error { return s.Queue(c)(ctx) }

// saved does what follows from a change that is durable now.
func (s *Service) saved(c *bot.Change) {
	s.people.saved(c)
	for _, f := range s.registry.changes {
		f.Saved(c)
	}
	for i := range c.Sends {
		s.outbox.Kick(c.Sends[i].Chat)
	}
	for i := range c.Due {
		s.scheduler.Poke(c.Due[i].At)
	}
}

// ForgetPeople drops what is cached of members, chats and spaces; of a deleted member also what
// features hold.
func (s *Service) ForgetPeople(m bot.MemberID) {
	s.people.clear()
	for _, f := range s.registry.caches {
		f.DropCached(m)
	}
}

// owner reports whether a person may load packs for everybody.
func (s *Service) owner(p bot.Place, who bot.Person, m bot.Member) bool {
	return who.Owner || m.Owner || slices.Contains(s.owners, bot.Account{Platform: p.Platform, User: who.User})
}

// noMeter counts nothing.
type noMeter struct{}

func (noMeter) Handled(string, string, time.Duration, error) {}
func (noMeter) Delivered(string, string, time.Duration)      {}
func (noMeter) Answered(string, string)                      {}
func (noMeter) Playing(int)                                  {}
func (noMeter) Queued(int)                                   {}
func (noMeter) Conflicted()                                  {}
