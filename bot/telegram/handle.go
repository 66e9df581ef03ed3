package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/bot/phrase"
)

// How old a message may be whose sender still waits for an answer, and how long the service may
// take.
const (
	stale    = 10 * time.Minute
	workTime = 60 * time.Second
)

// handle does what an update asks for. With an error nothing was changed and it is tried again;
// last says that it is not.
func (a *Adapter) handle(ctx context.Context, u *update, last bool) error {
	ctx, cancel := context.WithTimeout(ctx, workTime)
	defer cancel()
	switch {
	case u.Message != nil:
		return a.heard(ctx, u, last)
	case u.Press != nil:
		return a.pressed(ctx, u, last)
	case u.Vote != nil:
		return a.voted(ctx, u)
	case u.Member != nil:
		return a.changed(ctx, u)
	}
	a.counts.ignored.Add(1)
	return nil
}

func inputID(update int64) bot.InputID {
	return bot.InputID(platform + ":" + decimal(update))
}

// ignore counts an update that concerns nobody here.
func (a *Adapter) ignore() error {
	a.counts.ignored.Add(1)
	return nil
}

// speaker is who wrote a message.
type speaker struct {
	bot.Person
	chat      int64 // their private chat; 0: they have none
	anonymous bool  // an admin who writes in the name of the group
	channel   bool  // a channel
}

// speakerOf returns who wrote a message, and false if it is nobody who can play. An anonymous
// admin is the group itself: Telegram uses one account for all of them everywhere.
func speakerOf(m *message) (speaker, bool) {
	switch {
	case m.Forwarded:
		return speaker{}, false
	case m.As != nil && m.As.ID == m.Chat.ID:
		return speaker{Person: bot.Person{User: decimal(m.Chat.ID), Name: m.Chat.Title, Admin: true}, anonymous: true}, true
	case m.As != nil:
		return speaker{Person: bot.Person{User: decimal(m.As.ID), Name: m.As.Title}, channel: true}, true
	case m.From == nil || m.From.Bot:
		return speaker{}, false
	}
	return speaker{Person: m.From.person(), chat: m.From.ID}, true
}

// heard is a message.
func (a *Adapter) heard(ctx context.Context, u *update, last bool) error {
	m := u.Message
	in := bot.Input{ID: inputID(u.ID), Place: m.place(), At: a.now().UTC()}
	switch {
	case m.MigrateTo != 0:
		in.Event = &bot.Event{Kind: bot.Migrated, To: (&chat{ID: m.MigrateTo, Type: supergroup, Title: m.Chat.Title}).place()}
	case m.MigrateFrom != 0:
		in.Event = &bot.Event{Kind: bot.Migrated, To: in.Place}
		in.Place = (&chat{ID: m.MigrateFrom, Type: group, Title: m.Chat.Title}).place()
	}
	if in.Event != nil {
		_, err := a.hall.Handle(ctx, in)
		return err
	}
	who, ok := speakerOf(m)
	if !ok || !slices.Contains([]string{private, group, supergroup}, m.Chat.Type) {
		return a.ignore()
	}
	in.From = who.Person
	text := m.Text
	if text == "" {
		text = m.Caption
	}
	cmd, isCommand := readOrder(text)
	if isCommand && !a.forUs(cmd, m.Chat.Type == private) {
		return a.ignore()
	}
	old := in.At.Sub(m.sent()) > stale
	switch {
	case isCommand && who.channel:
		in.Remark = &bot.Remark{ID: phrase.AsYourself}
	case isCommand && old:
		in.Remark = &bot.Remark{ID: phrase.WasAway}
	case isCommand:
		a.rank(ctx, &in, m.Chat.ID, who)
		if err := a.command(ctx, &in, m, cmd); err != nil && !last {
			return err
		} else if err != nil {
			in.Command, in.Remark = nil, &bot.Remark{ID: phrase.TryAgain}
		}
	case m.Chat.Type == private:
		if err := a.privately(ctx, &in, m, old); err != nil && !last {
			return err
		} else if err != nil {
			in.Upload, in.Remark = nil, &bot.Remark{ID: phrase.TryAgain}
		}
	case m.ReplyTo != nil && m.Text != "" && !old && !who.channel:
		if err := a.replied(ctx, &in, m); err != nil {
			return err
		}
	}
	if in.Command == nil && in.Typed == nil && in.Upload == nil && in.Link == nil && in.Remark == nil {
		return a.ignore()
	}
	q := &asker{place: in.Place, home: m.place(), chat: who.chat, anonymous: who.anonymous, message: m.ID}
	return a.handIn(ctx, in, q, last)
}

// handIn has the service handle an input and tells its person what it says.
func (a *Adapter) handIn(ctx context.Context, in bot.Input, q *asker, last bool) error {
	r, err := a.hall.Handle(ctx, in)
	if err != nil && !last {
		return err
	}
	if r.Gone {
		a.alone.leave(in.From.User)
	}
	if err := a.replies.Add(a.work, q.lane(), func() { a.reply(q, r) }); err != nil {
		return nil // the process ends, and what was done is done
	}
	return err
}

// forUs reports whether a command means this bot: in a group others may have the same.
func (a *Adapter) forUs(c order, alone bool) bool {
	if c.to != "" {
		return strings.EqualFold(c.to, a.me.Load().Username)
	}
	if alone {
		return true
	}
	name, _, _ := strings.Cut(c.word, " ")
	return slices.ContainsFunc(bot.Commands(), func(s *bot.CommandSpec) bool {
		first, _, _ := strings.Cut(s.Name, " ")
		return first == name
	})
}

// rank notes whether a person administers the group. Whoever is not known to, is not.
func (a *Adapter) rank(ctx context.Context, in *bot.Input, group int64, who speaker) {
	if group > 0 || who.chat == 0 {
		return
	}
	admin, err := a.admins.is(ctx, group, who.chat, in.Press == nil)
	if err != nil && !closed(err) {
		a.log.Warn("it is not known who administers a group", "err", err)
	}
	in.From.Admin = admin
}

// command is a message that begins with a slash.
func (a *Adapter) command(ctx context.Context, in *bot.Input, m *message, c order) error {
	if c.word == "start" {
		to, _, _ := strings.Cut(c.rest, " ")
		in.Link = &bot.Link{To: to}
		return nil
	}
	cmd, ok := bot.ParseLine(c.line)
	if !ok {
		return nil
	}
	in.Command = &cmd
	file := m.Document
	if file == nil && m.ReplyTo != nil {
		file = m.ReplyTo.Document
	}
	if file == nil || !takesFile(cmd.Name) {
		return nil
	}
	f, remark, err := a.fetch(ctx, file)
	if remark != nil {
		in.Command, in.Remark = nil, remark
		return nil
	}
	in.Command.File = f
	return err
}

func takesFile(command string) bool {
	for _, s := range bot.Commands() {
		if s.Name == command {
			return slices.ContainsFunc(s.Options, func(o bot.OptionSpec) bool { return o.Type == bot.FileOption })
		}
	}
	return false
}

// privately is what somebody sends in their own chat without a command: an answer, or a pack.
func (a *Adapter) privately(ctx context.Context, in *bot.Input, m *message, old bool) error {
	switch {
	case m.Text == "" && m.Document == nil && !m.any() && m.Poll == nil:
		return nil // something that Telegram wrote itself
	case old:
		in.Remark = &bot.Remark{ID: phrase.WasAway}
	case m.Document != nil:
		f, remark, err := a.fetch(ctx, m.Document)
		if err != nil || remark != nil {
			in.Remark = remark
			return err
		}
		places, err := a.governed(ctx, in)
		if err != nil {
			return err
		}
		in.Upload = &bot.Upload{File: *f, Places: places}
	case m.Text == "":
		in.Remark = &bot.Remark{ID: phrase.NoWords}
	default:
		in.Typed = &bot.Typed{Text: m.Text}
		if at, ok := a.alone.of(in.From.User); ok {
			in.Place, in.Typed.To = (&origin{at: at.home}).place(), at.slot
		}
	}
	return nil
}

// mostGoverned is how many groups somebody is offered for a pack.
const mostGoverned = 20

// governed are the groups that a person administers now, of those in which they did so before.
func (a *Adapter) governed(ctx context.Context, in *bot.Input) ([]bot.Place, error) {
	who := in.From
	who.Name = bot.CleanName(who.Name)
	_, _, member, err := a.memory.Enter(ctx, in.Place, who, in.At)
	if err != nil {
		return nil, fmt.Errorf("who sent a file: %w", err)
	}
	spaces, err := a.memory.Administers(ctx, member.ID)
	if err != nil {
		return nil, fmt.Errorf("what the sender of a file administers: %w", err)
	}
	var out []bot.Place
	for _, s := range spaces {
		if s.Platform != platform || len(out) == mostGoverned {
			continue
		}
		group := number(s.Key)
		a.admins.forget(group) // now, and not a minute ago
		admin, err := a.admins.is(ctx, group, number(who.User), true)
		if err != nil && !closed(err) {
			return nil, err
		}
		if admin {
			out = append(out, bot.Place{Platform: platform, Space: s.Key, Chat: s.Key, Title: s.Title})
		}
	}
	return out, nil
}

// replied is a text in answer to a message of ours in a group.
func (a *Adapter) replied(ctx context.Context, in *bot.Input, m *message) error {
	to := m.ReplyTo
	if to.From == nil || to.From.ID != a.me.Load().ID {
		return nil
	}
	ref := bot.Ref(decimal(to.ID))
	if to.Poll != nil {
		ref = pollRef(to.Poll.ID, to.ID)
	}
	_, c, _, err := a.memory.Enter(ctx, in.Place, bot.Person{}, in.At)
	if err != nil {
		return fmt.Errorf("what was replied to: %w", err)
	}
	slot, err := a.memory.SlotOf(ctx, c.ID, ref)
	if errors.Is(err, bot.ErrNone) {
		return nil // it was no post of a game
	}
	if err != nil {
		return fmt.Errorf("what was replied to: %w", err)
	}
	in.Typed = &bot.Typed{Text: m.Text, To: slot}
	return nil
}

// How long a vote waits for its poll to be known, and how often it looks. Telegram may tell of a
// vote before it has answered the request that made the poll.
const (
	pollKnown = 10 * time.Second
	pollLook  = 200 * time.Millisecond
)

// voted is a vote in a poll.
func (a *Adapter) voted(ctx context.Context, u *update) error {
	v := u.Vote
	if v.User == nil || v.User.Bot || len(v.Options) == 0 || v.Poll == "" {
		return a.ignore() // a channel's, or taken back, which quizzes do not allow
	}
	slot, at, err := a.memory.PostOf(ctx, platform, "p"+v.Poll+".")
	for waited := time.Duration(0); errors.Is(err, bot.ErrNone) && waited < pollKnown; waited += pollLook {
		if adapter.Sleep(ctx, pollLook) != nil {
			return ctx.Err()
		}
		slot, at, err = a.memory.PostOf(ctx, platform, "p"+v.Poll+".")
	}
	if errors.Is(err, bot.ErrNone) {
		return a.ignore() // none of ours, or one in doubt, which does not count
	}
	if err != nil {
		return fmt.Errorf("the poll of a vote: %w", err)
	}
	where := bot.Place{Platform: platform, Space: at.Address.Space, Chat: at.Address.Chat, Private: at.Address.Private}
	_, err = a.hall.Handle(ctx, bot.Input{ID: inputID(u.ID), Place: where, From: v.User.person(), At: a.now().UTC(), Vote: &bot.Vote{Slot: slot, Options: v.Options}})
	return err
}

// changed is what became of our own place in a chat.
func (a *Adapter) changed(ctx context.Context, u *update) error {
	c := u.Member
	in := bot.Input{ID: inputID(u.ID), Place: c.Chat.place(), At: a.now().UTC()}
	a.admins.forget(c.Chat.ID)
	switch {
	case !slices.Contains([]string{private, group, supergroup}, c.Chat.Type):
		return a.ignore()
	case c.New.Status == "left" || c.New.Status == "kicked" || c.New.Status == "restricted" && !c.New.Inside:
		in.Event = &bot.Event{Kind: bot.Removed}
	case c.New.Status == "restricted" && c.New.MayPost != nil && !*c.New.MayPost:
		in.Event = &bot.Event{Kind: bot.Barred}
	default:
		in.Event = &bot.Event{Kind: bot.Joined}
	}
	_, err := a.hall.Handle(ctx, in)
	return err
}
