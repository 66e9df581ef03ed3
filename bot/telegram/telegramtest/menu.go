package telegramtest

import (
	"fmt"
	"net/http"
	"regexp"
)

// Command is an entry of the menu of commands.
type Command struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

// scope is for whom a menu is.
type scope struct {
	Type string `json:"type"`
	Chat int64  `json:"chat_id"`
	User int64  `json:"user_id"`
}

type menuKey struct {
	scope scope
	lang  string
}

// The limits of menus; descriptions in UTF-16 code units.
const (
	menuLimit        = 100
	descriptionLimit = 256
)

var (
	commandName  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageCode = regexp.MustCompile(`^(|[a-z]{2})$`)
)

// menuKey reads which menu a request is about; the caller holds f.mu.
func (f *Telegram) menuKey(c *call) (menuKey, *reply) {
	k := menuKey{lang: c.params["language_code"]}
	if !languageCode.MatchString(k.lang) {
		return k, f.bad(c, "invalid language code specified")
	}
	if !c.object("scope", &k.scope) {
		return k, f.bad(c, "can't parse BotCommandScope")
	}
	switch k.scope.Type {
	case "":
		k.scope.Type = "default"
		if c.params["scope"] != "" {
			return k, f.bad(c, "can't parse BotCommandScope: type is missing")
		}
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	case "chat", "chat_administrators", "chat_member":
		r := f.chats[k.scope.Chat]
		if r == nil {
			return k, refuse(http.StatusBadRequest, "chat not found")
		}
		if r.kind == "private" && k.scope.Type != "chat" || r.kind == "channel" {
			return k, f.bad(c, "can't use the scope in this chat")
		}
		if k.scope.Type == "chat_member" && f.people[k.scope.User] == nil {
			return k, f.bad(c, "invalid user_id specified")
		}
	default:
		return k, f.bad(c, "can't parse BotCommandScope: unsupported type specified")
	}
	return k, nil
}

func (f *Telegram) setMyCommands(c *call) reply {
	k, bad := f.menuKey(c)
	if bad != nil {
		return *bad
	}
	list := []Command{}
	if c.params["commands"] == "" || !c.object("commands", &list) {
		return *f.bad(c, "can't parse commands JSON object")
	}
	if len(list) > menuLimit {
		return *f.bad(c, "BOT_COMMANDS_TOO_MUCH")
	}
	for _, e := range list {
		if !commandName.MatchString(e.Name) {
			return *f.bad(c, "BOT_COMMAND_INVALID")
		}
		if n := units(e.Description); n < 1 || n > descriptionLimit {
			return *f.bad(c, "BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	f.menus[k] = list
	f.wake()
	return ok(true)
}

func (f *Telegram) getMyCommands(c *call) reply {
	k, bad := f.menuKey(c)
	if bad != nil {
		return *bad
	}
	list := f.menus[k]
	if list == nil {
		list = []Command{}
	}
	return ok(list)
}

func (f *Telegram) deleteMyCommands(c *call) reply {
	k, bad := f.menuKey(c)
	if bad != nil {
		return *bad
	}
	delete(f.menus, k)
	f.wake()
	return ok(true)
}

// Menu is the menu of commands that a person sees in a chat: of the narrowest scope that has
// one, first in their language, then in none.
func (u *User) Menu(c *Chat) []Command {
	f := u.f
	f.mu.Lock()
	defer f.mu.Unlock()
	lang := u.Lang
	if len(lang) > 2 {
		lang = lang[:2]
	}
	scopes := []scope{{"chat", c.ID, 0}, {"all_private_chats", 0, 0}, {"default", 0, 0}}
	if c.Kind != "private" {
		scopes = []scope{{"chat_member", c.ID, u.ID}}
		admin := c.r.admins[u.ID] || c.r.owner == u.ID
		if admin {
			scopes = append(scopes, scope{"chat_administrators", c.ID, 0})
		}
		scopes = append(scopes, scope{"chat", c.ID, 0})
		if admin {
			scopes = append(scopes, scope{"all_chat_administrators", 0, 0})
		}
		scopes = append(scopes, scope{"all_group_chats", 0, 0}, scope{"default", 0, 0})
	}
	for _, s := range scopes {
		for _, l := range []string{lang, ""} {
			if list := f.menus[menuKey{s, l}]; len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// About is a text of the bot, "name", "description" or "short_description", as a person sees
// it.
func (u *User) About(what string) string {
	u.f.mu.Lock()
	defer u.f.mu.Unlock()
	if text := u.f.texts[what+" "+u.Lang]; text != "" {
		return text
	}
	return u.f.texts[what+" "]
}

// setText makes a method that sets a text of the bot, of at most limit UTF-16 code units.
func setText(what string, limit int) func(*Telegram, *call) reply {
	return func(f *Telegram, c *call) reply {
		switch {
		case !languageCode.MatchString(c.params["language_code"]):
			return *f.bad(c, "invalid language code specified")
		case units(c.params[what]) > limit:
			return *f.bad(c, fmt.Sprintf("the %s is longer than %d", what, limit))
		}
		f.texts[what+" "+c.params["language_code"]] = c.params[what]
		f.wake()
		return ok(true)
	}
}

func getText(what string) func(*Telegram, *call) reply {
	return func(f *Telegram, c *call) reply {
		return ok(map[string]any{what: f.texts[what+" "+c.params["language_code"]]})
	}
}
