package web

import (
	"net"
	"net/netip"
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

// upTo is a duration in whole units, rounded up.
func upTo(d, unit time.Duration) int { return int((d + unit - 1) / unit) }

// wait takes one request of an address and returns 0, or takes none and returns after how long there is
// room for it.
func (r *rateLimiter) wait(from netip.Prefix, now time.Time) time.Duration {
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
	turn := l.ReserveN(now, 1)
	wait := turn.DelayFrom(now)
	if wait > 0 {
		turn.CancelAt(now)
	}
	return wait
}

// parseAddress reads an address, with or without a port.
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
