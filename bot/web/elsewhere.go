package web

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
)

// Where several processes serve the room, each tells the others who has pages of a lobby open with it, and a
// decision about who is there, or who the host is, looks at what all of them say.

// How long what a process says of a lobby holds, how often it says it again, and how long the store may take.
const (
	guestsHold  = 20 * time.Second
	guestsEvery = 5 * time.Second
	guestsTake  = 2 * time.Second
)

// elsewhere returns who is in a lobby at other processes, or was a moment ago.
func (a *Adapter) elsewhere(ctx context.Context, name string) ([]bot.Guest, error) {
	if a.guests == nil {
		return nil, nil
	}
	limited, cancel := context.WithTimeout(ctx, guestsTake)
	defer cancel()
	all, err := a.guests.GuestsElsewhere(limited, name, a.process)
	if err != nil && ctx.Err() == nil {
		a.blind.Store(time.Now().UnixNano())
		a.log.Warn("read who is in a lobby", "lobby", name, "err", err)
	}
	return all, err
}

// blinded reports whether the store did not answer a while ago: then other processes may have had no chance
// to say who is with them, and nobody counts as gone.
func (a *Adapter) blinded() bool { return time.Since(time.Unix(0, a.blind.Load())) < guestsHold }

// everybody returns who is in a lobby at any process, or was a moment ago.
func (a *Adapter) everybody(ctx context.Context, name string) ([]bot.Guest, error) {
	others, err := a.elsewhere(ctx, name)
	return append(a.lobbies.guests(name), others...), err
}

// tell tells the other processes who has pages of a lobby open here. What is told is what is so when it is
// written, as one is written at a time.
func (a *Adapter) tell(ctx context.Context, name string) {
	if a.guests == nil {
		return
	}
	a.telling.Lock()
	defer a.telling.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), guestsTake)
	defer cancel()
	if err := a.guests.SetGuests(ctx, name, a.process, a.lobbies.guests(name), guestsHold); err != nil {
		a.blind.Store(time.Now().UnixNano())
		a.log.Warn("tell who is in a lobby", "lobby", name, "err", err)
	}
}

// guests returns who has pages of a lobby open here, or had some a moment ago, in order of their coming.
func (ls *lobbies) guests(name string) []bot.Guest {
	ls.mu.Lock()
	l, last := ls.byName[name], ls.left[name]
	ls.mu.Unlock()
	now := ls.now()
	if l == nil && now.Sub(last.at) > awayFor {
		return nil
	}
	if l == nil {
		return last.guests
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.guests(now)
	for i := range out {
		for s := range l.streams {
			if s.who.User == out[i].User {
				out[i].Name = s.who.Name
			}
		}
	}
	slices.SortFunc(out, func(a, b bot.Guest) int { return cmp.Or(a.First.Compare(b.First), strings.Compare(a.User, b.User)) })
	return out
}

// look reads who is in a lobby at other processes, and shows it to the pages where that has changed.
func (a *Adapter) look(ctx context.Context, l *lobby) {
	others, err := a.elsewhere(ctx, l.name)
	if err != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Equal(l.others, others) {
		l.others = others
		l.announce()
	}
}
