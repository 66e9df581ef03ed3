package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/grade"
)

// tables holds the games that are being played here. What is in memory is a copy: a table
// whose change could not be written is thrown away and set up anew from the store.
type tables struct {
	mu    sync.Mutex
	byID  map[GameID]*table
	seats map[seat]GameID // of all games that run, also those without a table
}

// seat is where a game is played: one for everybody in a chat, and a solo game for each member.
type seat struct {
	chat ChatID
	solo MemberID
}

func newTables() *tables {
	return &tables{byID: map[GameID]*table{}, seats: map[seat]GameID{}}
}

// table is one running game with all that is needed to go on with it.
type table struct {
	mu    sync.Mutex
	stale bool // thrown away: look it up anew

	game    Game // as last written
	state   game.State
	sheet   sheet
	chat    Chat
	voice   phrase.Voice // of its public posts
	version *Version
	keys    map[int]*grade.Key // of typed questions, made when first needed
	names   map[MemberID]string
}

// sheet is what the questions of a game show. It is written once, so that a game goes on as it
// began whatever changes in the generator.
type sheet struct {
	Cover    string          `json:"cover,omitempty"`
	Digits   language.Digits `json:"digits,omitempty"`
	Views    []quiz.View     `json:"views"`
	Outlines []quiz.Outline  `json:"outlines"`
	Starter  string          `json:"starter"`          // as they were called then
	Short    int             `json:"short,omitempty"`  // questions that were asked for, where there are fewer
	Kind     string          `json:"kind"`             // the option kind
	AtEnd    bool            `json:"at-end,omitempty"` // no native polls
	Thread   bool            `json:"thread,omitempty"` // the questions stand in a thread below the start card

	Other map[string]wording `json:"other,omitempty"` // the same questions in other languages, by IETF tag
}

// wording is how a game reads in one language.
type wording struct {
	Cover string      `json:"cover,omitempty"`
	Views []quiz.View `json:"views"`
}

// in returns a copy of the table that speaks another language, for drawing posts; the table
// itself if the game is not written in it.
func (tb *table) in(c language.Code) *table {
	w, ok := tb.sheet.Other[c.String()]
	if !ok {
		return tb
	}
	other := &table{game: tb.game, state: tb.state, sheet: tb.sheet, chat: tb.chat, voice: phrase.In(c), names: tb.names}
	other.sheet.Cover, other.sheet.Views = w.Cover, w.Views
	return other
}

// drawn draws a post in the language of the game, and in the others in which it is written.
func (tb *table) drawn(draw func(*table) Post) Post {
	p := draw(tb)
	for _, c := range language.All() {
		if other := tb.in(c); other != tb {
			p.Also = append(p.Also, draw(other))
		}
	}
	return p
}

// at returns the running game of a member in a chat: their solo game, else everybody's.
func (t *tables) at(chat ChatID, m MemberID) (id GameID, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if id, ok := t.seats[seat{chat, m}]; ok {
		return id, true
	}
	id, ok = t.seats[seat{chat: chat}]
	return id, ok
}

// seated returns the table of the running game of a member in a chat, nil if there is none.
func (h *Hall) seated(ctx context.Context, chat ChatID, m MemberID) (*table, error) {
	id, ok := h.tables.at(chat, m)
	if !ok {
		return nil, nil
	}
	tb, err := h.table(ctx, id)
	if err == nil && tb == nil { // it has ended without our knowing
		h.tables.leave(id)
	}
	return tb, err
}

// leave takes a game off its seat.
func (t *tables) leave(id GameID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.seats, func(_ seat, g GameID) bool { return g == id })
}

// drop takes a table away whose game goes on: whoever needs it next sets it up anew.
func (t *tables) drop(tb *table) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byID[tb.game.ID] == tb {
		delete(t.byID, tb.game.ID)
	}
}

func (t *tables) put(tb *table) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byID[tb.game.ID] = tb
	t.seats[seat{tb.game.Chat, tb.game.Solo}] = tb.game.ID
}

// clear takes a game away that has ended.
func (t *tables) clear(g *Game) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byID, g.ID)
	if s := (seat{g.Chat, g.Solo}); t.seats[s] == g.ID {
		delete(t.seats, s)
	}
}

func (t *tables) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.seats)
}

// table returns a running game, set up from the store if it is not in memory, and nil if it
// has ended or never was.
func (h *Hall) table(ctx context.Context, id GameID) (*table, error) {
	h.tables.mu.Lock()
	tb := h.tables.byID[id]
	h.tables.mu.Unlock()
	if tb != nil {
		return tb, nil
	}
	g, err := h.store.Game(ctx, id)
	if none(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("game %d: %w", id, err)
	}
	if g.Ended {
		return nil, nil
	}
	return h.setUp(ctx, g)
}

// setUp makes a table of a stored game: its snapshot with the answers that came since.
func (h *Hall) setUp(ctx context.Context, g Game) (*table, error) {
	tb, err := read(g)
	if err != nil {
		return nil, err
	}
	if tb.chat, err = h.store.Chat(ctx, g.Chat); err != nil {
		return nil, fmt.Errorf("game %d: chat %d: %w", g.ID, g.Chat, err)
	}
	if tb.version, err = h.shelf.version(ctx, g.Pack, g.Hash); err != nil {
		return nil, fmt.Errorf("game %d: %w", g.ID, err)
	}
	answers, err := h.store.Answers(ctx, g.ID)
	if err != nil {
		return nil, fmt.Errorf("answers of game %d: %w", g.ID, err)
	}
	now := h.now()
	for i := range answers {
		tb.state, _ = game.Apply(tb.state, game.Replay{Record: recordOf(&answers[i])}, now)
		tb.names[answers[i].Member] = ""
	}
	if len(tb.names) > 0 {
		if tb.names, err = h.store.Names(ctx, slices.Collect(maps.Keys(tb.names))); err != nil {
			return nil, fmt.Errorf("players of game %d: %w", g.ID, err)
		}
	}
	// Two may have set it up at once; the first one counts.
	h.tables.mu.Lock()
	defer h.tables.mu.Unlock()
	if other := h.tables.byID[g.ID]; other != nil {
		return other, nil
	}
	h.tables.byID[g.ID] = tb
	h.tables.seats[seat{g.Chat, g.Solo}] = g.ID
	return tb, nil
}

func newTable(g Game) *table {
	return &table{game: g, names: map[MemberID]string{}, keys: map[int]*grade.Key{}}
}

// read makes a table of a stored game as it was written, for looking at it.
func read(g Game) (*table, error) {
	tb := newTable(g)
	if err := json.Unmarshal(g.State, &tb.state); err != nil {
		return nil, fmt.Errorf("game %d: read its state: %w", g.ID, err)
	}
	if err := json.Unmarshal(g.Sheet, &tb.sheet); err != nil {
		return nil, fmt.Errorf("game %d: read its sheet: %w", g.ID, err)
	}
	tb.voice = phrase.Voice{Lang: g.Lang, Style: language.Style{Digits: tb.sheet.Digits}}
	return tb, nil
}

// recordOf is a stored answer as the game knows it.
func recordOf(a *Answer) game.Record {
	return game.Record{
		Question: a.Question, Member: game.Member(a.Member), Try: a.Try, Option: a.Option,
		Verdict: grade.Verdict{Mark: a.Mark, Reason: a.Reason}, Points: a.Points, Counts: a.Final,
		Lapsed: a.Lapsed, Hinted: a.Hinted, Took: a.Took, At: a.At,
	}
}

// errStale means that a table was thrown away while somebody waited for it.
var errStale = errors.New("the table is stale")

// on runs f with a game locked. f gets nil where no such game is running. It is run again if
// the table was thrown away meanwhile.
func (h *Hall) on(ctx context.Context, id GameID, f func(*table) error) error {
	for range 8 {
		tb, err := h.table(ctx, id)
		if err != nil {
			return err
		}
		if tb == nil {
			return f(nil)
		}
		if ran, err := tb.locked(f); ran {
			return err
		}
		h.tables.drop(tb)
	}
	return errStale
}

// locked runs f with the table locked, and reports whether it did: a stale table runs nothing.
func (tb *table) locked(f func(*table) error) (ran bool, err error) {
	tb.mu.Lock()
	defer tb.mu.Unlock() // also when f panics, so that the game is not locked for ever
	if tb.stale {
		return false, nil
	}
	tb.stale = true // stays so if f panics: nobody goes on with what it left behind
	err = f(tb)
	tb.stale = false
	return true, err
}

// throwAway drops a table whose memory and store may differ.
func (h *Hall) throwAway(tb *table) {
	tb.mu.Lock()
	tb.stale = true
	tb.mu.Unlock()
	h.tables.drop(tb)
}

// key is what grading knows of a typed question.
func (tb *table) key(n int) (*grade.Key, error) {
	if k := tb.keys[n]; k != nil {
		return k, nil
	}
	q := &tb.state.Questions[n]
	it, err := tb.version.Maker.Draw(q.Item, q.Seed)
	if err != nil {
		return nil, fmt.Errorf("item %s: %w", q.Item, err)
	}
	k := grade.KeyOf(tb.version.Pack, tb.version.Lexicon, it, tb.sheet.Views[n])
	tb.keys[n] = &k
	return &k, nil
}

// resumeGames takes up every game that an earlier process left: its open question gets its
// full time again.
func (h *Hall) resumeGames(ctx context.Context) error {
	games, err := h.store.Live(ctx)
	if err != nil {
		return err
	}
	for _, g := range games {
		if err := h.resumeGame(ctx, g); err != nil {
			if ctx.Err() != nil {
				return err
			}
			h.log.Error("a game cannot go on", "game", g.ID, "err", err)
		}
	}
	h.meter.Playing(h.tables.count())
	return nil
}

func (h *Hall) resumeGame(ctx context.Context, g Game) error {
	if _, err := h.setUp(ctx, g); err != nil {
		return err
	}
	return h.turn(ctx, g.ID, &Change{}, game.Restarted{})
}
