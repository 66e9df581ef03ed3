package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// Parameters of getUpdates.
const (
	pollSeconds = 50 // the longest wait that Telegram allows
	pollTime    = (pollSeconds + 15) * time.Second
	batchSize   = 100
)

// intake receives updates and passes them to the handler.
type intake struct {
	*handler
	updates *adapter.Queue // by chat or user
	ready   atomic.Bool
	votes   atomic.Int64 // received and not handled yet
	hook    Webhook
	more    chan struct{} // an element when updates may have been stored
	voted   atomic.Int64  // when the last vote was pushed, in nanoseconds
	warned  atomic.Int64  // when it was last said that an update cannot be stored
}

// receive receives updates until ctx ends or Telegram refuses the token: it requests them, or handles those
// that are pushed.
func (in *intake) receive(ctx context.Context) error {
	if in.hook.URL != "" {
		return in.receivePushed(ctx)
	}
	return in.poll(ctx)
}

// poll requests updates until ctx ends. Updates are stored before the next request confirms them, and
// handled after that, so nothing is lost whenever the process ends. The updates that an earlier process
// stored are handled first.
func (in *intake) poll(ctx context.Context) error {
	if _, err := in.handleStored(ctx, 0); err != nil {
		return err
	}
	var offset int64 // 0: confirms nothing
	backoff := adapter.Backoff{First: firstPause, Max: 30 * time.Second}
	for ctx.Err() == nil {
		seconds := pollSeconds
		if !in.ready.Load() {
			seconds = 0 // shows at once whether it works
		}
		list, err := in.getUpdates(ctx, offset, seconds)
		if err == nil {
			in.ready.Store(true)
			backoff.Reset()
			if len(list) == 0 {
				// All updates below the offset are confirmed by now. After a week without updates ids may start
				// again at a lower number, and those updates would be confirmed unseen.
				offset = 0
				continue
			}
			err = in.keepUpdates(ctx, list)
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
		in.ready.Store(false)
		if tokenRefused(err) {
			return ErrToken
		}
		in.waitAfter(ctx, err, &backoff)
	}
	return ctx.Err()
}

// settled reports whether updates are received and all votes among them are handled.
func (in *intake) settled() bool {
	return in.ready.Load() && in.votes.Load() == 0 && (in.hook.URL == "" || in.quiet() && in.emptied())
}

// waitAfter waits after a failure.
func (in *intake) waitAfter(ctx context.Context, err error, backoff *adapter.Backoff) {
	var r *apiError
	var wait time.Duration
	switch {
	case hasText(err, "webhook is active"):
		in.log.Error("a webhook was set for this bot: it is removed, as updates are requested here")
		if err := in.client.do(ctx, "deleteWebhook", nil, nil, callTime); err == nil {
			backoff.Reset()
			return
		}
		wait = backoff.Next()
	case errors.As(err, &r) && r.Code == http.StatusConflict:
		wait = backoff.AtLeast(5 * time.Second)
		in.log.Error("another program asks for this bot's updates: stop it, or give it another token", "again", wait)
	default:
		wait = backoff.AtLeast(in.backOff(err))
		in.log.Error("updates cannot be received", "again", wait, "err", err)
	}
	_ = adapter.Sleep(ctx, wait) // the caller checks whether ctx has ended
}

// getUpdates requests updates once and lets Telegram wait for them for some seconds.
func (in *intake) getUpdates(ctx context.Context, offset int64, seconds int) ([]bot.RawInput, error) {
	p := params{"timeout": decimal(int64(seconds)), "limit": decimal(batchSize), "allowed_updates": updateKinds}
	if offset != 0 {
		p["offset"] = decimal(offset)
	}
	var raw []json.RawMessage
	if err := in.client.do(ctx, "getUpdates", p, &raw, pollTime); err != nil {
		return nil, err
	}
	list := make([]bot.RawInput, 0, len(raw))
	for _, body := range raw {
		var head struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal(body, &head); err != nil || head.ID == 0 {
			in.counts.unread.Add(1)
			in.log.Error("an update without an id was ignored", "err", err)
			continue
		}
		list = append(list, bot.RawInput{ID: head.ID, Body: body})
	}
	return list, nil
}

// keepUpdates stores updates and enqueues the new ones.
func (in *intake) keepUpdates(ctx context.Context, list []bot.RawInput) error {
	fresh, err := in.store.Keep(ctx, platform, list, in.now().UTC())
	if err != nil {
		return fmt.Errorf("store updates: %w", err)
	}
	in.counts.received.Add(int64(len(fresh)))
	in.counts.repeated.Add(int64(len(list) - len(fresh)))
	return in.enqueue(ctx, fresh)
}

// handleStored enqueues the updates that are stored after one, by whichever process, and returns the last of
// them. While the store does not answer it tries again, until ctx ends.
func (in *intake) handleStored(ctx context.Context, after int64) (last int64, err error) {
	backoff := adapter.Backoff{First: firstPause, Max: 10 * time.Second}
	for {
		list, err := in.store.Kept(ctx, platform, after, batchSize)
		if ctx.Err() != nil {
			return after, ctx.Err()
		}
		if err != nil {
			wait := backoff.Next()
			in.log.Error("stored updates cannot be read", "again", wait, "err", err)
			if err := adapter.Sleep(ctx, wait); err != nil {
				return after, err
			}
			continue
		}
		backoff.Reset()
		if len(list) == 0 {
			return after, nil
		}
		if err := in.enqueue(ctx, list); err != nil {
			return after, err
		}
		after = list[len(list)-1].Seq
	}
}

// enqueue adds updates to the queue and waits for room.
func (in *intake) enqueue(ctx context.Context, list []bot.RawInput) error {
	for _, r := range list {
		u := &update{}
		if err := json.Unmarshal(r.Body, u); err != nil {
			in.counts.unread.Add(1)
			in.log.Error("an update cannot be decoded", "id", r.ID, "err", err)
			u = &update{ID: r.ID}
		}
		vote := u.Vote != nil
		if vote {
			in.votes.Add(1)
		}
		err := in.updates.Add(ctx, u.queueKey(), func() {
			in.process(u, r.Seq)
			if vote {
				in.votes.Add(-1)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// How often handling an update is tried, and the first wait between attempts.
const (
	handleTries = 5
	handlePause = time.Second
)

// process handles an update until that succeeds, and deletes it. Otherwise the update stays stored for the
// next process, unless it causes a panic.
func (in *intake) process(u *update, seq int64) {
	backoff := adapter.Backoff{First: handlePause, Max: time.Minute}
	for try := 1; ; try++ {
		err := adapter.Protect(func() error { return in.handle(in.work, u, try == handleTries) })
		if err == nil {
			break
		}
		if in.work.Err() != nil {
			return // the next process handles it
		}
		in.log.Error("an update was not handled", "id", u.ID, "try", try, "err", err)
		if try == handleTries {
			in.counts.failed.Add(1)
			var p *adapter.PanicError
			if !errors.As(err, &p) {
				return // the store failed: the next process handles it
			}
			break // it would panic again
		}
		if adapter.Sleep(in.work, backoff.Next()) != nil {
			return
		}
	}
	if err := in.store.Drop(in.work, seq); err != nil && in.work.Err() == nil {
		in.log.Error("a handled update was not deleted; it is handled again at the next start, without effect", "id", u.ID, "err", err)
	}
}
