package bot

import (
	"context"
	"errors"
	"time"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// Errors of a store.
var (
	ErrRepeated = errors.New("the input was handled before")
	ErrConflict = errors.New("another writer was first")
	ErrNone     = errors.New("there is no such row")
)

// Store is what the bot asks of a database. Every method is atomic. Several processes may use
// one database at the same time.
type Store interface {
	Writer
	People
	Links
	Sessions
	Outbox
	Schedule
	Packs
	Boards
	PersonalData
	Dailies
	Notes
	Intake
	Flashcards
}

// Writer writes changes.
type Writer interface {
	// Write queues c behind everything that was queued before it and returns at once. The
	// returned function waits until c is durable. It returns nil; ErrRepeated if c.Input was
	// claimed before; ErrConflict if the database is not as c.Fence, c.Session or a Progress saw
	// it; or what went wrong. Nothing of c is written on an error. Many changes share one commit.
	// Numbers that the store gives (ID of Sends, Answers, Reports and Audit) are set in c when
	// wait returns nil; c belongs to the store until then.
	Write(c *Change) (wait func(context.Context) error)
	// NextID returns a number that is larger than all before it; sessions and drafts are named by it.
	NextID(ctx context.Context) (int64, error)
}

// People knows who and where somebody is.
type People interface {
	// Enter returns the space, the chat and the member of an input, and makes those that are
	// new. It saves changed names and titles. A zero Person enters no member. A member with several
	// accounts has the name of the one that they began with.
	Enter(ctx context.Context, p Place, who Person, now time.Time) (Space, Chat, Member, error)
	// Look returns what there is of the space, the chat and the member of an input, zero where there
	// is nothing, and makes none.
	Look(ctx context.Context, p Place, who Person) (Space, Chat, Member, error)
	// Handled reports whether an input was handled. Whoever asks before Enter makes nobody anew who
	// was forgotten by that very input.
	Handled(ctx context.Context, id InputID) (bool, error)
	// Revision returns a number that grows with every change to members, spaces, chats and packs
	// that were there before: what was read of them at the same revision is still true.
	Revision(ctx context.Context) (int64, error)
	Chat(ctx context.Context, id ChatID) (Chat, error)
	Space(ctx context.Context, id SpaceID) (Space, error)
	// Spaces returns the spaces of a platform from which the bot was not removed, without those
	// of private chats.
	Spaces(ctx context.Context, platform string) ([]Space, error)
	Member(ctx context.Context, id MemberID) (Member, error)
	// PrivateChat returns the private chat of a member on a platform, where they have been in one;
	// else ErrNone.
	PrivateChat(ctx context.Context, m MemberID, platform string) (Chat, error)
	// Owners returns the members who became owners, in order of id.
	Owners(ctx context.Context) ([]Member, error)
	// Accounts returns the accounts of a member.
	Accounts(ctx context.Context, id MemberID) ([]Account, error)
	// Names returns the names of members as they were last seen; deleted ones are left out.
	Names(ctx context.Context, ids []MemberID) (map[MemberID]string, error)
	// Administers returns the spaces that a member was known to administer and that are not gone.
	Administers(ctx context.Context, id MemberID) ([]Space, error)
	// Migrate gives a chat, and its space where they are one, another address. Where both addresses
	// are taken the older one stays and gets the new address, and the other one gives way. Refs of
	// what was delivered at the old address get the MovedMark.
	Migrate(ctx context.Context, from, to Place) error
	// Purge removes a space that is gone, with its chats, posts and settings; answers of its
	// members stay theirs.
	Purge(ctx context.Context, id SpaceID) error
}

// Sessions keeps sessions of all kinds, the answers given in them and what was seen.
type Sessions interface {
	// Live returns the sessions of a kind that have not ended, in order of id.
	Live(ctx context.Context, kind Kind) ([]Session, error)
	// LiveAt returns the live session of a kind that a member finds in a chat: their own, else
	// the one for everybody; ErrNone if there is none. Without its Script and State.
	LiveAt(ctx context.Context, kind Kind, chat ChatID, m MemberID) (Session, error)
	// LiveIn returns the ids of the live sessions of a kind in a space, or in one chat of it
	// where chat is not 0.
	LiveIn(ctx context.Context, kind Kind, space SpaceID, chat ChatID) ([]SessionID, error)
	// Adopt holds until a time, and returns, the due work of live sessions of some kinds that have
	// this owner and another run of it: an earlier process of that name left them. Nobody else claims it meanwhile,
	// for only the new process of that name knows that their players have waited for it.
	Adopt(ctx context.Context, kinds []Kind, owner string, run int64, until time.Time) ([]Due, error)
	Session(ctx context.Context, id SessionID) (Session, error)
	// Answers returns the answers of a session in the order of their ids.
	Answers(ctx context.Context, id SessionID) ([]Answer, error)
	// Log calls yield with the answers of a pack whose id is larger than after, in order of
	// id, until yield returns false.
	Log(ctx context.Context, pack content.PackID, after int64, yield func(Answer) bool) error
	// Seen returns what a scope has seen of a pack.
	Seen(ctx context.Context, s Scope, pack content.PackID) ([]Exposure, error)
	// Projection returns what was last saved of a fold over the answer log of a pack; ErrNone if
	// nothing was, or if answers in it have changed since: then it returns with the error the Edits
	// that a fold from the start is saved with. It is asked before the log is read.
	Projection(ctx context.Context, name string, pack content.PackID) (Projection, error)
	// SaveProjection saves p. It returns ErrConflict if a newer one is there or if answers in it
	// changed meanwhile.
	SaveProjection(ctx context.Context, p Projection) error
}

// Outbox keeps posts on their way and those that arrived.
type Outbox interface {
	// Waiting returns what is queued or started in a chat in slots of these kinds, in order of id,
	// at most limit. Posts of other kinds belong to newer programs and are left alone.
	Waiting(ctx context.Context, kinds []Kind, chat ChatID, limit int) ([]Send, error)
	// Backlog returns the chats in which something of these kinds is queued or started.
	Backlog(ctx context.Context, kinds []Kind) ([]ChatID, error)
	// LastSend returns the largest id of a send; 0 if there is none.
	LastSend(ctx context.Context) (int64, error)
	// RefOf returns the platform's id of what was delivered in a slot; ErrNone if nothing was.
	RefOf(ctx context.Context, s Slot) (Ref, error)
	// SlotOf returns the slot of a delivered post by its platform's id.
	SlotOf(ctx context.Context, chat ChatID, ref Ref) (Slot, error)
	// PostOf returns the slot of a delivered post of a platform whose id there begins with prefix,
	// and the chat that it stands in; ErrNone if there is none.
	PostOf(ctx context.Context, platform, prefix string) (Slot, Chat, error)
	// Waits counts the posts on their way, by platform.
	Waits(ctx context.Context) ([]PlatformCount, error)
	// Posts returns the newest limit slots of a chat as they stand now, oldest first: those for
	// everybody and those for m. The Send holds the newest post and when the slot was delivered.
	Posts(ctx context.Context, chat ChatID, m MemberID, limit int) ([]Send, error)
}

// PlatformCount is how many posts of a platform are on their way.
type PlatformCount struct {
	Platform string
	Posts    int
}

// HeldDelivery is a post that waits, failed or is in doubt, or a daily whose chat takes no posts.
type HeldDelivery struct {
	Send         int64                // of a post
	Subscription daily.SubscriptionID // of a daily that rests
	Platform     string
	Chat         string // the platform's id
	State        string // of the post, or "rests"
	Slot         Slot
	Op           Op
	Since        time.Time // when the last attempt began or ended; zero: there was none
}

// Schedule keeps work that is due.
type Schedule interface {
	// Claim takes at most limit rows of these kinds that are due and holds them until now+lease.
	// Rows of other kinds belong to newer programs and are left alone.
	Claim(ctx context.Context, kinds []Kind, now time.Time, lease time.Duration, limit int) ([]Due, error)
	// Next returns when the next row of these kinds is due; false if there is none.
	Next(ctx context.Context, kinds []Kind) (time.Time, bool, error)
	// DueKinds returns the kinds of all rows.
	DueKinds(ctx context.Context) ([]Kind, error)
}

// Packs keeps packs.
type Packs interface {
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
	// DraftsOf returns the drafts of a member, oldest first, without Data.
	DraftsOf(ctx context.Context, m MemberID) ([]Draft, error)
}

// Boards counts points.
type Boards interface {
	// Board returns who has points, best first, at most Limit of them from Offset on.
	Board(ctx context.Context, q BoardQuery) (BoardPage, error)
	// MasteryBoard returns which members of a space know most facts, best first: BoardRow.Points are
	// facts that they know, and Asked those that they have met. Members of a space are those who have
	// answered there in a game or a daily that others see.
	MasteryBoard(ctx context.Context, q MasteryQuery) (BoardPage, error)
	// Stats returns a member's answers by pack and kind.
	Stats(ctx context.Context, m MemberID) ([]StatRow, error)
	// Reports returns the newest reports of a space, newest first; 0: those about packs for
	// everybody, wherever they were filed.
	Reports(ctx context.Context, s SpaceID, limit int) ([]Report, error)
	// Reported counts what a member has reported since a time: of one item, and of all.
	Reported(ctx context.Context, m MemberID, item quiz.ItemID, since time.Time) (ofItem, ofAll int, err error)
	// Audits returns the newest entries of a space, newest first; 0: those for everybody.
	Audits(ctx context.Context, s SpaceID, limit int) ([]Audit, error)
}

// BoardQuery asks for a board of games. Solo games, dailies and void questions never count.
type BoardQuery struct {
	Space    SpaceID        // 0: everywhere, without web lobbies
	Pack     content.PackID // "": all
	From, To time.Time      // [From, To); zero: no bound
	Offset   int
	Limit    int
}

// MasteryQuery asks for a board of what members of a space know.
type MasteryQuery struct {
	Space  SpaceID
	Packs  []content.PackID // whose facts count
	Days   float64          // stability from which a fact is known
	Offset int
	Limit  int
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

// PersonalData serves the rights of members over their data.
type PersonalData interface {
	// Export returns all that is kept about a member as JSON.
	Export(ctx context.Context, m MemberID) ([]byte, error)
	// Forget removes a member: accounts, names, settings, typed texts and exposures go, and a
	// random number takes the member's place in answers, reports and audit. Posts name somebody in
	// their place, by whatever name they were called, and nobody else's are changed.
	Forget(ctx context.Context, m MemberID, now time.Time) error
}

// Notes keeps small texts of platforms from one process to the next.
type Notes interface {
	// Note returns what was kept under a key; "" if nothing was.
	Note(ctx context.Context, key string) (string, error)
	SetNote(ctx context.Context, key, value string) error
}

// Intake keeps what a platform sends only once, from its arrival until it is handled.
type Intake interface {
	// Keep saves what is new, all of it or nothing, durable when it returns, and returns that
	// with its Seq. An event that is there under its id is not new.
	Keep(ctx context.Context, platform string, all []RawInput, now time.Time) ([]RawInput, error)
	// Kept returns what is kept of a platform after a Seq, in order of Seq, at most limit.
	Kept(ctx context.Context, platform string, after int64, limit int) ([]RawInput, error)
	// Drop forgets what was handled.
	Drop(ctx context.Context, seq int64) error
}

// RawInput is one event as a platform sent it, not yet read.
type RawInput struct {
	Seq  int64 // given by the store, ascending: the order in which it was kept
	ID   int64 // the platform's
	Body []byte
}
