package service_test

import (
	"fmt"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// TestOnePersonLeavesRoom holds that one person has three quizzes running at most, and may start
// another one as soon as one of them is over.
func TestOnePersonLeavesRoom(t *testing.T) {
	s := stage(t, roomy)
	quiz := map[string]string{"pack": "gyeongju-summit-2025", "questions": "2", "seconds": "10", "kind": "choice"} // over within a minute
	refused := language.StripIsolates(phrase.Say(language.English, phrase.TooManyGames, phrase.Count("games", bot.MaxGames), phrase.Count("minutes", 1)))
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
	bottest.Await(t, ada, "the refusal", bottest.Shows(language.StripIsolates(phrase.Say(language.English, phrase.ReportedEnough,
		phrase.Text("time", s.Clock().Now().Add(24*time.Hour).UTC().Format("15:04 MST"))))))
	reports, err := s.Store().Reports(t.Context(), 0, 100)
	if err != nil || len(reports) != bot.MaxItemReports {
		t.Errorf("%d reports are kept, %v", len(reports), err)
	}
}

// TestDraftsAreBounded holds that one person has five uploaded packs at most that wait for a decision, is told when
// there is room again, and may send a file again under its name; and that there is room once one was discarded, and
// after a day.
func TestDraftsAreBounded(t *testing.T) {
	s := stage(t, roomy)
	root := s.Enter(t, "Root", language.English, true)
	load := func(name string) {
		data := "pack: " + name + "\nlanguages: [en]\ntitle: " + name + "\ncards:\n  - {ask: What is the name of this pack?, answer: " + name + "}\n"
		root.Command("pack load", nil, &bot.File{Name: name + ".yaml", Type: "text/yaml", Data: []byte(data)})
	}
	report := phrase.Say(language.English, phrase.DraftSamples)
	until := s.Clock().Now().Add(24 * time.Hour).UTC().Format("15:04 MST")
	full := language.StripIsolates(phrase.Say(language.English, phrase.DraftsFull, phrase.Count("drafts", bot.MaxDrafts), phrase.Text("time", until)))
	for n := range bot.MaxDrafts {
		load(fmt.Sprint("lake", n))
		bottest.Await(t, root, "the report", bottest.Shows(fmt.Sprint("lake", n), report))
		s.Clock().Advance(time.Minute)
	}
	load("sea")
	bottest.Await(t, root, "until when there is no room", bottest.Shows(full))
	load("lake2")
	last := func(c bottest.Card) bool { return bottest.Shows("lake2", report)(c) }
	bottest.Await(t, root, "the report of a file that was sent again", last)
	root.Click(phrase.Say(language.English, phrase.ButtonDiscard))
	bottest.Await(t, root, "that it is gone", bottest.Shows(phrase.Say(language.English, phrase.PackDiscarded)))
	load("sea")
	bottest.Await(t, root, "the report of a file for which there is room", bottest.Shows("sea", report))
	load("air")
	bottest.Await(t, root, "that it is full again", bottest.Shows(full))
	s.Clock().Advance(24 * time.Hour)
	load("air")
	bottest.Await(t, root, "the report of a file after a day", bottest.Shows("air", report))
}
