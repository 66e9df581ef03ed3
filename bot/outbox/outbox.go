// Package outbox delivers posts and wakes due work.
//
// It promises that the posts of a chat go out one at a time and in order, that a post is never
// lost, and that a platform which cannot tell whether a post arrived is not asked to send it
// twice. Several processes may share a store: each post is begun by one of them. It refuses to
// know what a post or due work means: whoever owns its kind is told how it ended.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"summitquiz/bot"
)

// Store is what the outbox asks of a store.
type Store interface {
	bot.Outbox
	Chat(ctx context.Context, id bot.ChatID) (bot.Chat, error)
	Accounts(ctx context.Context, id bot.MemberID) ([]bot.Account, error)
}

// Options build an Outbox. All are required but Holds.
type Options struct {
	Store    Store
	Clock    bot.Clock
	Log      *slog.Logger
	Meter    bot.Meter
	Process  string            // its lasting name, other than that of every other process
	Shared   bool              // other processes may deliver from the same store
	Kinds    func() []bot.Kind // whose posts are delivered here
	Platform func(name string) bot.Platform
	// Write writes a change and waits until it is durable.
	Write func(ctx context.Context, c *bot.Change) error
	// Holds returns the lease that the posts of a platform are sent under, zero where there is none, and
	// whether this process may send them now. nil: it may send all.
	Holds func(platform string) (bot.Holding, bool)
	// Ended writes a change that notes how a post ended, with what follows from that.
	Ended func(ctx context.Context, e bot.DeliveryEnd, c *bot.Change) error
}

// Outbox delivers posts. It runs at most one goroutine per chat.
type Outbox struct {
	Options

	mu      sync.Mutex
	ctx     context.Context              // of Start; nil before
	wake    map[bot.ChatID]chan struct{} // of each chat that is being worked on
	earlier int64                        // ids up to this one may have been sent by an earlier process
	waited  map[string]bool              // platforms that had posts at the last Progress
	settled map[string]int               // posts by platform since the last Progress
	remote  map[bot.ChatID]string        // platforms of chats to which another process was sending
	doubted map[int64]bool               // sends of which an attempt by this process may have arrived
	bulk    map[string]chan struct{}     // by platform; holds a value for each bulk post that it has been handed
	working sync.WaitGroup
}

// New returns an outbox that delivers nothing until Start.
func New(o Options) *Outbox {
	return &Outbox{Options: o, wake: map[bot.ChatID]chan struct{}{}, remote: map[bot.ChatID]string{}, doubted: map[int64]bool{}, settled: map[string]int{},
		bulk: map[string]chan struct{}{}}
}

// Start delivers what waits, and from then on what Kick tells of, until ctx ends.
func (o *Outbox) Start(ctx context.Context) error {
	last, err := o.Store.LastSend(ctx)
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	waiting, err := o.Store.Backlog(ctx, o.Kinds())
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	o.mu.Lock()
	o.ctx, o.earlier = ctx, last
	o.mu.Unlock()
	for _, c := range waiting {
		o.Kick(c)
	}
	return nil
}

// Wait waits until nothing is being delivered any more; the context of Start has ended.
func (o *Outbox) Wait() { o.working.Wait() }

// Kick has the posts of a chat delivered. Before Start it does nothing: Start finds them.
func (o *Outbox) Kick(c bot.ChatID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ctx == nil || o.ctx.Err() != nil || o.isElsewhere(c) {
		return
	}
	if wake, running := o.wake[c]; running {
		select {
		case wake <- struct{}{}:
		default:
		}
		return
	}
	wake := make(chan struct{}, 1)
	o.wake[c] = wake
	ctx := o.ctx
	o.Meter.Queued(len(o.wake))
	o.working.Go(func() { o.drain(ctx, c, wake) })
}

// remoteMost bounds how many chats are remembered that another process sends to.
const remoteMost = 100_000

// isElsewhere reports whether a chat is known to be another process's. The caller holds o.mu.
func (o *Outbox) isElsewhere(c bot.ChatID) bool {
	platform, known := o.remote[c]
	if !known {
		return false
	}
	_, may := o.Holds(platform)
	return !may
}

// leave ends the work on a chat that another process sends to. Look finds the chat when this one begins to.
func (o *Outbox) leave(c bot.ChatID, platform string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.remote) >= remoteMost {
		clear(o.remote)
	}
	o.remote[c] = platform
	delete(o.wake, c)
	o.Meter.Queued(len(o.wake))
}

// Progress says how many posts wait, in the log and to the meter, and looks after those that nobody
// told of, such as what an operator has sent again. It is called once a minute.
func (o *Outbox) Progress(ctx context.Context) {
	waits, err := o.Store.Waits(ctx)
	if err != nil {
		o.Log.Error("count the posts on their way", "err", err)
		return
	}
	o.mu.Lock()
	settled := o.settled
	o.settled = map[string]int{}
	for platform := range o.waited {
		o.Meter.Backlog(platform, 0)
	}
	o.waited = map[string]bool{}
	for _, w := range waits {
		o.waited[w.Platform] = true
		o.Meter.Backlog(w.Platform, w.Posts)
	}
	o.mu.Unlock()
	if len(waits) == 0 {
		return
	}
	for _, w := range waits {
		o.Log.Info("posts on their way", "platform", w.Platform, "waiting", w.Posts, "delivered", settled[w.Platform])
	}
	o.Look(ctx)
}

// Look has all posts delivered that wait, whoever queued them.
func (o *Outbox) Look(ctx context.Context) {
	chats, err := o.Store.Backlog(ctx, o.Kinds())
	if err != nil {
		if ctx.Err() == nil {
			o.Log.Error("read the outbox", "err", err)
		}
		return
	}
	for _, c := range chats {
		o.Kick(c)
	}
}

// batch is how many posts of a chat are read at once.
const batch = 16

// drain delivers the posts of a chat until none is left.
func (o *Outbox) drain(ctx context.Context, c bot.ChatID, wake chan struct{}) {
	for {
		sends, err := o.Store.Waiting(ctx, o.Kinds(), c, batch)
		if err != nil && ctx.Err() == nil {
			o.Log.Error("read the posts of a chat", "chat", c, "err", err)
		}
		if ctx.Err() != nil || err != nil || len(sends) == 0 {
			if o.rest(ctx, c, wake) {
				return
			}
			continue
		}
		for _, s := range sends {
			settled, err := o.deliver(ctx, s)
			var elsewhere elsewhereError
			if errors.As(err, &elsewhere) {
				o.leave(c, elsewhere.platform)
				return
			}
			if errors.Is(err, bot.ErrConflict) {
				o.Meter.Conflicted()
				o.yield(ctx, wake)
			}
			if !settled {
				break // read anew: it may have been replaced, or be with another process
			}
		}
	}
}

// yield waits a moment for another process that delivers to the chat.
func (o *Outbox) yield(ctx context.Context, wake chan struct{}) {
	select {
	case <-wake:
	case <-o.Clock.At(o.Clock.Now().Add(time.Second)):
	case <-ctx.Done():
	}
}

// rest ends the work on a chat, unless something came meanwhile.
func (o *Outbox) rest(ctx context.Context, c bot.ChatID, wake chan struct{}) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case <-wake:
		if ctx.Err() == nil {
			return false
		}
	default:
	}
	delete(o.wake, c)
	o.Meter.Queued(len(o.wake))
	return true
}

// attemptLimit is how long one attempt to deliver may take.
const attemptLimit = 30 * time.Second

// deliver carries out one send and reports whether it is settled. ErrConflict means that another
// process delivers it, or that it was replaced.
func (o *Outbox) deliver(ctx context.Context, s bot.Send) (bool, error) {
	d, p, lease, err := o.delivery(ctx, s)
	var elsewhere elsewhereError
	switch {
	case errors.Is(err, bot.ErrNone):
		return o.settle(ctx, bot.DeliveryEnd{Send: s, State: bot.SendFailed}, "", lease), nil // an edit of what never arrived
	case errors.As(err, &elsewhere):
		return false, err
	case errors.Is(err, errAway):
		o.Log.Warn("posts wait until their platform is switched on again", "chat", s.Chat, "err", err)
		<-ctx.Done()
		return false, nil
	case err != nil:
		o.Log.Error("deliver a post", "slot", s.Slot, "err", err)
		return o.pause(ctx, 5*time.Second), nil
	}
	start := &start{o: o, send: s, lease: lease}
	switch {
	case !p.Limits().Repeatable:
		d.Begin = start.begin
	case o.Shared:
		start.begin(ctx) // its error is looked at below
	}
	settled := false
	if start.err == nil {
		settled = o.attempt(ctx, s, d, p, start)
	}
	switch {
	case errors.Is(start.err, bot.ErrConflict):
		return false, start.err
	case start.err != nil:
		if ctx.Err() == nil {
			o.Log.Error("note the start of a post", "slot", s.Slot, "err", start.err)
		}
		return o.pause(ctx, 5*time.Second), nil
	}
	return settled, nil
}

// start is whether an attempt has begun. It is noted once, when the platform says so.
type start struct {
	o     *Outbox
	send  bot.Send
	lease bot.Holding
	done  bool
	err   error
}

func (x *start) begin(ctx context.Context) error {
	if !x.done && x.err == nil {
		begun := bot.Progress{Send: x.send.ID, State: bot.SendStarted, At: x.o.now(), By: x.o.Process, Lease: x.lease}
		x.err = x.o.Write(ctx, &bot.Change{Progress: []bot.Progress{begun}})
		x.done = x.err == nil
	}
	return x.err
}

// bulkMost is how many bulk posts a platform is handed at once. The others wait here, so that a pace which
// takes them one after the other keeps none of them beyond attemptLimit.
const bulkMost = 64

// enter waits until a platform may be handed a post, and returns what is called once it has answered.
func (o *Outbox) enter(ctx context.Context, class bot.Class, platform string) (leave func()) {
	if class != bot.BulkClass {
		return func() {}
	}
	o.mu.Lock()
	slots := o.bulk[platform]
	if slots == nil {
		slots = make(chan struct{}, bulkMost)
		o.bulk[platform] = slots
	}
	o.mu.Unlock()
	select {
	case slots <- struct{}{}:
		return func() { <-slots }
	case <-ctx.Done():
		return func() {}
	}
}

// attempt asks the platform once and notes what came of it.
func (o *Outbox) attempt(ctx context.Context, s bot.Send, d bot.Delivery, p bot.Platform, x *start) bool {
	leave := o.enter(ctx, s.Class, p.Name())
	began := time.Now() // measured, not decided by
	limited, cancel := context.WithTimeout(ctx, attemptLimit)
	ref, err := p.Deliver(limited, d)
	cancel()
	leave()
	outcome := func(name string) { o.Meter.Delivered(p.Name(), name, time.Since(began)) }
	var retry *bot.RetryError
	switch {
	case x.err != nil:
		return false // nothing has left
	case err == nil:
		outcome("done")
		o.mu.Lock()
		o.settled[p.Name()]++
		o.mu.Unlock()
		return o.settle(ctx, bot.DeliveryEnd{Send: s, State: bot.SendDone}, ref, x.lease)
	case errors.As(err, &retry):
		outcome("retry")
		o.doubt(s.ID)
		if !x.done {
			return o.pause(ctx, retry.After) // it waited for its turn; what an earlier process began stays begun
		}
		o.Log.Warn("post refused for now", "slot", s.Slot, "after", retry.After, "err", retry.Err)
		again := &bot.Change{Progress: []bot.Progress{{Send: s.ID, State: bot.SendQueued, At: o.now(), Lease: x.lease}}}
		if err := o.Write(ctx, again); err != nil && ctx.Err() == nil {
			o.Log.Error("queue a post again", "slot", s.Slot, "err", err)
		}
		return o.pause(ctx, retry.After)
	case errors.Is(err, bot.ErrDoubt):
		outcome("doubt")
		o.Log.Warn("post in doubt", "slot", s.Slot, "err", err)
		return o.settle(ctx, bot.DeliveryEnd{Send: s, State: bot.SendDoubt, Err: err}, "", x.lease)
	case ctx.Err() != nil:
		return false // the next process sees that it was started
	default:
		outcome("failed")
		o.Log.Warn("post given up", "slot", s.Slot, "err", err)
		return o.settle(ctx, bot.DeliveryEnd{Send: s, State: bot.SendFailed, Err: err}, "", x.lease)
	}
}

// errAway means that the bot was started without the platform of a chat.
var errAway = errors.New("the platform is not there")

// elsewhereError means that another process sends to a platform.
type elsewhereError struct{ platform string }

func (e elsewhereError) Error() string { return "another process sends to " + e.platform }

// delivery fills in what a platform needs.
func (o *Outbox) delivery(ctx context.Context, s bot.Send) (d bot.Delivery, p bot.Platform, lease bot.Holding, err error) {
	chat, err := o.Store.Chat(ctx, s.Chat)
	if err != nil {
		return d, nil, lease, fmt.Errorf("chat %d: %w", s.Chat, err)
	}
	p = o.Platform(chat.Address.Platform)
	if p == nil {
		return d, nil, lease, fmt.Errorf("%w: %s", errAway, chat.Address.Platform)
	}
	if o.Holds != nil {
		var may bool
		if lease, may = o.Holds(p.Name()); !may {
			return d, nil, lease, elsewhereError{p.Name()}
		}
	}
	again := s.State == bot.SendStarted || p.Limits().Repeatable && o.mayHaveArrived(s.ID)
	d = bot.Delivery{Op: s.Op, Slot: s.Slot, Chat: chat.Address, Post: s.Post, Cause: s.Cause, Again: again, Class: s.Class}
	if s.Op != bot.New {
		if d.Ref, err = o.Store.RefOf(ctx, s.Slot); err != nil {
			return d, nil, lease, fmt.Errorf("slot %s: %w", s.Slot, err)
		}
	}
	if !s.Post.Under.IsZero() {
		if d.Under, err = o.Store.RefOf(ctx, s.Post.Under); err != nil && !bot.IsNone(err) {
			return d, nil, lease, fmt.Errorf("slot %s: %w", s.Post.Under, err)
		}
	}
	if s.To != 0 {
		if d.To, err = o.account(ctx, s.To, p.Name()); err != nil {
			return d, nil, lease, err
		}
	}
	return d, p, lease, nil
}

// account is a member's account on a platform.
func (o *Outbox) account(ctx context.Context, m bot.MemberID, platform string) (*bot.Account, error) {
	accounts, err := o.Store.Accounts(ctx, m)
	if err != nil {
		return nil, fmt.Errorf("member %d: %w", m, err)
	}
	for i := range accounts {
		if accounts[i].Platform == platform {
			return &accounts[i], nil
		}
	}
	return nil, fmt.Errorf("member %d has left %s: %w", m, platform, bot.ErrNone)
}

// settle notes how a post ended, with what follows, and reports whether that is durable.
func (o *Outbox) settle(ctx context.Context, e bot.DeliveryEnd, ref bot.Ref, lease bot.Holding) bool {
	c := &bot.Change{At: o.now(), Progress: []bot.Progress{{Send: e.Send.ID, State: e.State, Ref: ref, At: o.now(), Lease: lease}}}
	if err := o.Ended(ctx, e, c); err != nil {
		if ctx.Err() == nil {
			o.Log.Error("note the end of a post", "slot", e.Send.Slot, "err", err)
		}
		return o.pause(ctx, time.Second)
	}
	o.mu.Lock()
	delete(o.doubted, e.Send.ID)
	o.mu.Unlock()
	return true
}

// doubt notes that the outcome of an attempt is unknown.
func (o *Outbox) doubt(id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.doubted[id] = true
}

// mayHaveArrived reports whether an earlier attempt may have delivered a send.
func (o *Outbox) mayHaveArrived(id int64) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return id <= o.earlier || o.doubted[id]
}

func (o *Outbox) now() time.Time { return bot.Now(o.Clock) }

// pause waits for a while or until ctx ends, and returns false: nothing is settled.
func (o *Outbox) pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-o.Clock.At(o.Clock.Now().Add(d)):
	case <-ctx.Done():
	}
	return false
}
