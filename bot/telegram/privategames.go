package telegram

import (
	"sync"

	"summitquiz/bot"
)

// privateGames remembers who plays a game of their own that belongs to a group, so that texts in their private
// chat are answers to it. After a restart the next post of the game restores it.
type privateGames struct {
	mu     sync.Mutex
	byUser map[string]privateGame // by user
}

type privateGame struct {
	home destination
	slot bot.Slot // of the open question
}

func newPrivateGames() *privateGames { return &privateGames{byUser: map[string]privateGame{}} }

// follow records a post about a group that was sent to one person.
func (s *privateGames) follow(d bot.Delivery, home destination, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && d.Op != bot.Delete && d.Post.Kind == bot.QuestionPost && d.Post.Answerable {
		s.byUser[d.To.User] = privateGame{home, d.Slot}
	} else if s.byUser[d.To.User].slot == d.Slot {
		delete(s.byUser, d.To.User)
	}
}

// openQuestion is the open question that a person should answer by typing.
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
