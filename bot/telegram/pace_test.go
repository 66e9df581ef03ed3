package telegram_test

import (
	"testing"
	"time"

	"summitquiz/bot/bottest"
	"summitquiz/bot/phrase"
	"summitquiz/bot/telegram/telegramtest"
)

// soon is how long after what people do, or after the last result, the next post may come in a group
// whose pace allows it.
const soon = 2 * time.Second

// since measures how long after an act a post comes, and holds that it is soon.
func (s *scene) since(what string, act func(), c *telegramtest.Chat, is func(telegramtest.Message) bool) telegramtest.Message {
	s.t.Helper()
	began := time.Now()
	act()
	m := newest(s.t, c, is)
	if took := time.Since(began); took > soon {
		s.t.Errorf("the next post came %v after %s", took, what)
	}
	return m
}

// TestTheNextPostComesSoon measures a game in a group from what people do to what the group reads next:
// the game goes on, the skipped question has its result, and the board follows the last result.
func TestTheNextPostComesSoon(t *testing.T) {
	playGame(t, func(s *scene) {
		ada, ben := s.user("Ada", "en"), s.user("Ben", "en")
		c := s.f.NewSupergroup("Friends", ada, ben)
		ada.Say(c, "/quiz pack:gyeongju-summit-2025 questions:3 kind:choice language:en")
		first := newest(s.t, c, openPoll)
		result := func(of telegramtest.Message) func(telegramtest.Message) bool {
			return func(m telegramtest.Message) bool { return m.ReplyTo == of.ID }
		}
		s.since("/skip", func() { ada.Say(c, "/skip") }, c, result(first))
		ada.Say(c, "/pause")
		newest(s.t, c, has("aused"))
		s.since("/resume", func() { ada.Say(c, "/resume") }, c, has(phrase.Say(en, phrase.GoesOn)))
		second := newest(s.t, c, func(m telegramtest.Message) bool { return openPoll(m) && m.ID > first.ID })
		s.since("the skip button", func() { ada.Click(c, second, phrase.Say(en, phrase.ButtonSkip)) }, c, result(second))
		third := newest(s.t, c, func(m telegramtest.Message) bool { return openPoll(m) && m.ID > second.ID })
		right, _ := bottest.Keys(s.t, s.db)
		ada.Vote(c, third, right[2])
		newest(s.t, c, result(third))
		s.since("the last result", func() {}, c, has(phrase.Say(en, phrase.EndTitle)))
	})
}

// TestAPollThatCannotBeClosedTakesNoTimeFromItsResult has Telegram fail to close a poll in every way:
// the result is read as long as otherwise.
func TestAPollThatCannotBeClosedTakesNoTimeFromItsResult(t *testing.T) {
	for name, fault := range map[string]telegramtest.Fault{
		"a failure": telegramtest.Status(502), "a failure that closes it": telegramtest.Lost(502), "no answer for long": telegramtest.Slow(12 * time.Second),
	} {
		t.Run(name, func(t *testing.T) {
			playGame(t, func(s *scene) {
				ada := s.user("Ada", "en")
				c := s.f.NewSupergroup("Friends", ada)
				ada.Say(c, quiz("choice"))
				q := newest(s.t, c, openPoll)
				s.f.Fail(1, "stopPoll", fault)
				s.since("the skip", func() { ada.Say(c, "/skip") }, c, func(m telegramtest.Message) bool { return m.ReplyTo == q.ID })
				read := time.Now()
				newest(s.t, c, func(m telegramtest.Message) bool { return openPoll(m) && m.ID > q.ID })
				if took := time.Since(read); took < 3*time.Second {
					t.Errorf("the result stood alone for %v, want about four seconds", took)
				}
				newest(s.t, c, func(m telegramtest.Message) bool { return m.ID == q.ID && m.Poll.Closed })
				rest(15 * time.Second) // the slow answer comes
			})
		})
	}
}
