package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"summitquiz/bot"
	"summitquiz/bot/store/postgres"
	"summitquiz/config"
)

// processLease begins the names of the leases by which processes say that they are there.
const processLease = "process "

type statusCommand struct {
	config.Database `embed:""`
}

func (statusCommand) Help() string {
	return `Prints which processes serve the database and with which versions, who is connected to which platform, how many posts wait, and how late due work is.

Example:

    summitquiz status --database-url postgres://quiz@db.example.org/quiz`
}

func (c *statusCommand) Run(ctx context.Context, s streams) error {
	db, err := openExisting(ctx, c.Database)
	if err != nil {
		return err
	}
	defer db.Close()
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "DATABASE\t%s\n", c.Shown())
	fmt.Fprintf(w, "VERSION\t%s\n", version())
	server, is := db.(*postgres.DB)
	if !is {
		fmt.Fprintf(w, "PROCESSES\tone at a time: `summitquiz healthcheck` asks it\n")
	} else if err := printLeases(ctx, w, server); err != nil {
		return err
	}
	if err := printWork(ctx, w, db); err != nil {
		return err
	}
	return w.Flush()
}

// printLeases prints which processes are there and what they hold.
func printLeases(ctx context.Context, w *tabwriter.Writer, db *postgres.DB) error {
	all, err := db.Leases(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "PROCESSES\t%d\n", processesOf(all))
	for _, l := range all {
		if name, is := strings.CutPrefix(l.Name, processLease); is && l.Held() {
			fmt.Fprintf(w, "  %s\t%s\n", name, l.Note)
		}
	}
	fmt.Fprintf(w, "LEASES\t\n")
	for _, l := range all {
		switch {
		case strings.HasPrefix(l.Name, processLease), strings.HasPrefix(l.Name, identifyLease):
		case l.Held():
			fmt.Fprintf(w, "  %s\t%s, %s, for %v more\n", l.Name, l.Holder, cmp.Or(l.Note, "connecting"), l.Left.Round(time.Second))
		default:
			fmt.Fprintf(w, "  %s\tnobody\n", l.Name)
		}
	}
	return nil
}

// processesOf counts the processes that say they are there.
func processesOf(all []bot.Lease) (n int) {
	for _, l := range all {
		if strings.HasPrefix(l.Name, processLease) && l.Held() {
			n++
		}
	}
	return n
}

// printWork prints what waits.
func printWork(ctx context.Context, w *tabwriter.Writer, db database) error {
	waits, err := db.Waits(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "POSTS WAITING\t%d\n", postsOf(waits))
	for _, p := range waits {
		fmt.Fprintf(w, "  %s\t%d\n", p.Platform, p.Posts)
	}
	late, err := lateness(ctx, db)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "DUE WORK LATE\t%v\n", late.Round(time.Second))
	return nil
}

func postsOf(waits []bot.PlatformCount) (n int) {
	for _, p := range waits {
		n += p.Posts
	}
	return n
}

// lateness is how long the oldest due work waits by now; 0: none does.
func lateness(ctx context.Context, db database) (time.Duration, error) {
	kinds, err := db.DueKinds(ctx)
	if err != nil {
		return 0, err
	}
	at, some, err := db.Next(ctx, kinds)
	if err != nil || !some {
		return 0, err
	}
	return max(0, time.Since(at)), nil
}

// scrapeWithin is how long the database may take to tell something for /metrics.
const scrapeWithin = 2 * time.Second

// watchReplicas tells how many processes there are and which leases are this one's.
func (m *meter) watchReplicas(r *replicas) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_processes", Help: "Processes that serve the database; -1: it does not answer."},
		func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), scrapeWithin)
			defer cancel()
			all, err := r.store.Leases(ctx)
			if err != nil {
				return -1
			}
			return float64(processesOf(all))
		}))
	for name := range r.platforms {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_lease_held", Help: "1 while this process holds the lease.",
			ConstLabels: prometheus.Labels{"lease": name}}, func() float64 {
			if _, mine := r.keeper.Holds(name); mine {
				return 1
			}
			return 0
		}))
	}
}

// watchWork tells how late due work is.
func (m *meter) watchWork(db database) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_due_late_seconds", Help: "How long the oldest due work waits; -1: the database does not answer."},
		func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), scrapeWithin)
			defer cancel()
			late, err := lateness(ctx, db)
			if err != nil {
				return -1
			}
			return late.Seconds()
		}))
}
