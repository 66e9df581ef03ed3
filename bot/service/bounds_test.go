package service_test

import (
	"fmt"
	"testing"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// TestOnePersonLeavesRoom holds that one person has three quizzes running at most, and may start
// another one as soon as one of them is over.
func TestOnePersonLeavesRoom(t *testing.T) {
	s := stage(t, roomy)
	quiz := map[string]string{"pack": "gyeongju-summit-2025", "questions": "2"}
	refused := language.StripIsolates(phrase.Say(language.English, phrase.TooManyGames, phrase.Count("games", bot.MaxGames)))
	var rooms []bottest.Actor
	for n := range bot.MaxGames + 1 {
		rooms = append(rooms, s.EnterRoom(t, fmt.Sprint("room-", n), "Ada", language.English))
		rooms[n].Command("quiz", quiz, nil)
		if n < bot.MaxGames {
			bottest.Await(t, rooms[n], "the start card", func(c bottest.Card) bool { return !c.Private })
		}
	}
	last := rooms[bot.MaxGames]
	bottest.Await(t, last, "the refusal", bottest.Shows(refused))
	rooms[0].Command("stop", nil, nil)
	bottest.Await(t, rooms[0], "the end", bottest.Shows(phrase.Say(language.English, phrase.EndTitle)))
	last.Command("quiz", quiz, nil)
	bottest.Await(t, last, "the start card", func(c bottest.Card) bool { return !c.Private })
}

// TestReportsAreBounded holds that one person reports a question three times in a day at most.
func TestReportsAreBounded(t *testing.T) {
	s := stage(t, roomy)
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "2"}, nil)
	bottest.Await(t, ada, "the start card", func(c bottest.Card) bool { return !c.Private })
	s.Clock().Advance(5e9)
	bottest.Opened(t, s.Store(), 0)
	for range bot.MaxItemReports {
		ada.Command("report", map[string]string{"reason": "unclear"}, nil)
	}
	bottest.Await(t, ada, "thanks", bottest.Shows(phrase.Say(language.English, phrase.ReportThanks)))
	ada.Command("report", map[string]string{"reason": "unclear"}, nil)
	bottest.Await(t, ada, "the refusal", bottest.Shows(phrase.Say(language.English, phrase.ReportedEnough)))
	reports, err := s.Store().Reports(t.Context(), 0, 100)
	if err != nil || len(reports) != bot.MaxItemReports {
		t.Errorf("%d reports are kept, %v", len(reports), err)
	}
}
