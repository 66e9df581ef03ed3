package service_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/store/storetest"
)

// arena is many games in as many chats, each with a question open, on one service or on several that share
// a database.
type arena struct {
	apps    []*bottest.App
	clock   *bottest.Clock
	players int
	inputs  atomic.Int64 // ids of inputs ascend, as they do on every platform

	mu     sync.Mutex
	open   map[string]bot.Delivery // by chat, the question that is open
	opened chan struct{}           // one for each question that was posted
	closed chan struct{}           // one for each that was revealed
	stop   func()
}

func (a *arena) Name() string       { return "arena" }
func (a *arena) Limits() bot.Limits { return roomy }

func (a *arena) Deliver(_ context.Context, d bot.Delivery) (bot.Ref, error) {
	switch {
	case d.Op == bot.New && d.Post.Kind == bot.QuestionPost:
		a.mu.Lock()
		a.open[d.Chat.Chat] = d
		a.mu.Unlock()
		a.opened <- struct{}{}
	case d.Post.Kind == bot.RevealPost:
		a.closed <- struct{}{}
	}
	return "x", nil
}

func newArena(tb testing.TB, store bot.Store, games, players, questions int) *arena {
	tb.Helper()
	return sharedArena(tb, []bot.Store{store}, games, players, questions)
}

// sharedArena opens an arena on as many services as there are stores of one database. An input goes to one of
// them at random.
func sharedArena(tb testing.TB, stores []bot.Store, games, players, questions int) *arena {
	tb.Helper()
	a := &arena{clock: bottest.NewClock(began), players: players, open: map[string]bot.Delivery{},
		opened: make(chan struct{}, games), closed: make(chan struct{}, games)}
	var seed atomic.Uint64
	var ends []func()
	for i, store := range stores {
		o := service.Options{Store: store, Clock: a.clock, Key: testKey, Name: fmt.Sprint("process-", i), Shared: len(stores) > 1}
		app := bottest.New(tb, o, func() uint64 { return seed.Add(1) })
		app.Provide(tb, "countries-of-the-world")
		app.Attach(a)
		ends = append(ends, bottest.Listen(store, app.Hint), bottest.Run(tb, app.Service))
		a.apps = append(a.apps, app)
	}
	a.stop = func() {
		for _, end := range slices.Backward(ends) {
			end()
		}
	}
	for g := range games {
		a.do(tb, g, 0, "start", func(in *bot.Input) {
			in.Command = &bot.CommandCall{Name: "quiz", Options: map[string]string{"questions": fmt.Sprint(questions), "kind": "choice", "seconds": "300"}}
		})
	}
	for g := range games {
		for p := range players {
			a.do(tb, g, p, "hello", func(in *bot.Input) { in.Command = &bot.CommandCall{Name: "help"} })
		}
	}
	a.begin(games)
	return a
}

func (a *arena) do(tb testing.TB, game, player int, id string, set func(*bot.Input)) {
	in := bot.Input{ID: bot.InputID(fmt.Sprintf("arena:%s-%d-%d", id, game, player)), Place: bot.Place{Platform: "arena", Space: fmt.Sprint(game), Chat: fmt.Sprint(game)},
		From: bot.Person{User: fmt.Sprintf("%d-%d", game, player), Name: fmt.Sprintf("P%d", player)}, At: a.clock.Now()}
	set(&in)
	if _, err := a.apps[rand.IntN(len(a.apps))].Handle(context.Background(), in); err != nil {
		tb.Errorf("%s: %v", in.ID, err)
	}
}

// begin has every game ask its next question.
func (a *arena) begin(games int) {
	a.clock.Advance(5 * time.Second)
	for range games {
		<-a.opened
	}
}

// next ends the open question of every game, if it is not over because all have answered, and
// goes on to the next one.
func (a *arena) next(games, round int) {
	if round < 2 {
		a.clock.Advance(10 * time.Minute)
	}
	for range games {
		<-a.closed
	}
	a.begin(games)
}

// answer lets a player choose an option of the question that is open.
func (a *arena) answer(tb testing.TB, game, player, round int) {
	a.mu.Lock()
	d := a.open[fmt.Sprint(game)]
	a.mu.Unlock()
	o := d.Post.Options[player%len(d.Post.Options)]
	a.do(tb, game, player, fmt.Sprintf("%06d-%06d", round, a.inputs.Add(1)), func(in *bot.Input) { in.Press = &bot.Press{Action: o.Action, Slot: d.Slot} })
}

func benchStore(tb testing.TB) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(context.Background(), filepath.Join(tb.TempDir(), "quiz.db"), sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

// The arena of the benchmarks.
const (
	arenaGames   = 100
	arenaPlayers = 40
)

// arenaHands is how many people have an answer on its way at the same time.
const arenaHands = 512

// answerAll answers the open questions once for each player, and returns how long each answer
// took. pace is the time from one answer to the next; 0: as fast as it goes.
func answerAll(b *testing.B, a *arena, round int, pace time.Duration) []time.Duration {
	took := make([]time.Duration, arenaGames*arenaPlayers)
	var all sync.WaitGroup
	var next atomic.Int64
	began := time.Now()
	for range arenaHands {
		all.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= len(took) {
					return
				}
				due := time.Now()
				if pace > 0 {
					due = began.Add(time.Duration(n) * pace)
					time.Sleep(time.Until(due))
				}
				a.answer(b, n%arenaGames, n/arenaGames, round)
				took[n] = time.Since(due) // from when it was due: a queue before it counts
			}
		})
	}
	all.Wait()
	return took
}

// BenchmarkAnswers measures acknowledged, durable answers a second through the service, against
// the driver's own rate in the same run, and their latency at half of that load.
func BenchmarkAnswers(b *testing.B) {
	raw := filepath.Join(b.TempDir(), "raw.db")
	if _, _, err := sqlite.Migrate(b.Context(), raw); err != nil {
		b.Fatal(err)
	}
	measureAnswers(b, newArena(b, benchStore(b), arenaGames, arenaPlayers, 50), storetest.DriverRate(b, raw, 80*256, 256))
}

// measureAnswers measures the answers of an arena against the rate of the driver.
func measureAnswers(b *testing.B, a *arena, driver float64) {
	defer a.stop()
	answered, spent, round := 0, time.Duration(0), 0
	for b.Loop() {
		began := time.Now()
		answered += len(answerAll(b, a, round, 0))
		spent += time.Since(began)
		b.StopTimer()
		a.next(arenaGames, round)
		round++
		b.StartTimer()
	}
	b.StopTimer()
	rate := float64(answered) / spent.Seconds()
	took := answerAll(b, a, round, time.Duration(2*float64(time.Second)/rate))
	slices.Sort(took)
	b.ReportMetric(rate, "answers/s")
	b.ReportMetric(driver, "driver-rows/s")
	b.ReportMetric(rate/driver, "of-driver")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkAnswersOnAServer measures the same on PostgreSQL with one, two and three services, each with
// connections of its own, against the server's own rate.
func BenchmarkAnswersOnAServer(b *testing.B) {
	for services := 1; services <= 3; services++ {
		b.Run(fmt.Sprint("services=", services), func(b *testing.B) {
			server := postgrestest.Own(b, "fsync=on", "full_page_writes=on", "shared_buffers=256MB")
			raw, url := server.Database(b), server.Database(b)
			if _, _, err := postgres.Migrate(b.Context(), raw); err != nil {
				b.Fatal(err)
			}
			var stores []bot.Store
			for range services {
				db, err := postgres.Open(b.Context(), url, postgres.Options{})
				if err != nil {
					b.Fatal(err)
				}
				defer db.Close()
				stores = append(stores, db)
			}
			measureAnswers(b, sharedArena(b, stores, arenaGames, arenaPlayers, 50), storetest.ServerRate(b, raw, 80*256, 256))
		})
	}
}

// BenchmarkThousandGames measures what a game takes of memory while a thousand run.
func BenchmarkThousandGames(b *testing.B) {
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for b.Loop() {
		store := benchStore(b)
		none := newArena(b, store, 0, 0, 1)
		before := heap()
		none.stop()
		a := newArena(b, store, 1000, 3, 10)
		answered := heap()
		b.ReportMetric(float64(answered-before)/1000, "B/game")
		a.stop()
	}
}
