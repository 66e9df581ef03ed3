package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// Webhook is where Telegram pushes updates to. Every process with it takes and stores them; the one that leads sets
// the webhook and handles what is stored, in its order.
type Webhook struct {
	URL    string // "": there is none
	Secret string // what shows that a request is from Telegram
}

// Parameters of a webhook.
const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	pushedBody   = 1 << 20 // bytes that are read of a request; updates stay far below it
	pushedAtOnce = 100     // requests at once, the most that Telegram allows
	storeTime    = 5 * time.Second
	retryAfter   = "2" // seconds until Telegram pushes again what could not be stored
	lookEvery    = time.Second
	checkEvery   = time.Minute
)

// ServeHTTP takes an update that Telegram pushes. It answers 200 when the update is stored, 503 while it cannot be
// stored, so that Telegram pushes it again, and 401 to requests without the secret.
func (a *Adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := a.intake
	if in.hook.URL == "" {
		http.NotFound(w, r)
		return
	}
	if !in.hook.knows(r.Header.Get(secretHeader)) {
		in.counts.forged.Add(1)
		http.Error(w, "not from Telegram", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, pushedBody))
	if err != nil {
		http.Error(w, "too large or incomplete", http.StatusRequestEntityTooLarge)
		return
	}
	var head struct {
		ID   int64           `json:"update_id"`
		Vote json.RawMessage `json:"poll_answer"`
	}
	if err := json.Unmarshal(body, &head); err != nil || head.ID == 0 {
		in.counts.unread.Add(1)
		in.log.Error("an update without an id was ignored", "err", err)
		return // pushed again it would be no better
	}
	ctx, cancel := context.WithTimeout(r.Context(), storeTime)
	defer cancel()
	fresh, err := in.store.Keep(ctx, platform, []bot.RawInput{{ID: head.ID, Body: body}}, in.now().UTC())
	if err != nil {
		in.counts.postponed.Add(1)
		in.warnOfStore(err)
		w.Header().Set("Retry-After", retryAfter)
		http.Error(w, "cannot be stored now", http.StatusServiceUnavailable)
		return
	}
	in.counts.received.Add(int64(len(fresh)))
	in.counts.repeated.Add(int64(1 - len(fresh)))
	if head.Vote != nil {
		in.voted.Store(in.now().UnixNano())
	}
	in.wake()
}

// knows compares a secret in constant time.
func (h Webhook) knows(secret string) bool {
	got, want := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(h.Secret))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1 && h.Secret != ""
}

// warnOfStore says, once a minute, that updates cannot be stored.
func (in *intake) warnOfStore(err error) {
	now, last := in.now().UnixNano(), in.warned.Load()
	if now-last >= int64(time.Minute) && in.warned.CompareAndSwap(last, now) {
		in.log.Warn("updates cannot be stored: Telegram pushes them again until they can", "err", err)
	}
}

// wake has stored updates looked for at once.
func (in *intake) wake() {
	select {
	case in.more <- struct{}{}:
	default: // it will look anyway
	}
}

// votesApart is the most that passes between two votes of a poll whose votes are still being pushed: Telegram pushes
// one at a time.
const votesApart = 500 * time.Millisecond

// quiet reports whether no vote was pushed to this process a moment ago.
func (in *intake) quiet() bool { return in.now().UnixNano()-in.voted.Load() > int64(votesApart) }

// emptied reports whether everything that was stored is handled.
func (in *intake) emptied() bool {
	ctx, cancel := context.WithTimeout(in.work, storeTime)
	defer cancel()
	kept, err := in.store.Kept(ctx, platform, 0, 1)
	return err == nil && len(kept) == 0
}

// receivePushed keeps the webhook set and handles what is stored, until ctx ends or Telegram refuses the token.
func (in *intake) receivePushed(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		in.handlePushed(ctx)
	}()
	err := in.keepWebhook(ctx)
	stop()
	<-done
	return err
}

// handlePushed handles what is stored until ctx ends. It looks when something was stored here or it was told so, and
// each second for what it was not told.
func (in *intake) handlePushed(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for after := int64(0); ; {
		var err error
		if after, err = in.handleStored(ctx, after); err != nil {
			return // ctx has ended
		}
		select {
		case <-in.more:
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// webhookInfo is what Telegram says of the webhook.
type webhookInfo struct {
	URL       string `json:"url"`
	Pending   int    `json:"pending_update_count"`
	FailedAt  int64  `json:"last_error_date"`
	FailedWhy string `json:"last_error_message"`
}

// keepWebhook sets the webhook, and looks each minute whether it is still set and what Telegram says of it.
func (in *intake) keepWebhook(ctx context.Context) error {
	backoff := adapter.Backoff{First: firstPause, Max: longestPause}
	told := in.lastFailure(ctx)
	for err := in.setWebhook(ctx); ; {
		wait := checkEvery
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case tokenRefused(err):
			in.ready.Store(false)
			return ErrToken
		case err != nil:
			in.ready.Store(false)
			wait = backoff.AtLeast(in.backOff(err))
			advice := "the webhook cannot be set yet"
			if hasText(err, "webhook") {
				advice = "Telegram does not take the webhook: mend TELEGRAM_WEBHOOK_URL"
			}
			in.log.Error(advice, "url", in.hook.URL, "again", wait, "err", err)
		default:
			backoff.Reset()
		}
		if err := adapter.Sleep(ctx, wait); err != nil {
			return err
		}
		if !in.ready.Load() {
			err = in.setWebhook(ctx)
			continue
		}
		told, err = in.checkWebhook(ctx, told)
	}
}

// lastFailure returns the time of the last failure of a push before now, of which nobody needs to hear.
func (in *intake) lastFailure(ctx context.Context) int64 {
	var info webhookInfo
	if err := in.client.do(ctx, "getWebhookInfo", nil, &info, callTime); err != nil {
		return in.now().Unix()
	}
	return info.FailedAt
}

// setWebhook sets the webhook. What waits at Telegram stays there and is pushed.
func (in *intake) setWebhook(ctx context.Context) error {
	err := in.client.do(ctx, "setWebhook", params{"url": in.hook.URL, "secret_token": in.hook.Secret, "allowed_updates": updateKinds,
		"max_connections": decimal(pushedAtOnce)}, nil, callTime)
	if err != nil {
		return err
	}
	in.ready.Store(true)
	in.log.Info("telegram pushes updates", "url", in.hook.URL)
	return nil
}

// checkWebhook asks Telegram how the webhook fares, sets it again if somebody else changed it, and logs the failure of
// a push that was not told yet. It returns the time of the failure that was told last.
func (in *intake) checkWebhook(ctx context.Context, told int64) (int64, error) {
	var info webhookInfo
	if err := in.client.do(ctx, "getWebhookInfo", nil, &info, callTime); err != nil {
		if tokenRefused(err) {
			return told, err
		}
		in.log.Warn("Telegram does not say whether it pushes updates", "err", err)
		return told, nil
	}
	if info.FailedAt > told {
		in.log.Warn("Telegram could not push an update: check that TELEGRAM_WEBHOOK_URL leads here, and that all processes have the same TELEGRAM_WEBHOOK_SECRET",
			"says", info.FailedWhy, "at", time.Unix(info.FailedAt, 0).UTC(), "waiting", info.Pending)
		told = info.FailedAt
	}
	if info.URL == in.hook.URL {
		return told, nil
	}
	in.log.Error("another program changed where this bot's updates go: stop it, or give it another token; the webhook is set again")
	return told, in.setWebhook(ctx)
}
