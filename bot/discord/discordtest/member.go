package discordtest

import (
	"fmt"
	"strings"
	"time"
)

// Member is a person in Discord. One Member acts in any channel.
type Member struct {
	d      *Discord
	ID     string
	Name   string // as people see it
	Locale string
	Admin  bool
}

// NewMember makes a person.
func (d *Discord) NewMember(name, locale string, admin bool) *Member {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &Member{d: d, ID: d.id(), Name: name, Locale: locale, Admin: admin}
}

// File is an attached file.
type File struct {
	Name string
	Type string
	Data []byte
	Size int64  // as Discord claims; 0: of Data
	URL  string // "": where the fake serves it
}

// Act sends an interaction of a type with any data, also such as no client would send.
func (m *Member) Act(c *Channel, kind int, data map[string]any, source *Message) *Interaction {
	it := m.make(c, kind, source, time.Now())
	it.data = data
	m.d.send(it, data)
	return it
}

// Late is Act with an interaction that was created some time ago.
func (m *Member) Late(c *Channel, kind int, data map[string]any, source *Message, by time.Duration) *Interaction {
	it := m.make(c, kind, source, time.Now().Add(-by))
	it.data = data
	m.d.send(it, data)
	return it
}

func (m *Member) make(c *Channel, kind int, source *Message, born time.Time) *Interaction {
	d := m.d
	d.mu.Lock()
	defer d.mu.Unlock()
	it := &Interaction{ID: d.idAt(born), Kind: kind, Member: m, Born: born, d: d, channel: c, done: make(chan struct{})}
	it.Token = "aW50ZXJhY3Rpb24-" + it.ID + "-token"
	if source != nil {
		it.source = d.messages[source.ID]
	}
	d.interactions[it.Token] = it
	return it
}

// payload is the event of an interaction.
func (it *Interaction) payload(data map[string]any) map[string]any {
	m, c := it.Member, it.channel
	person := map[string]any{"id": m.ID, "username": strings.ToLower(m.Name), "global_name": m.Name, "discriminator": "0"}
	p := map[string]any{"id": it.ID, "application_id": AppID, "type": it.Kind, "token": it.Token, "version": 1, "channel_id": c.ID,
		"channel": c.partial(), "locale": m.Locale, "app_permissions": fmt.Sprint(c.Rights),
		"attachment_size_limit": 10 << 20, "data": data, "entitlements": []any{}, "authorizing_integration_owners": map[string]any{}}
	if c.Guild != nil {
		rights := 1<<10 | 1<<11
		if m.Admin {
			rights |= 1 << 5
		}
		p["guild_id"], p["context"], p["guild_locale"] = c.Guild.ID, 0, "en-US"
		p["member"] = map[string]any{"user": person, "nick": nil, "permissions": fmt.Sprint(rights), "roles": []any{}, "joined_at": "2024-01-01T00:00:00Z"}
	} else {
		p["context"], p["user"] = 1, person
	}
	if it.source != nil {
		p["message"] = it.source.object()
	}
	return p
}

// send sends an interaction through the gateway or to the endpoint.
func (d *Discord) send(it *Interaction, data map[string]any) {
	d.mu.Lock()
	p := it.payload(data)
	guild := ""
	if it.channel.Guild != nil {
		guild = it.channel.Guild.ID
	}
	endpoint := d.endpoint
	d.mu.Unlock()
	if endpoint != nil {
		d.call(endpoint, p)
		return
	}
	d.dispatch("INTERACTION_CREATE", guild, p)
}

// Again repeats an interaction, as Discord does now and then.
func (it *Interaction) Again() { it.d.send(it, it.data) }

// Anew does the same again, as a new interaction.
func (it *Interaction) Anew() *Interaction {
	return it.Member.Act(it.channel, it.Kind, it.data, it.source)
}

// Command uses a slash command as a client would: a registered one, with options of the right types.
func (m *Member) Command(c *Channel, name string, options map[string]string, files ...File) *Interaction {
	m.d.t.Helper()
	data, err := m.d.command(name, options, files, "")
	if err != nil {
		m.d.t.Fatalf("%s: %v", m.Name, err)
	}
	return m.Act(c, 2, data, nil)
}

// Send is Command without the checks of a client: options that are not registered are sent as text.
func (m *Member) Send(c *Channel, name string, options map[string]string, files ...File) *Interaction {
	data, err := m.d.command(name, options, files, "")
	if err != nil {
		given := []any{}
		for option, value := range options {
			given = append(given, map[string]any{"name": option, "type": 3, "value": value})
		}
		head, sub, nested := strings.Cut(name, " ")
		if nested {
			given = []any{map[string]any{"name": sub, "type": 1, "options": given}}
		}
		data = map[string]any{"id": "1", "name": head, "type": 1, "options": given}
	}
	return m.Act(c, 2, data, nil)
}

// Suggest types into an option that suggests.
func (m *Member) Suggest(c *Channel, name, option, typed string) *Interaction {
	m.d.t.Helper()
	data, err := m.d.command(name, map[string]string{option: typed}, nil, option)
	if err != nil {
		m.d.t.Fatalf("%s: %v", m.Name, err)
	}
	return m.Act(c, 4, data, nil)
}

// Menu uses a command in the menu of a message.
func (m *Member) Menu(c *Channel, name string, message Message) *Interaction {
	return m.Act(c, 2, map[string]any{"id": "1", "name": name, "type": 3, "target_id": message.ID}, nil)
}

// Press presses a button.
func (m *Member) Press(c *Channel, message Message, customID string) *Interaction {
	return m.Act(c, 3, map[string]any{"component_type": 2, "custom_id": customID}, &message)
}

// Click presses the button with a label, or fails the test.
func (m *Member) Click(c *Channel, message Message, label string) *Interaction {
	m.d.t.Helper()
	for _, b := range message.Buttons() {
		if b.Label == label && !b.Disabled {
			return m.Press(c, message, b.CustomID)
		}
	}
	m.d.t.Fatalf("%s sees no button %q under %q", m.Name, label, message.Text())
	return nil
}

// Fill submits an open form, as a current client does: with labels.
func (m *Member) Fill(opened *Interaction, values map[string]string) *Interaction {
	id, fields := opened.Form()
	var parts []any
	for i, name := range fields {
		parts = append(parts, map[string]any{"type": 18, "id": i + 1,
			"component": map[string]any{"type": 4, "id": 100 + i, "custom_id": name, "value": values[name]}})
	}
	var source *Message
	if opened.source != nil {
		source = opened.source
	}
	return m.Act(opened.channel, 5, map[string]any{"custom_id": id, "components": parts}, source)
}

// command builds the data of a command from what is registered.
func (d *Discord) command(name string, options map[string]string, files []File, focus string) (map[string]any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	head, sub, nested := strings.Cut(name, " ")
	for _, c := range d.commands {
		if c["name"] != head || c["type"] != 1.0 {
			continue
		}
		known, _ := c["options"].([]any)
		data := map[string]any{"id": "1", "name": head, "type": 1}
		if nested {
			list := known
			known = nil
			found := false
			for _, o := range list {
				if o := o.(map[string]any); o["name"] == sub {
					known, _ = o["options"].([]any)
					found = true
				}
			}
			if !found {
				return nil, fmt.Errorf("the command /%s has no subcommand %s", head, sub)
			}
		}
		given, resolved, err := d.options(known, options, files, focus)
		if err != nil {
			return nil, fmt.Errorf("/%s: %w", name, err)
		}
		if nested {
			given = []any{map[string]any{"name": sub, "type": 1, "options": given}}
		}
		data["options"] = given
		data["resolved"] = resolved
		return data, nil
	}
	return nil, fmt.Errorf("no command /%s is registered", head)
}

func (d *Discord) options(known []any, options map[string]string, files []File, focus string) (given []any, resolved map[string]any, err error) {
	given, resolved = []any{}, map[string]any{}
	used := 0
	for _, o := range known {
		o := o.(map[string]any)
		name, _ := o["name"].(string)
		kind, _ := o["type"].(float64)
		value, set := options[name]
		switch {
		case kind == 11 && len(files) > 0:
			a := d.attach(files[0])
			resolved["attachments"] = map[string]any{a["id"].(string): a}
			given = append(given, map[string]any{"name": name, "type": 11, "value": a["id"]})
			continue
		case !set && o["required"] == true && focus == "":
			return nil, nil, fmt.Errorf("the option %s is required", name)
		case !set:
			continue
		}
		used++
		g := map[string]any{"name": name, "type": int(kind), "value": value}
		if kind == 4 {
			var n int
			if _, err := fmt.Sscan(value, &n); err != nil {
				return nil, nil, fmt.Errorf("the option %s takes a number", name)
			}
			g["value"] = n
		}
		if name == focus {
			g["focused"] = true
		}
		given = append(given, g)
	}
	if used != len(options) {
		return nil, nil, fmt.Errorf("not all of the options %v are registered", options)
	}
	return given, resolved, nil
}

// attach stores a file for the bot to download. The caller holds d.mu.
func (d *Discord) attach(f File) map[string]any {
	id := d.id()
	path := "/attachments/" + id + "/" + f.Name
	d.files[path] = f.Data
	if f.URL == "" {
		f.URL = strings.TrimSuffix(d.URL, "/api") + path
	}
	if f.Size == 0 {
		f.Size = int64(len(f.Data))
	}
	return map[string]any{"id": id, "filename": f.Name, "size": f.Size, "content_type": f.Type, "url": f.URL, "proxy_url": f.URL}
}
