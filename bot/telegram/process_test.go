package telegram_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
)

// process is the service and the adapter as a process runs them, on a database that outlives it.
type process struct {
	a    *telegram.Adapter
	log  *bottest.Log
	stop func()
	done chan error
}

func open(t testing.TB) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// boundless lets everything out at once: for tests whose Telegram has no limits.
var boundless = &telegram.Pace{All: telegram.Rate{Burst: 1e6, Every: 1}, Bulk: telegram.Rate{Burst: 1e6, Every: 1},
	Chat: telegram.Rate{Burst: 1e6, Every: 1}, Group: telegram.Rate{Burst: 1e6, Every: 1}}

// begin starts a process.
func begin(t testing.TB, f *telegramtest.Telegram, db bot.Store) *process {
	t.Helper()
	return beginAt(t, f, db, nil, nil)
}

// beginAt starts a process whose service goes by a clock (nil: the real one) and that sends at a
// pace (nil: the usual one), and waits until it is connected.
func beginAt(t testing.TB, f *telegramtest.Telegram, db bot.Store, clock bot.Clock, pace *telegram.Pace) *process {
	t.Helper()
	return await(t, launch(t, f, db, service.Options{Clock: clock}, telegram.Options{Pace: pace}))
}

// await waits until a process is connected.
func await(t testing.TB, p *process) *process {
	t.Helper()
	for range 1000 { // in a bubble no time at all
		if time.Sleep(10 * time.Millisecond); p.a.Ready() {
			return p
		}
	}
	t.Fatalf("not connected in ten seconds:\n%s", p.log)
	return nil
}

// beginBeside starts a process beside the one that is connected and sends: it does what is due.
func beginBeside(t testing.TB, f *telegramtest.Telegram, db bot.Store, o service.Options, hook telegram.Webhook) *process {
	t.Helper()
	o.Holds = func(string) (bot.Holding, bool) { return bot.Holding{}, false }
	return launch(t, f, db, o, telegram.Options{Webhook: hook, Lead: func(ctx context.Context, _ func(context.Context) error) error {
		<-ctx.Done()
		return nil
	}})
}

// launch starts a process and waits until its service is ready.
func launch(t testing.TB, f *telegramtest.Telegram, db bot.Store, o service.Options, own telegram.Options) *process {
	t.Helper()
	var seed atomic.Uint64
	p := &process{log: &bottest.Log{}, done: make(chan error, 2)}
	log := slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.Store, o.Key, o.Log = db, []byte("a key for tests, 32 bytes long.."), log
	h := bottest.New(t, o, func() uint64 { return seed.Add(1) })
	h.ProvideAll(t)
	own.Token, own.APIURL, own.Service, own.Store, own.Dial, own.Log = telegramtest.Token, f.URL, h, db, f.Dial, log
	a, err := telegram.New(own)
	if err != nil {
		t.Fatal(err)
	}
	h.Attach(a)
	p.a = a
	deaf := bottest.Listen(db, func(ctx context.Context, said bot.Hint) {
		h.Hint(ctx, said)
		if said.Kept {
			a.Hint()
		}
	})
	ctx, cancel := context.WithCancel(context.Background())
	serviceCtx, serviceCancel := context.WithCancel(context.Background())
	go func() { p.done <- h.Run(serviceCtx) }()
	go func() {
		err := a.Run(ctx)
		serviceCancel() // the adapter finishes what it has first
		p.done <- err
	}()
	var once sync.Once
	p.stop = func() {
		once.Do(func() {
			cancel()
			for range 2 {
				if err := <-p.done; err != nil {
					t.Errorf("a process ended with %v", err)
				}
			}
			deaf()
			clean(t, p.log)
		})
	}
	t.Cleanup(p.stop)
	<-h.Ready()
	return p
}

// adapter makes an adapter that does not run, with a service of the test's own and no store.
func adapter(t *testing.T, f *telegramtest.Telegram, service telegram.Service) (*telegram.Adapter, *bottest.Log) {
	t.Helper()
	return adapterOn(t, f, service, nil)
}

func adapterOn(t *testing.T, f *telegramtest.Telegram, service telegram.Service, store telegram.Store,
	more ...func(*telegram.Options)) (*telegram.Adapter, *bottest.Log) {
	t.Helper()
	log := &bottest.Log{}
	o := telegram.Options{Token: telegramtest.Token, APIURL: f.URL, Service: service, Store: store, Dial: f.Dial,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, set := range more {
		set(&o)
	}
	a, err := telegram.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return a, log
}

// clean checks that no secret stands in a log and nothing panicked.
func clean(t testing.TB, log *bottest.Log) {
	t.Helper()
	all := log.String()
	_, secret, _ := strings.Cut(telegramtest.Token, ":")
	if strings.Contains(all, secret) {
		t.Errorf("the log holds the token:\n%s", all)
	}
	if strings.Contains(all, "panic") {
		t.Errorf("something panicked:\n%s", all)
	}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
