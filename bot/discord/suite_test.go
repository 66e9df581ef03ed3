package discord_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/discord/discordtest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/content/language"
)

func TestSuite(t *testing.T) {
	bottest.Suite(t, func(t *testing.T) bottest.Stage { return newTestServer(t) })
}

var whole = flag.Bool("whole", false, "TestSuiteOnAServer plays everything, not only some parts of the suite")

// TestSuiteOnAServer plays on two processes that share a database of a PostgreSQL server: one is connected
// and sends, each interaction comes to one of them at random by HTTP, and both do what is due.
func TestSuiteOnAServer(t *testing.T) {
	parts := []string{"restart", "evening"}
	if *whole {
		parts = nil
	}
	bottest.Suite(t, func(t *testing.T) bottest.Stage {
		open := postgrestest.Shared(t, postgres.Migrate, postgres.Open, postgres.Options{Connections: 4})
		return serveOn(t, open(), open())
	}, parts...)
}

// testServer is a Discord server with a channel, and the processes behind it.
type testServer struct {
	d         *discordtest.Discord
	stores    []bot.Store // of each process
	clock     *bottest.Clock
	channel   *discordtest.Channel
	mu        sync.Mutex
	processes []*process // the first one is connected
}

func newTestServer(t *testing.T) *testServer {
	t.Helper()
	return serveOn(t, open(t))
}

// serveOn serves from some processes that share a database, each with a store of its own.
func serveOn(t *testing.T, stores ...bot.Store) *testServer {
	t.Helper()
	s := &testServer{d: discordtest.New(t, discordtest.Options{Unlimited: true}), stores: stores,
		clock: bottest.NewClock(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))}
	s.channel = s.d.NewGuild("Friends").NewChannel("quiz")
	s.start(t)
	if len(stores) > 1 {
		s.d.UseEndpoint(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.any().a.ServeHTTP(w, r) }))
	}
	t.Cleanup(s.stop)
	return s
}

func (s *testServer) start(t *testing.T) {
	t.Helper()
	var all []*process
	for i, db := range s.stores {
		o := service.Options{Clock: s.clock, Name: fmt.Sprint("process-", i), Shared: len(s.stores) > 1}
		if i == 0 {
			all = append(all, beginAt(t, s.d, db, o))
		} else {
			all = append(all, beginBeside(t, s.d, db, o))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.processes = all
}

func (s *testServer) stop() {
	for _, p := range slices.Backward(s.processes) {
		p.stop()
	}
}

// any is one of the processes.
func (s *testServer) any() *process {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.processes[rand.IntN(len(s.processes))]
}

// Limits are those of the adapter.
func (s *testServer) Limits() bot.Limits { return s.any().a.Limits() }

// Clock is the clock of the service.
func (s *testServer) Clock() *bottest.Clock { return s.clock }

// Store is the store of the service.
func (s *testServer) Store() bot.Store { return s.stores[0] }

// Restart ends the processes and starts others.
func (s *testServer) Restart(t *testing.T) {
	s.stop()
	s.start(t)
}

// locale is what a Discord client that speaks a language says.
var locale = map[language.Code]string{language.English: "en-US", language.Arabic: "ar", language.Korean: "ko", language.Chinese: "zh-CN"}

// Enter brings a person into the channel.
func (s *testServer) Enter(t *testing.T, name string, lang language.Code, admin bool) bottest.Actor {
	return &actor{t: t, d: s.d, m: s.d.NewMember(name, locale[lang], admin), c: s.channel}
}

// Alone brings a person into a private chat with the bot.
func (s *testServer) Alone(t *testing.T, name string, lang language.Code) bottest.Actor {
	return &actor{t: t, d: s.d, m: s.d.NewMember(name, locale[lang], false), c: s.d.NewDM()}
}

// actor is a person with a Discord client.
type actor struct {
	t    *testing.T
	d    *discordtest.Discord
	m    *discordtest.Member
	c    *discordtest.Channel
	last *discordtest.Interaction
}

// did waits until what the person did is answered.
func (a *actor) did(it *discordtest.Interaction) {
	a.t.Helper()
	a.last = it
	select {
	case <-it.Done():
	case <-time.After(20 * time.Second):
		a.t.Fatalf("the application did not respond to %s", a.m.Name)
	}
}

// Command uses a slash command, also as no client would.
func (a *actor) Command(name string, options map[string]string, file *bot.File) {
	a.t.Helper()
	var files []discordtest.File
	if file != nil {
		files = append(files, discordtest.File{Name: file.Name, Type: file.Type, Data: file.Data})
	}
	a.did(a.m.Send(a.c, name, options, files...))
}

// Repeat has Discord tell of the last input once more.
func (a *actor) Repeat() { a.last.Again() }

// Again does the last input once more.
func (a *actor) Again() { a.t.Helper(); a.did(a.last.Anew()) }

// Click presses a button.
func (a *actor) Click(label string) {
	a.t.Helper()
	late := time.After(20 * time.Second)
	for {
		changed := a.Changed()
		if message, id := a.button(label); id != "" {
			a.did(a.m.Press(a.c, message, id))
			return
		}
		select {
		case <-changed:
		case <-late:
			a.t.Fatalf("%s sees no button %q; the screen is:\n%s", a.m.Name, label, bottest.Transcript(a))
		}
	}
}

// button is the newest button with a label, and its message.
func (a *actor) button(label string) (discordtest.Message, string) {
	for _, m := range slices.Backward(a.messages()) {
		for _, b := range m.Buttons() {
			if b.Label == label && !b.Disabled {
				return m, b.CustomID
			}
		}
	}
	return discordtest.Message{}, ""
}

// messages are what the person sees: those for everybody, then those only for them.
func (a *actor) messages() []discordtest.Message {
	all := a.c.Messages(a.m.ID)
	slices.SortStableFunc(all, func(a, b discordtest.Message) int { return len(a.Only) - len(b.Only) })
	return all
}

// Type fills the form of the open question, or without one uses the command.
func (a *actor) Type(text string) {
	a.t.Helper()
	for _, c := range language.Own() {
		if message, id := a.button(phrase.Say(c, phrase.ButtonAnswer)); id != "" {
			opened := a.m.Press(a.c, message, id)
			a.did(opened)
			if how, _ := opened.Answered(); how == 9 {
				a.did(a.m.Fill(opened, map[string]string{"text": text}))
			}
			return
		}
	}
	a.Command("answer", map[string]string{"text": text}, nil)
}

// Screen is what the person's client shows.
func (a *actor) Screen() []bottest.Card {
	var out []bottest.Card
	for _, m := range a.messages() {
		if !m.Pending {
			out = append(out, cardOf(&m))
		}
	}
	return out
}

// Changed is closed when anything in Discord changes.
func (a *actor) Changed() <-chan struct{} { return a.d.Changed() }

func cardOf(m *discordtest.Message) bottest.Card {
	c := bottest.Card{Private: m.Only != "", Text: shown(m.Text())}
	for _, b := range m.Buttons() {
		switch {
		case b.Disabled:
		case isOption(b.Label):
			c.Options = append(c.Options, b.Label)
		default:
			c.Buttons = append(c.Buttons, b.Label)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		c.File = &bot.File{Name: name, Data: m.Files[name]}
	}
	return c
}

// isOption reports whether a button is lettered as an option.
func isOption(label string) bool {
	return slices.ContainsFunc(language.Own(), func(c language.Code) bool { return slices.Contains(language.Labels(c, 4), label) })
}

var (
	lineMark = regexp.MustCompile("(?m)^(?:-# |> |• |▫️ |✅ )")
	struck   = regexp.MustCompile(`(?m)^~~(.*)~~$`)
	escaped  = regexp.MustCompile(`\\([!-/:-@\[-\x60{-~])`)
)

// shown is what a client makes of a text with markup, without marks of direction.
func shown(text string) string {
	text = strings.NewReplacer("\u200f", "", "```\n", "", "\n```", "", "`\u200b`\u200b`", "```").Replace(bottest.Unmarked(text))
	text = struck.ReplaceAllString(text, "$1")
	text = lineMark.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "**", "")
	text = escaped.ReplaceAllString(text, "$1")
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
