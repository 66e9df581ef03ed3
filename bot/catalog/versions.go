package catalog

import (
	"slices"
	"sync"

	"summitquiz/content"
)

// versionLimit bounds how many versions are in memory.
const versionLimit = 32

// Versions caches versions of packs that are ready for use, the least recently used of which give
// way. It is safe for use by many goroutines.
type Versions struct {
	mu    sync.Mutex
	byKey map[versionKey]*loading
	order []versionKey // least recently used first
}

// NewVersions returns an empty cache.
func NewVersions() *Versions { return &Versions{byKey: map[versionKey]*loading{}} }

type versionKey struct {
	pack content.PackID
	hash string
}

// loading is a version that is ready, or being made ready by the first who asked.
type loading struct {
	once sync.Once
	v    *Version
	err  error
}

// get returns a version, loaded by the first who asks for it. After an error the next one tries
// again.
func (c *Versions) get(key versionKey, load func() (*Version, error)) (*Version, error) {
	c.mu.Lock()
	l := c.byKey[key]
	if l == nil {
		l = &loading{}
		c.byKey[key] = l
		if len(c.byKey) > versionLimit {
			delete(c.byKey, c.order[0])
			c.order = c.order[1:]
		}
	} else if i := slices.Index(c.order, key); i >= 0 {
		c.order = slices.Delete(c.order, i, i+1)
	}
	c.order = append(c.order, key)
	c.mu.Unlock()
	l.once.Do(func() { l.v, l.err = load() })
	if l.err != nil {
		c.mu.Lock()
		if c.byKey[key] == l {
			delete(c.byKey, key)
			c.order = slices.DeleteFunc(c.order, func(k versionKey) bool { return k == key })
		}
		c.mu.Unlock()
	}
	return l.v, l.err
}
