package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"summitquiz/content"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/pick"
)

// Version is one version of a pack with all that is computed of it once.
type Version struct {
	Pack    *content.Pack
	Maker   *generate.Generator
	Lexicon *grade.Lexicon
	Index   *pick.Index
}

// shelf keeps versions of packs ready for use.
type shelf struct {
	store Shelf

	mu       sync.Mutex
	versions map[versionKey]*volume
	order    []versionKey // least recently used first
	lists    map[SpaceID]packList
}

type versionKey struct {
	pack content.PackID
	hash string
}

// volume is a version that is ready, or being made ready by whoever came first.
type volume struct {
	once sync.Once
	v    *Version
	err  error
}

// packList is what a space can see, as read at a time.
type packList struct {
	rows []PackRow
	read time.Time
}

// How much the shelf keeps: versions in memory, and for how long a list is taken for true, as
// another process may load packs into the same database.
const (
	shelfRoom = 32
	listLife  = 2 * time.Second
)

func newShelf(s Shelf) *shelf {
	return &shelf{store: s, versions: map[versionKey]*volume{}, lists: map[SpaceID]packList{}}
}

// version returns one version of a pack, made ready on first use.
func (s *shelf) version(ctx context.Context, pack content.PackID, hash string) (*Version, error) {
	key := versionKey{pack, hash}
	s.mu.Lock()
	vol := s.versions[key]
	if vol == nil {
		vol = &volume{}
		s.versions[key] = vol
		if len(s.versions) > shelfRoom {
			delete(s.versions, s.order[0])
			s.order = s.order[1:]
		}
	} else if i := slices.Index(s.order, key); i >= 0 {
		s.order = slices.Delete(s.order, i, i+1)
	}
	s.order = append(s.order, key)
	s.mu.Unlock()
	vol.once.Do(func() { vol.v, vol.err = s.ready(ctx, pack, hash) })
	if vol.err != nil {
		s.mu.Lock()
		if s.versions[key] == vol { // the next one tries again
			delete(s.versions, key)
			s.order = slices.DeleteFunc(s.order, func(k versionKey) bool { return k == key })
		}
		s.mu.Unlock()
	}
	return vol.v, vol.err
}

func (s *shelf) ready(ctx context.Context, pack content.PackID, hash string) (*Version, error) {
	row, err := s.store.PackFiles(ctx, pack, hash)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", pack, err)
	}
	p, err := content.Load(folder(row.Files), content.Options{Space: spaceOf(pack)})
	if err != nil {
		return nil, fmt.Errorf("pack %s of %s: %w", pack, hash, err)
	}
	return newVersion(p), nil
}

func newVersion(p *content.Pack) *Version {
	g := generate.New(p)
	return &Version{Pack: p, Maker: g, Lexicon: grade.NewLexicon(p), Index: pick.NewIndex(p, g)}
}

// visible returns the active version of every pack that a space can use, those that it has
// switched off included.
func (s *shelf) visible(ctx context.Context, space SpaceID, now time.Time) ([]PackRow, error) {
	s.mu.Lock()
	list, ok := s.lists[space]
	s.mu.Unlock()
	if ok && now.Sub(list.read) < listLife {
		return list.rows, nil
	}
	rows, err := s.store.Packs(ctx, space)
	if err != nil {
		return nil, fmt.Errorf("packs of space %d: %w", space, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.lists) > directoryLimit {
		s.lists = map[SpaceID]packList{}
	}
	s.lists[space] = packList{rows, now}
	return rows, nil
}

// learn takes over what a change says of packs.
func (s *shelf) learn(c *Change) {
	if len(c.Packs)+len(c.Activate)+len(c.Off) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists = map[SpaceID]packList{}
}

// Provide puts a pack that is built in on the shelf, for everybody, checked. The version becomes
// the active one when it comes for the first time; one that was there before stays as it is, so
// that whoever went back to another keeps that. Its error joins every Problem of a pack that
// cannot be used.
func (h *Hall) Provide(ctx context.Context, from fs.FS) (*content.Pack, error) {
	return h.publish(ctx, from, func(PackRow) bool { return true })
}

// Load puts a pack on the shelf as Provide does and makes it the active version in any case: it
// is what an operator asked for by name or put into a folder.
func (h *Hall) Load(ctx context.Context, from fs.FS) (*content.Pack, error) {
	return h.publish(ctx, from, func(r PackRow) bool { return r.Active })
}

// publish puts a pack on the shelf unless a version of the same content is there that will do.
func (h *Hall) publish(ctx context.Context, from fs.FS, willDo func(PackRow) bool) (*content.Pack, error) {
	reading := &recorder{from: from, read: folder{}}
	p, err := content.Load(reading, content.Options{})
	if err != nil {
		return nil, err
	}
	rows, err := h.store.Versions(ctx, p.ID)
	if err != nil {
		return nil, fmt.Errorf("provide pack %s: %w", p.ID, err)
	}
	for _, r := range rows {
		if r.Hash == p.Hash && willDo(r) {
			return p, nil
		}
	}
	row := PackRow{Pack: p.ID, Hash: p.Hash, Version: p.Version, Files: reading.read, At: h.now()}
	c := &Change{At: row.At, Packs: []PackRow{row}, Activate: []Activation{{p.ID, p.Hash}}}
	c.Audit = []Audit{{Action: "pack-load", Detail: string(p.ID) + " " + p.Version + " " + p.Hash, At: row.At}}
	if err := h.write(ctx, c); err != nil {
		return nil, fmt.Errorf("provide pack %s: %w", p.ID, err)
	}
	return p, nil
}

// errNoPack means that a space has no pack of a name, or has it switched off.
var errNoPack = errors.New("no such pack")

// usable returns the active version row of a pack that a space may play. An empty name asks
// for the first one: the space's own packs come first.
func (h *Hall) usable(ctx context.Context, space SpaceID, name string) (PackRow, error) {
	rows, err := h.playable(ctx, space)
	if err != nil {
		return PackRow{}, err
	}
	for _, r := range rows {
		if name == "" || string(r.Pack) == name || packName(r.Pack) == name {
			return r, nil
		}
	}
	return PackRow{}, fmt.Errorf("%w: %q", errNoPack, name)
}

// playable returns the packs that a space can play: its own first, and of each the one that was
// loaded last, since that is what people came to play.
func (h *Hall) playable(ctx context.Context, space SpaceID) ([]PackRow, error) {
	rows, err := h.shelf.visible(ctx, space, h.now())
	if err != nil {
		return nil, err
	}
	off, err := h.store.SwitchedOff(ctx, space)
	if err != nil {
		return nil, fmt.Errorf("packs switched off in space %d: %w", space, err)
	}
	out := slices.DeleteFunc(slices.Clone(rows), func(r PackRow) bool { return slices.Contains(off, r.Pack) })
	slices.SortStableFunc(out, func(a, b PackRow) int {
		if own := (a.Space != 0); own != (b.Space != 0) {
			return either(own, -1, 1)
		}
		return b.At.Compare(a.At)
	})
	return out, nil
}
