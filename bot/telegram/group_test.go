package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/play"
	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

// asks is the condition that a message is open question n of two.
func asks(n string) func(telegramtest.Message) bool {
	return func(m telegramtest.Message) bool {
		return has("Question "+n+" of 2")(m) && slices.ContainsFunc(m.Buttons(), func(b telegramtest.Button) bool { return b.Text == "Skip" })
	}
}

// TestTypedAnswersComeByReply plays typed questions in a group with privacy mode on: what people
// say to each other is not heard, what they reply to the question is.
func TestTypedAnswersComeByReply(t *testing.T) {
	playGame(t, func(s *scene) {
		ada, ben := s.user("Ada", "en"), s.user("Ben", "en")
		c := s.f.NewSupergroup("Friends", ada, ben)
		ada.Say(c, quiz("typed"))
		for n, title := range []string{"1", "2"} {
			q := newest(s.t, c, asks(title))
			if !strings.Contains(q.Text, phrase.Say(en, phrase.ReplyHow)) {
				t.Errorf("the question does not say how to answer:\n%s", q.Text)
			}
			_, typed := bottest.Keys(s.t, s.db)
			ben.Say(c, typed[n]) // said to Ada
			ada.Reply(c, q, typed[n])
			newest(s.t, s.f.Private(ada), has(phrase.Say(en, phrase.SavedTyped)))
			r := newest(s.t, c, func(m telegramtest.Message) bool { return m.ID == q.ID && strings.Contains(m.Text, "Right") })
			if !strings.Contains(r.Text, "Ada") || strings.Contains(r.Text, "Ben") {
				t.Errorf("the reveal of question %s reads\n%s", title, r.Text)
			}
			ben.Reply(c, r, "I knew that") // and nobody minds
		}
		end := newest(s.t, c, has("Final scores"))
		ben.Reply(c, end, "well played")
		rest(time.Second)
		if kept, err := s.db.Answers(context.Background(), 1); err != nil || len(kept) != 2 {
			t.Errorf("%d answers are kept, %v; want two", len(kept), err)
		}
	})
}

// TestOneWhoPlaysAloneInAGroupPlaysInPrivate plays solo games that belong to a group.
func TestOneWhoPlaysAloneInAGroupPlaysInPrivate(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c, own := s.f.NewSupergroup("Friends", ada), s.f.Private(ada)
		for _, kind := range []string{"choice", "typed"} {
			ada.Say(c, quiz(kind)+" mode:solo")
			for n, title := range []string{"1", "2"} {
				q := newest(s.t, own, asks(title))
				right, typed := bottest.Keys(s.t, s.db)
				if kind == "choice" {
					ada.Press(own, q, q.Buttons()[right[n]].Data)
				} else {
					ada.Say(own, typed[n])
				}
				newest(s.t, own, func(m telegramtest.Message) bool {
					return m.ID == q.ID && strings.Contains(m.Text, phrase.Say(en, phrase.YouWereRight))
				})
			}
			newest(s.t, own, has("2/2 🟩🟩"))
			for _, m := range c.FromBot() {
				t.Errorf("everybody sees %q", m.Text)
			}
			rest(30 * time.Second)
			for _, m := range own.FromBot() {
				own.DeleteMessage(m.ID)
			}
		}
	})
}

// TestWhoNeverOpenedTheirChatIsLedThere answers people whom the bot may not write to.
func TestWhoNeverOpenedTheirChatIsLedThere(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.f.NewUser("Ada", "en")
		c := s.f.NewSupergroup("Friends", ada)
		ada.Say(c, "/hint@"+telegramtest.BotUsername)
		short := newest(s.t, c, has(phrase.Say(en, phrase.NoGame)))
		if short.ReplyTo == 0 {
			t.Error("the short answer replies to nobody")
		}
		ada.Say(c, "/stats")
		long := newest(s.t, c, has(phrase.Say(en, phrase.OpenChatFirst)))
		if b := long.Buttons(); len(b) != 1 || b[0].URL != "https://t.me/"+telegramtest.BotUsername+"?start=hello" {
			t.Errorf("the way to the chat is %+v", b)
		}
		for _, m := range c.FromBot() {
			if strings.Contains(m.Text, phrase.Say(en, phrase.StatsTitle)) {
				t.Error("the group sees Ada's statistics")
			}
		}
		ada.Say(c, quiz("choice")+" mode:solo")
		newest(s.t, c, func(m telegramtest.Message) bool {
			return m.ID > long.ID && has(phrase.Say(en, phrase.OpenChatFirst))(m)
		})
		rest(time.Second)
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 {
			t.Errorf("%d games run that nobody can see, %v", len(live), err)
		}
		ada.Start("hello")
		newest(s.t, s.f.Private(ada), has(phrase.Say(en, phrase.WelcomeTitle)))
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 {
			t.Errorf("who opened their chat to read is in %d games, %v", len(live), err)
		}
		ada.Say(c, "/stats")
		newest(s.t, s.f.Private(ada), has(phrase.Say(en, phrase.StatsTitle)))
	})
}

// TestTopicsAreChatsOfTheirOwn plays two games beside each other in topics of one group, with
// old messages that cannot be read any more.
func TestTopicsAreChatsOfTheirOwn(t *testing.T) {
	playGame(t, func(s *scene) {
		root := s.user("Root", "en")
		c := s.f.NewSupergroup("Friends", root)
		c.Admin(root)
		root.Say(c, "/settings@"+telegramtest.BotUsername+" reveal:at-end")
		newest(s.t, s.f.Private(root), has(phrase.Say(en, phrase.SettingsSaved)))
		first, second := c.Topic("First"), c.Topic("Second")
		root.Say(first, quiz("choice"))
		root.Say(second, quiz("choice"))
		for _, topic := range []*telegramtest.Chat{first, second} {
			q := newest(s.t, topic, asks("1"))
			press := root.PressOld(c, q, q.Buttons()[0].Data)
			<-press.Done()
			if text, _ := press.Toast(); !strings.HasPrefix(text, "Saved") {
				t.Errorf("an answer in a topic is told %q", text)
			}
		}
		root.Say(first, "/stop")
		newest(s.t, first, has("Final scores"))
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 1 {
			t.Errorf("%d games run, %v; want the one in the other topic", len(live), err)
		}
		for _, m := range c.FromBot() {
			if m.Thread == 0 {
				t.Errorf("outside of the topics stands %q", m.Text)
			}
		}
		second.Close(true)
		rest(time.Minute)
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 {
			t.Errorf("%d games run in a topic that is closed, %v", len(live), err)
		}
	})
}

// TestAGroupThatBecomesASupergroupGoesOn migrates a group in the middle of a game: once with the
// news, and once when a message finds the group gone.
func TestAGroupThatBecomesASupergroupGoesOn(t *testing.T) {
	for name, early := range map[string]bool{"the news comes first": true, "a message comes first": false} {
		t.Run(name, func(t *testing.T) {
			playGame(t, func(s *scene) {
				ada := s.user("Ada", "en")
				old := s.f.NewGroup("Friends", ada)
				ada.Say(old, quiz("choice"))
				q := newest(s.t, old, openPoll)
				if !early {
					rest(q.Poll.Period + time.Second) // the reveal is about to come
				}
				c := old.Migrate()
				if early {
					rest(time.Second)
				}
				next := newest(s.t, c, openPoll)
				right, _ := bottest.Keys(s.t, s.db)
				ada.Vote(c, next, right[1])
				newest(s.t, c, has("Final scores", "Ada"))
				space, _, _, err := s.db.Enter(context.Background(), groupPlace(c), bot.Person{}, time.Now())
				if err != nil {
					t.Fatal(err)
				}
				page, err := s.db.Board(context.Background(), bot.BoardQuery{Space: space.ID, Limit: 10})
				if err != nil || len(page.Rows) != 1 || page.Rows[0].Points != 1 {
					t.Errorf("the board of the new group is %+v, %v", page, err)
				}
			})
		})
	}
}

// TestAnonymousAdminsActForTheGroup uses the settings in the name of the group, and in that of a
// channel.
func TestAnonymousAdminsActForTheGroup(t *testing.T) {
	playGame(t, func(s *scene) {
		root, eve := s.user("Root", "en"), s.user("Eve", "en")
		c := s.f.NewSupergroup("Friends", root, eve)
		c.Admin(root)
		c.Anonymous().Say(c, "/settings")
		card := newest(s.t, c, has("Settings of the group Friends"))
		data := ""
		for _, b := range card.Buttons() {
			if b.Text == phrase.Say(en, "opt-questions") {
				data = b.Data
			}
		}
		refused := eve.Press(c, card, data)
		<-refused.Done()
		if text, _ := refused.Toast(); text != phrase.Say(en, phrase.ButtonOver) {
			t.Errorf("who is no admin is told %q", text)
		}
		<-root.Press(c, card, data).Done()
		newest(s.t, c, func(m telegramtest.Message) bool {
			return m.ID == card.ID && has(phrase.Say(en, phrase.SettingsSaved))(m)
		})
		if space, _, _, err := s.db.Enter(context.Background(), groupPlace(c), bot.Person{}, time.Now()); err != nil || space.Settings.Questions != 15 {
			t.Errorf("the settings are %+v, %v", space.Settings, err)
		}
		channel := s.f.NewChannel("News")
		channel.ChannelAuthor().Say(c, "/quiz")
		newest(s.t, c, has(phrase.Say(en, phrase.AsYourself)))
		c.AutoForward(channel, "/quiz")
		rest(time.Second)
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 {
			t.Errorf("a channel began %d games, %v", len(live), err)
		}
	})
}

// TestTheBotComesAndGoes removes the bot, blocks it and takes it back.
func TestTheBotComesAndGoes(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c := s.f.NewSupergroup("Friends", ada)
		gone := func(p bot.Place) bool {
			t.Helper()
			space, _, _, err := s.db.Enter(context.Background(), p, bot.Person{}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			return !space.Gone.IsZero()
		}
		ada.Say(c, quiz("choice"))
		newest(s.t, c, openPoll)
		c.Kick(c.Owner())
		rest(time.Minute)
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 || !gone(groupPlace(c)) {
			t.Errorf("after the bot was removed %d games run, %v", len(live), err)
		}
		c.Add(c.Owner())
		rest(time.Second)
		if gone(groupPlace(c)) {
			t.Error("the bot is back, and the group is still taken for gone")
		}
		ada.Block()
		rest(time.Second)
		if !gone(groupPlace(s.f.Private(ada))) {
			t.Error("the bot is blocked, and the chat is not taken for gone")
		}
		ada.Say(c, "/stats") // its answer cannot be told
		newest(s.t, c, has(phrase.Say(en, phrase.OpenChatFirst)))
		ada.Say(s.f.Private(ada), "/help")
		newest(s.t, s.f.Private(ada), has(phrase.Say(en, phrase.HelpTitle)))
		if gone(groupPlace(s.f.Private(ada))) {
			t.Error("who writes is still taken for gone")
		}
		c.Mute("messages", true)
		ada.Say(c, quiz("choice"))
		rest(time.Minute)
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 {
			t.Errorf("%d games run where the bot may not write, %v", len(live), err)
		}
	})
}

// TestAReplyThatIsTooMuchForNowComesLater has Telegram refuse an answer for some seconds.
func TestAReplyThatIsTooMuchForNowComesLater(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		s.f.Fail(1, "sendMessage", telegramtest.Limit(5*time.Second))
		ada.Say(s.f.Private(ada), "/help")
		newest(s.t, s.f.Private(ada), has(phrase.Say(en, phrase.HelpTitle)))
	})
}

// TestHintsAndVotesToSkipStandBelowAPoll edits what can be edited of a poll: its buttons.
func TestHintsAndVotesToSkipStandBelowAPoll(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("آدا", "ar")
		c := s.f.NewSupergroup("Friends", ada)
		ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:1 kind:who-said language:ar")
		q := newest(s.t, c, openPoll)
		press := ada.Click(c, q, phrase.Say(language.Arabic, phrase.ButtonHint))
		<-press.Done()
		if text, _ := press.Toast(); shown(text) != phrase.Say(language.Arabic, phrase.HintDone) {
			t.Errorf("the toast says %q", text)
		}
		hinted := newest(s.t, c, func(m telegramtest.Message) bool { return m.ID == q.ID && m.Edits == 1 })
		if first := hinted.Buttons()[0]; !strings.Contains(first.Text, "تلميح") || len(hinted.Buttons()) != 2 {
			t.Errorf("after the hint the buttons are %+v", hinted.Buttons())
		}
		shows := ada.Press(c, hinted, hinted.Buttons()[0].Data)
		<-shows.Done()
		if text, _ := shows.Toast(); text != "" {
			t.Errorf("the hint's button says %q", text)
		}
		<-ada.Click(c, hinted, phrase.Say(language.Arabic, phrase.ButtonSkip)).Done()
		closed := newest(s.t, c, func(m telegramtest.Message) bool { return m.ID == q.ID && m.Poll.Closed })
		if len(closed.Buttons()) != 0 {
			t.Errorf("the closed poll has the buttons %+v", closed.Buttons())
		}
		newest(s.t, c, has(shown(phrase.Say(language.Arabic, phrase.WasSkipped))))
	})
}

// TestAPollThatClosedByItselfHasItsResult lets Telegram close a poll early and say nothing, so
// that it cannot be stopped any more, and deletes another one.
func TestAPollThatClosedByItselfHasItsResult(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c := s.f.NewSupergroup("Friends", ada)
		ada.Say(c, quiz("choice"))
		for n := range 2 {
			q := newest(s.t, c, openPoll)
			right, _ := bottest.Keys(s.t, s.db)
			ada.Vote(c, q, right[n])
			if n == 0 {
				c.Lapse(q, false)
			} else {
				rest(2 * time.Second)
				c.DeleteMessage(q.ID)
			}
			newest(s.t, c, func(m telegramtest.Message) bool {
				return strings.Contains(m.Text, "Right: \u2068Ada") && has("Question "+decimal(int64(n+1)))(m)
			})
		}
		newest(s.t, c, has("Final scores", "2 points"))
	})
}

// TestWherePollsAreForbiddenThereAreButtons plays in a group that takes messages and no polls.
func TestWherePollsAreForbiddenThereAreButtons(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c := s.f.NewSupergroup("Friends", ada)
		c.Mute("polls", true)
		ada.Say(c, quiz("choice"))
		for n, title := range []string{"1", "2"} {
			q := newest(s.t, c, asks(title))
			right, _ := bottest.Keys(s.t, s.db)
			ada.Press(c, q, q.Buttons()[right[n]].Data)
			newest(s.t, c, func(m telegramtest.Message) bool { return m.ID == q.ID && strings.Contains(m.Text, "Right: \u2068Ada") })
		}
		newest(s.t, c, has("Final scores", "2 points"))
	})
}
