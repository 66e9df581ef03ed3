package bot

import (
	"context"
	"errors"
	"time"

	"summitquiz/content"
)

// Errors of a store.
var (
	ErrRepeated = errors.New("the input was handled before")
	ErrConflict = errors.New("somebody else changed the game first")
	ErrNone     = errors.New("there is no such row")
)

// Store is what the hall asks of a database. Every method is atomic.
type Store interface {
	Writer
	People
	Games
	Outbox
	Agenda
	Shelf
	Boards
	Rights
	Notes
	Intake
}

// Writer writes changes.
type Writer interface {
	// Write queues c behind everything that was queued before it and returns at once. The
	// returned function waits until c is durable: it returns nil, ErrRepeated if c.Input was
	// claimed before (nothing of c is written then), ErrConflict if c.Game is not the next
	// version, or what went wrong. Many changes share one commit. Numbers that the store gives
	// (ID of Sends, Answers, Reports and Audit) are set in c when wait returns nil; c belongs to
	// the store until then.
	Write(c *Change) (wait func(context.Context) error)
	// NextID returns a number that is larger than all before it; games and drafts are named by it.
	NextID(ctx context.Context) (int64, error)
}

// People knows who and where somebody is.
type People interface {
	// Enter returns the space, the chat and the member of an input, and makes those that are
	// new. A changed name or title is kept. A zero Person enters no member.
	Enter(ctx context.Context, p Place, who Person, now time.Time) (Space, Chat, Member, error)
	Chat(ctx context.Context, id ChatID) (Chat, error)
	Space(ctx context.Context, id SpaceID) (Space, error)
	// Spaces returns the spaces of a platform from which the bot was not removed, without those
	// of private chats.
	Spaces(ctx context.Context, platform string) ([]Space, error)
	Member(ctx context.Context, id MemberID) (Member, error)
	// Accounts returns the accounts of a member.
	Accounts(ctx context.Context, id MemberID) ([]Account, error)
	// Names returns the names of members as they were last seen; deleted ones are left out.
	Names(ctx context.Context, ids []MemberID) (map[MemberID]string, error)
	// Administers returns the spaces that a member was known to administer and that are not gone.
	Administers(ctx context.Context, id MemberID) ([]Space, error)
	// Migrate gives a chat, and its space where they are one, another address. Where both addresses
	// are taken the older one stays and gets the new address, and the other one gives way.
	Migrate(ctx context.Context, from, to Place) error
	// Purge removes a space that is gone, with its chats, posts and settings; answers of its
	// members stay theirs.
	Purge(ctx context.Context, id SpaceID) error
}

// Games keeps games.
type Games interface {
	// Live returns the games that have not ended.
	Live(ctx context.Context) ([]Game, error)
	Game(ctx context.Context, id GameID) (Game, error)
	// Answers returns the answers of a game in the order of their ids.
	Answers(ctx context.Context, id GameID) ([]Answer, error)
	// Log calls yield with the answers of a pack whose id is larger than after, in order of
	// id, until yield returns false.
	Log(ctx context.Context, pack content.PackID, after int64, yield func(Answer) bool) error
	// Seen returns what a scope has seen of a pack.
	Seen(ctx context.Context, s Scope, pack content.PackID) ([]Exposure, error)
}

// Outbox keeps posts on their way and those that arrived.
type Outbox interface {
	// Waiting returns what is queued or started in a chat, in order of id, at most limit.
	Waiting(ctx context.Context, chat ChatID, limit int) ([]Send, error)
	// Backlog returns the chats in which something is queued or started.
	Backlog(ctx context.Context) ([]ChatID, error)
	// RefOf returns the platform's id of what was delivered in a slot; ErrNone if nothing was.
	RefOf(ctx context.Context, s Slot) (Ref, error)
	// SlotOf returns the slot of a delivered post by its platform's id.
	SlotOf(ctx context.Context, chat ChatID, ref Ref) (Slot, error)
	// PostOf returns the slot of a delivered post of a platform whose id there begins with prefix,
	// and the chat that it stands in; ErrNone if there is none.
	PostOf(ctx context.Context, platform, prefix string) (Slot, Chat, error)
	// Posts returns the newest limit slots of a chat as they stand now, oldest first: those for
	// everybody and those for m. The Send holds the newest post and when the slot was delivered.
	Posts(ctx context.Context, chat ChatID, m MemberID, limit int) ([]Send, error)
}

// Agenda keeps what is due.
type Agenda interface {
	// Claim takes at most limit rows that are due and holds them until now+lease.
	Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]Due, error)
	// Next returns when the next row is due; false if there is none.
	Next(ctx context.Context) (time.Time, bool, error)
}

// Shelf keeps packs.
type Shelf interface {
	// Packs returns the active version of every pack that a space can see, without files: those
	// for everybody and its own. Space 0 sees only those for everybody.
	Packs(ctx context.Context, s SpaceID) ([]PackRow, error)
	// Versions returns all versions of a pack without files, newest first.
	Versions(ctx context.Context, pack content.PackID) ([]PackRow, error)
	// PackFiles returns a version with its files.
	PackFiles(ctx context.Context, pack content.PackID, hash string) (PackRow, error)
	// SwitchedOff returns the packs that a space has switched off, and those that are off for
	// everybody: that is space 0.
	SwitchedOff(ctx context.Context, s SpaceID) ([]content.PackID, error)
	Draft(ctx context.Context, id DraftID) (Draft, error)
}

// Boards counts points.
type Boards interface {
	// Board returns who has points, best first, at most Limit of them from Offset on.
	Board(ctx context.Context, q BoardQuery) (BoardPage, error)
	// Stats returns a member's answers by pack and kind.
	Stats(ctx context.Context, m MemberID) ([]StatRow, error)
	// Reports returns the newest reports of a space; 0: of packs for everybody.
	Reports(ctx context.Context, s SpaceID, limit int) ([]Report, error)
	// Audits returns the newest entries of a space; 0: those for everybody.
	Audits(ctx context.Context, s SpaceID, limit int) ([]Audit, error)
}

// BoardQuery asks for a board. Solo games and void questions never count.
type BoardQuery struct {
	Space    SpaceID        // 0: everywhere, without web lobbies
	Pack     content.PackID // "": all
	From, To time.Time      // [From, To); zero: no bound
	Offset   int
	Limit    int
}

// BoardPage is one page of a board.
type BoardPage struct {
	Rows  []BoardRow
	Total int // members on the whole board
}

// BoardRow is one member on a board. Equal points share a rank.
type BoardRow struct {
	Rank   int // from 1
	Member MemberID
	Name   string
	Points int
	Right  int
	Asked  int // questions answered
}

// StatRow is how a member did with one kind of question of one pack.
type StatRow struct {
	Pack  content.PackID
	Kind  string
	Right int
	Asked int
}

// Rights serves the rights of members over their data.
type Rights interface {
	// Export returns all that is kept about a member as JSON.
	Export(ctx context.Context, m MemberID) ([]byte, error)
	// Forget removes a member: accounts, names, settings, typed texts and exposures go, and a
	// random number takes the member's place in answers, reports and audit. Delivered posts that
	// name them are not returned by Posts any more.
	Forget(ctx context.Context, m MemberID, now time.Time) error
}

// Notes keeps a few words of platforms from one process to the next.
type Notes interface {
	// Note returns what was kept under a key; "" if nothing was.
	Note(ctx context.Context, key string) (string, error)
	SetNote(ctx context.Context, key, value string) error
}

// Intake keeps what a platform tells only once, from the moment it is told until it is handled.
type Intake interface {
	// Keep keeps what is new of a platform, all of it or nothing, durable when it returns, and
	// returns that with its Seq. What is kept already under its id is not new.
	Keep(ctx context.Context, platform string, all []Raw, now time.Time) ([]Raw, error)
	// Kept returns what is kept of a platform after a Seq, in order of Seq, at most limit.
	Kept(ctx context.Context, platform string, after int64, limit int) ([]Raw, error)
	// Drop forgets what was handled.
	Drop(ctx context.Context, seq int64) error
}

// Raw is one thing that a platform told us, in its own words.
type Raw struct {
	Seq  int64 // given by the store, ascending: the order in which it was kept
	ID   int64 // the platform's
	Body []byte
}
