package telegram

import (
	"sync"

	"summitquiz/bot"
)

// privateGames remembers who is playing a game of their own that belongs to a group, so that what they
// type in their private chat answers it. After a restart the next post of the game brings it
// back.
type privateGames struct {
	mu     sync.Mutex
	byUser map[string]privateGame // by user
}

type privateGame struct {
	home destination
	slot bot.Slot // of the open question
}

func newPrivateGames() *privateGames { return &privateGames{byUser: map[string]privateGame{}} }

// follow notes what was shown to one person of a game in a group.
func (s *privateGames) follow(d bot.Delivery, home destination, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && d.Op != bot.Delete && d.Post.Kind == bot.QuestionPost && d.Post.Answerable {
		s.byUser[d.To.User] = privateGame{home, d.Slot}
	} else if s.byUser[d.To.User].slot == d.Slot {
		delete(s.byUser, d.To.User)
	}
}

// openQuestion is the open question that a person is to answer by typing.
func (s *privateGames) openQuestion(user string) (privateGame, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.byUser[user]
	return at, ok
}

// forget forgets a person.
func (s *privateGames) forget(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byUser, user)
}
