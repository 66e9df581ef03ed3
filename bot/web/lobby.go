package web

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"summitquiz/content/language"
)

// lobby is a chat with somebody in it.
type lobby struct {
	name string

	mu      sync.Mutex
	streams map[*stream]bool
}

// stream is one open page.
type stream struct {
	who  account
	lang language.Code // of the page
	out  chan event
	lost chan struct{} // closed when the page is too slow; it comes back and looks anew
	once sync.Once
}

// streamBuffer is how many events a page may lag behind.
const streamBuffer = 128

// Errors of joining.
var (
	errFull = errors.New("the lobby is full")
	errBusy = errors.New("too many lobbies are in use")
)

// at returns a lobby with somebody in it, or nil.
func (r *Room) at(name string) *lobby {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lobbies[name]
}

// join brings an open page into a lobby. The caller leaves again.
func (r *Room) join(name string, who account, lang language.Code) (*lobby, *stream, error) {
	s := &stream{who: who, lang: lang, out: make(chan event, streamBuffer), lost: make(chan struct{})}
	r.mu.Lock()
	l := r.lobbies[name]
	if l == nil {
		if len(r.lobbies) >= r.bounds.Lobbies {
			r.mu.Unlock()
			return nil, nil, errBusy
		}
		l = &lobby{name: name, streams: map[*stream]bool{}}
		r.lobbies[name] = l
	}
	l.mu.Lock()
	r.mu.Unlock()
	defer l.mu.Unlock()
	if len(l.streams) >= r.bounds.Members {
		return nil, nil, errFull
	}
	tabs := 0
	for other := range l.streams {
		if other.who.User == who.User {
			tabs++
		}
	}
	if tabs >= r.bounds.Tabs {
		return nil, nil, errFull
	}
	l.streams[s] = true
	l.tell()
	return l, s, nil
}

// leave takes a page out. A lobby without pages is forgotten: all that matters is stored.
func (r *Room) leave(l *lobby, s *stream) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.streams, s)
	if len(l.streams) == 0 {
		delete(r.lobbies, l.name)
		return
	}
	l.tell()
}

// send gives an event, drawn once for each language, to the pages that want it.
func (l *lobby) send(wants func(*stream) bool, draw func(language.Code) event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.give(wants, draw)
}

func (l *lobby) give(wants func(*stream) bool, draw func(language.Code) event) {
	var drawn [language.Count]*event
	for s := range l.streams {
		if !wants(s) {
			continue
		}
		if drawn[s.lang] == nil {
			e := draw(s.lang)
			drawn[s.lang] = &e
		}
		select {
		case s.out <- *drawn[s.lang]:
		default:
			s.once.Do(func() { close(s.lost) })
		}
	}
}

// tell says who is here to everybody who is.
func (l *lobby) tell() {
	present := l.present()
	l.give(func(*stream) bool { return true }, func(language.Code) event { return here(present) })
}

// guest is one person who is here.
type guest struct{ User, Name string }

// present returns who is here, each once, by name.
func (l *lobby) present() []guest {
	var out []guest
	for s := range l.streams {
		if g := (guest{s.who.User, s.who.Name}); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b guest) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.User, b.User))
	})
	return out
}

// guests returns who is in a lobby now.
func (r *Room) guests(name string) []guest {
	l := r.at(name)
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.present()
}
