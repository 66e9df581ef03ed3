package bot

import (
	"context"
	"time"
)

// Guest is somebody who has pages of a chat open at a process, or had some a moment ago.
type Guest struct {
	User  string    `json:"u"`
	Name  string    `json:"n"`
	First time.Time `json:"f"`           // when they came
	Left  time.Time `json:"l,omitzero"`  // when their last page was closed; zero: one is open
	Made  bool      `json:"m,omitempty"` // they made the chat
}

// Guests keeps who is in chats where several processes have pages of them.
type Guests interface {
	// SetGuests replaces who is in a chat by what one process knows, and tells the others. It holds for so
	// long by the clock of the store, as nobody takes it back for a process that was killed.
	SetGuests(ctx context.Context, chat, process string, all []Guest, long time.Duration) error
	// GuestsElsewhere returns who is in a chat by what other processes know.
	GuestsElsewhere(ctx context.Context, chat, process string) ([]Guest, error)
}
