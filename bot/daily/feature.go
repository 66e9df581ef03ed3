// Package daily is the daily quiz: who has one and when it comes, the day's questions, the result,
// and streaks.
//
// It promises that each date of a subscription has one post or one noted skip, whatever happens to
// the process, and that an item of a day counts once for a member, wherever they answer it. An
// occurrence is a session: its answers stand in the answer log like those of games. It refuses to
// know when a schedule runs, what a day asks and what a streak is, which are quiz/daily's, and how a
// post looks on a platform.
package daily

import (
	"context"
	"fmt"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/daily"
)

// Kind is the kind of dailies: of their sessions, their posts and of the end of their windows.
const Kind bot.Kind = "daily"

// SubscriptionKind is the kind of the due work of subscriptions, their next occurrences, and of
// what is said about them.
const SubscriptionKind bot.Kind = "subscription"

// Store is what the feature asks of a store.
type Store interface {
	bot.Dailies
	NextID(ctx context.Context) (int64, error)
	Session(ctx context.Context, id bot.SessionID) (bot.Session, error)
	LiveIn(ctx context.Context, kind bot.Kind, space bot.SpaceID, chat bot.ChatID) ([]bot.SessionID, error)
	Chat(ctx context.Context, id bot.ChatID) (bot.Chat, error)
	Space(ctx context.Context, id bot.SpaceID) (bot.Space, error)
	Member(ctx context.Context, id bot.MemberID) (bot.Member, error)
	Names(ctx context.Context, ids []bot.MemberID) (map[bot.MemberID]string, error)
	Answers(ctx context.Context, id bot.SessionID) ([]bot.Answer, error)
	RefOf(ctx context.Context, s bot.Slot) (bot.Ref, error)
	PrivateChat(ctx context.Context, m bot.MemberID, platform string) (bot.Chat, error)
}

// Feature is the command, the buttons and the due work of dailies.
type Feature struct {
	host  bot.Host
	store Store
	packs *catalog.Catalog
	days  *days

	looked games // whose players it is looked already whether to offer a daily
}

// New returns the feature.
func New(h bot.Host, s Store, packs *catalog.Catalog) *Feature {
	return &Feature{host: h, store: s, packs: packs, days: newDays(h, s, packs)}
}

// Name is "daily".
func (f *Feature) Name() string { return "daily" }

// Commands is /daily.
func (f *Feature) Commands() []*bot.Command {
	return []*bot.Command{{Name: "daily", Options: []bot.OptionSpec{
		{Name: "time", Type: bot.TextOption, Max: 40}, bot.OptionZone, {Name: "days", Type: bot.TextOption, Max: 80},
		bot.OptionPack, bot.OptionQuestions, bot.OptionLanguage,
		{Name: "window", Type: bot.IntOption, Min: int(daily.MinWindow.Minutes()), Max: int(daily.MaxWindow.Minutes())},
		{Name: "board", Type: bot.ChoiceOption, Choices: []string{"here", "everywhere"}},
		{Name: "streak", Type: bot.ChoiceOption, Choices: []string{"shown", "hidden"}},
		{Name: "reminders", Type: bot.ChoiceOption, Choices: []string{"on", "off"}},
		{Name: "cron", Type: bot.TextOption, Max: 100},
	}, Order: 22, Run: f.command}}
}

// Actions are the buttons of the card and of the day's questions.
func (f *Feature) Actions() map[string]bot.Action {
	return map[string]bot.Action{
		"dcard":  {For: bot.ForMember, Run: f.pressCard},
		"dplay":  {Run: f.pressPlay},
		"dnot":   {For: bot.ForMember, Run: f.pressNotNow},
		"dpick":  {Run: f.pressPick},
		"dnext":  {For: bot.ForMember, Run: f.pressNext},
		"dans":   {For: bot.ForMember, Run: f.pressOption},
		"dtype":  {For: bot.ForMember, Run: f.openForm},
		"dtyped": {For: bot.ForMember, Run: f.fillForm},
		"dshow":  {For: bot.ForMember, Run: f.pressShow},
	}
}

// Kinds are those of sessions, of subscriptions, of offers and of reminders.
func (f *Feature) Kinds() []bot.Kind {
	return []bot.Kind{Kind, SubscriptionKind, OfferKind, ReminderKind}
}

// PatientKinds are all of them: thousands may be due at the same minute.
func (f *Feature) PatientKinds() []bot.Kind { return f.Kinds() }

// Due posts the next occurrence of a subscription, closes a session whose window is over, offers a daily
// or reminds of one.
func (f *Feature) Due(ctx context.Context, d bot.Due) (*bot.Change, error) {
	switch d.Key.Kind {
	case OfferKind:
		return f.offerAfter(ctx, d.Key)
	case ReminderKind:
		return f.remind(ctx, d.Key)
	case SubscriptionKind:
		return nil, f.run(ctx, daily.SubscriptionID(d.Key.ID))
	}
	return nil, f.close(ctx, bot.SessionID(d.Key.ID))
}

func slot(id bot.SessionID, part string) bot.Slot {
	return bot.Slot{Kind: Kind, ID: int64(id), Part: part}
}

// The parts of slots: the day's post, and what is said of a subscription, by the day.
const (
	dayPart      = "day"
	questionPart = "question" // one question, where each stands in the chat; Slot.N is its number from 0
	againPart    = "again"    // the same where the day's post is gone
	tellPart     = "tell"
	restPart     = "rest"
)

func closeKey(id bot.SessionID) bot.DueKey { return bot.DueKey{Kind: Kind, ID: int64(id)} }

func nextKey(id daily.SubscriptionID) bot.DueKey {
	return bot.DueKey{Kind: SubscriptionKind, ID: int64(id)}
}

// tryLimit is how often something is decided anew because another writer was first.
const tryLimit = 20

// errContention means that others were first again and again.
func errContention(what string) error {
	return fmt.Errorf("%s: gave up after %d tries: %w", what, tryLimit, bot.ErrConflict)
}

// refused is what a person is told when a button leads nowhere any more.
func refused() error { return bot.Refuse(phrase.ButtonOver) }
