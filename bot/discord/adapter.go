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
)

// platform is the name of this platform in accounts, places and input ids.
const platform = "discord"

// DefaultAPI is the base of Discord's API.
const DefaultAPI = "https://discord.com/api"

// version of the API: the newest that discordgo's gateway speaks.
const version = "/v9"

// Service is what this room asks of the service.
type Service interface {
	Handle(ctx context.Context, in bot.Input) (bot.Reply, error)
	Suggest(ctx context.Context, p bot.Place, who bot.Person, command, option, typed string) []bot.Suggestion
}

// Store is what this room asks of a store: which post a message is, and a few words of its
// own that outlive a process.
type Store interface {
	Enter(ctx context.Context, p bot.Place, who bot.Person, now time.Time) (bot.Space, bot.Chat, bot.Member, error)
	Spaces(ctx context.Context, platform string) ([]bot.Space, error)
	SlotOf(ctx context.Context, chat bot.ChatID, ref bot.Ref) (bot.Slot, error)
	Posts(ctx context.Context, chat bot.ChatID, m bot.MemberID, limit int) ([]bot.Send, error)
	bot.Notes
}

// Options build an adapter. Token, Hall and Memory are required.
type Options struct {
	Token  string
	Public string // the application's public key, in hex; "": interactions come by the gateway only
	APIURL string // the base of the API; "": DefaultAPI. The gateway is where it says.
	Service   Service
	Store Store
	Log    *slog.Logger     // nil: nothing is logged
	Now    func() time.Time // nil: time.Now
	Dial   adapter.Dial     // nil: the network
	Roots  *x509.CertPool   // whom to trust; nil: whom the machine trusts
}

// Adapter is the platform Discord. It is safe for use by many goroutines.
type Adapter struct {
	token  string
	appID    string // our application's id, set by Run
	userID   string // our id as a user, set by Run
	service   Service
	store Store
	log    *slog.Logger
	now    func() time.Time
	dial   adapter.Dial
	secure *tls.Config
	client *client
	fileHosts  []string       // hosts from which attachments are fetched
	inputs *adapter.Queue // interactions, by member
	events *adapter.Queue // servers and channels that come and go
	exchanges   *exchanges
	threads  *gameThreads
	public ed25519.PublicKey // nil: no interaction comes by HTTP
	identify   identifyLimiter
	counts counters

	introduced    chan struct{}   // closed when app and self are known
	work   context.Context // of what was received: ends when it is drained
	finish context.CancelFunc

	mu     sync.Mutex
	shards []*shard
}

// counters count what an operator wants to see.
type counters struct {
	received, late, dropped, unread, unsigned, dead, repeated atomic.Int64
}

// Counts are how many interactions there were, by what became of them.
type Counts struct {
	Received int64 // all that could be read
	Late     int64 // left alone because their time was over
	Dropped  int64 // left alone because too many of one member, or at all, were waiting
	Unread   int64 // could not be read
	Unsigned int64 // came by HTTP, and not from Discord
	Dead     int64 // their answer was refused as too late
	Repeated int64 // their answer was refused as the second one
}

// New returns an adapter. Nothing is sent before Run or Deliver.
func New(o Options) (*Adapter, error) {
	base, err := adapter.BaseURL("DISCORD_API_URL", o.APIURL, DefaultAPI)
	if err != nil {
		return nil, err
	}
	a := &Adapter{token: strings.TrimSpace(o.Token), service: o.Service, store: o.Store, log: o.Log, now: o.Now, dial: o.Dial,
		inputs: adapter.NewQueue(allInputs, memberInputs), events: adapter.NewQueue(allEvents, allEvents),
		exchanges: newExchanges(), threads: newGameThreads(), identify: identifyLimiter{pause: startPause}}
	if a.token == "" {
		return nil, ErrToken
	}
	if a.public, err = publicKey(strings.TrimSpace(o.Public)); err != nil {
		return nil, err
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.now == nil {
		a.now = time.Now
	}
	if a.dial == nil {
		a.dial = adapter.NetworkDial()
	}
	a.secure = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots}
	a.fileHosts = []string{"cdn.discordapp.com", "media.discordapp.net"}
	if base.String() != DefaultAPI {
		a.fileHosts = []string{base.Host}
	}
	a.client = &client{
		http: adapter.NewHTTPClient(a.dial, a.secure.Clone(), 512, 256),
		base: base.String() + version, token: a.token, limiter: newRateLimiter(a.now), log: a.log,
	}
	a.introduced = make(chan struct{})
	a.work, a.finish = context.WithCancel(context.Background())
	return a, nil
}

// Queues are bounded: a member who presses faster than answers go out, or a flood, loses
// presses and nothing else.
const (
	memberInputs = 8
	allInputs    = 4096
	allEvents    = 100_000 // servers in one READY
)

// Name is "discord".
func (a *Adapter) Name() string { return platform }

// Limits are what Discord carries. A delivery may be repeated: posts carry a nonce, and answers
// are found again by their interaction.
func (a *Adapter) Limits() bot.Limits {
	return bot.Limits{Text: descriptionLimit, Buttons: rowButtons, Rows: messageRows, Label: labelLimit, Forms: true, Private: true, Files: true, Repeat: true, Threads: true}
}

// Counts returns how interactions fared since the adapter was made.
func (a *Adapter) Counts() Counts {
	c := &a.counts
	return Counts{Received: c.received.Load(), Late: c.late.Load(), Dropped: c.dropped.Load(), Unread: c.unread.Load(), Unsigned: c.unsigned.Load(), Dead: c.dead.Load(), Repeated: c.repeated.Load()}
}

// Ready reports whether all shards are connected.
func (a *Adapter) Ready() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range a.shards {
		if !s.ready() {
			return false
		}
	}
	return len(a.shards) > 0
}

// drainTime is how long what was received may take when the adapter ends.
const drainTime = 10 * time.Second

// Run registers the commands if they changed, connects all shards and keeps them connected
// until ctx ends. Then it leaves the gateway, finishes what it has received, and returns nil.
// It returns an error when Discord refuses the bot for good: ErrToken, ErrGateway.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.client.http.CloseIdleConnections()
	defer a.finish()
	defer func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		a.inputs.Drain(rest)
		a.events.Drain(rest)
	}()
	info, err := a.introduce(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	var registering sync.WaitGroup
	defer registering.Wait()
	if !a.tryRegister(ctx) {
		registering.Go(func() { a.keepRegistering(ctx) }) // people can play meanwhile
	}
	return a.connect(ctx, info)
}

// startsRecheck is how long the adapter waits at most before it looks again whether it may begin a
// session.
const startsRecheck = time.Hour

// fewStartsLeft tells an operator why nothing is begun: who begins more than Discord allows in a
// day loses the token.
const fewStartsLeft = "hardly any session starts are left today: waiting until Discord renews them, because going on could cost the token"

// introduce learns who we are and where the gateway is, as often as it takes.
func (a *Adapter) introduce(ctx context.Context) (gatewayInfo, error) {
	var info gatewayInfo
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
		case err == nil && info.Starts.Remaining < fewestStarts:
			pause := min(time.Duration(info.Starts.Reset)*time.Millisecond+time.Second, startsRecheck)
			a.log.Error(fewStartsLeft, "left", info.Starts.Remaining, "looks again in", pause)
			if err := adapter.Sleep(ctx, pause); err != nil {
				return info, err
			}
			backoff.Reset()
			continue
		case err == nil:
			a.appID, a.userID = app.ID, cmp.Or(app.Bot.ID, app.ID)
			close(a.introduced)
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

// connect runs the shards until ctx ends or one is refused for good.
func (a *Adapter) connect(ctx context.Context, info gatewayInfo) error {
	of := max(1, info.Shards)
	a.identify.mu.Lock()
	a.identify.pause = startPause / time.Duration(max(1, info.Starts.AtOnce))
	a.identify.remaining, a.identify.reset = info.Starts.Remaining, time.Now().Add(time.Duration(info.Starts.Reset)*time.Millisecond)
	a.identify.mu.Unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	shards := make([]*shard, of)
	for n := range shards {
		shards[n] = &shard{a: a, n: n, of: of, url: info.URL, closed: make(chan struct{}, 1)}
	}
	a.mu.Lock()
	a.shards = shards
	a.mu.Unlock()
	errs := make([]error, of)
	var running sync.WaitGroup
	for n, s := range shards {
		running.Go(func() {
			if errs[n] = s.run(ctx); errs[n] != nil {
				stop()
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// protect runs a job and turns a panic into a log line: one bad input must not end the
// process.
func (a *Adapter) protect(what, id string, job func()) {
	err := adapter.Protect(func() error { job(); return nil })
	var p *adapter.PanicError
	if errors.As(err, &p) {
		a.log.Error("panic", "at", what, "id", id, "panic", fmt.Sprint(p.Value), "stack", string(p.Stack))
	}
}
