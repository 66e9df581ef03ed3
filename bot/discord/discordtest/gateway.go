package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// session is a session of the gateway, with or without a connection.
type session struct {
	id     string
	shard  int
	of     int
	seq    int
	events [][]byte // all that were sent, by sequence
	conn   *connection
	over   bool // cannot be resumed
}

// connection is one socket.
type connection struct {
	d       *Discord
	ws      *websocket.Conn
	out     chan []byte
	closing chan struct{}
	once    sync.Once
	silent  bool
	session *session
	resumed bool // it came to the resume address
}

func (c *connection) close() { c.once.Do(func() { close(c.closing) }) }

// say queues a frame. The caller holds d.mu.
func (c *connection) say(op int, data any) {
	c.frame(map[string]any{"op": op, "d": data, "s": nil, "t": nil})
}

func (c *connection) frame(v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		c.d.t.Errorf("a frame: %v", err)
		return
	}
	c.raw(raw)
}

func (c *connection) raw(frame []byte) {
	if c.silent {
		return
	}
	select {
	case c.out <- frame:
	case <-c.closing:
	}
}

// outgoing is how many frames may wait for one socket.
const outgoing = 1 << 16

// privileged are the intents that need approval.
const privileged = 1<<1 | 1<<8 | 1<<15

// serveGateway serves one socket until it is closed.
func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // it has answered
	}
	ws.SetCloseHandler(func(int, string) error { return nil })
	c := &connection{d: d, ws: ws, out: make(chan []byte, outgoing), closing: make(chan struct{}), resumed: strings.HasPrefix(r.URL.Path, "/resume")}
	d.mu.Lock()
	d.conns[c] = true
	d.mu.Unlock()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer ws.Close()
		for {
			select {
			case frame := <-c.out:
				if frame == nil {
					continue
				}
				kind := websocket.TextMessage
				if frame[0] != '{' {
					kind = websocket.CloseMessage
				}
				if ws.WriteMessage(kind, frame) != nil {
					return
				}
			case <-c.closing:
				return
			}
		}
	}()
	beat := d.o.Heartbeat
	if beat == 0 {
		beat = 41250 * time.Millisecond
	}
	d.mu.Lock()
	c.say(10, map[string]any{"heartbeat_interval": beat.Milliseconds()})
	d.mu.Unlock()
	for {
		_, data, err := ws.ReadMessage()
		if err != nil {
			d.handleClose(c, err)
			break
		}
		d.handleFrame(c, data)
	}
	c.close()
	<-done
}

// handleClose handles the end of a socket. Its session remains, unless the bot closed it with a code that ends it.
func (d *Discord) handleClose(c *connection, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.conns, c)
	if s := c.session; s != nil && s.conn == c {
		s.conn = nil
		if websocket.IsCloseError(err, 1000, 1001) {
			s.over = true
		}
	}
	d.wake()
}

// handleFrame handles a frame of the bot.
func (d *Discord) handleFrame(c *connection, data []byte) {
	var m struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(data, &m) != nil {
		d.closeWith(c, 4002)
		return
	}
	switch m.Op {
	case 1:
		d.mu.Lock()
		c.say(11, nil)
		d.mu.Unlock()
	case 2:
		d.identify(c, m.Data)
	case 6:
		d.resume(c, m.Data)
	default:
		d.closeWith(c, 4001)
	}
}

func (d *Discord) identify(c *connection, data []byte) {
	var in struct {
		Token   string  `json:"token"`
		Intents int     `json:"intents"`
		Shard   *[2]int `json:"shard"`
	}
	_ = json.Unmarshal(data, &in) // what is missing is refused below
	if in.Token != "Bot "+Token && in.Token != Token {
		d.closeWith(c, 4004)
		return
	}
	if in.Intents&privileged != 0 {
		d.closeWith(c, 4014)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if in.Intents != 1 {
		d.complain("identified with intents %d, want GUILDS alone", in.Intents)
	}
	if c.resumed {
		d.complain("identified at the address for resuming")
	}
	s := &session{id: fmt.Sprintf("session-%d", len(d.sessions)+1), of: 1, conn: c}
	if in.Shard != nil {
		s.shard, s.of = in.Shard[0], in.Shard[1]
	}
	d.identified = append(d.identified, time.Now())
	if d.first(c) {
		return
	}
	c.session = s
	d.sessions = append(d.sessions, s)
	var guilds []any
	for _, g := range d.guilds {
		if s.serves(g.ID) {
			guilds = append(guilds, map[string]any{"id": g.ID, "unavailable": true})
		}
	}
	s.tell("READY", map[string]any{"v": 9, "session_id": s.id, "resume_gateway_url": d.socket("/resume"), "shard": []int{s.shard, s.of},
		"user": map[string]any{"id": BotID, "username": "Summit Quiz", "bot": true}, "application": map[string]any{"id": AppID}, "guilds": guilds})
	for _, g := range d.guilds {
		if s.serves(g.ID) {
			s.tell("GUILD_CREATE", g.object())
		}
	}
	d.wake()
}

func (d *Discord) resume(c *connection, data []byte) {
	var in struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	_ = json.Unmarshal(data, &in) // what is missing is refused below
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.first(c) {
		return
	}
	for _, s := range d.sessions {
		if s.id != in.Session || s.over || in.Seq > s.seq {
			continue
		}
		if !c.resumed {
			d.strayed++
		}
		d.resumed++
		c.session, s.conn = s, c
		for _, e := range s.events[in.Seq:] {
			c.raw(e)
		}
		s.tell("RESUMED", map[string]any{})
		d.wake()
		return
	}
	c.say(9, false)
}

// serves reports whether a session gets the events of a server; "" is no server.
func (s *session) serves(guild string) bool {
	if guild == "" {
		return s.shard == 0
	}
	n, _ := strconv.ParseUint(guild, 10, 64)
	return int((n>>22)%uint64(s.of)) == s.shard
}

// tell sends an event, or stores it until the session is resumed. The caller holds d.mu.
func (s *session) tell(event string, data any) {
	s.seq++
	raw, _ := json.Marshal(map[string]any{"op": 0, "d": data, "s": s.seq, "t": event}) // maps of plain values
	s.events = append(s.events, raw)
	if s.conn != nil {
		s.conn.raw(raw)
	}
}

// dispatch sends an event to every session that serves a server.
func (d *Discord) dispatch(event, guild string, data any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sessions {
		if !s.over && s.serves(guild) {
			s.tell(event, data)
		}
	}
}

// Dispatch sends an event of any shape.
func (d *Discord) Dispatch(event, guild string, data any) { d.dispatch(event, guild, data) }

// firstPacket is the operation that connections get instead of READY or RESUMED.
type firstPacket struct {
	left int
	op   int
	data any
}

// FirstPacket makes the next n connections get an operation instead of READY or RESUMED.
func (d *Discord) FirstPacket(n, op int, data any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hostile = firstPacket{n, op, data}
}

func (d *Discord) first(c *connection) bool {
	if d.hostile.left == 0 {
		return false
	}
	d.hostile.left--
	c.say(d.hostile.op, d.hostile.data)
	return true
}

// closeWith closes a socket with a code.
func (d *Discord) closeWith(c *connection, code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.raw(websocket.FormatCloseMessage(code, ""))
}

// each calls f for every socket; the caller does not hold d.mu.
func (d *Discord) each(f func(*connection)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.conns {
		f(c)
	}
}

// Reconnect asks every connection to reconnect and resume.
func (d *Discord) Reconnect() { d.each(func(c *connection) { c.say(7, nil) }) }

// Invalidate reports every session as invalid; a resumable one can be resumed.
func (d *Discord) Invalidate(resumable bool) {
	d.each(func(c *connection) {
		if c.session != nil && !resumable {
			c.session.over = true
		}
		c.say(9, resumable)
	})
}

// CloseWith closes every connection with a code.
func (d *Discord) CloseWith(code int) {
	d.each(func(c *connection) {
		if c.session != nil && (code == 4007 || code == 4009) {
			c.session.over = true
		}
		c.raw(websocket.FormatCloseMessage(code, ""))
	})
}

// Silence keeps every connection open and sends nothing more.
func (d *Discord) Silence() { d.each(func(c *connection) { c.silent = true }) }

// Raw sends a frame to every connection.
func (d *Discord) Raw(frame string) { d.each(func(c *connection) { c.raw([]byte(frame)) }) }

// Cut closes every connection without a close frame.
func (d *Discord) Cut() { d.each(func(c *connection) { c.close() }) }

// Connected returns how many sessions have a connection.
func (d *Discord) Connected() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, s := range d.sessions {
		if s.conn != nil {
			n++
		}
	}
	return n
}

// Strayed returns how often a session was resumed at the common URL instead of its resume URL.
func (d *Discord) Strayed() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.strayed
}

// Identified returns when sessions were started.
func (d *Discord) Identified() []time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]time.Time(nil), d.identified...)
}

// Resumed returns how often a session was resumed.
func (d *Discord) Resumed() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.resumed
}
