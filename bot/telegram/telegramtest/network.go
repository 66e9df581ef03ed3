package telegramtest

import (
	"context"
	"errors"
	"net"
	"sync"
)

// network is a network in memory, so that a whole Telegram fits into a testing/synctest bubble,
// where time passes without anybody waiting.
type network struct {
	mu     sync.Mutex
	closed chan struct{}
	calls  chan net.Conn
	down   bool
}

func newNetwork() *network { return &network{closed: make(chan struct{}), calls: make(chan net.Conn)} }

var errDown = errors.New("the network is down")

func (n *network) isDown() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.down
}

func (n *network) dial(ctx context.Context) (net.Conn, error) {
	if n.isDown() {
		return nil, errDown
	}
	near, far := net.Pipe()
	select {
	case n.calls <- far:
		return near, nil
	case <-n.closed:
		return nil, errDown
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept, Close and Addr make it a net.Listener.
func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.calls:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close ends it.
func (n *network) Close() error {
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
func (n *network) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "memory"} }
