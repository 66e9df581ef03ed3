package web

import (
	"cmp"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// lobbies are the lobbies with an open page.
type lobbies struct {
	bounds Bounds
	now    func() time.Time
	began  time.Time
	closed chan struct{} // closed when all streams have to end
	digest func(user string) string

	mu     sync.Mutex
	byName map[string]*lobby
	pages  int                  // streams of all lobbies
	byUser map[string]int       // of them, a person's
	byFrom map[netip.Prefix]int // and an address's
	left   map[string]lastPage  // of lobbies whose last page was closed a moment ago
}

func newLobbies(b Bounds, now func() time.Time, digest func(string) string) *lobbies {
	return &lobbies{bounds: b, now: now, began: now(), closed: make(chan struct{}), digest: digest,
		byName: map[string]*lobby{}, byUser: map[string]int{}, byFrom: map[netip.Prefix]int{}, left: map[string]lastPage{}}
}

// close ends all streams.
func (ls *lobbies) close() {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	select {
	case <-ls.closed:
	default:
		close(ls.closed)
	}
}

// lobby is a chat with an open page.
type lobby struct {
	name     string
	followed followed

	mu      sync.Mutex
	streams map[*stream]bool
	hosts   hostNote           // who made it, and who was its host when that was last noted
	noted   bool               // since it was opened
	came    map[string]arrival // of those who are here, or were a moment ago
	others  []bot.Guest        // who is at other processes, or was a moment ago
	shown   map[string]*shown  // the newest question, by the person who sees it; "": everybody
}

// stream is one open page.
type stream struct {
	who  account
	from netip.Prefix
	lang language.Code // of the page
	out  chan event
	lost chan struct{} // closed when the page is too slow; it reconnects and reads all posts again
	once sync.Once
}

// streamBuffer is how many events a page may lag behind.
const streamBuffer = 128

// Errors of joining.
var (
	errFull = errors.New("the lobby is full")
	errBusy = errors.New("too many lobbies are in use")
	errTabs = errors.New("this person or address has too many pages open")
)

// lobby returns a lobby with an open page, or nil.
func (ls *lobbies) lobby(name string) *lobby {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	return ls.byName[name]
}

// join adds an open page to a lobby. The caller must call leave. noted is what was noted of its hosts.
func (ls *lobbies) join(name string, who account, from netip.Prefix, lang language.Code, noted hostNote) (*lobby, *stream, error) {
	s := &stream{who: who, from: from, lang: lang, out: make(chan event, streamBuffer), lost: make(chan struct{})}
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := ls.byName[name]
	mine := ls.byFrom[from]
	switch {
	case ls.byUser[who.User] >= ls.bounds.Tabs, mine >= ls.bounds.Streams:
		return nil, nil, errTabs
	case ls.pages >= ls.bounds.Pages, 5*ls.pages >= 4*ls.bounds.Pages && mine > 1, l == nil && len(ls.byName) >= ls.bounds.Lobbies:
		return nil, nil, errBusy
	case l == nil:
		l = &lobby{name: name, streams: map[*stream]bool{}, hosts: noted, came: map[string]arrival{}, shown: map[string]*shown{},
			followed: newFollowed()}
		if l.hosts.maker == "" {
			l.hosts.maker = ls.digest(who.User)
		}
		ls.byName[name] = l
		delete(ls.left, name)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.streams) >= ls.bounds.Members {
		return nil, nil, errFull
	}
	l.streams[s] = true
	ls.arrive(l, who.User)
	ls.count(s, 1)
	l.announce()
	return l, s, nil
}

// count adds a page to the counts, or takes it away. The caller holds ls.mu.
func (ls *lobbies) count(s *stream, n int) {
	ls.pages += n
	if ls.byUser[s.who.User] += n; ls.byUser[s.who.User] == 0 {
		delete(ls.byUser, s.who.User)
	}
	if ls.byFrom[s.from] += n; ls.byFrom[s.from] == 0 {
		delete(ls.byFrom, s.from)
	}
}

// leave removes a page. A lobby without pages is dropped: all that matters is stored.
func (ls *lobbies) leave(l *lobby, s *stream) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.streams, s)
	ls.count(s, -1)
	l.depart(s.who.User, ls.now())
	if len(l.streams) == 0 {
		delete(ls.byName, l.name)
		ls.leftNow(l)
		l.followed.end()
		return
	}
	l.announce()
}

// send sends an event, drawn once for each language, to the pages that want it.
func (l *lobby) send(wants func(*stream) bool, draw func(language.Code) event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sendLocked(wants, draw)
}

// sendLocked is send for a caller that holds l.mu.
func (l *lobby) sendLocked(wants func(*stream) bool, draw func(language.Code) event) {
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

// announce sends the list of people in the lobby to all its pages. The caller holds l.mu.
func (l *lobby) announce() {
	present := l.present()
	l.sendLocked(func(*stream) bool { return true }, func(language.Code) event { return presenceEvent(present) })
}

// guest is a person in a lobby.
type guest struct {
	User, Name string
	Host       bool
}

// present returns the people in the lobby, each once, by name. The caller holds l.mu.
func (l *lobby) present() []guest {
	var out []guest
	host := l.host()
	add := func(user, name string) {
		if g := (guest{user, name, user == host}); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	for s := range l.streams {
		add(s.who.User, s.who.Name)
	}
	for _, g := range l.others {
		if g.Left.IsZero() {
			add(g.User, g.Name)
		}
	}
	slices.SortFunc(out, func(a, b guest) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.User, b.User))
	})
	return out
}

// present returns the people in a lobby.
func (ls *lobbies) present(name string) []guest {
	l := ls.lobby(name)
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.present()
}

// Streams returns how many event streams are open, over all lobbies.
func (a *Adapter) Streams() int {
	a.lobbies.mu.Lock()
	defer a.lobbies.mu.Unlock()
	n := 0
	for _, l := range a.lobbies.byName {
		l.mu.Lock()
		n += len(l.streams)
		l.mu.Unlock()
	}
	return n
}
