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

// Discord allows a bot 50 requests a second over all routes, and bans an IP address for 10,000 refusals (401,
// 403, 429) in ten minutes.
const (
	perSecond     = 40   // leaves room for other programs with the same token
	atOnce        = 8    // burst; with perSecond still below 50 within any second
	quietRefusals = 2000 // in ten minutes: then posts wait
	lastRefusals  = 5000 // in ten minutes: then everything but acknowledgements waits
	coolDown      = time.Minute
)

// priority is the importance of a request while few may be sent.
type priority uint8

const (
	posting   priority = iota // deliveries
	replying                  // a person waits for it
	answering                 // acknowledgements: exempt from the global limit
)

// rateLimiter delays requests so that Discord does not refuse them. A route is a method and path; each learns its
// window from the headers of its responses.
type rateLimiter struct {
	all *rate.Limiter
	now func() time.Time

	mu      sync.Mutex
	paused  time.Time // until then nothing but acknowledgements is sent: the global limit was hit
	banned  time.Time // until then nothing at all is sent: the response was a page instead of JSON
	routes  map[string]*window
	refused [10]int // by minute
	minute  int64   // of the newest entry of refused
}

// window is what remains of a route's limit until its reset.
type window struct {
	left  int
	limit int
	reset time.Time
}

func newRateLimiter(now func() time.Time) *rateLimiter {
	return &rateLimiter{all: rate.NewLimiter(perSecond, atOnce), now: now, routes: map[string]*window{}}
}

// wait blocks until a request may be sent. It returns a *bot.RetryError if that is after the deadline of ctx
// or too late to wait here.
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
			return &bot.RetryError{After: d, Err: fmt.Errorf("the rate limit of %s is used up", redact(route))}
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

// take takes one request from a route's window, or returns how long to wait; why is set if the caller should
// not wait.
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
		w.left, w.reset = w.limit, now.Add(time.Minute) // until a response has the real values
	}
	if w.left <= 0 {
		return w.reset.Sub(now), nil
	}
	w.left--
	return 0, nil
}

// learn reads the rate limit headers of a response. It returns how long to wait before the same request may
// be repeated; 0: it did not exceed a limit.
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
	if h.Get("X-RateLimit-Scope") != "shared" { // a limit that others used up does not count towards a ban
		l.countRefusal(now)
	}
	if body.Global || h.Get("X-RateLimit-Global") == "true" {
		l.paused = now.Add(after)
	} else if u != answering {
		l.remember(route, now, &window{limit: 1, reset: now.Add(after)})
	}
	return after
}

// remember stores the window of a route and forgets routes whose window has ended.
func (l *rateLimiter) remember(route string, now time.Time, w *window) {
	if old := l.routes[route]; old != nil && now.Before(old.reset) && old.left < w.left {
		w.left = old.left // of requests still on their way
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

// countRefusal counts a response that counts towards a ban.
func (l *rateLimiter) countRefusal(now time.Time) {
	l.refusals(now)
	l.refused[l.minute%int64(len(l.refused))]++
}

// refusals is the number of such responses in the last ten minutes.
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
