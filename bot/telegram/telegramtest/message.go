package telegramtest

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Message is a message as people see it.
type Message struct {
	ID          int
	Chat        *Chat
	Thread      int
	Private     bool  // in a private chat
	Bot         bool  // of the bot
	From        *User // nil: of the bot, or of a channel
	At          time.Time
	Text        string // without tags, as it is read; of a document, what is written below it
	Entities    []Entity
	Rows        [][]Button
	Poll        *Poll // as it stands now
	File        *File
	ReplyTo     int
	ForceReply  bool   // asks for a reply
	Selective   bool   // of those only who are named or replied to
	Placeholder string // in the field for the reply
	Protected   bool   // cannot be forwarded
	Edits       int

	r       *chatState
	service map[string]any // further fields of the message
	deleted bool
	heard   bool // the bot was told of it
}

// Buttons are the buttons in the order in which they are shown.
func (m *Message) Buttons() []Button { return slices.Concat(m.Rows...) }

func (m *Message) pollID() string {
	if m.Poll == nil {
		return ""
	}
	return m.Poll.ID
}

// shown is a copy of a message for a test; the caller holds f.mu.
func (f *Telegram) shown(m *Message) Message {
	out := *m
	if m.Poll != nil {
		out.Poll = m.Poll.copy(f.o.Now())
	}
	return out
}

// object is a message as the API gives it, with what it replies to; the caller holds f.mu.
func (f *Telegram) object(m *Message, deep bool) map[string]any {
	out := map[string]any{"message_id": m.ID, "date": m.At.Unix(), "chat": m.r.object()}
	switch {
	case m.From != nil:
		out["from"] = m.From.object()
		if m.From.as != nil {
			out["sender_chat"] = m.From.as.object()
		}
	case m.r.kind == "channel":
		out["sender_chat"] = m.r.object()
	default:
		out["from"] = f.bot()
	}
	if m.Thread != 0 {
		out["message_thread_id"], out["is_topic_message"] = m.Thread, true
	}
	text, marks := "text", "entities"
	if m.File != nil {
		out["document"] = m.File.object()
		text, marks = "caption", "caption_entities"
	}
	if m.Text != "" && m.Poll == nil {
		out[text] = m.Text
		if len(m.Entities) > 0 {
			out[marks] = m.Entities
		}
	}
	if m.Poll != nil {
		out["poll"] = m.Poll.object(f.o.Now())
	}
	if m.Protected {
		out["has_protected_content"] = true
	}
	if m.Edits > 0 {
		out["edit_date"] = m.At.Unix()
	}
	if len(m.Rows) > 0 {
		out["reply_markup"] = map[string]any{"inline_keyboard": m.Rows}
	}
	to := m.r.byID[m.ReplyTo]
	if m.ReplyTo == 0 && m.ID != m.Thread {
		to = m.r.byID[m.Thread] // in a topic, what replies to nothing replies to its beginning
	}
	if deep && to != nil && !to.deleted {
		out["reply_to_message"] = f.object(to, false)
	}
	maps.Copy(out, m.service)
	return out
}

// compose makes a message of what a request says about place and form; the caller holds f.mu.
func (f *Telegram) compose(c *call, what string) (*chatState, *Message, *reply) {
	r, bad := f.reach(c, what)
	if bad != nil {
		return nil, nil, bad
	}
	m := &Message{Bot: true, Protected: c.yes("protect_content"), Thread: int(c.number("message_thread_id"))}
	if m.Thread != 0 && r.topics[m.Thread] == "" {
		return nil, nil, refuse(http.StatusBadRequest, "message thread not found")
	}
	if r.closed[m.Thread] && r.bot != "administrator" {
		return nil, nil, refuse(http.StatusBadRequest, "TOPIC_CLOSED")
	}
	var to struct {
		ID      int   `json:"message_id"`
		Chat    int64 `json:"chat_id"`
		Without bool  `json:"allow_sending_without_reply"`
	}
	if !c.object("reply_parameters", &to) {
		return nil, nil, f.bad(c, "can't parse reply parameters")
	}
	if id := c.params["reply_to_message_id"]; id != "" { // older than reply_parameters
		to.ID, _ = strconv.Atoi(id)
		to.Without = c.yes("allow_sending_without_reply")
	}
	if to.ID != 0 {
		if target := r.byID[to.ID]; target == nil || target.deleted {
			if !to.Without {
				return nil, nil, refuse(http.StatusBadRequest, "message to be replied not found")
			}
			to.ID = 0
		}
		m.ReplyTo = to.ID
	}
	return r, m, f.markup(c, m, true)
}

// The limits of a text and of what is written below a document, in UTF-16 code units.
const (
	textLimit    = 4096
	captionLimit = 1024
)

// text reads a text with its markup; the caller holds f.mu.
func (f *Telegram) text(c *call, field, mode string) (text string, entities []Entity, bad *reply) {
	text = c.params[field]
	switch c.params[mode] {
	case "":
	case "HTML", "html":
		var refusal, odd string
		if text, entities, refusal, odd = parseHTML(text); refusal != "" {
			return "", nil, f.bad(c, refusal)
		}
		if odd != "" {
			f.complain("%s: %s in %q", c.method, odd, c.params[field])
		}
	default:
		return "", nil, f.bad(c, "unsupported parse_mode")
	}
	return clean(text), entities, nil
}

// written reads the text of a message; the caller holds f.mu.
func (f *Telegram) written(c *call) (string, []Entity, *reply) {
	text, entities, bad := f.text(c, "text", "parse_mode")
	switch {
	case bad != nil:
		return "", nil, bad
	case text == "":
		return "", nil, f.bad(c, "message text is empty")
	case units(text) > textLimit:
		return "", nil, f.bad(c, "message is too long")
	}
	return text, entities, nil
}

func (f *Telegram) sendMessage(c *call) reply {
	r, m, bad := f.compose(c, "messages")
	if bad != nil {
		return *bad
	}
	if m.Text, m.Entities, bad = f.written(c); bad != nil {
		return *bad
	}
	return ok(f.object(f.addMessage(r, m), true))
}

// own finds a message of the bot that a request is about; the caller holds f.mu.
func (f *Telegram) own(c *call, missing, foreign string) (*Message, *reply) {
	r, bad := f.reach(c, "")
	if bad != nil {
		return nil, bad
	}
	m := r.byID[int(c.number("message_id"))]
	if m == nil || m.deleted {
		return nil, refuse(http.StatusBadRequest, missing)
	}
	if !m.Bot {
		return nil, f.bad(c, foreign)
	}
	return m, nil
}

const unchanged = "message is not modified: specified new message content and reply markup are exactly the same as " +
	"a current content and reply markup of the message"

func (f *Telegram) editMessageText(c *call) reply {
	m, bad := f.own(c, "message to edit not found", "message can't be edited")
	if bad != nil {
		return *bad
	}
	if m.Poll != nil || m.File != nil {
		return *f.bad(c, "there is no text in the message to edit")
	}
	next := &Message{}
	if next.Text, next.Entities, bad = f.written(c); bad != nil {
		return *bad
	}
	if bad := f.markup(c, next, false); bad != nil {
		return *bad
	}
	if next.Text == m.Text && slices.Equal(next.Entities, m.Entities) && sameRows(next.Rows, m.Rows) {
		return refusal(http.StatusBadRequest, unchanged)
	}
	m.Text, m.Entities, m.Rows = next.Text, next.Entities, next.Rows
	return f.edited(m)
}

func (f *Telegram) editMessageReplyMarkup(c *call) reply {
	m, bad := f.own(c, "message to edit not found", "message can't be edited")
	if bad != nil {
		return *bad
	}
	next := &Message{}
	if bad := f.markup(c, next, false); bad != nil {
		return *bad
	}
	if sameRows(next.Rows, m.Rows) {
		return refusal(http.StatusBadRequest, unchanged)
	}
	m.Rows = next.Rows
	return f.edited(m)
}

func (f *Telegram) edited(m *Message) reply {
	m.Edits++
	f.wake()
	return ok(f.object(m, true))
}

// deletable is how old a message may be that is deleted.
const deletable = 48 * time.Hour

func (f *Telegram) deleteMessage(c *call) reply {
	r, bad := f.reach(c, "")
	if bad != nil {
		return *bad
	}
	m := r.byID[int(c.number("message_id"))]
	switch {
	case m == nil || m.deleted:
		return refusal(http.StatusBadRequest, "message to delete not found")
	case f.age(m) > deletable, !m.Bot && r.kind != "private" && r.bot != "administrator":
		return refusal(http.StatusBadRequest, "message can't be deleted")
	}
	m.deleted = true
	f.wake()
	return ok(true)
}

// deleteMessages deletes what it can and skips the rest.
func (f *Telegram) deleteMessages(c *call) reply {
	var ids []int
	if !c.object("message_ids", &ids) || len(ids) == 0 || len(ids) > 100 {
		return *f.bad(c, "message identifiers are not specified")
	}
	if _, bad := f.reach(c, ""); bad != nil {
		return *bad
	}
	for _, id := range ids {
		c.params["message_id"] = strconv.Itoa(id)
		f.deleteMessage(c)
	}
	delete(c.params, "message_id")
	return ok(true)
}
