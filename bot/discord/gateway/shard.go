package gateway

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"summitquiz/bot/adapter"
)

// Errors of a shard; errStuck ends the gateway, because trying again would do harm or is useless.
var (
	errStuck = errors.New("a session is stuck and cannot be ended: restart the process")
	errMoved = errors.New("the session is resumed at another URL")
)

// fatalCodes are the close codes after which the shard must not reconnect.
var fatalCodes = map[int]string{
	4004: "the token is wrong", 4010: "the shard is invalid", 4011: "there are too many servers for so few shards",
	4012: "the version of the gateway is no longer supported", 4013: "an intent does not exist", 4014: "an intent is not allowed",
}

// unresumableCodes are the close codes after which a session cannot be resumed.
var unresumableCodes = []int{1000, 1001, 4003, 4007, 4009}

const (
	stuckAfter   = time.Minute
	closeTime    = 5 * time.Second // until the library notices that a connection is closed
	fewestStarts = 50
	startPause   = 5 * time.Second // between identifications, divided by max_concurrency
	longestPause = time.Minute
	stableAfter  = time.Minute // a connection that lasts so long is a success
)

// shard is one connection to the gateway, kept open while the adapter runs.
type shard struct {
	g      *Gateway
	n, of  int
	url    string // of the gateway
	closed chan struct{}

	mu         sync.Mutex
	resumeURL  string // where the session is resumed; "": at url
	libraryURL string // the gateway URL that the library has
	wire       *wire
	connected  bool
	mine       bool // it runs
}

// run keeps the shard connected until ctx ends, or returns an error that reconnecting cannot solve.
func (s *shard) run(ctx context.Context) error {
	s.setMine(true)
	defer s.setMine(false)
	var session *discordgo.Session
	bad := 0 // consecutive connections that did not last
	for ctx.Err() == nil {
		if session == nil {
			if err := s.g.wait(ctx, s.n); err != nil {
				return nil // ctx ended
			}
			session = s.newSession()
		}
		began := time.Now()
		end, err := s.connect(ctx, session)
		if errors.Is(err, errMoved) {
			continue
		}
		if ctx.Err() != nil && !errors.Is(err, errStuck) {
			return nil
		}
		if errors.Is(err, errStuck) {
			return fmt.Errorf("shard %d: %w", s.n, err)
		}
		if why, never := fatalCodes[end.Code]; never {
			return fmt.Errorf("shard %d: %w: close code %d, %s", s.n, ErrRefused, end.Code, why)
		}
		if time.Since(began) >= stableAfter {
			bad = 0
		}
		bad++
		wait := min(time.Second<<min(bad-1, 10), longestPause) + time.Duration(s.n%16)*250*time.Millisecond
		switch {
		case end.Op == invalidSession:
			if !end.Resume {
				session = nil
			}
			wait = max(wait, time.Duration(1+s.n%5)*time.Second) // Discord asks for 1 to 5 seconds
		case slices.Contains(unresumableCodes, end.Code):
			session = nil
		case end.Op == reconnect && bad == 1:
			wait = 0
		case bad > 5:
			s.setResumeURL("") // perhaps it can be resumed at the common URL
		}
		s.g.o.Log.Warn("the gateway went away",
			"shard", s.n, "code", end.Code, "op", end.Op, "silent", end.Silent, "resume", session != nil, "wait", wait, "err", err)
		if err := adapter.Sleep(ctx, wait); err != nil {
			return nil
		}
	}
	return nil
}

// connect opens one connection and waits for its end.
func (s *shard) connect(ctx context.Context, session *discordgo.Session) (ending, error) {
	s.mu.Lock()
	s.wire = nil
	s.mu.Unlock()
	select {
	case <-s.closed: // left over from the connection before
	default:
	}
	opened := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				opened <- fmt.Errorf("discordgo: %v", p)
			}
		}()
		opened <- session.Open()
	}()
	stuck := time.NewTimer(stuckAfter)
	defer stuck.Stop()
	var err error
	select {
	case err = <-opened:
	case <-ctx.Done():
		s.currentWire().endSession()
		select {
		case err = <-opened:
		case <-stuck.C:
			return ending{}, errStuck
		}
	case <-stuck.C: // perhaps the server is only silent
		s.currentWire().hangUp()
		select {
		case err = <-opened:
		case <-time.After(closeTime):
			return ending{}, errStuck
		}
	}
	defer s.setConnected(false)
	if err != nil {
		return s.currentWire().ending(), adapter.ScrubURL(err)
	}
	select {
	case <-s.closed:
	case <-ctx.Done():
		s.currentWire().endSession()
		select {
		case <-s.closed:
		case <-time.After(stuckAfter):
			return ending{}, errStuck
		}
	}
	return s.currentWire().ending(), nil
}

// newSession returns a session of discordgo that has no state and no retries, and receives only events about
// servers and channels.
func (s *shard) newSession() *discordgo.Session {
	silence()
	d, _ := discordgo.New("Bot " + s.g.o.Token) // it never fails
	d.ShardID, d.ShardCount = s.n, s.of
	d.Identify.Shard = &[2]int{s.n, s.of}
	d.Identify.Intents = discordgo.IntentsGuilds
	d.StateEnabled = false
	d.Compress = false // the wire reads the frames; events of GUILDS are few
	d.ShouldReconnectOnError = false
	d.ShouldReconnectVoiceOnSessionError = false
	d.ShouldRetryOnRateLimit = false
	d.SyncEvents = true // the only handler does not block
	d.Client = &http.Client{Transport: s}
	d.Dialer = &websocket.Dialer{NetDialContext: s.dial, NetDialTLSContext: s.dialTLS, HandshakeTimeout: firstSilence}
	d.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case s.closed <- struct{}{}:
		default:
		}
	})
	s.setResumeURL("")
	return d
}

// setResumeURL sets the URL at which the session is resumed.
func (s *shard) setResumeURL(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resumeURL = url
}

// silence disables the library's own log, which may hold tokens. The wire logs what matters.
var silence = sync.OnceFunc(func() { discordgo.Logger = func(int, int, string, ...any) {} })

// event receives an event of the gateway from the wire. It must not block or panic.
func (s *shard) event(kind string, data []byte) {
	defer func() {
		if p := recover(); p != nil {
			s.g.o.Log.Error("panic at an event", "event", kind, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	switch kind {
	case "READY":
		var r struct {
			Resume string `json:"resume_gateway_url"`
			Guilds []struct {
				ID string `json:"id"`
			} `json:"guilds"`
		}
		if err := json.Unmarshal(data, &r); err != nil {
			s.g.o.Log.Error("READY cannot be read", "shard", s.n, "err", err)
		} else if r.Guilds != nil {
			here := map[string]bool{}
			for _, g := range r.Guilds {
				here[g.ID] = true
			}
			s.g.o.Handler.Servers(here, s.n, s.of)
		}
		s.setResumeURL(r.Resume)
		s.setConnected(true)
	case "RESUMED":
		s.setConnected(true)
	case "INTERACTION_CREATE":
		s.g.o.Handler.Interaction(data)
	default:
		s.g.o.Handler.Event(kind, data)
	}
}

func (s *shard) setConnected(up bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connected = up
}

func (s *shard) setMine(is bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mine = is
}

// state reports whether the shard is this process's, and whether it is connected.
func (s *shard) state() (mine, connected bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mine, s.connected
}

func (s *shard) currentWire() *wire {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wire == nil {
		return newWire(noConn{}, s.event)
	}
	return s.wire
}

// gatewayURL is the URL of the next connection. The caller holds s.mu.
func (s *shard) gatewayURL() string {
	if s.resumeURL != "" {
		return s.resumeURL
	}
	return s.url
}

// RoundTrip answers the library's only request, for the URL of the gateway, without sending it: the URL is
// known, and a session is resumed at the URL that Discord gave for it.
func (s *shard) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet || !strings.HasSuffix(r.URL.Path, "/gateway") {
		return nil, errors.New("discordgo may send no other request")
	}
	s.mu.Lock()
	s.libraryURL = s.gatewayURL()
	body, err := json.Marshal(map[string]string{"url": s.libraryURL})
	s.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("the gateway's address: %w", err)
	}
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(body))), ContentLength: int64(len(body)),
	}, nil
}

// dial connects the library. The library remembers the URL of its first connection; errMoved makes it ask
// again.
func (s *shard) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if s.moved() {
		return nil, errMoved
	}
	c, err := s.g.o.Dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return s.wrap(c), nil
}

func (s *shard) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	if s.moved() {
		return nil, errMoved
	}
	c, err := s.g.o.Dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	config := s.g.o.TLS.Clone()
	config.ServerName, config.NextProtos = hostOf(addr), []string{"http/1.1"}
	secure := tls.Client(c, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, fmt.Errorf("tls with %s: %w", hostOf(addr), err)
	}
	return s.wrap(secure), nil
}

// moved reports whether the library would connect to an outdated URL.
func (s *shard) moved() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.libraryURL != s.gatewayURL()
}

func hostOf(addr string) string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	return host
}

func (s *shard) wrap(c net.Conn) net.Conn {
	w := newWire(c, s.event)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wire = w
	return w
}

// noConn stands for the connection of a shard that has none yet.
type noConn struct{ net.Conn }

func (noConn) Read([]byte) (int, error)         { return 0, io.EOF }
func (noConn) Write(p []byte) (int, error)      { return len(p), nil }
func (noConn) Close() error                     { return nil }
func (noConn) SetReadDeadline(time.Time) error  { return nil }
func (noConn) SetWriteDeadline(time.Time) error { return nil }
