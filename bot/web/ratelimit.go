package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// rateLimiter limits the requests of each address.
type rateLimiter struct {
	rate  rate.Limit
	burst int

	mu      sync.Mutex
	seen    map[netip.Prefix]*rate.Limiter
	sweptAt time.Time
}

// sweepAfter is how often addresses with a full burst are dropped.
const sweepAfter = time.Minute

func newRateLimiter(perSecond float64, burst int) *rateLimiter {
	return &rateLimiter{rate: rate.Limit(perSecond), burst: burst, seen: map[netip.Prefix]*rate.Limiter{}}
}

func (r *rateLimiter) allow(from netip.Prefix, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Sub(r.sweptAt) > sweepAfter {
		for p, l := range r.seen {
			if l.TokensAt(now) >= float64(r.burst) {
				delete(r.seen, p)
			}
		}
		r.sweptAt = now
	}
	l := r.seen[from]
	if l == nil {
		l = rate.NewLimiter(r.rate, r.burst)
		r.seen[from] = l
	}
	return l.AllowN(now, 1)
}

// addressOf is the source of a request: an IPv4 address, or the /64 network of an IPv6 customer. Only a proxy
// on this machine may name another address.
func addressOf(req *http.Request) netip.Prefix {
	addr := parseAddress(req.RemoteAddr)
	if addr.IsLoopback() {
		hops := strings.Split(req.Header.Get("X-Forwarded-For"), ",")
		if named := parseAddress(strings.TrimSpace(hops[len(hops)-1])); named.IsValid() {
			addr = named
		}
	}
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	p, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // unknown addresses share one limit
	}
	return p
}

func parseAddress(s string) netip.Addr {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	addr, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}
