package library

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/content"
)

// Version returns the version of a pack that a label, a hash or the first eight or more
// characters of a hash name; ErrNone if there is none.
func (l *Library) Version(ctx context.Context, pack content.PackID, name string) (bot.PackRow, error) {
	rows, err := l.Versions(ctx, pack)
	if err != nil {
		return bot.PackRow{}, err
	}
	for _, r := range rows {
		if catalog.Label(r) == name || r.Hash == name || len(name) >= 8 && strings.HasPrefix(r.Hash, name) {
			return r, nil
		}
	}
	return bot.PackRow{}, fmt.Errorf("version %q of %s: %w", name, pack, bot.ErrNone)
}

// Active is the active version of a pack, or a zero row.
func (l *Library) Active(ctx context.Context, pack content.PackID) (bot.PackRow, error) {
	rows, err := l.Versions(ctx, pack)
	if err != nil {
		return bot.PackRow{}, err
	}
	for _, r := range rows {
		if r.Active {
			return r, nil
		}
	}
	return bot.PackRow{}, nil
}

// Read returns a version of a pack, loaded.
func (l *Library) Read(ctx context.Context, r bot.PackRow) (*content.Pack, error) {
	v, err := l.packs.Version(ctx, r.Pack, r.Hash)
	if err != nil {
		return nil, err
	}
	return v.Pack, nil
}

// RollBack makes a version of a pack the active one. Running games keep theirs.
func (l *Library) RollBack(a bot.Actor, r bot.PackRow, c *bot.Change) error {
	if err := MayChange(a, r); err != nil {
		return err
	}
	c.Activate = append(c.Activate, bot.Activation{Pack: r.Pack, Hash: r.Hash})
	detail := string(r.Pack) + " " + catalog.Label(r) + " " + r.Hash
	c.Audit = append(c.Audit, bot.Audit{Space: r.Space, Member: a.Member, Action: "pack-rollback", Detail: detail, At: c.At})
	return nil
}

// Switch switches a pack off in the actor's space, or on again. Without a space it is switched
// for everybody, and on only where a space has not switched it off.
func (l *Library) Switch(a bot.Actor, pack content.PackID, off bool, c *bot.Change) error {
	if err := mayRead(a); err != nil {
		return err
	}
	action := "pack-enable"
	if off {
		action = "pack-disable"
	}
	c.Off = append(c.Off, bot.PackOff{Space: a.Space, Pack: pack, Off: off})
	c.Audit = append(c.Audit, bot.Audit{Space: a.Space, Member: a.Member, Action: action, Detail: string(pack), At: c.At})
	return nil
}

// Provide adds a built-in pack for everybody, checked. The version becomes the active one when it
// comes for the first time; one that was there before stays as it is, so that an earlier rollback
// holds. Its error joins every Problem of a pack that cannot be used. A change without packs means
// that there is nothing to write.
func (l *Library) Provide(ctx context.Context, a bot.Actor, from fs.FS, now time.Time) (*content.Pack, *bot.Change, error) {
	p, c, err := l.add(ctx, a, from, now, func(bot.PackRow) bool { return true })
	if err == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.builtIn[p.ID] = builtIn{p.Hash, p.Version}
	}
	return p, c, err
}

// Load adds a pack as Provide does and makes it the active version in any case: it is what an
// operator asked for by name or put into a folder.
func (l *Library) Load(ctx context.Context, a bot.Actor, from fs.FS, now time.Time) (*content.Pack, *bot.Change, error) {
	return l.add(ctx, a, from, now, func(r bot.PackRow) bool { return r.Active })
}

// add adds a pack unless a version of the same content is there that will do.
func (l *Library) add(ctx context.Context, a bot.Actor, from fs.FS, now time.Time, willDo func(bot.PackRow) bool) (*content.Pack, *bot.Change, error) {
	c := &bot.Change{At: now}
	reading := &catalog.Recorder{From: from, Read: catalog.Files{}}
	p, err := content.Load(reading, content.Options{})
	if err != nil {
		return nil, nil, err
	}
	rows, err := l.Versions(ctx, p.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		if r.Hash == p.Hash && willDo(r) {
			return p, c, nil
		}
	}
	err = l.publish(a, p, 0, reading.Read, c)
	return p, c, err
}

// publish puts a version into a change as the active one.
func (l *Library) publish(a bot.Actor, p *content.Pack, space bot.SpaceID, files catalog.Files, c *bot.Change) error {
	r := bot.PackRow{Pack: p.ID, Space: space, Hash: p.Hash, Version: p.Version, Files: files, By: a.Member, At: c.At}
	if err := MayChange(a, r); err != nil {
		return err
	}
	c.Packs = append(c.Packs, r)
	c.Activate = append(c.Activate, bot.Activation{Pack: p.ID, Hash: p.Hash})
	detail := string(p.ID) + " " + p.Version + " " + p.Hash
	c.Audit = append(c.Audit, bot.Audit{Space: space, Member: max(a.Member, bot.Operator.Member), Action: "pack-load", Detail: detail, At: c.At})
	return nil
}
