package telegramtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Button is a button below a message.
type Button struct {
	Text  string `json:"text"`
	Data  string `json:"callback_data,omitempty"`
	URL   string `json:"url,omitempty"`
	Style string `json:"style,omitempty"`
	Copy  *struct {
		Text string `json:"text"`
	} `json:"copy_text,omitempty"`
}

func sameRows(a, b [][]Button) bool {
	return slices.EqualFunc(a, b, func(a, b []Button) bool {
		return slices.EqualFunc(a, b, func(a, b Button) bool {
			return a.Text == b.Text && a.Data == b.Data && a.URL == b.URL && a.Style == b.Style && copied(a) == copied(b)
		})
	})
}

func copied(b Button) string {
	if b.Copy == nil {
		return ""
	}
	return b.Copy.Text
}

// The limits of keyboards; rows that are wider are cut by clients.
const (
	buttonLimit = 100
	rowLimit    = 8
	dataLimit   = 64 // bytes
)

// markup reads reply_markup into a message, of which only a new one may ask for a reply; the
// caller holds f.mu.
func (f *Telegram) markup(c *call, m *Message, fresh bool) *reply {
	if c.params["reply_markup"] == "" {
		return nil
	}
	var k struct {
		Inline      json.RawMessage `json:"inline_keyboard"`
		Keyboard    json.RawMessage `json:"keyboard"`
		Remove      bool            `json:"remove_keyboard"`
		Force       bool            `json:"force_reply"`
		Selective   bool            `json:"selective"`
		Placeholder string          `json:"input_field_placeholder"`
	}
	if !c.object("reply_markup", &k) {
		return f.bad(c, "can't parse reply keyboard markup JSON object")
	}
	if k.Inline == nil {
		if !fresh {
			return f.bad(c, "inline keyboard expected")
		}
		if n := units(k.Placeholder); n > 64 {
			return f.bad(c, "BUTTON_PLACEHOLDER_INVALID")
		}
		m.ForceReply, m.Selective, m.Placeholder = k.Force, k.Selective, k.Placeholder
		return nil
	}
	var rows [][]Button
	if json.Unmarshal(k.Inline, &rows) != nil || string(k.Inline) == "null" {
		return f.bad(c, `can't parse inline keyboard markup JSON object: Field "inline_keyboard" must be of type Array`)
	}
	total := 0
	for _, row := range rows {
		total += len(row)
		if len(row) > rowLimit {
			f.complain("%s: a row of %d buttons", c.method, len(row))
		}
		for _, b := range row {
			if wrong := b.wrong(); wrong != "" {
				return f.bad(c, wrong)
			}
		}
	}
	if total > buttonLimit {
		return f.bad(c, "reply markup is too long")
	}
	m.Rows = slices.DeleteFunc(rows, func(row []Button) bool { return len(row) == 0 })
	return nil
}

// wrong is what Telegram has against a button.
func (b *Button) wrong() string {
	actions := 0
	for _, has := range []bool{b.Data != "", b.URL != "", b.Copy != nil} {
		if has {
			actions++
		}
	}
	switch {
	case strings.TrimSpace(b.Text) == "":
		return "can't parse inline keyboard button: Field \"text\" must be non-empty"
	case actions == 0:
		return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
	case actions > 1:
		return "can't parse inline keyboard button: exactly one action is expected"
	case len(b.Data) > dataLimit:
		return "BUTTON_DATA_INVALID"
	case b.URL != "" && !strings.HasPrefix(b.URL, "http://") && !strings.HasPrefix(b.URL, "https://") && !strings.HasPrefix(b.URL, "tg://"):
		return fmt.Sprintf("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL)
	case b.Copy != nil && (b.Copy.Text == "" || units(b.Copy.Text) > 256):
		return "BUTTON_COPY_TEXT_INVALID"
	case !slices.Contains([]string{"", "danger", "success", "primary"}, b.Style):
		return "invalid button style specified"
	}
	return ""
}
