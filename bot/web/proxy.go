package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of proxies that may name the client that they forward for. The zero
// value is this machine.
type Proxies []netip.Prefix

// loopback is this machine.
var loopback = Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func (p Proxies) trusts(addr netip.Addr) bool {
	if p == nil {
		p = loopback
	}
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(addr) })
}

// Client returns the address that a request comes from; the zero Addr if it cannot be read. What
// X-Forwarded-For says is read from the right, over all of its lines, for as long as those who
// wrote it are trusted: a client can put anything to the left of that.
func (p Proxies) Client(req *http.Request) netip.Addr {
	addr := parseAddress(req.RemoteAddr)
	hops := strings.Split(strings.Join(req.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		named := parseAddress(strings.TrimSpace(hop))
		if !p.trusts(addr) || !named.IsValid() {
			break
		}
		addr = named
	}
	return addr
}

// OverTLS reports whether the browser uses HTTPS, here or to a trusted proxy in front.
func (p Proxies) OverTLS(req *http.Request) bool {
	if req.TLS != nil {
		return true
	}
	said := req.Header.Values("X-Forwarded-Proto")
	return len(said) > 0 && strings.EqualFold(said[len(said)-1], "https") && p.trusts(parseAddress(req.RemoteAddr))
}

// network is whose requests share a limit: an IPv4 address, or the /64 network of an IPv6 customer.
func network(addr netip.Addr) netip.Prefix {
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	n, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // unknown addresses share one limit
	}
	return n
}
