// Package discordtest is a Discord for tests: it speaks the real wire, REST and gateway, keeps
// servers, channels, messages and interactions, and lets a test act as members.
//
// It promises to be as strict as Discord where Discord is strict, in limits of text, tokens
// that die, buttons that must differ, mentions that must be disarmed, and to misbehave on
// request in the ways that Discord does. What breaks a rule is answered as Discord answers it
// and kept in Complaints. It refuses to check pictures, voice and what this product never
// sends.
package discordtest

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"summitquiz/bot/bottest"
)

// Token is the bot's token.
const Token = "MTAwMDAwMDAwMDAwMDAwMDAx.fake.token-of-the-bot"

// AppID is the application's id.
const AppID = "100000000000000001"

// BotID is the bot's id as a user, which differs from the application's for old applications.
const BotID = "100000000000000002"

// Options build a Discord.
type Options struct {
	Shards    int           // what the gateway recommends; 0: 1
	Starts    int           // session starts left today; 0: 1000
	AtOnce    int           // max_concurrency; 0: 1
	Heartbeat time.Duration // 0: 41.25 s
	Latency   time.Duration // of every request
	TLS       bool          // speak TLS; Roots trust it
	TCP       bool          // real sockets; else a network in memory, for bubbles
	NoArabic  bool          // refuse names of commands in Arabic
	Unlimited bool          // no rate limits of its own
	Fast      bool          // for benchmarks: no limits, no validation, no log of requests
}

// Discord is one fake. It is safe for use by many goroutines.
type Discord struct {
	URL   string // of the API
	Roots *x509.CertPool
	o     Options
	t     testing.TB
	net   *bottest.Network
	srv   *http.Server
	begun time.Time

	mu           sync.Mutex
	last         uint64 // counts ids
	guilds       map[string]*Guild
	channels     map[string]*Channel
	messages     map[string]*Message
	interactions map[string]*Interaction // by token
	files        map[string][]byte
	commands     []map[string]any
	registered   int
	sessions     []*session
	conns        map[*connection]bool
	faults       []*fault
	buckets      map[string]*bucket
	requests     []Request
	complaints   []string
	limited      int
	identified   []time.Time
	resumed      int
	strayed      int
	changed      chan struct{}
	hostile      firstPacket
	endpoint     http.Handler // of interactions; nil: they go through the gateway
}

// Request is one request that came in.
type Request struct {
	At     time.Time
	Method string
	Path   string // below the version
	Body   []byte // JSON
	Status int    // 0: the connection was broken off
}

// New starts a Discord and ends it with the test.
func New(t testing.TB, o Options) *Discord {
	t.Helper()
	if epoch := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC); time.Now().Before(epoch) {
		time.Sleep(time.Until(epoch)) // a bubble begins before Discord did
	}
	d := &Discord{o: o, t: t, net: bottest.NewNetwork(), guilds: map[string]*Guild{}, channels: map[string]*Channel{}, messages: map[string]*Message{},
		interactions: map[string]*Interaction{}, files: map[string][]byte{}, conns: map[*connection]bool{},
		buckets: map[string]*bucket{}, changed: make(chan struct{})}
	d.begun = time.Now()
	d.srv = &http.Server{Handler: d, ErrorLog: log.New(io.Discard, "", 0)}
	var l net.Listener = d.net
	d.URL = "http://discord.test/api"
	if o.TCP {
		var err error
		if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		d.URL = "http://" + l.Addr().String() + "/api"
	}
	if o.TLS {
		l = d.secure(l)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = d.srv.Serve(l) // ends with ErrServerClosed
	}()
	t.Cleanup(func() {
		d.srv.Close()
		d.Cut()
		<-done
		for _, c := range d.Complaints() {
			t.Errorf("discord complains: %s", c)
		}
	})
	return d
}

// Dial connects to the fake, whatever the address.
func (d *Discord) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if d.o.TCP {
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, addr)
	}
	return d.net.Dial(ctx)
}

// Down takes the network away or brings it back. Connections that stand are not touched.
func (d *Discord) Down(down bool) {
	d.net.SetDown(down)
}

// id makes a snowflake; the caller holds d.mu.
func (d *Discord) id() string { return d.idAt(time.Now()) }

// idAt makes the id of something that was made at a time: milliseconds, then a number that
// tells apart what was made in one.
func (d *Discord) idAt(at time.Time) string {
	d.last++
	return fmt.Sprint(uint64(at.UnixMilli()-1420070400000)<<22 | d.last&(1<<22-1))
}

// turned tells those who wait that something changed; the caller holds d.mu.
func (d *Discord) turned() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// Changed returns a channel that is closed at the next change.
func (d *Discord) Changed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changed
}

// complain notes a broken rule; the caller holds d.mu.
func (d *Discord) complain(format string, args ...any) {
	d.complaints = append(d.complaints, fmt.Sprintf(format, args...))
}

// Complaints are the rules that were broken since the last call.
func (d *Discord) Complaints() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.complaints
	d.complaints = nil
	return out
}

// Requests are all requests so far.
func (d *Discord) Requests() []Request {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Request(nil), d.requests...)
}

// Limited is how many requests were refused by the fake's own rate limits.
func (d *Discord) Limited() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.limited
}

// Registered is how often commands were registered.
func (d *Discord) Registered() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.registered
}

// Commands are the registered commands.
func (d *Discord) Commands() []map[string]any {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.commands
}

// Guild is a server.
type Guild struct {
	d      *Discord
	ID     string
	Name   string
	Joined time.Time
}

// Channel is a channel of a server, or a private one.
type Channel struct {
	d       *Discord
	ID      string
	Guild   *Guild // nil: none
	Name    string
	Type    int
	Rights  uint64 // of the bot
	Parent  string // of a thread: its channel
	Owner   string // of a thread: who opened it
	gone    bool
	ordered []*Message
}

// AllRights are the permissions that the invite link asks for.
const AllRights = 274878024704

// NewGuild makes a server that the bot is in.
func (d *Discord) NewGuild(name string) *Guild {
	d.mu.Lock()
	g := &Guild{d: d, ID: d.id(), Name: name, Joined: time.Now().UTC()}
	d.guilds[g.ID] = g
	d.mu.Unlock()
	d.dispatch("GUILD_CREATE", g.ID, g.object())
	return g
}

func (g *Guild) object() map[string]any {
	return map[string]any{"id": g.ID, "name": g.Name, "joined_at": g.Joined.Format(time.RFC3339Nano), "unavailable": false, "channels": []any{},
		"members": []any{}, "voice_states": []any{}}
}

// Outage makes a server unavailable, and available again.
func (g *Guild) Outage() {
	g.d.dispatch("GUILD_DELETE", g.ID, map[string]any{"id": g.ID, "unavailable": true})
	g.d.dispatch("GUILD_CREATE", g.ID, g.object())
}

// Kick removes the bot from a server.
func (g *Guild) Kick() {
	g.d.mu.Lock()
	delete(g.d.guilds, g.ID)
	for _, c := range g.d.channels {
		c.gone = c.gone || c.Guild == g
	}
	g.d.mu.Unlock()
	g.d.dispatch("GUILD_DELETE", g.ID, map[string]any{"id": g.ID})
}

// NewChannel makes a text channel.
func (g *Guild) NewChannel(name string) *Channel { return g.d.channel(g, name, 0) }

// NewThread makes a public thread, such as a post in a forum.
func (g *Guild) NewThread(name string) *Channel { return g.d.channel(g, name, 11) }

// Thread is the thread that hangs on a message; nil if there is none.
func (d *Discord) Thread(message string) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.channels[message]
}

// Hang opens a thread below a message, as a member would.
func (m *Member) Hang(c *Channel, below Message, name string) *Channel {
	m.d.mu.Lock()
	defer m.d.mu.Unlock()
	t := &Channel{d: m.d, ID: below.ID, Guild: c.Guild, Name: name, Type: 11, Rights: c.Rights, Parent: c.ID, Owner: m.ID}
	m.d.channels[t.ID] = t
	return t
}

// partial is a channel as an interaction tells of it.
func (c *Channel) partial() map[string]any {
	out := c.object()
	delete(out, "owner_id") // it is not documented to be there
	return out
}

// object is a channel as the API gives it.
func (c *Channel) object() map[string]any {
	out := map[string]any{"id": c.ID, "type": c.Type, "name": c.Name}
	if c.Parent != "" {
		out["parent_id"], out["owner_id"] = c.Parent, c.Owner
	}
	return out
}

// NewDM makes a private channel between a person and the bot.
func (d *Discord) NewDM() *Channel {
	c := d.channel(nil, "", 1)
	c.Rights = directRights
	return c
}

// directRights are what Discord says that an application may do in a private chat: attach files,
// embed links, mention everyone and use external sounds. To see and to write is not among them.
const directRights = 1<<14 | 1<<15 | 1<<17 | 1<<49

func (d *Discord) channel(g *Guild, name string, kind int) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := &Channel{d: d, ID: d.id(), Guild: g, Name: name, Type: kind, Rights: AllRights}
	d.channels[c.ID] = c
	return c
}

// Delete deletes a channel.
func (c *Channel) Delete() {
	c.d.mu.Lock()
	c.gone = true
	c.d.mu.Unlock()
	kind := "CHANNEL_DELETE"
	if c.Parent != "" {
		kind = "THREAD_DELETE"
	}
	c.d.dispatch(kind, c.Guild.ID, map[string]any{"id": c.ID, "guild_id": c.Guild.ID, "type": c.Type})
}

// Messages are the messages of a channel, oldest first, those for everybody and those for user
// ("": only those for everybody).
func (c *Channel) Messages(user string) []Message {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	var out []Message
	for _, m := range c.ordered {
		if !m.deleted && (m.Only == "" || m.Only == user) {
			out = append(out, *m)
		}
	}
	return out
}

// DeleteMessage deletes a message, as a moderator would.
func (c *Channel) DeleteMessage(id string) {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	if m := c.d.messages[id]; m != nil {
		m.deleted = true
	}
}
