package play

import (
	"context"
	"slices"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// startedGames knows which games were started in this process, by whom and from where, as far as they
// may still run.
type startedGames struct {
	mu        sync.Mutex
	byMember  map[bot.MemberID][]bot.SessionID
	byAddress map[string][]bot.SessionID
	of        map[bot.SessionID]origin
}

// origin is who started a game, and from where.
type origin struct {
	member  bot.MemberID
	address string // "" if unknown
}

func newStartedGames() *startedGames {
	return &startedGames{byMember: map[bot.MemberID][]bot.SessionID{}, byAddress: map[string][]bot.SessionID{}, of: map[bot.SessionID]origin{}}
}

func (s *startedGames) add(id bot.SessionID, o origin) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[id] = o
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

// room refuses a person who has as many games running as one may have, or whose address or process has.
// Only then the store is asked which of them still run: another process may have ended some.
func (s *starter) room(ctx context.Context, o origin) error {
	bounds := s.host.Bounds()
	mine, here, all := s.started.running(o)
	for _, b := range []struct {
		name string
		ids  []bot.SessionID
		most int
		says *bot.Notice
	}{
		{"games", mine, bounds.Games, bot.Refuse(phrase.TooManyGames, phrase.Count("games", bounds.Games))},
		{"address-games", here, bounds.AddressGames, bot.Refuse(phrase.TooManyHere, phrase.Count("games", bounds.AddressGames))},
	} {
		if len(b.ids) < b.most {
			continue
		}
		left := len(b.ids)
		for _, id := range b.ids {
			switch game, err := s.store.Session(ctx, id); {
			case bot.IsNone(err), err == nil && game.Ended:
				s.started.end(id)
				left--
				all--
			case err != nil:
				return err
			}
		}
		if left >= b.most {
			s.host.Meter().Bounded(b.name)
			return b.says
		}
	}
	if all >= bounds.ProcessGames {
		s.host.Meter().Bounded("process-games")
		return bot.Refuse(phrase.TooBusy)
	}
	return nil
}
