package discordtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"
	"unicode/utf16"
)

// Message is a message.
type Message struct {
	ID      string
	Channel string
	Only    string // the only person who sees it; "": everybody
	Cause   string // the interaction whose answer it is
	Pending bool   // «thinking»
	Edits   int
	Files   map[string][]byte
	Object  map[string]any

	nonce   string
	made    time.Time
	deleted bool
}

// Content is the plain text above the embeds.
func (m *Message) Content() string { s, _ := m.Object["content"].(string); return s }

// Text is all text of the message.
func (m *Message) Text() string {
	text := m.Content()
	list, _ := m.Object["embeds"].([]any)
	for _, e := range list {
		title, _ := e.(map[string]any)["title"].(string)
		description, _ := e.(map[string]any)["description"].(string)
		text += "\n" + title + "\n" + description
	}
	return strings.TrimSpace(text)
}

// Button is a button of a message.
type Button struct {
	Label    string
	CustomID string
	Style    int
	Disabled bool
}

// Buttons returns the buttons in the order in which they are shown.
func (m *Message) Buttons() []Button {
	var out []Button
	rows, _ := m.Object["components"].([]any)
	for _, row := range rows {
		parts, _ := row.(map[string]any)["components"].([]any)
		for _, p := range parts {
			b := p.(map[string]any)
			label, _ := b["label"].(string)
			id, _ := b["custom_id"].(string)
			style, _ := b["style"].(float64)
			disabled, _ := b["disabled"].(bool)
			out = append(out, Button{label, id, int(style), disabled})
		}
	}
	return out
}

// object is a message as the API returns it.
func (m *Message) object() map[string]any {
	out := map[string]any{"id": m.ID, "channel_id": m.Channel, "type": 0, "timestamp": m.made.Format(time.RFC3339Nano),
		"author": map[string]any{"id": BotID, "username": "Summit Quiz", "bot": true}}
	for k, v := range m.Object {
		out[k] = v
	}
	flags := 0
	if m.Only != "" {
		flags |= 64
	}
	if m.Pending {
		flags |= 128
	}
	out["flags"] = flags
	if m.Cause != "" {
		out["interaction_metadata"] = map[string]any{"id": m.Cause, "type": 2}
	}
	return out
}

// change applies the body of a new message or an edit: null keeps a list, and a list replaces it.
func (m *Message) change(body map[string]any, files map[string][]byte) {
	m.Object = maps.Clone(m.Object) // tests hold copies of the message
	for _, field := range []string{"content", "embeds", "components"} {
		if v, ok := body[field]; ok && (v != nil || field != "components") {
			m.Object[field] = v
		}
	}
	if list, ok := body["attachments"].([]any); ok {
		m.Files = map[string][]byte{}
		for _, a := range list {
			name, _ := a.(map[string]any)["filename"].(string)
			m.Files[name] = files[name]
		}
	}
	m.Pending = false
}

// The limits of a message, in UTF-16 code units.
const (
	contentLimit = 2000
	embedLimit   = 6000
)

// check returns the path of the first field that violates Discord's rules of messages; "": none.
func check(body map[string]any) string {
	text := func(v any) int { s, _ := v.(string); return units(s) }
	if text(body["content"]) > contentLimit {
		return "content"
	}
	total := 0
	embeds, _ := body["embeds"].([]any)
	for i, e := range embeds {
		e, _ := e.(map[string]any)
		for field, limit := range map[string]int{"title": 256, "description": 4096} {
			if text(e[field]) > limit {
				return fmt.Sprintf("embeds.%d.%s", i, field)
			}
			total += text(e[field])
		}
	}
	if len(embeds) > 10 || total > embedLimit {
		return "embeds"
	}
	if strings.TrimSpace(fmt.Sprint(body["content"])) == "" && len(embeds) == 0 {
		if files, _ := body["attachments"].([]any); len(files) == 0 {
			return "content" // an empty message
		}
	}
	seen := map[string]bool{}
	rows, _ := body["components"].([]any)
	if len(rows) > 5 {
		return "components"
	}
	for i, row := range rows {
		row, _ := row.(map[string]any)
		parts, _ := row["components"].([]any)
		if row["type"] != 1.0 || len(parts) == 0 || len(parts) > 5 {
			return fmt.Sprintf("components.%d", i)
		}
		for j, p := range parts {
			p, _ := p.(map[string]any)
			id, _ := p["custom_id"].(string)
			if p["type"] != 2.0 || id == "" || units(id) > 100 || seen[id] || text(p["label"]) > 80 || text(p["label"]) == 0 {
				return fmt.Sprintf("components.%d.components.%d", i, j)
			}
			seen[id] = true
		}
	}
	return ""
}

// checkModal returns the path of the first field that violates the rules of forms; "": none.
func checkModal(body map[string]any) string {
	title, _ := body["title"].(string)
	id, _ := body["custom_id"].(string)
	parts, _ := body["components"].([]any)
	if title == "" || units(title) > 45 || id == "" || units(id) > 100 || len(parts) == 0 || len(parts) > 5 {
		return "data"
	}
	for i, p := range parts {
		p, _ := p.(map[string]any)
		label, _ := p["label"].(string)
		input, _ := p["component"].(map[string]any)
		if p["type"] != 18.0 || label == "" || units(label) > 45 || input["type"] != 4.0 {
			return fmt.Sprintf("data.components.%d", i)
		}
	}
	return ""
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// checkMentions complains if a message could ping somebody. The caller holds d.mu.
func (d *Discord) checkMentions(where string, body map[string]any) {
	allowed, _ := body["allowed_mentions"].(map[string]any)
	parse, ok := allowed["parse"].([]any)
	if !ok || len(parse) > 0 {
		d.complain("%s: allowed_mentions is %v, want an empty parse list", where, body["allowed_mentions"])
	}
	if v, ok := body["components"]; ok && v == nil {
		d.complain("%s: components is null, which leaves old buttons", where)
	}
}

// addMessage adds a message to a channel. The caller holds d.mu.
func (d *Discord) addMessage(c *Channel, body map[string]any, files map[string][]byte) *Message {
	m := &Message{ID: d.id(), Channel: c.ID, Object: map[string]any{"content": "", "embeds": []any{}, "components": []any{}}, made: time.Now()}
	m.change(body, files)
	d.messages[m.ID] = m
	c.ordered = append(c.ordered, m)
	d.wake()
	return m
}

// reply is the response to a request.
type reply struct {
	status int
	body   any
	header http.Header
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

var nothing = reply{status: http.StatusNoContent}

// refuse is a refusal.
func refuse(status, code int, text string) reply {
	return reply{status: status, body: map[string]any{"code": code, "message": text}}
}

// invalid is the refusal of a request with an invalid field.
func (d *Discord) invalid(where, path string, body any) reply {
	raw, _ := json.Marshal(body) // plain values
	d.complain("%s: %s is not valid in %s", where, path, raw)
	var errors any = map[string]any{"_errors": []any{map[string]any{"code": "BASE_TYPE_BAD", "message": "not valid"}}}
	parts := strings.Split(path, ".")
	for i := len(parts) - 1; i >= 0; i-- {
		errors = map[string]any{parts[i]: errors}
	}
	return reply{status: http.StatusBadRequest, body: map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": errors}}
}

func parse(data []byte) map[string]any {
	var out map[string]any
	_ = json.Unmarshal(data, &out) // what is no object is empty
	if out == nil {
		out = map[string]any{}
	}
	return out
}
