package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"summitquiz/bot"
	"summitquiz/config"
)

type ownersCommands struct {
	List   ownersListCommand   `cmd:"" help:"List who may load packs for everybody."`
	Revoke ownersRevokeCommand `cmd:"" help:"End somebody's ownership."`
}

type ownersListCommand struct {
	config.Database `embed:""`
	Owners          string `env:"OWNERS" placeholder:"LIST" help:"The owners that the bot is started with (env OWNERS)."`
}

func (ownersListCommand) Help() string {
	return `Lists who may load packs for everybody: those who followed an owner link, and those in OWNERS.

Example:

    summitquiz owners list`
}

func (c *ownersListCommand) Run(ctx context.Context, s streams) error {
	set, err := (&config.Serve{Owners: c.Owners}).OwnerList()
	if err != nil {
		return err
	}
	return withStore(ctx, c.Database, func(_ *operator, db database) error {
		owners, err := ownersOf(ctx, db)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "ACCOUNT\tNAME\tBY")
		for _, o := range owners {
			fmt.Fprintf(table, "%s\t%s\tlink\n", strings.Join(o.accounts, " "), o.member.Name)
		}
		for _, o := range set {
			fmt.Fprintf(table, "%s:%s\t\tOWNERS\n", o.Platform, o.User)
		}
		return table.Flush()
	})
}

type ownersRevokeCommand struct {
	config.Database `embed:""`
	Who             string `arg:"" help:"The account, as the list shows it, or the name."`
	Owners          string `env:"OWNERS" placeholder:"LIST" help:"The owners that the bot is started with (env OWNERS)."`
	Logins          bool   `help:"Also end their logins in the web room: those browsers must enter anew."`
}

func (ownersRevokeCommand) Help() string {
	return `Ends the ownership of somebody who followed an owner link; a bot that runs on the database notices within two seconds. Those in OWNERS are removed there. With --logins whoever has a copy of their cookie is logged out of the web room too.

Example:

    summitquiz owners revoke web:K5TQ2W7Z --logins`
}

func (c *ownersRevokeCommand) Run(ctx context.Context, s streams) error {
	set, err := (&config.Serve{Owners: c.Owners}).OwnerList()
	if err != nil {
		return err
	}
	return withStore(ctx, c.Database, func(o *operator, db database) error {
		owners, err := ownersOf(ctx, db)
		if err != nil {
			return err
		}
		owners = slices.DeleteFunc(owners, func(o owner) bool { return o.member.Name != c.Who && !slices.Contains(o.accounts, c.Who) })
		switch len(owners) {
		case 0:
			if slices.ContainsFunc(set, func(o config.Owner) bool { return o.Platform+":"+o.User == c.Who }) {
				return fmt.Errorf("%s is an owner by OWNERS: remove the account there and restart the bot", c.Who)
			}
			return fmt.Errorf("%s is no owner by a link: `summitquiz owners list` shows those who are", c.Who)
		case 1:
		default:
			return fmt.Errorf("%d owners are called %s: name the account, as `summitquiz owners list` shows it", len(owners), c.Who)
		}
		m := owners[0].member
		m.Owner = false
		at := now()
		if err := o.write(ctx, &bot.Change{At: at, Member: &m, Audit: []bot.Audit{{Action: "owner-revoke", At: at}}}); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s is no owner any more.\n", m.Name)
		if !c.Logins {
			return nil
		}
		for _, a := range owners[0].accounts {
			if platform, user, _ := strings.Cut(a, ":"); platform == "web" {
				if err := bot.EndLogins(ctx, db, bot.Account{Platform: platform, User: user}, at); err != nil {
					return err
				}
			}
		}
		_, err = fmt.Fprintln(s.out, "Their logins in the web room have ended.")
		return err
	})
}

// owner is a member who followed an owner link, with their accounts as platform:user.
type owner struct {
	member   bot.Member
	accounts []string
}

func ownersOf(ctx context.Context, db database) ([]owner, error) {
	members, err := db.Owners(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]owner, len(members))
	for i, m := range members {
		accounts, err := db.Accounts(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		out[i].member = m
		for _, a := range accounts {
			out[i].accounts = append(out[i].accounts, a.Platform+":"+a.User)
		}
	}
	return out, nil
}
