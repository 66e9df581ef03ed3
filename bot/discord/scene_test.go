package discord_test

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/content/language"
)

// TestMain runs more tests at the same time than there are processors, unless the command line says
// otherwise: at the end of every connection discordgo sleeps for a second.
func TestMain(m *testing.M) {
	flag.Parse()
	chosen := false
	flag.Visit(func(f *flag.Flag) { chosen = chosen || f.Name == "test.parallel" })
	if !chosen {
		if err := flag.Set("test.parallel", "6"); err != nil {
			panic(err)
		}
	}
	os.Exit(postgrestest.Clean(m))
}

// scene is an adapter at a fake Discord with a service that does what a test says.
type scene struct {
	t       *testing.T
	d       *discordtest.Discord
	a       *discord.Adapter
	service *fakeService
	store   *fakeStore
	log     *bottest.Log
	guild   *discordtest.Guild
	channel *discordtest.Channel
	kim     *discordtest.Member
	stop    func()
	ended   chan error
	out     chan delivered // what quiz delivered
}

// fakeService is a service that remembers what came and answers by a function. It handles an input
// once for each id, as the service does.
type fakeService struct {
	mu     sync.Mutex
	inputs []bot.Input
	seen   map[bot.InputID]bool
	answer func(ctx context.Context, in bot.Input) (bot.Reply, error)
}

func newFakeService(answer func(context.Context, bot.Input) (bot.Reply, error)) *fakeService {
	return &fakeService{seen: map[bot.InputID]bool{}, answer: answer}
}

// Commands are those of the program.
func (h *fakeService) Commands() bot.CommandList { return bottest.Commands() }

func (h *fakeService) Handle(ctx context.Context, in bot.Input) (bot.Reply, error) {
	h.mu.Lock()
	repeated := h.seen[in.ID]
	h.seen[in.ID] = true
	if !repeated {
		h.inputs = append(h.inputs, in)
	}
	h.mu.Unlock()
	if repeated || in.Event != nil {
		return bot.Reply{}, nil
	}
	return h.answer(ctx, in)
}

func (h *fakeService) Suggest(_ context.Context, _ bot.Place, _ bot.Person, command, option string, typed bot.Values) []bot.Suggestion {
	return []bot.Suggestion{{Label: command + " " + option, Value: typed[option] + "!"}}
}

// got returns what the service handled, without events of servers.
func (h *fakeService) got() []bot.Input {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []bot.Input
	for _, in := range h.inputs {
		if in.Event == nil {
			out = append(out, in)
		}
	}
	return out
}

func (h *fakeService) events() []bot.Input {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []bot.Input
	for _, in := range h.inputs {
		if in.Event != nil {
			out = append(out, in)
		}
	}
	return out
}

// fakeStore is a store for what the adapter asks of one.
type fakeStore struct {
	mu    sync.Mutex
	notes map[string]string
	slots map[bot.Ref]bot.Slot
	posts []bot.Send
	known []bot.Space
}

func (m *fakeStore) Enter(context.Context, bot.Place, bot.Person, time.Time) (bot.Space, bot.Chat, bot.Member, error) {
	return bot.Space{ID: 1}, bot.Chat{ID: 1}, bot.Member{}, nil
}

func (m *fakeStore) SlotOf(_ context.Context, _ bot.ChatID, ref bot.Ref) (bot.Slot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.slots[ref]; ok {
		return s, nil
	}
	return bot.Slot{}, bot.ErrNone
}

func (m *fakeStore) Posts(context.Context, bot.ChatID, bot.MemberID, int) ([]bot.Send, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.posts, nil
}

func (m *fakeStore) Spaces(context.Context, string) ([]bot.Space, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known, nil
}

func (m *fakeStore) Note(_ context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.notes[key], nil
}

func (m *fakeStore) SetNote(_ context.Context, key, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes[key] = value
	return nil
}

// echo is a service that says back what it was given, to one person.
func echo(_ context.Context, in bot.Input) (bot.Reply, error) {
	switch {
	case in.Command != nil:
		return bot.Say(language.English, "command "+in.Command.Name), nil
	case in.Press != nil:
		return bot.Say(language.English, "pressed "+in.Press.Action), nil
	case in.Form != nil:
		return bot.Say(language.English, "filled "+in.Form.Values["text"]), nil
	}
	return bot.Reply{}, nil
}

// play sets a scene in a bubble, where time passes by itself, and lets a test act on it.
func playGame(t *testing.T, o discordtest.Options, answer func(context.Context, bot.Input) (bot.Reply, error), act func(s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := set(t, discordtest.New(t, o), newFakeService(answer), newMemory())
		act(s)
		s.end()
	})
}

func newMemory() *fakeStore {
	return &fakeStore{notes: map[string]string{}, slots: map[bot.Ref]bot.Slot{}}
}

// set starts an adapter and waits until it is connected.
func set(t *testing.T, d *discordtest.Discord, service *fakeService, m *fakeStore) *scene {
	t.Helper()
	s := &scene{t: t, d: d, service: service, store: m, log: &bottest.Log{}, out: make(chan delivered, 4)}
	s.guild = d.NewGuild("Friends")
	s.channel = s.guild.NewChannel("quiz")
	s.kim = d.NewMember("Kim", "en-US", false)
	s.start()
	time.Sleep(time.Second)
	synctest.Wait()
	return s
}

// start starts an adapter, the first or another one.
func (s *scene) start() {
	s.t.Helper()
	a, err := discord.New(discord.Options{Token: discordtest.Token, Public: discordtest.PublicKey, APIURL: s.d.URL, Service: s.service,
		Store: s.store, Dial: s.d.Dial, Roots: s.d.Roots,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(s.t.Context())
	ended := make(chan error, 1)
	s.a, s.stop, s.ended = a, cancel, ended
	go func() { ended <- a.Run(ctx) }()
}

// end stops the adapter and looks for what it must never do. Nothing is under way then: the library holds a
// lock while it sleeps before it closes, and whoever waits for that lock keeps a bubble's clock from going on.
func (s *scene) end() {
	s.t.Helper()
	synctest.Wait()
	s.stop()
	if err := <-s.ended; err != nil {
		s.t.Errorf("Run = %v, want nil", err)
	}
	clean(s.t, s.log)
}

// clean checks that no secret stands in a log and nothing panicked.
func clean(t testing.TB, log *bottest.Log) {
	t.Helper()
	all := log.String()
	for _, secret := range []string{discordtest.Token, "aW50ZXJhY3Rpb24"} {
		if strings.Contains(all, secret) {
			t.Errorf("the log holds the secret %s…:\n%s", secret[:8], all)
		}
	}
	if strings.Contains(all, "panic") {
		t.Errorf("something panicked:\n%s", all)
	}
}

// rest lets time pass and everything that was begun come to its end.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// original is the text of the answer to an interaction.
func original(it *discordtest.Interaction) string {
	m := it.Original()
	return m.Text()
}

var errBroken = errors.New("the database is broken")

func contains(s, part string) bool { return strings.Contains(s, part) }
