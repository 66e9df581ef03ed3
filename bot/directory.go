package bot

import (
	"context"
	"sync"
	"time"

	"summitquiz/content/language"
)

// directory remembers who and where people are, so that most inputs ask the store for nothing.
type directory struct {
	store People

	mu      sync.Mutex
	chats   map[Place]Chat
	members map[Account]Member
	spaces  map[SpaceID]Space
	admins  map[Admin]bool
}

// directoryLimit bounds what is remembered; past it, the directory starts anew.
const directoryLimit = 100_000

func newDirectory(s People) *directory {
	d := &directory{store: s}
	d.clear()
	return d
}

func (d *directory) clear() {
	d.chats, d.members, d.spaces = map[Place]Chat{}, map[Account]Member{}, map[SpaceID]Space{}
	d.admins = map[Admin]bool{}
}

// noted reports whether it was noted that somebody administers a space.
func (d *directory) noted(a Admin) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.admins[a]
}

// enter returns the space, chat and member of an input.
func (d *directory) enter(ctx context.Context, p Place, who Person, now time.Time) (Space, Chat, Member, error) {
	account := Account{p.Platform, who.User}
	d.mu.Lock()
	chat, inChat := d.chats[p]
	space, inSpace := d.spaces[chat.Space]
	member, known := d.members[account]
	d.mu.Unlock()
	if inChat && inSpace && (who.User == "" || known && member.Name == who.Name) {
		return space, chat, member, nil
	}
	space, chat, member, err := d.store.Enter(ctx, p, who, now)
	if err != nil {
		return Space{}, Chat{}, Member{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.members) > directoryLimit || len(d.chats) > directoryLimit {
		d.clear()
	}
	d.chats[p], d.spaces[space.ID] = chat, space
	if who.User != "" {
		d.members[account] = member
	}
	return space, chat, member, nil
}

// learn takes over what a change that is durable now says of people and spaces.
func (d *directory) learn(c *Change) {
	if c.Member == nil && c.Space == nil && c.Admin == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.Admin != nil {
		d.admins[*c.Admin] = true
	}
	if c.Space != nil {
		delete(d.spaces, c.Space.ID) // read anew by whoever comes next
	}
	if c.Member != nil {
		for a, m := range d.members {
			if m.ID == c.Member.ID {
				delete(d.members, a)
			}
		}
	}
}

// forget drops everything: a member is gone or a chat has moved.
func (d *directory) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
}

// tongue is the language of what one person is told: their own choice, else the space's, else
// their client's, else English.
func tongue(m Member, s Space, locale string) language.Code {
	if m.Own {
		return m.Lang
	}
	if c, ok := language.Parse(s.Settings.Lang); ok && s.Settings.Lang != "" {
		return c
	}
	return guess(locale)
}

// style is how numbers are shown to a member.
func style(m Member, s Space) language.Style {
	if m.Digit == language.ArabicIndic || s.Settings.Indic {
		return language.Style{Digits: language.ArabicIndic}
	}
	return language.Style{}
}
