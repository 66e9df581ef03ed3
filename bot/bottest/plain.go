package bottest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content/language"
)

// Plain is a platform without a wire: what is delivered stands in memory, and what people do goes
// straight to a service. It is the shortest adapter there can be, and what tests of the service
// itself are played on. Several services may serve it, as several processes do: each input goes to
// one of them at random.
type Plain struct {
	limits bot.Limits
	open   []func(*Plain) *App
	clock  *Clock
	store  bot.Store
	chance *rand.Rand

	mu      sync.Mutex
	apps    []*App
	stops   []func()
	posts   map[bot.Slot]*plainPost
	order   []bot.Slot
	changed chan struct{}
	events  int
	Sent    map[bot.Slot]int // how often a new post was delivered in a slot
	refuse  func(bot.Delivery) error

	conflicts atomic.Int64
}

// counter counts conflicts and nothing else.
type counter struct{ conflicts *atomic.Int64 }

func (c counter) Handled(string, string, time.Duration, error) {}
func (c counter) Delivered(string, string, time.Duration)      {}
func (c counter) Answered(string, string)                      {}
func (c counter) Playing(int)                                  {}
func (c counter) Queued(int)                                   {}
func (c counter) Daily(string, string)                         {}
func (c counter) Late(string, time.Duration)                   {}
func (c counter) Backlog(string, int)                          {}
func (c counter) Bounded(string)                               {}
func (c counter) Conflicted()                                  { c.conflicts.Add(1) }

type plainPost struct {
	slot bot.Slot
	to   *bot.Account
	chat string
	post bot.Post
}

// NewPlain returns a stage for the services that open makes, all on one store.
func NewPlain(t *testing.T, store bot.Store, clock *Clock, limits bot.Limits, open ...func(*Plain) *App) *Plain {
	p := &Plain{limits: limits, open: open, clock: clock, store: store, chance: rand.New(rand.NewPCG(1, 2)), posts: map[bot.Slot]*plainPost{},
		changed: make(chan struct{}), Sent: map[bot.Slot]int{}, apps: make([]*App, len(open)), stops: make([]func(), len(open))}
	for i := range open {
		p.start(t, i)
	}
	t.Cleanup(p.Close)
	return p
}

func (p *Plain) start(t *testing.T, i int) {
	a := p.open[i](p)
	a.Attach(p)
	p.mu.Lock()
	p.apps[i] = a
	p.mu.Unlock()
	p.stops[i] = Run(t, a.Service)
}

// Restart ends all services and starts others on the same store.
func (p *Plain) Restart(t *testing.T) {
	for _, stop := range p.stops {
		stop()
	}
	for i := range p.open {
		p.start(t, i)
	}
}

// RestartOne ends one of the services and starts another in its place.
func (p *Plain) RestartOne(t *testing.T, i int) {
	p.stops[i]()
	p.start(t, i)
}

// Close ends the services; the stage is over.
func (p *Plain) Close() {
	for i, stop := range p.stops {
		stop()
		p.stops[i] = func() {}
	}
}

// Services is how many services there are.
func (p *Plain) Services() int { return len(p.open) }

// Conflicts is how often a service had to decide anew because another one was first.
func (p *Plain) Conflicts() int64 { return p.conflicts.Load() }

// Counter returns a meter that counts for Conflicts.
func (p *Plain) Counter() bot.Meter { return counter{&p.conflicts} }

// Clock is the clock of the services.
func (p *Plain) Clock() *Clock { return p.clock }

// Store is the store of the services.
func (p *Plain) Store() bot.Store { return p.store }

// Service is one of the services, at random.
func (p *Plain) Service() *App {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.apps[p.chance.IntN(len(p.apps))]
}

// Name is "plain".
func (p *Plain) Name() string { return "plain" }

// Limits are those that the stage was made with.
func (p *Plain) Limits() bot.Limits { return p.limits }

// SetRefuse has a function say which deliveries fail, and how.
func (p *Plain) SetRefuse(refuse func(bot.Delivery) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = refuse
}

// Arrived is how often a new post of a kind was delivered.
func (p *Plain) Arrived(kind bot.Kind) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for slot, times := range p.Sent {
		if slot.Kind == kind {
			n += times
		}
	}
	return n
}

// Action is what the newest option with a label does.
func (p *Plain) Action(label string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, slot := range slices.Backward(p.order) {
		if at := p.posts[slot]; at != nil {
			for _, o := range at.post.Options {
				if o.Label == label && o.Action != "" {
					return o.Action
				}
			}
		}
	}
	return ""
}

// Actions are what the options do of the question in a slot; none if it is not open.
func (p *Plain) Actions(at bot.Slot) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	if post := p.posts[at]; post != nil {
		for _, o := range post.post.Options {
			if o.Action != "" {
				out = append(out, o.Action)
			}
		}
	}
	return out
}

// Deliver keeps a post, unless it is refused.
func (p *Plain) Deliver(ctx context.Context, d bot.Delivery) (bot.Ref, error) {
	if d.Begin != nil {
		if err := d.Begin(ctx); err != nil {
			return "", err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refuse != nil {
		if err := p.refuse(d); err != nil {
			return "", err
		}
	}
	at := p.posts[d.Slot]
	switch {
	case d.Op == bot.Delete:
		delete(p.posts, d.Slot)
	case at == nil:
		p.posts[d.Slot] = &plainPost{d.Slot, d.To, d.Chat.Chat, d.Post}
		p.order = append(p.order, d.Slot)
	default:
		at.post = d.Post
	}
	if d.Op == bot.New {
		p.Sent[d.Slot]++
	}
	p.turned()
	return bot.Ref(d.Slot.String()), nil
}

func (p *Plain) turned() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// EnterRoom brings a person into another shared chat.
func (p *Plain) EnterRoom(t *testing.T, room, name string, lang language.Code) Actor {
	return &plainActor{t: t, stage: p, place: bot.Place{Platform: "plain", Space: room, Chat: room, Title: room},
		who: bot.Person{User: strings.ToLower(name), Name: name, Locale: lang.String()}}
}

// Enter brings a person into the shared chat.
func (p *Plain) Enter(t *testing.T, name string, lang language.Code, admin bool) Actor {
	return &plainActor{t: t, stage: p, place: bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"},
		who: bot.Person{User: strings.ToLower(name), Name: name, Admin: admin, Locale: lang.String()}}
}

// Alone brings a person into a private chat.
func (p *Plain) Alone(t *testing.T, name string, lang language.Code) Actor {
	user := strings.ToLower(name)
	return &plainActor{t: t, stage: p, place: bot.Place{Platform: "plain", Space: "dm-" + user, Chat: "dm-" + user, Private: true},
		who: bot.Person{User: user, Name: name, Locale: lang.String()}}
}

type plainActor struct {
	t       *testing.T
	stage   *Plain
	place   bot.Place
	who     bot.Person
	private []bot.Post
	form    *bot.Form
	last    bot.Input
}

func (a *plainActor) do(in bot.Input) {
	a.t.Helper()
	a.stage.mu.Lock()
	a.stage.events++
	in.ID = bot.InputID(fmt.Sprintf("plain:%d", a.stage.events))
	a.stage.mu.Unlock()
	in.Place, in.From, in.At = a.place, a.who, a.stage.clock.Now()
	a.last = in
	a.handle(in)
}

func (a *plainActor) handle(in bot.Input) {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r, err := a.stage.Service().Handle(ctx, in)
	if err != nil {
		a.t.Errorf("%s: %v", a.who.Name, err)
	}
	a.stage.mu.Lock()
	defer a.stage.mu.Unlock()
	if r.Update && len(a.private) > 0 && len(r.Posts) > 0 {
		a.private = a.private[:len(a.private)-1]
	}
	if !r.Said {
		a.private = append(a.private, r.Posts...)
	}
	if r.Form != nil {
		a.form = r.Form
	}
	a.stage.turned()
}

func (a *plainActor) Repeat() { a.handle(a.last) }

func (a *plainActor) Again() { a.do(a.last) }

func (a *plainActor) Command(name string, options map[string]string, file *bot.File) {
	a.t.Helper()
	a.do(bot.Input{Command: &bot.CommandCall{Name: name, Options: options, File: file}})
}

func (a *plainActor) Click(label string) {
	a.t.Helper()
	late := time.After(20 * time.Second)
	for {
		changed := a.Changed()
		if p := a.press(label); p != nil {
			a.do(bot.Input{Press: p})
			return
		}
		select {
		case <-changed:
		case <-late:
			a.t.Fatalf("%s sees no button %q; the screen is:\n%s", a.who.Name, label, show(a.Screen()))
		}
	}
}

// press is the newest button or option with a label; nil if there is none.
func (a *plainActor) press(label string) *bot.Press {
	for _, p := range a.newest() {
		for _, o := range p.post.Options {
			if o.Label == label && o.Action != "" {
				return &bot.Press{Action: o.Action, Slot: p.slot}
			}
		}
		for _, row := range p.post.Buttons {
			for _, b := range row {
				if b.Label == label {
					return &bot.Press{Action: b.Action, Slot: p.slot}
				}
			}
		}
	}
	return nil
}

func (a *plainActor) Type(text string) {
	a.t.Helper()
	a.do(bot.Input{Text: &bot.Text{Text: text}})
}

// Press chooses the n-th option of the question that the person sees, if there is one; of several
// games' questions that of the game that was begun last.
func (a *plainActor) Press(n int) {
	a.t.Helper()
	var last *plainPost
	for _, p := range a.newest() {
		if len(p.post.Options) > 0 && (last == nil || p.slot.ID > last.slot.ID) {
			last = &p
		}
	}
	if last == nil {
		return
	}
	if o := last.post.Options[n%len(last.post.Options)]; o.Action != "" {
		a.do(bot.Input{Press: &bot.Press{Action: o.Action, Slot: last.slot}})
	}
}

// newest returns what the person sees, newest first; what only they see comes before the rest.
func (a *plainActor) newest() []plainPost {
	a.stage.mu.Lock()
	defer a.stage.mu.Unlock()
	var out []plainPost
	for _, p := range a.private {
		out = append(out, plainPost{post: p})
	}
	slices.Reverse(out)
	for i := len(a.stage.order) - 1; i >= 0; i-- {
		if p := a.stage.posts[a.stage.order[i]]; p != nil && p.chat == a.place.Chat && (p.to == nil || p.to.User == a.who.User) {
			out = append(out, *p)
		}
	}
	return out
}

func (a *plainActor) Screen() []Card {
	posts := a.newest()
	slices.Reverse(posts)
	cards := make([]Card, len(posts))
	for i, p := range posts {
		cards[i] = CardOf(p.post, p.slot.IsZero() || p.to != nil)
	}
	return cards
}

func (a *plainActor) Changed() <-chan struct{} {
	a.stage.mu.Lock()
	defer a.stage.mu.Unlock()
	return a.stage.changed
}

// CardOf is a post as a person sees it on a platform that shows everything.
func CardOf(p bot.Post, private bool) Card {
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, Unmarked(s))
		}
	}
	add(p.Title)
	for _, l := range p.Body {
		add(l.Text)
	}
	c := Card{Private: private, File: p.File}
	for _, o := range p.Options {
		add(o.Label + " " + o.Text)
		if o.Action != "" {
			c.Options = append(c.Options, o.Label)
		}
	}
	for _, l := range p.After {
		add(l.Text)
	}
	for _, row := range p.Buttons {
		for _, b := range row {
			c.Buttons = append(c.Buttons, b.Label)
		}
	}
	c.Text = strings.Join(lines, "\n")
	return c
}
