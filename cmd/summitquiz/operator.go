package main

import (
	"context"
	"fmt"
	"io/fs"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/library"
	"summitquiz/content"
)

// operator does with packs at the machine what owners do in a chat, written with the same audit. A
// service need not run for it, and one that runs on the same database sees it within two seconds.
type operator struct {
	actor   bot.Actor // who adds packs: the operator or a folder
	library *library.Library
	write   func(ctx context.Context, c *bot.Change) error
}

// newOperator returns an operator on a store that no service of this process uses.
func newOperator(s bot.Store) *operator {
	lib := library.New(s, catalog.New(s, catalog.NewVersions()))
	return &operator{bot.Operator, lib, func(ctx context.Context, c *bot.Change) error { return s.Write(c)(ctx) }}
}

func now() time.Time { return bot.Now(bot.RealTime{}) }

// provide adds a built-in pack; see library.Library.Provide.
func (o *operator) provide(ctx context.Context, from fs.FS) (*content.Pack, error) {
	p, c, err := o.library.Provide(ctx, bot.Operator, from, now())
	return o.added(ctx, p, c, err)
}

// load adds a pack and makes it the active version.
func (o *operator) load(ctx context.Context, from fs.FS) (*content.Pack, error) {
	p, c, err := o.library.Load(ctx, o.actor, from, now())
	return o.added(ctx, p, c, err)
}

func (o *operator) added(ctx context.Context, p *content.Pack, c *bot.Change, err error) (*content.Pack, error) {
	if err != nil || len(c.Packs) == 0 {
		return p, err
	}
	if err := o.write(ctx, c); err != nil {
		return nil, fmt.Errorf("add pack %s: %w", p.ID, err)
	}
	return p, nil
}

// rollBack makes a version of a pack the active one.
func (o *operator) rollBack(ctx context.Context, r bot.PackRow) error {
	c := &bot.Change{At: now()}
	err := o.library.RollBack(bot.Operator, r, c)
	if err == nil {
		err = o.write(ctx, c)
	}
	if err != nil {
		return fmt.Errorf("roll back %s: %w", r.Pack, err)
	}
	return nil
}

// switchPack switches a pack off for everybody, or on again where a space has not switched it off.
func (o *operator) switchPack(ctx context.Context, pack content.PackID, off bool) error {
	c := &bot.Change{At: now()}
	err := o.library.Switch(bot.Operator, pack, off, c)
	if err == nil {
		err = o.write(ctx, c)
	}
	if err != nil {
		return fmt.Errorf("switch %s: %w", pack, err)
	}
	return nil
}
