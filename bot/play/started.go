package play

import (
	"context"
	"slices"
	"sync"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/game"
)

// startedGames knows which games were started in this process, by whom and from where, as far as they
// may still run.
type startedGames struct {
	mu        sync.Mutex
	byMember  map[bot.MemberID][]bot.SessionID
	byAddress map[string][]bot.SessionID
	of        map[bot.SessionID]startedGame
}

// startedGame is a game with who started it and when it is over, if nobody pauses it.
type startedGame struct {
	origin
	until time.Time
}

// origin is who started a game, and from where.
type origin struct {
	member  bot.MemberID
	address string // "" if unknown
}

func newStartedGames() *startedGames {
	return &startedGames{byMember: map[bot.MemberID][]bot.SessionID{}, byAddress: map[string][]bot.SessionID{}, of: map[bot.SessionID]startedGame{}}
}

func (s *startedGames) add(id bot.SessionID, o origin, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[id] = startedGame{o, until}
	s.byMember[o.member] = append(s.byMember[o.member], id)
	if o.address != "" {
		s.byAddress[o.address] = append(s.byAddress[o.address], id)
	}
}

// end forgets a game that is over.
func (s *startedGames) end(id bot.SessionID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.of[id]
	if !ok {
		return
	}
	delete(s.of, id)
	drop(s.byMember, o.member, id)
	drop(s.byAddress, o.address, id)
}

func drop[K comparable](by map[K][]bot.SessionID, key K, id bot.SessionID) {
	left := slices.DeleteFunc(by[key], func(other bot.SessionID) bool { return other == id })
	if by[key] = left; len(left) == 0 {
		delete(by, key)
	}
}

// running returns copies of what is counted against a person and an address, and how many games there are.
func (s *startedGames) running(o origin) (mine, here []bot.SessionID, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.byMember[o.member]), slices.Clone(s.byAddress[o.address]), len(s.of)
}

// freeIn is after how many minutes one of these games is over, or one of all where there are none. One that
// was paused lasts longer.
func (s *startedGames) freeIn(ids []bot.SessionID, now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first time.Time
	see := func(g startedGame, ok bool) {
		if ok && g.until.After(now) && (first.IsZero() || g.until.Before(first)) {
			first = g.until
		}
	}
	for _, id := range ids {
		g, ok := s.of[id]
		see(g, ok)
	}
	if len(ids) == 0 {
		for _, g := range s.of {
			see(g, true)
		}
	}
	if first.IsZero() { // all were paused
		first = now.Add(game.PauseLimit)
	}
	return int((first.Sub(now) + time.Minute - 1) / time.Minute)
}

// room refuses a person who has as many games running as one may have, or whose address or process has.
// Only then the store is asked which of them still run: another process may have ended some.
func (s *starter) room(ctx context.Context, o origin) error {
	bounds := s.host.Bounds()
	mine, here, all := s.started.running(o)
	for _, b := range []struct {
		name string
		ids  []bot.SessionID
		most int
		says phrase.ID
	}{
		{"games", mine, bounds.Games, phrase.TooManyGames},
		{"address-games", here, bounds.AddressGames, phrase.TooManyHere},
	} {
		if len(b.ids) < b.most {
			continue
		}
		left := len(b.ids)
		for _, id := range b.ids {
			switch session, err := s.store.Session(ctx, id); {
			case bot.IsNone(err), err == nil && session.Ended:
				s.started.end(id)
				left--
				all--
			case err != nil:
				return err
			}
		}
		if left >= b.most {
			s.host.Meter().Bounded(b.name)
			return bot.Refuse(b.says, phrase.Count("games", b.most), phrase.Count("minutes", s.started.freeIn(b.ids, s.host.Now())))
		}
	}
	if all >= bounds.ProcessGames {
		s.host.Meter().Bounded("process-games")
		return bot.Refuse(phrase.TooBusy, phrase.Count("minutes", s.started.freeIn(nil, s.host.Now())))
	}
	return nil
}
