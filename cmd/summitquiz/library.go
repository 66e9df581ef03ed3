package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/config"
	"summitquiz/content"
	"summitquiz/content/packs"
)

// withStore opens the packs of a database, also beside a bot that serves it, which notices.
func withStore(ctx context.Context, d config.Database, work func(*operator, database) error) (err error) {
	db, err := openExisting(ctx, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return work(newOperator(db), db)
}

// known returns the active version of a pack for everybody, or an error that says what there is.
func known(ctx context.Context, db database, name string) (bot.PackRow, error) {
	rows, err := db.Packs(ctx, 0)
	if err != nil {
		return bot.PackRow{}, err
	}
	for _, r := range rows {
		if string(r.Pack) == name {
			return r, nil
		}
	}
	return bot.PackRow{}, fmt.Errorf("there is no pack %q for everybody: `summitquiz pack list` shows those that there are", name)
}

// versionOf returns a version of a pack for everybody, or an error that says what there is.
func versionOf(ctx context.Context, o *operator, db database, pack, version string) (bot.PackRow, error) {
	if _, err := known(ctx, db, pack); err != nil {
		return bot.PackRow{}, err
	}
	r, err := o.library.Version(ctx, content.PackID(pack), version)
	if errors.Is(err, bot.ErrNone) {
		return r, fmt.Errorf("%s has no version %q: `summitquiz pack versions %s` shows those that it has", pack, version, pack)
	}
	return r, err
}

type loadCommand struct {
	config.Database `embed:""`
	File            string `arg:"" help:"The pack's file, or its folder."`
}

func (loadCommand) Help() string {
	return `Checks a pack and makes it the version that everybody plays from now on. Games that are running keep theirs.

Example:

    summitquiz pack load mypack`
}

func (c *loadCommand) Run(ctx context.Context, s streams) error {
	return withStore(ctx, c.Database, func(o *operator, _ database) error {
		p, err := loadInto(ctx, o, c.File)
		if problems := content.Problems(err); len(problems) > 0 {
			for _, problem := range problems {
				fmt.Fprintln(s.err, problem)
			}
			return errProblems
		}
		if err != nil {
			return unreadable(c.File, err)
		}
		_, err = fmt.Fprintf(s.out, "%s %s is in use now: %d facts.\n", p.Name, p.Version, len(p.Facts))
		return err
	})
}

type listCommand struct {
	config.Database `embed:""`
}

func (listCommand) Help() string {
	return `Lists the packs for everybody. Packs that belong to one server, group or lobby are listed there, with /pack list.

Example:

    summitquiz pack list`
}

func (c *listCommand) Run(ctx context.Context, s streams) error {
	return withStore(ctx, c.Database, func(_ *operator, db database) error {
		rows, err := db.Packs(ctx, 0)
		if err != nil {
			return err
		}
		off, err := db.SwitchedOff(ctx, 0)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "PACK\tVERSION\tSTATE\tLOADED\tSOURCE")
		for _, r := range rows {
			source, err := sourceOf(string(r.Pack), r.Hash)
			if err != nil {
				return err
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.Pack, catalog.Label(r), state(slices.Contains(off, r.Pack)), r.At.Format("2006-01-02 15:04"), source)
		}
		return table.Flush()
	})
}

// sourceOf says whether a version is a built-in pack, or replaces one.
func sourceOf(name, hash string) (string, error) {
	if !slices.Contains(packs.Names(), name) {
		return "loaded", nil
	}
	p, err := content.Load(builtIn(name), content.Options{})
	if err != nil {
		return "", fmt.Errorf("the built-in pack %s: %w", name, err)
	}
	if p.Hash == hash {
		return "built-in", nil
	}
	return "replaces the built-in " + p.Version, nil
}

type versionsCommand struct {
	config.Database `embed:""`
	Pack            string `arg:"" help:"The pack's name."`
}

func (versionsCommand) Help() string {
	return `Lists the versions of a pack, newest first.

Example:

    summitquiz pack versions gyeongju-summit-2025`
}

func (c *versionsCommand) Run(ctx context.Context, s streams) error {
	return withStore(ctx, c.Database, func(_ *operator, db database) error {
		if _, err := known(ctx, db, c.Pack); err != nil {
			return err
		}
		rows, err := db.Versions(ctx, content.PackID(c.Pack))
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "VERSION\tHASH\tLOADED\tSTATE")
		for _, r := range rows {
			state := ""
			if r.Active {
				state = "in use"
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", catalog.Label(r), r.Hash[:12], r.At.Format("2006-01-02 15:04"), state)
		}
		return table.Flush()
	})
}

type rollbackCommand struct {
	config.Database `embed:""`
	Pack            string `arg:"" help:"The pack's name."`
	Version         string `arg:"" help:"The version's label, or the beginning of its hash."`
}

func (rollbackCommand) Help() string {
	return `Makes another version of a pack the one that new games use.

Example:

    summitquiz pack rollback gyeongju-summit-2025 1.0.0`
}

func (c *rollbackCommand) Run(ctx context.Context, s streams) error {
	return withStore(ctx, c.Database, func(o *operator, db database) error {
		r, err := versionOf(ctx, o, db, c.Pack, c.Version)
		if err != nil {
			return err
		}
		if err := o.rollBack(ctx, r); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s %s is in use now.\n", r.Pack, catalog.Label(r))
		return err
	})
}

type enableCommand struct {
	config.Database `embed:""`
	Pack            string `arg:"" help:"The pack's name."`
}

func (enableCommand) Help() string {
	return `Lets everybody play a pack again.

Example:

    summitquiz pack enable gyeongju-summit-2025`
}

func (c *enableCommand) Run(ctx context.Context, s streams) error {
	return turn(ctx, c.Database, c.Pack, false, s)
}

type disableCommand struct {
	config.Database `embed:""`
	Pack            string `arg:"" help:"The pack's name."`
}

func (disableCommand) Help() string {
	return `Takes a pack out of play everywhere. Nothing of it is lost.

Example:

    summitquiz pack disable countries-of-the-world`
}

func (c *disableCommand) Run(ctx context.Context, s streams) error {
	return turn(ctx, c.Database, c.Pack, true, s)
}

// turn switches a pack on or off for everybody.
func turn(ctx context.Context, d config.Database, name string, off bool, s streams) error {
	return withStore(ctx, d, func(o *operator, db database) error {
		r, err := known(ctx, db, name)
		if err != nil {
			return err
		}
		if err := o.switchPack(ctx, r.Pack, off); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s is %s for everybody.\n", r.Pack, state(off))
		return err
	})
}

// state is the word for a pack that can be played or is switched off.
func state(off bool) string {
	if off {
		return "off"
	}
	return "on"
}
