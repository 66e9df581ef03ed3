package bot

import (
	"context"
	"time"
)

// Leases say which process does what only one may do at a time, such as asking for a token's updates
// and sending its posts. The clock of the database alone decides.
type Leases interface {
	// Hold takes a lease, or keeps it for longer, and says so with its fence, which grows with every
	// new holder. It returns ErrConflict while another process holds it.
	Hold(ctx context.Context, name, holder, note string, long time.Duration) (fence int64, err error)
	// Release lets another process take a lease at once. One that is not held with this fence is left alone.
	Release(ctx context.Context, name string, fence int64) error
	// Leases returns every lease that was ever held, in order of name.
	Leases(ctx context.Context) ([]Lease, error)
}

// Lease is who does one thing.
type Lease struct {
	Name   string
	Holder string // a process
	Fence  int64
	Note   string        // what the holder said last
	Left   time.Duration // how long it holds; not above 0: it is free
}

// Held reports whether somebody holds the lease.
func (l Lease) Held() bool { return l.Left > 0 }

// Holding is a lease that a change rests on: where another process has taken it since, the change is
// refused with ErrConflict. The zero value rests on none.
type Holding struct {
	Name  string
	Fence int64
}

// Hint is what a process has just written, told to the others without any promise: a hint may be lost.
type Hint struct {
	Queued    []ChatID  // chats for which posts were queued
	Delivered []ChatID  // chats in which posts were delivered
	Due       time.Time // when new due work is due first; zero: there is none
	Revised   bool      // people, places or packs have changed
	Released  bool      // a lease is free
	Guests    []string  // chats in which somebody came or went
	Kept      bool      // events of a platform were kept
	Missed    bool      // hints may have been lost before this one: anything may have happened
}

// Feed is what was delivered in chats, by whichever process.
type Feed interface {
	// LastDelivered returns the number of the newest delivery in a chat of a platform; 0: there is none.
	LastDelivered(ctx context.Context, platform, chat string) (int64, error)
	// DeliveredAfter returns what was delivered in a chat after a number, in its order, at most limit.
	DeliveredAfter(ctx context.Context, platform, chat string, after int64, limit int) ([]Delivered, error)
}

// Delivered is one thing that was delivered.
type Delivered struct {
	Seq      int64
	In       ChatID
	Delivery Delivery // as far as one that shows it needs
}
