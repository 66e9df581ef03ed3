// Package web is the platform in a browser, served by the same service as every other platform. Each lobby is
// a page; everybody who has its address can enter with a name.
//
// It promises that a reply to one person goes to nobody else, that every text is escaped by its place, that
// pages load nothing from other sites, and that an input that a browser sends twice is handled once. It
// refuses to store anything: posts are in the service's store, and a signed cookie holds who a person is.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Service is what the adapter needs of the service.
type Service interface {
	Handle(ctx context.Context, in bot.Input) (bot.Reply, error)
	Commands() bot.CommandList
	View(ctx context.Context, p bot.Place, who bot.Person, limit int) (bot.ChatView, error)
	Suggest(ctx context.Context, p bot.Place, who bot.Person, command, option string, typed bot.Values) []bot.Suggestion
	OwnAnswers(ctx context.Context, p bot.Place, people []bot.Person, slot bot.Slot) (map[string]bot.Answer, error)
	Allowed(ctx context.Context, p bot.Place, who bot.Person) (role bot.Role, known bool, err error)
	Accounts(ctx context.Context, p bot.Place, who bot.Person) ([]bot.Account, error)
}

// Options build an adapter. Service and Key are required.
type Options struct {
	Service Service
	Key     []byte       // signs accounts
	Clock   bot.Clock    // nil: the real one
	Log     *slog.Logger // nil: nothing is logged
	Bounds  Bounds       // zero fields: the usual ones
	Meter   Meter        // nil: nothing is counted
	Notes   bot.Notes    // keeps which logins were ended and who made a lobby; nil: nothing is kept
	Proxies Proxies      // may name the client that they forward for
	Feed    bot.Feed     // of what other processes deliver too; nil: this one delivers all
	Guests  bot.Guests   // of lobbies at other processes too; nil: all are at this one
	Process string       // of this process among those that share the store
}

// Meter counts refusals for the sake of room.
type Meter interface{ Bounded(bound string) }

// noMeter counts nothing.
type noMeter struct{}

func (noMeter) Bounded(string) {}

// Bounds limit the resources that strangers can use.
type Bounds struct {
	Lobbies int     // with open pages at the same time
	Members int     // streams in one lobby
	Tabs    int     // streams of one person, over all lobbies
	Streams int     // streams of one address, over all lobbies
	Pages   int     // streams of all; the last fifth is for addresses that have at most one
	Made    int     // new lobbies of one address in an hour
	Uploads int     // large bodies that are read at once
	Rate    float64 // requests a second of one address, after a burst of Burst
	Burst   int
}

// defaultBounds are the bounds where none are set. They suit one machine.
var defaultBounds = Bounds{Lobbies: 500, Members: 200, Tabs: 6, Streams: 50, Pages: 2000, Made: 20, Uploads: bot.MaxUploads, Rate: 20, Burst: 120}

// Adapter is the platform in a browser. It is safe for use by many goroutines.
type Adapter struct {
	service Service
	cookie  cookies
	clock   bot.Clock
	log     *slog.Logger
	meter   Meter
	notes   bot.Notes
	limiter *rateLimiter
	made    *rateLimiter  // of new lobbies
	uploads chan struct{} // holds a value for each large body that is read
	routes  http.Handler

	lobbies *lobbies
	replies *replies
	feed    bot.Feed
	follows sync.WaitGroup
	guests  bot.Guests
	process string
	telling sync.Mutex   // what is told of lobbies is written one at a time
	blind   atomic.Int64 // when the store last did not say who is where, in nanoseconds since 1970
}

// New returns an adapter, which must be attached to its service and served.
func New(o Options) *Adapter {
	bounds := o.Bounds.orDefault()
	a := &Adapter{service: o.Service, cookie: newCookies(o.Key, o.Proxies), clock: o.Clock, log: o.Log, replies: newReplies(), feed: o.Feed,
		guests: o.Guests, process: o.Process}
	if a.clock == nil {
		a.clock = bot.RealTime{}
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.meter = o.Meter; a.meter == nil {
		a.meter = noMeter{}
	}
	if a.notes = o.Notes; a.notes == nil {
		a.notes = forgetful{}
	}
	a.lobbies = newLobbies(bounds, a.clock.Now, a.cookie.digest)
	a.limiter = newRateLimiter(bounds.Rate, bounds.Burst)
	a.made = newRateLimiter(float64(bounds.Made)/time.Hour.Seconds(), bounds.Made)
	a.uploads = make(chan struct{}, bounds.Uploads)
	a.routes = a.newHandler()
	return a
}

func (b Bounds) orDefault() Bounds {
	or := func(n *int, u int) {
		if *n == 0 {
			*n = u
		}
	}
	or(&b.Lobbies, defaultBounds.Lobbies)
	or(&b.Members, defaultBounds.Members)
	or(&b.Tabs, defaultBounds.Tabs)
	or(&b.Streams, defaultBounds.Streams)
	or(&b.Pages, defaultBounds.Pages)
	or(&b.Made, defaultBounds.Made)
	or(&b.Uploads, defaultBounds.Uploads)
	or(&b.Burst, defaultBounds.Burst)
	if b.Rate == 0 {
		b.Rate = defaultBounds.Rate
	}
	return b
}

// platform is the name of this platform in accounts and places.
const platform = "web"

// Name is "web".
func (a *Adapter) Name() string { return platform }

// Limits are what a page carries. A delivery may be repeated.
func (a *Adapter) Limits() bot.Limits {
	return bot.Limits{Text: 20000, Buttons: 5, Rows: 5, Label: 80, Forms: true, Private: true, Lasting: true, Files: true, Vector: true,
		Repeatable: true, ReadsChat: true, Localized: true}
}

// Deliver shows a post to the open pages of its lobby. Pages that open later read it from the store, and
// where there is a feed all pages follow that.
func (a *Adapter) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if l := a.lobbies.lobby(d.Chat.Chat); l != nil && a.feed == nil {
		a.display(ctx, l, d)
	}
	return bot.Ref(d.Slot.String()), nil
}

// display shows what was delivered to the open pages of a lobby.
func (a *Adapter) display(ctx context.Context, l *lobby, d bot.Delivery) {
	switch {
	case d.Op != bot.Delete && isQuestion(d.Post):
		a.deliverQuestion(ctx, l, d)
	default:
		now := a.clock.Now()
		l.send(func(s *stream) bool { return d.To == nil || d.To.User == s.who.User }, func(c language.Code) event {
			if d.Op == bot.Delete {
				return goneEvent(d.Slot)
			}
			return postEvent(bot.ChatPost{Slot: d.Slot, Post: d.Post, Own: d.To != nil, At: now}, c, now)
		})
	}
}

// deliverQuestion shows a question to the open pages of its lobby, to each person with what they answered.
func (a *Adapter) deliverQuestion(ctx context.Context, l *lobby, d bot.Delivery) {
	to := ""
	if d.To != nil {
		to = d.To.User
	}
	var mine map[string]bot.Answer
	if d.Op == bot.Edit {
		people := l.people()
		if to != "" {
			people = slices.DeleteFunc(people, func(p bot.Person) bool { return p.User != to })
		}
		var err error
		if mine, err = a.service.OwnAnswers(ctx, place(d.Chat.Chat), people, d.Slot); err != nil {
			a.log.Warn("read what was answered", "slot", d.Slot, "err", err)
		}
	}
	l.show(bot.ChatPost{Slot: d.Slot, Post: d.Post, Own: d.To != nil, At: a.clock.Now()}, d.Op, to, mine, a)
}

// Close ends all streams, so that a server can shut down. Browsers reconnect by themselves.
func (a *Adapter) Close() {
	a.lobbies.close()
	a.follows.Wait()
}

// ServeHTTP serves the pages.
func (a *Adapter) ServeHTTP(w http.ResponseWriter, req *http.Request) { a.routes.ServeHTTP(w, req) }

// newHandler returns the handler of the pages and of the requests of their script.
func (a *Adapter) newHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", a.page)
	mux.HandleFunc("GET /l/{lobby}", a.page)
	mux.HandleFunc("GET /l/{lobby}/live", a.streamEvents)
	mux.HandleFunc("POST /l/{lobby}/do", a.handleInput)
	mux.HandleFunc("GET /l/{lobby}/suggest", a.suggest)
	mux.HandleFunc("POST /enter", a.enter)
	mux.HandleFunc("GET /owner", a.ownerPage)
	mux.HandleFunc("GET /privacy", a.privacyPage)
	mux.HandleFunc("POST /owner", a.owner)
	mux.HandleFunc("GET /logins", a.loginsPage)
	mux.HandleFunc("POST /logins", a.endLogins)
	mux.Handle("GET /static/", assets())
	mux.HandleFunc("/", a.notFound)
	var guard http.CrossOriginProtection
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		a.refuse(w, req, http.StatusForbidden, phrase.WebForeign)
	}))
	return withSecurityHeaders(a.rateLimited(guard.Handler(mux)))
}

// contentSecurityPolicy lets a page load only resources of this server.
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func withSecurityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, req)
	})
}

// rateLimited refuses requests of an address that sends too many. Static files do not count.
func (a *Adapter) rateLimited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !isAsset(req.URL.Path) {
			if wait := a.limiter.wait(network(a.cookie.proxies.Client(req)), time.Now()); wait > 0 {
				seconds := upTo(wait, time.Second)
				w.Header().Set("Retry-After", strconv.Itoa(seconds))
				a.meter.Bounded("rate")
				a.refuse(w, req, http.StatusTooManyRequests, phrase.WebTooFast, phrase.Count("seconds", seconds))
				return
			}
		}
		next.ServeHTTP(w, req)
	})
}
