package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/account"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/web"
	"summitquiz/content/language"
)

var (
	began = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	key   = []byte("a key for tests, 32 bytes long..")
)

// testServer is a web server with browsers that have no script: they hold cookies, listen to events
// and read what is drawn.
type testServer struct {
	store  bot.Store
	clock  *bottest.Clock
	server *httptest.Server
	seeds  atomic.Uint64
	owners atomic.Uint64
	room   bot.Bounds // of the service, from the next start on

	mu      sync.Mutex
	adapter *web.Adapter
	stop    func()
}

// streams is how many event streams are open.
func (s *testServer) streams() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.adapter.Streams()
}

var loose = web.Bounds{Rate: 1e6, Burst: 1e6}

func newTestServer(t *testing.T, bounds web.Bounds) *testServer {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &testServer{store: db, clock: bottest.NewClock(began)}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { s.at().ServeHTTP(w, req) }))
	s.start(t, bounds)
	t.Cleanup(func() { s.stop(); s.server.Close() })
	return s
}

func (s *testServer) at() *web.Adapter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.adapter
}

func (s *testServer) start(t *testing.T, bounds web.Bounds) {
	t.Helper()
	h := bottest.New(t, service.Options{Store: s.store, Clock: s.clock, Key: key, Bounds: s.room}, func() uint64 { return s.seeds.Add(1) })
	h.ProvideAll(t)
	adapter := web.New(web.Options{Service: h, Key: key, Clock: s.clock, Bounds: bounds, Notes: s.store})
	h.Attach(adapter)
	s.mu.Lock()
	s.adapter = adapter
	s.mu.Unlock()
	end := bottest.Run(t, h.Service)
	s.stop = func() { adapter.Close(); end() }
}

// Limits are those of the adapter.
func (s *testServer) Limits() bot.Limits { return s.at().Limits() }

// Clock is the clock of the service.
func (s *testServer) Clock() *bottest.Clock { return s.clock }

// Store is the store of the service.
func (s *testServer) Store() bot.Store { return s.store }

// Restart ends service and adapter and starts new ones at the same address.
func (s *testServer) Restart(t *testing.T) {
	s.stop()
	s.start(t, loose)
}

// Enter brings a person into the main lobby; an admin comes by a link to ownership.
func (s *testServer) Enter(t *testing.T, name string, lang language.Code, admin bool) bottest.Actor {
	t.Helper()
	b := s.browser(t)
	s.enter(t, b, name, lang, admin)
	b.listen()
	return b
}

// enter gives a browser an account.
func (s *testServer) enter(t *testing.T, b *browser, name string, lang language.Code, admin bool) {
	t.Helper()
	path, form := "/enter", url.Values{"name": {name}, "lang": {lang.String()}, "lobby": {"lobby"}}
	if admin {
		path = "/owner"
		form.Set("token", account.OwnerAction(key, s.owners.Add(1), began))
	}
	if status, page := b.post(path, form); status != http.StatusOK || strings.Contains(page, `role="alert"`) {
		t.Fatalf("%s came in with %d: %s", name, status, page)
	}
}

// Alone returns nil: whoever wants to be alone opens a lobby of their own.
func (s *testServer) Alone(*testing.T, string, language.Code) bottest.Actor { return nil }

// boardHere asks for the board of the main lobby.
func boardHere(t *testing.T, s *testServer) bot.BoardQuery {
	t.Helper()
	space, _, _, err := s.store.Enter(t.Context(), bot.Place{Platform: "web", Space: "lobby", Chat: "lobby"}, bot.Person{}, began)
	if err != nil {
		t.Fatal(err)
	}
	return bot.BoardQuery{Space: space.ID, Limit: 10}
}
