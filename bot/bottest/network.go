package bottest

import (
	"context"
	"errors"
	"net"
	"sync"
)

// Network is a network in memory, so that a whole fake platform fits into a testing/synctest
// bubble, where time passes without anybody waiting. It is a net.Listener for the fake.
type Network struct {
	closed chan struct{}
	calls  chan net.Conn

	mu   sync.Mutex
	down bool
}

// NewNetwork returns a network that is up.
func NewNetwork() *Network { return &Network{closed: make(chan struct{}), calls: make(chan net.Conn)} }

// ErrDown is what a network that is down says.
var ErrDown = errors.New("the network is down")

// Dial connects to whoever accepts, whatever the address.
func (n *Network) Dial(ctx context.Context) (net.Conn, error) {
	if n.IsDown() {
		return nil, ErrDown
	}
	near, far := net.Pipe()
	select {
	case n.calls <- far:
		return near, nil
	case <-n.closed:
		return nil, ErrDown
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// SetDown takes the network down, or up again. Connections that stand are not touched.
func (n *Network) SetDown(down bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.down = down
}

// IsDown reports whether it is down.
func (n *Network) IsDown() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.down
}

// Accept waits for the next connection.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case c := <-n.calls:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close ends it.
func (n *Network) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	select {
	case <-n.closed:
	default:
		close(n.closed)
	}
	return nil
}

// Addr is no address that could be dialled.
func (n *Network) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "memory"} }
