package service_test

import (
	"errors"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// TestAChatThatRefusesEveryPostEndsItsGame has the platform refuse each question with an error that nobody foresaw: after
// three of them the game of fifty is over, and whoever started it is told so in private.
func TestAChatThatRefusesEveryPostEndsItsGame(t *testing.T) {
	s := stage(t, roomy)
	alone := s.Alone(t, "Ada", language.English)
	alone.Command("help", nil, nil) // so there is a private chat
	ada := s.Enter(t, "Ada", language.English, false)
	s.SetRefuse(func(d bot.Delivery) error {
		if d.Chat.Chat == "room" && d.Slot.Part == "question" {
			return errors.New("400 something that nobody foresaw")
		}
		return nil
	})
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "50"}, nil)
	bottest.Await(t, ada, "the start card", func(c bottest.Card) bool { return !c.Private })
	for n := range 3 {
		s.Clock().Advance(5 * time.Second)
		if n < 2 {
			bottest.Await(t, ada, "that the question does not count", bottest.Shows(language.StripIsolates(phrase.Say(language.English, phrase.VoidSaid, phrase.Count("number", n+1)))))
		}
	}
	bottest.Await(t, ada, "the end", bottest.Shows(phrase.Say(language.English, phrase.EndTitle)))
	bottest.Await(t, alone, "why", bottest.Shows("The chat refused several posts in a row"))
	if games := bottest.Games(t, s.Store()); len(games) != 0 {
		t.Errorf("%d games still run", len(games))
	}
}

// TestADeletedQuestionHasItsReveal deletes the post of an open question: its reveal comes as a new post.
func TestADeletedQuestionHasItsReveal(t *testing.T) {
	s := stage(t, roomy)
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "kind": "choice"}, nil)
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", func(c bottest.Card) bool { return len(c.Options) > 0 })
	bottest.Opened(t, s.Store(), 0)
	s.SetRefuse(func(d bot.Delivery) error {
		if d.Op == bot.Edit && d.Slot.Part == "question" && d.Slot.N == 0 {
			return bot.ErrPostGone
		}
		return nil
	})
	s.Clock().Advance(time.Minute)
	bottest.Await(t, ada, "the reveal", bottest.Revealed(language.English, 0, 2))
	if sent := s.Sent[bottest.Slot("reveal", 0)]; sent != 1 {
		t.Errorf("the reveal was posted %d times", sent)
	}
}
