package play

import (
	"context"
	"slices"
	"sync"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// startedGames knows which games people started in this process, as far as they may still run.
type startedGames struct {
	mu sync.Mutex
	by map[bot.MemberID][]bot.SessionID
}

func (s *startedGames) add(m bot.MemberID, id bot.SessionID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by == nil {
		s.by = map[bot.MemberID][]bot.SessionID{}
	}
	s.by[m] = append(s.by[m], id)
}

// room refuses a person who has as many games running as one may have. Only then the store is asked
// which of them still run.
func (s *startedGames) room(ctx context.Context, store Store, m bot.MemberID) error {
	s.mu.Lock()
	ids := slices.Clone(s.by[m])
	s.mu.Unlock()
	if len(ids) < bot.MaxGames {
		return nil
	}
	var over []bot.SessionID
	for _, id := range ids {
		switch game, err := store.Session(ctx, id); {
		case bot.IsNone(err), err == nil && game.Ended:
			over = append(over, id)
		case err != nil:
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	left := slices.DeleteFunc(s.by[m], func(id bot.SessionID) bool { return slices.Contains(over, id) })
	if s.by[m] = left; len(left) == 0 {
		delete(s.by, m)
	}
	if len(left) >= bot.MaxGames {
		return bot.Refuse(phrase.TooManyGames, phrase.Count("games", bot.MaxGames))
	}
	return nil
}
