package telegram

import (
	"context"
	"sync"
	"time"
)

// adminCache caches for a minute who administers the active groups. One list for each group and minute serves
// everybody who presses there.
type adminCache struct {
	client *client

	mu     sync.Mutex
	groups map[int64]*adminList
}

// adminList is the list of one group.
type adminList struct {
	mu     sync.Mutex // held while the list is requested
	asked  time.Time
	failed time.Time // when a request last failed
	ids    map[int64]bool
	missed map[int64]time.Time // users who were not on the list, and when they were looked up
}

// How long a list is valid, and how many are cached.
const (
	adminListLife   = time.Minute
	adminRetryAfter = 5 * time.Second  // wait after a failed request
	adminListStale  = 10 * time.Minute // a list up to this age is used after a failed request
	maxAdminLists   = 10_000
)

// is reports whether a person administers a group. If a person who uses a command is not on the cached list,
// the list is requested again: they may have just become an admin.
func (a *adminCache) is(ctx context.Context, group, who int64, command bool) (bool, error) {
	c := a.list(group)
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if now.Sub(c.asked) < adminListLife && (c.ids[who] || !command || now.Sub(c.missed[who]) < adminListLife) {
		return c.ids[who], nil
	}
	if now.Sub(c.failed) < adminRetryAfter {
		return c.known(who, now), nil
	}
	// Only admins may request the status of one member; everybody may request the list of admins.
	var list []struct {
		User user `json:"user"`
	}
	if err := a.client.do(ctx, "getChatAdministrators", params{"chat_id": decimal(group)}, &list, callTime); err != nil {
		c.failed = time.Now()
		return c.known(who, c.failed), err
	}
	if c.missed == nil || len(c.missed) > maxAdminLists {
		c.missed = map[int64]time.Time{}
	}
	c.asked, c.ids, c.missed[who] = now, map[int64]bool{}, now
	for _, m := range list {
		if !m.User.Bot {
			c.ids[m.User.ID] = true
		}
	}
	return c.ids[who], nil
}

// known is the answer by an older list, for use after a failed request. The caller holds c.mu.
func (c *adminList) known(who int64, now time.Time) bool {
	return c.ids[who] && now.Sub(c.asked) < adminListStale
}

func (a *adminCache) list(group int64) *adminList {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.groups[group]
	if c == nil {
		if len(a.groups) >= maxAdminLists {
			clear(a.groups)
		}
		c = &adminList{}
		a.groups[group] = c
	}
	return c
}

// forget drops the list of a group.
func (a *adminCache) forget(group int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.groups, group)
}
