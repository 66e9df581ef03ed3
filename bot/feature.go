package bot

import (
	"context"
	"log/slog"
	"time"

	"summitquiz/bot/phrase"
)

// Feature is one thing the bot can do. Its commands, buttons, due work and posts belong to it
// alone. The service refuses two features that claim the same one.
type Feature interface {
	// Name is what logs call the feature.
	Name() string
	// Commands are its commands: name, options, who may use it, handler.
	Commands() []*Command
	// Actions are what its buttons and forms do, by Payload.Action.
	Actions() map[string]Action
	// Kinds are the kinds of its sessions, slots and due rows.
	Kinds() []Kind
	// Due does work of its kinds whose time has come. What it returns is written; nil: it wrote
	// all there is to write itself. Work that fails is claimed again when its lease is over.
	Due(ctx context.Context, d Due) (*Change, error)
}

// Action is what a button or a form does, and for whom it is signed.
type Action struct {
	For Audience
	Run Handler
}

// Audience says for whom an action is signed.
type Audience uint8

// The audiences.
const (
	ForChat    Audience = iota // everybody in a chat
	ForMember                  // one member
	ForAnybody                 // whoever comes first
)

// A feature may also have these methods. The service looks for them when it is added.
type (
	// TextReader reads what people type as answers.
	TextReader interface {
		// ReadText answers free text. It is asked where the text replies to one of its posts, and
		// where the text replies to nothing; false: the text is not meant for it.
		ReadText(ctx context.Context, r *Request) (Reply, bool, error)
	}
	// VoteReader reads votes in polls of its kinds.
	VoteReader interface {
		ReadVote(ctx context.Context, r *Request) (Reply, error)
	}
	// UploadReader takes files that come without a command. One feature has it.
	UploadReader interface {
		ReadUpload(ctx context.Context, r *Request) (Reply, error)
	}
	// LinkReader answers links that lead people here. One feature has it.
	LinkReader interface {
		FollowLink(ctx context.Context, r *Request) (Reply, error)
	}
	// Suggester suggests values of options of its types.
	Suggester interface {
		// Suggest returns values of an option that may fit what was typed, best first.
		Suggest(ctx context.Context, r *Request, c *Command, o *OptionSpec) ([]Suggestion, error)
	}
	// Patient names those of its kinds whose due work nobody waits for, such as a daily that goes out to many:
	// little of it is done at the same time.
	Patient interface{ PatientKinds() []Kind }
	// DeliveryObserver is told how posts of its kinds ended.
	DeliveryObserver interface {
		// Delivered writes c, which holds how the post ended, together with what follows from it.
		Delivered(ctx context.Context, e DeliveryEnd, c *Change) error
	}
	// ChatObserver is told of chats in which nobody can play any more.
	ChatObserver interface {
		// ChatClosed ends its sessions in a space, or in one chat of it where chat is not 0.
		ChatClosed(ctx context.Context, space SpaceID, chat ChatID) error
	}
	// ChatOpener is told of spaces in which the bot may post again.
	ChatOpener interface {
		ChatOpened(ctx context.Context, space SpaceID) error
	}
	// ChangeObserver is told of every change that is durable, to renew what it caches.
	ChangeObserver interface{ Saved(c *Change) }
	// ChangeCompleter adds to a change what follows from it for another feature, so that both are
	// durable at once or neither. It is called before the change is queued, and asks no store.
	ChangeCompleter interface{ Complete(c *Change) }
	// AnswerShower tells what members answered, for platforms that show each person their own.
	AnswerShower interface {
		// OwnAnswers returns the newest answer of each of these members to the questions whose posts
		// stand in slots of its kinds.
		OwnAnswers(ctx context.Context, slots []Slot, members []MemberID) (map[Slot]map[MemberID]Answer, error)
	}
	// ResultButtoner offers buttons under the end of games and dailies of other features.
	ResultButtoner interface {
		// ResultButtons returns buttons that are signed for the chat in which the end is shown.
		ResultButtons(session SessionID, chat Chat, local phrase.Localizer) []Button
	}
	// CacheOwner drops what it caches: of one member who was deleted, or (0) all of it, as
	// another process may have changed anything.
	CacheOwner interface{ DropCached(m MemberID) }
)

// Suggestion is one thing that an option could be.
type Suggestion struct {
	Label string // what people read
	Value string
}

// DeliveryEnd is how the delivery of a post ended.
type DeliveryEnd struct {
	Send  Send
	State SendState // SendDone, SendFailed or SendDoubt
	Err   error     // why; nil when done
}

// Host is what the service offers to features.
type Host interface {
	// Now is the time in UTC and whole microseconds.
	Now() time.Time
	// Queue queues a change as Writer.Write does. The returned function waits until it is
	// durable and then lets posts go out and due work wake up.
	Queue(c *Change) (wait func(context.Context) error)
	// Limits are those of a platform; zero where it is switched off.
	Limits(platform string) Limits
	// Settled reports whether no votes of a platform are known to be on their way.
	Settled(platform string) bool
	// HasLeft reports whether a member is known not to be in a chat now; false where that is not known.
	HasLeft(ctx context.Context, chat Chat, m MemberID) bool
	// Deserted reports whether nobody is known to be in a chat now; false where that is not known.
	Deserted(ctx context.Context, chat Chat) bool
	// Sign signs a payload for an audience.
	Sign(audience string, p Payload) string
	// ResultButtons are what features offer under the end of a session, for its board or result.
	ResultButtons(session SessionID, chat Chat, local phrase.Localizer) []Button
	// Process names this process and its start: Session.Owner and Session.Run.
	Process() (name string, run int64)
	// ForgetPeople drops what is cached of members, chats and spaces.
	ForgetPeople(m MemberID)
	// Bounds are what people may hold at a time.
	Bounds() Bounds
	Log() *slog.Logger
	Meter() Meter
}

// Meter counts what the bot does.
type Meter interface {
	// Handled counts an input by platform and Input.What with how long it took.
	Handled(platform, what string, took time.Duration, err error)
	// Delivered counts a post by platform and outcome ("done", "retry", "failed", "doubt").
	Delivered(platform, outcome string, took time.Duration)
	// Answered counts a counted answer.
	Answered(platform, mark string)
	// Playing tells how many games are in memory, and Queued to how many chats posts are on their way.
	Playing(games int)
	Queued(chats int)
	// Daily counts what became of an occurrence of a daily ("posted", "delivered", "doubt", or why it
	// was skipped), and Late how late it arrived. Backlog tells how many posts wait.
	Daily(platform, outcome string)
	Late(platform string, late time.Duration)
	Backlog(platform string, posts int)
	// Bounded counts a refusal for the sake of room, by what was full ("games", "streams", …).
	Bounded(bound string)
	// Conflicted counts a change that was refused because another writer was first.
	Conflicted()
}

// Write queues a change and waits until it is durable.
func Write(ctx context.Context, h Host, c *Change) error { return h.Queue(c)(ctx) }
