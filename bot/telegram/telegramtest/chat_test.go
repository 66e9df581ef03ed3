package telegramtest_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"summitquiz/bot/telegram/telegramtest"
)

func id(c *telegramtest.Chat) string { return strconv.FormatInt(c.ID, 10) }

// refused checks what a method answers, without the kind of the error before it; "" for a
// success.
func (c *client) refused(want, method string, pairs ...string) answer {
	c.t.Helper()
	a := c.call(method, pairs...)
	_, got, _ := strings.Cut(a.Description, ": ")
	if got != want || a.OK != (want == "") {
		c.t.Errorf("%s %q = %+v, want %q", method, pairs, a, want)
	}
	return a
}

func TestEditsMustChangeSomething(t *testing.T) {
	play(t, telegramtest.Options{Unlimited: true}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		chat := c.f.Private(kim)
		own := kim.Start("")
		keys := `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`
		c.refused("", "sendMessage", "chat_id", id(chat), "text", "<b>a</b>", "parse_mode", "HTML", "reply_markup", keys)
		m := chat.FromBot()[0]
		at := []string{"chat_id", id(chat), "message_id", strconv.Itoa(m.ID)}
		same := "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
		c.refused(same, "editMessageText", append(at, "text", "<strong>a</strong>", "parse_mode", "HTML", "reply_markup", keys)...)
		c.refused(same, "editMessageReplyMarkup", append(at, "reply_markup", keys)...)
		c.refused("", "editMessageReplyMarkup", append(at, "reply_markup", `{"inline_keyboard":[]}`)...)
		c.refused("", "editMessageText", append(at, "text", "b")...)
		if m := chat.FromBot()[0]; m.Text != "b" || len(m.Buttons()) != 0 || m.Edits != 2 {
			t.Errorf("after the edits: %+v", m)
		}
		c.refused("message to edit not found", "editMessageText", "chat_id", id(chat), "message_id", "7", "text", "b")
		c.complaints("")
		c.refused("message can't be edited", "editMessageText", "chat_id", id(chat), "message_id", strconv.Itoa(own.ID), "text", "b")
		c.complaints("can't be edited")
		c.refused("", "deleteMessage", at...)
		c.refused("message to delete not found", "deleteMessage", at...)
	})
}

func TestButtonsAreChecked(t *testing.T) {
	for name, row := range map[string]struct{ keys, refusal string }{
		"64 bytes":      {`[[{"text":"a","callback_data":"` + strings.Repeat("é", 32) + `"}]]`, ""},
		"65 bytes":      {`[[{"text":"a","callback_data":"` + strings.Repeat("é", 32) + `x"}]]`, "BUTTON_DATA_INVALID"},
		"nothing to do": {`[[{"text":"a"}]]`, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		"no words":      {`[[{"text":" ","callback_data":"a"}]]`, `can't parse inline keyboard button: Field "text" must be non-empty`},
		"null":          {`null`, `can't parse inline keyboard markup JSON object: Field "inline_keyboard" must be of type Array`},
		"too many": {`[` + strings.Repeat(`[{"text":"a","callback_data":"a"}],`, 100) + `[{"text":"a","callback_data":"a"}]]`,
			"reply markup is too long"},
		"unknown colour": {`[[{"text":"a","callback_data":"a","style":"pink"}]]`, "invalid button style specified"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, telegramtest.Options{Unlimited: true}, func(c *client) {
				kim := c.f.NewUser("Kim", "ko")
				kim.Start("")
				c.refused(row.refusal, "sendMessage", "chat_id", strconv.FormatInt(kim.ID, 10), "text", "a", "reply_markup", `{"inline_keyboard":`+row.keys+`}`)
				c.complaints(row.refusal)
			})
		})
	}
}

func TestWhoCannotBeWrittenTo(t *testing.T) {
	play(t, telegramtest.Options{Unlimited: true}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		private, small, large := c.f.Private(kim), c.f.NewGroup("Friends", kim), c.f.NewSupergroup("Club", kim)
		say := func(want string, chat *telegramtest.Chat) answer {
			t.Helper()
			return c.refused(want, "sendMessage", "chat_id", id(chat), "text", "hello")
		}
		say("bot can't initiate conversation with a user", private)
		kim.Start("")
		say("", private)
		kim.Block()
		say("bot was blocked by the user", private)
		kim.Start("")
		say("", private)
		kim.Deactivate()
		say("user is deactivated", private)

		say("", small)
		c.refused("", "leaveChat", "chat_id", id(small))
		say("bot is not a member of the group chat", small)
		small.Add(kim)
		moved := small.Migrate()
		if a := say("group chat was upgraded to a supergroup chat", small); a.Parameters.Migrate != moved.ID {
			t.Errorf("migrate_to_chat_id = %d, want %d", a.Parameters.Migrate, moved.ID)
		}
		say("", moved)

		large.Mute("messages", true)
		say("not enough rights to send text messages to the chat", large)
		large.Promote(large.Owner(), true)
		say("", large)
		large.Kick(large.Owner())
		say("bot was kicked from the supergroup chat", large)
		var statuses []string
		for _, u := range c.updates() {
			if u.Membership != nil {
				statuses = append(statuses, u.Membership.New.Status)
			}
		}
		if want := []string{"member", "member", "kicked", "member", "left", "member", "administrator", "kicked"}; !slices.Equal(statuses, want) {
			t.Errorf("my_chat_member tells of %v, want %v", statuses, want)
		}
		c.refused("chat not found", "sendMessage", "chat_id", "1", "text", "hello")
	})
}

func TestPrivacyMode(t *testing.T) {
	play(t, telegramtest.Options{Unlimited: true}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		g := c.f.NewSupergroup("Club", kim)
		c.updates("offset", "823400003")
		c.refused("", "sendMessage", "chat_id", id(g), "text", "Well?", "reply_markup",
			`{"force_reply":true,"selective":true,"input_field_placeholder":"Your answer"}`)
		asked := g.FromBot()[0]
		if !asked.ForceReply || !asked.Selective || asked.Placeholder != "Your answer" {
			t.Errorf("the question asks for no reply: %+v", asked)
		}
		said := kim.Say(g, "only talk")
		kim.Reply(g, said, "more talk")
		kim.Say(g, "/quiz@OtherBot")
		heard := []string{"/quiz", "/quiz@SummitQuizBot now", "hello @summitquizbot", "an answer"}
		for _, text := range heard[:3] {
			kim.Say(g, text)
		}
		kim.Reply(g, asked, heard[3])
		var got []string
		for _, u := range c.updates() {
			got = append(got, u.Message.Text)
		}
		if !slices.Equal(got, heard) {
			t.Errorf("the bot hears %q, want %q", got, heard)
		}
	})
}

func TestWithoutPrivacyModeAllIsHeard(t *testing.T) {
	play(t, telegramtest.Options{Talkative: true}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		kim.Say(c.f.NewGroup("Friends", kim), "only talk")
		if got := c.updates(); got[len(got)-1].Message == nil || got[len(got)-1].Message.Text != "only talk" {
			t.Errorf("the bot hears %+v", got)
		}
	})
}

func TestMembersCanBeHidden(t *testing.T) {
	play(t, telegramtest.Options{HideMembers: true}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		g := c.f.NewSupergroup("Club", kim)
		ask := func(want string) {
			t.Helper()
			c.refused(want, "getChatMember", "chat_id", id(g), "user_id", strconv.FormatInt(kim.ID, 10))
		}
		ask("member list is inaccessible")
		c.refused("", "getChatAdministrators", "chat_id", id(g))
		g.Promote(g.Owner(), true)
		ask("")
	})
}

func TestPlacesInGroups(t *testing.T) {
	play(t, telegramtest.Options{Unlimited: true}, func(c *client) {
		kim := c.f.NewUser("Kim", "ko")
		g := c.f.NewSupergroup("Club", kim)
		topic := g.Topic("Quiz")
		g.Admin(kim)
		before := len(c.f.Updates())
		kim.Say(topic, "/quiz")
		g.Anonymous().Say(topic, "/quiz")
		c.f.NewChannel("News").ChannelAuthor().Say(g, "/quiz")
		type sender struct {
			From, Sender  int64
			Thread, Reply int
		}
		var got []sender
		for _, raw := range c.f.Updates()[before:] {
			var u struct {
				Message *struct {
					From   struct{ ID int64 }
					Sender struct{ ID int64 } `json:"sender_chat"`
					Thread int                `json:"message_thread_id"`
					Reply  struct {
						ID int `json:"message_id"`
					} `json:"reply_to_message"`
				}
			}
			if err := json.Unmarshal(raw, &u); err != nil {
				t.Fatal(err)
			}
			if m := u.Message; m != nil {
				got = append(got, sender{m.From.ID, m.Sender.ID, m.Thread, m.Reply.ID})
			}
		}
		if len(got) != 3 || got[0] != (sender{kim.ID, 0, topic.Thread, topic.Thread}) || got[1] != (sender{1087968824, g.ID, topic.Thread, topic.Thread}) ||
			got[2].From != 136817688 || got[2].Sender == g.ID || got[2].Thread != 0 {
			t.Errorf("who wrote where: %+v", got)
		}
		c.refused("message thread not found", "sendMessage", "chat_id", id(g), "text", "a", "message_thread_id", "999")
		c.refused("", "sendMessage", "chat_id", id(g), "text", "a", "message_thread_id", strconv.Itoa(topic.Thread))
		topic.Close(true)
		c.refused("TOPIC_CLOSED", "sendMessage", "chat_id", id(g), "text", "a", "message_thread_id", strconv.Itoa(topic.Thread))
		if got := len(topic.FromBot()); got != 1 {
			t.Errorf("%d messages of the bot in the topic, want 1", got)
		}
		var member struct{ Status string }
		a := c.refused("", "getChatMember", "chat_id", id(g), "user_id", strconv.FormatInt(kim.ID, 10))
		if err := json.Unmarshal(a.Result, &member); err != nil || member.Status != "administrator" {
			t.Errorf("getChatMember = %s, %v", a.Result, err)
		}
	})
}
