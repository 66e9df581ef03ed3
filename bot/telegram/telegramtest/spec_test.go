package telegramtest_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"summitquiz/bot/telegram/telegramtest"
)

// TestSpecIsHeldByEveryRequest shows that requests are validated against Telegram's own
// specification, and that what does not hold it is told of.
func TestSpecIsHeldByEveryRequest(t *testing.T) {
	if !telegramtest.HasSpec() {
		t.Skip("Telegram's specification is not at hand")
	}
	play(t, telegramtest.Options{}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		kim.Start("")
		at := []string{"chat_id", strconv.FormatInt(kim.ID, 10)}
		for _, row := range []struct {
			complaint string
			pairs     []string
		}{
			{"", []string{"text", "a", "disable_notification", "true", "reply_parameters", `{"message_id":1,"allow_sending_without_reply":true}`}},
			{"", []string{"text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"a","copy_text":{"text":"b"}}]]}`}},
			{"text is missing", nil},
			{"there is no parameter txt", []string{"txt", "a"}},
			{`disable_notification is not Boolean: "yes"`, []string{"text", "a", "disable_notification", "yes"}},
			{"reply_parameters.message_id is missing", []string{"text", "a", "reply_parameters", `{"allow_sending_without_reply":true}`}},
			{"reply_parameters.id is no field of ReplyParameters",
				[]string{"text", "a", "reply_parameters", `{"message_id":1,"id":1,"allow_sending_without_reply":true}`}},
			{"reply_markup.inline_keyboard.0.0.text is 7, want String",
				[]string{"text", "a", "reply_markup", `{"inline_keyboard":[[{"text":7,"callback_data":"a"}]]}`}},
		} {
			before := telegramtest.Validated()
			c.call("sendMessage", append(at, row.pairs...)...)
			if telegramtest.Validated() == before {
				t.Error("a request was not validated")
			}
			c.complaints(row.complaint)
			time.Sleep(time.Second)
		}
		c.call("setMyCommands", "commands", `[]`, "scope", `{"type":"chat_member","chat_id":1}`)
		c.complaints("scope.user_id is missing")
	})
}

// older are fields that Telegram still sends and its specification names no more.
var older = []string{"correct_option_id", "new_chat_member", "new_chat_participant", "left_chat_participant", "all_members_are_administrators",
	"forward_from", "forward_date"}

// TestSpecIsHeldByTheFake shows that what the fake sends is what Telegram specifies.
func TestSpecIsHeldByTheFake(t *testing.T) {
	if !telegramtest.HasSpec() {
		t.Skip("Telegram's specification is not at hand")
	}
	play(t, telegramtest.Options{Unlimited: true}, func(c *client) {
		check := func(kind string, data []byte) {
			t.Helper()
			for _, wrong := range telegramtest.Conforms(kind, data) {
				named := func(field string) bool { return strings.Contains(wrong, "."+field+" is no field of ") }
				if !slices.ContainsFunc(older, named) {
					t.Errorf("%s\nin %s", wrong, data)
				}
			}
		}
		result := func(kind, method string, pairs ...string) {
			t.Helper()
			a := c.call(method, pairs...)
			if !a.OK {
				t.Errorf("%s: %s", method, a.Description)
			}
			check(kind, a.Result)
		}
		kim := c.f.NewUser("Kim", "ko")
		small, large, channel := c.f.NewGroup("Friends", kim), c.f.NewSupergroup("Club", kim), c.f.NewChannel("News")
		private, topic := c.f.Private(kim), large.Topic("Quiz")
		kim.Start("payload")
		large.Promote(kim, true)
		large.Restrict(large.Owner(), true)
		large.Restrict(large.Owner(), false)
		result("Message", "sendMessage", "chat_id", id(private), "text", "<a href=\"https://example.org\">a</a>", "parse_mode", "HTML",
			"reply_markup", `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`)
		result("Message", "sendPoll", quiz(small)...)
		result("Message", "sendPoll", quiz(channel, "is_anonymous", "true")...)
		question, poll := private.FromBot()[0], small.FromBot()[0]
		kim.Press(private, question, "y")
		kim.PressOld(private, question, "y")
		kim.Vote(small, poll, 1)
		small.Anonymous().Vote(small, poll, 1)
		result("Poll", "stopPoll", "chat_id", id(small), "message_id", strconv.Itoa(poll.ID))
		kim.Say(topic, "/quiz")
		large.Anonymous().Say(topic, "/quiz")
		channel.ChannelAuthor().Say(large, "/quiz")
		large.AutoForward(channel, "news @SummitQuizBot")
		channel.Post("news")
		kim.Edit(private, kim.Reply(private, question, "an answer"), "another")
		kim.Forward(private, poll)
		kim.SendFile(private, telegramtest.File{Name: "lakes.yaml", Type: "application/yaml", Data: []byte("a")}, "/load")
		kim.Send(private, map[string]any{"dice": map[string]any{"emoji": "🎲", "value": 3}})
		small.Leave(kim)
		small.Migrate()
		kim.Block()
		for _, raw := range c.f.Updates() {
			check("Update", raw)
		}
		result("User", "getMe")
		result("ChatFullInfo", "getChat", "chat_id", id(large))
		result("Array of ChatMember", "getChatAdministrators", "chat_id", id(large))
		result("ChatMember", "getChatMember", "chat_id", id(large), "user_id", strconv.FormatInt(kim.ID, 10))
	})
}
