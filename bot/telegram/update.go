package telegram

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode"

	"summitquiz/bot"
)

// The parts of an update that are used here. Everything in them is untrusted; missing and unknown fields are
// harmless.

// updateKinds are the kinds of updates to receive. Telegram remembers them, so every request names them.
const updateKinds = `["message","edited_message","callback_query","poll_answer","my_chat_member"]`

type update struct {
	ID      int64          `json:"update_id"`
	Message *message       `json:"message"`
	Edited  *message       `json:"edited_message"`
	Press   *callbackQuery `json:"callback_query"`
	Vote    *pollAnswer    `json:"poll_answer"`
	Member  *membership    `json:"my_chat_member"`
}

// queueKey is the key by which updates keep their order: messages by chat, presses and votes by person.
func (u *update) queueKey() string {
	switch {
	case u.Message != nil:
		return "c" + decimal(u.Message.Chat.ID)
	case u.Edited != nil:
		return "c" + decimal(u.Edited.Chat.ID)
	case u.Member != nil:
		return "c" + decimal(u.Member.Chat.ID)
	case u.Press != nil && u.Press.Message != nil && u.Press.Message.Chat.ID > 0:
		return "c" + decimal(u.Press.Message.Chat.ID)
	case u.Press != nil:
		return "p" + decimal(u.Press.From.ID)
	case u.Vote != nil && u.Vote.User != nil:
		return "v" + decimal(u.Vote.User.ID)
	}
	return ""
}

type message struct {
	ID        int64     `json:"message_id"`
	Thread    int64     `json:"message_thread_id"`
	InTopic   bool      `json:"is_topic_message"`
	From      *user     `json:"from"`
	As        *chat     `json:"sender_chat"`
	Signature string    `json:"author_signature"`
	Forwarded bool      `json:"is_automatic_forward"` // from the channel that belongs to the group
	Chat      chat      `json:"chat"`
	Date      int64     `json:"date"` // 0: the message is no longer accessible
	Text      string    `json:"text"`
	Caption   string    `json:"caption"`
	Document  *document `json:"document"`
	Poll      *struct {
		ID string `json:"id"`
	} `json:"poll"`
	ReplyTo     *message  `json:"reply_to_message"`
	Keyboard    *keyboard `json:"reply_markup"`
	MigrateTo   int64     `json:"migrate_to_chat_id"`
	MigrateFrom int64     `json:"migrate_from_chat_id"`
	media
}

// media is what a message without words holds, to tell it from service messages of Telegram, such as about who
// joined and left.
type media struct {
	Photo   json.RawMessage `json:"photo"`
	Sticker json.RawMessage `json:"sticker"`
	Voice   json.RawMessage `json:"voice"`
	Audio   json.RawMessage `json:"audio"`
	Video   json.RawMessage `json:"video"`
	Note    json.RawMessage `json:"video_note"`
	Moving  json.RawMessage `json:"animation"`
	Place   json.RawMessage `json:"location"`
	Contact json.RawMessage `json:"contact"`
	Dice    json.RawMessage `json:"dice"`
}

// any reports whether there is any.
func (w *media) any() bool {
	for _, part := range []json.RawMessage{w.Photo, w.Sticker, w.Voice, w.Audio, w.Video, w.Note, w.Moving, w.Place, w.Contact, w.Dice} {
		if part != nil {
			return true
		}
	}
	return false
}

type user struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Username string `json:"username"`
	Language string `json:"language_code"`
}

// person is a user in the form of the contract.
func (u *user) person() bot.Person {
	name := strings.TrimSpace(u.First + " " + u.Last)
	if name == "" {
		name = u.Username
	}
	return bot.Person{User: decimal(u.ID), Name: name, Locale: u.Language}
}

type chat struct {
	ID    int64  `json:"id"`
	Type  string `json:"type"`
	Title string `json:"title"`
}

// The types of chats.
const (
	private    = "private"
	group      = "group"
	supergroup = "supergroup"
)

type document struct {
	File string `json:"file_id"`
	Name string `json:"file_name"`
	Type string `json:"mime_type"`
	Size int64  `json:"file_size"`
}

type callbackQuery struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

type pollAnswer struct {
	Poll    string `json:"poll_id"`
	User    *user  `json:"user"`
	Options []int  `json:"option_ids"`
}

// membership is the new status of the bot in a chat.
type membership struct {
	Chat chat `json:"chat"`
	New  struct {
		Status  string `json:"status"`
		Inside  bool   `json:"is_member"`         // if restricted
		MayPost *bool  `json:"can_send_messages"` // if restricted
	} `json:"new_chat_member"`
}

// place is the chat of a message. A topic is a chat of its own; a private chat or group is its own space.
func (m *message) place() bot.Place {
	p := m.Chat.place()
	if m.InTopic {
		p.Chat += "/" + decimal(m.Thread)
	}
	return p
}

func (c *chat) place() bot.Place {
	id := decimal(c.ID)
	return bot.Place{Platform: platform, Space: id, Chat: id, Title: c.Title, Private: c.Type == private || c.Type == "" && c.ID > 0}
}

// sent is when a message was sent.
func (m *message) sent() time.Time { return time.Unix(m.Date, 0) }

// destination is a chat or topic as the Bot API identifies it.
type destination struct {
	chat   int64
	thread int64 // of a topic; 0: none
}

// destinationOf parses a chat in the form of the contract.
func destinationOf(key string) destination {
	id, thread, _ := strings.Cut(key, "/")
	return destination{number(id), number(thread)}
}

// addTo sets the chat in the parameters of a request.
func (s destination) addTo(p params) params {
	p["chat_id"] = decimal(s.chat)
	if s.thread != 0 {
		p["message_thread_id"] = decimal(s.thread)
	}
	return p
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// number parses a number; 0 if it is invalid.
func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// commandText is a command as it was typed.
type commandText struct {
	line string // with the slash, without the bot's name
	word string // the name, in lower case
	rest string // what follows the name
	to   string // the bot that it names; "": none
}

// parseCommandText parses a text that begins with a slash, and reports false for others. Menus join the words of a
// name with underscores: pack_load is "pack load".
func parseCommandText(text string) (commandText, bool) {
	text = bot.PlainText(text)
	line, slashed := strings.CutPrefix(text, "/")
	if !slashed {
		if line, slashed = strings.CutPrefix(text, "／"); !slashed { // as Chinese and Korean keyboards write it
			return commandText{}, false
		}
	}
	word, rest := line, ""
	if at := strings.IndexFunc(line, unicode.IsSpace); at >= 0 {
		word, rest = line[:at], strings.TrimSpace(line[at:])
	}
	word, to, _ := strings.Cut(word, "@")
	if word == "" {
		return commandText{}, false
	}
	word = strings.ReplaceAll(strings.ToLower(word), "_", " ")
	return commandText{line: "/" + word + " " + rest, word: word, rest: rest, to: to}, true
}
