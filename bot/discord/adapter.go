package discord

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/discord/gateway"
)

// platform is the name of this platform in accounts, places and input ids.
const platform = "discord"

// DefaultAPI is the base of Discord's API.
const DefaultAPI = "https://discord.com/api"

// version is that of the API: the newest that discordgo's gateway supports.
const version = "/v9"

// Service is what the adapter needs of the service.
type Service interface {
	Handle(ctx context.Context, in bot.Input) (bot.Reply, error)
	Commands() bot.CommandList
	Suggest(ctx context.Context, p bot.Place, who bot.Person, command, option string, typed bot.Values) []bot.Suggestion
}

// Store is what the adapter needs of a store: which post a message is, and notes that outlive a process.
type Store interface {
	Enter(ctx context.Context, p bot.Place, who bot.Person, now time.Time) (bot.Space, bot.Chat, bot.Member, error)
	Spaces(ctx context.Context, platform string) ([]bot.Space, error)
	SlotOf(ctx context.Context, chat bot.ChatID, ref bot.Ref) (bot.Slot, error)
	Posts(ctx context.Context, chat bot.ChatID, m bot.MemberID, limit int) ([]bot.Send, error)
	bot.Notes
}

// Options build an adapter. Token, Service and Store are required.
type Options struct {
	Token   string
	Public  string // the application's public key, in hex; "": interactions come through the gateway only
	APIURL  string // the base of the API, which also names the gateway; "": DefaultAPI
	Service Service
	Store   Store
	Log     *slog.Logger     // nil: nothing is logged
	Now     func() time.Time // nil: time.Now
	Dial    adapter.Dial     // nil: the network
	Roots   *x509.CertPool   // trusted certificate authorities; nil: those of the system
	// Lead runs work, again and again until ctx ends or the work returns by itself, while this process is the
	// one that sends posts and registers commands; the work's context ends with that. nil: it always is.
	Lead func(ctx context.Context, work func(context.Context) error) error
	// LeadShard does so for a shard of the gateway, and Turn waits until a shard of a bucket may identify, as the gateway
	// has them. nil: all shards are this process's.
	LeadShard func(ctx context.Context, shard, of int, work func(context.Context) error) error
	Turn      func(ctx context.Context, bucket int) error
}

// Adapter is the platform Discord. It is safe for use by many goroutines.
type Adapter struct {
	*core
	poster  *poster
	handler *handler
	gateway *gateway.Gateway
	public  ed25519.PublicKey // nil: no interaction comes by HTTP
	finish  context.CancelFunc
	lead    func(ctx context.Context, work func(context.Context) error) error
	refusal adapter.Refusal
}

// core is what the parts of an adapter share.
type core struct {
	service    Service
	store      Store
	log        *slog.Logger
	now        func() time.Time
	client     *client
	exchanges  *exchanges
	threads    *gameThreads
	counts     counters
	work       context.Context // of what was received; ends when the queues are drained
	once       sync.Once       // of the introduction
	introduced chan struct{}   // closed when appID and userID are known
	appID      string          // our application
	userID     string          // our user
}

// counters are the live form of Counts.
type counters struct {
	received, late, dropped, unread, unsigned, dead, repeated atomic.Int64
}

// Counts are the numbers of interactions since the start, by outcome.
type Counts struct {
	Received int64 // could be decoded
	Late     int64 // ignored: too old to be answered
	Dropped  int64 // ignored: too many were waiting, of one member or in all
	Unread   int64 // could not be decoded
	Unsigned int64 // received by HTTP without a valid signature
	Dead     int64 // Discord refused the answer as too late
	Repeated int64 // Discord refused the answer as the second one
}

// New returns an adapter. Nothing is sent before Run or Deliver.
func New(o Options) (*Adapter, error) {
	base, err := adapter.BaseURL("DISCORD_API_URL", o.APIURL, DefaultAPI)
	if err != nil {
		return nil, err
	}
	token := strings.TrimSpace(o.Token)
	if token == "" {
		return nil, ErrToken
	}
	public, err := publicKey(strings.TrimSpace(o.Public))
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Dial == nil {
		o.Dial = adapter.NetworkDial()
	}
	secure := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots}
	fileHosts := []string{"cdn.discordapp.com", "media.discordapp.net"}
	if base.String() != DefaultAPI {
		fileHosts = []string{base.Host}
	}
	work, finish := context.WithCancel(context.Background())
	c := &core{
		service: o.Service, store: o.Store, log: o.Log, now: o.Now, exchanges: newExchanges(), threads: newGameThreads(),
		work: work, introduced: make(chan struct{}),
		client: &client{
			http: adapter.NewHTTPClient(o.Dial, secure.Clone(), 512, 256),
			base: base.String() + version, token: token, limiter: newRateLimiter(o.Now), log: o.Log,
		},
	}
	answers := &answerer{c}
	h := &handler{answerer: answers, fileHosts: fileHosts,
		inputs: adapter.NewQueue(allInputs, memberInputs), events: adapter.NewQueue(allEvents, allEvents)}
	return &Adapter{
		core: c, poster: &poster{answers}, handler: h, public: public, finish: finish, lead: o.Lead,
		gateway: gateway.New(gateway.Options{Token: token, Log: o.Log, Dial: o.Dial, TLS: secure, Handler: h, Lead: o.LeadShard, Turn: o.Turn}),
	}, nil
}

// The queues are bounded: a member who presses faster than answers go out, or a flood, loses presses and
// nothing else.
const (
	memberInputs = 8
	allInputs    = 4096
	allEvents    = 100_000 // servers in one READY
)

// Name is "discord".
func (a *Adapter) Name() string { return platform }

// Limits are what Discord carries. A delivery may be repeated: posts carry a nonce, and answers are found
// by their interaction.
func (a *Adapter) Limits() bot.Limits {
	return bot.Limits{
		Text: descriptionLimit, Buttons: rowButtons, Rows: messageRows, Label: labelLimit,
		Forms: true, Private: true, Files: true, Repeatable: true, Threads: true,
	}
}

// Counts returns the numbers of interactions since the adapter was made.
func (a *Adapter) Counts() Counts {
	c := &a.counts
	return Counts{
		Received: c.received.Load(), Late: c.late.Load(), Dropped: c.dropped.Load(), Unread: c.unread.Load(),
		Unsigned: c.unsigned.Load(), Dead: c.dead.Load(), Repeated: c.repeated.Load(),
	}
}

// Ready reports whether all shards that are this process's are connected, and there is one.
func (a *Adapter) Ready() bool {
	return a.gateway.Ready()
}

// Shards returns how many shards of the gateway are this process's, how many of those are connected, and how many there
// are.
func (a *Adapter) Shards() (mine, connected, all int) { return a.gateway.Shards() }

// Deliver carries out one post, edit or deletion.
func (a *Adapter) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	return a.poster.deliver(ctx, d)
}

// drainTime is how long the queues may take to empty when the adapter ends.
const drainTime = 10 * time.Second

// Run registers the commands if they changed, connects all shards and keeps them connected until ctx ends.
// Then it disconnects, finishes what it has received, and returns nil. While Discord refuses the bot, Refused
// says why (ErrToken, ErrGateway), and it is tried again each hour.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.client.http.CloseIdleConnections()
	defer a.finish()
	defer func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		a.handler.inputs.Drain(rest)
		a.handler.events.Drain(rest)
	}()
	a.refusal.Run(ctx, a.log, a.connect)
	return nil
}

// Refused returns why Discord refuses the bot; nil if it does not.
func (a *Adapter) Refused() error { return a.refusal.Why() }

// connect is connected with the shards that are this process's, and registers the commands while it leads, until ctx ends
// or Discord refuses the bot.
func (a *Adapter) connect(ctx context.Context) error {
	info, err := a.introduce(ctx) // what comes by HTTP is answered from here on
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	led := make(chan struct{})
	lead := a.lead
	if lead == nil { // alone: then whoever sees the bot come online finds its commands
		registered := a.tryRegister(ctx)
		lead = func(ctx context.Context, _ func(context.Context) error) error {
			if !registered {
				a.keepRegistering(ctx)
			}
			return wait(ctx)
		}
	}
	go func() {
		defer close(led)
		stop(lead(ctx, a.keepCommands))
	}()
	err = a.gateway.Run(ctx, info)
	why := context.Cause(ctx)
	stop(nil)
	<-led
	if err == nil && !errors.Is(why, context.Canceled) {
		err = why // this process may not lead
	}
	return err
}

// keepCommands registers the commands, while people can play already, and returns when ctx ends.
func (a *Adapter) keepCommands(ctx context.Context) error {
	if !a.tryRegister(ctx) {
		a.keepRegistering(ctx)
	}
	return wait(ctx)
}

// wait waits until ctx ends.
func wait(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

// longestPause is the longest wait between attempts to reach Discord.
const longestPause = time.Minute

// startsRecheck is the longest wait before the adapter checks again whether it may start a session.
const startsRecheck = time.Hour

// introduce asks Discord for our ids and the gateway's address, until it answers.
func (a *Adapter) introduce(ctx context.Context) (gateway.Info, error) {
	var info gateway.Info
	backoff := adapter.Backoff{First: time.Second, Max: longestPause}
	for {
		var app struct {
			ID  string `json:"id"`
			Bot struct {
				ID string `json:"id"`
			} `json:"bot"`
		}
		err := a.client.do(ctx, request{method: http.MethodGet, path: "/applications/@me", priority: replying}, &app)
		if err == nil {
			err = a.client.do(ctx, request{method: http.MethodGet, path: "/gateway/bot", priority: replying}, &info)
		}
		switch {
		case errors.Is(err, ErrToken) || ctx.Err() != nil:
			return info, err
		case err == nil && info.TooFewStarts():
			pause := min(time.Duration(info.Starts.Reset)*time.Millisecond+time.Second, startsRecheck)
			a.log.Error(gateway.FewStartsLeft, "left", info.Starts.Remaining, "looks again in", pause)
			if err := adapter.Sleep(ctx, pause); err != nil {
				return info, err
			}
			backoff.Reset()
			continue
		case err == nil:
			a.once.Do(func() {
				a.appID, a.userID = app.ID, cmp.Or(app.Bot.ID, app.ID)
				close(a.introduced)
			})
			a.refusal.Lift()
			a.log.Info("discord is ready", "invite", inviteLink(app.ID))
			return info, nil
		}
		wait := backoff.Next()
		a.log.Error("discord cannot be reached yet", "again", wait, "err", err)
		if err := adapter.Sleep(ctx, wait); err != nil {
			return info, err
		}
	}
}

// protect runs a job and logs a panic.
func (c *core) protect(what, id string, job func()) {
	err := adapter.Protect(func() error { job(); return nil })
	var p *adapter.PanicError
	if errors.As(err, &p) {
		c.log.Error("panic", "at", what, "id", id, "panic", fmt.Sprint(p.Value), "stack", string(p.Stack))
	}
}
