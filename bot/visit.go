package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
)

// visit is one input being handled: who came, where, and what it changes. What is put into
// change is written with the claim of the input, all at once, before the reply is given.
type visit struct {
	h      *Hall
	in     Input
	now    time.Time
	space  Space
	chat   Chat
	member Member
	role   Role         // AnyMember, ChatAdmin or PackOwner
	voice  phrase.Voice // of what this person is told
	opts   values

	back   bool // the space was taken for gone, and somebody speaks in it
	admin  bool // that the person administers the space is news
	change *Change
	saved  bool // it is durable, and what follows from it was done
}

// enter finds out who came and where.
func (h *Hall) enter(ctx context.Context, in Input) (*visit, error) {
	in.From.Name = CleanName(in.From.Name)
	in.Place.Title = CleanName(in.Place.Title)
	now := h.now()
	space, chat, member, err := h.people.enter(ctx, in.Place, in.From, now)
	if err != nil {
		return nil, err
	}
	v := &visit{h: h, in: in, now: now, space: space, chat: chat, member: member}
	v.voice = phrase.Voice{Lang: tongue(member, space, in.From.Locale), Style: style(member, space)}
	switch {
	case h.owner(in.Place, in.From, member):
		v.role = PackOwner
	case in.From.Admin || in.Place.Private:
		v.role = ChatAdmin
	}
	v.admin = in.From.Admin && !in.Place.Private && !h.people.noted(Admin{member.ID, space.ID})
	if v.back = !space.Gone.IsZero() && in.Event == nil; v.back {
		v.space.Gone = time.Time{}
	}
	v.forget()
	return v, nil
}

// forget drops what the visit wanted to change; the input stays claimed, and what its coming
// says stays noted.
func (v *visit) forget() {
	v.change = &Change{Input: v.in.ID, At: v.now}
	if v.admin {
		v.change.Admin = &Admin{v.member.ID, v.space.ID}
	}
	if v.back {
		v.stay()
	}
}

// do finds what the input asks for and does it.
func (v *visit) do(ctx context.Context) (Reply, error) {
	switch in := &v.in; {
	case in.Command != nil:
		return v.command(ctx, in.Command)
	case in.Press != nil:
		return v.act(ctx, in.Press.Action, nil)
	case in.Filled != nil:
		return v.act(ctx, in.Filled.Action, in.Filled.Values)
	case in.Typed != nil:
		return v.typed(ctx, in.Typed.Text)
	case in.Vote != nil:
		return v.vote(ctx, in.Vote)
	case in.Upload != nil:
		return v.upload(ctx, in.Upload)
	case in.Link != nil:
		return v.linked(ctx, in.Link.To)
	case in.Remark != nil:
		return v.say(in.Remark.ID, in.Remark.Args...), nil
	case in.Event != nil:
		return Reply{}, v.happened(ctx, in.Event)
	}
	return Reply{}, nil
}

// command checks a command against the table and runs it.
func (v *visit) command(ctx context.Context, c *Command) (Reply, error) {
	spec := specOf(v.h.commands, c.Name)
	if spec == nil {
		return Reply{}, notice(phrase.UnknownCommand, phrase.Name("command", "/"+language.Cut(CleanName(c.Name), 40)))
	}
	if v.role < spec.Who {
		return Reply{}, notice(phrase.AdminsOnly)
	}
	opts, err := spec.check(c, v.voice)
	if err != nil {
		return Reply{}, err
	}
	v.opts = opts
	return spec.run(v, ctx)
}

func specOf(table []*CommandSpec, name string) *CommandSpec {
	for _, c := range table {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// check returns the options of a command, or a Notice that names the first one that is wrong
// and what it takes.
func (c *CommandSpec) check(got *Command, voice phrase.Voice) (values, error) {
	out := values{}
	for name := range got.Options {
		if c.option(name) == nil {
			return nil, notice(phrase.UnknownOption, phrase.Name("option", language.Cut(CleanName(name), 40)), phrase.Name("command", "/"+c.Name))
		}
	}
	for i := range c.Options {
		o := &c.Options[i]
		value := strings.TrimSpace(got.Options[o.Name])
		if value == "" && o.Type != FileOption {
			if o.Required {
				return nil, notice(phrase.OptionMissing, phrase.Name("option", o.Name), phrase.Name("command", "/"+c.Name))
			}
			continue
		}
		if err := o.check(value, got.File, voice); err != nil {
			return nil, err
		}
		out[o.Name] = value
	}
	return out, nil
}

func (c *CommandSpec) option(name string) *OptionSpec {
	for i := range c.Options {
		if c.Options[i].Name == name {
			return &c.Options[i]
		}
	}
	return nil
}

func (o *OptionSpec) check(value string, file *File, voice phrase.Voice) error {
	switch o.Type {
	case IntOption:
		if n, err := strconv.Atoi(value); err != nil || n < o.Min || n > o.Max {
			return notice(phrase.OutOfRange, phrase.Name("option", o.Name), phrase.Count("min", o.Min), phrase.Count("max", o.Max))
		}
	case ChoiceOption:
		if slices.Contains(o.Choices, value) {
			return nil
		}
		return notice(phrase.NotAChoice, phrase.Name("option", o.Name), phrase.List("choices", o.Choices...))
	case FileOption:
		if o.Required && file == nil {
			return notice(phrase.FileMissing)
		}
	default:
		if language.Length(value) > o.Max {
			return notice(phrase.TextTooLong, phrase.Name("option", o.Name), phrase.Count("max", o.Max))
		}
	}
	return nil
}

// verb is what a signed action does, and for whom it was signed.
type verb struct {
	of  bond
	run func(ctx context.Context, v *visit, a Action, form map[string]string) (Reply, error)
}

// bond is for whom an action was signed.
type bond uint8

// The bonds.
const (
	ofChat   bond = iota // for everybody in a chat
	ofMember             // for one member
	ofNobody             // for whoever comes first
)

// act does what a button or a form says.
func (v *visit) act(ctx context.Context, token string, form map[string]string) (Reply, error) {
	of := ofChat
	a, err := v.h.signer.Open(v.chat.bound(), token)
	if err != nil {
		of = ofMember
		a, err = v.h.signer.Open(v.member.bound(), token)
	}
	if err != nil {
		of = ofNobody
		a, err = v.h.signer.Open(ownership, token)
	}
	do, known := v.h.verbs[a.Verb]
	if err != nil || !known || do.of != of {
		return Reply{}, &Notice{ID: phrase.ButtonOver, Err: ErrAction}
	}
	return do.run(ctx, v, a, form)
}

// bound is what actions for everybody in the chat are signed with.
func (c Chat) bound() string { return "c" + strconv.FormatInt(int64(c.ID), 36) }

// bound is what actions for one member are signed with.
func (m Member) bound() string { return "m" + strconv.FormatInt(int64(m.ID), 36) }

// sign returns an action for everybody in the chat.
func (v *visit) sign(verb string, args ...uint64) string {
	return v.h.signer.Sign(v.chat.bound(), Action{verb, args})
}

// signOwn returns an action for this member alone.
func (v *visit) signOwn(verb string, args ...uint64) string {
	return v.h.signer.Sign(v.member.bound(), Action{verb, args})
}

// save writes the change, unless that is done, and waits until it is durable.
func (v *visit) save(ctx context.Context) error {
	if v.saved {
		return nil
	}
	if err := v.h.write(ctx, v.change); err != nil {
		return err
	}
	v.saved = true
	return nil
}

// landed does what follows from a change that is durable now: posts go out, alarms are set,
// and what is remembered of people is renewed.
func (h *Hall) landed(c *Change) {
	h.people.learn(c)
	h.shelf.learn(c)
	h.stats.learn(c)
	for i := range c.Sends {
		h.kick(c.Sends[i].Chat)
	}
	for i := range c.Due {
		h.agenda.poke(c.Due[i].At)
	}
}

// none reports whether a store has no such row.
func none(err error) bool { return errors.Is(err, ErrNone) }

// line is one plain line of text.
func line(text string) Line { return Line{Text: text} }

// say is a reply of one sentence in the person's language.
func (v *visit) say(id phrase.ID, args ...phrase.Arg) Reply {
	return Say(v.voice.Lang, v.voice.Say(id, args...))
}

// audit notes what somebody with power did.
func (v *visit) audit(space SpaceID, action, detail string) {
	v.change.Audit = append(v.change.Audit, Audit{Space: space, Member: v.member.ID, Action: action, Detail: detail, At: v.now})
}
