package web

import "time"

// arrival is when a person came into a lobby and when their last page there was closed; left is zero
// while one is open.
type arrival struct{ first, left time.Time }

// awayFor is how long somebody without a page still counts as present: a page that is loaded anew or a
// phone that changes its network is back by then.
const awayFor = 15 * time.Second

// arrive notes that a page of a person was opened. The caller holds l.mu.
func (l *lobby) arrive(user string, now time.Time) {
	for other, a := range l.came {
		if !a.left.IsZero() && now.Sub(a.left) > awayFor {
			delete(l.came, other)
		}
	}
	a, ok := l.came[user]
	if !ok {
		a.first = now
	}
	a.left = time.Time{}
	l.came[user] = a
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
		case user == l.maker:
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
