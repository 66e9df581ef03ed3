package discord

import (
	"sync"
	"time"

	"summitquiz/bot"
)

// tokenLife is how long an interaction's token is valid, less a margin for requests on their way.
const tokenLife = 15*time.Minute - 10*time.Second

// exchange is one interaction and the state of its answer.
type exchange struct {
	id      string
	token   string
	kind    int    // of the interaction
	channel string // where it was made
	chat    string // of the service; differs from channel in the thread of a game
	user    string
	rights  string // of the bot in the channel
	thread  bool
	server  bool // it comes from a server
	guild   string
	locale  string
	message string // whose button was pressed, if only this person sees it
	created time.Time

	once      sync.Once
	decided   chan struct{} // closed once it is known whether a delivery may be the answer
	delivered chan struct{} // closed when a delivery became the answer
	finished  chan struct{} // closed when the interaction is handled

	mu          sync.Mutex // held while an answer is being sent
	state       exchangeState
	deliverable bool // a delivery may be the answer; written before decided is closed
	warned      bool // the person was told of a missing permission
	placeholder bool // the answer is a note that a post follows; the first private post replaces it
}

// exchangeState is the state of the answer.
type exchangeState uint8

const (
	unanswered exchangeState = iota
	deferred                 // Discord shows a private "thinking"
	complete
)

func newExchange(it *interaction) *exchange {
	x := &exchange{
		id: it.ID, token: it.Token, kind: it.Type, channel: it.Chat, chat: it.Chat, user: it.who().ID, rights: it.Rights,
		thread: it.thread(), server: it.Guild != "", guild: it.Guild, locale: it.Locale, created: it.created(),
		decided: make(chan struct{}), delivered: make(chan struct{}), finished: make(chan struct{}),
	}
	if it.onPrivateMessage() {
		x.message = it.Message.ID
	}
	return x
}

// decide determines whether a delivery may be the answer. Only the first call counts.
func (x *exchange) decide(free bool) {
	x.once.Do(func() {
		x.deliverable = free
		close(x.decided)
	})
}

// exchanges remembers interactions while their tokens are valid, and private views.
type exchanges struct {
	mu    sync.Mutex
	byID  map[bot.InputID]*exchange
	order []*exchange // oldest first
	views map[viewKey]*privateView
}

type viewKey struct{ chat, user string }

func newExchanges() *exchanges {
	return &exchanges{byID: map[bot.InputID]*exchange{}, views: map[viewKey]*privateView{}}
}

func inputID(interaction string) bot.InputID { return bot.InputID(platform + ":" + interaction) }

// add remembers an exchange and forgets those whose tokens are no longer valid. It reports false if it is
// known already: Discord sent the interaction twice.
func (e *exchanges) add(x *exchange, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for len(e.order) > 0 && now.Sub(e.order[0].created) > tokenLife {
		old := e.order[0]
		delete(e.byID, inputID(old.id))
		e.order[0], e.order = nil, e.order[1:]
		if key := (viewKey{old.chat, old.user}); e.views[key] != nil && now.Sub(e.views[key].since) > tokenLife {
			delete(e.views, key)
		}
	}
	if e.byID[inputID(x.id)] != nil {
		return false
	}
	e.byID[inputID(x.id)] = x
	e.order = append(e.order, x)
	return true
}

// move assigns an exchange to another chat than its channel.
func (e *exchanges) move(x *exchange, chat string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	x.chat = chat
}

func (e *exchanges) get(id bot.InputID) *exchange {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.byID[id]
}

// view returns a copy of a person's view.
func (e *exchanges) view(key viewKey) (privateView, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s := e.views[key]; s != nil {
		return *s, true
	}
	return privateView{}, false
}

func (e *exchanges) setView(key viewKey, s privateView) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.views[key] = &s
}

// renewView gives a view the token of a press on it.
func (e *exchanges) renewView(x *exchange) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s := e.views[viewKey{x.chat, x.user}]; s != nil && s.message == x.message {
		s.token, s.since = x.token, x.created
	}
}
