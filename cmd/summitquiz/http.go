package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// paths are what operators and their machines ask for, and the web room.
func (p *program) paths() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", p.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.meter.registry, promhttp.HandlerOpts{}))
	for _, k := range p.hooks {
		mux.Handle(k.pattern, k.handler)
	}
	mux.Handle("/", p.room)
	return mux
}

// pingWithin is how long the database may take to answer a question about its health.
const pingWithin = 2 * time.Second

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
	ctx, cancel := context.WithTimeout(req.Context(), pingWithin)
	defer cancel()
	if err := p.store.Ping(ctx); err != nil {
		p.log.Error("the database does not answer", "err", err)
		plain(w, http.StatusServiceUnavailable, "the database does not answer: the log says why")
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
