package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"summitquiz/bot"
	"summitquiz/bot/bottest"
	"summitquiz/bot/web/webtest"
)

// browser is one person with one open page.
type browser struct {
	t      *testing.T
	s      *testServer
	client *http.Client
	lobby  string
	inputs int
	last   map[string]any

	mu      sync.Mutex
	order   []string // slots; "" for what stands in private
	drawn   map[string]string
	private []string // HTML
	here    []string
	host    string
	left    bool
	changed chan struct{}
}

func (s *testServer) browser(t *testing.T) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, s: s, client: &http.Client{Jar: jar, Transport: s.server.Client().Transport}, lobby: "lobby", drawn: map[string]string{},
		changed: make(chan struct{})}
}

func (b *browser) post(path string, form url.Values) (int, string) {
	b.t.Helper()
	r, err := b.client.PostForm(b.s.server.URL+path, form)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(r)
}

func (b *browser) get(path string) (int, string) {
	b.t.Helper()
	r, err := b.client.Get(b.s.server.URL + path)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(r)
}

func (b *browser) read(r *http.Response) (int, string) {
	b.t.Helper()
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// listen follows the lobby until the test ends, coming back when the stream breaks off. It
// returns once the first events are there.
func (b *browser) listen() { b.follow() }

// follow is listen with a way to close the page before.
func (b *browser) follow() (leave func()) {
	ctx, cancel := context.WithCancel(context.Background())
	first, done := make(chan struct{}), make(chan struct{})
	leave = func() { cancel(); <-done }
	b.t.Cleanup(leave)
	go func() {
		defer close(done)
		var once sync.Once
		for ctx.Err() == nil {
			req, err := http.NewRequestWithContext(ctx, "GET", b.s.server.URL+"/l/"+b.lobby+"/live", nil)
			if err != nil {
				return
			}
			r, err := b.client.Do(req)
			if err != nil {
				continue
			}
			webtest.Events(r.Body, func(name, data string) bool {
				b.event(name, []byte(data))
				once.Do(func() { close(first) })
				return true
			})
			r.Body.Close()
		}
	}()
	select {
	case <-first:
	case <-time.After(20 * time.Second):
		b.t.Fatal("no event came")
	}
	return leave
}

func (b *browser) event(name string, data []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch name {
	case "post", "gone":
		var p struct{ Slot, HTML string }
		if err := json.Unmarshal(data, &p); err != nil {
			b.t.Errorf("event %s: %v", data, err)
		}
		if _, known := b.drawn[p.Slot]; !known && name == "post" {
			b.order = append(b.order, p.Slot)
		}
		b.drawn[p.Slot] = p.HTML
	case "all":
		var slots []string
		if err := json.Unmarshal(data, &slots); err != nil {
			b.t.Errorf("event %s: %v", data, err)
		}
		for slot := range b.drawn {
			b.drawn[slot] = ""
		}
	case "left":
		b.left = true
	case "here":
		b.here = nil
		var people []struct {
			Name string
			Host bool
		}
		if err := json.Unmarshal(data, &people); err != nil {
			b.t.Errorf("event %s: %v", data, err)
		}
		b.host = ""
		for _, p := range people {
			b.here = append(b.here, p.Name)
			if p.Host {
				b.host = p.Name
			}
		}
	}
	b.turned()
}

// hosted waits until somebody is said to be the host.
func (b *browser) hosted(name string) {
	b.t.Helper()
	late := time.After(20 * time.Second)
	for {
		b.mu.Lock()
		changed, host := b.changed, b.host
		b.mu.Unlock()
		if host == name {
			return
		}
		select {
		case <-changed:
		case <-late:
			b.t.Fatalf("%q is said to be the host, want %q", host, name)
		}
	}
}

// meets waits until somebody is said to be here.
func (b *browser) meets(name string) {
	b.t.Helper()
	late := time.After(20 * time.Second)
	for {
		b.mu.Lock()
		changed, list := b.changed, b.here
		b.mu.Unlock()
		if slices.Contains(list, name) {
			return
		}
		select {
		case <-changed:
		case <-late:
			b.t.Fatalf("%q never came; here are %q", name, list)
		}
	}
}

func (b *browser) turned() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// reply is what came back for an input.
type reply struct {
	Status int
	Posts  []struct {
		HTML string
		File *struct {
			Name, Type string
			Data       []byte
		}
	}
	Form, Brief, Lang   string
	Update, Gone, Enter bool
}

func (b *browser) send(d map[string]any) reply {
	b.t.Helper()
	b.inputs++
	d["id"] = fmt.Sprintf("input-%06d", b.inputs)
	b.last = d
	return b.do(d)
}

func (b *browser) do(d map[string]any) reply {
	b.t.Helper()
	body, err := json.Marshal(d)
	if err != nil {
		b.t.Fatal(err)
	}
	r, err := b.client.Post(b.s.server.URL+"/l/"+b.lobby+"/do", "application/json", bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	status, text := b.read(r)
	got := reply{Status: status}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		b.t.Fatalf("the server answered %d %q: %v", status, text, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if got.Update && len(got.Posts) > 0 && len(b.private) > 0 {
		b.private = b.private[:len(b.private)-1]
	}
	if got.Brief != "" {
		b.private = append(b.private, `<li class="post private"><p class="line">`+html.EscapeString(got.Brief)+"</p></li>")
	}
	for _, p := range got.Posts {
		text := p.HTML
		if p.File != nil {
			data, err := json.Marshal(p.File)
			if err != nil {
				b.t.Error(err)
			}
			text = strings.Replace(text, "<li ", `<li data-file="`+html.EscapeString(string(data))+`" `, 1)
		}
		b.private = append(b.private, text)
	}
	b.turned()
	return got
}

// Repeat sends the last input again, with its id.
func (b *browser) Repeat() { b.t.Helper(); b.do(b.last) }

// Again does the last input once more, under a new id.
func (b *browser) Again() { b.t.Helper(); b.send(maps.Clone(b.last)) }

// Command types a command.
func (b *browser) Command(name string, options map[string]string, file *bot.File) {
	b.t.Helper()
	line := "/" + name
	for o, v := range options {
		line += " " + o + ":" + v
	}
	d := map[string]any{"line": line}
	if file != nil {
		d["file"] = map[string]any{"name": file.Name, "type": file.Type, "data": file.Data}
	}
	b.send(d)
}

// Type types an answer.
func (b *browser) Type(text string) { b.t.Helper(); b.send(map[string]any{"line": text}) }

// Click presses the newest button or option with a label, once the page has it.
func (b *browser) Click(label string) {
	b.t.Helper()
	late := time.After(20 * time.Second)
	for {
		changed := b.Changed()
		screen := b.pieces()
		for i := len(screen) - 1; i >= 0; i-- {
			for _, button := range screen[i].buttons {
				if button.label == label {
					b.send(map[string]any{"press": map[string]any{"action": button.action, "slot": screen[i].slot}})
					return
				}
			}
		}
		select {
		case <-changed:
		case <-late:
			b.t.Fatalf("there is no button %q on the page", label)
		}
	}
}

// Screen returns what the page shows.
func (b *browser) Screen() []bottest.Card {
	var out []bottest.Card
	for _, p := range b.pieces() {
		out = append(out, p.card)
	}
	return out
}

// Changed is closed when the page may look different.
func (b *browser) Changed() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.changed
}

// pieces reads the posts of the page, oldest first, those for this person alone last.
func (b *browser) pieces() []piece {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []piece
	for _, slot := range b.order {
		if b.drawn[slot] != "" {
			out = append(out, pieceOf(b.t, slot, b.drawn[slot]))
		}
	}
	for _, text := range b.private {
		out = append(out, pieceOf(b.t, "", text))
	}
	return out
}

// piece is one post of the page, read from its HTML.
type piece struct {
	slot    string
	card    bottest.Card
	buttons []struct{ label, action string }
}

func pieceOf(t *testing.T, slot, text string) piece {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "ol", DataAtom: atom.Ol})
	if err != nil || len(nodes) != 1 {
		t.Fatalf("the post is %d elements, %v: %s", len(nodes), err, text)
	}
	p := piece{slot: slot}
	p.card.Private = has(nodes[0], "private")
	if data := attr(nodes[0], "data-file"); data != "" {
		p.card.File = &bot.File{}
		if err := json.Unmarshal([]byte(data), p.card.File); err != nil {
			t.Fatal(err)
		}
	}
	var lines []string
	for n := range nodes[0].Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case has(n, "title"), has(n, "line"), n.Data == "blockquote", n.Data == "pre":
			lines = append(lines, textOf(n))
		case has(n, "option"):
			label, rest := "", ""
			for c := range n.Descendants() {
				if has(c, "label") {
					label = textOf(c)
				} else if has(c, "text") {
					rest = textOf(c)
				}
			}
			lines = append(lines, label+" "+rest)
			if action := attr(n, "data-action"); action != "" {
				p.card.Options = append(p.card.Options, label)
				p.buttons = append(p.buttons, struct{ label, action string }{label, action})
			}
		case has(n, "button"):
			p.card.Buttons = append(p.card.Buttons, textOf(n))
			p.buttons = append(p.buttons, struct{ label, action string }{textOf(n), attr(n, "data-action")})
		}
	}
	p.card.Text = strings.Join(lines, "\n")
	return p
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, class string) bool {
	return n.Type == html.ElementNode && strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return bottest.Unmarked(b.String())
}
