package bottest

import (
	"context"
	"encoding/json"
	"io/fs"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/account"
	"summitquiz/bot/catalog"
	"summitquiz/bot/daily"
	"summitquiz/bot/library"
	"summitquiz/bot/play"
	"summitquiz/bot/service"
	"summitquiz/bot/study"
	"summitquiz/content"
	builtin "summitquiz/content/packs"
)

// versions are shared by all services of a test program: making a pack ready takes longer than most
// tests.
var versions = catalog.NewVersions()

// App is a service with all features, as the program joins them.
type App struct {
	*service.Service
	Library *library.Library
	Packs   *catalog.Catalog
}

// Join joins a service and its features. seed returns the seeds of games.
func Join(o service.Options, seed func() uint64) (*App, error) {
	s := service.New(o)
	packs := catalog.New(o.Store, versions)
	packs.Prefer(builtin.Default(), builtin.Names())
	a := &App{Service: s, Library: library.New(o.Store, packs), Packs: packs}
	for _, f := range []bot.Feature{play.New(s, o.Store, packs, seed), library.NewFeature(s, a.Library, packs), account.New(s, o.Store, packs),
		daily.New(s, o.Store, packs), study.New(s, o.Store, packs)} {
		if err := s.Add(f); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// New joins a service for a test.
func New(t testing.TB, o service.Options, seed func() uint64) *App {
	t.Helper()
	a, err := Join(o, seed)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// AddPack adds a built-in pack for everybody, unless it is there.
func (a *App) AddPack(ctx context.Context, name string) error {
	c, err := builtIn(name)
	if err != nil {
		return err
	}
	row := c.Packs[0]
	rows, err := a.Library.Versions(ctx, row.Pack)
	if err != nil || slices.ContainsFunc(rows, func(r bot.PackRow) bool { return r.Hash == row.Hash }) {
		return err
	}
	row.At = a.Now()
	audit := c.Audit[0]
	audit.At = row.At
	return bot.Write(ctx, a, &bot.Change{At: row.At, Packs: []bot.PackRow{row}, Activate: c.Activate, Audit: []bot.Audit{audit}})
}

// Provide adds a built-in pack for everybody.
func (a *App) Provide(t testing.TB, name string) {
	t.Helper()
	if err := a.AddPack(context.Background(), name); err != nil {
		t.Fatal(err)
	}
}

// emptyStore has no packs.
type emptyStore struct{ library.Store }

func (emptyStore) Versions(context.Context, content.PackID) ([]bot.PackRow, error) { return nil, nil }

var (
	builtInMu sync.Mutex
	builtIns  = map[string]*bot.Change{}
)

// builtIn is the change that adds a built-in pack, read once.
func builtIn(name string) (*bot.Change, error) {
	builtInMu.Lock()
	defer builtInMu.Unlock()
	if c := builtIns[name]; c != nil {
		return c, nil
	}
	folder, err := fs.Sub(builtin.FS(), name)
	if err != nil {
		return nil, err
	}
	_, c, err := library.New(emptyStore{}, nil).Provide(context.Background(), bot.Operator, folder, time.Time{})
	if err == nil {
		builtIns[name] = c
	}
	return c, err
}

// ProvideAll adds all built-in packs.
func (a *App) ProvideAll(t testing.TB) {
	t.Helper()
	for _, name := range builtin.Names() {
		a.Provide(t, name)
	}
}

// Run runs a service, waits until it is ready, and returns what ends it.
func Run(t testing.TB, s *service.Service) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.Run(ctx); err != nil {
			t.Errorf("run: %v", err)
		}
	}()
	select {
	case <-s.Ready():
	case <-done:
	}
	return func() { cancel(); <-done }
}

// Listen takes hints of what other processes write, where a store has them, and returns what ends that.
func Listen(s bot.Store, hear func(context.Context, bot.Hint)) (stop func()) {
	source, has := s.(interface {
		Listen(context.Context, func(context.Context, bot.Hint))
	})
	if !has {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		source.Listen(ctx, hear)
	}()
	return func() { cancel(); <-done }
}

// Games returns the games that are running.
func Games(t testing.TB, s bot.Store) []bot.Session {
	t.Helper()
	games, err := s.Live(context.Background(), play.Kind)
	if err != nil {
		t.Fatal(err)
	}
	return games
}

// Keys returns the right option of each question of the only running game, and what is right
// typed.
func Keys(t *testing.T, s bot.Store) (options []int, typed []string) {
	t.Helper()
	games := Games(t, s)
	if len(games) != 1 {
		t.Fatalf("%d games are running, want one", len(games))
	}
	var asked script
	if err := json.Unmarshal(games[0].Script, &asked); err != nil {
		t.Fatal(err)
	}
	for _, v := range asked.Views {
		options = append(options, v.Key)
		answer := ""
		if len(v.Accepts) > 0 {
			answer = v.Accepts[0]
		}
		typed = append(typed, answer)
	}
	return options, typed
}

// Opened waits until question n of a running game is open: it stands on the screen a moment
// before its time begins to run.
func Opened(t *testing.T, s bot.Store, n int) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		for _, g := range Games(t, s) {
			var state struct {
				Open struct {
					Since time.Time `json:"since"`
				} `json:"open"`
				Results []any `json:"results"`
			}
			if err := json.Unmarshal(g.State, &state); err != nil {
				t.Fatal(err)
			}
			if len(state.Results) == n && !state.Open.Since.IsZero() {
				return
			}
		}
		select {
		case <-late:
			t.Fatalf("question %d does not open", n+1)
		case <-time.After(time.Millisecond):
		}
	}
}

// Commands are the commands of all features.
func Commands() bot.CommandList {
	a, err := Join(service.Options{}, nil)
	if err != nil {
		panic(err) // the features of the program are known
	}
	return a.Commands()
}

// Slot is a slot of game 1.
func Slot(part string, n int) bot.Slot {
	return bot.Slot{Kind: play.Kind, ID: 1, Part: part, N: n}
}
