package lease

import (
	"sync"
	"time"
)

// shareEvery is how often a process that has its share looks whether that has grown.
const shareEvery = time.Second

// Share is how many of several leases a process takes, so that others take the rest. It is safe for use by many
// goroutines; a nil one is without bounds.
type Share struct {
	most func() int

	mu    sync.Mutex
	taken int // held, or asked for
}

// NewShare returns a share of so many leases as most says at any time.
func NewShare(most func() int) *Share { return &Share{most: most} }

// part is one lease of a share, held or asked for.
type part struct {
	of   *Share // nil: no share bounds it
	back bool   // it was given back; under the lock of the share
}

// take returns a part for one more lease; nil while there is none.
func (s *Share) take() *part {
	if s == nil {
		return &part{}
	}
	most := s.most()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken >= most {
		return nil
	}
	s.taken++
	return &part{of: s}
}

// surplus reports whether there are more than the share. Then the part is given back: its lease is to be released.
func (p *part) surplus() bool {
	if p.of == nil {
		return false
	}
	most := p.of.most()
	p.of.mu.Lock()
	defer p.of.mu.Unlock()
	if p.of.taken <= most {
		return false
	}
	p.back = true
	p.of.taken--
	return true
}

// give gives the part back, unless it was.
func (p *part) give() {
	if p.of == nil {
		return
	}
	p.of.mu.Lock()
	defer p.of.mu.Unlock()
	if !p.back {
		p.back = true
		p.of.taken--
	}
}
