package bot_test

import (
	"context"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/content/language"
)

// slowAgenda is a store that can be held between reading what is next and answering.
type slowAgenda struct {
	bot.Store
	read, goOn, free chan struct{}
}

func (s *slowAgenda) Next(ctx context.Context) (time.Time, bool, error) {
	at, some, err := s.Store.Next(ctx)
	select {
	case s.read <- struct{}{}:
		<-s.goOn
	case <-s.free:
	}
	return at, some, err
}

// TestWhatComesWhileTheAgendaIsReadIsNotMissed starts a quiz in the moment in which the hall
// has just read that nothing is due.
func TestWhatComesWhileTheAgendaIsReadIsNotMissed(t *testing.T) {
	slow := &slowAgenda{read: make(chan struct{}), goOn: make(chan struct{}), free: make(chan struct{})}
	s := stageOn(t, roomy, func(db bot.Store) bot.Store { slow.Store = db; return slow })
	ada := s.Enter(t, "Ada", language.English, false)
	<-slow.read
	slow.goOn <- struct{}{}
	s.Clock().Advance(15 * time.Second) // the agenda looks again
	<-slow.read
	ada.Command("quiz", map[string]string{"questions": "1", "kind": "choice"}, nil)
	close(slow.free)
	slow.goOn <- struct{}{}
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", bottest.Shows("Question 1 of 1"))
}
