package telegram

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// platform is the name of this platform in accounts, places and input ids.
const platform = "telegram"

// DefaultAPI is the base of Telegram's Bot API.
const DefaultAPI = "https://api.telegram.org"

// Service is what the adapter needs of the service.
type Service interface {
	Handle(ctx context.Context, in bot.Input) (bot.Reply, error)
	Commands() bot.CommandList
}

// Store is what the adapter needs of a store: the updates that are not handled yet, which post a message or
// poll is, which spaces a member administers, and notes.
type Store interface {
	Enter(ctx context.Context, p bot.Place, who bot.Person, now time.Time) (bot.Space, bot.Chat, bot.Member, error)
	Administers(ctx context.Context, id bot.MemberID) ([]bot.Space, error)
	SlotOf(ctx context.Context, chat bot.ChatID, ref bot.Ref) (bot.Slot, error)
	PostOf(ctx context.Context, platform, prefix string) (bot.Slot, bot.Chat, error)
	bot.Notes
	bot.Intake
}

// Options build an adapter. Token, Service and Store are required.
type Options struct {
	Token   string
	APIURL  string // the base of the Bot API, for methods and files; "": DefaultAPI
	Service Service
	Store   Store
	Log     *slog.Logger     // nil: nothing is logged
	Now     func() time.Time // nil: time.Now
	Dial    adapter.Dial     // nil: the network
	Pace    *Pace            // nil: UsualPace
	Webhook Webhook          // where updates are pushed to; the zero value: they are asked for
	// Lead runs work, again and again until ctx ends or the work returns by itself, while this process is the
	// one that asks for updates, or handles those that were pushed; the work's context ends with that. nil: it always is.
	Lead func(ctx context.Context, work func(context.Context) error) error
}

// Adapter is the platform Telegram. It is safe for use by many goroutines.
type Adapter struct {
	*core
	poster *poster
	intake *intake
	lead   func(ctx context.Context, work func(context.Context) error) error
	finish context.CancelFunc

	refusal adapter.Refusal
}

// core is what the parts of an adapter share.
type core struct {
	service      Service
	store        Store
	log          *slog.Logger
	now          func() time.Time
	client       *client
	limiter      *rateLimiter
	signer       signer
	privateGames *privateGames
	counts       counters
	self         atomic.Pointer[user] // the bot; nil until Run knows it
	work         context.Context      // of what was received; ends when the queues are drained
}

// counters are the live form of Counts.
type counters struct {
	received, repeated, unread, ignored, failed, forged, postponed atomic.Int64
}

// Counts are the numbers of updates since the start, by outcome.
type Counts struct {
	Received  int64 // new, and stored
	Repeated  int64 // stored already
	Unread    int64 // could not be decoded
	Ignored   int64 // concern nobody here
	Failed    int64 // given up after several attempts
	Forged    int64 // pushed by somebody else than Telegram, and refused
	Postponed int64 // pushed while they could not be stored: Telegram pushes them again
}

// The bounds of the queues. Adding to a full queue waits.
const (
	maxUpdates = 2000
	maxReplies = 2000
)

// How long one request may take.
const (
	callTime = 10 * time.Second
	sendTime = 15 * time.Second
	fileTime = 60 * time.Second
)

var tokenForm = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{20,128}$`)

var silenceLibrary sync.Once // the library's log is global

// New returns an adapter. Nothing is sent before Run or Deliver.
func New(o Options) (*Adapter, error) {
	base, err := adapter.BaseURL("TELEGRAM_API_URL", o.APIURL, DefaultAPI)
	if err != nil {
		return nil, err
	}
	token := strings.TrimSpace(o.Token)
	if !tokenForm.MatchString(token) {
		return nil, ErrToken
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
	if o.Pace == nil {
		o.Pace = &UsualPace
	}
	silenceLibrary.Do(func() { _ = tgbotapi.SetLogger(discardLogger{}) }) // fails for nil only
	work, finish := context.WithCancel(context.Background())
	c := &core{
		service: o.Service, store: o.Store, log: o.Log, now: o.Now, signer: newSigner(token), privateGames: newPrivateGames(), work: work,
		client: newClient(token, base.String(), adapter.NewHTTPClient(o.Dial, nil, maxRequests, maxRequests)), limiter: newRateLimiter(*o.Pace),
	}
	s := &sender{c}
	h := &handler{
		answerer: &answerer{sender: s, replies: adapter.NewQueue(maxReplies, maxReplies)},
		admins:   &adminCache{client: c.client, groups: map[int64]*adminList{}},
	}
	if o.Lead == nil {
		o.Lead = func(ctx context.Context, work func(context.Context) error) error { return work(ctx) }
	}
	return &Adapter{
		core: c, poster: &poster{s}, finish: finish, lead: o.Lead,
		intake: &intake{handler: h, updates: adapter.NewQueue(maxUpdates, maxUpdates), hook: o.Webhook, more: make(chan struct{}, 1)},
	}, nil
}

// Name is "telegram".
func (a *Adapter) Name() string { return platform }

// Limits are what Telegram carries. A delivery must not be repeated: Telegram cannot recognize a repeated
// message.
func (a *Adapter) Limits() bot.Limits {
	return bot.Limits{Text: textLimit, Buttons: rowButtons, Rows: messageRows, Label: labelLimit, Polls: true, PollText: pollTextLimit - 1,
		PollOption: pollOptionLimit - labelRoom, PollWhy: pollWhyLimit - 1, Private: true, Files: true, Personal: true, OneWord: true}
}

// Counts returns the numbers of updates since the adapter was made.
func (a *Adapter) Counts() Counts {
	c := &a.counts
	return Counts{Received: c.received.Load(), Repeated: c.repeated.Load(), Unread: c.unread.Load(), Ignored: c.ignored.Load(), Failed: c.failed.Load(),
		Forged: c.forged.Load(), Postponed: c.postponed.Load()}
}

// Ready reports whether updates are being received.
func (a *Adapter) Ready() bool { return a.intake.ready.Load() }

// Settled reports whether updates arrive and all votes among them are handled.
func (a *Adapter) Settled() bool { return a.intake.settled() }

// Quiet reports whether no vote was pushed to this process a moment ago, whichever process handles it.
func (a *Adapter) Quiet() bool { return a.intake.quiet() }

// Hint says that updates may have been stored by another process.
func (a *Adapter) Hint() { a.intake.wake() }

// Deliver carries out one post, edit or deletion.
func (a *Adapter) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	return a.poster.deliver(ctx, d)
}

// renderer draws for the bot whose name is known since Run.
func (c *core) renderer() renderer {
	name := ""
	if me := c.self.Load(); me != nil {
		name = me.Username
	}
	return renderer{signer: c.signer, name: name}
}

// drainTime is how long the queues may take to empty when the adapter ends.
const drainTime = 10 * time.Second

// Run handles the updates that an earlier process left, registers the commands if they changed, and receives
// updates until ctx ends. Then it finishes what it has received, confirms nothing that is not stored, and
// returns nil. While Telegram refuses the token, Refused returns ErrToken, and it is tried again each hour.
func (a *Adapter) Run(ctx context.Context) error {
	defer a.client.http.CloseIdleConnections()
	defer a.finish()
	defer func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		a.intake.updates.Drain(rest)
		a.intake.replies.Drain(rest)
	}()
	a.refusal.Run(ctx, a.log, a.connect)
	return nil
}

// Refused returns why Telegram refuses the bot; nil if it does not.
func (a *Adapter) Refused() error { return a.refusal.Why() }

// connect receives updates until ctx ends or Telegram refuses the bot.
func (a *Adapter) connect(ctx context.Context) error {
	if err := a.introduce(ctx); err != nil {
		return err
	}
	a.refusal.Lift()
	return a.lead(ctx, a.session)
}

// session receives updates until ctx ends or Telegram refuses the bot.
func (a *Adapter) session(ctx context.Context) error {
	defer a.intake.ready.Store(false)
	if err := a.register(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("menus were not registered; the old ones stay", "err", err)
	}
	return a.intake.receive(ctx)
}

// The first and the longest wait between attempts to reach Telegram.
const (
	firstPause   = time.Second
	longestPause = time.Minute
)

// introduce asks Telegram for the bot's own account, until it answers.
func (a *Adapter) introduce(ctx context.Context) error {
	backoff := adapter.Backoff{First: firstPause, Max: longestPause}
	for {
		me := &user{}
		err := a.client.do(ctx, "getMe", nil, me, callTime)
		if err == nil {
			a.self.Store(me)
			a.log.Info("telegram is ready", "bot", "https://t.me/"+me.Username)
			return nil
		}
		if tokenRefused(err) {
			return ErrToken
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		wait := backoff.Next()
		a.log.Error("telegram cannot be reached yet", "again", wait, "err", err)
		if err := adapter.Sleep(ctx, max(wait, a.backOff(err))); err != nil {
			return err
		}
	}
}

// tokenRefused reports whether Telegram refused the token.
func tokenRefused(err error) bool {
	var r *apiError
	return errors.As(err, &r) && (r.Code == http.StatusUnauthorized || r.Code == http.StatusNotFound && r.Text == "Not Found")
}

// backOff returns how long Telegram demands that nothing is sent, and pauses all sending for that time; 0: err
// is no such demand.
func (c *core) backOff(err error) time.Duration {
	var r *apiError
	if !errors.As(err, &r) || r.Code != http.StatusTooManyRequests {
		return 0
	}
	d := max(r.After, time.Second) + 200*time.Millisecond
	c.limiter.pause(d)
	return d
}

// reportEvent tells the service what happened to a chat. Within a minute it is one input, however often it is
// noticed.
func (c *core) reportEvent(ctx context.Context, where int64, e bot.Event) error {
	now := c.now().UTC()
	kind := "" // only private chats have positive numbers
	if where > 0 {
		kind = private
	}
	chatSum := sha256.Sum256([]byte(decimal(where))) // a private chat has its person's number, which outlives nobody here
	id := bot.InputID(fmt.Sprintf("%s:noticed-%d-%x-%d", platform, e.Kind, chatSum[:8], now.Unix()/60))
	_, err := c.service.Handle(ctx, bot.Input{ID: id, Place: (&chat{ID: where, Type: kind}).place(), At: now, Event: &e})
	return err
}
