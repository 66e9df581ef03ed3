package main

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestBehindAProxy starts the program with a public URL and with metrics apart.
func TestBehindAProxy(t *testing.T) {
	metrics := freeAddress(t)
	p := begin(t, t.TempDir(), freeAddress(t), "METRICS_ADDR="+metrics, "PUBLIC_URL=https://quiz.example.org", "TRUSTED_PROXIES=127.0.0.1")
	p.awaitReady(t)
	if !strings.Contains(p.said(), "https://quiz.example.org/owner?t=") {
		t.Errorf("the owner link is elsewhere:\n%s", p.said())
	}
	get := func(url, host, from string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			req.Host = host
		}
		if from != "" {
			req.Header.Set("X-Forwarded-For", from)
		}
		r, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, string(body)
	}
	for _, tc := range []struct {
		url, host string
		status    int
		says      string
	}{
		{p.url + "/", "", 200, "Summit Quiz"},
		{p.url + "/", "quiz.example.org", 200, "Summit Quiz"},
		{p.url + "/", "evil.example", 421, "set PUBLIC_URL"},
		{p.url + "/metrics", "evil.example", 421, "set PUBLIC_URL"},
		{p.url + "/readyz", "10.1.2.3", 200, "ready"},
		{p.url + "/metrics", "", 404, "METRICS_ADDR"},
		{"http://" + metrics + "/metrics", "", 200, "summitquiz_games "},
		{"http://" + metrics + "/", "", 404, ""},
	} {
		if status, text := get(tc.url, tc.host, ""); status != tc.status || !strings.Contains(text, tc.says) {
			t.Errorf("%s as %q: %d %.200s; want %d and %q", tc.url, tc.host, status, text, tc.status, tc.says)
		}
	}
	if err := p.stop(t); err != nil {
		t.Error(err)
	}
	alone := begin(t, t.TempDir(), freeAddress(t))
	alone.awaitReady(t)
	if status, text := get(alone.url+"/metrics", "", "203.0.113.9"); status != http.StatusForbidden || !strings.Contains(text, "METRICS_ADDR") {
		t.Errorf("a stranger behind the proxy reads the metrics: %d %.200s", status, text)
	}
}

func TestAddressOfTheMetricsInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	folder := t.TempDir()
	p := begin(t, folder, freeAddress(t), "METRICS_ADDR="+l.Addr().String())
	if err := p.wait(); err == nil || !strings.Contains(p.said(), "METRICS_ADDR is") {
		t.Errorf("ended with %v:\n%s", err, p.said())
	}
	if exists(filepath.Join(folder, "summitquiz.db")) || exists(filepath.Join(folder, "summitquiz.db.key")) {
		t.Error("it made a database")
	}
}

func TestAcceptErrorsAreWarningsOnceAMinute(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0).UTC().Add(time.Hour)
	l := &serverLog{log: slog.New(slog.NewTextHandler(&out, nil)), now: func() time.Time { return now }}
	const full = "http: Accept error: accept tcp 127.0.0.1:1: accept4: too many open files; retrying in 5ms\n"
	for _, wait := range []time.Duration{0, time.Second, 58 * time.Second, time.Second} {
		now = now.Add(wait)
		for _, line := range []string{full, "http: TLS handshake error from 203.0.113.9:1: EOF\n"} {
			if _, err := io.WriteString(l, line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := strings.Count(out.String(), "level=WARN"); n != 2 || strings.Contains(out.String(), "TLS") {
		t.Errorf("%d warnings in 60 s, want one at once and one after a minute:\n%s", n, out.String())
	}
}
