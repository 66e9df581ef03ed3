package discordtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Fault is a way to misbehave. do carries the request out; without it, nothing happens.
type Fault func(d *Discord, do func() reply) reply

type fault struct {
	left   int
	method string
	path   string
	f      Fault
}

// broken is the reply after which the connection is broken off.
var broken = reply{}

// Fail lets the next n requests with a method whose path holds a part misbehave.
func (d *Discord) Fail(n int, method, part string, f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = append(d.faults, &fault{n, method, part, f})
}

// fault takes the fault for a request; the caller holds d.mu.
func (d *Discord) fault(method, path string) Fault {
	for _, f := range d.faults {
		if f.left > 0 && f.method == method && strings.Contains(path, f.path) {
			f.left--
			return f.f
		}
	}
	return nil
}

// Limit refuses as Discord does when a route is used up; scope is "user" or "shared".
func Limit(after time.Duration, scope string) Fault {
	return func(*Discord, func() reply) reply { return tooMany(after, scope) }
}

func tooMany(after time.Duration, scope string) reply {
	r := reply{status: http.StatusTooManyRequests, header: http.Header{},
		body: map[string]any{"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": scope == "global"}}
	r.header.Set("Retry-After", fmt.Sprint(int(after.Seconds()+0.999)))
	r.header.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		r.header.Set("X-RateLimit-Global", "true")
		return r
	}
	r.header.Set("X-RateLimit-Limit", "5")
	r.header.Set("X-RateLimit-Remaining", "0")
	r.header.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", after.Seconds()))
	return r
}

// GlobalLimit refuses because of all routes together.
func GlobalLimit(after time.Duration) Fault {
	return func(*Discord, func() reply) reply { return tooMany(after, "global") }
}

// Banned answers with a page, as the proxy before Discord does.
func Banned(after time.Duration) Fault {
	return func(*Discord, func() reply) reply {
		h := http.Header{"Content-Type": {"text/html; charset=UTF-8"}, "Retry-After": {fmt.Sprint(int(after.Seconds()))}}
		return reply{status: http.StatusTooManyRequests, header: h, body: "<html><body>error code: 1015</body></html>"}
	}
}

// Status answers with an error of the server, and does nothing.
func Status(code int) Fault {
	return func(*Discord, func() reply) reply {
		return reply{status: code, header: http.Header{"Content-Type": {"text/html"}}, body: "<html>bad gateway</html>"}
	}
}

// Lost does what was asked and answers with an error of the server.
func Lost(code int) Fault {
	return func(_ *Discord, do func() reply) reply { do(); return reply{status: code, body: map[string]any{}} }
}

// Refuse answers with one of Discord's codes.
func Refuse(status, code int) Fault {
	return func(*Discord, func() reply) reply { return no(status, code, "refused") }
}

// Drop does what was asked and breaks the connection off.
func Drop(_ *Discord, do func() reply) reply { do(); return broken }

// Slow does what was asked after a while.
func Slow(d time.Duration) Fault {
	return func(_ *Discord, do func() reply) reply { time.Sleep(d); return do() }
}

// bucket is one route's window.
type bucket struct {
	left  int
	reset time.Time
}

// window takes one request from a window and returns its headers; full is set when none was
// left. The caller holds d.mu.
func (d *Discord) window(key string, limit int, per time.Duration) (h http.Header, full time.Duration) {
	now := time.Now()
	b := d.buckets[key]
	if b == nil || !now.Before(b.reset) {
		b = &bucket{limit, now.Add(per)}
		d.buckets[key] = b
	}
	h = http.Header{}
	if b.left == 0 {
		return h, b.reset.Sub(now)
	}
	b.left--
	h.Set("X-RateLimit-Limit", fmt.Sprint(limit))
	h.Set("X-RateLimit-Remaining", fmt.Sprint(b.left))
	h.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", b.reset.Sub(now).Seconds()))
	return h, 0
}
