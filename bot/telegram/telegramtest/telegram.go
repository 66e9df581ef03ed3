// Package telegramtest is a fake Telegram for tests: it implements the Bot API over HTTP, holds people, chats,
// messages and polls, and lets a test act as people.
//
// It promises to be as strict as Telegram in the markup and length of texts, callback data, polls, menus, the
// age of queries, rates and the confirmation of updates, and to fail on request in the ways in which Telegram
// fails. A violation is answered as Telegram answers it and recorded in Complaints. It refuses to check
// pictures, audio, payments, markup other than HTML and other requests that this product never sends.
package telegramtest

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"summitquiz/bot/bottest"
)

// Token is the bot's token.
const Token = "7012345678:AAHm3fake_token-of_the_quiz_bot_tst"

// The bot, and the accounts that Telegram names in place of others.
const (
	BotID          = 7012345678
	BotName        = "Summit Quiz"
	BotUsername    = "SummitQuizBot"
	anonymousAdmin = 1087968824 // @GroupAnonymousBot
	channelBot     = 136817688  // @Channel_Bot
	serviceID      = 777000     // Telegram
)

// Options build a Telegram.
type Options struct {
	Latency     time.Duration    // of every request
	TCP         bool             // real sockets; else a network in memory, for bubbles
	Unlimited   bool             // no rate limits of its own
	Talkative   bool             // privacy mode is off: everything said in groups reaches the bot
	Now         func() time.Time // dates of what people do; nil: time.Now
	FirstID     int              // of updates; 0: 823400001
	HideMembers bool             // getChatMember tells of others only to administrators
}

// Telegram is a fake Telegram. It is safe for use by many goroutines.
type Telegram struct {
	URL   string // methods are below URL/bot<token>/, files below URL/file/bot<token>/
	Token string
	o     Options
	t     testing.TB
	net   *bottest.Network
	srv   *http.Server

	mu         sync.Mutex
	last       int64 // counts ids of people, chats, queries and files
	people     map[int64]*User
	chats      map[int64]*chatState
	messages   int // counts ids of messages in private chats and small groups
	polls      map[string]*Poll
	queries    map[string]*Query
	asked      []*Query // in their order
	files      map[string]*stored
	menus      map[menuKey][]Command
	texts      map[string]string // descriptions of the bot
	queue      queue
	hook       webhook
	pushing    sync.WaitGroup // of what is pushed
	rates      rates
	faults     []*fault
	busy       int // requests being served
	requests   []Request
	complaints []string
	changed    chan struct{}
	ago        time.Duration // how long ago people act
}

// Request is a received request.
type Request struct {
	At     time.Time
	Method string            // "download" for a file
	Params map[string]string // as Telegram reads them: what is no string is JSON
	Files  map[string][]byte // uploaded, by field
	Status int               // 0: the connection was broken off
	Error  string            // what Telegram said against it
}

// New starts a fake and stops it at the end of the test.
func New(t testing.TB, o Options) *Telegram {
	t.Helper()
	if epoch := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC); time.Now().Before(epoch) {
		time.Sleep(time.Until(epoch)) // a bubble begins before Telegram did
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.FirstID == 0 {
		o.FirstID = 823400001
	}
	f := &Telegram{Token: Token, o: o, t: t, net: bottest.NewNetwork(), messages: 40, people: map[int64]*User{}, chats: map[int64]*chatState{},
		polls:   map[string]*Poll{},
		queries: map[string]*Query{}, files: map[string]*stored{}, menus: map[menuKey][]Command{}, texts: map[string]string{}, changed: make(chan struct{}),
		queue: queue{next: o.FirstID, arrived: make(chan struct{})}, rates: rates{chats: map[rateKey]*chatRate{}},
		hook: webhook{busy: map[string]bool{}, rest: map[string]time.Time{}, pauses: map[string]time.Duration{}, statuses: map[int]int{}}}
	f.srv = &http.Server{Handler: f, ErrorLog: log.New(io.Discard, "", 0)}
	var l net.Listener = f.net
	f.URL = "http://telegram.test"
	if o.TCP {
		var err error
		if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		f.URL = "http://" + l.Addr().String()
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = f.srv.Serve(l) // ends with ErrServerClosed
	}()
	ctx, cancel := context.WithCancel(context.Background())
	pushes := make(chan struct{})
	go func() {
		defer close(pushes)
		f.push(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-pushes
		f.srv.Close()
		<-done
		for _, c := range f.Complaints() {
			t.Errorf("telegram complains: %s", c)
		}
	})
	return f
}

// Dial connects to the fake for any address.
func (f *Telegram) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	if f.o.TCP {
		if f.net.IsDown() {
			return nil, bottest.ErrDown
		}
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, f.URL[len("http://"):])
	}
	return f.net.Dial(ctx)
}

// Down disables or enables the network. Open connections are not affected.
func (f *Telegram) Down(down bool) {
	f.net.SetDown(down)
}

// now is the time at which people act. The caller holds f.mu.
func (f *Telegram) now() time.Time { return f.o.Now().Add(-f.ago) }

// Ago lets people act a while ago: the date is in the past, and the updates have waited since then.
func (f *Telegram) Ago(d time.Duration, act func()) {
	f.mu.Lock()
	f.ago = d
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.ago = 0
		f.mu.Unlock()
	}()
	act()
}

// count returns a unique number. The caller holds f.mu.
func (f *Telegram) count() int64 {
	f.last++
	return f.last
}

// wake wakes those who wait for a change. The caller holds f.mu.
func (f *Telegram) wake() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// Changed returns a channel that is closed at the next change.
func (f *Telegram) Changed() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changed
}

// complain records a violation. The caller holds f.mu.
func (f *Telegram) complain(format string, args ...any) {
	f.complaints = append(f.complaints, fmt.Sprintf(format, args...))
}

// Complaints returns the violations since the last call.
func (f *Telegram) Complaints() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.complaints
	f.complaints = nil
	return out
}

// Requests returns the requests of some methods so far; without names, of all methods but getUpdates.
func (f *Telegram) Requests(methods ...string) []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Request
	for _, r := range f.requests {
		if slices.Contains(methods, r.Method) || len(methods) == 0 && r.Method != "getUpdates" {
			out = append(out, r)
		}
	}
	return out
}

// Limited returns how many requests exceeded the fake's rate limits or came before retry_after.
func (f *Telegram) Limited() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.rates.limited
}
