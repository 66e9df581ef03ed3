// Package study is flashcards: decks, review sessions, what games and dailies teach, and reminders.
//
// It promises that a rating is written once, however often and wherever its button is pressed; that a
// session goes on wherever its member comes next; and that games feed nobody's memory without their
// consent. It refuses to know how memory works, which is quiz/flashcard's, and how games are played.
package study

import (
	"context"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
)

// The kinds of the feature: of reminders, by member, and of answers to be taken into memory, by the
// session in which they were given.
const (
	Kind     bot.Kind = "study"
	feedKind bot.Kind = "study-feed"
)

// Store is what the feature asks of a store.
type Store interface {
	bot.Flashcards
	Session(ctx context.Context, id bot.SessionID) (bot.Session, error)
	Answers(ctx context.Context, id bot.SessionID) ([]bot.Answer, error)
	Member(ctx context.Context, id bot.MemberID) (bot.Member, error)
	Enter(ctx context.Context, p bot.Place, who bot.Person, now time.Time) (bot.Space, bot.Chat, bot.Member, error)
	Accounts(ctx context.Context, id bot.MemberID) ([]bot.Account, error)
	PrivateChat(ctx context.Context, m bot.MemberID, platform string) (bot.Chat, error)
	Chat(ctx context.Context, id bot.ChatID) (bot.Chat, error)
	Space(ctx context.Context, id bot.SpaceID) (bot.Space, error)
}

// Feature is the commands, buttons and due work of flashcards.
type Feature struct {
	host  bot.Host
	store Store
	packs *catalog.Catalog

	reminding chan struct{} // holds a value for each reminder that is worked on
}

// remindMost is how many reminders are worked on at a time: in the minute in which thousands are due,
// people who review wait for the database behind so many, not behind all of them.
const remindMost = 4

// New returns the feature.
func New(h bot.Host, s Store, packs *catalog.Catalog) *Feature {
	return &Feature{host: h, store: s, packs: packs, reminding: make(chan struct{}, remindMost)}
}

// Name is "study".
func (f *Feature) Name() string { return "study" }

// Commands are /cards and /review.
func (f *Feature) Commands() []*bot.Command {
	count := bot.OptionSpec{Name: "count", Type: bot.IntOption, Min: 1, Max: 500}
	fresh := bot.OptionSpec{Name: "new", Type: bot.IntOption, Min: 0, Max: maxNew}
	return []*bot.Command{
		{Name: "review", Own: true, Options: []bot.OptionSpec{bot.OptionPack, count, fresh}, Order: 100, Run: f.review},
		{Name: "cards", Own: true, Options: settingOptions(), Order: 102, Run: f.cards},
	}
}

// Actions are the buttons of cards, decks and settings.
func (f *Feature) Actions() map[string]bot.Action {
	own := func(run bot.Handler) bot.Action { return bot.Action{For: bot.ForMember, Run: run} }
	return map[string]bot.Action{
		"fgo":    own(f.pressReview),
		"fopt":   own(f.pressOption),
		"fshow":  own(f.pressShow),
		"fhint":  own(f.pressHint),
		"ftype":  own(f.openForm),
		"ftyped": own(f.fillForm),
		"frate":  own(f.pressRating),
		"fundo":  own(f.pressUndo),
		"fbury":  own(f.pressBury),
		"fsusp":  own(f.pressSuspend),
		"fleech": own(f.pressLeech),
		"frep":   own(f.pressReport),
		"fwhy":   own(f.pressReason),
		"fdeck":  own(f.pressDeck),
		"ftake":  own(f.pressTakeUp),
		"fset":   own(f.pressSettings),
		"fput":   own(f.pressSetting),
		"fpack":  own(f.pressPack),
		"fask":   own(f.pressConsent),
		"fmiss":  {Run: f.pressMisses},

		progressAction: own(f.pressProgress),
	}
}

// Kinds are those of reminders and of answers to be taken in.
func (f *Feature) Kinds() []bot.Kind { return []bot.Kind{Kind, feedKind} }

// PatientKinds are all of them: thousands may be reminded at the same minute.
func (f *Feature) PatientKinds() []bot.Kind { return f.Kinds() }

// Due reminds a member, or takes the answers of a session that ended into memory.
func (f *Feature) Due(ctx context.Context, d bot.Due) (*bot.Change, error) {
	if d.Key.Kind == feedKind {
		return f.feed(ctx, d.Key)
	}
	select {
	case f.reminding <- struct{}{}:
		defer func() { <-f.reminding }()
		return f.remind(ctx, d)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
