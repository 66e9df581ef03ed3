package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// webhook is where updates are pushed to instead of being asked for. One update of a chat, of a person who pressed
// buttons, or of a poll is on its way at a time; one that was not taken comes again, later each time.
type webhook struct {
	url      string // "": there is none
	secret   string
	most     int // requests at once
	front    http.Handler
	busy     map[string]bool      // queues with an update on its way
	rest     map[string]time.Time // queues of which the first update was not taken, until it is sent again
	pauses   map[string]time.Duration
	failed   time.Time
	failure  string
	statuses map[int]int // of what was pushed
}

// How long an update waits that was not taken: twice as long each time.
const (
	firstRest = 2 * time.Second
	mostRest  = time.Minute
)

// Front takes what is pushed to a webhook in the place of its address, such as for services in one bubble.
func (f *Telegram) Front(h http.Handler) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hook.front = h
}

// Hooked returns the address of the webhook and the secret that is sent to it; "": there is none.
func (f *Telegram) Hooked() (address, secret string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hook.url, f.hook.secret
}

// Pushed returns how many updates were pushed, by the status of the answer; 0: there was none.
func (f *Telegram) Pushed(status int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hook.statuses[status]
}

// secretForm is what Telegram takes for a secret.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

func (f *Telegram) setWebhook(c *call) reply {
	h := &f.hook
	address := c.params["url"]
	if address == "" {
		return f.deleteWebhook(c)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return *f.bad(c, "bad webhook: invalid webhook URL specified")
	}
	if port := u.Port(); u.Scheme != "https" && !f.o.TCP || port != "" && !slices.Contains([]string{"443", "80", "88", "8443"}, port) && !f.o.TCP {
		return *f.bad(c, "bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !secretForm.MatchString(c.params["secret_token"]) {
		return *f.bad(c, "secret token contains unallowed characters")
	}
	allowed := []string{}
	if !c.object("allowed_updates", &allowed) {
		return *f.bad(c, "can't parse allowed updates JSON object")
	}
	if c.params["allowed_updates"] != "" {
		f.queue.allowed = allowed
	}
	if c.yes("drop_pending_updates") {
		f.complain("setWebhook: it throws updates away")
		f.queue.waiting = nil
	}
	h.url, h.secret, h.most = address, c.params["secret_token"], int(c.number("max_connections"))
	if h.most < 1 || h.most > 100 {
		h.most = 40
	}
	h.rest, h.pauses = map[string]time.Time{}, map[string]time.Duration{}
	f.arrive()
	return ok(true)
}

func (f *Telegram) deleteWebhook(c *call) reply {
	f.hook.url, f.hook.secret = "", ""
	if c.yes("drop_pending_updates") {
		f.complain("deleteWebhook: it throws updates away")
		f.queue.waiting = nil
	}
	return ok(true)
}

func (f *Telegram) getWebhookInfo(*call) reply {
	h := &f.hook
	info := map[string]any{"url": h.url, "has_custom_certificate": false, "pending_update_count": len(f.queue.waiting)}
	if h.url != "" {
		info["max_connections"] = h.most
		if f.queue.allowed != nil {
			info["allowed_updates"] = f.queue.allowed
		}
		if !h.failed.IsZero() {
			info["last_error_date"], info["last_error_message"] = h.failed.Unix(), h.failure
		}
	}
	return ok(info)
}

// queueOf is the queue in which an update waits for the ones before it.
func queueOf(raw []byte) string {
	var u struct {
		Message struct{ Chat struct{ ID int64 } }
		Edited  struct{ Chat struct{ ID int64 } } `json:"edited_message"`
		Press   struct{ From struct{ ID int64 } } `json:"callback_query"`
		Vote    struct {
			Poll string `json:"poll_id"`
		} `json:"poll_answer"`
	}
	_ = json.Unmarshal(raw, &u) // what is none has no queue of its own
	switch {
	case u.Message.Chat.ID+u.Edited.Chat.ID != 0:
		return "c" + strconv.FormatInt(u.Message.Chat.ID+u.Edited.Chat.ID, 10)
	case u.Press.From.ID != 0:
		return "u" + strconv.FormatInt(u.Press.From.ID, 10)
	case u.Vote.Poll != "":
		return "p" + u.Vote.Poll
	}
	return ""
}

// push sends updates to the webhook, while there is one, until ctx ends.
func (f *Telegram) push(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		f.mu.Lock()
		arrived := f.queue.arrived
		next := f.begin(ctx, time.Now())
		f.mu.Unlock()
		timer.Reset(next)
		select {
		case <-arrived:
		case <-timer.C:
		case <-ctx.Done():
			f.pushing.Wait()
			return
		}
	}
}

// begin sends what can be sent now and returns when to look again. The caller holds f.mu.
func (f *Telegram) begin(ctx context.Context, now time.Time) time.Duration {
	h, again := &f.hook, time.Hour
	if h.url == "" {
		return again
	}
	f.queue.confirm(0, now) // what is too old is gone
	seen := map[string]bool{}
	list := append(slices.Clone(f.queue.repeats), f.queue.waiting...)
	for i, w := range list {
		key := queueOf(w.raw)
		repeated := i < len(f.queue.repeats)
		if repeated {
			key = "r" + strconv.Itoa(w.id)
		}
		left := h.rest[key].Sub(now)
		switch {
		case seen[key] || h.busy[key] || len(h.busy) >= h.most:
		case left > 0:
			again = min(again, left)
		default:
			h.busy[key] = true
			url, secret, front := h.url, h.secret, h.front
			f.pushing.Go(func() {
				status, after := f.deliver(ctx, front, url, secret, w.raw)
				f.pushed(key, w, repeated, status, after)
			})
		}
		seen[key] = true
	}
	return again
}

// pushed notes how the push of an update ended.
func (f *Telegram) pushed(key string, w waiting, repeated bool, status int, after time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := &f.hook
	delete(h.busy, key)
	h.statuses[status]++
	defer f.arrive()
	same := func(o waiting) bool { return o.id == w.id }
	switch {
	case status/100 == 2:
		delete(h.rest, key)
		delete(h.pauses, key)
		if repeated {
			f.queue.repeats = slices.DeleteFunc(f.queue.repeats, same)
		} else {
			f.queue.waiting = slices.DeleteFunc(f.queue.waiting, same)
		}
		return
	case after == 0:
		after = min(max(2*h.pauses[key], firstRest), mostRest)
		if h.pauses[key] == 0 {
			after = time.Millisecond // once more at once
		}
		h.pauses[key] = max(after, firstRest/2)
	}
	h.rest[key] = time.Now().Add(after)
	h.failed, h.failure = time.Now(), "Connection refused"
	if status != 0 {
		h.failure = "Wrong response from the webhook: " + strconv.Itoa(status) + " " + http.StatusText(status)
	}
}

// deliver posts an update to the webhook and returns the status, and when to come again if the bot said so.
func (f *Telegram) deliver(ctx context.Context, front http.Handler, address, secret string, raw []byte) (status int, after time.Duration) {
	if front == nil && !f.o.TCP {
		return 0, 0 // a network in memory leads to the fake alone
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(raw))
	if err != nil {
		return 0, 0
	}
	req.Header.Set("Content-Type", "application/json")
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	var res *http.Response
	if front != nil {
		w := httptest.NewRecorder()
		front.ServeHTTP(w, req)
		res = w.Result()
	} else if res, err = http.DefaultClient.Do(req); err != nil {
		return 0, 0
	}
	res.Body.Close()
	seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
	return res.StatusCode, time.Duration(seconds) * time.Second
}
