package service

import (
	"context"
	"sync"
	"time"

	"summitquiz/bot"
)

// directory caches who and where people are, so that most inputs ask the store for nothing.
type directory struct {
	store bot.People

	mu       sync.Mutex
	chats    map[bot.Place]bot.Chat
	members  map[bot.Account]entry
	spaces   map[bot.SpaceID]bot.Space
	admins   map[bot.Admin]bool
	clears   int // how often it was cleared
	revision int64
	checked  time.Time
}

// entry is the member of an account, with the name of the account, which may not be the member's.
type entry struct {
	member bot.Member
	name   string
}

// directoryLimit bounds what is cached; past it, the directory starts anew.
const directoryLimit = 100_000

func newDirectory(s bot.People) *directory {
	d := &directory{store: s}
	d.empty()
	return d
}

// clear drops everything.
func (d *directory) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.empty()
}

func (d *directory) empty() {
	d.chats, d.members, d.spaces = map[bot.Place]bot.Chat{}, map[bot.Account]entry{}, map[bot.SpaceID]bot.Space{}
	d.admins = map[bot.Admin]bool{}
	d.clears++
}

// shouldCheck reports whether it is time to ask for the store's revision.
func (d *directory) shouldCheck(now time.Time, always bool) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	since := now.Sub(d.checked)
	return always || since >= revisionEvery || since < 0
}

// outdated notes the store's revision and reports whether it has changed since it was last noted.
func (d *directory) outdated(revision int64, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.checked = now
	changed := revision != d.revision
	d.revision = revision
	return changed
}

// administers reports whether it is noted that somebody administers a space.
func (d *directory) administers(a bot.Admin) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.admins[a]
}

// cached returns the space, chat and member of an input if all are known.
func (d *directory) cached(p bot.Place, who bot.Person) (bot.Space, bot.Chat, bot.Member, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	chat, inChat := d.chats[p]
	space, inSpace := d.spaces[chat.Space]
	known, ok := d.members[bot.Account{Platform: p.Platform, User: who.User}]
	return space, chat, known.member, inChat && inSpace && (who.User == "" || ok && known.name == who.Name)
}

// look returns what there is of the space, chat and member of an input.
func (d *directory) look(ctx context.Context, p bot.Place, who bot.Person) (bot.Space, bot.Chat, bot.Member, error) {
	if space, chat, member, ok := d.cached(p, who); ok {
		return space, chat, member, nil
	}
	return d.store.Look(ctx, p, who)
}

// enter returns the space, chat and member of an input, or ErrRepeated if the input was handled
// before: a person who was forgotten by it is not made anew.
func (d *directory) enter(ctx context.Context, id bot.InputID, p bot.Place, who bot.Person, now time.Time) (bot.Space, bot.Chat, bot.Member, error) {
	account := bot.Account{Platform: p.Platform, User: who.User}
	if space, chat, member, ok := d.cached(p, who); ok {
		return space, chat, member, nil
	}
	d.mu.Lock()
	clears := d.clears
	d.mu.Unlock()
	if id != "" {
		switch repeated, err := d.store.Handled(ctx, id); {
		case err != nil:
			return bot.Space{}, bot.Chat{}, bot.Member{}, err
		case repeated:
			return bot.Space{}, bot.Chat{}, bot.Member{}, bot.ErrRepeated
		}
	}
	space, chat, member, err := d.store.Enter(ctx, p, who, now)
	if err != nil {
		return bot.Space{}, bot.Chat{}, bot.Member{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if clears != d.clears {
		return space, chat, member, nil // something changed while it was read
	}
	if len(d.members) > directoryLimit || len(d.chats) > directoryLimit {
		d.empty()
	}
	d.chats[p], d.spaces[space.ID] = chat, space
	if who.User != "" {
		d.members[account] = entry{member, who.Name}
	}
	return space, chat, member, nil
}

// saved takes over what a change that is durable now says of people and spaces.
func (d *directory) saved(c *bot.Change) {
	if c.Member == nil && c.Space == nil && c.Admin == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clears++ // whoever reads meanwhile may have read what was there before
	if c.Admin != nil {
		if len(d.admins) > directoryLimit {
			d.empty()
		}
		d.admins[*c.Admin] = true
	}
	if c.Space != nil {
		delete(d.spaces, c.Space.ID) // read anew for the next input
	}
	if c.Member != nil {
		for a, m := range d.members {
			if m.member.ID == c.Member.ID {
				delete(d.members, a)
			}
		}
	}
}
