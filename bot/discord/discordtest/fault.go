package discordtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Fault is a way to fail. do carries out the request; a fault need not call it.
type Fault func(d *Discord, do func() reply) reply

type fault struct {
	left   int
	method string
	path   string
	f      Fault
}

// broken is the reply for which the connection is closed without a response.
var broken = reply{}

// Fail makes the next n requests with a method and a path that contains part fail.
func (d *Discord) Fail(n int, method, part string, f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = append(d.faults, &fault{n, method, part, f})
}

// fault returns the fault of a request, once. The caller holds d.mu.
func (d *Discord) fault(method, path string) Fault {
	for _, f := range d.faults {
		if f.left > 0 && f.method == method && strings.Contains(path, f.path) {
			f.left--
			return f.f
		}
	}
	return nil
}

// Limit refuses a request as Discord does if the limit of a route is exceeded; scope is "user" or "shared".
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

// GlobalLimit refuses a request because of the limit over all routes.
func GlobalLimit(after time.Duration) Fault {
	return func(*Discord, func() reply) reply { return tooMany(after, "global") }
}

// Banned answers with an HTML page, as the proxy in front of Discord does.
func Banned(after time.Duration) Fault {
	return func(*Discord, func() reply) reply {
		h := http.Header{"Content-Type": {"text/html; charset=UTF-8"}, "Retry-After": {fmt.Sprint(int(after.Seconds()))}}
		return reply{status: http.StatusTooManyRequests, header: h, body: "<html><body>error code: 1015</body></html>"}
	}
}

// Status answers with a server error and does nothing.
func Status(code int) Fault {
	return func(*Discord, func() reply) reply {
		return reply{status: code, header: http.Header{"Content-Type": {"text/html"}}, body: "<html>bad gateway</html>"}
	}
}

// Lost carries out the request and answers with a server error.
func Lost(code int) Fault {
	return func(_ *Discord, do func() reply) reply { do(); return reply{status: code, body: map[string]any{}} }
}

// Refuse answers with an error code of Discord.
func Refuse(status, code int) Fault {
	return func(*Discord, func() reply) reply { return refuse(status, code, "refused") }
}

// Drop carries out the request and closes the connection without a response.
func Drop(_ *Discord, do func() reply) reply { do(); return broken }

// Slow carries out the request after a while.
func Slow(d time.Duration) Fault {
	return func(_ *Discord, do func() reply) reply { time.Sleep(d); return do() }
}

// bucket is the rate limit window of one route.
type bucket struct {
	left  int
	reset time.Time
}

// window takes one request from a window and returns its headers; full is true if none was left. The caller
// holds d.mu.
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
