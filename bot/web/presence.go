package web

import (
	"context"
	"strings"
	"time"
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

// hostNoted reads what was noted of the hosts of a lobby that has no open page yet.
func (a *Adapter) hostNoted(ctx context.Context, name string) hostNote {
	if a.lobbies.lobby(name) != nil {
		return hostNote{}
	}
	text, err := a.notes.Note(ctx, hostKey(name))
	if err != nil {
		a.log.Warn("read whose a lobby is", "lobby", name, "err", err)
	}
	maker, host, _ := strings.Cut(text, " ")
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

// leftNow notes that the last page of a lobby was closed. The caller holds ls.mu.
func (ls *lobbies) leftNow(name string) {
	now := ls.now()
	for other, at := range ls.left {
		if now.Sub(at) > awayFor {
			delete(ls.left, other)
		}
	}
	ls.left[name] = now
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

// host is whoever made the lobby, while they are there, else whoever has been there longest: nobody
// administers a lobby, and somebody has to be able to go on. The caller holds l.mu.
func (l *lobby) host() string {
	host := ""
	for user, a := range l.came {
		switch {
		case !a.left.IsZero():
		case a.made:
			return user
		case host == "", a.first.Before(l.came[host].first), a.first.Equal(l.came[host].first) && user < host:
			host = user
		}
	}
	return host
}

// isHost reports whether a person is the host of a lobby.
func (ls *lobbies) isHost(name, user string) bool {
	l := ls.lobby(name)
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.host() == user
}

// Present reports whether a person is in a lobby, or was a moment ago. Just after a start nobody is
// known to be away: the pages come back one by one.
func (a *Adapter) Present(name, user string) bool {
	now := a.clock.Now()
	if now.Sub(a.lobbies.began) < awayFor {
		return true
	}
	l := a.lobbies.lobby(name)
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.came[user]
	return ok && (at.left.IsZero() || now.Sub(at.left) <= awayFor)
}

// Deserted reports whether nobody is in a lobby, nor was a moment ago.
func (a *Adapter) Deserted(name string) bool {
	ls := a.lobbies
	now := a.clock.Now()
	ls.mu.Lock()
	defer ls.mu.Unlock()
	at, ok := ls.left[name]
	return ls.byName[name] == nil && now.Sub(ls.began) >= awayFor && !(ok && now.Sub(at) <= awayFor)
}
