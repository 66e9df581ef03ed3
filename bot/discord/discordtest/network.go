package discordtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"sync"
	"time"
)

// network is a network in memory, so that a whole Discord fits into a testing/synctest bubble,
// where time passes without anybody waiting.
type network struct {
	mu     sync.Mutex
	closed chan struct{}
	calls  chan net.Conn
	down   bool
}

func newNetwork() *network { return &network{closed: make(chan struct{}), calls: make(chan net.Conn)} }

var errDown = errors.New("the network is down")

func (n *network) dial(ctx context.Context) (net.Conn, error) {
	n.mu.Lock()
	down := n.down
	n.mu.Unlock()
	if down {
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

// secure makes a listener speak TLS, with a certificate that only Roots trust.
func (d *Discord) secure(l net.Listener) net.Listener {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		d.t.Fatal(err)
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(d.URL, "http://"), "/")
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), DNSNames: []string{host}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		d.t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		d.t.Fatal(err)
	}
	d.Roots = x509.NewCertPool()
	d.Roots.AddCert(c)
	d.URL = "https" + strings.TrimPrefix(d.URL, "http")
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
}
