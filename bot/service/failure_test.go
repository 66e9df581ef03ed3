package service_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
)

func TestMain(m *testing.M) {
	os.Exit(postgrestest.Clean(m))
}

// brokenStore refuses changes while it is broken.
type brokenStore struct {
	bot.Store
	broken atomic.Bool
}

var errBroken = errors.New("the disk is on fire")

func (s *brokenStore) Write(c *bot.Change) func(context.Context) error {
	if s.broken.Load() {
		return func(context.Context) error { return errBroken }
	}
	return s.Store.Write(c)
}

// TestAStoreThatFails says a calm sentence to the person and the error to the operator, changes
// nothing, and takes the same input when it works again.
func TestAStoreThatFails(t *testing.T) {
	for _, lang := range language.Own() {
		t.Run(lang.String(), func(t *testing.T) {
			store := &brokenStore{}
			s := stageOn(t, roomy, func(db bot.Store) bot.Store { store.Store = db; return store })
			ada := s.Enter(t, "Ada", lang, false)
			ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "language": lang.String()}, nil)
			s.Clock().Advance(5 * time.Second)
			labels := language.Labels(lang, 4)
			card := bottest.Await(t, ada, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
			bottest.Opened(t, s.Store(), 0)
			press := bot.Input{ID: "the-press", Place: bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"},
				From: bot.Person{User: "ada", Name: "Ada", Locale: lang.String()}, Press: &bot.Press{Action: s.Action(card.Options[0])}}
			store.broken.Store(true)
			r, err := s.Service().Handle(t.Context(), press)
			if !errors.Is(err, errBroken) {
				t.Errorf("the operator gets %v", err)
			}
			if want := phrase.Say(lang, phrase.TryAgain); len(r.Posts) != 1 || r.Posts[0].Body[0].Text != want {
				t.Errorf("the person is told %+v, want %q", r.Posts, want)
			}
			store.broken.Store(false)
			r, err = s.Service().Handle(t.Context(), press)
			if want := phrase.Say(lang, phrase.SavedChoice, phrase.Text("label", labels[0])); err != nil || len(r.Posts) != 1 || r.Posts[0].Body[0].Text != want {
				t.Errorf("the same input is told %+v, %v; want %q", r.Posts, err, want)
			}
		})
	}
}

// refuser refuses the first deliveries of questions.
type refuser struct {
	mu   sync.Mutex
	left int
	err  error
}

func (r *refuser) refuse(d bot.Delivery) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d.Post.Kind != bot.QuestionPost || d.Op != bot.New || r.left == 0 {
		return nil
	}
	r.left--
	return r.err
}

// TestAPlatformThatRefuses has a question refused in every way that the service knows.
func TestAPlatformThatRefuses(t *testing.T) {
	begin := func(t *testing.T, r *refuser) (*bottest.Plain, bottest.Actor) {
		s := stage(t, roomy)
		s.SetRefuse(r.refuse)
		ada := s.Enter(t, "Ada", language.English, false)
		ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice"}, nil)
		s.Clock().Advance(5 * time.Second)
		return s, ada
	}
	over := func(s *bottest.Plain) func(bottest.Card) bool {
		return func(bottest.Card) bool {
			live, err := s.Store().Live(context.Background(), play.Kind)
			return err == nil && len(live) == 0
		}
	}
	t.Run("for now", func(t *testing.T) {
		s, ada := begin(t, &refuser{left: 2, err: &bot.RetryError{After: time.Second, Err: errors.New("slow down")}})
		for tries := 0; ; tries++ { // time passes while the service waits
			screen := ada.Screen()
			if len(screen) > 0 && len(screen[len(screen)-1].Options) > 0 {
				break
			}
			if tries == 5000 {
				t.Fatal("the question is not posted again")
			}
			changed := ada.Changed()
			s.Clock().Advance(100 * time.Millisecond)
			select {
			case <-changed:
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	t.Run("in doubt", func(t *testing.T) {
		s, ada := begin(t, &refuser{left: 1, err: bot.ErrDoubt})
		bottest.Await(t, ada, "what is said of it", bottest.Shows(language.StripIsolates(phrase.Say(language.English, phrase.VoidSaid, phrase.Count("number", 1)))))
		s.Clock().Advance(5 * time.Second)
		bottest.Await(t, ada, "the next question", bottest.Shows("Question 2 of 2"))
	})
	t.Run("the last one in doubt", func(t *testing.T) {
		s := stage(t, roomy)
		s.SetRefuse((&refuser{left: 1, err: bot.ErrDoubt}).refuse)
		ada := s.Enter(t, "Ada", language.English, false)
		ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice"}, nil)
		s.Clock().Advance(5 * time.Second)
		said := language.StripIsolates(phrase.Say(language.English, phrase.VoidLast, phrase.Count("number", 1)))
		bottest.Await(t, ada, "what is said of it", bottest.Shows(said))
		s.Clock().Advance(time.Minute)
		bottest.Await(t, ada, "the end", bottest.Shows("Final scores"))
		for _, c := range ada.Screen() {
			if strings.Contains(c.Text, "next one") {
				t.Errorf("after the last question it says %q", c.Text)
			}
		}
	})
	for name, err := range map[string]error{"barred": bot.ErrBarred, "gone": bot.ErrChatGone} {
		t.Run(name, func(t *testing.T) {
			s, ada := begin(t, &refuser{left: 100, err: err})
			bottest.Await(t, ada, "the end of the game", over(s))
		})
	}
}

// TestPostsWaitForAPlatformThatIsSwitchedOff runs a service without the platform of a chat in whose
// outbox something waits: it is told once and kept.
func TestPostsWaitForAPlatformThatIsSwitchedOff(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, chat, _, err := db.Enter(t.Context(), bot.Place{Platform: "elsewhere", Space: "s", Chat: "c"}, bot.Person{}, began)
	if err != nil {
		t.Fatal(err)
	}
	sends := []bot.Send{{Op: bot.New, Slot: bot.Slot{Kind: play.Kind, ID: 1, Part: "start"}, Chat: chat.ID, Post: bot.Post{Kind: bot.NoticePost}}}
	if err := db.Write(&bot.Change{At: began, Sends: sends})(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 100)
	clock := bottest.NewClock(began)
	log := slog.New(slog.NewTextHandler(lineWriter(told), nil))
	a := bottest.New(t, service.Options{Store: db, Clock: clock, Key: testKey, Log: log}, func() uint64 { return 1 })
	stop := bottest.Run(t, a.Service)
	if line := <-told; !strings.Contains(line, "switched on again") || !strings.Contains(line, "elsewhere") {
		t.Errorf("the log says %s", line)
	}
	for range 10 {
		clock.Advance(time.Hour)
	}
	stop()
	if waiting, err := db.Waiting(t.Context(), []bot.Kind{play.Kind}, chat.ID, 10); err != nil || len(waiting) != 1 || len(told) != 0 {
		t.Errorf("%d posts wait, %v, and %d more lines were logged", len(waiting), err, len(told))
	}
}

// lineWriter gives each line that is written to a channel.
type lineWriter chan<- string

func (w lineWriter) Write(p []byte) (int, error) {
	w <- string(p)
	return len(p), nil
}

// TestAPostThatMayHaveArrivedIsDeliveredAsSuch has a platform fail once: the next attempt is told
// that the one before it may have arrived.
func TestAPostThatMayHaveArrivedIsDeliveredAsSuch(t *testing.T) {
	s := stage(t, roomy)
	tried := make(chan bool, 10)
	var failed atomic.Bool
	s.SetRefuse(func(d bot.Delivery) error {
		tried <- d.Again
		if failed.CompareAndSwap(false, true) {
			return &bot.RetryError{After: time.Second, Err: errBroken}
		}
		return nil
	})
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"questions": "1"}, nil)
	if <-tried {
		t.Error("the first attempt is told of another one")
	}
	for again := false; !again; {
		s.Clock().Advance(time.Second)
		select {
		case again = <-tried:
			if !again {
				t.Fatal("the second attempt is not told of the first")
			}
		case <-time.After(time.Millisecond):
		}
	}
}

// TestADeletionIsNotLostWithItsInput has the store fail right after a person was deleted: what is
// gone is gone, and the same input does no harm when it comes again.
func TestADeletionIsNotLostWithItsInput(t *testing.T) {
	store := &brokenStore{}
	s := stageOn(t, roomy, func(db bot.Store) bot.Store { store.Store = db; return store })
	place := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}
	ada := bot.Person{User: "ada", Name: "Ada", Locale: "en"}
	ask := bot.Input{ID: "ask", Place: place, From: ada, Command: &bot.CommandCall{Name: "privacy", Options: map[string]string{"action": "delete"}}}
	r, err := s.Service().Handle(t.Context(), ask)
	if err != nil || len(r.Posts) != 1 {
		t.Fatalf("asked, the service says %+v, %v", r, err)
	}
	_, _, member, err := s.Store().Enter(t.Context(), place, ada, began)
	if err != nil {
		t.Fatal(err)
	}
	press := bot.Input{ID: "press", Place: place, From: ada, Press: &bot.Press{Action: r.Posts[0].Buttons[0][0].Action}}
	store.broken.Store(true)
	if _, err := s.Service().Handle(t.Context(), press); !errors.Is(err, errBroken) {
		t.Errorf("the operator gets %v", err)
	}
	if names, err := s.Store().Names(t.Context(), []bot.MemberID{member.ID}); err != nil || len(names) != 0 {
		t.Errorf("the names that are left: %v, %v", names, err)
	}
	store.broken.Store(false)
	if _, err := s.Service().Handle(t.Context(), press); err != nil {
		t.Errorf("the same input again: %v", err)
	}
}
