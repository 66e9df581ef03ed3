package service

import (
	"context"
	"log/slog"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/outbox"
	"summitquiz/bot/phrase"
)

// core is what the service offers to features: time, signatures, limits, and changes that are
// written with all that follows from them.
type core struct {
	store     bot.Store
	clock     bot.Clock
	signer    bot.Signer
	log       *slog.Logger
	meter     bot.Meter
	name      string
	run       int64 // when this process began, in microseconds: which start of name it is
	platforms map[string]bot.Platform
	bounds    bot.Bounds
	shared    bool // other processes serve the same store
	settled   func(platform string) bool

	registry  registry
	people    *directory
	outbox    *outbox.Outbox
	scheduler *outbox.Scheduler
}

// Now is the time in UTC and whole microseconds.
func (c *core) Now() time.Time { return bot.Now(c.clock) }

// Log is for what operators read.
func (c *core) Log() *slog.Logger { return c.log }

// Bounds are what people may hold at a time.
func (c *core) Bounds() bot.Bounds { return c.bounds }

// Meter counts.
func (c *core) Meter() bot.Meter { return c.meter }

// Process names this process and its start.
func (c *core) Process() (name string, run int64) { return c.name, c.run }

// Sign signs a payload for an audience.
func (c *core) Sign(audience string, p bot.Payload) string { return c.signer.Sign(audience, p) }

// HasAction reports whether some feature has an action.
func (c *core) HasAction(name string) bool {
	_, ok := c.registry.actions[name]
	return ok
}

// ResultButtons are what features offer under the end of a session.
func (c *core) ResultButtons(session bot.SessionID, chat bot.Chat, local phrase.Localizer) []bot.Button {
	var out []bot.Button
	for _, f := range c.registry.buttoners {
		out = append(out, f.ResultButtons(session, chat, local)...)
	}
	return out
}

// Limits are those of a platform; zero where it is switched off.
func (c *core) Limits(platform string) bot.Limits {
	if p := c.platforms[platform]; p != nil {
		return p.Limits()
	}
	return bot.Limits{}
}

// Settled reports whether no votes of a platform are known to be on their way.
func (c *core) Settled(platform string) bool {
	p, late := c.platforms[platform].(bot.VoteSource)
	if late && c.settled != nil {
		return c.settled(platform)
	}
	return !late || p.Settled()
}

// HasLeft reports whether a member is known not to be in a chat now.
func (c *core) HasLeft(ctx context.Context, chat bot.Chat, m bot.MemberID) bool {
	source, ok := c.platforms[chat.Address.Platform].(bot.PresenceSource)
	if !ok {
		return false
	}
	accounts, err := c.store.Accounts(ctx, m)
	if err != nil {
		c.log.Warn("look who is here", "member", m, "err", err)
		return false
	}
	for _, a := range accounts {
		if a.Platform == chat.Address.Platform && source.Present(ctx, chat.Address.Chat, a.User) {
			return false
		}
	}
	return true
}

// Deserted reports whether nobody is known to be in a chat now.
func (c *core) Deserted(ctx context.Context, chat bot.Chat) bool {
	source, ok := c.platforms[chat.Address.Platform].(bot.PresenceSource)
	return ok && source.Deserted(ctx, chat.Address.Chat)
}

// Queue queues a change. The returned function waits until it is durable, then lets posts go out
// and due work wake up, and renews what is cached.
func (c *core) Queue(change *bot.Change) func(context.Context) error {
	for _, f := range c.registry.completers {
		f.Complete(change)
	}
	wait := c.store.Write(change)
	return func(ctx context.Context) error {
		if err := wait(ctx); err != nil {
			return err
		}
		c.saved(change)
		return nil
	}
}

func (c *core) write(ctx context.Context, change *bot.Change) error { return c.Queue(change)(ctx) }

// saved does what follows from a change that is durable now.
func (c *core) saved(change *bot.Change) {
	c.people.saved(change)
	for _, f := range c.registry.changes {
		f.Saved(change)
	}
	for i := range change.Sends {
		c.outbox.Kick(change.Sends[i].Chat)
	}
	for i := range change.Due {
		c.scheduler.Poke(change.Due[i].At)
	}
}

// ForgetPeople drops what is cached of members, chats and spaces; of a deleted member also what
// features hold.
func (c *core) ForgetPeople(m bot.MemberID) {
	c.people.clear()
	for _, f := range c.registry.caches {
		f.DropCached(m)
	}
}

// noMeter counts nothing.
type noMeter struct{}

func (noMeter) Handled(string, string, time.Duration, error) {}
func (noMeter) Delivered(string, string, time.Duration)      {}
func (noMeter) Answered(string, string)                      {}
func (noMeter) Playing(int)                                  {}
func (noMeter) Queued(int)                                   {}
func (noMeter) Daily(string, string)                         {}
func (noMeter) Late(string, time.Duration)                   {}
func (noMeter) Backlog(string, int)                          {}
func (noMeter) Conflicted()                                  {}
func (noMeter) Bounded(string)                               {}
