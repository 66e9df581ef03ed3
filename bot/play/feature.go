// Package play is live games: start, answer, hint, skip, pause, stop, results and boards.
//
// It promises that an answer which was acknowledged is on the board, whichever process took it:
// every decision is made on a copy of the game, names what it saw, and is made again when another
// process was first. It refuses to know the rules of a game, which are quiz/game's, and how a post
// looks on a platform.
package play

import (
	"context"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
)

// Kind is the kind of games: of their sessions, posts and due work.
const Kind bot.Kind = "game"

// Store is what the feature asks of a store.
type Store interface {
	bot.Sessions
	NextID(ctx context.Context) (int64, error)
	Chat(ctx context.Context, id bot.ChatID) (bot.Chat, error)
	PrivateChat(ctx context.Context, m bot.MemberID, platform string) (bot.Chat, error)
	Names(ctx context.Context, ids []bot.MemberID) (map[bot.MemberID]string, error)
	Board(ctx context.Context, q bot.BoardQuery) (bot.BoardPage, error)
	MasteryBoard(ctx context.Context, q bot.MasteryQuery) (bot.BoardPage, error)
	Posts(ctx context.Context, c bot.ChatID, to bot.MemberID, limit int) ([]bot.Send, error)
	Stats(ctx context.Context, m bot.MemberID) ([]bot.StatRow, error)
	MemberStreak(ctx context.Context, m bot.MemberID) (bot.MemberStreak, error)
	OwnSubscriptions(ctx context.Context, m bot.MemberID) ([]bot.Subscription, error)
	Reported(ctx context.Context, m bot.MemberID, item quiz.ItemID, since time.Time) (ofItem, ofAll int, err error)
}

// Feature is the commands, buttons and due work of games.
type Feature struct {
	store   Store
	games   *games
	starter *starter
	boards  *boards
	reports *reports
}

// New returns the feature. seed returns a number that nobody can foresee, for each game.
func New(h bot.Host, s Store, packs *catalog.Catalog, seed func() uint64) *Feature {
	started := newStartedGames()
	g := newGames(h, s, packs)
	g.ended = started.end
	return &Feature{store: s, games: g, boards: &boards{s, packs}, reports: &reports{s, g},
		starter: &starter{host: h, store: s, packs: packs, games: g, seed: seed, started: started}}
}

// Name is "play".
func (f *Feature) Name() string { return "play" }

// Commands are those of a game, of boards and of reports.
func (f *Feature) Commands() []*bot.Command {
	start := []bot.OptionSpec{bot.OptionPack, bot.OptionQuestions, bot.OptionSeconds, bot.OptionMode, bot.OptionKind, bot.OptionScoring, bot.OptionLanguage}
	text := bot.OptionSpec{Name: "text", Type: bot.TextOption, Max: bot.MaxTyped, Required: true}
	board := []bot.OptionSpec{{Name: "scope", Type: bot.ChoiceOption, Choices: scopes}, {Name: "period", Type: bot.ChoiceOption, Choices: periods}, bot.OptionPack,
		{Name: "by", Type: bot.ChoiceOption, Choices: measures}}
	report := []bot.OptionSpec{{Name: "reason", Type: bot.ChoiceOption, Choices: reasons}, {Name: "text", Type: bot.TextOption, Max: 500}}
	return []*bot.Command{
		{Name: "quiz", Options: start, Order: 10, Run: f.starter.start},
		{Name: "answer", Options: []bot.OptionSpec{text}, Order: 20, Answer: true, Run: f.answer},
		{Name: "hint", Order: 30, Run: f.moveHere(phrase.HintDone, hint)},
		{Name: "skip", Order: 40, Run: f.moveHere(phrase.SkipDone, skip)},
		{Name: "pause", Order: 50, Run: f.moveHere(phrase.PauseDone, pause)},
		{Name: "resume", Order: 60, Run: f.moveHere(phrase.ResumeDone, resume)},
		{Name: "stop", Order: 70, Run: f.moveHere(phrase.StopDone, stop)},
		{Name: "leaderboard", Options: board, Order: 80, Run: f.boards.leaderboard},
		{Name: "stats", Own: true, Order: 90, Run: f.boards.stats},
		{Name: "report", Options: report, Order: 120, Run: f.reports.report},
	}
}

// Actions are the buttons of questions, of the end card, of boards and of reports.
func (f *Feature) Actions() map[string]bot.Action {
	return map[string]bot.Action{
		"a":      {Run: f.pressOption},
		"type":   {Run: f.openForm},
		"typed":  {Run: f.fillForm},
		"hint":   {Run: f.pressMove(phrase.HintDone, hint)},
		"skip":   {Run: f.pressMove(phrase.SkipDone, skip)},
		"again":  {Run: f.starter.pressAgain},
		"share":  {Run: f.pressShare},
		"rep":    {Run: f.reports.pressReport},
		"why":    {For: bot.ForMember, Run: f.reports.pressReason},
		"board":  {For: bot.ForMember, Run: f.boards.pressBoard},
		"boards": {Run: f.boards.pressBoard},
	}
}

// Kinds is the kind of games.
func (f *Feature) Kinds() []bot.Kind { return []bot.Kind{Kind} }

// Due tells a game that its time has come.
func (f *Feature) Due(ctx context.Context, d bot.Due) (*bot.Change, error) {
	return nil, f.games.tick(ctx, bot.SessionID(d.Key.ID))
}

// Delivered writes how a post ended together with what that means for its game: a question that
// arrived starts its clock, one that is lost is void, and a chat that is gone ends its game.
func (f *Feature) Delivered(ctx context.Context, e bot.DeliveryEnd, c *bot.Change) error {
	return f.games.delivered(ctx, e, c)
}

// ChatClosed ends the games in a space or a chat: nobody can play them any more.
func (f *Feature) ChatClosed(ctx context.Context, space bot.SpaceID, chat bot.ChatID) error {
	ids, err := f.store.LiveIn(ctx, Kind, space, chat)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := f.games.advance(ctx, id, nil, game.Stop{May: true}); err != nil {
			return err
		}
	}
	return nil
}

// DropCached drops the games in which a deleted member plays: they are read anew, without the
// name. Games need no dropping when something else changed: what they decide is fenced.
func (f *Feature) DropCached(m bot.MemberID) {
	if m != 0 {
		f.games.cache.dropPlayer(m)
	}
}
