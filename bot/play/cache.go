package play

import (
	"maps"
	"slices"
	"sync"

	"summitquiz/bot"
)

// cache holds copies of games that are being played. A game that was dropped is read anew when it is
// needed.
type cache struct {
	limit int // bytes

	mu    sync.Mutex
	byID  map[bot.SessionID]*live
	bytes int
}

func newCache(limit int) *cache { return &cache{limit: limit, byID: map[bot.SessionID]*live{}} }

// weight is about how many bytes a copy takes: what its script and its state say, as values and as text.
func (l *live) weight() int { return 16<<10 + 4*len(l.session.Script) }

// get returns the copy of a game; nil if there is none.
func (c *cache) get(id bot.SessionID) *live {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.byID[id]
}

// put adds a copy and returns the one that counts: two may have read the game at once, then the
// first one.
func (c *cache) put(l *live) *live {
	c.mu.Lock()
	defer c.mu.Unlock()
	if other := c.byID[l.session.ID]; other != nil {
		return other
	}
	if c.bytes >= c.limit {
		c.makeRoom()
	}
	c.byID[l.session.ID] = l
	c.bytes += l.weight()
	return l
}

// makeRoom drops games that nobody is working on.
func (c *cache) makeRoom() {
	left := 1 + len(c.byID)/10
	for id, l := range c.byID {
		if left == 0 {
			return
		}
		if l.mu.TryLock() {
			l.stale = true
			l.mu.Unlock()
			delete(c.byID, id)
			c.bytes -= l.weight()
			left--
		}
	}
}

// remove drops a copy from the map, whether or not somebody works on it.
func (c *cache) remove(l *live) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byID[l.session.ID] == l {
		delete(c.byID, l.session.ID)
		c.bytes -= l.weight()
	}
}

// drop drops a copy that may differ from the store.
func (c *cache) drop(l *live) {
	l.mu.Lock()
	l.stale = true
	l.mu.Unlock()
	c.remove(l)
}

// dropPlayer drops the games that know a member's name.
func (c *cache) dropPlayer(m bot.MemberID) {
	c.mu.Lock()
	all := slices.Collect(maps.Values(c.byID))
	c.mu.Unlock()
	for _, l := range all {
		l.mu.Lock()
		_, plays := l.names[m]
		l.mu.Unlock()
		if plays {
			c.drop(l)
		}
	}
}

func (c *cache) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.byID)
}
