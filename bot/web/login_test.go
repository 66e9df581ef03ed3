package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// stolen is another browser with a copy of a browser's cookie.
func stolen(t *testing.T, from *browser) *browser {
	t.Helper()
	at, err := url.Parse(from.s.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	thief := from.s.browser(t)
	thief.client.Jar.SetCookies(at, from.client.Jar.Cookies(at))
	thief.inputs = 1000
	return thief
}

// awaitLeft waits until the page is told that its login was ended.
func (b *browser) awaitLeft() {
	b.t.Helper()
	late := time.After(20 * time.Second)
	for {
		b.mu.Lock()
		changed, left := b.changed, b.left
		b.mu.Unlock()
		if left {
			return
		}
		select {
		case <-changed:
		case <-late:
			b.t.Fatal("the page is not told that its login was ended")
		}
	}
}

// in reports whether a browser is logged in.
func (b *browser) in() bool {
	b.t.Helper()
	got := b.send(map[string]any{"line": "/help"})
	_, page := b.get("/")
	if got.Enter == strings.Contains(page, `id="composer"`) {
		b.t.Errorf("the page and its requests differ: %+v", got)
	}
	return !got.Enter && got.Status == http.StatusOK
}

// TestLoginsAreEnded holds that a person ends the logins of all other browsers, also of one that has their cookie,
// and that of their own; and that all of it survives a restart.
func TestLoginsAreEnded(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.Enter(t, "Ada", language.English, true).(*browser)
	thief := stolen(t, ada)
	thief.listen()
	s.Clock().Advance(time.Second)
	if !thief.in() {
		t.Fatal("a copy of a cookie does not work at first")
	}
	if _, page := ada.get("/logins"); !strings.Contains(page, phrase.Say(language.English, "web-logins-end-others")) {
		t.Errorf("the page of logins has no button: %s", page)
	}
	if status, page := ada.post("/logins", url.Values{"which": {"others"}}); status != http.StatusOK ||
		!strings.Contains(page, phrase.Say(language.English, phrase.WebLoginsEnded)) {
		t.Errorf("ending other logins got %d %s", status, page)
	}
	thief.awaitLeft()
	if thief.in() || !ada.in() {
		t.Error("the copy of the cookie still works, or the person's own does not")
	}
	s.Restart(t)
	if thief.in() || !ada.in() {
		t.Error("after a restart the copy works again, or the person's own does not")
	}
	copied := stolen(t, ada)
	ada.post("/logins", url.Values{"which": {"this"}})
	if ada.in() || copied.in() {
		t.Error("an ended login still works")
	}
	s.enter(t, ada, "Ada", language.English, false)
	if !ada.in() || copied.in() {
		t.Error("nobody can enter anew, or the old login works again")
	}
}

// TestPrivacyEndsLogins holds that /privacy ends the logins in all browsers, and that a deletion does, so that no
// browser brings a person back.
func TestPrivacyEndsLogins(t *testing.T) {
	for _, label := range []phrase.ID{phrase.ButtonEndLogins, phrase.ButtonDelete} {
		t.Run(string(label), func(t *testing.T) {
			s := newTestServer(t, loose)
			ada := s.Enter(t, "Ada", language.English, false).(*browser)
			other := stolen(t, ada)
			s.Clock().Advance(time.Second)
			ada.Command("privacy", nil, nil)
			ada.Click(phrase.Say(language.English, label))
			confirm := label
			if label == phrase.ButtonDelete {
				confirm = phrase.ButtonForget
			}
			ada.Click(phrase.Say(language.English, confirm))
			if other.in() {
				t.Error("another browser is still logged in")
			}
			if _, page := ada.get("/"); strings.Contains(page, `id="composer"`) {
				t.Error("this browser is still logged in")
			}
		})
	}
}

// TestTheHostIsKnownAfterARestart holds that whoever made a lobby is its host after a restart, and without them
// whoever was, although somebody else comes back first.
func TestTheHostIsKnownAfterARestart(t *testing.T) {
	s := newTestServer(t, loose)
	var people []*browser
	var leave []func()
	for _, name := range []string{"Ada", "Ben", "Cleo"} {
		b := s.browser(t)
		s.enter(t, b, name, language.English, false)
		people, leave = append(people, b), append(leave, b.follow())
		s.Clock().Advance(time.Second)
	}
	ada, ben, cleo := people[0], people[1], people[2]
	restart := func() {
		for _, l := range leave {
			l()
		}
		s.Restart(t)
		leave = []func(){cleo.follow()} // her page is the first one that comes back
		cleo.hosted("Cleo")
		s.Clock().Advance(time.Second)
		leave = append(leave, ben.follow())
	}
	cleo.send(map[string]any{"line": "/help"})
	restart()
	leaveAda := ada.follow()
	cleo.hosted("Ada")
	leaveAda()
	cleo.hosted("Cleo") // of those who are there she came first
	leave[0]()
	ben.hosted("Ben")
	ben.send(map[string]any{"line": "/help"})
	leave[0] = cleo.follow()
	restart()
	cleo.hosted("Ben")
}

// TestNoQuizWhereNobodyIs holds that no quiz starts in a lobby that nobody has open, and that this is said and counted.
func TestNoQuizWhereNobodyIs(t *testing.T) {
	s := newTestServer(t, loose)
	ada := s.browser(t)
	s.enter(t, ada, "Ada", language.English, false)
	s.Clock().Advance(time.Minute)
	says := phrase.Say(language.English, phrase.NobodyHere)
	quiz := map[string]any{"line": "/quiz pack:gyeongju-summit-2025 questions:2"}
	if got := ada.send(quiz); got.Brief != says {
		t.Errorf("where nobody is /quiz says %+v", got)
	}
	leave := ada.follow()
	if got := ada.send(map[string]any{"line": "/quiz pack:gyeongju-summit-2025 questions:2"}); got.Brief != "" {
		t.Errorf("where somebody is /quiz says %+v", got)
	}
	ada.send(map[string]any{"line": "/stop"})
	leave()
	if got := ada.send(map[string]any{"line": "/quiz pack:gyeongju-summit-2025 questions:2"}); got.Brief == says {
		t.Error("a page that was closed a moment ago counts as nobody")
	}
	if live, err := s.store.Live(t.Context(), bot.Kind("game")); err != nil || len(live) != 1 {
		t.Errorf("%d games run, %v", len(live), err)
	}
}
