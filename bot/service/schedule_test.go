package service_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/play"
	"summitquiz/content/language"
)

// slowSchedule is a store that can be held between reading what is next and answering.
type slowSchedule struct {
	bot.Store
	read, goOn, free chan struct{}
}

func (s *slowSchedule) Next(ctx context.Context, kinds []bot.Kind) (time.Time, bool, error) {
	at, some, err := s.Store.Next(ctx, kinds)
	if !slices.Contains(kinds, play.Kind) {
		return at, some, err
	}
	select {
	case s.read <- struct{}{}:
		<-s.goOn
	case <-s.free:
	}
	return at, some, err
}

// TestWhatComesWhileTheScheduleIsReadIsNotMissed starts a quiz just after the service has read that
// nothing is due.
func TestWhatComesWhileTheScheduleIsReadIsNotMissed(t *testing.T) {
	slow := &slowSchedule{read: make(chan struct{}), goOn: make(chan struct{}), free: make(chan struct{})}
	s := stageOn(t, roomy, func(db bot.Store) bot.Store { slow.Store = db; return slow })
	ada := s.Enter(t, "Ada", language.English, false)
	<-slow.read
	slow.goOn <- struct{}{}
	s.Clock().Advance(15 * time.Second) // the scheduler looks again
	<-slow.read
	ada.Command("quiz", map[string]string{"questions": "1", "kind": "choice"}, nil)
	close(slow.free)
	slow.goOn <- struct{}{}
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", bottest.Shows("Question 1 of 1"))
}
