package bot

import (
	"context"
	"encoding/json"
	"time"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
)

// Subscription is a daily that somebody switched on: the member's own, or a chat's. It is
// replaced version by version, so that of two changes on one state one is refused.
type Subscription struct {
	ID      daily.SubscriptionID
	Version int // counts its states from 1
	Chat    ChatID
	Space   SpaceID
	Member  MemberID // whose own it is; 0: the chat's
	By      MemberID // who changed it last, and is told what is wrong with it
	Wish    DailyWish
	State   SubscriptionState
	Next    daily.Occurrence // the one that is due; zero: none
	Done    daily.Occurrence // the last that was posted or skipped; zero: none
}

// DailyWish is what a subscription asks for. It is stored as JSON under these field names.
type DailyWish struct {
	Schedule   string         `json:"schedule"`             // cron, five fields
	Runs       int            `json:"runs,omitempty"`       // allowed on one date; 0: one
	Zone       daily.Zone     `json:"zone"`                 // in which the schedule is read
	Pack       content.PackID `json:"pack,omitempty"`       // "": the chat's default
	Questions  int            `json:"questions"`            //
	Lang       string         `json:"lang,omitempty"`       // IETF tag; "": the chat's, or the member's
	Minutes    int            `json:"window,omitempty"`     // how long it is open; 0: until the next one
	Everywhere bool           `json:"everywhere,omitempty"` // its board ranks all rooms
	Hint       string         `json:"hint,omitempty"`       // language of whoever asked for it, where nobody chose one
	Rested     int            `json:"rested,omitempty"`     // how often in a row its chat took no posts
	Waking     bool           `json:"waking,omitempty"`     // it tries again: the next post tells
	Told       SkipReason     `json:"told,omitempty"`       // what the chat was last told of a day without a daily
	Missed     int            `json:"missed,omitempty"`     // how many in a row were skipped while the bot was away; the next post tells
	Since      quiz.Day       `json:"since,omitempty"`      // the first of these
}

// SubscriptionState says whether a subscription runs.
type SubscriptionState string

// The states of a subscription.
const (
	SubscriptionOn     SubscriptionState = "on"
	SubscriptionPaused SubscriptionState = "paused" // by a person
	SubscriptionRests  SubscriptionState = "rests"  // its chat takes no posts
)

// DailyRun is what became of one occurrence of a subscription. There is one for each
// subscription, date and time.
type DailyRun struct {
	daily.Key
	At      time.Time // when it was due
	Chat    ChatID
	Member  MemberID   // as in its Subscription
	Session SessionID  // in which it is played; 0: it was skipped
	Skipped SkipReason // "" where it was posted

	Everywhere bool // its board ranks all rooms
}

// SkipReason says why an occurrence was not posted.
type SkipReason string

// The reasons.
const (
	SkippedLate    SkipReason = "late"     // nobody posted it in time
	SkippedOnWish  SkipReason = "asked"    // somebody wanted so
	SkippedNoPack  SkipReason = "no-pack"  // it is off or gone, and no other can be played
	SkippedNoFacts SkipReason = "no-facts" // the pack has nothing to ask on that day
	SkippedBarred  SkipReason = "barred"   // the chat took no posts
	SkippedFailed  SkipReason = "failed"   // its platform refused the post
)

// DailySet is a day's set as everybody sees it who plays it. Whoever needs it first writes it.
type DailySet struct {
	Pack      content.PackID
	Hash      string
	Day       quiz.Day
	Questions int             // as asked for; the set may have fewer
	Data      json.RawMessage // opaque to the store
}

// MemberStreak is the streak of a member over all places, with what they want to see of it.
type MemberStreak struct {
	Member  MemberID
	Version int // counts its states from 1; 0: there is none yet
	Streak  daily.Streak
	Shown   StreakShown
	Remind  ChatID // where they are reminded; 0: nowhere
}

// StreakShown says whether a member sees their streak.
type StreakShown int

// The choices.
const (
	ShownWithDaily StreakShown = iota // where they have a daily of their own
	ShownAlways
	ShownNever
)

// Sees reports whether a member sees their streak: where they asked for it, or have so many dailies
// of their own.
func (s *MemberStreak) Sees(own int) bool {
	return s.Shown == ShownAlways || s.Shown == ShownWithDaily && own > 0
}

// DailyTurn is the question of a daily that a member has in front of them, in whichever chat:
// what they type is an answer to it.
type DailyTurn struct {
	Member   MemberID
	Session  SessionID
	Question int // from 0; -1: none
}

// ZoneMove says that a member moved from one zone to another.
type ZoneMove struct {
	At       time.Time
	From, To string // IANA
}

// QuestionTally says how many answered a question of a session and counted.
type QuestionTally struct {
	Question int
	Asked    int
	Right    int
}

// DailyBoardQuery asks for a board of dailies: by date of the sets, so that it is the same in all
// zones. Void questions never count.
type DailyBoardQuery struct {
	Space    SpaceID        // 0: everywhere
	Pack     content.PackID // "": all
	From, To quiz.Day       // both ends included
	Limit    int
}

// RoomRow is how a space did in a daily.
type RoomRow struct {
	Space   SpaceID
	Title   string
	Players int
	Right   int
	Asked   int // answers that counted
}

// Dailies keeps subscriptions, days and streaks.
type Dailies interface {
	Subscription(ctx context.Context, id daily.SubscriptionID) (Subscription, error)
	// ChatSubscription returns the subscription that a chat has for everybody; ErrNone if it has none.
	ChatSubscription(ctx context.Context, chat ChatID) (Subscription, error)
	// OwnSubscriptions returns those of a member, in order of id.
	OwnSubscriptions(ctx context.Context, m MemberID) ([]Subscription, error)
	// SubscriptionsIn returns those in a space, or in one chat of it where chat is not 0.
	SubscriptionsIn(ctx context.Context, space SpaceID, chat ChatID) ([]Subscription, error)
	DailySet(ctx context.Context, pack content.PackID, hash string, day quiz.Day, questions int) (DailySet, error)
	// Skips returns when occurrences within [from, to) were due that were skipped, of subscriptions of a
	// member's own and of chats in which they answered a daily of a date from since on.
	Skips(ctx context.Context, m MemberID, from, to time.Time, since quiz.Day) ([]time.Time, error)
	MemberStreak(ctx context.Context, m MemberID) (MemberStreak, error)
	// ZoneMoves returns when a member changed their zone after a time, in order.
	ZoneMoves(ctx context.Context, m MemberID, after time.Time) ([]ZoneMove, error)
	DailyTurn(ctx context.Context, m MemberID) (DailyTurn, error)
	// LiveFor returns the live sessions of a kind in a chat for everybody or for a member, the newest
	// first, without Script and State.
	LiveFor(ctx context.Context, kind Kind, chat ChatID, m MemberID) ([]Session, error)
	// DailyAnswers returns the answers of a member to the sets of a date, wherever they gave them, in
	// order of id.
	DailyAnswers(ctx context.Context, m MemberID, day quiz.Day) ([]Answer, error)
	// Tally counts the answers to each question of a session.
	Tally(ctx context.Context, id SessionID) ([]QuestionTally, error)
	// DailyRooms returns how the spaces did whose runs of a date and pack are ranked everywhere, the
	// best share of right answers first, without web lobbies.
	DailyRooms(ctx context.Context, pack content.PackID, day quiz.Day) ([]RoomRow, error)
	// DailyBoard returns who has points in dailies, best first.
	DailyBoard(ctx context.Context, q DailyBoardQuery) (BoardPage, error)
}
