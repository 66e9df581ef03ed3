package service_test

import (
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/play"
	"summitquiz/content/language"
)

// TestChoiceQuestionsArePollsWhereTheyFit begins quizzes on platforms and in places that have
// native polls, or whose polls are too small, and looks at what is delivered.
func TestChoiceQuestionsArePollsWhereTheyFit(t *testing.T) {
	polls := func(text, pick int) bot.Limits {
		l := roomy
		l.Polls, l.PollText, l.PollOption, l.PollWhy = true, text, pick, 200
		return l
	}
	for name, tc := range map[string]struct {
		limits bot.Limits
		kind   string
		atEnd  bool
		alone  bool
		want   bool
	}{
		"where they fit":               {polls(300, 96), "choice", false, false, true},
		"a stem that is too long":      {polls(20, 96), "choice", false, false, false},
		"options that are too long":    {polls(300, 2), "choice", false, false, false},
		"a platform without polls":     {roomy, "choice", false, false, false},
		"a typed question":             {polls(300, 96), "typed", false, false, false},
		"a place that reveals at last": {polls(300, 96), "choice", true, false, false},
		"somebody who plays alone":     {polls(300, 96), "choice", false, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stage(t, tc.limits)
			root := s.Enter(t, "Root", language.English, true)
			if tc.atEnd {
				root.Command("settings", map[string]string{"reveal": "at-end"}, nil)
			}
			var mu sync.Mutex
			var asked, shown bot.Post
			s.SetRefuse(func(d bot.Delivery) error {
				mu.Lock()
				defer mu.Unlock()
				switch d.Post.Kind {
				case bot.QuestionPost:
					asked = d.Post
				case bot.RevealPost:
					shown = d.Post
				}
				return nil
			})
			who := root
			if tc.alone {
				who = s.Alone(t, "Root", language.English)
			}
			who.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": tc.kind, "language": "en", "seconds": "20"}, nil)
			s.Clock().Advance(5 * time.Second)
			bottest.Await(t, who, "the question", bottest.Unanswered(language.English, 0, 1))
			bottest.Opened(t, s.Store(), 0)
			s.Clock().Advance(2 * time.Minute)
			bottest.Await(t, who, "the reveal", bottest.Revealed(language.English, 0, 1))
			mu.Lock()
			defer mu.Unlock()
			if got := asked.Poll != nil; got != tc.want || (shown.Poll != nil) != tc.want {
				t.Fatalf("the question is a poll: %v, the reveal: %v; want %v", got, shown.Poll != nil, tc.want)
			}
			if !tc.want {
				return
			}
			if asked.Poll.Closed || !shown.Poll.Closed || asked.Poll.Open != asked.Open-2*time.Second ||
				asked.Poll.Open < 20*time.Second || len(asked.Poll.Options) != len(asked.Options) {
				t.Errorf("the question is open for %v with the poll %+v, then %+v", asked.Open, asked.Poll, shown.Poll)
			}
		})
	}
}

// TestVotesOnTheirWayCount votes in the last moment of a poll, tells it a moment later, and too
// late.
func TestVotesOnTheirWayCount(t *testing.T) {
	l := roomy
	l.Polls, l.PollText, l.PollOption, l.PollWhy = true, 300, 96, 200
	s := stage(t, l)
	ada := s.Enter(t, "Ada", language.English, false)
	ada.Command("quiz", map[string]string{"pack": "gyeongju-summit-2025", "questions": "1", "kind": "choice", "language": "en", "seconds": "20"}, nil)
	s.Clock().Advance(5 * time.Second)
	bottest.Await(t, ada, "the question", bottest.Unanswered(language.English, 0, 1))
	bottest.Opened(t, s.Store(), 0)
	right, _ := bottest.Keys(t, s.Store())
	room := bot.Place{Platform: "plain", Space: "room", Chat: "room", Title: "Room"}
	vote := func(who string, slot bot.Slot, options ...int) {
		comes(t, s, bot.Input{Place: room, From: bot.Person{User: who, Name: who}, Vote: &bot.Vote{Slot: slot, Options: options}})
	}
	question := bot.Slot{Kind: play.Kind, ID: 1, Part: "question"}
	vote("taken-back", question)
	vote("elsewhere", bot.Slot{Kind: play.Kind, ID: 1, Part: "start"}, right[0])
	vote("nowhere", bot.Slot{Kind: "x"}, right[0])
	s.Clock().Advance(21 * time.Second) // the poll has closed, and its votes are on their way
	vote("ben", question, right[0])
	vote("ben", question, right[0]+1)
	s.Clock().Advance(time.Minute)
	bottest.Await(t, ada, "the reveal", bottest.Shows("Right: ben"))
	vote("cleo", question, right[0])
	if kept, err := s.Store().Answers(t.Context(), 1); err != nil || len(kept) != 1 || kept[0].Points != 1 {
		t.Errorf("%d votes are kept, %v; want ben's", len(kept), err)
	}
}
