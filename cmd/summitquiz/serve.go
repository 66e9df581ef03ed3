package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"summitquiz/bot"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/web"
	"summitquiz/config"
)

type serveCommand struct {
	config.Serve `embed:""`
}

func (serveCommand) Help() string {
	return `Starts the web room, prints where it is, and serves until it is told to stop (SIGTERM or Ctrl+C); then it lets everything that has begun come to its end. Each flag is also a variable of the environment.

Example:

    summitquiz
    HTTP_ADDR=:8080 DATABASE_URL=sqlite:/data/summitquiz.db summitquiz serve`
}

// house is everything that runs while the program serves.
type house struct {
	cfg    *config.Serve
	log    *slog.Logger
	meter  *meter
	lock   *sqlite.Lock
	store  *sqlite.DB
	key    []byte
	hall   *bot.Hall
	room   *web.Adapter
	rims   []rim
	hooks  []hook
	shelf  *packFolder
	server *http.Server
	where  net.Listener
	leaves atomic.Bool // it drains
}

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, s streams) error {
	if err := c.Check(); err != nil {
		return err
	}
	log, err := newLog(c.Log, s.err)
	if err != nil {
		return err
	}
	h := &house{cfg: &c.Serve, log: log, meter: newMeter()}
	if err := h.open(ctx); err != nil {
		h.close()
		if ctx.Err() != nil {
			return nil // told to stop while it waited
		}
		return err
	}
	h.greet(s.out)
	return h.serve(ctx)
}

func newLog(l config.Log, w io.Writer) (*slog.Logger, error) {
	level, err := l.Level()
	if err != nil {
		return nil, err
	}
	asJSON, err := l.JSON()
	if err != nil {
		return nil, err
	}
	o := &slog.HandlerOptions{Level: level}
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return slog.New(slog.NewTextHandler(w, o)), nil
}

// open opens everything in order: what fails first is what the operator should mend first.
func (h *house) open(ctx context.Context) error {
	path, err := h.cfg.Path()
	if err != nil {
		return err
	}
	h.lock, err = sqlite.Serve(ctx, path, func() {
		h.log.Info("another process serves this database: waiting until it ends", "database", path)
	})
	if err != nil {
		return err
	}
	if h.store, err = sqlite.Open(ctx, path, sqlite.Options{Meter: h.meter}); err != nil {
		return err
	}
	h.meter.watch(h.store)
	if h.key, err = secretKey(h.cfg.SecretKey, path+".key"); err != nil {
		return err
	}
	owners, err := owners(h.cfg)
	if err != nil {
		return err
	}
	h.hall = bot.NewHall(bot.Options{Store: h.store, Seed: rand.Uint64, Key: h.key, Owners: owners, Log: h.log, Meter: h.meter})
	h.room = web.New(web.Options{Service: h.hall, Key: h.key, Log: h.log})
	h.hall.Attach(h.room)
	if err := h.openRims(); err != nil {
		return err
	}
	h.shelf = &packFolder{hall: h.hall, log: h.log, folder: h.cfg.PackDir}
	if err := h.shelf.provide(ctx); err != nil {
		return err
	}
	if h.where, err = net.Listen("tcp", h.cfg.HTTPAddr); err != nil {
		return fmt.Errorf("HTTP_ADDR is %q, which cannot be listened on: choose another port, or stop what uses it (%w)", h.cfg.HTTPAddr, err)
	}
	h.server = &http.Server{Handler: h.paths(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelDebug)}
	return nil
}

func owners(c *config.Serve) ([]bot.Account, error) {
	list, err := c.OwnerList()
	if err != nil {
		return nil, err
	}
	out := make([]bot.Account, len(list))
	for i, o := range list {
		out[i] = bot.Account{Platform: o.Platform, User: o.User}
	}
	return out, nil
}

// greet says where to go.
func (h *house) greet(w io.Writer) {
	fmt.Fprintf(w, "Summit Quiz %s\n", version())
	fmt.Fprintf(w, "Web room    %s\n", h.url())
	fmt.Fprintf(w, "Packs       %s\n", strings.Join(h.shelf.names(), ", "))
	fmt.Fprintf(w, "Platforms   %s\n", strings.Join(h.platforms(), ", "))
	if h.cfg.Loopback() {
		fmt.Fprintf(w, "Owner link  %s (works once, for an hour)\n", ownerLink(h.url(), h.key))
	}
}

// url is where a browser finds the web room, with the port that was really taken.
func (h *house) url() string {
	w := h.cfg.Web
	if host, port, err := net.SplitHostPort(w.HTTPAddr); err == nil && port == "0" {
		_, port, _ = net.SplitHostPort(h.where.Addr().String())
		w.HTTPAddr = net.JoinHostPort(host, port)
	}
	return w.URL()
}

// drainWithin is how long what has begun may take to come to its end.
const drainWithin = 10 * time.Second

// keptFor is how long ids of inputs, drafts and old posts are kept: longer than any platform
// sends an input again.
const keptFor = 8 * 24 * time.Hour

// serve runs until ctx ends or something that cannot be done without fails, then drains.
func (h *house) serve(ctx context.Context) error {
	running, halt := context.WithCancel(context.WithoutCancel(ctx)) // of the hall, which ends last
	defer halt()
	failed := make(chan error, 2+len(h.rims))
	hallEnded := make(chan struct{})
	go func() {
		defer close(hallEnded)
		if err := h.hall.Run(running); err != nil {
			failed <- err
		}
	}()
	go func() {
		if err := h.server.Serve(h.where); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serve: %w", err)
		}
	}()
	ticks := h.ticks(running)
	ringing, hangUp := context.WithCancel(ctx) // of the rims, which end first
	defer hangUp()
	var rims sync.WaitGroup
	var err error
	select {
	case <-h.hall.Ready():
		h.log.Info("ready", "url", h.url())
		ticks.Start()
		for _, r := range h.rims {
			rims.Go(func() {
				if err := r.Run(ringing); err != nil {
					failed <- err
				}
			})
		}
		select {
		case <-ctx.Done():
		case err = <-failed:
		}
	case <-ctx.Done():
	case err = <-failed:
	}
	h.leaves.Store(true)
	h.log.Info("draining")
	hangUp()
	h.room.Close()
	late, cancel := context.WithTimeout(context.Background(), drainWithin)
	defer cancel()
	if e := h.server.Shutdown(late); e != nil {
		h.log.Warn("some requests did not end in time", "err", e)
	}
	<-ticks.Stop().Done()
	rims.Wait()
	halt()
	<-hallEnded
	h.close()
	h.log.Info("ended")
	return err
}

// ticks are the few things that are done by the clock.
func (h *house) ticks(ctx context.Context) *cron.Cron {
	c := cron.New(cron.WithLogger(cron.DiscardLogger), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
	c.Schedule(cron.Every(packDirEvery), cron.FuncJob(func() { h.shelf.look(ctx) }))
	c.Schedule(cron.Every(time.Hour), cron.FuncJob(func() {
		if n, err := h.store.Prune(ctx, time.Now().Add(-keptFor)); err != nil {
			h.log.Error("prune", "err", err)
		} else {
			h.log.Debug("pruned", "rows", n)
		}
	}))
	go func() { // once, as soon as it keeps nobody waiting
		select {
		case <-h.hall.Ready():
		case <-ctx.Done():
			return
		}
		if err := h.store.Check(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("the database is damaged: stop the program and restore a backup", "err", err)
		}
	}()
	return c
}

// close closes what is open.
func (h *house) close() {
	var errs []error
	if h.where != nil {
		h.where.Close() // the server has closed it already, if it ran
	}
	if h.store != nil {
		errs = append(errs, h.store.Close())
	}
	if h.lock != nil {
		errs = append(errs, h.lock.Release())
	}
	if err := errors.Join(errs...); err != nil && !errors.Is(err, os.ErrClosed) {
		h.log.Error("close", "err", err)
	}
}
