package telegram_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/service"
	"summitquiz/bot/store/postgres"
	"summitquiz/bot/store/postgres/postgrestest"
	"summitquiz/bot/telegram"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

// TestSuite plays the platforms' suite in a group that is set to show who was right at the end,
// where questions are messages with buttons as on every platform.
func TestSuite(t *testing.T) {
	bottest.Suite(t, func(t *testing.T) bottest.Stage { return newTestGroup(t, true) })
}

// TestAnEveningOfPollsEndsAsEverywhere plays the suite's evening as groups usually play it: with
// native quiz polls.
func TestAnEveningOfPollsEndsAsEverywhere(t *testing.T) {
	s := newTestGroup(t, false)
	bottest.Evening(t, s)
	if len(s.f.Requests("sendPoll")) != 4 {
		t.Errorf("%d polls were sent, want one for each choice question", len(s.f.Requests("sendPoll")))
	}
}

var whole = flag.Bool("whole", false, "TestSuiteOnAServer plays everything, not only some parts of the suite")

// TestSuiteOnAServer plays on two processes that share a database of a PostgreSQL server: one is connected
// and sends, and both do what is due.
func TestSuiteOnAServer(t *testing.T) {
	parts := []string{"restart", "evening"}
	if *whole {
		parts = nil
	}
	bottest.Suite(t, func(t *testing.T) bottest.Stage {
		open := postgrestest.Shared(t, postgres.Migrate, postgres.Open, postgres.Options{Connections: 4})
		return serveOn(t, true, open(), open())
	}, parts...)
}

// testGroup is a group on Telegram, and the processes behind it.
type testGroup struct {
	f         *telegramtest.Telegram
	stores    []bot.Store // of each process
	clock     *bottest.Clock
	group     *telegramtest.Chat
	processes []*process // the first one is connected
	pushed    bool       // updates come to a webhook of all processes
}

// newTestGroup opens a group; atEnd: it has messages with buttons in place of native polls.
func newTestGroup(t *testing.T, atEnd bool) *testGroup {
	t.Helper()
	return serveOn(t, atEnd, open(t))
}

// serveOn serves a group from some processes that share a database, each with a store of its own.
func serveOn(t *testing.T, atEnd bool, stores ...bot.Store) *testGroup {
	t.Helper()
	return serveBy(t, false, atEnd, stores...)
}

// serveBy is serveOn with updates that are pushed.
func serveBy(t *testing.T, pushed, atEnd bool, stores ...bot.Store) *testGroup {
	t.Helper()
	s := &testGroup{pushed: pushed, f: telegramtest.New(t, telegramtest.Options{Unlimited: true}), stores: stores,
		clock: bottest.NewClock(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))}
	s.group = s.f.NewSupergroup("Friends")
	if atEnd {
		space, _, _, err := s.Store().Enter(t.Context(), s.place(), bot.Person{}, s.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		space.Settings.AtEnd = true
		if err := s.Store().Write(&bot.Change{Space: &space})(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.start(t)
	return s
}

func (s *testGroup) start(t *testing.T) {
	t.Helper()
	s.processes = nil
	own := telegram.Options{Pace: boundless}
	if s.pushed {
		own.Webhook = hook
	}
	var all []http.Handler
	for i, db := range s.stores {
		o := service.Options{Clock: s.clock, Name: fmt.Sprint("process-", i), Shared: len(s.stores) > 1}
		if i == 0 {
			s.processes = append(s.processes, await(t, launch(t, s.f, db, o, own)))
		} else {
			s.processes = append(s.processes, beginBeside(t, s.f, db, o, own.Webhook))
		}
		all = append(all, s.processes[i].a)
	}
	if s.pushed {
		s.f.Front(&front{all: all})
	}
}

// place is the group as the service knows it.
func (s *testGroup) place() bot.Place { return groupPlace(s.group) }

// Limits are those of the adapter.
func (s *testGroup) Limits() bot.Limits { return s.processes[0].a.Limits() }

// Clock is the clock of the service.
func (s *testGroup) Clock() *bottest.Clock { return s.clock }

// Store is the store of the service.
func (s *testGroup) Store() bot.Store { return s.stores[0] }

// Restart ends the processes and starts others.
func (s *testGroup) Restart(t *testing.T) {
	for _, p := range s.processes {
		p.stop()
	}
	s.start(t)
}

// Enter brings a person into the group, who has opened their private chat with the bot.
func (s *testGroup) Enter(t *testing.T, name string, lang language.Code, admin bool) bottest.Actor {
	u := s.f.NewUser(name, lang.String())
	u.Unblock()
	if admin {
		s.group.Admin(u)
	} else {
		s.group.Demote(u) // an ordinary member
	}
	return &actor{t: t, s: s, u: u, c: s.group}
}

// Alone brings a person into a private chat with the bot.
func (s *testGroup) Alone(t *testing.T, name string, lang language.Code) bottest.Actor {
	u := s.f.NewUser(name, lang.String())
	u.Unblock()
	return &actor{t: t, s: s, u: u, c: s.f.Private(u)}
}

// actor is a person with a Telegram client.
type actor struct {
	t     *testing.T
	s     *testGroup
	u     *telegramtest.User
	c     *telegramtest.Chat
	last  json.RawMessage
	again func()
}

// did waits until what the person did is handled.
func (a *actor) did(do func()) {
	a.t.Helper()
	a.again = do
	before := a.heard()
	do()
	a.last = a.s.f.Newest()
	a.handled(before)
}

// heard is how many updates the processes have kept.
func (a *actor) heard() (n int64) {
	for _, p := range a.s.processes {
		c := p.a.Counts()
		n += c.Received + c.Repeated
	}
	return n
}

// handled waits until the process has heard more than before and nothing is left to handle.
func (a *actor) handled(before int64) {
	a.t.Helper()
	late := time.After(20 * time.Second)
	for {
		heard := a.heard() > before && a.s.f.Pending() == 0 // asked before it is looked for what is kept
		kept, err := a.s.Store().Kept(context.Background(), "telegram", 0, 1)
		if err != nil {
			a.t.Fatal(err)
		}
		if heard && len(kept) == 0 {
			return
		}
		select {
		case <-time.After(time.Millisecond):
		case <-late:
			a.t.Fatalf("what %s did is not handled:\n%s", a.u.Name, a.s.processes[0].log)
		}
	}
}

// Command writes a command, for this bot among others.
func (a *actor) Command(name string, options map[string]string, file *bot.File) {
	a.t.Helper()
	line := "/" + strings.ReplaceAll(name, " ", "_") + "@" + telegramtest.BotUsername
	for option, value := range options {
		line += " " + option + ":" + value
	}
	if len(line) > 4096 {
		line = line[:4096] // a client sends no more in one message
	}
	if file == nil {
		a.did(func() { a.u.Say(a.c, line) })
		return
	}
	a.did(func() {
		m := a.u.SendFile(a.c, telegramtest.File{Name: file.Name, Type: file.Type, Data: file.Data}, "")
		a.u.Reply(a.c, m, line)
	})
}

// Repeat has Telegram tell of the last input once more.
func (a *actor) Repeat() {
	a.t.Helper()
	before := a.heard()
	a.s.f.Repeat(a.last)
	a.handled(before)
}

// Again does the last input once more.
func (a *actor) Again() { a.t.Helper(); a.did(a.again) }

// Click presses a button, or votes for the option of a poll that has the label.
func (a *actor) Click(label string) {
	a.t.Helper()
	late := time.After(20 * time.Second)
	for {
		changed := a.Changed()
		for _, m := range slices.Backward(a.u.Messages()) {
			c := m.Chat
			for _, b := range m.Buttons() {
				if b.Text == label && b.Data != "" {
					a.did(func() { a.u.Press(c, m, b.Data) })
					return
				}
			}
			if option := optionOf(m, label); option >= 0 {
				a.did(func() { a.u.Vote(c, m, option) })
				return
			}
		}
		select {
		case <-changed:
		case <-late:
			a.t.Fatalf("%s sees no button %q; the screen is:\n%s", a.u.Name, label, bottest.Transcript(a))
		}
	}
}

// optionOf is the option of an open poll that a label stands before; -1: there is none.
func optionOf(m telegramtest.Message, label string) int {
	if m.Poll == nil || m.Poll.Closed {
		return -1
	}
	return slices.IndexFunc(m.Poll.Options, func(o string) bool { return strings.HasPrefix(o, label+" ") || strings.HasPrefix(o, label+") ") })
}

// Type answers the open question: in a group by a reply to it, in a private chat by the next
// message. Without a question it uses the command.
func (a *actor) Type(text string) {
	a.t.Helper()
	if runes := []rune(text); len(runes) > 4096 {
		text = string(runes[:4096])
	}
	for _, m := range slices.Backward(a.c.FromBot()) {
		for _, c := range language.Own() {
			if slices.ContainsFunc(m.Buttons(), func(b telegramtest.Button) bool { return b.Text == phrase.Say(c, phrase.ButtonShow) }) {
				a.did(func() { a.u.Say(a.c, text) })
				return
			}
			if slices.ContainsFunc(m.Buttons(), func(b telegramtest.Button) bool { return b.Text == phrase.Say(c, phrase.ButtonSkip) }) {
				a.did(func() { a.u.Reply(a.c, m, text) })
				return
			}
		}
	}
	a.Command("answer", map[string]string{"text": text}, nil)
}

// Screen is what the person's client shows: the group, their private chat, and what was shown
// in passing.
func (a *actor) Screen() []bottest.Card {
	var out []bottest.Card
	for _, m := range a.u.Messages() {
		if m.Bot {
			out = append(out, cardOf(&m))
		}
	}
	for _, text := range a.u.Toasts() {
		out = append(out, bottest.Card{Private: true, Text: shown(text)})
	}
	return out
}

// Changed is closed when anything in Telegram changes.
func (a *actor) Changed() <-chan struct{} { return a.s.f.Changed() }

func cardOf(m *telegramtest.Message) bottest.Card {
	c := bottest.Card{Private: m.Private, Text: shown(m.Text)}
	for _, b := range m.Buttons() {
		switch {
		case b.Data == "":
		case isOption(b.Text):
			c.Options = append(c.Options, b.Text)
		default:
			c.Buttons = append(c.Buttons, b.Text)
		}
	}
	if m.Poll != nil {
		for _, o := range m.Poll.Options {
			c.Text += "\n" + shown(o)
			if label, _, ok := strings.Cut(o, " "); ok && !m.Poll.Closed {
				c.Options = append(c.Options, strings.TrimSuffix(label, ")"))
			}
		}
	}
	if m.File != nil {
		c.File = &bot.File{Name: m.File.Name, Data: m.File.Data}
	}
	return c
}

// isOption reports whether a button is lettered as an option.
func isOption(label string) bool {
	return slices.ContainsFunc(language.Own(), func(c language.Code) bool { return slices.Contains(language.Labels(c, 4), label) })
}

var lineMark = regexp.MustCompile("(?m)^(?:• |▫️ |✅ )")

// shown is a text without marks of direction and of lists.
func shown(text string) string {
	text = strings.ReplaceAll(bottest.Unmarked(text), "\u200f", "")
	text = lineMark.ReplaceAllString(text, "")
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// groupPlace is a chat or a topic as the service knows it.
func groupPlace(c *telegramtest.Chat) bot.Place {
	p := bot.Place{Platform: "telegram", Space: decimal(c.ID), Chat: decimal(c.ID), Title: c.Title, Private: c.Kind == "private"}
	if c.Thread != 0 {
		p.Chat += "/" + decimal(int64(c.Thread))
	}
	return p
}
