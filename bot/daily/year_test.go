package daily_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/catalog"
	"summitquiz/bot/daily"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/content/language"
	schedule "summitquiz/quiz/daily"
)

// How large the run is: by default small enough for every day. The whole one is
// go test ./bot/daily -run Year -subscriptions 1000 -days 400 -v.
var (
	subscriptions = flag.Int("subscriptions", 24, "subscriptions of TestAYearOfTrouble")
	daysRun       = flag.Int("days", 21, "days of TestAYearOfTrouble")
)

// errKilled is what a process sees whose end came in the middle of a write.
var errKilled = errors.New("the process was killed")

// world is a service reduced to the daily, whose time passes from one thing that is due to the
// next, and which dies at random: before a write, or after one that it never heard of.
type world struct {
	t       *testing.T
	store   *sqlite.DB
	packs   *catalog.Catalog
	daily   *daily.Feature
	chance  *rand.Rand
	now     time.Time
	inputs  int
	noKill  bool
	posts   map[bot.Slot]int // new posts that arrived, by slot
	plays   []guest
	kills   int
	outages int
	jumps   int
}

// guest is a member who plays a daily at a time.
type guest struct {
	at      time.Time
	session bot.SessionID
	chat    bot.ChatID
	member  bot.MemberID
}

func (w *world) Now() time.Time { return w.now }

// Queue writes at once, or dies.
func (w *world) Queue(c *bot.Change) func(context.Context) error {
	if w.noKill {
		return w.store.Write(c)
	}
	before, after := w.chance.IntN(400) == 0, w.chance.IntN(400) == 0
	if !before && !after {
		return w.store.Write(c)
	}
	if after {
		if err := w.store.Write(c)(context.Background()); err != nil {
			return func(context.Context) error { return err }
		}
	}
	return func(context.Context) error { return errKilled }
}

func (w *world) Limits(string) bot.Limits {
	return bot.Limits{Text: 4000, Buttons: 8, Rows: 10, Label: 64, Private: true, Personal: true}
}
func (w *world) Bounds() bot.Bounds                                                   { return bot.Bounds{}.OrUsual() }
func (w *world) Settled(string) bool                                                  { return true }
func (w *world) HasLeft(context.Context, bot.Chat, bot.MemberID) bool                 { return false }
func (w *world) Deserted(context.Context, bot.Chat) bool                              { return false }
func (w *world) Sign(string, bot.Payload) string                                      { return "signed" }
func (w *world) Process() (string, int64)                                             { return "main", 1 }
func (w *world) ResultButtons(bot.SessionID, bot.Chat, phrase.Localizer) []bot.Button { return nil }
func (w *world) ForgetPeople(bot.MemberID)                                            {}
func (w *world) Log() *slog.Logger                                                    { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
func (w *world) Meter() bot.Meter                                                     { return (&bottest.Plain{}).Counter() }

// restart begins a new process: nothing that was in memory is left.
func (w *world) restart() { w.daily = daily.New(w, w.store, w.packs) }

// request is an input of a member in a chat.
func (w *world) request(chat bot.Chat, space bot.Space, m bot.Member) *bot.Request {
	w.inputs++
	id := bot.InputID(fmt.Sprintf("plain:%d", w.inputs))
	r := bot.Request{Input: bot.Input{ID: id, At: w.now, Place: bot.Place{Platform: "plain", Private: chat.Address.Private}, Press: &bot.Press{}},
		Now: w.now, Space: space, Chat: chat, Member: m, Role: bot.ChatAdmin, Limits: w.Limits(""), Local: phrase.In(language.English)}
	return bot.NewRequest(w, r, bot.Change{Input: id, At: w.now})
}

// handle runs a handler as the service does, again where the process was killed in it.
func (w *world) handle(h bot.Handler, r func() *bot.Request) {
	for {
		req := r()
		_, err := h(w.t.Context(), req)
		var refusal *bot.Notice
		if err == nil && !req.Saved {
			err = w.Queue(req.Change)(w.t.Context())
		}
		switch {
		case errors.Is(err, errKilled):
			w.killed()
			continue
		case errors.As(err, &refusal), errors.Is(err, bot.ErrRepeated), err == nil:
			return
		}
		w.t.Fatal(err)
	}
}

func (w *world) killed() {
	w.kills++
	w.now = w.now.Add(time.Duration(1+w.chance.IntN(60)) * time.Second)
	w.restart()
}

// kinds are those of the daily.
var kinds = []bot.Kind{daily.Kind, daily.SubscriptionKind}

// step does what is due next: it plays, posts, closes, delivers. It returns false at the end.
func (w *world) step(until time.Time) bool {
	at, some, err := w.store.Next(w.t.Context(), kinds)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(w.plays) > 0 && (!some || w.plays[0].at.Before(at)) {
		v := w.plays[0]
		w.plays = w.plays[1:]
		if v.at.After(w.now) {
			w.now = v.at
		}
		w.play(v)
		return true
	}
	if !some || at.After(until) && at.After(w.now) {
		return false // all is done that was due by then
	}
	if at.After(w.now) {
		w.now = at
	}
	if w.now.Before(until) {
		w.trouble()
	}
	due, err := w.store.Claim(w.t.Context(), kinds, w.now, 30*time.Second, 256)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, d := range due {
		if _, err := w.daily.Due(w.t.Context(), d); errors.Is(err, errKilled) {
			w.killed()
			break // what else it had claimed comes back when the lease is over
		} else if err != nil {
			w.t.Fatal(err)
		}
	}
	w.deliver()
	return true
}

// trouble lets something go wrong now and then.
func (w *world) trouble() {
	switch w.chance.IntN(10 * *subscriptions) {
	case 0:
		w.outages++
		w.now = w.now.Add(time.Minute + time.Duration(w.chance.Int64N(int64(48*time.Hour))))
		w.restart()
	case 1:
		w.jumps++
		w.now = w.now.Add(-24 * time.Hour)
	case 2:
		w.jumps++
		w.now = w.now.Add(24 * time.Hour)
	}
}

// deliver delivers what is on its way, and has members come to play what arrived.
func (w *world) deliver() {
	chats, err := w.store.Backlog(w.t.Context(), kinds)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range chats {
		sends, err := w.store.Waiting(w.t.Context(), kinds, c, 100)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, s := range sends {
			if s.Op == bot.New && s.State != bot.SendStarted {
				w.posts[s.Slot]++
				w.invite(s)
			}
			change := &bot.Change{At: w.now, Progress: []bot.Progress{{Send: s.ID, State: bot.SendDone, Ref: bot.Ref(s.Slot.String()), At: w.now}}}
			w.noKill = true // Telegram's doubt is proved on its fake
			err := w.daily.Delivered(w.t.Context(), bot.DeliveryEnd{Send: s, State: bot.SendDone}, change)
			if w.noKill = false; err != nil {
				w.t.Fatal(err)
			}
		}
	}
}

// invite has some members come later to play a day.
func (w *world) invite(s bot.Send) {
	if s.Slot.Kind != daily.Kind || s.Slot.Part != "day" {
		return
	}
	session, err := w.store.Session(w.t.Context(), bot.SessionID(s.Slot.ID))
	if err != nil {
		w.t.Fatal(err)
	}
	players := []bot.MemberID{session.Solo}
	if session.Solo == 0 {
		players = w.players(s.Chat)
	}
	for _, m := range players {
		if w.chance.IntN(10) < 8 {
			w.plays = append(w.plays, guest{w.now.Add(time.Duration(w.chance.Int64N(int64(20 * time.Hour)))), session.ID, s.Chat, m})
		}
	}
	sortGuests(w.plays)
}

// play answers the first question of a session.
func (w *world) play(v guest) {
	ctx := w.t.Context()
	chat, err := w.store.Chat(ctx, v.chat)
	if err != nil {
		w.t.Fatal(err)
	}
	space, err := w.store.Space(ctx, chat.Space)
	if err != nil {
		w.t.Fatal(err)
	}
	m, err := w.store.Member(ctx, v.member)
	if err != nil {
		w.t.Fatal(err)
	}
	option := uint64(w.chance.IntN(2))
	w.inputs++
	w.handle(w.daily.Actions()["dans"].Run, func() *bot.Request {
		r := w.request(chat, space, m)
		r.Args = bot.Payload{Action: "dans", Args: []uint64{uint64(v.session), 0, option}}
		return r
	})
}

// TestAYearOfTrouble lets subscriptions in many zones run through kills, outages and clocks that
// jump, and compares what became of each date, and each streak, with what a second program makes of
// the database.
func TestAYearOfTrouble(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quiz.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	app := bottest.New(t, service.Options{Store: db, Clock: bottest.NewClock(start), Key: []byte("key")}, func() uint64 { return 1 })
	app.Provide(t, summit)
	w := &world{t: t, store: db, packs: app.Packs, chance: rand.New(rand.NewPCG(3, 4)), now: start, posts: map[bot.Slot]int{}}
	w.restart()
	made := w.subscribe(*subscriptions)
	until := start.Add(time.Duration(*daysRun) * 24 * time.Hour)
	for w.step(until) {
	}
	r := readRecord(t, path)
	posted, skipped := r.checkRuns(t, made, start, w.now, w.posts)
	streaks := r.checkStreaks(t)
	t.Logf("%d subscriptions, %d days, %d zones: %d posted, %d skipped, none twice, none missing; %d streaks alike; %d kills, %d outages, %d jumps of the clock",
		len(made), *daysRun, len(zonesOf(made)), posted, skipped, streaks, w.kills, w.outages, w.jumps)
}

// subscribe switches dailies on: four of five are a member's own, the others a chat's.
func (w *world) subscribe(n int) []bot.Subscription {
	zones := schedule.Zones(language.English)[:40]
	zones = append(zones, "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Casablanca")
	days := []string{"", "mon-fri", "sun-thu", "weekend", "mon,wed,fri"}
	for i := range n {
		room := fmt.Sprintf("room-%d", i)
		place := bot.Place{Platform: "plain", Space: room, Chat: room, Private: i%5 > 0}
		space, chat, m, err := w.store.Enter(w.t.Context(), place, bot.Person{User: fmt.Sprintf("u%d", i), Name: fmt.Sprintf("U %d", i)}, w.now)
		if err != nil {
			w.t.Fatal(err)
		}
		options := bot.Values{"time": fmt.Sprintf("%d:%02d", w.chance.IntN(24), w.chance.IntN(60)), "zone": string(zones[w.chance.IntN(len(zones))]), "questions": "2"}
		if d := days[w.chance.IntN(len(days))]; d != "" {
			options["days"] = d
		}
		w.handle(w.daily.Commands()[0].Run, func() *bot.Request {
			r := w.request(chat, space, m)
			r.Options = options
			return r
		})
		if x, err := w.store.SubscriptionsIn(w.t.Context(), space.ID, 0); err != nil || len(x) != 1 {
			w.t.Fatalf("%d subscriptions in room %d, %v", len(x), i, err)
		}
	}
	var out []bot.Subscription
	for i := range n {
		x, err := w.store.SubscriptionsIn(w.t.Context(), bot.SpaceID(i+1), 0)
		if err != nil || len(x) != 1 {
			w.t.Fatalf("%d subscriptions in space %d, %v", len(x), i+1, err)
		}
		out = append(out, x...)
	}
	return out
}

// players are three members who play in a chat; they have dailies elsewhere too.
func (w *world) players(chat bot.ChatID) []bot.MemberID {
	var out []bot.MemberID
	for i := range 3 {
		out = append(out, bot.MemberID(1+(int(chat)*7+i*11)%*subscriptions))
	}
	return out
}
