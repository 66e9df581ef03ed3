package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// How Telegram is asked for updates.
const (
	pollSeconds = 50 // the longest that it lets a request wait
	pollTime    = (pollSeconds + 15) * time.Second
	atATime     = 100
)

// receive asks for updates until ctx ends. What comes is kept in the store before the next
// request confirms it, and handled after that, so nothing is lost whenever the process ends;
// what an earlier process kept is handled first.
func (a *Adapter) receive(ctx context.Context) error {
	if err := a.takeUp(ctx); err != nil {
		return err
	}
	var offset int64 // 0: nothing is to be confirmed
	backoff := adapter.Backoff{First: firstPause, Max: 30 * time.Second}
	for ctx.Err() == nil {
		seconds := pollSeconds
		if !a.ready.Load() {
			seconds = 0 // to see at once whether it works
		}
		list, err := a.poll(ctx, offset, seconds)
		if err == nil {
			a.ready.Store(true)
			backoff.Reset()
			if len(list) == 0 {
				// All below the offset is confirmed by now. Ids may start anew, lower, after a week
				// without any, and would be confirmed unseen.
				offset = 0
				continue
			}
			err = a.keep(ctx, list)
		}
		if err == nil {
			for _, u := range list {
				offset = max(offset, u.ID+1)
			}
			continue
		}
		if ctx.Err() != nil {
			break
		}
		a.ready.Store(false)
		if a.refused(err) {
			return ErrToken
		}
		a.setback(ctx, err, &backoff)
	}
	return ctx.Err()
}

// Settled reports whether updates come and all votes among them are handled.
func (a *Adapter) Settled() bool { return a.ready.Load() && a.votes.Load() == 0 }

// setback waits after a failure.
func (a *Adapter) setback(ctx context.Context, err error, backoff *adapter.Backoff) {
	var r *refusal
	var wait time.Duration
	switch {
	case says(err, "webhook is active"):
		a.log.Error("a webhook was set for this bot: it is removed, as updates are asked for")
		if err := a.client.do(ctx, "deleteWebhook", nil, nil, callTime); err == nil {
			backoff.Reset()
			return
		}
		wait = backoff.Next()
	case errors.As(err, &r) && r.Code == http.StatusConflict:
		wait = backoff.AtLeast(5 * time.Second)
		a.log.Error("another program asks for this bot's updates: stop it, or give it another token", "again", wait)
	default:
		wait = backoff.AtLeast(a.tooMany(err))
		a.log.Error("no updates come", "again", wait, "err", err)
	}
	_ = adapter.Sleep(ctx, wait) // the caller looks whether ctx has ended
}

// poll asks once and lets Telegram wait for updates for some seconds.
func (a *Adapter) poll(ctx context.Context, offset int64, seconds int) ([]bot.Raw, error) {
	p := params{"timeout": decimal(int64(seconds)), "limit": decimal(atATime), "allowed_updates": wanted}
	if offset != 0 {
		p["offset"] = decimal(offset)
	}
	var raw []json.RawMessage
	if err := a.client.do(ctx, "getUpdates", p, &raw, pollTime); err != nil {
		return nil, err
	}
	list := make([]bot.Raw, 0, len(raw))
	for _, body := range raw {
		var head struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal(body, &head); err != nil || head.ID == 0 {
			a.counts.unread.Add(1)
			a.log.Error("an update without an id was left alone", "err", err)
			continue
		}
		list = append(list, bot.Raw{ID: head.ID, Body: body})
	}
	return list, nil
}

// keep stores what came and hands on what is new of it.
func (a *Adapter) keep(ctx context.Context, list []bot.Raw) error {
	fresh, err := a.memory.Keep(ctx, platform, list, a.now().UTC())
	if err != nil {
		return fmt.Errorf("keep updates: %w", err)
	}
	a.counts.received.Add(int64(len(fresh)))
	a.counts.repeated.Add(int64(len(list) - len(fresh)))
	return a.handOn(ctx, fresh)
}

// takeUp hands on what an earlier process kept.
func (a *Adapter) takeUp(ctx context.Context) error {
	for after := int64(0); ; {
		list, err := a.memory.Kept(ctx, platform, after, atATime)
		if err != nil {
			return fmt.Errorf("take up updates: %w", err)
		}
		if len(list) == 0 {
			return nil
		}
		if err := a.handOn(ctx, list); err != nil {
			return err
		}
		after = list[len(list)-1].Seq
	}
}

// handOn puts updates into their lanes and waits for room there.
func (a *Adapter) handOn(ctx context.Context, list []bot.Raw) error {
	for _, r := range list {
		u := &update{}
		if err := json.Unmarshal(r.Body, u); err != nil {
			a.counts.unread.Add(1)
			a.log.Error("an update cannot be read", "id", r.ID, "err", err)
			u = &update{ID: r.ID}
		}
		vote := u.Vote != nil
		if vote {
			a.votes.Add(1)
		}
		err := a.updates.Add(ctx, u.lane(), func() {
			a.process(u, r.Seq)
			if vote {
				a.votes.Add(-1)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// How often an update is tried that cannot be handled, and how long the first pause is.
const (
	handleTries = 5
	handlePause = time.Second
)

// process handles an update until that succeeds, and drops it. When it does not succeed, it stays
// for the next process, unless it is one that makes the program panic.
func (a *Adapter) process(u *update, seq int64) {
	backoff := adapter.Backoff{First: handlePause, Max: time.Minute}
	for try := 1; ; try++ {
		err := adapter.Protect(func() error { return a.handle(a.work, u, try == handleTries) })
		if err == nil {
			break
		}
		if a.work.Err() != nil {
			return // the next process takes it up
		}
		a.log.Error("an update was not handled", "id", u.ID, "try", try, "err", err)
		if try == handleTries {
			a.counts.failed.Add(1)
			var p *adapter.PanicError
			if !errors.As(err, &p) {
				return // the store did not answer: the next process takes it up
			}
			break // it would only panic again
		}
		if adapter.Sleep(a.work, backoff.Next()) != nil {
			return
		}
	}
	if err := a.memory.Drop(a.work, seq); err != nil && a.work.Err() == nil {
		a.log.Error("a handled update was not dropped; it is taken up again at the next start, and does nothing then", "id", u.ID, "err", err)
	}
}
