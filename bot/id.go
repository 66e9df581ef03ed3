package bot

// MemberID names a person, whatever platform they come from. It is ours, so that accounts can
// be joined and a deleted member leaves nothing but a number.
type MemberID int64

// ChatID names where posts go: a channel, a group, a topic, a lobby, a private chat.
type ChatID int64

// SpaceID names what owns packs, settings and boards: a Discord server, a Telegram group, a
// web lobby, a private chat.
type SpaceID int64

// GameID names a game.
type GameID int64

// InputID names an input for ever: the platform's name, ":" and the platform's own id of the
// event. An input is handled once for each id.
type InputID string

// Slot names a post for ever, such as "g12/q3". A second post in the same slot is the same
// post; an edit names the slot of what it changes.
type Slot string

// Ref is a platform's own id of a delivered post; only its platform reads it.
type Ref string

// Account is a person as a platform knows them.
type Account struct {
	Platform string // "web", "discord", "telegram"
	User     string // the platform's id
}
