package discordtest

import (
	"fmt"
	"net/http"
	"time"
)

// Interaction is an interaction of a member, and its answer.
type Interaction struct {
	ID     string
	Token  string
	Kind   int
	Member *Member
	Born   time.Time

	d       *Discord
	channel *Channel
	source  *Message // on which a button was pressed
	data    map[string]any

	answers  int       // first answers that were taken
	answered time.Time // of the first one
	how      int       // type of the callback
	original *Message
	modal    map[string]any
	choices  []any
	done     chan struct{}
}

// The life of an interaction.
const (
	firstAnswer = 3 * time.Second
	tokenLife   = 15 * time.Minute
)

// interaction returns the interaction of a valid token. The caller holds d.mu.
func (d *Discord) interaction(token string) (*Interaction, *reply) {
	it := d.interactions[token]
	if it == nil || it.answers == 0 {
		r := refuse(http.StatusNotFound, 10015, "Unknown Webhook")
		return nil, &r
	}
	if time.Since(it.Born) > tokenLife {
		r := refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
		return nil, &r
	}
	return it, nil
}

func (d *Discord) postCallback(id []string, q *query) reply {
	it := d.interactions[id[1]]
	if it == nil || it.ID != id[0] {
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	if it.answers > 0 {
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	}
	if time.Since(it.Born) > firstAnswer {
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	kind, _ := q.body["type"].(float64)
	data, _ := q.body["data"].(map[string]any)
	if bad := d.carryOut(it, int(kind), data, q); bad != nil {
		return *bad
	}
	it.answers, it.answered, it.how = 1, time.Now(), int(kind)
	close(it.done)
	d.wake()
	if !q.with {
		return nothing
	}
	out := map[string]any{"interaction": map[string]any{"id": it.ID, "type": it.Kind}}
	if it.original != nil {
		out["resource"] = map[string]any{"type": int(kind), "message": it.original.object()}
	}
	return ok(out)
}

// carryOut carries out a callback. The caller holds d.mu.
func (d *Discord) carryOut(it *Interaction, kind int, data map[string]any, q *query) *reply {
	where := fmt.Sprintf("callback %d to interaction %d", kind, it.Kind)
	refuse := func(path string) *reply { r := d.invalid(where, path, q.body); return &r }
	fromButton := it.source != nil
	flags, _ := data["flags"].(float64)
	switch kind {
	case 4:
		if it.Kind == 4 {
			return refuse("type")
		}
		d.checkMentions(where, data)
		if bad := check(data); bad != "" {
			return refuse("data." + bad)
		}
		it.original = d.addMessage(it.channel, data, q.files)
		it.original.Cause = it.ID
		if int(flags)&64 != 0 {
			it.original.Only = it.Member.ID
		}
	case 5:
		if it.Kind == 4 || len(data) > 1 {
			return refuse("type")
		}
		it.original = d.addMessage(it.channel, map[string]any{}, nil)
		it.original.Cause, it.original.Pending = it.ID, true
		if int(flags)&64 != 0 {
			it.original.Only = it.Member.ID
		}
	case 6, 7:
		if !fromButton {
			return refuse("type")
		}
		it.original = it.source
		if kind == 7 {
			return d.update(it, where, data, q)
		}
	case 8:
		list, _ := data["choices"].([]any)
		if it.Kind != 4 || len(list) > 25 {
			return refuse("type")
		}
		it.choices = list
	case 9:
		if it.Kind == 5 || it.Kind == 4 {
			return refuse("type")
		}
		if bad := checkModal(data); bad != "" {
			return refuse(bad)
		}
		it.modal = data
	default:
		return refuse("type")
	}
	return nil
}

// update changes the message whose button was pressed. The caller holds d.mu.
func (d *Discord) update(it *Interaction, where string, data map[string]any, q *query) *reply {
	if data["flags"] != nil {
		d.complain("%s sets flags, which stay as they are", where)
	}
	d.checkMentions(where, data)
	if bad := check(data); bad != "" {
		r := d.invalid(where, "data."+bad, q.body)
		return &r
	}
	it.source.change(data, q.files)
	it.source.Edits++
	return nil
}

func (d *Discord) getOriginal(id []string, _ *query) reply {
	it, bad := d.interaction(id[1])
	if bad != nil {
		return *bad
	}
	if it.original == nil || it.original.deleted {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return ok(it.original.object())
}

func (d *Discord) patchOriginal(id []string, q *query) reply {
	it, bad := d.interaction(id[1])
	if bad != nil {
		return *bad
	}
	if it.original == nil || it.original.deleted {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return d.edit("an edit of an answer", it.original, q)
}

func (d *Discord) deleteOriginal(id []string, _ *query) reply {
	it, bad := d.interaction(id[1])
	if bad != nil {
		return *bad
	}
	if it.original == nil || it.original.deleted {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	it.original.deleted = true
	d.wake()
	return nothing
}

func (d *Discord) followUp(id []string, q *query) reply {
	it, bad := d.interaction(id[1])
	if bad != nil {
		return *bad
	}
	d.checkMentions("a follow-up", q.body)
	if bad := check(q.body); bad != "" {
		return d.invalid("a follow-up", bad, q.body)
	}
	m := d.addMessage(it.channel, q.body, q.files)
	m.Cause = it.ID
	if flags, _ := q.body["flags"].(float64); int(flags)&64 != 0 {
		m.Only = it.Member.ID
	}
	return ok(m.object())
}

// Answered returns the type of the callback (0: none yet) and how long it took.
func (it *Interaction) Answered() (how int, took time.Duration) {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	if it.answers == 0 {
		return 0, 0
	}
	return it.how, it.answered.Sub(it.Born)
}

// Done is closed at the first answer.
func (it *Interaction) Done() <-chan struct{} { return it.done }

// Original returns the message that is the answer; the zero Message if there is none.
func (it *Interaction) Original() Message {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	if it.original == nil || it.original.deleted {
		return Message{}
	}
	return *it.original
}

// Choices returns the suggested values.
func (it *Interaction) Choices() []string {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	var out []string
	for _, c := range it.choices {
		value, _ := c.(map[string]any)["value"].(string)
		out = append(out, value)
	}
	return out
}

// Form returns the custom id and the names of the fields of the opened form.
func (it *Interaction) Form() (customID string, fields []string) {
	it.d.mu.Lock()
	defer it.d.mu.Unlock()
	customID, _ = it.modal["custom_id"].(string)
	parts, _ := it.modal["components"].([]any)
	for _, p := range parts {
		input, _ := p.(map[string]any)["component"].(map[string]any)
		name, _ := input["custom_id"].(string)
		fields = append(fields, name)
	}
	return customID, fields
}
