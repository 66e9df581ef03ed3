package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestCookiesOverHTTPS holds that over HTTPS no other host of the domain can set the account, and that
// one from before that still counts.
func TestCookiesOverHTTPS(t *testing.T) {
	c := newCookies([]byte("key"), nil)
	who := account{User: "u", Name: "Mina"}
	request := func(proto string, cookies ...*http.Cookie) *http.Request {
		req := httptest.NewRequest(http.MethodGet, "/", nil)
		req.RemoteAddr = "127.0.0.1:1"
		req.Header.Set("X-Forwarded-Proto", proto)
		for _, k := range cookies {
			req.AddCookie(k)
		}
		return req
	}
	given := func(proto string) *http.Cookie {
		w := httptest.NewRecorder()
		c.set(w, request(proto), who, time.Unix(1, 0))
		return w.Result().Cookies()[0]
	}
	who.Since = 1_000_000
	plain, tls := given("http"), given("https")
	if plain.Name != "summitquiz" || plain.Secure {
		t.Errorf("over HTTP: %s", plain)
	}
	if tls.Name != "__Host-summitquiz" || !tls.Secure || tls.Path != "/" || tls.Domain != "" || !tls.HttpOnly {
		t.Errorf("over HTTPS: %s", tls)
	}
	for _, req := range []*http.Request{request("http", plain), request("https", tls), request("https", plain)} {
		if got, ok := c.of(req); !ok || got != who {
			t.Errorf("%v gives %v, %v", req.Header, got, ok)
		}
	}
	forged := *plain
	forged.Value = strings.Replace(forged.Value, ".", "x.", 1)
	if got, ok := c.of(request("https", &forged, tls)); !ok || got != who {
		t.Errorf("beside a forged one: %v, %v", got, ok)
	}
	if _, ok := c.of(request("http", &forged)); ok {
		t.Error("a forged cookie is taken")
	}
}
