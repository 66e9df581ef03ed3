// Package web is the web room: the third chat, in a browser, through the same hall as every
// other platform. Lobbies are pages; whoever has the address can come in with a name.
//
// It promises that what one person is told goes to nobody else, that every text is escaped by
// its place, that nothing is loaded from elsewhere, and that what a browser sends twice is done
// once. It refuses to keep anything: posts stand in the service's store, and who somebody is
// travels in a signed cookie.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Options build a room. Hall and Key are required.
type Options struct {
	Hall   *bot.Hall
	Key    []byte       // signs accounts
	Clock  bot.Clock    // nil: the real one
	Log    *slog.Logger // nil: nothing is logged
	Bounds Bounds       // zero fields: the usual ones
}

// Bounds keep strangers from taking more than their share.
type Bounds struct {
	Lobbies int     // with somebody in them at the same time
	Members int     // streams in one lobby
	Tabs    int     // streams of one person
	Rate    float64 // requests a second of one address, after Burst at once
	Burst   int
}

// usual are the bounds where none are set: a house of 20,000 seats for one machine.
var usual = Bounds{Lobbies: 500, Members: 200, Tabs: 6, Rate: 20, Burst: 120}

// Room is the web room. It is safe for use by many goroutines.
type Room struct {
	hall   *bot.Hall
	cookie cookies
	clock  bot.Clock
	log    *slog.Logger
	bounds Bounds
	rates  *rates
	routes http.Handler

	mu      sync.Mutex
	lobbies map[string]*lobby // those with somebody in them
	closed  chan struct{}
}

// New returns a room for a service, to be attached to it and served.
func New(o Options) *Room {
	r := &Room{hall: o.Hall, cookie: newCookies(o.Key), clock: o.Clock, log: o.Log, bounds: o.Bounds.orUsual(), lobbies: map[string]*lobby{}, closed: make(chan struct{})}
	if r.clock == nil {
		r.clock = bot.RealTime{}
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	r.rates = newRates(r.bounds.Rate, r.bounds.Burst)
	r.routes = r.paths()
	return r
}

func (b Bounds) orUsual() Bounds {
	or := func(n *int, u int) {
		if *n == 0 {
			*n = u
		}
	}
	or(&b.Lobbies, usual.Lobbies)
	or(&b.Members, usual.Members)
	or(&b.Tabs, usual.Tabs)
	or(&b.Burst, usual.Burst)
	if b.Rate == 0 {
		b.Rate = usual.Rate
	}
	return b
}

// platform is the room's name in accounts and places.
const platform = "web"

// Name is "web".
func (r *Room) Name() string { return platform }

// Limits say that a page carries what the service has, and shows a slot again without harm.
func (r *Room) Limits() bot.Limits {
	return bot.Limits{Text: 20000, Buttons: 5, Rows: 5, Label: 80, Forms: true, Private: true, Files: true, Repeat: true, Chattable: true, Tongues: true}
}

// Deliver shows a post to those who are in the lobby. Who comes later finds it in the store.
func (r *Room) Deliver(_ context.Context, d bot.Delivery) (bot.Ref, error) {
	if l := r.at(d.Chat.Chat); l != nil {
		now := r.clock.Now()
		l.send(func(s *stream) bool { return d.To == nil || d.To.User == s.who.User }, func(c language.Code) event {
			if d.Op == bot.Delete {
				return gone(d.Slot)
			}
			return stands(bot.Standing{Slot: d.Slot, Post: d.Post, Own: d.To != nil, At: now}, c, now)
		})
	}
	return bot.Ref(d.Slot), nil
}

// Close ends all streams, so that a server can shut down. Browsers come back by themselves to
// whoever serves next.
func (r *Room) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.closed:
	default:
		close(r.closed)
	}
}

// ServeHTTP serves the room.
func (r *Room) ServeHTTP(w http.ResponseWriter, req *http.Request) { r.routes.ServeHTTP(w, req) }

// paths are the room's pages and what its script asks for.
func (r *Room) paths() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", r.page)
	mux.HandleFunc("GET /l/{lobby}", r.page)
	mux.HandleFunc("GET /l/{lobby}/live", r.live)
	mux.HandleFunc("POST /l/{lobby}/do", r.do)
	mux.HandleFunc("GET /l/{lobby}/suggest", r.suggest)
	mux.HandleFunc("POST /enter", r.enter)
	mux.HandleFunc("GET /owner", r.ownerPage)
	mux.HandleFunc("POST /owner", r.owner)
	mux.Handle("GET /static/", assets())
	mux.HandleFunc("/", r.missing)
	var guard http.CrossOriginProtection
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.refuse(w, req, http.StatusForbidden, phrase.WebForeign)
	}))
	return secured(r.limited(guard.Handler(mux)))
}

// policy lets a page use what comes from this house and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, req)
	})
}

// limited refuses what comes too fast from one address. What never changes is free.
func (r *Room) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !isAsset(req.URL.Path) && !r.rates.allow(addressOf(req), time.Now()) {
			w.Header().Set("Retry-After", "2")
			r.refuse(w, req, http.StatusTooManyRequests, phrase.WebTooFast)
			return
		}
		next.ServeHTTP(w, req)
	})
}
