// Package catalog keeps the packs that people can play ready for use: loaded, with the index,
// generator and lexicon that features need.
//
// It promises that a version is made ready once, however many ask for it at the same time, and
// that memory is bounded. It refuses to change packs: bot/library does.
package catalog

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/daily"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/pick"
)

// Version is one version of a pack with all that is computed from it once.
type Version struct {
	Pack      *content.Pack
	Generator *generate.Generator
	Lexicon   *grade.Lexicon
	Index     *pick.Index

	pool func() *daily.Pool
}

// Pool is what the days' sets of the version are drawn from, made when it is first needed.
func (v *Version) Pool() *daily.Pool { return v.pool() }

// NewVersion makes a loaded pack ready for use.
func NewVersion(p *content.Pack) *Version {
	g := generate.New(p)
	return &Version{Pack: p, Generator: g, Lexicon: grade.NewLexicon(p), Index: pick.NewIndex(p, g),
		pool: sync.OnceValue(func() *daily.Pool { return daily.NewPool(p, g) })}
}

// Catalog knows which packs a space sees, and has them ready for use. It is safe for use by many
// goroutines.
type Catalog struct {
	store    bot.Packs
	versions *Versions
	builtIn  []string // names of the program's own packs, the one for people who name none first

	mu    sync.Mutex
	lists map[bot.SpaceID][]bot.PackRow
	drops int // how often lists were dropped
}

// listLimit bounds for how many spaces it is cached which packs they see.
const listLimit = 100_000

// New returns a catalog of a store. Versions never change, so that catalogs of several stores may
// share them.
func New(s bot.Packs, versions *Versions) *Catalog {
	return &Catalog{store: s, versions: versions, lists: map[bot.SpaceID][]bot.PackRow{}}
}

// Prefer tells the names of the program's own packs, the one first that people play who name none.
// It is called before the catalog is used.
func (c *Catalog) Prefer(first string, builtIn []string) {
	c.builtIn = append([]string{first}, builtIn...)
}

// Preferred reports whether a pack is the one that people play who name none. Everybody may know its
// title before they play.
func (c *Catalog) Preferred(r bot.PackRow) bool {
	return len(c.builtIn) > 0 && r.Space == 0 && Called(r, c.builtIn[0])
}

// Version returns one version of a pack, made ready on first use.
func (c *Catalog) Version(ctx context.Context, pack content.PackID, hash string) (*Version, error) {
	return c.versions.get(versionKey{pack, hash}, func() (*Version, error) { return c.load(ctx, pack, hash) })
}

func (c *Catalog) load(ctx context.Context, pack content.PackID, hash string) (*Version, error) {
	row, err := c.store.PackFiles(ctx, pack, hash)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", pack, err)
	}
	p, err := content.Load(Files(row.Files), content.Options{Space: spaceOf(pack), Accepted: true})
	if err != nil {
		return nil, fmt.Errorf("pack %s of %s: %w", pack, hash, err)
	}
	return NewVersion(p), nil
}

// Visible returns the active version of every pack that a space can use, those that it has
// switched off included.
func (c *Catalog) Visible(ctx context.Context, space bot.SpaceID) ([]bot.PackRow, error) {
	c.mu.Lock()
	rows, ok := c.lists[space]
	drops := c.drops
	c.mu.Unlock()
	if ok {
		return rows, nil
	}
	rows, err := c.store.Packs(ctx, space)
	if err != nil {
		return nil, fmt.Errorf("packs of space %d: %w", space, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if drops != c.drops {
		return rows, nil // something changed while they were read
	}
	if len(c.lists) >= listLimit {
		clear(c.lists)
	}
	c.lists[space] = rows
	return rows, nil
}

// Playable returns the packs that a space can play: its own first, and of each the one that was
// loaded last, since that is what people came to play.
func (c *Catalog) Playable(ctx context.Context, space bot.SpaceID) ([]bot.PackRow, error) {
	rows, err := c.Visible(ctx, space)
	if err != nil {
		return nil, err
	}
	off, err := c.store.SwitchedOff(ctx, space)
	if err != nil {
		return nil, fmt.Errorf("packs switched off in space %d: %w", space, err)
	}
	out := slices.DeleteFunc(slices.Clone(rows), func(r bot.PackRow) bool { return slices.Contains(off, r.Pack) })
	slices.SortStableFunc(out, func(a, b bot.PackRow) int {
		switch {
		case (a.Space != 0) == (b.Space != 0):
			return b.At.Compare(a.At)
		case a.Space != 0:
			return -1
		default:
			return 1
		}
	})
	return out, nil
}

// Find returns the pack of a name that a space may play, or a Notice. An empty name asks for the
// space's own pack, else one that the operator brought, else the widest of the program's own.
func (c *Catalog) Find(ctx context.Context, space bot.SpaceID, name string) (bot.PackRow, error) {
	rows, err := c.Playable(ctx, space)
	if err != nil {
		return bot.PackRow{}, err
	}
	if name == "" && len(rows) > 0 && rows[0].Space == 0 && slices.ContainsFunc(c.builtIn, func(own string) bool { return Called(rows[0], own) }) {
		if i := slices.IndexFunc(rows, func(r bot.PackRow) bool { return Called(r, c.builtIn[0]) }); i >= 0 {
			return rows[i], nil
		}
	}
	for _, r := range rows {
		if name == "" || Called(r, name) {
			return r, nil
		}
	}
	if name == "" {
		return bot.PackRow{}, bot.Refuse(phrase.NoPacks)
	}
	return bot.PackRow{}, noPack(name)
}

// FindVisible returns the pack of a name among all that a space sees, its own first, or a Notice.
func (c *Catalog) FindVisible(ctx context.Context, space bot.SpaceID, name string) (bot.PackRow, error) {
	rows, err := c.Visible(ctx, space)
	if err != nil {
		return bot.PackRow{}, err
	}
	for _, own := range []bool{true, false} {
		for _, r := range rows {
			if (r.Space != 0) == own && Called(r, name) {
				return r, nil
			}
		}
	}
	return bot.PackRow{}, noPack(name)
}

func noPack(name string) error {
	return bot.Refuse(phrase.NoPack, phrase.Name("pack", language.Cut(bot.CleanName(name), 60)))
}

// Title is what a pack is called in a language. A pack that cannot be read is called by its name.
func (c *Catalog) Title(ctx context.Context, r bot.PackRow, l language.Code) string {
	v, err := c.Version(ctx, r.Pack, r.Hash)
	if err != nil {
		return Name(r.Pack)
	}
	return TitleIn(v.Pack, l)
}

// TitleOf is the title of a pack that a space may not see any more.
func (c *Catalog) TitleOf(ctx context.Context, space bot.SpaceID, id content.PackID, l language.Code) string {
	rows, err := c.Visible(ctx, space)
	if err != nil {
		return Name(id)
	}
	for _, r := range rows {
		if r.Pack == id {
			return c.Title(ctx, r, l)
		}
	}
	return Name(id)
}

// Saved drops the lists that a change makes stale.
func (c *Catalog) Saved(change *bot.Change) {
	if len(change.Packs)+len(change.Activate)+len(change.Off) > 0 {
		c.DropCached(0)
	}
}

// DropCached drops which packs spaces see. Versions stay: they never change.
func (c *Catalog) DropCached(bot.MemberID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.lists)
	c.drops++
}
