package config

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// Web says where the web room listens.
type Web struct {
	HTTPAddr  string `name:"http-addr" env:"HTTP_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address of the web room, of /healthz and /readyz, and for this machine of /metrics (env HTTP_ADDR, default ${default})."`
	PublicURL string `name:"public-url" env:"PUBLIC_URL" placeholder:"URL" help:"Where browsers find the web room behind a proxy, such as https://quiz.example.org (env PUBLIC_URL)."`
}

// Check returns what is wrong.
func (w Web) Check() error {
	if _, _, err := net.SplitHostPort(w.HTTPAddr); err != nil {
		return wrong("HTTP_ADDR", w.HTTPAddr, "write host:port, such as 127.0.0.1:8080, or :8080 for every interface")
	}
	if w.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(w.PublicURL)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return wrong("PUBLIC_URL", w.PublicURL, "write the scheme and the host, such as https://quiz.example.org")
	}
	return nil
}

// Loopback reports whether only this machine can reach the web room.
func (w Web) Loopback() bool {
	host, _, err := net.SplitHostPort(w.HTTPAddr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Serves reports whether a request may name host, a name with or without a port, as the one it is for.
// While only this machine is listened on, other names than its own and the public one come from pages
// that want to reach it through somebody's browser.
func (w Web) Serves(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.Trim(name, "[]"), ".")
	ip := net.ParseIP(name)
	if strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback() {
		return true
	}
	if w.PublicURL != "" {
		u, err := url.Parse(w.PublicURL)
		return err == nil && strings.EqualFold(name, u.Hostname())
	}
	return !w.Loopback()
}

// Link is where people find the web room: at its public URL, else at the one on this machine.
func (w Web) Link() string {
	if w.PublicURL != "" {
		return strings.TrimRight(w.PublicURL, "/")
	}
	return w.URL()
}

// URL is where a browser on this machine finds the web room.
func (w Web) URL() string {
	host, port, err := net.SplitHostPort(w.HTTPAddr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Front says what stands in front of the web room, and beside it.
type Front struct {
	TrustedProxies string `env:"TRUSTED_PROXIES" default:"loopback" placeholder:"LIST" help:"Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses, networks, loopback or private, with commas between (env TRUSTED_PROXIES, default ${default})."`
	MetricsAddr    string `env:"METRICS_ADDR" placeholder:"HOST:PORT" help:"Address of /metrics apart from the web room; without it only this machine can read them (env METRICS_ADDR)."`
}

// networks are words for lists of networks.
var networks = map[string][]string{
	"loopback": {"127.0.0.0/8", "::1/128"},
	"private":  {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"},
}

// Proxies returns the networks of trusted proxies.
func (f Front) Proxies() ([]netip.Prefix, error) {
	out := []netip.Prefix{}
	for item := range strings.SplitSeq(f.TrustedProxies, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		list, ok := networks[strings.ToLower(item)]
		if !ok {
			list = []string{item}
		}
		for _, one := range list {
			n, err := network(one)
			if err != nil {
				return nil, wrong("TRUSTED_PROXIES", item, "write addresses such as 10.0.0.5, networks such as 172.16.0.0/12, loopback or private, with commas between")
			}
			out = append(out, n)
		}
	}
	return out, nil
}

// network reads an address or a network.
func network(s string) (netip.Prefix, error) {
	if n, err := netip.ParsePrefix(s); err == nil {
		return n.Masked(), nil
	}
	addr, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Prefix{}, err
	}
	addr = addr.Unmap().WithZone("")
	return addr.Prefix(addr.BitLen())
}

// Check returns what is wrong.
func (f Front) Check() error {
	if _, err := f.Proxies(); err != nil {
		return err
	}
	if f.MetricsAddr == "" {
		return nil
	}
	if _, _, err := net.SplitHostPort(f.MetricsAddr); err != nil {
		return wrong("METRICS_ADDR", f.MetricsAddr, "write host:port, such as 127.0.0.1:9090")
	}
	return nil
}
