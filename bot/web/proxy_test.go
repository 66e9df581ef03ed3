package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"summitquiz/bot/web"
)

// TestClientBehindProxies holds who counts as the sender of a request.
func TestClientBehindProxies(t *testing.T) {
	docker := web.Proxies{netip.MustParsePrefix("172.16.0.0/12")}
	for _, tc := range []struct {
		name    string
		proxies web.Proxies
		from    string
		lines   []string // of X-Forwarded-For
		want    string
	}{
		{"nobody in front", nil, "203.0.113.9:1", nil, "203.0.113.9"},
		{"a stranger names somebody else", nil, "203.0.113.9:1", []string{"127.0.0.1"}, "203.0.113.9"},
		{"a proxy on this machine", nil, "127.0.0.1:1", []string{"203.0.113.9"}, "203.0.113.9"},
		{"the client wrote something to the left", nil, "127.0.0.1:1", []string{"10.9.9.9, 203.0.113.9"}, "203.0.113.9"},
		{"the client wrote a line of its own", nil, "127.0.0.1:1", []string{"10.9.9.9", "203.0.113.9"}, "203.0.113.9"},
		{"two trusted proxies", docker, "172.18.0.2:1", []string{"198.51.100.1, 203.0.113.9, 172.18.0.3"}, "203.0.113.9"},
		{"this machine is not in the list", docker, "127.0.0.1:1", []string{"203.0.113.9"}, "127.0.0.1"},
		{"a hop that cannot be read", docker, "172.18.0.2:1", []string{"203.0.113.9, unknown"}, "172.18.0.2"},
		{"with a port", docker, "172.18.0.2:1", []string{"203.0.113.9:4711"}, "203.0.113.9"},
		{"IPv6", docker, "172.18.0.2:1", []string{"[2001:db8::1]:80"}, "2001:db8::1"},
		{"nobody is trusted", web.Proxies{}, "127.0.0.1:1", []string{"203.0.113.9"}, "127.0.0.1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			req := httptest.NewRequest(http.MethodGet, "/", nil)
			req.RemoteAddr = tc.from
			for _, l := range tc.lines {
				req.Header.Add("X-Forwarded-For", l)
			}
			if got := tc.proxies.Client(req).String(); got != tc.want {
				t.Errorf("Client = %s, want %s", got, tc.want)
			}
		})
	}
}

// TestHTTPSIsBelievedFromProxiesOnly holds whose X-Forwarded-Proto counts.
func TestHTTPSIsBelievedFromProxiesOnly(t *testing.T) {
	for from, want := range map[string]bool{"127.0.0.1:1": true, "203.0.113.9:1": false} {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.RemoteAddr = from
		req.Header.Set("X-Forwarded-Proto", "https")
		if got := web.Proxies(nil).OverTLS(req); got != want {
			t.Errorf("OverTLS from %s = %v, want %v", from, got, want)
		}
	}
}

// TestEveryVisitorBehindAProxyHasTheirOwnAllowance sends more than a burst of one visitor through a
// proxy in another container; another visitor is served meanwhile.
func TestEveryVisitorBehindAProxyHasTheirOwnAllowance(t *testing.T) {
	a := web.New(web.Options{Key: []byte("k"), Bounds: web.Bounds{Rate: 0.001, Burst: 3},
		Proxies: web.Proxies{netip.MustParsePrefix("172.16.0.0/12")}})
	status := func(visitor string) int {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.RemoteAddr = "172.18.0.2:4711"
		req.Header.Set("X-Forwarded-For", visitor)
		w := httptest.NewRecorder()
		a.ServeHTTP(w, req)
		return w.Code
	}
	var got []string
	for range 4 {
		got = append(got, fmt.Sprint(status("203.0.113.9")))
	}
	got = append(got, fmt.Sprint(status("203.0.113.10")))
	if s := strings.Join(got, " "); s != "200 200 200 429 200" {
		t.Errorf("got %s, want 200 200 200 429 200", s)
	}
}
