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

// TestButtonsThatAreNotTheirsChangeNothing presses what was forged, belongs to somebody else,
// comes from another chat or is over: one sentence in a toast, and nothing changed.
func TestButtonsThatAreNotTheirsChangeNothing(t *testing.T) {
	playGame(t, func(s *scene) {
		ada, eve := s.user("Ada", "en"), s.user("Eve", "en")
		c, elsewhere := s.f.NewSupergroup("Friends", ada, eve), s.f.NewSupergroup("Elsewhere", ada, eve)
		c.Admin(ada)
		ada.Say(c, "/settings reveal:at-end")
		card := newest(s.t, s.f.Private(ada), has(phrase.Say(en, phrase.SettingsSaved)))
		ada.Say(c, quiz("choice"))
		q := newest(s.t, c, asks("1"))
		answer, own := q.Buttons()[0].Data, card.Buttons()[2].Data
		if !strings.Contains(own, "@") {
			t.Fatalf("the button of a group's settings in a private chat is %q", own)
		}
		over := phrase.Say(en, phrase.ButtonOver)
		for name, press := range map[string]func() *telegramtest.Query{
			"a forged seal":                    func() *telegramtest.Query { return eve.Press(c, q, answer[:len(answer)-2]+"xx") },
			"a forged option":                  func() *telegramtest.Query { return eve.Press(c, q, strings.Replace(answer, "-0.", "-1.", 1)) },
			"a verb that nobody has":           func() *telegramtest.Query { return eve.Press(c, q, "v1.root.0.AAAAAAAAAAA") },
			"nothing":                          func() *telegramtest.Query { return eve.Press(c, q, "") },
			"too much":                         func() *telegramtest.Query { return eve.Press(c, q, strings.Repeat("v1.a.", 20)) },
			"marks of direction":               func() *telegramtest.Query { return eve.Press(c, q, "v1.a.\u202e\u2066.x") },
			"signs of places":                  func() *telegramtest.Query { return eve.Press(c, q, "@@!.@") },
			"an answer from elsewhere":         func() *telegramtest.Query { return eve.Press(elsewhere, q, answer) },
			"an answer with a forged place":    func() *telegramtest.Query { return eve.Press(elsewhere, q, answer+"@"+own[strings.Index(own, "@")+1:]) },
			"somebody else's settings":         func() *telegramtest.Query { return eve.Press(s.f.Private(eve), card, own) },
			"their own settings without place": func() *telegramtest.Query { return eve.Press(c, q, own[:strings.Index(own, "@")]) },
		} {
			it := press()
			<-it.Done()
			if text, _ := it.Toast(); text != over {
				t.Errorf("%s: told %q, want %q", name, text, over)
			}
		}
		if kept, err := s.db.Answers(context.Background(), 1); err != nil || len(kept) != 0 {
			t.Errorf("%d answers are kept, %v; want none", len(kept), err)
		}
		if space, _, _, err := s.db.Enter(context.Background(), groupPlace(c), bot.Person{}, time.Now()); err != nil ||
			space.Settings != (bot.Settings{AtEnd: true}) {
			t.Errorf("the settings are %+v, %v", space.Settings, err)
		}
		if strings.Contains(s.p.log.String(), "\u202e") {
			t.Error("the log holds what a stranger sent")
		}
	})
}

// TestWhatDoesNotConcernTheBotIsLeftAlone writes to other bots, edits, talks, forwards, and has
// Telegram tell of things that nobody knows.
func TestWhatDoesNotConcernTheBotIsLeftAlone(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c, own := s.f.NewSupergroup("Friends", ada), s.f.Private(ada)
		c.Promote(c.Owner(), true) // now everything that is said is heard
		rest(time.Second)
		talk := ada.Say(c, "good evening")
		for _, text := range []string{"/quiz@OtherBot", "/start@OtherBot hello", "/dance", "quiz", "/", "／", "/@", "@" + telegramtest.BotUsername,
			"/ quiz", "/start"} {
			ada.Say(c, text)
		}
		ada.Edit(c, talk, "/quiz")
		ada.Reply(c, talk, "to myself")
		c.AutoForward(s.f.NewChannel("News"), "/quiz")
		s.f.Inject("edited_message", map[string]any{"message_id": 1, "date": time.Now().Unix(),
			"chat": map[string]any{"id": ada.ID, "type": "private"}, "text": "/quiz"})
		s.f.Inject("message_reaction", map[string]any{"chat": map[string]any{"id": c.ID}})
		s.f.Inject("what_comes_in_2030", map[string]any{"x": []any{1}})
		s.f.Inject("message", "a string in place of a message")
		s.f.Inject("message", map[string]any{"message_id": 5, "date": 1})
		s.f.Inject("message", map[string]any{"message_id": 5, "date": time.Now().Unix(), "chat": map[string]any{"id": -100, "type": "channel"},
			"text": "/quiz"})
		s.f.Inject("callback_query", map[string]any{"id": "1", "data": "x", "from": map[string]any{"id": ada.ID}})
		s.f.Inject("poll_answer", map[string]any{"poll_id": "77"})
		s.f.Inject("poll_answer", map[string]any{"poll_id": "77", "option_ids": []int{0}, "user": map[string]any{"id": ada.ID, "first_name": "Ada"}})
		s.f.Inject("my_chat_member", map[string]any{"chat": map[string]any{"id": -77, "type": "channel"},
			"new_chat_member": map[string]any{"status": "administrator"}})
		rest(15 * time.Second)
		if n := len(c.FromBot()) + len(own.FromBot()); n != 0 {
			t.Errorf("%d messages were said to nobody's wish", n)
		}
		ada.Say(c, "/hint") // and then something that does
		newest(s.t, own, has(phrase.Say(en, phrase.NoGame)))
		if kept, err := s.db.Kept(context.Background(), "telegram", 0, 10); err != nil || len(kept) != 0 || s.f.Pending() != 0 {
			t.Errorf("%d updates are kept and %d wait, %v", len(kept), s.f.Pending(), err)
		}
		if got := s.p.a.Counts(); got.Failed != 0 || got.Unread != 1 || got.Ignored < 18 {
			t.Errorf("the counts are %+v", got)
		}
	})
}

// TestWhatHoldsNoWordsIsToldSo sends stickers and the like in private.
func TestWhatHoldsNoWordsIsToldSo(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "ko")
		own := s.f.Private(ada)
		want := phrase.Say(language.Korean, phrase.NoWords)
		for n, fields := range []map[string]any{
			{"sticker": map[string]any{"file_id": "x",
				"emoji": "👍"}}, {"photo": []any{map[string]any{"file_id": "x"}}}, {"voice": map[string]any{"file_id": "x"}},
			{"location": map[string]any{"latitude": 1.5}}, {"poll": map[string]any{"id": "5", "question": "?"}},
		} {
			ada.Send(own, fields)
			rest(5 * time.Second)
			if all := own.FromBot(); len(all) != n+1 || all[n].Text != want {
				t.Errorf("%v: told %d sentences, want %q", fields, len(all), want)
			}
		}
		ada.Send(own, map[string]any{"pinned_message": map[string]any{}})
		rest(5 * time.Second)
		if n := len(own.FromBot()); n != 5 {
			t.Errorf("something that Telegram wrote itself is answered")
		}
	})
}

// TestWhatIsADayOldDoesNothing has the bot come back after a day: commands are not done any more,
// whoever sent one in their own chat is told so once, and buttons and votes find out by
// themselves.
func TestWhatIsADayOldDoesNothing(t *testing.T) {
	playGame(t, func(s *scene) {
		ada := s.user("Ada", "en")
		c, own := s.f.NewSupergroup("Friends", ada), s.f.Private(ada)
		s.f.Ago(23*time.Hour, func() {
			ada.Say(own, "/quiz")
			ada.Say(own, "Paris")
			ada.Say(c, quiz("choice"))
			ada.SendFile(own, lakes(), "")
		})
		rest(10 * time.Second)
		if live, err := s.db.Live(context.Background(), play.Kind); err != nil || len(live) != 0 {
			t.Errorf("%d games run, %v", len(live), err)
		}
		for _, m := range own.FromBot() {
			if m.Text != phrase.Say(en, phrase.WasAway) {
				t.Errorf("told %q", m.Text)
			}
		}
		if n := len(own.FromBot()); n != 4 || len(c.FromBot()) != 0 || len(s.f.Requests("download")) != 0 {
			t.Errorf("%d sentences in private, %d in the group", n, len(c.FromBot()))
		}
	})
}

// TestVotesCountOnce votes in every way that is not meant: through a forwarded poll, as a channel,
// for an option that is not there, taken back, after the end, and before the poll is known.
func TestVotesCountOnce(t *testing.T) {
	playGame(t, func(s *scene) {
		ada, ben, eve := s.user("Ada", "en"), s.user("Ben", "en"), s.user("Eve", "en")
		c := s.f.NewSupergroup("Friends", ada, ben, eve)
		s.f.Fail(1, "sendPoll", telegramtest.Late(2*time.Second)) // people see it, and the bot does not know its id
		ada.Say(c, quiz("choice"))
		q := newest(s.t, c, openPoll)
		right, _ := bottest.Keys(s.t, s.db)
		ada.Vote(c, q, right[0])
		if kept, _ := s.db.Answers(context.Background(), 1); len(kept) != 0 {
			t.Error("a vote counts before its poll is known")
		}
		rest(3 * time.Second)
		vote := s.f.Newest()
		if kept, err := s.db.Answers(context.Background(), 1); err != nil || len(kept) != 1 {
			t.Errorf("a vote that came before its poll was known is kept %d times, %v", len(kept), err)
		}
		channel := s.f.NewChannel("News")
		channel.ChannelAuthor().Vote(c, q, right[0])
		for _, options := range [][]int{{99}, {-1}, {}} {
			s.f.Inject("poll_answer", map[string]any{"poll_id": q.Poll.ID, "option_ids": options, "user": map[string]any{"id": eve.ID, "first_name": "Eve"}})
		}
		s.f.Repeat(vote)
		if body := s.f.Requests("sendPoll")[0].Params; body["protect_content"] != "true" {
			t.Errorf("the poll can be forwarded: %v", body)
		}
		newest(s.t, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
		s.f.Inject("poll_answer", map[string]any{"poll_id": q.Poll.ID, "option_ids": []int{right[0]},
			"user": map[string]any{"id": ben.ID, "first_name": "Ben"}})
		rest(time.Second)
		kept, err := s.db.Answers(context.Background(), 1)
		if err != nil || len(kept) != 1 {
			t.Errorf("%d answers are kept, %v; want Ada's only", len(kept), err)
		}
	})
}

// TestNamesAndAnswersAreOnlyText plays with names and answers that are markup, turn the direction
// of a line, are empty, or are as long as Telegram lets them be.
func TestNamesAndAnswersAreOnlyText(t *testing.T) {
	playGame(t, func(s *scene) {
		names := []string{"<b>Bold</b>", "\u202eesreveR", "a\u2068b\u2069", "&amp; <a href=\"tg://user?id=1\">x</a>", "", strings.Repeat("N", 64), "*_`[x](y)"}
		var people []*telegramtest.User
		for _, name := range names {
			people = append(people, s.user(name, "en"))
		}
		c := s.f.NewSupergroup("Fri<i>ends", people...)
		people[0].Say(c, quiz("typed"))
		q := newest(s.t, c, asks("1"))
		_, typed := bottest.Keys(s.t, s.db)
		for _, u := range people[:len(people)-1] {
			u.Reply(c, q, typed[0])
		}
		people[len(people)-1].Reply(c, q, strings.Repeat("<b>&", 1024))
		newest(s.t, s.f.Private(people[6]), has(phrase.Say(en, phrase.SavedTyped)))
		r := newest(s.t, c, func(m telegramtest.Message) bool { return m.ID == q.ID && has("Right:")(m) })
		for _, want := range []string{"<b>Bold</b>", "esreveR", "&amp; <a href=\"tg://user?id=1\">x</a>", phrase.Say(en, phrase.Somebody), "NNN…"} {
			if !strings.Contains(shown(r.Text), want) {
				t.Errorf("the reveal does not name %q:\n%s", want, r.Text)
			}
		}
		if slices.ContainsFunc(r.Entities, func(e telegramtest.Entity) bool {
			return e.Type == "text_link" ||
				e.Type == "mention"
		}) || strings.Contains(r.Text, "\u202e") {
			t.Errorf("a name became more than text: %+v", r.Entities)
		}
		if kept, err := s.db.Answers(context.Background(), 1); err != nil || len(kept) != len(people) {
			t.Errorf("%d answers are kept, %v", len(kept), err)
		}
	})
}
