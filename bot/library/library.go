// Package library is what admins and operators do with packs: check, publish, roll back, switch
// off, and read reports and the audit.
//
// Library holds the operations. They take an actor and return values, so that the chat, the
// command line and other programs draw the same thing. Feature is their chat side.
//
// It promises that every change is audited with its actor and checked against the actor's rights
// on every call. It refuses to play: bot/catalog has packs ready for whoever asks questions.
package library

import (
	"context"
	"fmt"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/content"
)

// Store is what the library asks of a store.
type Store interface {
	bot.Packs
	NextID(ctx context.Context) (int64, error)
	Log(ctx context.Context, pack content.PackID, after int64, yield func(bot.Answer) bool) error
	Projection(ctx context.Context, name string, pack content.PackID) (bot.Projection, error)
	SaveProjection(ctx context.Context, p bot.Projection) error
	Reports(ctx context.Context, s bot.SpaceID, limit int) ([]bot.Report, error)
	Audits(ctx context.Context, s bot.SpaceID, limit int) ([]bot.Audit, error)
}

// Library does what actors ask for. Methods that change something put it into a Change, which
// the caller writes.
type Library struct {
	store Store
	packs *catalog.Catalog
	items *itemFolds

	bounds  bot.Bounds // of uploads
	mu      sync.Mutex
	builtIn map[content.PackID]builtIn // what Provide provided
}

// builtIn is a pack that comes with the program.
type builtIn struct{ hash, version string }

// New returns a library.
func New(s Store, packs *catalog.Catalog) *Library {
	return &Library{store: s, packs: packs, bounds: bot.Bounds{Drafts: bot.MaxDrafts}, items: newItemFolds(), builtIn: map[content.PackID]builtIn{}}
}

// MayChange returns a Notice unless an actor may change a pack: their space's own, or for owners
// those for everybody.
func MayChange(a bot.Actor, r bot.PackRow) error {
	switch {
	case a.Role < bot.ChatAdmin:
		return bot.Refuse(phrase.AdminsOnly)
	case r.Space == 0 && a.Role < bot.PackOwner:
		return bot.Refuse(phrase.OwnersOnly)
	case r.Space != 0 && r.Space != a.Space:
		return bot.Refuse(phrase.AdminsOnly)
	}
	return nil
}

// Versions returns all versions of a pack, newest first.
func (l *Library) Versions(ctx context.Context, pack content.PackID) ([]bot.PackRow, error) {
	rows, err := l.store.Versions(ctx, pack)
	if err != nil {
		return nil, fmt.Errorf("versions of %s: %w", pack, err)
	}
	return rows, nil
}

// Listing is a pack as a space sees it.
type Listing struct {
	bot.PackRow
	Off      bool   // the space, or everybody, has it switched off
	Replaces string // the version of the built-in pack in whose place it is; "": none
}

// List returns every pack that a space can see.
func (l *Library) List(ctx context.Context, space bot.SpaceID) ([]Listing, error) {
	rows, err := l.packs.Visible(ctx, space)
	if err != nil {
		return nil, err
	}
	off, err := l.store.SwitchedOff(ctx, space)
	if err != nil {
		return nil, fmt.Errorf("packs switched off in space %d: %w", space, err)
	}
	isOff := map[content.PackID]bool{}
	for _, id := range off {
		isOff[id] = true
	}
	out := make([]Listing, len(rows))
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, r := range rows {
		out[i] = Listing{PackRow: r, Off: isOff[r.Pack]}
		if b, ok := l.builtIn[r.Pack]; ok && b.hash != r.Hash {
			out[i].Replaces = b.version
		}
	}
	return out, nil
}

// Reports returns the newest reports that concern an actor, newest first: those of their space,
// and for an actor without a space those about packs for everybody.
func (l *Library) Reports(ctx context.Context, a bot.Actor, limit int) ([]bot.Report, error) {
	if err := mayRead(a); err != nil {
		return nil, err
	}
	rows, err := l.store.Reports(ctx, a.Space, limit)
	if err != nil {
		return nil, fmt.Errorf("reports of space %d: %w", a.Space, err)
	}
	return rows, nil
}

// Audits returns what was last changed in an actor's space, newest first, or for everybody.
func (l *Library) Audits(ctx context.Context, a bot.Actor, limit int) ([]bot.Audit, error) {
	if err := mayRead(a); err != nil {
		return nil, err
	}
	rows, err := l.store.Audits(ctx, a.Space, limit)
	if err != nil {
		return nil, fmt.Errorf("audit of space %d: %w", a.Space, err)
	}
	return rows, nil
}

func mayRead(a bot.Actor) error {
	switch {
	case a.Role < bot.ChatAdmin:
		return bot.Refuse(phrase.AdminsOnly)
	case a.Space == 0 && a.Role < bot.PackOwner:
		return bot.Refuse(phrase.OwnersOnly)
	}
	return nil
}
