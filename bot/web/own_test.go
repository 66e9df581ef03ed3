package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/web"
	"summitquiz/content/language"
)

// chosen returns the text of the option that a page marks as its person's own, in the newest post whose text
// holds a title, and what it says of their answer.
func chosen(b *browser, title string) (option, own string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := len(b.order) - 1; i >= 0; i-- {
		html := b.drawn[b.order[i]]
		if !strings.Contains(language.StripIsolates(html), title) {
			continue
		}
		if _, rest, ok := strings.Cut(html, ` chosen"`); ok {
			_, rest, _ = strings.Cut(rest, `class="label">`)
			option, _, _ = strings.Cut(rest, "<")
		}
		if _, rest, ok := strings.Cut(html, `class="line own"`); ok {
			_, rest, _ = strings.Cut(rest, ">")
			own, _, _ = strings.Cut(rest, "<")
		}
		return language.StripIsolates(option), language.StripIsolates(own)
	}
	return "", ""
}

// awaitOwn waits until a page says something of its person's answer.
func awaitOwn(t *testing.T, b *browser, title, want string) string {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		changed := b.Changed()
		option, own := chosen(b, title)
		if own == want {
			return option
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("%s: the page says %q, want %q", title, own, want)
		}
	}
}

// TestWhatCountedIsDrawnByTheServer holds that every page of a person shows what counted of what they did, in the
// page's language, and no page of others does.
func TestWhatCountedIsDrawnByTheServer(t *testing.T) {
	s := newTestServer(t, loose)
	ada, ben := s.Enter(t, "Ada", language.English, false).(*browser), s.Enter(t, "Ben", language.Korean, false).(*browser)
	second := s.browser(t) // another tab of Ada's
	second.client = ada.client
	second.listen()
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice"}, nil)
	bottest.Await(t, ada, "the start card", bottest.Shows("Ada"))
	right, _ := bottest.Keys(t, s.store)
	s.Clock().Advance(5 * time.Second)
	c := bottest.Await(t, ada, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
	bottest.Opened(t, s.store, 0)
	key, other := c.Options[right[0]], c.Options[(right[0]+1)%len(c.Options)]
	const title = "Question 1 of 2"
	ada.Click(other)
	ada.Click(key) // the first answer counts
	you := phrase.Say(language.English, phrase.WebYouChose, phrase.Text("label", other))
	you = language.StripIsolates(you)
	for _, b := range []*browser{ada, second} {
		if got := awaitOwn(t, b, title, you); got != other {
			t.Errorf("a page marks %q, want %q", got, other)
		}
	}
	if _, page := second.get("/"); !strings.Contains(language.StripIsolates(page), you) {
		t.Error("a page that is loaded anew does not show the choice")
	}
	s.Clock().Advance(time.Minute)
	over := you + " " + phrase.Say(language.English, phrase.WebYouWrong)
	for _, b := range []*browser{ada, second} {
		if got := awaitOwn(t, b, title, over); got != other {
			t.Errorf("after the reveal a page marks %q, want %q", got, other)
		}
	}
	ben.do(map[string]any{"id": "input-late-1", "press": map[string]any{"action": ada.last["press"].(map[string]any)["action"], "slot": ada.last["press"].(map[string]any)["slot"]}})
	if _, page := ben.get("/"); strings.Contains(page, " chosen") || strings.Contains(page, "line own") {
		t.Error("a press that came too late is shown as a choice")
	}
}

// TestALobbyHasAHost holds that whoever made a lobby may end what others began, then whoever has been there longest, and
// that everybody sees who that is.
func TestALobbyHasAHost(t *testing.T) {
	s := newTestServer(t, web.Bounds{Rate: 1e6, Burst: 1e6})
	ada := s.browser(t)
	s.enter(t, ada, "Ada", language.English, false)
	leave := ada.follow()
	s.Clock().Advance(time.Second)
	ben := s.Enter(t, "Ben", language.English, false).(*browser)
	s.Clock().Advance(time.Second)
	cleo := s.Enter(t, "Cleo", language.English, false).(*browser)
	cleo.hosted("Ada")
	cleo.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "5"}, nil)
	bottest.Await(t, ben, "the start card", bottest.Shows("Cleo"))
	starterOnly := phrase.Say(language.English, phrase.StarterOnly)
	if got := ben.send(map[string]any{"line": "/stop"}); got.Brief != starterOnly {
		t.Errorf("a guest is told %q", got.Brief)
	}
	if got := ada.send(map[string]any{"line": "/pause"}); got.Brief == starterOnly {
		t.Error("the host may not pause")
	}
	leave()
	cleo.hosted("Ben")
	if got := ben.send(map[string]any{"line": "/stop"}); got.Brief == starterOnly {
		t.Error("the host may not stop a game")
	}
	bottest.Await(t, cleo, "the end", bottest.Shows(language.StripIsolates(phrase.Say(language.English, phrase.StoppedBy, phrase.Name("name", "Ben")))))
}

// TestAnAddressStartsFewQuizzes holds that different people behind one address have so many quizzes running and no more,
// and that there is room again when one of them is over.
func TestAnAddressStartsFewQuizzes(t *testing.T) {
	s := newTestServer(t, loose)
	s.stop()
	s.room = bot.Bounds{AddressGames: 2}
	s.start(t, loose)
	var people []*browser
	for n := range 3 {
		b := s.browser(t)
		b.lobby = fmt.Sprint("lobby-", n)
		s.enter(t, b, fmt.Sprint("Guest ", n), language.English, false)
		people = append(people, b)
	}
	full := phrase.Say(language.English, phrase.TooManyHere, phrase.Count("games", 2), phrase.Count("minutes", 1))
	const quiz = "/quiz pack:gyeongju-summit-2025 questions:2 seconds:10 kind:choice" // over within a minute
	for n, b := range people {
		if got := b.send(map[string]any{"line": quiz}); (got.Brief == full) != (n == 2) {
			t.Errorf("person %d is told %q", n, got.Brief)
		}
	}
	people[0].send(map[string]any{"line": "/stop"})
	if got := people[2].send(map[string]any{"line": quiz}); got.Brief == full {
		t.Error("there is no room although a quiz is over")
	}
}
