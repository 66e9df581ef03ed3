package telegramtest

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Chat is a chat, or one topic of it.
type Chat struct {
	f      *Telegram
	r      *chatState
	ID     int64
	Kind   string // "private", "group", "supergroup", "channel"
	Title  string // of a private chat: the name of the person
	Thread int    // the topic; 0: none, or the general one
}

// chatState is the state of a chat.
type chatState struct {
	id      int64
	kind    string
	title   string
	with    *User // in a private chat
	members []*User
	admins  map[int64]bool
	owner   int64
	bot     string // "member", "administrator", "restricted", "left", "kicked"; in private "" until it began
	mute    map[string]bool
	topics  map[int]string
	closed  map[int]bool
	forum   bool
	deleted bool
	moved   int64 // the supergroup that it became
	last    int   // id of the last message of a supergroup or channel
	ordered []*Message
	byID    map[int]*Message
}

// chat is the chat as tests see it.
func (f *Telegram) chat(r *chatState) *Chat {
	return &Chat{f: f, r: r, ID: r.id, Kind: r.kind, Title: r.title}
}

// newChat makes a chat. The caller holds f.mu.
func (f *Telegram) newChat(id int64, kind, title string) *chatState {
	r := &chatState{id: id, kind: kind, title: title, admins: map[int64]bool{}, mute: map[string]bool{}, topics: map[int]string{}, closed: map[int]bool{},
		byID: map[int]*Message{}}
	f.chats[id] = r
	return r
}

// Private returns the private chat of a person with the bot.
func (f *Telegram) Private(u *User) *Chat {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.chat(f.private(u))
}

func (f *Telegram) private(u *User) *chatState {
	r := f.chats[u.ID]
	if r == nil {
		r = f.newChat(u.ID, "private", u.Name)
		r.with, r.members = u, []*User{u}
	}
	return r
}

// NewGroup makes a basic group with the bot.
func (f *Telegram) NewGroup(title string, members ...*User) *Chat {
	return f.newGroup("group", title, members)
}

// NewSupergroup makes a supergroup with the bot.
func (f *Telegram) NewSupergroup(title string, members ...*User) *Chat {
	return f.newGroup("supergroup", title, members)
}

// NewChannel makes a channel in which the bot is an administrator, which it must be to post.
func (f *Telegram) NewChannel(title string) *Chat { return f.newGroup("channel", title, nil) }

// newGroup makes a chat whose owner adds the bot.
func (f *Telegram) newGroup(kind, title string, members []*User) *Chat {
	owner := f.NewUser("Owner of "+title, "en")
	f.mu.Lock()
	r := f.newChat(f.chatID(kind), kind, title)
	r.members, r.owner, r.bot = append([]*User{owner}, members...), owner.ID, "left"
	f.mu.Unlock()
	c := f.chat(r)
	if kind == "channel" {
		c.status(owner, "administrator")
	} else {
		c.Add(owner)
	}
	return c
}

// chatID makes the id of a chat; the caller holds f.mu.
func (f *Telegram) chatID(kind string) int64 {
	if kind == "group" {
		return -(4_100_000_000 + 7919*f.count())
	}
	return -(1_002_000_000_000 + 7919*f.count())
}

// Owner returns the creator of the chat.
func (c *Chat) Owner() *User {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	return c.f.people[c.r.owner]
}

// Delete deletes the chat.
func (c *Chat) Delete() {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.r.deleted = true
	c.f.become(c.r, c.f.people[c.r.owner], "left")
}

// Topic opens a topic, which makes a supergroup a forum.
func (c *Chat) Topic(name string) *Chat {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.r.forum = true
	m := c.f.postServiceMessage(c.r, c.f.people[c.r.owner], map[string]any{"forum_topic_created": map[string]any{"name": name, "icon_color": 7322096}})
	m.Thread = m.ID
	c.r.topics[m.ID] = name
	topic := *c
	topic.Thread = m.ID
	return &topic
}

// Close closes or reopens a topic.
func (c *Chat) Close(closed bool) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.r.closed[c.Thread] = closed
}

// Migrate makes a group a supergroup, which has another id and no messages.
func (c *Chat) Migrate() *Chat {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	owner := f.people[c.r.owner]
	r := f.newChat(f.chatID("supergroup"), "supergroup", c.r.title)
	r.members, r.admins, r.owner, r.bot = c.r.members, c.r.admins, c.r.owner, c.r.bot
	c.r.moved = r.id
	f.postServiceMessage(c.r, owner, map[string]any{"migrate_to_chat_id": r.id})
	f.postServiceMessage(r, owner, map[string]any{"migrate_from_chat_id": c.r.id})
	return f.chat(r)
}

// postServiceMessage posts a message of Telegram's own about an action of somebody; the caller holds f.mu.
func (f *Telegram) postServiceMessage(r *chatState, by *User, fields map[string]any) *Message {
	m := f.addMessage(r, &Message{From: by, service: fields})
	if r.hears() {
		f.tell("message", f.object(m, true))
	}
	return m
}

// hears reports whether the bot is in the chat.
func (r *chatState) hears() bool {
	return r.kind == "private" || r.bot != "left" && r.bot != "kicked"
}

// object is a chat as the API returns it.
func (r *chatState) object() map[string]any {
	out := map[string]any{"id": r.id, "type": r.kind}
	if r.with != nil {
		out["first_name"] = r.with.Name
		if r.with.Username != "" {
			out["username"] = r.with.Username
		}
		return out
	}
	out["title"] = r.title
	if r.forum {
		out["is_forum"] = true
	}
	if r.kind == "group" {
		out["all_members_are_administrators"] = false
	}
	return out
}

// addMessage adds a message to a chat; the caller holds f.mu.
func (f *Telegram) addMessage(r *chatState, m *Message) *Message {
	if r.kind == "private" || r.kind == "group" {
		f.messages++ // one count for all of them, as for a person
		m.ID = f.messages
	} else {
		r.last++
		m.ID = r.last
	}
	m.Chat, m.Private, m.r = f.chat(r), r.kind == "private", r
	if m.At.IsZero() {
		m.At = f.now()
	}
	r.ordered = append(r.ordered, m)
	r.byID[m.ID] = m
	f.wake()
	return m
}

// Messages returns the messages of the chat or topic, oldest first.
func (c *Chat) Messages() []Message {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	var out []Message
	for _, m := range c.r.ordered {
		if !m.deleted && (c.Thread == 0 || m.Thread == c.Thread) {
			out = append(out, c.f.shown(m))
		}
	}
	return out
}

// FromBot returns the messages of the bot in the chat or topic, oldest first.
func (c *Chat) FromBot() []Message {
	return slices.DeleteFunc(c.Messages(), func(m Message) bool { return !m.Bot })
}

// DeleteMessage deletes a message, as a moderator would.
func (c *Chat) DeleteMessage(id int) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if m := c.r.byID[id]; m != nil {
		m.deleted = true
		c.f.wake()
	}
}

// reach returns the chat of a request. what is the kind of message that the bot wants to send; "": none. The
// caller holds f.mu.
func (f *Telegram) reach(c *call, what string) (*chatState, *reply) {
	if c.params["chat_id"] == "" {
		return nil, f.bad(c, "chat_id is empty")
	}
	r := f.chats[c.number("chat_id")]
	if r == nil {
		return nil, refuse(http.StatusBadRequest, "chat not found")
	}
	kind := r.kind + " chat"
	switch {
	case r.moved != 0:
		out := refusal(http.StatusBadRequest, "group chat was upgraded to a supergroup chat")
		out.body.(map[string]any)["parameters"] = map[string]any{"migrate_to_chat_id": r.moved}
		return nil, &out
	case r.with != nil && r.with.deactivated:
		return nil, refuse(http.StatusForbidden, "user is deactivated")
	case r.with != nil && r.bot == "":
		return nil, refuse(http.StatusForbidden, "bot can't initiate conversation with a user")
	case r.with != nil && r.bot == "kicked":
		return nil, refuse(http.StatusForbidden, "bot was blocked by the user")
	case r.deleted:
		return nil, refuse(http.StatusForbidden, "the group chat was deleted")
	case r.bot == "kicked":
		return nil, refuse(http.StatusForbidden, "bot was kicked from the "+kind)
	case r.bot == "left":
		return nil, refuse(http.StatusForbidden, "bot is not a member of the "+kind)
	case what != "" && (r.bot == "restricted" || r.mute["messages"] && r.bot != "administrator"):
		return nil, refuse(http.StatusBadRequest, "not enough rights to send text messages to the chat")
	case what == "polls" && r.mute["polls"] && r.bot != "administrator":
		return nil, refuse(http.StatusBadRequest, "not enough rights to send polls to the chat")
	}
	return r, nil
}

func (f *Telegram) getChat(c *call) reply {
	r, bad := f.reach(c, "")
	if bad != nil {
		return *bad
	}
	out := r.object()
	out["accent_color_id"], out["max_reaction_count"], out["accepted_gift_types"] = 1, 11, map[string]any{
		"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false, "gifts_from_channels": false}
	return ok(out)
}

func (f *Telegram) sendChatAction(c *call) reply {
	if _, bad := f.reach(c, "messages"); bad != nil {
		return *bad
	}
	return ok(true)
}

// age is how old a message is.
func (f *Telegram) age(m *Message) time.Duration { return f.o.Now().Sub(m.At) }

// String names a chat in test failures.
func (c *Chat) String() string { return fmt.Sprintf("%s %q", c.Kind, c.Title) }
