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

// rates lets each address do so much a second.
type rates struct {
	rate  rate.Limit
	burst int

	mu    sync.Mutex
	seen  map[netip.Prefix]*rate.Limiter
	swept time.Time
}

// sweepAfter is how often addresses that have their whole burst again are forgotten.
const sweepAfter = time.Minute

func newRates(perSecond float64, burst int) *rates {
	return &rates{rate: rate.Limit(perSecond), burst: burst, seen: map[netip.Prefix]*rate.Limiter{}}
}

func (r *rates) allow(from netip.Prefix, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Sub(r.swept) > sweepAfter {
		for p, l := range r.seen {
			if l.TokensAt(now) >= float64(r.burst) {
				delete(r.seen, p)
			}
		}
		r.swept = now
	}
	l := r.seen[from]
	if l == nil {
		l = rate.NewLimiter(r.rate, r.burst)
		r.seen[from] = l
	}
	return l.AllowN(now, 1)
}

// addressOf is where a request comes from: an IPv4 address, or the /64 that one IPv6 customer
// has. Only a proxy on this very machine is believed when it names somebody else.
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
		return netip.Prefix{} // whoever cannot be told apart shares one allowance
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
