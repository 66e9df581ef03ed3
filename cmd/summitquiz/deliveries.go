package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"summitquiz/config"
)

type deliveriesCommand struct {
	config.Database `embed:""`
	Platform        string `help:"Only those of a platform: discord, telegram or web."`
	State           string `enum:",queued,started,failed,doubt,rests" default:"" help:"Only those in a state: queued, started, failed, doubt or rests."`
	Retry           bool   `help:"Send again what failed or is in doubt, and let dailies that rest try again." xor:"do"`
	Drop            bool   `help:"Drop what waits, failed or is in doubt, and end dailies that rest." xor:"do"`
}

func (deliveriesCommand) Help() string {
	return `Lists the posts that wait, failed or may have arrived, and the dailies that rest because their chat takes no posts. With --retry or --drop it does so with all that it would list; a bot that runs notices within a minute. A post in doubt that is sent again may come twice.

Example:

    summitquiz deliveries --platform telegram --state doubt
    summitquiz deliveries --state failed --drop`
}

func (c *deliveriesCommand) Run(ctx context.Context, s streams) error {
	db, err := openExisting(ctx, c.Database)
	if err != nil {
		return err
	}
	defer db.Close()
	held, err := db.Deliveries(ctx, c.Platform, c.State)
	if err != nil {
		return err
	}
	switch {
	case c.Retry:
		n, err := db.Retry(ctx, held, now())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%d of %d will be tried again.\n", n, len(held))
		return err
	case c.Drop:
		n, err := db.Discard(ctx, held)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%d of %d are dropped.\n", n, len(held))
		return err
	case len(held) == 0:
		_, err = fmt.Fprintln(s.out, "Nothing waits, rests, failed or is in doubt.")
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PLATFORM\tSTATE\tCHAT\tWHAT\tSINCE")
	for _, h := range held {
		what := string(h.Op) + " " + h.Slot.String()
		if h.Subscription != 0 {
			what = fmt.Sprintf("subscription/%d", h.Subscription)
		}
		since := "-"
		if !h.Since.IsZero() {
			since = h.Since.Format(time.RFC3339)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", h.Platform, h.State, h.Chat, what, since)
	}
	return w.Flush()
}
