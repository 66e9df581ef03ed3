package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// outbox sees to it that one goroutine at a time delivers the posts of a chat, in order.
type outbox struct {
	mu      sync.Mutex
	ctx     context.Context // of Run; nil before
	busy    map[ChatID]bool // true: something new came while it was being emptied
	left    map[int64]bool  // sends of which an attempt by this process or an earlier one may have arrived
	working sync.WaitGroup
}

func newOutbox() *outbox { return &outbox{busy: map[ChatID]bool{}, left: map[int64]bool{}} }

func (o *outbox) open(ctx context.Context) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ctx = ctx
}

// inherit notes what an earlier process left; it is called before open.
func (o *outbox) inherit(sends []Send) {
	for _, s := range sends {
		o.doubt(s.ID)
	}
}

// doubt notes that the outcome of an attempt to deliver a send is unknown.
func (o *outbox) doubt(id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.left[id] = true
}

func (o *outbox) inherited(id int64) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.left[id]
}

func (o *outbox) settled(id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.left, id)
}

func (o *outbox) wait() { o.working.Wait() }

// kick has the posts of a chat delivered. Before Run nothing is: Run takes them up.
func (h *Hall) kick(c ChatID) {
	o := h.outbox
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ctx == nil || o.ctx.Err() != nil {
		return
	}
	if _, running := o.busy[c]; running {
		o.busy[c] = true
		return
	}
	o.busy[c] = false
	ctx := o.ctx
	h.meter.Queued(len(o.busy))
	o.working.Go(func() { h.empty(ctx, c) })
}

// empty delivers the posts of a chat until none is left.
func (h *Hall) empty(ctx context.Context, c ChatID) {
	for {
		sends, err := h.store.Waiting(ctx, c, 16)
		if err != nil && ctx.Err() == nil {
			h.log.Error("read the outbox", "chat", c, "err", err)
		}
		if err != nil || len(sends) == 0 {
			if h.rest(c) {
				return
			}
			continue
		}
		for _, s := range sends {
			if !h.deliver(ctx, s) {
				break // it stays where it is; read anew, as it may have been replaced
			}
		}
		if ctx.Err() != nil {
			h.rest(c)
			return
		}
	}
}

// rest ends the work on a chat, unless something came meanwhile.
func (h *Hall) rest(c ChatID) bool {
	o := h.outbox
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.busy[c] && o.ctx.Err() == nil {
		o.busy[c] = false
		return false
	}
	delete(o.busy, c)
	h.meter.Queued(len(o.busy))
	return true
}

// patience is how long one attempt to deliver may take.
const patience = 30 * time.Second

// deliver carries out one send and reports whether it is settled.
func (h *Hall) deliver(ctx context.Context, s Send) bool {
	d, p, err := h.delivery(ctx, s)
	switch {
	case errors.Is(err, ErrNone):
		return h.settle(ctx, s, SendFailed, "", nil) // an edit of what never arrived
	case errors.Is(err, errAway):
		h.log.Warn("posts wait until their platform is switched on again", "chat", s.Chat, "err", err)
		<-ctx.Done()
		return false
	case err != nil:
		h.log.Error("deliver", "slot", s.Slot, "err", err)
		return h.pause(ctx, 5*time.Second)
	}
	if !p.Limits().Repeat {
		if err := h.write(ctx, &Change{Marks: []Mark{{Send: s.ID, State: SendStarted, At: h.now()}}}); err != nil {
			h.log.Error("note the start of a post", "slot", s.Slot, "err", err)
			return h.pause(ctx, 5*time.Second)
		}
	}
	began := time.Now() // measured, not decided by
	attempt, cancel := context.WithTimeout(ctx, patience)
	ref, err := p.Deliver(attempt, d)
	cancel()
	outcome := func(name string) { h.meter.Delivered(p.Name(), name, time.Since(began)) }
	var retry *RetryError
	switch {
	case err == nil:
		outcome("done")
		return h.settle(ctx, s, SendDone, ref, nil)
	case errors.As(err, &retry):
		outcome("retry")
		h.outbox.doubt(s.ID)
		h.log.Warn("post refused for now", "slot", s.Slot, "after", retry.After, "err", retry.Err)
		if err := h.write(ctx, &Change{Marks: []Mark{{Send: s.ID, State: SendQueued, At: h.now()}}}); err != nil {
			h.log.Error("queue a post again", "slot", s.Slot, "err", err)
		}
		return h.pause(ctx, retry.After)
	case errors.Is(err, ErrDoubt):
		outcome("doubt")
		h.log.Warn("post in doubt", "slot", s.Slot, "err", err)
		return h.settle(ctx, s, SendDoubt, "", err)
	case ctx.Err() != nil:
		return false // the next process sees that it was started
	default:
		outcome("failed")
		h.log.Warn("post given up", "slot", s.Slot, "err", err)
		return h.settle(ctx, s, SendFailed, "", err)
	}
}

// errAway means that the bot was started without the platform of a chat.
var errAway = errors.New("the platform is not there")

// delivery fills in what a platform needs.
func (h *Hall) delivery(ctx context.Context, s Send) (Delivery, Platform, error) {
	chat, err := h.store.Chat(ctx, s.Chat)
	if err != nil {
		return Delivery{}, nil, fmt.Errorf("chat %d: %w", s.Chat, err)
	}
	p := h.platforms[chat.Address.Platform]
	if p == nil {
		return Delivery{}, nil, fmt.Errorf("%w: %s", errAway, chat.Address.Platform)
	}
	d := Delivery{Op: s.Op, Slot: s.Slot, Chat: chat.Address, Post: s.Post, Cause: s.Cause, Again: s.State == SendStarted || p.Limits().Repeat && h.outbox.inherited(s.ID)}
	_, ofGame := slotGame(s.Slot)
	d.Bulk = !ofGame && s.Cause == ""
	if s.Op != New {
		if d.Ref, err = h.store.RefOf(ctx, s.Slot); err != nil {
			return Delivery{}, nil, fmt.Errorf("slot %s: %w", s.Slot, err)
		}
	}
	if s.Post.Under != "" {
		if d.Under, err = h.store.RefOf(ctx, s.Post.Under); err != nil && !none(err) {
			return Delivery{}, nil, fmt.Errorf("slot %s: %w", s.Post.Under, err)
		}
	}
	if s.To != 0 {
		accounts, err := h.store.Accounts(ctx, s.To)
		if err != nil {
			return Delivery{}, nil, fmt.Errorf("member %d: %w", s.To, err)
		}
		for i := range accounts {
			if accounts[i].Platform == p.Name() {
				d.To = &accounts[i]
			}
		}
		if d.To == nil {
			return Delivery{}, nil, fmt.Errorf("member %d has left %s: %w", s.To, p.Name(), ErrNone)
		}
	}
	return d, p, nil
}

// settle notes how a post ended, with what follows for its game, and reports whether that is
// durable.
func (h *Hall) settle(ctx context.Context, s Send, state SendState, ref Ref, why error) bool {
	c := &Change{At: h.now(), Marks: []Mark{{Send: s.ID, State: state, Ref: ref, At: h.now()}}}
	if err := h.follow(ctx, s, state, why, c); err != nil {
		if ctx.Err() == nil {
			h.log.Error("note the end of a post", "slot", s.Slot, "err", err)
		}
		return h.pause(ctx, time.Second)
	}
	h.outbox.settled(s.ID)
	return true
}

// write writes a change and waits for it.
func (h *Hall) write(ctx context.Context, c *Change) error {
	if err := h.store.Write(c)(ctx); err != nil {
		return err
	}
	h.landed(c)
	return nil
}

// pause waits for a while or until ctx ends, and returns false: nothing is settled.
func (h *Hall) pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-h.clock.At(h.clock.Now().Add(d)):
	case <-ctx.Done():
	}
	return false
}
