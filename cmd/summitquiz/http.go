package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// paths are what operators and their machines ask for, and the web room. Health is told under any
// name, and platforms call any; everything else is only under those that the web room has.
func (p *program) paths() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", p.localMetrics)
	mux.Handle("/", p.room)
	outer := http.NewServeMux()
	for _, k := range p.hooks {
		outer.Handle(k.pattern, k.handler)
	}
	outer.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "alive") })
	outer.HandleFunc("GET /readyz", p.ready)
	outer.Handle("/", p.named(mux))
	return outer
}

// named refuses requests for hosts that are not this one.
func (p *program) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !p.cfg.Serves(req.Host) {
			plain(w, http.StatusMisdirectedRequest, "There is no web room under this name. If you run it: set PUBLIC_URL to the address that browsers use.")
			return
		}
		next.ServeHTTP(w, req)
	})
}

// metrics serves /metrics alone, and healthz.
func (p *program) metrics() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "alive") })
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.meter.registry, promhttp.HandlerOpts{}))
	return mux
}

// localMetrics serves /metrics beside the web room: to this machine, and where they have no address of
// their own.
func (p *program) localMetrics(w http.ResponseWriter, req *http.Request) {
	switch {
	case p.cfg.MetricsAddr != "":
		plain(w, http.StatusNotFound, "The metrics are at METRICS_ADDR.")
	case !p.proxies.Client(req).IsLoopback():
		plain(w, http.StatusForbidden, "The metrics are told to this machine only: set METRICS_ADDR to serve them elsewhere.")
	default:
		p.metrics().ServeHTTP(w, req)
	}
}

// ready says whether inputs can be handled now.
func (p *program) ready(w http.ResponseWriter, req *http.Request) {
	select {
	case <-p.service.Ready():
	default:
		plain(w, http.StatusServiceUnavailable, "starting: games and posts of the last run are being taken up")
		return
	}
	if p.draining.Load() {
		plain(w, http.StatusServiceUnavailable, "draining: the process is about to end")
		return
	}
	if said := p.health.said(p.store.Ping); said != "" {
		plain(w, http.StatusServiceUnavailable, said)
		return
	}
	plain(w, http.StatusOK, "ready")
	p.writeConnections(w)
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintln(w, text)
}

// serverLog passes on what the HTTP server says. That no connection can be accepted, such as with too
// many open files, is a warning, once a minute; the rest is about single clients.
type serverLog struct {
	log *slog.Logger
	now func() time.Time

	mu     sync.Mutex
	warned time.Time
}

func (l *serverLog) Write(line []byte) (int, error) {
	text := strings.TrimSpace(string(line))
	if !strings.Contains(text, "Accept error") {
		l.log.Debug(text)
		return len(line), nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.now(); now.Sub(l.warned) >= time.Minute {
		l.warned = now
		l.log.Warn("no new connection can be accepted: if there are too many open files, raise their limit (ulimit -n)", "err", text)
	}
	return len(line), nil
}
