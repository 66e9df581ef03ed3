package discord

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot"
)

// interaction is the part of an interaction that is used here. Everything in it is untrusted; missing and
// unknown fields are harmless.
type interaction struct {
	ID      string `json:"id"`
	App     string `json:"application_id"`
	Type    int    `json:"type"`
	Token   string `json:"token"`
	Guild   string `json:"guild_id"`
	Chat    string `json:"channel_id"`
	Context *int   `json:"context"`
	Locale  string `json:"locale"`
	Rights  string `json:"app_permissions"` // of the bot in this channel
	Limit   int    `json:"attachment_size_limit"`
	Member  *struct {
		User        user   `json:"user"`
		Nick        string `json:"nick"`
		Permissions string `json:"permissions"`
	} `json:"member"`
	User    *user `json:"user"`
	Channel *struct {
		Type   int    `json:"type"`
		Name   string `json:"name"`
		Parent string `json:"parent_id"`
	} `json:"channel"`
	Message *struct {
		ID    string `json:"id"`
		Flags int    `json:"flags"`
	} `json:"message"`
	Data struct {
		Name       string          `json:"name"`
		Type       int             `json:"type"`
		Options    []optionValue   `json:"options"`
		Target     string          `json:"target_id"`
		CustomID   string          `json:"custom_id"`
		Components []formComponent `json:"components"`
		Resolved   struct {
			Attachments map[string]attachment `json:"attachments"`
		} `json:"resolved"`
	} `json:"data"`

	parent string // the channel of the game to whose thread this belongs; "": it is not in such a thread
}

type user struct {
	ID         string `json:"id"`
	Name       string `json:"username"`
	GlobalName string `json:"global_name"`
}

// optionValue is an option of a command, or a subcommand with its options.
type optionValue struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []optionValue   `json:"options"`
}

// formComponent is a component of a submitted form: a row or a label around an input, or an unknown component,
// which is ignored.
type formComponent struct {
	Type       int             `json:"type"`
	CustomID   string          `json:"custom_id"`
	Value      json.RawMessage `json:"value"`
	Components []formComponent `json:"components"`
	Component  *formComponent  `json:"component"`
}

type attachment struct {
	Name string `json:"filename"`
	Size int64  `json:"size"`
	Type string `json:"content_type"`
	URL  string `json:"url"`
}

// The types of interactions.
const (
	pingInteraction         = 1
	commandInteraction      = 2
	componentInteraction    = 3
	autocompleteInteraction = 4
	modalInteraction        = 5
)

// menuCommand is the type of a command in the menu of a message.
const menuCommand = 3

// The types of channels and contexts that are used here.
const (
	directChannel  = 1
	announceThread = 10
	publicThread   = 11
	privateThread  = 12
	contextBotDM   = 1
)

// decode reads an interaction from the raw event.
func decode(raw []byte) (*interaction, error) {
	var it interaction
	if err := json.Unmarshal(raw, &it); err != nil {
		return nil, fmt.Errorf("decode an interaction: %w", err)
	}
	if it.ID == "" || it.Token == "" || it.who().ID == "" || it.Chat == "" {
		return nil, fmt.Errorf("an interaction of type %d lacks an id, a token, a person or a channel", it.Type)
	}
	return &it, nil
}

// who is the person: member is set in servers, user elsewhere.
func (it *interaction) who() user {
	switch {
	case it.Member != nil:
		return it.Member.User
	case it.User != nil:
		return *it.User
	}
	return user{}
}

// created is when Discord created the interaction, according to its id; zero if the id is invalid.
func (it *interaction) created() time.Time { return snowflakeTime(it.ID) }

// snowflakeTime is the creation time that a Discord id holds, in milliseconds since 2015.
func snowflakeTime(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + 1420070400000)
}

func (it *interaction) inputID() bot.InputID { return bot.InputID(platform + ":" + it.ID) }

// direct reports whether the chat is a direct one between the person and the bot.
func (it *interaction) direct() bool {
	if it.Context != nil {
		return *it.Context == contextBotDM
	}
	return it.Guild == "" && it.Channel != nil && it.Channel.Type == directChannel
}

// place is the chat. A chat outside servers is its own space.
func (it *interaction) place() bot.Place {
	p := bot.Place{Platform: platform, Space: it.Guild, Chat: it.Chat, Private: it.direct()}
	if p.Space == "" {
		p.Space = it.Chat
	}
	if it.parent != "" {
		p.Chat = it.parent
		return p
	}
	if it.Channel != nil {
		p.Title = it.Channel.Name
	}
	return p
}

// The permissions that make somebody an admin of a space.
const (
	mayAdminister = 1 << 3
	mayManage     = 1 << 5
)

// from is the person in the form of the contract.
func (it *interaction) from() bot.Person {
	who := it.who()
	p := bot.Person{User: who.ID, Name: who.GlobalName, Locale: it.Locale}
	if it.Member != nil {
		if it.Member.Nick != "" {
			p.Name = it.Member.Nick
		}
		rights, _ := strconv.ParseUint(it.Member.Permissions, 10, 64)
		p.Admin = rights&(mayAdminister|mayManage) != 0
	}
	if p.Name == "" {
		p.Name = who.Name
	}
	return p
}

// onPrivateMessage reports whether the pressed button belongs to a message that only this person sees.
func (it *interaction) onPrivateMessage() bool {
	return it.Message != nil && (it.Message.Flags&ephemeral != 0 || it.direct())
}

// thread reports whether the channel is a thread or a forum post.
func (it *interaction) thread() bool {
	return it.Channel != nil && (it.Channel.Type == announceThread || it.Channel.Type == publicThread || it.Channel.Type == privateThread)
}

// text is the value of an option or input as text.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	switch v := strings.TrimSpace(string(raw)); {
	case v == "null" || strings.HasPrefix(v, "{") || strings.HasPrefix(v, "["):
		return ""
	default:
		return v
	}
}

// The types of options that hold others.
const (
	subCommand      = 1
	subCommandGroup = 2
	attachmentValue = 11
)

// command is the command with its options as text; file is the id of an attached file, and typing the name
// of the option that is being typed.
func (it *interaction) command() (c bot.CommandCall, file, typing string) {
	c = bot.CommandCall{Name: it.Data.Name, Options: map[string]string{}}
	options := it.Data.Options
	for len(options) == 1 && (options[0].Type == subCommand || options[0].Type == subCommandGroup) {
		c.Name += " " + options[0].Name
		options = options[0].Options
	}
	for _, o := range options {
		if o.Focused {
			typing = o.Name
		}
		if o.Type == attachmentValue {
			file = text(o.Value)
			continue
		}
		c.Options[o.Name] = text(o.Value)
	}
	return c, file, typing
}

// values are the values of a submitted form by the names of its fields.
func (it *interaction) values() map[string]string {
	out := map[string]string{}
	var read func(parts []formComponent, depth int)
	read = func(parts []formComponent, depth int) {
		if depth > 2 {
			return
		}
		for _, p := range parts {
			if p.Type == inputComponent && p.CustomID != "" {
				out[p.CustomID] = text(p.Value)
			}
			read(p.Components, depth+1)
			if p.Component != nil {
				read([]formComponent{*p.Component}, depth+1)
			}
		}
	}
	read(it.Data.Components, 0)
	return out
}
