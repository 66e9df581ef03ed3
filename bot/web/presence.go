package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
)

// arrival is when a person came into a lobby and when their last page there was closed; left is zero
// while one is open. made: they made the lobby.
type arrival struct {
	first, left time.Time
	made        bool
}

// awayFor is how long somebody without a page still counts as present: a page that is loaded anew or a
// phone that changes its network is back by then. backWithin is how long after a start of the program the
// one who was host before counts as the one who has been there longest.
const (
	awayFor    = 15 * time.Second
	backWithin = time.Minute
)

// hostNote says by digests who made a lobby and who was its host, so that a restart changes neither.
type hostNote struct{ maker, host string }

func hostKey(lobby string) string { return "lobby/" + lobby }

// hostNoted reads what was noted of the hosts of a lobby that has no open page yet. Where others have it open
// at another process, it was not made by whoever comes now.
func (a *Adapter) hostNoted(ctx context.Context, name string) hostNote {
	if a.lobbies.lobby(name) != nil {
		return hostNote{}
	}
	text, err := a.notes.Note(ctx, hostKey(name))
	if err != nil {
		a.log.Warn("read whose a lobby is", "lobby", name, "err", err)
	}
	maker, host, _ := strings.Cut(text, " ")
	if maker == "" && a.guests != nil {
		others, err := a.elsewhere(ctx, name)
		if err != nil || len(others) > 0 {
			maker = "-" // no digest of anybody
		}
	}
	return hostNote{maker, host}
}

// noteHost notes who made a lobby and who is its host, if that has changed. It is called when somebody does
// something there: nothing is written for looking.
func (a *Adapter) noteHost(ctx context.Context, name string) {
	l := a.lobbies.lobby(name)
	if l == nil {
		return
	}
	l.mu.Lock()
	host := l.host()
	if host == "" || l.noted && l.hosts.host == a.cookie.digest(host) {
		l.mu.Unlock()
		return
	}
	l.noted, l.hosts.host = true, a.cookie.digest(host)
	text := l.hosts.maker + " " + l.hosts.host
	l.mu.Unlock()
	if err := a.notes.SetNote(ctx, hostKey(name), text); err != nil {
		a.log.Warn("note whose a lobby is", "lobby", name, "err", err)
	}
}

// arrive notes that a page of a person was opened. The caller holds ls.mu and l.mu.
func (ls *lobbies) arrive(l *lobby, user string) {
	now := ls.now()
	for other, a := range l.came {
		if !a.left.IsZero() && now.Sub(a.left) > awayFor {
			delete(l.came, other)
		}
	}
	a, ok := l.came[user]
	if !ok {
		who := ls.digest(user)
		a.first, a.made = now, who == l.hosts.maker
		if who == l.hosts.host && now.Sub(ls.began) < backWithin {
			a.first = ls.began.Add(-time.Second) // before all others
		}
	}
	a.left = time.Time{}
	l.came[user] = a
}

// lastPage is who was in a lobby when its last page at this process was closed.
type lastPage struct {
	at     time.Time
	guests []bot.Guest
}

// leftNow notes that the last page of a lobby was closed. The caller holds ls.mu and l.mu.
func (ls *lobbies) leftNow(l *lobby) {
	now := ls.now()
	for other, p := range ls.left {
		if now.Sub(p.at) > awayFor {
			delete(ls.left, other)
		}
	}
	ls.left[l.name] = lastPage{now, l.guests(now)}
}

// depart notes that a page of a person was closed. The caller holds l.mu.
func (l *lobby) depart(user string, now time.Time) {
	for s := range l.streams {
		if s.who.User == user {
			return
		}
	}
	a := l.came[user]
	a.left = now
	l.came[user] = a
}

// host is the host of the lobby by all that is known. The caller holds l.mu.
func (l *lobby) host() string { return hostOf(append(l.guests(time.Time{}), l.others...)) }

// guests returns who has pages of the lobby open at this process, or had some a moment before now. The caller
// holds l.mu.
func (l *lobby) guests(now time.Time) []bot.Guest {
	var out []bot.Guest
	for user, a := range l.came {
		if a.left.IsZero() || now.Sub(a.left) <= awayFor {
			out = append(out, bot.Guest{User: user, First: a.first, Left: a.left, Made: a.made})
		}
	}
	return out
}

// hostOf is whoever made a lobby, while they are there, else whoever has been there longest: nobody
// administers a lobby, and somebody has to be able to go on.
func hostOf(all []bot.Guest) string {
	var host *bot.Guest
	for i := range all {
		g := &all[i]
		switch {
		case !g.Left.IsZero():
		case host == nil, g.Made && !host.Made, g.Made == host.Made && (g.First.Before(host.First) || g.First.Equal(host.First) && g.User < host.User):
			host = g
		}
	}
	if host == nil {
		return ""
	}
	return host.User
}

// isHost reports whether a person is the host of a lobby. Where that is not known nobody is.
func (a *Adapter) isHost(ctx context.Context, name, user string) bool {
	all, err := a.everybody(ctx, name)
	return err == nil && user == hostOf(all)
}

// Present reports whether a person is in a lobby, or was a moment ago. Just after a start nobody is
// known to be away: the pages come back one by one.
func (a *Adapter) Present(ctx context.Context, name, user string) bool {
	all, err := a.everybody(ctx, name)
	return err != nil || a.blinded() || a.clock.Now().Sub(a.lobbies.began) < awayFor || slices.ContainsFunc(all, func(g bot.Guest) bool { return g.User == user })
}

// Deserted reports whether nobody is in a lobby, nor was a moment ago.
func (a *Adapter) Deserted(ctx context.Context, name string) bool {
	all, err := a.everybody(ctx, name)
	return err == nil && !a.blinded() && len(all) == 0 && a.clock.Now().Sub(a.lobbies.began) >= awayFor
}
