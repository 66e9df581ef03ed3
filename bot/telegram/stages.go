package telegram

import (
	"sync"

	"summitquiz/bot"
)

// stages remembers who is playing a game of their own that belongs to a group, so that what they
// type in their private chat answers it. After a restart the next post of the game brings it
// back.
type stages struct {
	mu sync.Mutex
	at map[string]stage // by user
}

type stage struct {
	home spot
	slot bot.Slot // of the open question
}

func newStages() *stages { return &stages{at: map[string]stage{}} }

// follow notes what was shown to one person of a game in a group.
func (s *stages) follow(d bot.Delivery, home spot, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && d.Op != bot.Delete && d.Post.Kind == bot.QuestionPost && d.Post.Answerable {
		s.at[d.To.User] = stage{home, d.Slot}
	} else if s.at[d.To.User].slot == d.Slot {
		delete(s.at, d.To.User)
	}
}

// of is the open question that a person is to answer by typing.
func (s *stages) of(user string) (stage, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.at[user]
	return at, ok
}

// leave forgets a person.
func (s *stages) leave(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.at, user)
}
