package bot

import (
	"errors"
	"fmt"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// Request is one input being handled: who sent it, where, and what it changes.
type Request struct {
	Input   Input
	Now     time.Time
	Space   Space
	Chat    Chat
	Member  Member
	Role    Role
	Limits  Limits           // of the chat's platform
	Local   phrase.Localizer // of what this person is told
	Options Values           // of a command, checked
	Args    Payload          // of a button or form

	Change *Change
	Saved  bool // the handler has written Change itself

	host Host
	base Change // what the request changes before any handler runs
}

// NewRequest returns a request whose handler has not run yet. base is what it changes in any case.
func NewRequest(h Host, r Request, base Change) *Request {
	r.host, r.base = h, base
	r.Reset()
	return &r
}

// Reset drops what the handler wanted to change; the input stays claimed.
func (r *Request) Reset() {
	c := r.base
	r.Change = &c
}

// Arg is the i-th number that the button or form carries; 0 if there is none.
func (r *Request) Arg(i int) uint64 { return r.Args.Arg(i) }

// Index is the i-th number as an index: what is out of any range becomes a large one.
func (r *Request) Index(i int) int { return int(min(r.Arg(i), 1<<31-1)) }

// Say returns a phrase in the person's language.
func (r *Request) Say(id phrase.ID, args ...phrase.Arg) string { return r.Local.Say(id, args...) }

// Reply returns a reply of one sentence in the person's language.
func (r *Request) Reply(id phrase.ID, args ...phrase.Arg) Reply {
	return Say(r.Local.Lang, r.Say(id, args...))
}

// Post returns an empty post of a kind in the person's language.
func (r *Request) Post(k PostKind, title phrase.ID, args ...phrase.Arg) Post {
	p := Post{Kind: k, Lang: r.Local.Lang}
	if title != "" {
		p.Title = r.Say(title, args...)
	}
	return p
}

// SignForChat returns a signed action for everybody in the chat.
func (r *Request) SignForChat(action string, args ...uint64) string {
	return r.host.Sign(r.Chat.Audience(), Payload{action, args})
}

// Sign returns a signed action for this member alone.
func (r *Request) Sign(action string, args ...uint64) string {
	return r.host.Sign(r.Member.Audience(), Payload{action, args})
}

// Audit notes what somebody with power did.
func (r *Request) Audit(space SpaceID, action, detail string) {
	r.Change.Audit = append(r.Change.Audit, Audit{Space: space, Member: r.Member.ID, Action: action, Detail: detail, At: r.Now})
}

// Actor is the person as somebody who may change packs.
func (r *Request) Actor() Actor { return Actor{Member: r.Member.ID, Space: r.Space.ID, Role: r.Role} }

// PublicLocal speaks to the whole chat: in the space's language, and in a private chat in the
// member's.
func (r *Request) PublicLocal() phrase.Localizer {
	if c, ok := language.Parse(r.Space.Settings.Lang); ok && r.Space.Settings.Lang != "" && !r.Input.Place.Private {
		return phrase.Localizer{Lang: c, Style: StyleOf(Member{}, r.Space)}
	}
	return r.Local
}

// Zone is the time zone of the member: their own, else the space's, else their client's, else UTC.
func (r *Request) Zone() *time.Location {
	return zoneOf(r.Member.Zone, r.Space.Settings.Zone, r.Input.From.Zone)
}

// Actor is who changes packs: a member with a role in a space. Member 0 is the operator at the
// machine.
type Actor struct {
	Member MemberID
	Space  SpaceID
	Role   Role
}

// Operator is the actor at the machine.
var Operator = Actor{Role: PackOwner}

// Folder is the operator by way of a file in PACK_DIR. No member has its number.
var Folder = Actor{Member: -1, Role: PackOwner}

// Notice is an error that a person can do something about: it is said to them as a phrase.
type Notice struct {
	ID   phrase.ID
	Args []phrase.Arg
	Err  error // for operators; nil if it is no more than what the phrase says
}

func (n *Notice) Error() string {
	if n.Err == nil {
		return "notice " + string(n.ID)
	}
	return fmt.Sprintf("notice %s: %v", n.ID, n.Err)
}

func (n *Notice) Unwrap() error { return n.Err }

// Refuse returns a Notice.
func Refuse(id phrase.ID, args ...phrase.Arg) *Notice { return &Notice{ID: id, Args: args} }

// IsNone reports whether a store has no such row.
func IsNone(err error) bool { return errors.Is(err, ErrNone) }
