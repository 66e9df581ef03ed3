package telegramtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Query is a press of a button, and its answer.
type Query struct {
	ID   string
	From *User
	Data string
	Born time.Time

	f        *Telegram
	answered time.Time
	toast    string
	alert    bool
	url      string
	done     chan struct{}
}

// queryLife is how long a client waits for the answer to a press; toastLimit is the length of its text in
// UTF-16 code units.
const (
	queryLife  = 15 * time.Second
	toastLimit = 200
)

func (u *User) press(c *Chat, m Message, data string, old bool) *Query {
	f := u.f
	f.mu.Lock()
	defer f.mu.Unlock()
	if c.r.kind != "private" {
		f.join(c.r, u)
	}
	q := &Query{ID: fmt.Sprint(4_382_000_000_000_000_000 + 7919*f.count()), From: u, Data: data, Born: time.Now().Add(-f.ago), f: f, done: make(chan struct{})}
	f.queries[q.ID] = q
	f.asked = append(f.asked, q)
	object := map[string]any{"id": q.ID, "from": u.object(), "chat_instance": fmt.Sprint(c.ID * 31), "data": data}
	if kept := c.r.byID[m.ID]; kept != nil && !kept.deleted && !old {
		object["message"] = f.object(kept, true)
	} else {
		object["message"] = map[string]any{"message_id": m.ID, "date": 0, "chat": c.r.object()}
	}
	f.tell("callback_query", object)
	return q
}

func (f *Telegram) answerCallbackQuery(c *call) reply {
	if units(c.params["text"]) > toastLimit {
		return *f.bad(c, "MESSAGE_TOO_LONG")
	}
	if url := c.params["url"]; url != "" && !strings.HasPrefix(url, "https://t.me/"+BotUsername+"?start=") {
		return *f.bad(c, "URL_INVALID") // others are for games
	}
	q := f.queries[c.params["callback_query_id"]]
	if q == nil || !q.answered.IsZero() || time.Since(q.Born) > queryLife {
		return refusal(http.StatusBadRequest, "query is too old and response timeout expired or query ID is invalid")
	}
	q.answered, q.toast, q.alert, q.url = time.Now(), c.params["text"], c.yes("show_alert"), c.params["url"]
	close(q.done)
	f.wake()
	return ok(true)
}

// Done is closed when the press is answered.
func (q *Query) Done() <-chan struct{} { return q.done }

// Toast returns the text of the answer, and whether a person must close it.
func (q *Query) Toast() (text string, alert bool) {
	q.f.mu.Lock()
	defer q.f.mu.Unlock()
	return q.toast, q.alert
}

// URL returns the link to the bot's private chat that the answer opens; "": none.
func (q *Query) URL() string {
	q.f.mu.Lock()
	defer q.f.mu.Unlock()
	return q.url
}

// Took returns how long the answer took; 0: there is none yet.
func (q *Query) Took() time.Duration {
	q.f.mu.Lock()
	defer q.f.mu.Unlock()
	if q.answered.IsZero() {
		return 0
	}
	return q.answered.Sub(q.Born)
}

// Unanswered returns how many presses got no answer.
func (f *Telegram) Unanswered() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, q := range f.asked {
		if q.answered.IsZero() {
			n++
		}
	}
	return n
}
