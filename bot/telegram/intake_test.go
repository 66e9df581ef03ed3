package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
)

// runner is an adapter that runs with a service and a store of the test's own.
type runner struct {
	a    *telegram.Adapter
	log  *bottest.Log
	done chan error
	stop func() error
}

func run(t *testing.T, f *telegramtest.Telegram, service telegram.Service, store telegram.Store, more ...func(*telegram.Options)) *runner {
	t.Helper()
	r := &runner{done: make(chan error, 1)}
	r.a, r.log = adapterOn(t, f, service, store, more...)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { r.done <- r.a.Run(ctx) }()
	r.stop = func() error { cancel(); return r.ended() }
	t.Cleanup(func() { r.stop(); clean(t, r.log) })
	return r
}

// ended waits for the end of Run and returns how it ended.
func (r *runner) ended() error {
	err := <-r.done
	r.done <- err // for whoever asks again
	return err
}

// shaky is a store that cannot be written for a while.
type shaky struct {
	*sqlite.DB
	mu   sync.Mutex
	down bool
}

var errDisk = errors.New("the disk is full")

func (s *shaky) set(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *shaky) Keep(ctx context.Context, platform string, all []bot.RawInput, now time.Time) ([]bot.RawInput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return nil, errDisk
	}
	return s.DB.Keep(ctx, platform, all, now)
}

// bubble runs a test in a bubble with a Telegram, a store and a service of its own.
func bubble(t *testing.T, act func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		act(t, telegramtest.New(t, telegramtest.Options{}), &shaky{DB: open(t)}, &scripted{})
	})
}

// TestNothingIsConfirmedThatIsNotKept has the disk full while people write, and the process end
// before it is not.
func TestNothingIsConfirmedThatIsNotKept(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		ada := f.NewUser("Ada", "en")
		store.set(true)
		r := run(t, f, service, store)
		for n := range 80 { // of which the library's own loop would confirm 79
			ada.Say(f.Private(ada), fmt.Sprint("text ", n))
		}
		rest(time.Minute)
		if err := r.stop(); err != nil {
			t.Errorf("Run = %v", err)
		}
		if n := f.Pending(); n < 80 || len(service.got()) != 0 {
			t.Errorf("%d updates wait, want at least 80, and %d were handled", n, len(service.got()))
		}
		store.set(false)
		run(t, f, service, store)
		rest(10 * time.Second)
		got := service.got()
		next := 0
		for _, in := range got {
			if in.Text != nil {
				if in.Text.Text != fmt.Sprint("text ", next) {
					t.Fatalf("text %d is %q", next, in.Text.Text)
				}
				next++
			}
		}
		if next != 80 || f.Pending() != 0 {
			t.Errorf("%d texts were handled, and %d updates wait", next, f.Pending())
		}
		if kept, err := store.Kept(context.Background(), "telegram", 0, 1); err != nil || len(kept) != 0 {
			t.Errorf("%d updates are still kept, %v", len(kept), err)
		}
	})
}

// TestWhatAnEarlierProcessKeptIsHandledFirst begins with updates in the store, one of which
// Telegram sends again.
func TestWhatAnEarlierProcessKeptIsHandledFirst(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		ada := f.NewUser("Ada", "en")
		ada.Say(f.Private(ada), "first")
		ada.Say(f.Private(ada), "second")
		var kept []bot.RawInput
		for _, raw := range f.Updates() {
			kept = append(kept, bot.RawInput{ID: idOf(t, raw), Body: raw})
		}
		if _, err := store.Keep(context.Background(), "telegram", kept[:1], time.Now()); err != nil {
			t.Fatal(err)
		}
		run(t, f, service, store)
		rest(time.Second)
		f.Repeat(kept[1].Body) // handled and dropped: it is handed to the service again, which knows its id
		rest(time.Second)
		texts := map[bot.InputID]string{}
		var order []string
		for _, in := range service.got() {
			if in.Text != nil && texts[in.ID] == "" {
				order = append(order, string(in.ID)+" "+in.Text.Text)
			}
			if in.Text != nil {
				texts[in.ID] = in.Text.Text
			}
		}
		if want := fmt.Sprintf("telegram:%d first, telegram:%d second", kept[0].ID, kept[1].ID); strings.Join(order, ", ") != want {
			t.Errorf("the service was given %q, want %q", order, want)
		}
	})
}

// TestAnUpdateIsTriedUntilTheServiceTakesIt has the database fail for a while, and for ever.
func TestAnUpdateIsTriedUntilTheServiceTakesIt(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		ada := f.NewUser("Ada", "en")
		fails := 3
		service.answer = func(in bot.Input) (bot.Reply, error) {
			if in.Text == nil {
				return bot.Reply{}, nil
			}
			if fails > 0 {
				fails--
				return bot.Say(en, phrase.Say(en, phrase.TryAgain)), errDisk
			}
			if in.Text.Text == "boom" {
				panic("a mistake in the service")
			}
			return bot.Say(en, "done"), nil
		}
		r := run(t, f, service, store)
		ada.Say(f.Private(ada), "one")
		rest(time.Minute)
		if all := f.Private(ada).FromBot(); len(all) != 1 || all[0].Text != "done" {
			t.Errorf("told %d sentences", len(all))
		}
		fails = 100
		ada.Say(f.Private(ada), "two")
		rest(time.Minute)
		if all := f.Private(ada).FromBot(); len(all) != 2 || all[1].Text != phrase.Say(en, phrase.TryAgain) {
			t.Errorf("told %d sentences after the last try", len(all))
		}
		if n := r.a.Counts().Failed; n != 1 {
			t.Errorf("%d updates were given up", n)
		}
		if strings.Contains(r.log.String(), "two") {
			t.Error("the log holds what was typed")
		}
	})
}

// TestOnlyOneProgramMayAsk has another program ask for the same bot's updates, and a webhook set.
func TestOnlyOneProgramMayAsk(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		ada := f.NewUser("Ada", "en")
		f.Webhook("https://example.org/hook")
		r := run(t, f, service, store)
		rest(5 * time.Second)
		if !r.a.Ready() || len(f.Requests("deleteWebhook")) != 1 || f.Requests("deleteWebhook")[0].Params["drop_pending_updates"] != "" {
			t.Errorf("after a webhook was found the adapter is ready: %v; %+v", r.a.Ready(), f.Requests("deleteWebhook"))
		}
		f.Fail(2, "getUpdates", telegramtest.Refuse(409, "terminated by other getUpdates request; make sure that only one bot instance is running"))
		ada.Say(f.Private(ada), "one") // ends the poll that waits
		rest(time.Second)
		if r.a.Ready() || !strings.Contains(r.log.String(), "another program asks for this bot's updates") {
			t.Errorf("ready: %v; the log does not say what to do", r.a.Ready())
		}
		rest(30 * time.Second)
		if !r.a.Ready() {
			t.Error("it does not ask again")
		}
	})
}

// TestIdsThatBeginAnewAreNotConfirmedUnseen lets the ids of updates jump back after a quiet week.
func TestIdsThatBeginAnewAreNotConfirmedUnseen(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		ada := f.NewUser("Ada", "en")
		run(t, f, service, store)
		ada.Say(f.Private(ada), "before")
		rest(8 * 24 * time.Hour)
		f.Jump(-1_000_000)
		ada.Say(f.Private(ada), "after")
		rest(time.Second)
		ada.Say(f.Private(ada), "and more")
		rest(time.Second)
		var texts []string
		for _, in := range service.got() {
			if in.Text != nil {
				texts = append(texts, in.Text.Text)
			}
		}
		if strings.Join(texts, ", ") != "before, after, and more" || f.Pending() != 0 {
			t.Errorf("the service was given %q, and %d updates wait", texts, f.Pending())
		}
	})
}

// TestAWrongTokenIsSaidAtOnce is refused before and while it runs, and taken again an hour later.
func TestAWrongTokenIsSaidAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		for _, token := range []string{"", "x", "123:abc def", "12345678:short", "%s:AAHm3fake_token-of_the_quiz_bot_tst",
			"7012345678:AAHm3fake/../token-of_the_quiz_bot"} {
			if _, err := telegram.New(telegram.Options{Token: token}); !errors.Is(err, telegram.ErrToken) {
				t.Errorf("New with %q = %v, want %v", token, err, telegram.ErrToken)
			}
		}
		f.Fail(1, "getMe", telegramtest.Refuse(http.StatusUnauthorized, "Unauthorized"))
		r := run(t, f, service, store)
		for _, again := range []string{"getMe", "getUpdates"} {
			rest(50 * time.Minute)
			if err := r.a.Refused(); !errors.Is(err, telegram.ErrToken) || r.a.Ready() {
				t.Errorf("before an hour Refused = %v, want %v", err, telegram.ErrToken)
			}
			rest(11 * time.Minute)
			if err := r.a.Refused(); err != nil || !r.a.Ready() {
				t.Errorf("after an hour Refused = %v", err)
			}
			if again == "getMe" {
				f.Fail(1, "getUpdates", telegramtest.Refuse(http.StatusUnauthorized, "Unauthorized"))
				rest(2 * time.Minute)
			}
		}
		if err := r.stop(); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
}

// TestTelegramThatCannotBeReachedIsWaitedFor begins without a network and ends in the middle of
// a poll.
func TestTelegramThatCannotBeReachedIsWaitedFor(t *testing.T) {
	bubble(t, func(t *testing.T, f *telegramtest.Telegram, store *shaky, service *scripted) {
		f.Down(true)
		f.Fail(1, "getMe", telegramtest.Status(502))
		r := run(t, f, service, store)
		rest(20 * time.Second)
		if r.a.Ready() {
			t.Error("it is ready without a network")
		}
		f.Down(false)
		rest(2 * time.Minute)
		if !r.a.Ready() {
			t.Errorf("it is not ready:\n%s", r.log)
		}
		began := time.Now()
		if err := r.stop(); err != nil || time.Since(began) > time.Second {
			t.Errorf("Run ended with %v after %v", err, time.Since(began))
		}
	})
}
