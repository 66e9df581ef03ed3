package postgrestest

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Proxy stands between a program and the server and breaks connections.
type Proxy struct {
	listener net.Listener
	server   string
	before   atomic.Pointer[[]byte] // breaks the connection that asks for this, before the server hears of it
	after    atomic.Pointer[[]byte] // breaks the connection when the server has heard of it
	slow     atomic.Int64           // how much later the server hears of everything, in nanoseconds
	down     atomic.Bool            // nobody can connect
	mu       sync.Mutex
	open     map[net.Conn]bool
	ended    sync.WaitGroup
}

// NewProxy makes a proxy to the server of an address and returns the address through it.
func NewProxy(tb testing.TB, address string) (p *Proxy, through string) {
	tb.Helper()
	u, err := url.Parse(address)
	if err != nil {
		tb.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p = &Proxy{listener: l, server: u.Host, open: map[net.Conn]bool{}}
	p.ended.Go(p.accept)
	tb.Cleanup(func() {
		l.Close()
		p.Cut()
		p.ended.Wait()
	})
	u.Host = l.Addr().String()
	return p, u.String()
}

// CutBefore breaks the next connection that sends a statement, which does not arrive.
func (p *Proxy) CutBefore(statement string) { p.before.Store(message(statement)) }

// CutAfter breaks the next connection that sends a statement, which arrives.
func (p *Proxy) CutAfter(statement string) { p.after.Store(message(statement)) }

func message(statement string) *[]byte {
	m := append([]byte(statement), 0)
	return &m
}

// Slow has the server hear of everything that is sent that much later.
func (p *Proxy) Slow(by time.Duration) { p.slow.Store(int64(by)) }

// Down breaks every connection and takes no other one, until it is called with false.
func (p *Proxy) Down(is bool) {
	p.down.Store(is)
	if is {
		p.Cut()
	}
}

// Cut breaks every connection.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
	clear(p.open)
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		if p.down.Load() {
			client.Close()
			continue
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()
		p.ended.Go(func() {
			io.Copy(client, server)
			client.Close()
			server.Close()
		})
		p.ended.Go(func() { p.pass(client, server) })
	}
}

// pass hands on what a client says.
func (p *Proxy) pass(client, server net.Conn) {
	defer server.Close()
	defer client.Close()
	said := make([]byte, 64<<10)
	for {
		n, err := client.Read(said)
		if err != nil || meets(&p.before, said[:n]) {
			return
		}
		if by := p.slow.Load(); by > 0 {
			time.Sleep(time.Duration(by))
		}
		cut := meets(&p.after, said[:n])
		if cut {
			client.Close()
		}
		if _, err := server.Write(said[:n]); err != nil || cut {
			return
		}
	}
}

// meets reports whether something holds what is waited for, which happens once.
func meets(waited *atomic.Pointer[[]byte], said []byte) bool {
	m := waited.Load()
	return m != nil && bytes.Contains(said, *m) && waited.CompareAndSwap(m, nil)
}
