package telegram

import (
	"context"
	"sync"
	"time"
)

// adminCache remembers for a minute who administers the groups in which something is going on. One
// list a group and minute serves everybody who presses there.
type adminCache struct {
	client *client

	mu     sync.Mutex
	groups map[int64]*adminList
}

// adminList is the list of one group.
type adminList struct {
	mu     sync.Mutex // held while it is asked for
	asked  time.Time
	failed time.Time // when Telegram last did not answer
	ids    map[int64]bool
	missed map[int64]time.Time // who was looked for in vain, and when
}

// How long a list holds, and how many are kept.
const (
	adminListLife   = time.Minute
	adminRetryAfter = 5 * time.Second  // until Telegram is asked again after it did not answer
	adminListStale  = 10 * time.Minute // how old a list may be that counts meanwhile
	maxAdminLists   = 10_000
)

// is reports whether a person administers a group. Of whoever uses a command and is not on a
// list that was asked for before, it is asked anew: they may have been made an admin just now.
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
	// The bot need not be an admin to ask for the whole list, as it would have to for one member.
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

// known is what was known lately, for when Telegram does not answer; the caller holds c.mu.
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

// forget has the list of a group asked for anew.
func (a *adminCache) forget(group int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.groups, group)
}
