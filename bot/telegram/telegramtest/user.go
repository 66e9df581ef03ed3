package telegramtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// User is a person. One User acts in any chat.
type User struct {
	f        *Telegram
	ID       int64
	Name     string // the first name, as people see it; may be empty
	Username string
	Lang     string // language_code; "": the client tells none

	bot         bool
	as          *chatState // the chat in whose name they speak
	deactivated bool
}

// NewUser makes a person; the bot may write to them once they have written to it.
func (f *Telegram) NewUser(name, lang string) *User {
	f.mu.Lock()
	defer f.mu.Unlock()
	u := &User{f: f, ID: 6_200_000_000 + 7919*f.count(), Name: name, Lang: lang} // beyond 32 bits, as new ones are
	f.people[u.ID] = u
	return u
}

// Anonymous returns an administrator who writes in the name of the chat.
func (c *Chat) Anonymous() *User {
	return &User{f: c.f, ID: anonymousAdmin, Name: "Group", Username: "GroupAnonymousBot", bot: true, as: c.r}
}

// ChannelAuthor is somebody who speaks in other chats in the name of this one, a channel.
func (c *Chat) ChannelAuthor() *User {
	return &User{f: c.f, ID: channelBot, Name: "Channel", Username: "Channel_Bot", bot: true, as: c.r}
}

// object is a person as the API returns them.
func (u *User) object() map[string]any {
	out := map[string]any{"id": u.ID, "is_bot": u.bot, "first_name": u.Name}
	if u.Username != "" {
		out["username"] = u.Username
	}
	if u.Lang != "" {
		out["language_code"] = u.Lang
	}
	return out
}

// Say sends a text.
func (u *User) Say(c *Chat, text string) Message {
	return u.post(c, &Message{Text: text})
}

// Reply answers a message with a text.
func (u *User) Reply(c *Chat, to Message, text string) Message {
	return u.post(c, &Message{Text: text, ReplyTo: to.ID})
}

// Start opens the private chat by a link with a payload, or without one by the button.
func (u *User) Start(payload string) Message {
	return u.Say(u.f.Private(u), strings.TrimSpace("/start "+payload))
}

// StartGroup adds the bot to a group by a link with a payload.
func (u *User) StartGroup(c *Chat, payload string) Message {
	c.Add(u)
	return u.Say(c, strings.TrimSpace("/start@"+BotUsername+" "+payload))
}

// Send sends a message that has fields of any kind, such as a sticker.
func (u *User) Send(c *Chat, fields map[string]any) Message {
	return u.post(c, &Message{service: fields})
}

// Forward forwards a message, with its poll if it has one. It fails the test if the message is protected.
func (u *User) Forward(to *Chat, m Message) Message {
	u.f.t.Helper()
	if m.Protected {
		u.f.t.Errorf("%s forwards %q, which is protected", u.Name, m.Text)
	}
	writer := u.f.bot()
	if m.From != nil {
		writer = m.From.object()
	}
	fields := map[string]any{"forward_origin": map[string]any{"type": "user", "date": m.At.Unix(), "sender_user": writer}, "forward_from": writer,
		"forward_date": m.At.Unix()}
	u.f.mu.Lock()
	poll := u.f.polls[m.pollID()]
	u.f.mu.Unlock()
	return u.post(to, &Message{Text: m.Text, Poll: poll, service: fields})
}

// Edit edits a message of the person.
func (u *User) Edit(c *Chat, m Message, text string) {
	f := u.f
	f.mu.Lock()
	defer f.mu.Unlock()
	old := c.r.byID[m.ID]
	old.Text, old.Entities = text, entities(text)
	old.Edits++
	if old.heard {
		o := f.object(old, true)
		o["edit_date"] = f.now().Unix()
		f.tell("edited_message", o)
	}
}

// Post posts in a channel in its name.
func (c *Chat) Post(text string) Message {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	m := c.f.addMessage(c.r, &Message{Text: text, Entities: entities(text)})
	if c.r.hears() {
		c.f.tell("channel_post", c.f.object(m, true))
	}
	return c.f.shown(m)
}

// AutoForward forwards a post of a channel to the group that belongs to it.
func (c *Chat) AutoForward(channel *Chat, text string) Message {
	u := &User{f: c.f, ID: serviceID, Name: "Telegram", as: channel.r}
	return u.post(c, &Message{Text: text, service: map[string]any{"is_automatic_forward": true}})
}

// post adds a message of a person and sends the update, if the bot gets one.
func (u *User) post(c *Chat, m *Message) Message {
	f := u.f
	f.mu.Lock()
	defer f.mu.Unlock()
	r := c.r
	switch {
	case r.kind == "private" && r.with != u:
		f.t.Errorf("%s writes into the private chat of somebody else", u.Name)
	case r.kind == "private" && r.bot == "kicked":
		f.become(r, u, "member") // who writes takes the block away
	case r.kind == "private":
		r.bot = "member"
	default:
		f.join(r, u)
	}
	m.From, m.Thread, m.Entities = u, c.Thread, entities(m.Text)
	f.addMessage(r, m)
	if f.reaches(r, m) {
		m.heard = true
		f.tell("message", f.object(m, true))
	}
	return f.shown(m)
}

// reaches reports whether the bot gets an update of a message: in groups, privacy mode allows only messages
// for it.
func (f *Telegram) reaches(r *chatState, m *Message) bool {
	switch {
	case !r.hears():
		return false
	case r.kind == "private" || f.o.Talkative || r.bot == "administrator":
		return true
	}
	if to := r.byID[m.ReplyTo]; to != nil && to.Bot {
		return true
	}
	if bot, isCommand := command(m.Text); isCommand {
		return bot == "" || strings.EqualFold(bot, BotUsername)
	}
	return strings.Contains(strings.ToLower(m.Text), "@"+strings.ToLower(BotUsername))
}

// entities are what a client marks in a text: commands and mentions of the bot.
func entities(text string) []Entity {
	var out []Entity
	offset := 0
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' }) {
		at := offset + strings.Index(text[offset:], word)
		offset = at + len(word)
		kind := ""
		switch _, isCommand := command(word); {
		case isCommand && (i > 0 || at == 0):
			kind = "bot_command"
		case strings.EqualFold(word, "@"+BotUsername):
			kind = "mention"
		default:
			continue
		}
		out = append(out, Entity{Type: kind, Offset: units(text[:at]), Length: units(word)})
	}
	return out
}

// Block blocks the bot.
func (u *User) Block() {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	u.f.become(u.f.private(u), u, "kicked")
}

// Unblock unblocks the bot without a message.
func (u *User) Unblock() {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	u.f.become(u.f.private(u), u, "member")
}

// Deactivate deletes the account of the person.
func (u *User) Deactivate() {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	u.deactivated = true
}

// Messages returns all messages that the person sees in their private chat, groups and channels: chats by id,
// messages oldest first.
func (u *User) Messages() []Message {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	var out []Message
	for _, id := range slices.Sorted(maps.Keys(u.f.chats)) {
		r := u.f.chats[id]
		if !slices.Contains(r.members, u) {
			continue
		}
		for _, m := range r.ordered {
			if !m.deleted {
				out = append(out, u.f.shown(m))
			}
		}
	}
	return out
}

// Toasts returns the texts with which the bot answered pressed buttons, oldest first.
func (u *User) Toasts() []string {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	var out []string
	for _, q := range u.f.asked {
		if q.From == u && q.toast != "" {
			out = append(out, q.toast)
		}
	}
	return out
}

// Press presses a button with any callback data, even such as no button has.
func (u *User) Press(c *Chat, m Message, data string) *Query { return u.press(c, m, data, false) }

// PressOld presses a button of a message that is too old for the bot to access.
func (u *User) PressOld(c *Chat, m Message, data string) *Query { return u.press(c, m, data, true) }

// Click presses the button with a label, or fails the test.
func (u *User) Click(c *Chat, m Message, label string) *Query {
	u.f.t.Helper()
	for _, b := range m.Buttons() {
		if b.Text == label && b.Data != "" {
			return u.Press(c, m, b.Data)
		}
	}
	u.f.t.Fatalf("%s sees no button %q under %q", u.Name, label, m.Text)
	return nil
}

// String names a person in test failures.
func (u *User) String() string { return fmt.Sprintf("%s (%d)", u.Name, u.ID) }
