package telegramtest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// queue holds the updates that the bot has not confirmed.
type queue struct {
	next    int // id of the next update
	waiting []waiting
	repeats []waiting // come once more, when they are confirmed
	allowed []string  // nil: all but those that must be asked for
	arrived chan struct{}
	polling context.CancelFunc // ends the long poll that waits
	poll    int                // counts long polls
	lastAsk int
	lastAt  time.Time
	newest  json.RawMessage
	holding bool // votes are counted, but not told
	held    []waiting
}

type waiting struct {
	id   int
	kind string
	at   time.Time
	raw  []byte // {"update_id": ..., kind: ...}
}

// How long Telegram stores an update.
const (
	updateLife   = 24 * time.Hour
	callbackLife = 150 * time.Second
	inlineLife   = 30 * time.Second
)

// pollWait is the longest wait of getUpdates; once is how long a repeated offset gets only one update.
const (
	pollWait = 50 * time.Second
	once     = 500 * time.Millisecond
)

// life is how long an update of a kind is stored.
func life(kind string) time.Duration {
	switch kind {
	case "callback_query":
		return callbackLife
	case "inline_query":
		return inlineLife
	}
	return updateLife
}

// tell queues an update if the bot receives its kind. The caller holds f.mu.
func (f *Telegram) tell(kind string, object any) {
	q := &f.queue
	switch {
	case q.allowed != nil && !slices.Contains(q.allowed, kind),
		q.allowed == nil && slices.Contains([]string{"chat_member", "message_reaction", "message_reaction_count"}, kind):
		return
	}
	w := waiting{kind: kind, at: time.Now().Add(-f.ago)}
	if q.holding && kind == "poll_answer" {
		w.raw, _ = json.Marshal(object) // plain values
		q.held = append(q.held, w)
		return
	}
	f.enqueue(w, object)
}

// enqueue numbers an update and appends it. The caller holds f.mu.
func (f *Telegram) enqueue(w waiting, object any) {
	q := &f.queue
	w.id = q.next
	q.next++
	w.raw, _ = json.Marshal(map[string]any{"update_id": w.id, w.kind: object}) // plain values
	q.waiting = append(q.waiting, w)
	q.newest = w.raw
	f.arrive()
}

// Newest returns the newest update, even if it is confirmed.
func (f *Telegram) Newest() json.RawMessage {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.queue.newest
}

// arrive wakes a waiting getUpdates. The caller holds f.mu.
func (f *Telegram) arrive() {
	close(f.queue.arrived)
	f.queue.arrived = make(chan struct{})
	f.wake()
}

// Inject queues an update of any kind and content, even one that Telegram would not send, and returns its id.
func (f *Telegram) Inject(kind string, object any) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.enqueue(waiting{kind: kind, at: time.Now().Add(-f.ago)}, object)
	return f.queue.next - 1
}

// Updates returns the updates that are not confirmed, as they are sent.
func (f *Telegram) Updates() []json.RawMessage {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []json.RawMessage
	for _, w := range f.queue.waiting {
		out = append(out, w.raw)
	}
	return out
}

// Pending returns how many updates are not confirmed.
func (f *Telegram) Pending() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.queue.waiting) + len(f.queue.repeats)
}

// Repeat sends an update again, with the same id, after it was confirmed.
func (f *Telegram) Repeat(raw json.RawMessage) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var u struct {
		ID int `json:"update_id"`
	}
	_ = json.Unmarshal(raw, &u) // what is none has no id
	f.queue.repeats = append(f.queue.repeats, waiting{id: u.ID, at: time.Now(), raw: raw})
	f.arrive()
}

// Jump moves the ids of further updates by n, which may be negative, as happens after a week without updates.
func (f *Telegram) Jump(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queue.next += n
}

// HoldVotes delays the updates of votes, which count in their polls, until it is called with false.
func (f *Telegram) HoldVotes(hold bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queue.holding = hold
	held := f.queue.held
	if hold {
		return
	}
	f.queue.held = nil
	for _, w := range held {
		f.enqueue(w, json.RawMessage(w.raw))
	}
}

// Webhook sets a webhook, as another program would, with which getUpdates is refused; "" removes it.
func (f *Telegram) Webhook(url string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hook.url, f.hook.secret, f.hook.most = url, "", 40
	f.arrive()
}

func (f *Telegram) getUpdates(c *call) reply {
	f.mu.Lock()
	limit, bad := f.confirm(c)
	if bad != nil {
		f.mu.Unlock()
		return *bad
	}
	q := &f.queue
	if q.polling != nil {
		q.polling()
	}
	ctx, cancel := context.WithCancel(c.r.Context())
	defer cancel()
	q.poll++
	turn := q.poll
	q.polling = cancel
	f.mu.Unlock()

	deadline := time.NewTimer(min(time.Duration(c.number("timeout"))*time.Second, pollWait))
	defer deadline.Stop()
	for over := false; ; {
		f.mu.Lock()
		if q.poll != turn {
			f.mu.Unlock()
			return refusal(http.StatusConflict, "terminated by other getUpdates request; make sure that only one bot instance is running")
		}
		list := q.take(limit)
		arrived := q.arrived
		if len(list) > 0 || over {
			q.polling = nil
			f.mu.Unlock()
			return ok(list)
		}
		f.mu.Unlock()
		select {
		case <-arrived:
		case <-deadline.C:
			over = true
		case <-ctx.Done():
			if c.r.Context().Err() != nil {
				return reply{} // nobody waits for the answer
			}
		}
	}
}

// confirm reads the parameters of getUpdates and drops the updates that it confirms. It returns how many
// updates may be given, or a refusal. The caller holds f.mu.
func (f *Telegram) confirm(c *call) (limit int, bad *reply) {
	q := &f.queue
	if f.hook.url != "" {
		return 0, refuse(http.StatusConflict, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if c.params["allowed_updates"] != "" {
		allowed := []string{}
		if !c.object("allowed_updates", &allowed) {
			return 0, f.bad(c, "can't parse allowed updates JSON object")
		}
		q.allowed = allowed
		if len(allowed) == 0 {
			q.allowed = nil
		}
	}
	offset := int(c.number("offset"))
	if offset < 0 {
		f.complain("getUpdates: the offset %d throws updates away", offset)
		q.waiting = q.waiting[max(0, len(q.waiting)+offset):]
		offset = 0
	}
	limit = int(c.number("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	now := time.Now()
	if offset > 0 && offset == q.lastAsk && now.Sub(q.lastAt) < once {
		limit = 1
	}
	q.lastAsk, q.lastAt = offset, now
	if offset > q.next {
		offset = 0 // of ids before a jump back: it confirms nothing that is to come
	}
	q.confirm(offset, now)
	f.wake()
	return limit, nil
}

// confirm drops the updates below an offset, and those that are too old.
func (q *queue) confirm(offset int, now time.Time) {
	q.waiting = slices.DeleteFunc(q.waiting, func(w waiting) bool { return w.id < offset || now.Sub(w.at) > life(w.kind) })
}

// take returns the first updates, of which those that are repeated are gone then. One that was
// not confirmed yet is repeated once it is: updates come in the order of their ids, or the bot
// would confirm what it has not seen.
func (q *queue) take(limit int) []json.RawMessage {
	list := []json.RawMessage{}
	q.repeats = slices.DeleteFunc(q.repeats, func(r waiting) bool {
		if len(list) == limit || len(q.waiting) > 0 && r.id >= q.waiting[0].id {
			return false
		}
		list = append(list, r.raw)
		return true
	})
	for _, w := range q.waiting {
		if len(list) == limit {
			break
		}
		list = append(list, w.raw)
	}
	return list
}

// command reports whether a text begins with a command, and which bot it addresses; "": any.
func command(text string) (bot string, isCommand bool) {
	word, _, _ := strings.Cut(text, " ")
	word, _, _ = strings.Cut(word, "\n")
	word, isCommand = strings.CutPrefix(word, "/")
	name, bot, _ := strings.Cut(word, "@")
	return bot, isCommand && name != ""
}
