package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
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
	"summitquiz/bot/account"
	"summitquiz/bot/catalog"
	"summitquiz/bot/daily"
	"summitquiz/bot/library"
	"summitquiz/bot/play"
	"summitquiz/bot/service"
	"summitquiz/bot/store/sqlite"
	"summitquiz/bot/study"
	"summitquiz/bot/web"
	"summitquiz/config"
	builtin "summitquiz/content/packs"
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

// program is everything that runs while the program serves.
type program struct {
	cfg      *config.Serve
	log      *slog.Logger
	secrets  *filter
	meter    *meter
	lock     serving
	health   *health
	store    database
	key      []byte
	service  *service.Service
	replicas *replicas // nil: this process serves alone
	operator *operator
	room     *web.Adapter
	remotes  []remote
	hooks    []hook
	packs    *packFolder
	proxies  web.Proxies
	server   *http.Server
	where    net.Listener
	beside   *http.Server // of the metrics, where they have an address of their own
	metered  net.Listener
	draining atomic.Bool // it drains
}

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, s streams) error {
	if err := c.Check(); err != nil {
		return err
	}
	secrets := newFilter(string(c.DiscordToken), string(c.TelegramToken), string(c.TelegramWebhookSecret), string(c.SecretKey), databaseSecret(c.Database))
	log, err := newLog(c.Log, s.err, secrets)
	if err != nil {
		return err
	}
	p := &program{cfg: &c.Serve, log: log, secrets: secrets, meter: newMeter()}
	if err := p.open(ctx); err != nil {
		p.close()
		if ctx.Err() != nil {
			return nil // told to stop while it waited
		}
		return secrets.cleanErr(err)
	}
	p.printBanner(s.out)
	return secrets.cleanErr(p.serve(ctx))
}

// open opens everything in order: what fails first is what the operator should mend first.
func (p *program) open(ctx context.Context) error {
	if err := p.openStore(ctx); err != nil {
		return err
	}
	p.health = &health{log: p.log, now: time.Now}
	if err := p.openKey(ctx); err != nil {
		return err
	}
	owners, err := owners(p.cfg)
	if err != nil {
		return err
	}
	limits, err := p.cfg.Values()
	if err != nil {
		return err
	}
	o := service.Options{Store: p.store, Key: p.key, Owners: owners, Log: p.log, Meter: p.meter, Bounds: boundsOf(limits)}
	p.openReplicas(ctx, &o)
	if err := p.join(o); err != nil {
		return err
	}
	if p.proxies, err = p.cfg.Proxies(); err != nil {
		return err
	}
	pages := web.Options{Service: p.service, Key: p.key, Log: p.log, Meter: p.meter, Bounds: webBounds(limits), Proxies: p.proxies, Notes: p.store}
	if p.replicas != nil {
		pages.Feed, pages.Guests, pages.Process = p.replicas.store, p.replicas.store, p.replicas.name
	}
	p.room = web.New(pages)
	p.service.Attach(p.room)
	p.meter.streams(p.room)
	if err := p.openRemotes(ctx); err != nil {
		return err
	}
	p.meter.watchWork(p.store)
	if p.replicas != nil {
		p.meter.watchReplicas(p.replicas)
	}
	p.packs = &packFolder{operator: p.operator, log: p.log, folder: p.cfg.PackDir}
	if err := p.packs.provide(ctx); err != nil {
		return err
	}
	p.server = p.newServer(p.paths())
	if p.metered != nil {
		p.beside = p.newServer(p.metrics())
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// openStore opens the database; one in a file as soon as no other process serves it.
func (p *program) openStore(ctx context.Context) error {
	lock, err := holdDatabase(ctx, p.cfg.Database, func() {
		p.log.Info("another process serves this database: waiting until it ends", "database", p.cfg.Shown())
	})
	if err != nil {
		return err
	}
	p.lock = lock
	if err := p.listen(); err != nil { // before anything is made
		return err
	}
	if path, err := p.cfg.Path(); err == nil {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			p.log.Warn("there was no database: a new one is made; if there should be one, stop the bot and check DATABASE_URL", "database", path)
			if rescued := sqlite.RescuedPath(path); exists(rescued) {
				p.log.Warn("a copy of the database that was deleted is there: stop the bot and run `summitquiz restore` with it", "file", rescued)
			}
		}
	}
	store, err := openDatabase(ctx, p.cfg.Database, p.cfg.Pool, p.meter)
	if err != nil {
		return err
	}
	p.store = store
	p.meter.watch(p.store)
	return nil
}

// openKey takes the key in use, and warns where it is another one than before: then buttons in old posts
// and web logins are void.
func (p *program) openKey(ctx context.Context) (err error) {
	var made bool
	if p.key, made, err = databaseKey(ctx, p.cfg.Database, p.cfg.SecretKey, p.store); err != nil {
		return err
	}
	changed, err := useKey(ctx, p.store, p.key)
	switch {
	case err != nil:
		return err
	case changed && made:
		p.log.Warn("the secret key was gone and a new one was made: web logins and buttons from before are void; to keep them, stop and restore the file that ends in .key", "database", p.cfg.Shown())
	case made:
		p.log.Warn("there was no secret key: a new one is made; back it up with the database", "database", p.cfg.Shown())
	case changed:
		p.log.Warn("the secret key is another one than before: web logins and buttons from before are void")
	}
	return nil
}

// listen opens the addresses.
func (p *program) listen() (err error) {
	if p.where, err = net.Listen("tcp", p.cfg.HTTPAddr); err != nil {
		return fmt.Errorf("HTTP_ADDR is %q, which cannot be listened on: choose another port, or stop what uses it (%w)", p.cfg.HTTPAddr, err)
	}
	if p.cfg.MetricsAddr == "" {
		return nil
	}
	if p.metered, err = net.Listen("tcp", p.cfg.MetricsAddr); err != nil {
		return fmt.Errorf("METRICS_ADDR is %q, which cannot be listened on: choose another port, or stop what uses it (%w)", p.cfg.MetricsAddr, err)
	}
	return nil
}

func (p *program) newServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: log.New(&serverLog{log: p.log, now: time.Now}, "", 0)}
}

// join makes the service with its features. A feature is one line here.
func (p *program) join(o service.Options) error {
	p.service = service.New(o)
	packs := catalog.New(o.Store, catalog.NewVersions())
	packs.Prefer(builtin.Default(), builtin.Names())
	lib := library.New(o.Store, packs)
	p.operator = &operator{bot.Operator, lib, func(ctx context.Context, c *bot.Change) error { return bot.Write(ctx, p.service, c) }}
	for _, f := range []bot.Feature{
		play.New(p.service, o.Store, packs, rand.Uint64),
		library.NewFeature(p.service, lib, packs),
		account.New(p.service, o.Store, packs),
		daily.New(p.service, o.Store, packs),
		study.New(p.service, o.Store, packs),
	} {
		if err := p.service.Add(f); err != nil {
			return err
		}
	}
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

// printBanner says where to go.
func (p *program) printBanner(w io.Writer) {
	fmt.Fprintf(w, "Summit Quiz %s\n", version())
	fmt.Fprintf(w, "Web room    %s\n", p.url())
	fmt.Fprintf(w, "Packs       %s\n", strings.Join(p.packs.names(), ", "))
	fmt.Fprintf(w, "Platforms   %s\n", strings.Join(p.platforms(), ", "))
	if p.cfg.Loopback() {
		fmt.Fprintf(w, "Owner link  %s (works once, for an hour)\n", ownerLink(p.url(), p.key))
	}
}

// url is where a browser finds the web room, with the port that was really taken.
func (p *program) url() string {
	w := p.cfg.Web
	if host, port, err := net.SplitHostPort(w.HTTPAddr); err == nil && port == "0" {
		_, port, _ = net.SplitHostPort(p.where.Addr().String())
		w.HTTPAddr = net.JoinHostPort(host, port)
	}
	return w.Link()
}

// drainWithin is how long what has begun may take to come to its end.
const drainWithin = 10 * time.Second

// keptFor is how long ids of inputs, drafts and old posts are kept: longer than any platform
// sends an input again.
const keptFor = 8 * 24 * time.Hour

// serve runs until ctx ends or something that cannot be done without fails, then drains.
func (p *program) serve(ctx context.Context) error {
	running, halt := context.WithCancel(context.WithoutCancel(ctx)) // of the service, which ends last
	defer halt()
	failed := make(chan error, 4+len(p.remotes))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := p.service.Run(running); err != nil {
			failed <- err
		}
	}()
	go func() {
		if err := p.server.Serve(p.where); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serve: %w", err)
		}
	}()
	if p.beside != nil {
		go func() {
			if err := p.beside.Serve(p.metered); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("serve the metrics: %w", err)
			}
		}()
	}
	var hearing sync.WaitGroup
	if p.replicas != nil {
		hearing.Go(func() { p.hear(running) })
		hearing.Go(func() { p.replicas.announce(running) })
	}
	ticks := p.ticks(running)
	connected, disconnect := context.WithCancel(ctx) // of the remotes, which end first
	defer disconnect()
	var remotes sync.WaitGroup
	var err error
	select {
	case <-p.service.Ready():
		p.log.Info("ready", "url", p.url())
		ticks.Start()
		for _, r := range p.remotes {
			remotes.Go(func() {
				if err := r.Run(connected); err != nil {
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
	p.draining.Store(true)
	p.log.Info("draining")
	disconnect()
	p.room.Close()
	late, cancel := context.WithTimeout(context.Background(), drainWithin)
	defer cancel()
	if e := p.server.Shutdown(late); e != nil {
		p.log.Warn("some requests did not end in time", "err", e)
	}
	<-ticks.Stop().Done()
	remotes.Wait()
	halt()
	<-ended
	hearing.Wait()
	if p.beside != nil {
		p.beside.Close()
	}
	p.close()
	p.log.Info("ended")
	return err
}

// ticks are the few things that are done by the clock.
func (p *program) ticks(ctx context.Context) *cron.Cron {
	log := cronLog{p.log}
	c := cron.New(cron.WithLogger(log), cron.WithChain(cron.Recover(log), cron.SkipIfStillRunning(cron.DiscardLogger)))
	c.Schedule(cron.Every(packDirEvery), cron.FuncJob(func() { p.packs.look(ctx) }))
	c.Schedule(cron.Every(time.Minute), cron.FuncJob(func() { p.service.Progress(ctx) }))
	if p.replicas != nil {
		c.Schedule(cron.Every(time.Minute), cron.FuncJob(func() { p.replicas.clock.set(ctx, p.replicas.store) }))
	}
	c.Schedule(cron.Every(healthEvery), cron.FuncJob(func() { p.health.said(p.store.Ping) })) // the log tells also where nobody asks
	c.Schedule(cron.Every(time.Hour), cron.FuncJob(func() {
		if n, err := p.store.Prune(ctx, time.Now().Add(-keptFor)); err != nil {
			p.log.Error("prune", "err", err)
		} else {
			p.log.Debug("pruned", "rows", n)
		}
		p.look(ctx)
		if file, is := p.store.(*sqlite.DB); is {
			if err := file.Fold(ctx); err != nil {
				p.log.Debug("the log of the database was not emptied", "err", err)
			}
		}
	}))
	go func() { // once, as soon as it keeps nobody waiting
		select {
		case <-p.service.Ready():
		case <-ctx.Done():
			return
		}
		p.look(ctx)
	}()
	return c
}

// look looks through the whole database where it is a file; a server looks after its own. Damage is an error until a later look finds none.
func (p *program) look(ctx context.Context) {
	file, is := p.store.(*sqlite.DB)
	if !is {
		return
	}
	err := file.Check(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		p.log.Error("the database could not be looked through: if it is damaged, stop the bot and run `summitquiz restore` with a backup", "err", err)
	}
	if !errors.Is(err, sqlite.ErrCorrupt) {
		err = nil // what else keeps it from being read is noticed by who asks for health
	}
	p.health.looked(err)
}

// cronLog logs what goes wrong in a tick, such as a panic, which ends that tick alone.
type cronLog struct{ log *slog.Logger }

func (cronLog) Info(string, ...any) {}

func (l cronLog) Error(err error, msg string, more ...any) {
	l.log.Error("tick: "+msg, append(more, "err", err)...)
}

// close closes what is open.
func (p *program) close() {
	var errs []error
	if p.where != nil {
		p.where.Close() // the server has closed it already, if it ran
	}
	if p.metered != nil {
		p.metered.Close()
	}
	if p.store != nil {
		errs = append(errs, p.store.Close())
	}
	if p.lock != nil {
		errs = append(errs, p.lock.Release())
	}
	if err := errors.Join(errs...); err != nil && !errors.Is(err, os.ErrClosed) {
		p.log.Error("close", "err", err)
	}
}
