package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Options build a hall. Store, Seed and Key are required.
type Options struct {
	Store  Store
	Clock  Clock         // nil: the real one
	Seed   func() uint64 // a number that nobody can foresee, for each game
	Key    []byte        // signs actions
	Older  [][]byte      // keys whose actions are still honoured
	Owners []Account     // may load packs for everybody
	Log    *slog.Logger  // nil: nothing is logged
	Meter  Meter         // nil: nothing is counted
}

// Meter counts what the hall does.
type Meter interface {
	// Handled counts an input by platform and kind ("command", "press", …) with how long it took.
	Handled(platform, kind string, took time.Duration, err error)
	// Delivered counts a post by platform and outcome ("done", "retry", "failed", "doubt").
	Delivered(platform, outcome string, took time.Duration)
	// Answered counts a counted answer.
	Answered(platform, mark string)
	// Playing tells how many games are running, and Queued to how many chats posts are on their way.
	Playing(games int)
	Queued(chats int)
}

// Hall is the room where all chats meet. It is safe for use by many goroutines.
type Hall struct {
	store     Store
	clock     Clock
	seed      func() uint64
	signer    Signer
	owners    []Account
	log       *slog.Logger
	meter     Meter
	commands  []*CommandSpec
	verbs     map[string]verb
	platforms map[string]Platform
	ready     chan struct{}

	people *directory
	shelf  *shelf
	tables *tables
	outbox *outbox
	agenda *agenda
	stats  *ratings
}

// NewHall returns a hall without platforms.
func NewHall(o Options) *Hall {
	h := &Hall{
		store: o.Store, clock: o.Clock, seed: o.Seed, signer: NewSigner(o.Key, o.Older...), owners: o.Owners,
		log: o.Log, meter: o.Meter, commands: Commands(), verbs: verbs(), platforms: map[string]Platform{},
		ready: make(chan struct{}),
	}
	if h.clock == nil {
		h.clock = RealTime{}
	}
	if h.log == nil {
		h.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if h.meter == nil {
		h.meter = unmetered{}
	}
	h.people = newDirectory(o.Store)
	h.shelf = newShelf(o.Store)
	h.tables = newTables()
	h.outbox = newOutbox()
	h.agenda = newAgenda()
	h.stats = newRatings()
	return h
}

// Attach adds a platform. All are attached before Run.
func (h *Hall) Attach(p Platform) { h.platforms[p.Name()] = p }

// Run takes up every game and post that an earlier process left, then delivers posts and wakes
// games until ctx ends. It is called once, and returns when nothing of its own runs any more.
func (h *Hall) Run(ctx context.Context) error {
	if err := h.resumeGames(ctx); err != nil {
		return fmt.Errorf("take up the games: %w", err)
	}
	waiting, err := h.store.Backlog(ctx)
	if err != nil {
		return fmt.Errorf("take up the posts: %w", err)
	}
	for _, c := range waiting {
		left, err := h.store.Waiting(ctx, c, mostLeft)
		if err != nil {
			return fmt.Errorf("take up the posts: %w", err)
		}
		h.outbox.inherit(left)
	}
	h.outbox.open(ctx)
	close(h.ready)
	for _, c := range waiting {
		h.kick(c)
	}
	h.wakeUp(ctx)
	h.outbox.wait()
	return nil
}

// mostLeft is how many posts of a chat an earlier process may have begun to deliver; it delivers
// one after another.
const mostLeft = 16

// Ready is closed once Run has taken everything up. Inputs wait for it.
func (h *Hall) Ready() <-chan struct{} { return h.ready }

// Notice is an error that a person can do something about: it is said to them as a phrase.
type Notice struct {
	ID   phrase.ID
	Args []phrase.Arg
	Err  error // for operators; nil if it is no more than what the phrase says
}

func (n *Notice) Error() string {
	if n.Err == nil {
		return "notice " + string(n.ID)
	}
	return fmt.Sprintf("notice %s: %v", n.ID, n.Err)
}

func (n *Notice) Unwrap() error { return n.Err }

func notice(id phrase.ID, args ...phrase.Arg) *Notice { return &Notice{ID: id, Args: args} }

// Handle does what an input asks for and returns what its person gets in answer. What the
// reply says is durable. An input that was handled before gives an empty reply. With an error
// nothing was changed and the same input may come again; the reply then holds a calm sentence
// for the person, and the error is for the log.
func (h *Hall) Handle(ctx context.Context, in Input) (Reply, error) {
	began := time.Now() // measured, not decided by
	select {
	case <-h.ready:
	case <-ctx.Done():
		return Reply{}, fmt.Errorf("input %s: %w", in.ID, ctx.Err())
	}
	reply, err := h.handle(ctx, in)
	h.meter.Handled(in.Place.Platform, in.kind(), time.Since(began), err)
	return reply, err
}

func (h *Hall) handle(ctx context.Context, in Input) (reply Reply, err error) {
	defer func() {
		if r := recover(); r != nil { // one person's input must not end the process for all
			reply = Say(guess(in.From.Locale), phrase.Say(guess(in.From.Locale), phrase.TryAgain))
			err = fmt.Errorf("input %s: panic: %v\n%s", in.ID, r, debug.Stack())
		}
	}()
	if e := in.Event; e != nil && e.Kind == Migrated { // before anybody enters by the old address
		if err := h.store.Migrate(ctx, in.Place, e.To); err != nil {
			return Reply{}, fmt.Errorf("input %s: migrate: %w", in.ID, err)
		}
		h.people.forget()
		in.Place = e.To
	}
	v, err := h.enter(ctx, in)
	if err != nil {
		return Say(guess(in.From.Locale), phrase.Say(guess(in.From.Locale), phrase.TryAgain)), fmt.Errorf("input %s: %w", in.ID, err)
	}
	reply, err = v.do(ctx)
	var n *Notice
	if errors.As(err, &n) {
		if n.Err != nil {
			h.log.Warn("refused", "input", in.ID, "why", n.ID, "err", n.Err)
		} else { // without what was said: it is theirs
			h.log.Info("refused", "input", in.ID, "why", n.ID)
		}
		v.forget()
		reply, err = Say(v.voice.Lang, v.voice.Say(n.ID, n.Args...)), nil
	}
	if err == nil {
		err = v.save(ctx)
	}
	switch {
	case errors.Is(err, ErrRepeated):
		return Reply{}, nil
	case err != nil:
		return Say(v.voice.Lang, v.voice.Say(phrase.TryAgain)), fmt.Errorf("input %s: %w", in.ID, err)
	}
	return reply, nil
}

// guess is the language of a person of whom only their client's tag is known.
func guess(locale string) language.Code {
	c, _ := language.Parse(locale) // English where it is unknown
	return c
}

// owner reports whether a person may load packs for everybody.
func (h *Hall) owner(p Place, who Person, m Member) bool {
	return who.Owner || m.Owner || slices.Contains(h.owners, Account{p.Platform, who.User})
}

// kind names what an input is, for counting.
func (in *Input) kind() string {
	switch {
	case in.Command != nil:
		return "command"
	case in.Press != nil:
		return "press"
	case in.Typed != nil:
		return "typed"
	case in.Filled != nil:
		return "form"
	case in.Vote != nil:
		return "vote"
	case in.Upload != nil:
		return "upload"
	case in.Link != nil:
		return "link"
	case in.Remark != nil:
		return "remark"
	default:
		return "event"
	}
}

// unmetered counts nothing.
type unmetered struct{}

func (unmetered) Handled(string, string, time.Duration, error) {}
func (unmetered) Delivered(string, string, time.Duration)      {}
func (unmetered) Answered(string, string)                      {}
func (unmetered) Playing(int)                                  {}
func (unmetered) Queued(int)                                   {}
