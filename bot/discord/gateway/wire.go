package gateway

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// wire stands between discordgo and the network and sees every frame before the library does. It hides
// frames that the library handles wrongly, and records why a connection ended. discordgo does not read
// close codes, answers an invalid session without the required wait, deadlocks when it has to reconnect
// before it is ready, notices a silent socket only after minutes, closes connections in a way that ends a
// session that should be resumed, and decodes every event, which can panic where nobody can recover.
type wire struct {
	net.Conn
	in       *bufio.Reader
	upgraded bool   // the response to the upgrade was read, frames follow
	ready    bool   // the first event was read
	out      []byte // read from the network and not yet by the library
	event    func(kind string, data []byte)

	mu     sync.Mutex
	end    ending
	closed bool          // nothing is written any more
	idle   time.Duration // longest silence before the connection counts as dead
}

// ending is why a connection ended. The zero value means a network error.
type ending struct {
	Code    int  // close code; 0: none was sent
	Op      int  // 7 or 9; 0: neither
	Resume  bool // of Op 9: the session can be resumed
	Silent  bool
	Goodbye bool // we closed it
}

// The longest silence: before the first heartbeat is due, and afterwards as a multiple of the heartbeat's
// interval, so that two acknowledgements may be lost. discordgo itself waits for five.
const (
	firstSilence = 30 * time.Second
	missedBeats  = 2.4
	frameLimit   = 64 << 20
)

var errWireClosed = errors.New("the connection was closed")

func newWire(c net.Conn, event func(kind string, data []byte)) *wire {
	return &wire{Conn: c, in: bufio.NewReaderSize(c, 16<<10), event: event, idle: firstSilence}
}

// Read gives the library the next bytes. It gets complete frames or nothing.
func (w *wire) Read(p []byte) (int, error) {
	for len(w.out) == 0 {
		if err := w.next(); err != nil {
			w.hangUp()
			return 0, err
		}
	}
	n := copy(p, w.out)
	w.out = w.out[n:]
	return n, nil
}

// next reads a line of the upgrade or a frame.
func (w *wire) next() error {
	if !w.upgraded {
		line, err := w.in.ReadBytes('\n')
		if err != nil {
			return err
		}
		w.out, w.upgraded = line, len(line) <= 2 // an empty line ends the head
		return nil
	}
	if err := w.Conn.SetReadDeadline(time.Now().Add(w.silenceLimit())); err != nil {
		return err
	}
	frame, payload, err := w.frame()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		w.record(func(e *ending) { e.Silent = true })
	}
	if err != nil {
		return err
	}
	w.out, err = w.inspect(frame, payload)
	return err
}

// frame reads a frame as it came, and its payload. Frames of a server are not masked.
func (w *wire) frame() (frame, payload []byte, err error) {
	head := make([]byte, 2, 10)
	if _, err := io.ReadFull(w.in, head); err != nil {
		return nil, nil, err
	}
	size := uint64(head[1] & 0x7f)
	switch size {
	case 126:
		head = head[:4]
	case 127:
		head = head[:10]
	}
	if _, err := io.ReadFull(w.in, head[2:]); err != nil {
		return nil, nil, err
	}
	switch len(head) {
	case 4:
		size = uint64(binary.BigEndian.Uint16(head[2:]))
	case 10:
		size = binary.BigEndian.Uint64(head[2:])
	}
	if size > frameLimit || head[1]&0x80 != 0 {
		return nil, nil, errors.New("invalid websocket frame")
	}
	frame = append(head, make([]byte, size)...)
	_, err = io.ReadFull(w.in, frame[len(head):])
	return frame, frame[len(head):], err
}

// The first byte of a frame.
const (
	textFrame  = 0x81 // a whole message in one frame
	closeFrame = 0x88
)

// envelope is what every message of the gateway comes in.
type envelope struct {
	Op   int             `json:"op"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

// inspect returns the frame that the library gets in place of one that came; nil: none.
func (w *wire) inspect(frame, payload []byte) ([]byte, error) {
	switch frame[0] {
	case closeFrame:
		if len(payload) >= 2 {
			w.record(func(e *ending) { e.Code = int(binary.BigEndian.Uint16(payload)) })
		}
		return nil, errWireClosed // the library would reply with a code that ends the session
	case textFrame:
	default:
		return frame, nil
	}
	var m envelope
	if len(payload) == 0 || payload[0] != '{' || json.Unmarshal(payload, &m) != nil {
		return nil, nil // the library would dereference nil
	}
	switch m.Op {
	case dispatch:
		return w.dispatch(m)
	case reconnect:
		w.record(func(e *ending) { e.Op = reconnect })
		return nil, errWireClosed
	case invalidSession:
		w.record(func(e *ending) { e.Op, e.Resume = invalidSession, string(m.Data) == "true" })
		return nil, errWireClosed
	case hello:
		w.setInterval(m.Data)
	case heartbeatAck:
		if !w.ready {
			return nil, nil // the library would deadlock
		}
	}
	return frame, nil
}

// dispatch handles an event. The library gets only its sequence number, and of READY the session: it would
// decode data that we do not need, and panics on a server without data.
func (w *wire) dispatch(m envelope) ([]byte, error) {
	if m.Seq <= 0 || m.Type == "" {
		return nil, nil
	}
	w.ready = true
	rest := envelope{Op: dispatch, Seq: m.Seq, Type: "EVENT"}
	switch m.Type {
	case "READY":
		var r struct {
			Session string `json:"session_id"`
		}
		if json.Unmarshal(m.Data, &r) != nil || r.Session == "" {
			return nil, nil
		}
		rest.Type = m.Type
		rest.Data, _ = json.Marshal(r) // a struct of one string
	case "RESUMED":
		rest.Type = m.Type
	}
	w.event(m.Type, m.Data)
	payload, err := json.Marshal(rest)
	if err != nil {
		return nil, err
	}
	return append(frameHead(len(payload)), payload...), nil
}

// frameHead is the head of a text frame of at most 64 KiB, as a server sends it.
func frameHead(size int) []byte {
	if size < 126 {
		return []byte{textFrame, byte(size)}
	}
	return binary.BigEndian.AppendUint16([]byte{textFrame, 126}, uint16(size))
}

// The operations of the gateway that matter here.
const (
	dispatch       = 0
	reconnect      = 7
	invalidSession = 9
	hello          = 10
	heartbeatAck   = 11
)

// setInterval derives the longest silence from the HELLO event.
func (w *wire) setInterval(data []byte) {
	var h struct {
		Interval float64 `json:"heartbeat_interval"` // milliseconds
	}
	if json.Unmarshal(data, &h) == nil && h.Interval > 0 {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.idle = time.Duration(h.Interval * missedBeats * float64(time.Millisecond))
	}
}

func (w *wire) silenceLimit() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.idle
}

func (w *wire) record(f func(*ending)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		f(&w.end)
	}
}

func (w *wire) ending() ending {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.end
}

// Write writes until the connection is closed. What the library writes afterwards is dropped: it is a close
// frame that would end the session.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	over := w.closed
	w.mu.Unlock()
	if over {
		return len(p), nil
	}
	return w.Conn.Write(p)
}

// hangUp closes the connection without a close frame, so that its session can be resumed.
func (w *wire) hangUp() {
	w.mu.Lock()
	first := !w.closed
	w.closed = true
	w.mu.Unlock()
	if first {
		w.Conn.Close()
	}
}

// endSession closes the connection and ends its session.
func (w *wire) endSession() {
	w.record(func(e *ending) { e.Goodbye = true })
	code := binary.BigEndian.AppendUint16(nil, 1000)
	_ = w.Conn.SetWriteDeadline(time.Now().Add(time.Second)) // best effort: it is closed anyway
	_, _ = w.Write([]byte{closeFrame, 0x80 | byte(len(code)), 0, 0, 0, 0, code[0], code[1]})
	w.hangUp()
}

// Close ends the connection; the library calls it.
func (w *wire) Close() error {
	w.hangUp()
	return nil
}
