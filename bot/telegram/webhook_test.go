package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
)

// hook is a webhook as an operator sets it.
var hook = telegram.Webhook{URL: "https://quiz.example.org/telegram/webhook", Secret: "a-secret_for-tests"}

func withHook(o *telegram.Options) { o.Webhook = hook }

// TestAnEveningByWebhook plays the suite's evening with native polls and updates that are pushed.
func TestAnEveningByWebhook(t *testing.T) {
	eveningByWebhook(t, serveBy(t, true, false, open(t)))
}

// TestAnEveningByWebhookOnAServer has them pushed to two processes in turn, of which one handles them.
func TestAnEveningByWebhookOnAServer(t *testing.T) {
	open := postgrestest.Shared(t, postgres.Migrate, postgres.Open, postgres.Options{Connections: 4})
	s := serveBy(t, true, false, open(), open())
	eveningByWebhook(t, s)
	for i, p := range s.processes {
		if p.a.Counts().Received == 0 {
			t.Errorf("process %d took nothing", i)
		}
	}
}

func eveningByWebhook(t *testing.T, s *testGroup) {
	t.Helper()
	bottest.Evening(t, s)
	if n := len(s.f.Requests("getUpdates")); n != 0 || s.f.Pushed(http.StatusOK) == 0 {
		t.Errorf("%d updates were pushed, and %d times they were asked for", s.f.Pushed(http.StatusOK), n)
	}
}

// leases has one process at a time lead.
type leases struct{ free chan struct{} }

func newLeases() *leases { return &leases{free: make(chan struct{}, 1)} }

func (l *leases) lead(ctx context.Context, work func(context.Context) error) error {
	select {
	case l.free <- struct{}{}:
		defer func() { <-l.free }()
		return work(ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// front hands requests to several processes in turn.
type front struct {
	mu   sync.Mutex
	next int
	all  []http.Handler
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.next++
	to := f.all[f.next%len(f.all)]
	f.mu.Unlock()
	to.ServeHTTP(w, r)
}

// texts are the texts that a service was given, without those it was given again.
func (s *scripted) texts() []string {
	var out []string
	seen := map[bot.InputID]bool{}
	for _, in := range s.got() {
		if in.Text != nil && !seen[in.ID] {
			seen[in.ID] = true
			out = append(out, in.Text.Text)
		}
	}
	return out
}

// TestEveryProcessTakesWhatIsPushedAndOneHandlesIt pushes to two processes in turn. What the one stores that does not
// lead is handled by the one that does, in order; after that one has ended the other one goes on.
func TestEveryProcessTakesWhatIsPushedAndOneHandlesIt(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		l, idle := newLeases(), &scripted{}
		lead := func(o *telegram.Options) { o.Webhook, o.Lead = hook, l.lead }
		first := run(t, f, service, store, lead)
		rest(time.Second)
		second := run(t, f, idle, store, lead)
		rest(time.Second)
		f.Front(&front{all: []http.Handler{first.a, second.a}})
		sent := f.Requests("setWebhook")
		if len(sent) != 1 || sent[0].Params["url"] != hook.URL || sent[0].Params["secret_token"] != hook.Secret || sent[0].Params["max_connections"] != "100" ||
			!strings.Contains(sent[0].Params["allowed_updates"], "poll_answer") || sent[0].Params["drop_pending_updates"] != "" {
			t.Fatalf("the webhook was set with %+v", sent)
		}
		ada := f.NewUser("Ada", "en")
		var want []string
		say := func(text string) { want = append(want, text); ada.Say(f.Private(ada), text) }
		for n := range 20 {
			say(fmt.Sprint("text ", n))
		}
		rest(30 * time.Second)
		if got := service.texts(); !slices.Equal(got, want) || len(idle.got()) != 0 {
			t.Errorf("the first process handled %q, the second one %d inputs", got, len(idle.got()))
		}
		if a, b := first.a.Counts().Received, second.a.Counts().Received; a == 0 || b == 0 {
			t.Errorf("the processes took %d and %d updates", a, b)
		}
		if err := first.stop(); err != nil {
			t.Error(err)
		}
		say("after the first one")
		rest(5 * time.Second)
		if got := idle.texts(); len(got) != 1 || got[0] != "after the first one" {
			t.Errorf("the second process handled %q", got)
		}
		if address, secret := f.Hooked(); address != hook.URL || secret != hook.Secret || len(f.Requests("deleteWebhook")) != 0 {
			t.Errorf("a process that ends leaves the webhook %q", address)
		}
	})
}

// TestWhatIsPushedWhileTheDatabaseIsAwayIsNotLost answers 503 until updates can be stored.
func TestWhatIsPushedWhileTheDatabaseIsAwayIsNotLost(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		r := run(t, f, service, store, withHook)
		f.Front(r.a)
		rest(time.Second)
		store.set(true)
		ada := f.NewUser("Ada", "en")
		for n := range 10 {
			ada.Say(f.Private(ada), fmt.Sprint("text ", n))
		}
		rest(30 * time.Second)
		if f.Pending() < 10 || len(service.got()) != 0 || f.Pushed(http.StatusServiceUnavailable) < 10 || r.a.Counts().Postponed < 10 {
			t.Errorf("%d updates wait, %d were handled, %d put off", f.Pending(), len(service.got()), f.Pushed(http.StatusServiceUnavailable))
		}
		if n := strings.Count(r.log.String(), "cannot be stored"); n != 1 {
			t.Errorf("it is logged %d times in half a minute", n)
		}
		store.set(false)
		rest(10 * time.Second)
		if got := service.texts(); len(got) != 10 || got[0] != "text 0" || got[9] != "text 9" || f.Pending() != 0 {
			t.Errorf("%d updates wait and %q were handled", f.Pending(), got)
		}
		rest(time.Minute)
		if !strings.Contains(r.log.String(), "503 Service Unavailable") {
			t.Error("the log does not say what Telegram says of the webhook")
		}
	})
}

// TestAForgedUpdateIsRefused knocks at the webhook without the secret, and with bodies that are none.
func TestAForgedUpdateIsRefused(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		r := run(t, f, service, store, withHook)
		f.Front(r.a)
		rest(time.Second)
		before := len(r.log.String())
		update := `{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"first_name":"Eve"},"text":"forged"}}`
		for _, row := range []struct {
			name, secret, body string
			status             int
		}{
			{"no secret", "", update, http.StatusUnauthorized},
			{"another secret", "a-secret_for-test5", update, http.StatusUnauthorized},
			{"the beginning of the secret", hook.Secret[:10], update, http.StatusUnauthorized},
			{"more than the secret", hook.Secret + "s", update, http.StatusUnauthorized},
			{"a body without end", hook.Secret, strings.Repeat(" ", 2<<20), http.StatusRequestEntityTooLarge},
			{"no JSON", hook.Secret, "hello", http.StatusOK},
			{"no id", hook.Secret, `{"message":{}}`, http.StatusOK},
		} {
			req := httptest.NewRequest(http.MethodPost, "/telegram/webhook", strings.NewReader(row.body))
			if row.secret != "" {
				req.Header.Set("X-Telegram-Bot-Api-Secret-Token", row.secret)
			}
			w := httptest.NewRecorder()
			r.a.ServeHTTP(w, req)
			if w.Code != row.status {
				t.Errorf("%s: status %d, want %d", row.name, w.Code, row.status)
			}
		}
		rest(time.Second)
		if c := r.a.Counts(); c.Forged != 4 || c.Unread != 2 || c.Received != 0 || len(service.got()) != 0 {
			t.Errorf("the counts are %+v, and %d inputs were handled", c, len(service.got()))
		}
		if said := r.log.String()[before:]; strings.Count(said, "\n") != 2 || strings.Contains(said, hook.Secret) || strings.Contains(said, "forged") {
			t.Errorf("the log says:\n%s", said)
		}
		plain, _ := adapterOn(t, f, service, store) // asks for its updates
		w := httptest.NewRecorder()
		plain.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/telegram/webhook", strings.NewReader(update)))
		if w.Code != http.StatusNotFound {
			t.Errorf("without a webhook the status is %d", w.Code)
		}
	})
}

// TestWhatIsPushedTwiceIsDoneOnce pushes a press and a command again after they were handled, and an update whose
// acknowledgement was lost.
func TestWhatIsPushedTwiceIsDoneOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := telegramtest.New(t, telegramtest.Options{})
		db := open(t)
		p := await(t, launch(t, f, db, service.Options{}, telegram.Options{Webhook: hook}))
		var answered atomic.Bool
		f.Front(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if answered.CompareAndSwap(false, true) {
				p.a.ServeHTTP(httptest.NewRecorder(), r)
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			p.a.ServeHTTP(w, r)
		}))
		ada := f.NewUser("Ada", "en")
		chat := f.Private(ada)
		ada.Unblock()
		ada.Say(chat, "/quiz pack:gyeongju-summit-2025 questions:3 kind:choice")
		command := f.Newest()
		q := newest(t, chat, has("Question 1 of 3"))
		ada.Press(chat, q, q.Buttons()[0].Data)
		press := f.Newest()
		newest(t, chat, has("Question 2 of 3"))
		rest(time.Second)
		before, games := len(chat.FromBot()), len(bottest.Games(t, db))
		f.Repeat(command)
		f.Repeat(press)
		rest(5 * time.Second)
		answers, err := db.Answers(context.Background(), 1)
		if err != nil || len(answers) != 1 || len(bottest.Games(t, db)) != games || len(chat.FromBot()) != before {
			t.Errorf("repeated, they make %d answers (%v), %d games and %d messages more", len(answers), err, len(bottest.Games(t, db)), len(chat.FromBot())-before)
		}
		if c := p.a.Counts(); f.Pending() != 0 || c.Failed != 0 || f.Pushed(http.StatusBadGateway) != 1 {
			t.Errorf("%d updates wait, the counts are %+v", f.Pending(), c)
		}
		p.stop()
	})
}

// TestAWebhookIsKeptAndRemoved has another program take the webhook away, Telegram refuse it, and the operator go back
// to asking.
func TestAWebhookIsKeptAndRemoved(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		f.Fail(2, "setWebhook", telegramtest.Refuse(http.StatusBadRequest, "bad webhook: failed to resolve host: Name or service not known"))
		r := run(t, f, service, store, withHook)
		f.Front(r.a)
		rest(500 * time.Millisecond)
		if r.a.Ready() || !strings.Contains(r.log.String(), "mend TELEGRAM_WEBHOOK_URL") {
			t.Errorf("ready without a webhook: %v; the log says:\n%s", r.a.Ready(), r.log)
		}
		rest(10 * time.Second)
		if !r.a.Ready() || !r.a.Settled() {
			t.Errorf("not ready:\n%s", r.log)
		}
		f.Webhook("https://elsewhere.example.org/hook")
		rest(2 * time.Minute)
		if address, secret := f.Hooked(); address != hook.URL || secret != hook.Secret || !strings.Contains(r.log.String(), "another program changed where") {
			t.Errorf("the webhook is %q:\n%s", address, r.log)
		}
		ada := f.NewUser("Ada", "en")
		ada.Say(f.Private(ada), "one")
		rest(5 * time.Second)
		if err := r.stop(); err != nil {
			t.Error(err)
		}
		ada.Say(f.Private(ada), "two")
		rest(time.Minute)
		again := run(t, f, service, store) // without TELEGRAM_WEBHOOK_URL
		rest(10 * time.Second)
		if address, _ := f.Hooked(); address != "" || !again.a.Ready() {
			t.Errorf("the webhook %q is still set", address)
		}
		if got := service.texts(); !slices.Equal(got, []string{"one", "two"}) {
			t.Errorf("%q were handled", got)
		}
	})
}

// TestStoredUpdatesAreReadWhenTheDatabaseIsBack begins while the database cannot be read: that is no reason to take the
// bot for refused.
func TestStoredUpdatesAreReadWhenTheDatabaseIsBack(t *testing.T) {
	for name, more := range map[string][]func(*telegram.Options){"asked for": nil, "pushed": {withHook}} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
				blind := &unreadable{shaky: store, fails: 3}
				r := run(t, f, service, blind, more...)
				f.Front(r.a)
				ada := f.NewUser("Ada", "en")
				ada.Say(f.Private(ada), "one")
				rest(20 * time.Second)
				if got := service.texts(); !slices.Equal(got, []string{"one"}) || r.a.Refused() != nil {
					t.Errorf("%q were handled, refused: %v", got, r.a.Refused())
				}
			})
		})
	}
}

// unreadable is a store that cannot be read a few times.
type unreadable struct {
	*shaky
	fails int
}

var errAway = errors.New("the database is away")

func (s *unreadable) Kept(ctx context.Context, platform string, after int64, limit int) ([]bot.RawInput, error) {
	s.mu.Lock()
	s.fails--
	fails := s.fails >= 0
	s.mu.Unlock()
	if fails {
		return nil, errAway
	}
	return s.shaky.Kept(ctx, platform, after, limit)
}
