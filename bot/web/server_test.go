package web_test

import (
	"context"
	"fmt"
	"math/rand/v2"
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
	stores []bot.Store // of each process
	clock  *bottest.Clock
	server *httptest.Server
	seeds  atomic.Uint64
	owners atomic.Uint64
	room   bot.Bounds // of the service, from the next start on

	mu       sync.Mutex
	adapters []*web.Adapter // one for each process; a request goes to one of them at random
	stop     func()
}

// streams is how many event streams are open.
func (s *testServer) streams() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.adapters {
		n += a.Streams()
	}
	return n
}

var loose = web.Bounds{Rate: 1e6, Burst: 1e6}

func newTestServer(t *testing.T, bounds web.Bounds) *testServer {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return serveOn(t, bounds, db)
}

// serveOn serves from some processes that share a database, each with a store of its own.
func serveOn(t *testing.T, bounds web.Bounds, stores ...bot.Store) *testServer {
	t.Helper()
	s := &testServer{store: stores[0], stores: stores, clock: bottest.NewClock(began)}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { s.at().ServeHTTP(w, req) }))
	s.start(t, bounds)
	t.Cleanup(func() { s.stop(); s.server.Close() })
	return s
}

func (s *testServer) at() *web.Adapter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.adapters[rand.IntN(len(s.adapters))]
}

func (s *testServer) start(t *testing.T, bounds web.Bounds) {
	t.Helper()
	var adapters []*web.Adapter
	var ends []func()
	for i, store := range s.stores {
		shared := len(s.stores) > 1
		h := bottest.New(t, service.Options{Store: store, Clock: s.clock, Key: key, Bounds: s.room, Name: fmt.Sprint("process-", i), Shared: shared},
			func() uint64 { return s.seeds.Add(1) })
		h.ProvideAll(t)
		o := web.Options{Service: h, Key: key, Clock: s.clock, Bounds: bounds, Notes: store}
		if shared {
			o.Feed, o.Guests, o.Process = store.(bot.Feed), store.(bot.Guests), fmt.Sprint("process-", i)
		}
		adapter := web.New(o)
		h.Attach(adapter)
		deaf := bottest.Listen(store, func(ctx context.Context, hint bot.Hint) {
			h.Hint(ctx, hint)
			adapter.Hint(hint)
		})
		end := bottest.Run(t, h.Service)
		adapters, ends = append(adapters, adapter), append(ends, func() { adapter.Close(); end(); deaf() })
	}
	s.mu.Lock()
	s.adapters = adapters
	s.mu.Unlock()
	s.stop = func() {
		for _, end := range ends {
			end()
		}
	}
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
