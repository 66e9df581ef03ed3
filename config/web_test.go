package config_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"summitquiz/config"
)

func TestWhichHostsAreServed(t *testing.T) {
	for _, tc := range []struct {
		addr, public string
		yes, no      string
	}{
		{"127.0.0.1:8080", "", "localhost:8080 127.0.0.1:8080 [::1]:8080 LOCALHOST 127.0.0.1", "evil.example 192.0.2.1:8080 localhost.evil.example"},
		{"127.0.0.1:8080", "https://quiz.example.org", "quiz.example.org Quiz.Example.ORG:443 quiz.example.org. localhost:8080", "evil.example xquiz.example.org"},
		{":8080", "", "quiz.example.org 192.0.2.1:8080 localhost", ""},
		{":8080", "https://quiz.example.org/", "quiz.example.org localhost:8080", "evil.example 192.0.2.1:8080"},
	} {
		w := config.Web{HTTPAddr: tc.addr, PublicURL: tc.public}
		if err := w.Check(); err != nil {
			t.Error(err)
		}
		for host := range strings.FieldsSeq(tc.yes) {
			if !w.Serves(host) {
				t.Errorf("%s %s refuses %s", tc.addr, tc.public, host)
			}
		}
		for host := range strings.FieldsSeq(tc.no) {
			if w.Serves(host) {
				t.Errorf("%s %s takes %s", tc.addr, tc.public, host)
			}
		}
	}
}

func TestProxiesAreRead(t *testing.T) {
	f := config.Front{TrustedProxies: "loopback, 10.0.0.5,172.16.3.4/12 , ::ffff:192.0.2.7,private"}
	got, err := f.Proxies()
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]bool{"127.0.0.1": true, "::1": true, "10.0.0.5": true, "172.31.0.1": true, "192.0.2.7": true,
		"192.168.1.1": true, "fd00::1": true, "8.8.8.8": false, "2001:db8::1": false} {
		in := false
		for _, n := range got {
			in = in || n.Contains(netip.MustParseAddr(addr))
		}
		if in != want {
			t.Errorf("%s trusted: %v, want %v", addr, in, want)
		}
	}
	if got, err := (config.Front{}).Proxies(); err != nil || got == nil || len(got) != 0 {
		t.Errorf("an empty list = %v, %v; want nobody", got, err)
	}
}

func TestWrongFrontsAreNamed(t *testing.T) {
	for _, f := range []config.Front{{TrustedProxies: "proxy.example.org"}, {TrustedProxies: "10.0.0.0/33"}, {MetricsAddr: "9090"}} {
		err := f.Check()
		if err == nil || !strings.Contains(fmt.Sprint(err), "write ") {
			t.Errorf("%+v: %v, want what to write", f, err)
		}
	}
	for _, u := range []string{"quiz.example.org", "ftp://x.org", "https://x.org/room", "https://"} {
		if err := (config.Web{HTTPAddr: ":1", PublicURL: u}).Check(); err == nil || !strings.Contains(err.Error(), "PUBLIC_URL") {
			t.Errorf("PUBLIC_URL %q: %v", u, err)
		}
	}
}
