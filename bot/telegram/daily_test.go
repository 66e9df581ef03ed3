package telegram_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
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

// dayOpens switches a group's daily on and waits until its day is posted.
func dayOpens(s *scene, c *telegramtest.Chat, questions int) telegramtest.Message {
	c.Owner().Unblock()
	c.Owner().Say(c, fmt.Sprintf("/daily time:12:05 zone:London pack:gyeongju-summit-2025 questions:%d window:60", questions))
	rest(8 * time.Minute)
	return newest(s.t, c, has("Daily quiz, ", "Open until"))
}

// TestAGroupMigratesWithADailyOpen makes a group a supergroup between the day's post and its result: once
// with the news, and once when the result finds the group gone. The result comes in the new chat, once,
// and so does the next day.
func TestAGroupMigratesWithADailyOpen(t *testing.T) {
	for name, early := range map[string]bool{"the news comes first": true, "a message comes first": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			playGame(t, func(s *scene) {
				old := s.f.NewGroup("Club", s.user("Ada", "en"))
				dayOpens(s, old, 1)
				before := len(old.FromBot())
				if !early {
					s.p.stop()
				}
				c := old.Migrate()
				rest(65 * time.Minute)
				if !early { // the result is due as the program starts
					s.p = begin(t, s.f, s.db)
					rest(time.Minute)
				}
				results := 0
				for _, m := range c.FromBot() {
					if has("the result")(m) {
						results++
					}
				}
				if results != 1 || len(old.FromBot()) != before {
					t.Errorf("%d results in the new chat, and the old one went from %d posts to %d", results, before, len(old.FromBot()))
				}
				rest(23 * time.Hour)
				days := 0
				for _, m := range c.FromBot() {
					if has("Daily quiz, ", "Open until")(m) {
						days++
					}
				}
				if days != 1 || len(old.FromBot()) != before {
					t.Errorf("the day after is posted %d times in the new chat, and the old one has %d posts", days, len(old.FromBot()))
				}
			})
		})
	}
}

// TestAChatVanishesWithADailyOpen takes the chat away while its day is open: the daily rests, nothing is
// tried in the meantime, and it goes on when the bot is back.
func TestAChatVanishesWithADailyOpen(t *testing.T) {
	t.Parallel()
	playGame(t, func(s *scene) {
		c := s.f.NewSupergroup("Club")
		owner := c.Owner()
		dayOpens(s, c, 1)
		owner.Start("")
		rest(time.Minute)
		before := len(c.FromBot())
		c.Kick(owner)
		rest(3 * 24 * time.Hour)
		if n := len(c.FromBot()); n != before {
			t.Errorf("a chat without the bot went from %d posts to %d", before, n)
		}
		if live, err := s.db.Live(context.Background(), "daily"); err != nil || len(live) != 0 {
			t.Errorf("%d dailies are open, %v", len(live), err)
		}
		state := func() bot.SubscriptionState {
			t.Helper()
			_, chat, _, err := s.db.Enter(context.Background(), groupPlace(c), bot.Person{}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			x, err := s.db.ChatSubscription(context.Background(), chat.ID)
			if err != nil {
				t.Fatal(err)
			}
			return x.State
		}
		if state() != bot.SubscriptionRests {
			t.Errorf("the daily is %v, want resting", state())
		}
		newest(t, s.f.Private(owner), has("The daily quiz in Club rests"))
		c.Add(owner)
		rest(25 * time.Hour)
		if n := len(c.FromBot()); n == before || state() != bot.SubscriptionOn {
			t.Errorf("the bot is back, and the daily is %v with %d posts after %d", state(), n, before)
		}
		posts := 0
		for _, m := range c.FromBot()[before:] {
			if has("Daily quiz, ", "Open until")(m) || has("the result")(m) {
				posts++
			}
		}
		if posts > 2 {
			t.Errorf("%d days are posted in 25 hours", posts)
		}
	})
}

// TestADailyIsOfferedInPrivate answers one question in a private chat: the offer comes at once, and after
// "not now" never again.
func TestADailyIsOfferedInPrivate(t *testing.T) {
	t.Parallel()
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c := s.f.Private(ada)
		ada.Say(c, quiz("choice"))
		q := newest(t, c, func(m telegramtest.Message) bool { return len(m.Buttons()) > 1 })
		<-ada.Press(c, q, q.Buttons()[0].Data).Done()
		offer := newest(t, c, has(phrase.Say(en, phrase.DailyOffer)))
		if live, err := s.db.Live(context.Background(), "game"); err != nil || len(live) != 1 {
			t.Errorf("%d games run when a daily is offered, %v, want the one", len(live), err)
		}
		<-ada.Click(c, offer, phrase.Say(en, phrase.ButtonDailyNotNow)).Done()
		rest(10 * time.Minute)
		ada.Say(c, quiz("choice"))
		rest(10 * time.Minute)
		for _, m := range c.FromBot() {
			if has(phrase.Say(en, phrase.DailyOffer))(m) {
				t.Error("a daily is offered after “not now”")
			}
		}
	})
}
