package bot

import (
	"crypto/sha256"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// MemberID names a person, whatever platform they come from. It is ours, so that accounts can
// be joined and a deleted member leaves nothing but a number.
type MemberID int64

// ChatID names where posts go: a channel, a group, a topic, a lobby, a private chat.
type ChatID int64

// SpaceID names what owns packs, settings and boards: a Discord server, a Telegram group, a
// web lobby, a private chat.
type SpaceID int64

// SessionID names a session, such as a game.
type SessionID int64

// InputID names an input for ever: the platform's name, ":" and the platform's own id of the
// event. An input is handled once for each id.
type InputID string

// LogValue is the platform and a digest: an id may hold the platform's id of a person, who is not named
// in logs.
func (id InputID) LogValue() slog.Value {
	platform, _, _ := strings.Cut(string(id), ":")
	sum := sha256.Sum256([]byte(id))
	return slog.StringValue(fmt.Sprintf("%s:%x", platform, sum[:6]))
}

// Ref is a platform's own id of a delivered post; only its platform reads it.
type Ref string

// MovedMark is what a Ref ends in when its chat got another address after the post was delivered:
// under the new address its number is nobody's, or another post's.
const MovedMark = "@moved"

// Moved splits a Ref into what the platform gave and whether the chat has another address since.
func (r Ref) Moved() (Ref, bool) {
	given, moved := strings.CutSuffix(string(r), MovedMark)
	return Ref(given), moved
}

// Account is a person as a platform knows them.
type Account struct {
	Platform string // "web", "discord", "telegram"
	User     string // the platform's id
}

// Kind says which feature a session, a slot or a due row belongs to. Each kind has one feature;
// rows of a kind that no feature of this program owns are left alone.
type Kind string

// Slot names a post for ever. A second new post in a slot is the same post; an edit names the
// slot of what it changes. The zero Slot names nothing.
type Slot struct {
	Kind Kind   // whose post it is
	ID   int64  // of the session or whatever else the kind counts
	Part string // which post of it, such as "question"; a-z
	N    int    // which of several, from 0
}

// IsZero reports whether the slot names nothing.
func (s Slot) IsZero() bool { return s == Slot{} }

// String is the slot as one text, for logs and for wires that carry texts: kind/id/part/n.
func (s Slot) String() string {
	if s.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s/%d/%s/%d", s.Kind, s.ID, s.Part, s.N)
}

// ParseSlot reads what String writes. It reports false for any other text but "", which is the
// zero Slot.
func ParseSlot(text string) (Slot, bool) {
	if text == "" {
		return Slot{}, true
	}
	parts := strings.Split(text, "/")
	if len(parts) != 4 {
		return Slot{}, false
	}
	id, err1 := strconv.ParseInt(parts[1], 10, 64)
	n, err2 := strconv.Atoi(parts[3])
	s := Slot{Kind: Kind(parts[0]), ID: id, Part: parts[2], N: n}
	return s, err1 == nil && err2 == nil && s.String() == text
}

// MarshalText writes the slot as String does.
func (s Slot) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Slot) UnmarshalText(text []byte) error {
	got, ok := ParseSlot(string(text))
	if !ok {
		return fmt.Errorf("%q is not a valid slot", text)
	}
	*s = got
	return nil
}

// DueKey names due work; there is one row for each.
type DueKey struct {
	Kind Kind
	ID   int64
}

// String is the key as one text, for logs.
func (k DueKey) String() string { return fmt.Sprintf("%s/%d", k.Kind, k.ID) }
