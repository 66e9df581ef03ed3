package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Limits say what a platform can carry.
type Limits struct {
	Text       int  // UTF-16 code units of a whole post
	Buttons    int  // in one row
	Rows       int  // of buttons
	Label      int  // UTF-16 code units on a button
	Polls      bool // has native quiz polls
	PollText   int  // UTF-16 code units of a poll's question
	PollOption int  // of each option
	PollWhy    int  // of the explanation
	Forms      bool // can ask with a form; else a typed message answers
	Private    bool // can show something to one person in a shared chat
	Lasting    bool // what it shows to one person there comes whenever it is posted, and stays
	Files      bool // can carry a file to one person
	Vector     bool // shows pictures in SVG; else they are PNG
	Personal   bool // a person can have a chat alone with the bot
	Localized  bool // shows each person a post in their own language, where Post.Also has it
	Repeatable bool // delivering a slot again does no harm where Delivery.Again tells of it
	Threads    bool // can open a thread below a post, in which others stand
	ReadsChat  bool // typed lines of a shared chat reach the bot
	OneWord    bool // commands are single words there: "pack load" is /pack_load
}

// Platform delivers posts to the chats of one platform.
type Platform interface {
	// Name is the platform's name in Account and Place.
	Name() string
	// Limits say what it can carry.
	Limits() Limits
	// Deliver carries out one public post, edit or deletion and returns its id on the platform.
	// Calls for one chat come one at a time and in order; calls for different chats overlap. It
	// returns a *RetryError, ErrChatGone, ErrPostGone, ErrBarred or ErrDoubt where they fit; any
	// other error is logged and the post given up.
	Deliver(ctx context.Context, d Delivery) (Ref, error)
}

// VoteSource is a platform whose poll votes are fetched, so that they may come late.
type VoteSource interface {
	// Settled reports whether no votes are known to be on their way.
	Settled() bool
}

// PresenceSource is a platform that knows who is in a chat.
type PresenceSource interface {
	// Present reports whether a person is in a chat, or was a moment ago; true where that is not known.
	Present(ctx context.Context, chat, user string) bool
	// Deserted reports whether nobody is in a chat, nor was a moment ago; false where that is not known.
	Deserted(ctx context.Context, chat string) bool
}

// Delivery is one thing to deliver.
type Delivery struct {
	Op    Op
	Slot  Slot
	Chat  Address
	To    *Account // only for this person; nil: for everybody in the chat
	Post  Post     // empty for Delete
	Ref   Ref      // of the post in the slot; "" for New
	Under Ref      // of the post below which it belongs, see Post.Under; "" where there is none
	Cause InputID  // the input that led to it, if that came a moment ago; "" else
	Again bool     // an earlier attempt began, or may have in an earlier process, and its outcome is unknown
	Class Class    // how urgent it is

	// Begin notes that an attempt begins, whose outcome is unknown from then on. A platform that cannot
	// repeat a post calls it when its request is about to leave, after all that it waits for: what was never
	// asked for is in no doubt. After an error nothing may leave. nil: nothing is noted.
	Begin func(context.Context) error
}

// Class says how urgent a post is, most urgent first.
type Class uint8

// The classes of posts.
const (
	ReplyClass Class = iota // somebody did something and waits for it
	GameClass               // part of a session that is being played
	BulkClass               // nobody waits for it: it may stand behind what people wait for
)

// Address is a chat as its platform knows it.
type Address struct {
	Platform string
	Space    string
	Chat     string
	Private  bool
}

// Op is what is done with a post.
type Op string

// The operations.
const (
	New    Op = "new"
	Edit   Op = "edit"
	Delete Op = "delete"
)

// Errors of platforms that the service acts on.
var (
	ErrChatGone = errors.New("the chat is gone")          // deleted, or the bot was removed or blocked
	ErrPostGone = errors.New("the post is gone")          // deleted by somebody
	ErrBarred   = errors.New("the bot may not post here") // a permission is missing
	ErrDoubt    = errors.New("the outcome is unknown")    // it may have been delivered; it is not tried again
)

// RetryError says that a delivery was refused for now.
type RetryError struct {
	After time.Duration
	Err   error // why, without secrets; may be nil
}

func (e *RetryError) Error() string { return fmt.Sprintf("try again in %v: %v", e.After, e.Err) }

func (e *RetryError) Unwrap() error { return e.Err }

// ChatView is what a person finds on coming into a chat.
type ChatView struct {
	Posts []ChatPost // oldest first
	Menu
}

// ChatPost is a post as it stands in a chat.
type ChatPost struct {
	Slot Slot
	Post Post
	Own  bool      // only this person sees it
	At   time.Time // when it arrived; zero if it is on its way
	Mine *Answer   // what this person answered to it; nil: nothing
}
