package bot

import (
	"context"
	"errors"
	"time"

	"summitquiz/quiz/daily"
)

// Errors of links between accounts.
var (
	ErrLinkUsed    = errors.New("the code was used by somebody")
	ErrLinkOver    = errors.New("the code is too old")
	ErrLinkOwn     = errors.New("the code is the member's own")
	ErrLinkGuesses = errors.New("too many wrong codes")
	ErrLinkPlaying = errors.New("a session of the newer member is still live")
)

// Links joins members who are one person, and parts them again. The one who was known first, the
// older one, stays: what the newer one has becomes theirs. Of two answers to one question the one
// that came first counts; the other one is void as long as the two are joined.
type Links interface {
	// OfferLink keeps the hash of a one-time code of a member until a time. Earlier codes of theirs
	// that nobody used are no longer valid.
	OfferLink(ctx context.Context, hash []byte, m MemberID, now, until time.Time) error
	// TakeLink uses a code for a member and returns what it offers; the same again for the same
	// member. It returns ErrNone for a wrong code, ErrLinkUsed, ErrLinkOver, ErrLinkOwn, and
	// ErrLinkGuesses after LinkGuesses wrong ones in LinkPause.
	TakeLink(ctx context.Context, hash []byte, m MemberID, now time.Time) (LinkOffer, error)
	// LinkOffer returns an offer by its number; ErrNone if it is gone.
	LinkOffer(ctx context.Context, id int64) (LinkOffer, error)
	// Compare returns what two members have, the older one first.
	Compare(ctx context.Context, a, b MemberID) (Comparison, error)
	// Join joins the two members of an offer that was taken, and returns who stays. It returns
	// ErrLinkPlaying if a session is live that knows the newer one, ErrLinkOver if the offer is too
	// old. Two who are one already stay so.
	Join(ctx context.Context, offer int64, now time.Time) (MemberID, error)
	// LinksOf returns the links of a member, oldest first.
	LinksOf(ctx context.Context, m MemberID) ([]AccountLink, error)
	// Part undoes a link of a member: the newer one gets back what they had then. What came since
	// stays with m. It returns ErrNone if m has no such link.
	Part(ctx context.Context, m MemberID, link int64) error
}

// How codes are guarded: after so many wrong ones in so long a time a member has to wait.
const (
	LinkGuesses = 5
	LinkPause   = 10 * time.Minute
)

// LinkOffer is a code that was used: its owner offers to be one person with whoever took it.
type LinkOffer struct {
	ID    int64
	Owner MemberID
	Taker MemberID // 0: nobody yet
	Until time.Time
}

// Comparison is what two members have before they are joined.
type Comparison struct {
	Older, Newer Belongings
	Both         int  // questions that both have answered
	Playing      bool // a session is live that knows the newer one
}

// Belongings are what a member has.
type Belongings struct {
	Member   Member
	Accounts []Identity // first the one whose name they have
	Answers  int        // that count
	Cards    int
	Streak   daily.Streak
}

// Identity is an account with its name.
type Identity struct {
	Account
	Name string
}

// AccountLink says that one member has become part of another.
type AccountLink struct {
	ID       int64
	Accounts []Identity // that came by it
	At       time.Time
}
