package telegram_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/telegram/telegramtest"
)

// TestAGroupPlaysItsDaily has a group play a day with polls and replies and, once it reveals at the end,
// one with buttons: the day's post becomes the result, and nothing else is posted.
func TestAGroupPlaysItsDaily(t *testing.T) {
	t.Parallel()
	playGame(t, func(s *scene) {
		c := s.f.NewSupergroup("Club")
		owner := c.Owner()
		owner.Unblock()
		ada := s.user("Ada", "en")
		owner.Say(c, "/daily time:12:05 zone:London pack:gyeongju-summit-2025 questions:7 window:15")
		rest(8 * time.Minute)
		polls, typed := 0, 0
		for _, m := range c.FromBot() {
			switch {
			case m.Poll != nil:
				polls++
				if m.Poll.Anonymous || m.Poll.Period < 14*time.Minute || m.Poll.Period > 16*time.Minute {
					t.Errorf("the poll %q is anonymous (%v) or open for %v", m.Poll.Question, m.Poll.Anonymous, m.Poll.Period)
				}
				if !ada.Vote(c, m, m.Poll.Correct[0]) {
					t.Errorf("a vote for %q does not count", m.Poll.Question)
				}
			case strings.Contains(m.Text, "Reply to this message"):
				typed++
				ada.Reply(c, m, "no idea")
			}
		}
		if polls == 0 || typed == 0 || polls+typed != 7 {
			t.Fatalf("the day has %d polls and %d questions to type, want seven in all", polls, typed)
		}
		newest(t, s.f.Private(ada), has("Not this one"))
		before := len(c.FromBot())
		rest(15 * time.Minute)
		newest(t, c, has("the result", "1 of 1 right: Ada", "This season"))
		for _, m := range c.FromBot() {
			if m.Poll != nil && !m.Poll.Closed {
				t.Errorf("the poll %q is still open", m.Poll.Question)
			}
		}
		if after := len(c.FromBot()); after != before {
			t.Errorf("the end of the window took the group from %d posts to %d", before, after)
		}
		answers, err := s.db.Answers(context.Background(), firstDaily(t, s))
		if err != nil || len(answers) != 7 {
			t.Errorf("%d answers are kept, %v, want seven", len(answers), err)
		}

		owner.Say(c, "/settings reveal:at-end")
		rest(23*time.Hour + 50*time.Minute)
		q := newest(t, c, func(m telegramtest.Message) bool { return strings.Contains(m.Text, "question") && len(m.Buttons()) > 1 })
		press := ada.Press(c, q, q.Buttons()[0].Data)
		<-press.Done()
		if text, _ := press.Toast(); !strings.Contains(text, "Right!") && !strings.Contains(text, "Not this one") || !strings.Contains(text, "Right so far") {
			t.Errorf("a pressed option is answered with %q", text)
		}
		press = ada.Press(c, q, q.Buttons()[1].Data)
		<-press.Done()
		if text, _ := press.Toast(); !strings.Contains(text, "first answer counts") {
			t.Errorf("a second press is answered with %q", text)
		}
	})
}

// firstDaily is the session of the group's first daily.
func firstDaily(t *testing.T, s *scene) bot.SessionID {
	t.Helper()
	for id := bot.SessionID(1); id < 1000; id++ {
		if x, err := s.db.Session(context.Background(), id); err == nil && x.Kind == "daily" {
			return id
		}
	}
	t.Fatal("there was no daily")
	return 0
}
