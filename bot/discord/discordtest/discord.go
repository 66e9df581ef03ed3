// Package discordtest is a fake Discord for tests: it implements the REST API and the gateway, holds servers,
// channels, messages and interactions, and lets a test act as members.
//
// It promises to be as strict as Discord in limits of text, the life of tokens, distinct button ids and
// disabled mentions, and to fail on request in the ways in which Discord fails. A violation is answered as
// Discord answers it and recorded in Complaints. It refuses to check pictures, audio and requests that this
// product never sends.
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

// Discord is a fake Discord. It is safe for use by many goroutines.
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

// Request is a received request.
type Request struct {
	At     time.Time
	Method string
	Path   string // below the version
	Body   []byte // JSON
	Status int    // 0: the connection was broken off
}

// New starts a fake and stops it at the end of the test.
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

// Dial connects to the fake for any address.
func (d *Discord) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if d.o.TCP {
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, addr)
	}
	return d.net.Dial(ctx)
}

// Down disables or enables the network. Open connections are not affected.
func (d *Discord) Down(down bool) {
	d.net.SetDown(down)
}

// id returns a new snowflake. The caller holds d.mu.
func (d *Discord) id() string { return d.idAt(time.Now()) }

// idAt returns a new snowflake with a creation time in milliseconds.
func (d *Discord) idAt(at time.Time) string {
	d.last++
	return fmt.Sprint(uint64(at.UnixMilli()-1420070400000)<<22 | d.last&(1<<22-1))
}

// wake wakes those who wait for a change. The caller holds d.mu.
func (d *Discord) wake() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// Changed returns a channel that is closed at the next change.
func (d *Discord) Changed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changed
}

// complain records a violation. The caller holds d.mu.
func (d *Discord) complain(format string, args ...any) {
	d.complaints = append(d.complaints, fmt.Sprintf(format, args...))
}

// Complaints returns the violations since the last call.
func (d *Discord) Complaints() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.complaints
	d.complaints = nil
	return out
}

// Requests returns all requests so far.
func (d *Discord) Requests() []Request {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Request(nil), d.requests...)
}

// Limited returns how many requests exceeded the fake's rate limits.
func (d *Discord) Limited() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.limited
}

// Registered returns how often commands were registered.
func (d *Discord) Registered() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.registered
}

// Commands returns the registered commands.
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

// NewGuild makes a server of which the bot is a member.
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

// NewThread makes a public thread, such as a forum post.
func (g *Guild) NewThread(name string) *Channel { return g.d.channel(g, name, 11) }

// Thread returns the thread of a message; nil if it has none.
func (d *Discord) Thread(message string) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.channels[message]
}

// Hang opens a thread for a message, as a member would.
func (m *Member) Hang(c *Channel, below Message, name string) *Channel {
	m.d.mu.Lock()
	defer m.d.mu.Unlock()
	t := &Channel{d: m.d, ID: below.ID, Guild: c.Guild, Name: name, Type: 11, Rights: c.Rights, Parent: c.ID, Owner: m.ID}
	m.d.channels[t.ID] = t
	return t
}

// partial is a channel as interactions show it.
func (c *Channel) partial() map[string]any {
	out := c.object()
	delete(out, "owner_id") // it is not documented to be there
	return out
}

// object is a channel as the API returns it.
func (c *Channel) object() map[string]any {
	out := map[string]any{"id": c.ID, "type": c.Type, "name": c.Name}
	if c.Parent != "" {
		out["parent_id"], out["owner_id"] = c.Parent, c.Owner
	}
	return out
}

// NewDM makes a direct channel between a person and the bot.
func (d *Discord) NewDM() *Channel {
	c := d.channel(nil, "", 1)
	c.Rights = directRights
	return c
}

// directRights are the permissions of an application in a direct channel, according to Discord: Attach Files,
// Embed Links, Mention Everyone and Use External Sounds, but neither View Channel nor Send Messages.
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

// Messages returns the messages of a channel, oldest first: those for everybody and those for user ("": only
// those for everybody).
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
