package telegram_test

import (
	"testing"

	"summitquiz/bot/telegram/telegramtest"
)

// TestADeletedQuestionHasItsReveal has an admin delete a question while it is open, a poll and one with buttons:
// its reveal comes as a new message, once, and the quiz goes on.
func TestADeletedQuestionHasItsReveal(t *testing.T) {
	for _, how := range []string{"at-once", "at-end"} {
		t.Run(how, func(t *testing.T) {
			playGame(t, func(s *scene) {
				root := s.user("Root", "en")
				c := s.f.NewSupergroup("Friends", root)
				c.Admin(root)
				root.Say(c, "/settings@"+telegramtest.BotUsername+" reveal:"+how)
				root.Say(c, quiz("choice"))
				q := newest(s.t, c, func(m telegramtest.Message) bool { return openPoll(m) || asks("1")(m) })
				c.DeleteMessage(q.ID)
				reveal := func(m telegramtest.Message) bool {
					return m.ID != q.ID && has("Question 1 of 2")(m) && (has("✅")(m) || has("Answer: ")(m))
				}
				first := newest(s.t, c, reveal)
				newest(s.t, c, func(m telegramtest.Message) bool { return m.ID > first.ID && (openPoll(m) || asks("2")(m)) })
				root.Say(c, "/stop")
				newest(s.t, c, has("Final scores"))
			})
		})
	}
}
