package discord

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
)

// How much is sent. Discord allows a bot 50 requests a second over all routes and bans an
// address for 10,000 refusals (401, 403, 429) in ten minutes.
const (
	perSecond     = 40   // headroom for whatever else uses the token
	atOnce        = 8    // with what follows in the same second still below 50
	quietRefusals = 2000 // in ten minutes: posts wait
	lastRefusals  = 5000 // in ten minutes: all but acknowledgements wait
	coolDown      = time.Minute
)

// priority says what goes out when little may.
type priority uint8

const (
	posting   priority = iota // what the service delivers
	replying                  // what a person waits for
	answering                 // acknowledgements: exempt from the global limit
)

// rateLimiter holds requests back before Discord does. Routes are known by method and path, and
// each learns its window from the headers of its answers.
type rateLimiter struct {
	all *rate.Limiter
	now func() time.Time

	mu      sync.Mutex
	paused  time.Time // the global limit was hit: nothing counted goes out before
	banned  time.Time // a page instead of JSON: nothing at all goes out before
	routes  map[string]*window
	refused [10]int // by minute
	minute  int64   // of the newest entry of refused
}

// window is what is left of a route until it is renewed.
type window struct {
	left  int
	limit int
	reset time.Time
}

func newRateLimiter(now func() time.Time) *rateLimiter {
	return &rateLimiter{all: rate.NewLimiter(perSecond, atOnce), now: now, routes: map[string]*window{}}
}

// wait returns when a request may go out, or a *bot.RetryError when that is later than ctx or
// patience allows.
func (l *rateLimiter) wait(ctx context.Context, route string, u priority) error {
	for {
		d, why := l.take(route, u)
		if why != nil {
			return &bot.RetryError{After: d, Err: why}
		}
		if d <= 0 {
			break
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
			return &bot.RetryError{After: d, Err: fmt.Errorf("the route %s is used up", redact(route))}
		}
		if err := adapter.Sleep(ctx, d); err != nil {
			return err
		}
	}
	if u == answering {
		return nil
	}
	if err := l.all.Wait(ctx); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &bot.RetryError{After: time.Second, Err: err}
	}
	return nil
}

// take takes one request from a route's window, or says how long to wait for it; why is set
// when waiting here is no use.
func (l *rateLimiter) take(route string, u priority) (d time.Duration, why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if d := l.banned.Sub(now); d > 0 {
		return d, errBanned
	}
	if n := l.refusals(now); n >= lastRefusals && u != answering || n >= quietRefusals && u == posting {
		return coolDown, fmt.Errorf("%d refusals in ten minutes", n)
	}
	if u == answering {
		return 0, nil
	}
	if d := l.paused.Sub(now); d > 0 {
		return d, nil
	}
	w := l.routes[route]
	if w == nil {
		return 0, nil
	}
	if !now.Before(w.reset) {
		w.left, w.reset = w.limit, now.Add(time.Minute) // until the answer says better
	}
	if w.left <= 0 {
		return w.reset.Sub(now), nil
	}
	w.left--
	return 0, nil
}

// learn reads what an answer says about its route and about us. It returns when the same
// request may be repeated; 0: it was not refused for being too many.
func (l *rateLimiter) learn(route string, u priority, r *http.Response, body *errorBody) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	h := r.Header
	if limit, err := strconv.Atoi(h.Get("X-RateLimit-Limit")); err == nil && u != answering {
		left, _ := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
		l.remember(route, now, &window{left: left, limit: max(1, limit), reset: now.Add(seconds(h.Get("X-RateLimit-Reset-After")))})
	}
	switch r.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		l.countRefusal(now)
		return 0
	case http.StatusTooManyRequests:
	default:
		return 0
	}
	if !strings.HasPrefix(h.Get("Content-Type"), "application/json") {
		after := max(seconds(h.Get("Retry-After")), coolDown)
		l.banned = now.Add(after)
		l.countRefusal(now)
		return after
	}
	after := max(time.Duration(body.RetryAfter*float64(time.Second)), seconds(h.Get("Retry-After")), 100*time.Millisecond)
	if h.Get("X-RateLimit-Scope") != "shared" { // what others used up is not held against us
		l.countRefusal(now)
	}
	if body.Global || h.Get("X-RateLimit-Global") == "true" {
		l.paused = now.Add(after)
	} else if u != answering {
		l.remember(route, now, &window{limit: 1, reset: now.Add(after)})
	}
	return after
}

// remember keeps what is known of a route, and forgets routes whose window is long over.
func (l *rateLimiter) remember(route string, now time.Time, w *window) {
	if old := l.routes[route]; old != nil && now.Before(old.reset) && old.left < w.left {
		w.left = old.left // requests that are still on their way
	}
	l.routes[route] = w
	if len(l.routes)%256 == 0 {
		for name, w := range l.routes {
			if now.After(w.reset) {
				delete(l.routes, name)
			}
		}
	}
}

// countRefusal counts an answer that brings a ban nearer.
func (l *rateLimiter) countRefusal(now time.Time) {
	l.refusals(now)
	l.refused[l.minute%int64(len(l.refused))]++
}

// refusals is how many such answers came in the last ten minutes.
func (l *rateLimiter) refusals(now time.Time) int {
	minute, many := now.Unix()/60, int64(len(l.refused))
	for l.minute < minute {
		l.minute = max(l.minute+1, minute-many+1)
		l.refused[l.minute%many] = 0
	}
	n := 0
	for _, k := range l.refused {
		n += k
	}
	return n
}

func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 {
		return 0
	}
	return time.Duration(f * float64(time.Second))
}
