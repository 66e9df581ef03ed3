package telegramtest

import (
	"net/http"
	"slices"
)

// Add adds the bot, or adds it again.
func (c *Chat) Add(by *User) {
	c.status(by, "member")
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.f.postServiceMessage(c.r, by, map[string]any{"new_chat_members": []any{c.f.bot()}, "new_chat_member": c.f.bot(), "new_chat_participant": c.f.bot()})
}

// Kick removes the bot.
func (c *Chat) Kick(by *User) { c.status(by, "kicked") }

// Promote makes the bot an administrator, or an ordinary member again.
func (c *Chat) Promote(by *User, administrator bool) {
	if administrator {
		c.status(by, "administrator")
	} else {
		c.status(by, "member")
	}
}

// Restrict takes the right to write from the bot alone, or gives it back. Mute is about all
// members, and nothing tells the bot of it.
func (c *Chat) Restrict(by *User, restrict bool) {
	if restrict {
		c.status(by, "restricted")
	} else {
		c.status(by, "member")
	}
}

// status gives the bot a status in the chat and tells it.
func (c *Chat) status(by *User, status string) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.f.become(c.r, by, status)
}

// become gives the bot a status in a chat and tells it; the caller holds f.mu.
func (f *Telegram) become(r *chatState, by *User, status string) {
	old := r.bot
	r.bot = status
	f.wake()
	f.tell("my_chat_member", map[string]any{"chat": r.object(), "from": by.object(), "date": f.now().Unix(),
		"old_chat_member": f.botMember(old), "new_chat_member": f.botMember(status)})
}

func (f *Telegram) botMember(status string) map[string]any {
	m := map[string]any{"user": f.bot(), "status": status}
	switch status {
	case "kicked":
		m["until_date"] = 0
	case "administrator":
		f.rights(m)
	case "restricted":
		m["is_member"], m["until_date"] = true, 0
		for _, right := range []string{"can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
			"can_send_video_notes", "can_send_voice_notes",
			"can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
			"can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"} {
			m[right] = false
		}
	case "":
		m["status"] = "member" // a private chat that had not begun
	}
	return m
}

// rights adds what an administrator may do.
func (f *Telegram) rights(m map[string]any) {
	m["can_be_edited"], m["is_anonymous"] = false, false
	for _, right := range []string{"can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
		"can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"} {
		m[right] = true
	}
}

// Mute takes the right to send messages of a kind from the bot, "messages" or "polls", or
// gives it back.
func (c *Chat) Mute(what string, mute bool) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.r.mute[what] = mute
}

// Admin makes a person an administrator.
func (c *Chat) Admin(u *User) { c.admin(u, true) }

// Demote makes an administrator an ordinary member again.
func (c *Chat) Demote(u *User) { c.admin(u, false) }

func (c *Chat) admin(u *User, is bool) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.f.join(c.r, u)
	c.r.admins[u.ID] = is
}

// Leave lets a person leave the chat.
func (c *Chat) Leave(u *User) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	c.r.members = slices.DeleteFunc(c.r.members, func(m *User) bool { return m == u })
	delete(c.r.admins, u.ID)
	c.f.postServiceMessage(c.r, u, map[string]any{"left_chat_member": u.object(), "left_chat_participant": u.object()})
}

// join makes a person a member; the caller holds f.mu.
func (f *Telegram) join(r *chatState, u *User) {
	if u.as == nil && !slices.Contains(r.members, u) {
		r.members = append(r.members, u)
	}
}

// member is a person as a member of a chat.
func (f *Telegram) member(r *chatState, u *User) map[string]any {
	m := map[string]any{"user": u.object(), "status": "left"}
	switch {
	case u.ID == r.owner:
		m["status"], m["is_anonymous"] = "creator", false
	case r.admins[u.ID]:
		m["status"] = "administrator"
		f.rights(m)
	case slices.Contains(r.members, u):
		m["status"] = "member"
	}
	return m
}

func (f *Telegram) getChatMember(c *call) reply {
	r, bad := f.reach(c, "")
	if bad != nil {
		return *bad
	}
	id := c.number("user_id")
	switch u := f.people[id]; {
	case id == BotID:
		return ok(f.botMember(r.bot))
	case u == nil:
		return refusal(http.StatusBadRequest, "invalid user_id specified")
	case f.o.HideMembers && r.bot != "administrator" && r.kind != "private":
		return refusal(http.StatusBadRequest, "member list is inaccessible")
	default:
		return ok(f.member(r, u))
	}
}

func (f *Telegram) getChatAdministrators(c *call) reply {
	r, bad := f.reach(c, "")
	if bad != nil {
		return *bad
	}
	if r.kind == "private" {
		return *f.bad(c, "there are no administrators in the private chat")
	}
	list := []any{}
	for _, u := range r.members {
		if u.ID == r.owner || r.admins[u.ID] {
			list = append(list, f.member(r, u))
		}
	}
	if r.bot == "administrator" {
		list = append(list, f.botMember(r.bot))
	}
	return ok(list)
}

func (f *Telegram) leaveChat(c *call) reply {
	r, bad := f.reach(c, "")
	if bad != nil {
		return *bad
	}
	if r.kind == "private" {
		return *f.bad(c, "chat member status can't be changed in private chats")
	}
	f.become(r, &User{bot: true, ID: BotID, Name: BotName, Username: BotUsername}, "left")
	return ok(true)
}
