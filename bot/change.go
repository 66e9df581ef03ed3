package bot

import (
	"encoding/json"
	"time"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
	"summitquiz/quiz/grade"
)

// Change is all that one input, one due row or one delivery changes. A store writes it whole or
// not at all. Times are UTC in whole microseconds.
type Change struct {
	Input InputID // claimed with it; "" for what no input caused
	At    time.Time
	// From is the member whose input it is; 0: nobody's. The store refuses the change with ErrConflict
	// if they have become part of another member: who decided on it had not heard of that.
	From  MemberID
	Fence *Fence // the session that was decided on, as it was; nil: none
	// After is a change of this process, queued before, whose success the decision takes for granted;
	// nil: none. Where After was not written, this one is refused with ErrConflict.
	After *Change

	Session  *Session   // inserted when its Version is 1, else replaces the one that Fence names
	Answers  []Answer   // one for each session, question, member and try
	Void     []Void     // questions whose answers score nothing
	Shown    []Exposure // added to what was seen
	Sends    []Send     // queued for delivery, in order; an edit replaces a queued edit of its slot
	Progress []Progress // how far posts have come
	Due      []Due      // inserted, or moved to another time where the key is there
	Undue    []DueKey   // removed

	Member   *Member   // replaces the member's own settings
	Admin    *Admin    // noted; nothing if it was noted before
	Space    *Space    // replaces the space's settings and state
	Packs    []PackRow // versions added; one that is there already stays as it is
	Activate []Activation
	Off      []PackOff
	Draft    *Draft // an uploaded pack that waits for Publish or Discard
	Undraft  DraftID
	Reports  []Report
	Audit    []Audit

	// Learner replaces how its member studies. Its Version is 1 more than that of the learner on whom
	// it was decided: if they have changed since, the change is refused with ErrConflict. It comes with
	// every change to their cards and reviews.
	Learner  *Learner
	Cards    []Card       // inserted where ID is 0, else replaced
	Reviews  []CardReview // added to the review log
	Unreview []int64      // ids of reviews that were undone: removed

	Subscription *Subscription        // inserted when its Version is 1, else replaces the version before
	Unsubscribe  daily.SubscriptionID // removed with its due work and what was queued of it; its past stays
	Runs         []DailyRun           // one for each key; one that is there with the same Session is replaced, with another: ErrConflict
	DailySet     *DailySet            // one that is there already stays as it is
	Streak       *MemberStreak        // inserted when its Version is 1, else replaces the version before
	Turn         *DailyTurn           // replaces the member's

	refused bool
}

// SetResult notes whether the change was written, for those that come after it. A store calls it in
// the order of its queue, before it looks at the next change, and once more with final when it will
// not change its mind.
func (c *Change) SetResult(err error, final bool) {
	c.refused = err != nil
	if final {
		c.After = nil // so that changes do not hold each other in memory
	}
}

// Orphaned reports whether the change that this one comes after was not written.
func (c *Change) Orphaned() bool { return c.After != nil && c.After.refused }

// Fence names the state of a session on which a change was decided. The store refuses the change
// with ErrConflict if the session is no longer so, also when the change itself does not touch it.
type Fence struct {
	Session SessionID
	Version int // of the snapshot
	Answers int // how many answers of the session were seen, of all its snapshots; AnyAnswers: they do not matter
}

// AnyAnswers is Fence.Answers of a change that holds however many answers there are.
const AnyAnswers = -1

// Member is a person.
type Member struct {
	ID    MemberID
	Lang  language.Code
	Zone  string // IANA; "" if not chosen
	Digit language.Digits
	Own   bool // Lang was chosen, not guessed
	Owner bool // may load packs for everybody
	Name  string
}

// Admin says that a member administers a space, as its platform said then.
type Admin struct {
	Member MemberID
	Space  SpaceID
}

// Space owns packs, settings and boards.
type Space struct {
	ID       SpaceID
	Platform string
	Key      string // the platform's id
	Title    string
	Settings Settings
	Gone     time.Time // the bot was removed then; zero: it is there
}

// Chat is where posts go.
type Chat struct {
	ID      ChatID
	Space   SpaceID
	Address Address
}

// Settings are the defaults of a space. Zero values mean the product's own default.
type Settings struct {
	Lang      string `json:"lang,omitempty"`  // IETF tag
	Zone      string `json:"zone,omitempty"`  // IANA
	Indic     bool   `json:"indic,omitempty"` // Arabic-Indic digits
	Pack      string `json:"pack,omitempty"`
	Questions int    `json:"questions,omitempty"`
	Seconds   int    `json:"seconds,omitempty"`
	Mode      string `json:"mode,omitempty"`
	Kind      string `json:"kind,omitempty"`
	Scoring   string `json:"scoring,omitempty"`
	AtEnd     bool   `json:"at-end,omitempty"`  // reveal at the end: buttons instead of native polls
	Threads   bool   `json:"threads,omitempty"` // a thread for each game, where the platform has them
}

// Session is something live in a chat or with a member, such as a game: a snapshot of its state.
// Answers that came since the snapshot stand in their own rows. One session of each kind is live
// for everybody in a chat, and one for each member there, for each Beside.
type Session struct {
	ID      SessionID
	Kind    Kind // whose feature reads Script and State
	Version int  // counts snapshots from 1
	Answers int  // how many answers it has; counted by the store, ignored when written
	Chat    ChatID
	Space   SpaceID
	Solo    MemberID // the only member that takes part; 0: everybody
	Beside  int64    // tells apart those that may be live side by side, such as dailies
	Pack    content.PackID
	Hash    string // of the pack's version
	Lang    language.Code
	Script  json.RawMessage // what its questions show; written once, with Version 1; opaque to the store
	State   json.RawMessage // opaque to the store
	Ended   bool
	Started time.Time
	Owner   string // the process that wrote the snapshot, by its lasting name; "": none has to take it up
	Run     int64  // which start of that process
}

// Answer is one try of one member at one question.
type Answer struct {
	ID       int64 // given by the store, ascending; the fold of statistics follows it
	Session  SessionID
	Question int // from 0
	Try      int // 0, or 1 after a close one
	Member   MemberID
	Chat     ChatID
	Space    SpaceID
	Platform string
	Pack     content.PackID
	Hash     string
	Item     quiz.ItemID
	Seed     uint64
	Lang     language.Code
	Option   int // index of the chosen option; -1: typed
	Options  int // how many there were; 0: typed
	Mark     grade.Mark
	Reason   grade.Reason
	Text     string // what was typed
	Points   int
	Final    bool // counts: right, wrong, or the second try; a first close try does not
	Lapsed   bool // the question closed before the second try: made without the member
	Solo     bool // of a solo game, which feeds no board
	Hinted   bool
	Void     bool
	Prior    int       // the item's difficulty before any answer, thousandths of a logit
	At       time.Time // received
	Day      int       // the member's own day, counted from 1970-01-01, rolling over at 04:00
	Daily    quiz.Day  // the date of the day's set that the question is of; 0: it is of no daily
	Took     time.Duration
}

// Void names a question that scores nothing.
type Void struct {
	Session  SessionID
	Question int
}

// Scope says who has seen something: a chat or a member.
type Scope struct {
	Chat   ChatID   // 0: a member
	Member MemberID // 0: a chat
}

// Exposure says how often a scope has seen an item with one set of options.
type Exposure struct {
	Scope   Scope
	Pack    content.PackID
	Item    quiz.ItemID
	Options uint64 // quiz.Outline.Options
	Times   int
	Last    time.Time
}

// Send is a public post on its way.
type Send struct {
	ID      int64 // given by the store, ascending: the order of delivery within a chat
	Op      Op
	Slot    Slot
	Chat    ChatID
	To      MemberID // 0: everybody
	Post    Post
	Class   Class
	Cause   InputID
	State   SendState
	Ref     Ref
	Started time.Time // zero: not yet
	Done    time.Time // delivered
}

// SendState is how far a post has come.
type SendState string

// The states of a post.
const (
	SendQueued  SendState = "queued"
	SendStarted SendState = "started" // an attempt began; its outcome is not known
	SendDone    SendState = "done"
	SendFailed  SendState = "failed"
	SendDoubt   SendState = "doubt" // given up without knowing
)

// Progress notes how far a post has come.
type Progress struct {
	Send  int64
	State SendState
	Ref   Ref // when done
	At    time.Time
	// By is the process that starts a delivery. The store refuses SendStarted with ErrConflict if
	// another process began this post, or an earlier one of the chat, less than SendLease ago, and
	// if the post is settled or was replaced.
	By string
	// Lease is held by the process that delivers. A store with leases refuses any progress with
	// ErrConflict where another process has it by now.
	Lease Holding
}

// SendLease is how long a process that began to deliver a post keeps others from it.
const SendLease = time.Minute

// Due is work to be done at a time. Whoever claims it holds it until its lease is over; what is
// not finished by then is claimed again.
type Due struct {
	Key     DueKey
	At      time.Time
	Attempt int // how often it was claimed, this time included
}

// Projection is a fold over the answer log of a pack, up to an answer.
type Projection struct {
	Name  string // of the fold, with its version
	Pack  content.PackID
	Upto  int64           // the id of the last answer in it
	Edits int64           // how often answers of the pack were voided or anonymized before it was begun; given by Projection
	Data  json.RawMessage // opaque to the store
}

// PackRow is one immutable version of a pack.
type PackRow struct {
	Pack     content.PackID
	Space    SpaceID // 0: everybody's
	Hash     string
	Version  string // the author's label
	Revision int    // 1, 2 … for the same label with other content; given by the store
	Files    map[string][]byte
	By       MemberID // 0: built in, or from a folder
	At       time.Time
	Active   bool
}

// Activation makes one version of a pack the one that new games use.
type Activation struct {
	Pack content.PackID
	Hash string
}

// PackOff says whether a pack is switched off in a space.
type PackOff struct {
	Space SpaceID
	Pack  content.PackID
	Off   bool
}

// DraftID names an uploaded pack that waits for a decision.
type DraftID int64

// Draft is an uploaded pack that was checked and waits for Publish or Discard.
type Draft struct {
	ID    DraftID
	Space SpaceID // 0: for everybody
	By    MemberID
	Name  string // of the file as it was sent; "" if unknown
	Data  []byte // the pack file
	At    time.Time
}

// Report is what a member says against a question.
type Report struct {
	ID     int64
	Space  SpaceID
	Chat   ChatID
	Member MemberID
	Item   quiz.ItemID
	Pack   content.PackID
	Hash   string
	Seed   uint64
	Lang   language.Code
	Reason string // a code
	Text   string
	At     time.Time
}

// Audit is what somebody with power did.
type Audit struct {
	ID     int64
	Space  SpaceID // 0: for everybody
	Member MemberID
	Action string // such as "pack-rollback"
	Detail string
	At     time.Time
}
