package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/quiz/game"
)

var utc = time.UTC

// games runs games: it reads a game when it is needed, applies events to it and writes what
// follows.
type games struct {
	host   bot.Host
	store  Store
	packs  *catalog.Catalog
	cache  *cache
	screen screen
	ended  func(bot.SessionID) // is told of games that are over
}

func newGames(h bot.Host, s Store, packs *catalog.Catalog) *games {
	return &games{host: h, store: s, packs: packs, cache: newCache(h.Bounds().GameMemory << 20), screen: screen{h}}
}

// tryLimit is how often something is decided anew because another writer was first.
const tryLimit = 20

// errStale means that a copy was dropped while somebody waited for it.
var errStale = errors.New("the copy of the game is stale")

// contention is the error after tryLimit tries. It names both writers for the operator.
func (g *games) contention(id bot.SessionID, other string) error {
	name, _ := g.host.Process()
	return fmt.Errorf("game %d: gave up after %d tries: %q and %q write to it at the same time: %w", id, tryLimit, name, other, bot.ErrConflict)
}

// backOff waits a little longer with every try, so that the other writer gets through.
func backOff(ctx context.Context, try int) {
	t := time.NewTimer(time.Duration(try) * time.Millisecond)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// find returns a copy of a running game, read from the store if it is not in memory, and nil if
// it has ended or never was.
func (g *games) find(ctx context.Context, id bot.SessionID) (*live, error) {
	if l := g.cache.get(id); l != nil {
		return l, nil
	}
	s, err := g.store.Session(ctx, id)
	if bot.IsNone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("game %d: %w", id, err)
	}
	if s.Ended || s.Kind != Kind {
		return nil, nil
	}
	return g.load(ctx, s)
}

// load makes a copy of a stored game: its snapshot with the answers that came since.
func (g *games) load(ctx context.Context, s bot.Session) (*live, error) {
	l, err := decode(s)
	if err != nil {
		return nil, err
	}
	if l.chat, err = g.store.Chat(ctx, s.Chat); err != nil {
		return nil, fmt.Errorf("game %d: chat %d: %w", s.ID, s.Chat, err)
	}
	if l.version, err = g.packs.Version(ctx, s.Pack, s.Hash); err != nil {
		return nil, fmt.Errorf("game %d: %w", s.ID, err)
	}
	answers, err := g.store.Answers(ctx, s.ID)
	if err != nil {
		return nil, fmt.Errorf("answers of game %d: %w", s.ID, err)
	}
	// Another process may write between the two reads: what counts is what was read.
	l.session.Answers = len(answers)
	now := g.host.Now()
	l.names[bot.MemberID(l.state.Settings.Starter)] = ""
	for i := range answers {
		l.state, _ = game.Apply(l.state, game.Replay{Record: l.recordOf(&answers[i])}, now)
		l.names[answers[i].Member] = ""
	}
	names, err := g.store.Names(ctx, slices.Collect(maps.Keys(l.names)))
	if err != nil {
		return nil, fmt.Errorf("players of game %d: %w", s.ID, err)
	}
	maps.Copy(l.names, names)
	name, run := g.host.Process()
	l.restart = s.Owner == name && s.Run != run
	l = g.cache.put(l)
	g.host.Meter().Playing(g.cache.len())
	return l, nil
}

// on runs f with a game locked. f gets nil where no such game is running. It is run again if the
// copy was dropped meanwhile. A game that an earlier run of this process left begins its waiting
// anew first.
func (g *games) on(ctx context.Context, id bot.SessionID, f func(*live) error) error {
	for range tryLimit {
		l, err := g.find(ctx, id)
		if err != nil {
			return err
		}
		if l == nil {
			return f(nil)
		}
		var wait func(context.Context) error
		var c *bot.Change
		ran, err := l.locked(func(l *live) (err error) {
			if !l.restart {
				return f(l)
			}
			l.restart = false
			c = &bot.Change{At: g.host.Now()}
			wait, err = g.apply(l, c, game.Restarted{}, "")
			return err
		})
		switch {
		case !ran:
			g.cache.remove(l)
		case wait == nil || err != nil:
			return err
		default:
			if err := g.finish(ctx, l, c, wait); err != nil && !errors.Is(err, bot.ErrConflict) {
				return err
			}
		}
	}
	return errStale
}

// locked runs f with the copy locked, and reports whether it did: a stale copy runs nothing.
func (l *live) locked(f func(*live) error) (ran bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock() // also when f panics, so that the game is not locked for ever
	if l.stale {
		return false, nil
	}
	l.stale = true // stays so if f panics: nobody goes on with what it left behind
	err = f(l)
	l.stale = false
	return true, err
}

// apply applies an event to a locked copy and queues what follows, so that the store sees the
// changes of a game in their order.
func (g *games) apply(l *live, c *bot.Change, e game.Event, cause bot.InputID) (wait func(context.Context) error, err error) {
	if _, err = g.play(l, c, e, cause); err != nil {
		return nil, err
	}
	return g.host.Queue(c), nil
}

// play applies an event to a locked copy and puts what follows into a change.
func (g *games) play(l *live, c *bot.Change, e game.Event, cause bot.InputID) (outcome, error) {
	if l.session.Version > 0 {
		c.Fence = l.fence()
	}
	c.After = l.last
	before := l.state.Turn
	state, effects := game.Apply(l.state, e, c.At)
	l.state = state
	p := &effectWriter{games: g, live: l, change: c, event: e, cause: cause}
	for _, effect := range effects {
		if err := p.write(effect); err != nil {
			return p.out, err
		}
	}
	l.session.Answers += len(p.out.records)
	if len(p.out.records) > 0 || state.Turn != before {
		l.last = c
	}
	if state.Turn == before {
		return p.out, nil
	}
	data, err := json.Marshal(&state)
	if err != nil {
		return p.out, fmt.Errorf("write the state of game %d: %w", l.session.ID, err)
	}
	s := &l.session
	s.Version++
	s.State = data
	s.Ended = state.Phase == game.Ended
	s.Owner, s.Run = g.host.Process()
	snapshot := *s
	c.Session = &snapshot
	if s.Ended {
		c.Undue = append(c.Undue, dueKey(s.ID))
	}
	return p.out, nil
}

// finish waits for a change of a game. If it was not written, the copy is dropped.
func (g *games) finish(ctx context.Context, l *live, c *bot.Change, wait func(context.Context) error) error {
	if err := wait(ctx); err != nil {
		if errors.Is(err, bot.ErrConflict) {
			g.host.Meter().Conflicted()
		}
		g.cache.drop(l)
		return err
	}
	l.mu.Lock()
	if l.last == c {
		l.last = nil
	}
	l.mu.Unlock()
	if c.Session != nil && c.Session.Ended {
		g.cache.remove(l)
		g.ended(l.session.ID)
	}
	for i := range c.Answers {
		if c.Answers[i].Final {
			g.host.Meter().Answered(l.chat.Address.Platform, c.Answers[i].Mark.String())
		}
	}
	g.host.Meter().Playing(g.cache.len())
	return nil
}

// advance lets something happen in a game that no person caused, together with how far posts have
// come, and waits until it is durable. Each try has a change of its own: others may come after it.
func (g *games) advance(ctx context.Context, id bot.SessionID, progress []bot.Progress, e game.Event) error {
	return g.advanceWith(ctx, id, progress, func(*live, *bot.Change) (game.Event, error) { return e, nil })
}

// advanceWith is advance with an event that depends on the game; with it may come posts.
func (g *games) advanceWith(ctx context.Context, id bot.SessionID, progress []bot.Progress, decide func(*live, *bot.Change) (game.Event, error)) error {
	owner := ""
	for try := range tryLimit {
		c := &bot.Change{At: g.host.Now(), Progress: progress}
		var wait func(context.Context) error
		var at *live
		err := g.on(ctx, id, func(l *live) (err error) {
			if at = l; l == nil {
				c.Undue = append(c.Undue, dueKey(id))
				return nil
			}
			owner = l.session.Owner
			e, err := decide(l, c)
			if err != nil {
				return err
			}
			wait, err = g.apply(l, c, e, "")
			return err
		})
		switch {
		case err != nil:
			if at != nil {
				g.cache.drop(at)
			}
			return err
		case wait == nil:
			return bot.Write(ctx, g.host, c)
		}
		if err = g.finish(ctx, at, c, wait); !errors.Is(err, bot.ErrConflict) {
			return err
		}
		backOff(ctx, try)
	}
	return g.contention(id, owner)
}

// stored is a game as its snapshot was written, running or ended; ErrNone if there is none.
func (g *games) stored(ctx context.Context, id bot.SessionID) (*live, error) {
	s, err := g.store.Session(ctx, id)
	if err == nil && s.Kind != Kind {
		err = bot.ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("game %d: %w", id, err)
	}
	return decode(s)
}
