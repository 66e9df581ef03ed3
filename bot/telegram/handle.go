package telegram

import (
	"cmp"
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

// The age from which nobody waits for the answer to a message, and how long the service may take.
const (
	staleAfter = 10 * time.Minute
	workTime   = 60 * time.Second
)

// handler turns updates into inputs of the service.
type handler struct {
	*answerer
	admins *adminCache
}

// handle handles an update. After an error nothing was changed and the update is tried again, unless last is
// true.
func (h *handler) handle(ctx context.Context, u *update, last bool) error {
	ctx, cancel := context.WithTimeout(ctx, workTime)
	defer cancel()
	switch {
	case u.Message != nil:
		return h.handleMessage(ctx, u, last)
	case u.Edited != nil:
		return h.handleEdit(ctx, u, last)
	case u.Press != nil:
		return h.handlePress(ctx, u, last)
	case u.Vote != nil:
		return h.handleVote(ctx, u)
	case u.Member != nil:
		return h.handleMembership(ctx, u)
	}
	h.counts.ignored.Add(1)
	return nil
}

func inputID(update int64) bot.InputID {
	return bot.InputID(platform + ":" + decimal(update))
}

// ignore counts an update that concerns nobody here.
func (c *core) ignore() error {
	c.counts.ignored.Add(1)
	return nil
}

// author is the author of a message.
type author struct {
	bot.Person
	chat      int64 // private chat; 0: none
	anonymous bool  // an admin who writes in the name of the group
	channel   bool  // a channel
}

// authorOf returns the author of a message, and false if the author cannot play. An anonymous admin counts as
// the group itself: Telegram uses one account for all anonymous admins.
func authorOf(m *message) (author, bool) {
	switch {
	case m.Forwarded:
		return author{}, false
	case m.As != nil && m.As.ID == m.Chat.ID:
		return author{Person: bot.Person{User: decimal(m.Chat.ID), Name: m.Chat.Title, Admin: true}, anonymous: true}, true
	case m.As != nil:
		return author{Person: bot.Person{User: decimal(m.As.ID), Name: m.As.Title}, channel: true}, true
	case m.From == nil || m.From.Bot:
		return author{}, false
	}
	return author{Person: m.From.person(), chat: m.From.ID}, true
}

// handleMessage handles a message.
func (h *handler) handleMessage(ctx context.Context, u *update, last bool) error {
	m := u.Message
	in := bot.Input{ID: inputID(u.ID), Place: m.place(), At: h.now().UTC()}
	if m.MigrateTo != 0 || m.MigrateFrom != 0 {
		return h.handleMigration(ctx, in, m)
	}
	who, ok := authorOf(m)
	if !ok || !slices.Contains([]string{private, group, supergroup}, m.Chat.Type) {
		return h.ignore()
	}
	in.From = who.Person
	cmd, isCommand := parseCommandText(cmp.Or(m.Text, m.Caption))
	old := in.At.Sub(m.sent()) > staleAfter
	var err error
	switch {
	case isCommand && !h.isForUs(cmd, m.Chat.Type == private): // it stays empty
	case isCommand && who.channel:
		in.Remark = &bot.Remark{ID: phrase.AsYourself}
	case isCommand && old:
		in.Remark = &bot.Remark{ID: phrase.WasAway}
	case isCommand:
		h.setAdmin(ctx, &in, m.Chat.ID, who)
		err = h.readCommand(ctx, &in, m, cmd)
	case m.Chat.Type == private:
		err = h.readPrivate(ctx, &in, m, old)
	case m.ReplyTo != nil && m.Text != "" && !old && !who.channel:
		if err := h.readReply(ctx, &in, m); err != nil {
			return err
		}
	}
	if err != nil && !last {
		return err
	}
	if err != nil {
		in.Command, in.Upload, in.Remark = nil, nil, &bot.Remark{ID: phrase.TryAgain}
	}
	if isEmpty(&in) {
		return h.ignore()
	}
	q := &recipient{place: in.Place, source: m.place(), privateChat: who.chat, anonymous: who.anonymous, message: m.ID}
	return h.submit(ctx, in, q, last)
}

// handleEdit handles a changed message: where it is an answer it is the next try. Commands and files
// were handled when they were sent.
func (h *handler) handleEdit(ctx context.Context, u *update, last bool) error {
	m := u.Edited
	in := bot.Input{ID: inputID(u.ID), Place: m.place(), At: h.now().UTC()}
	who, ok := authorOf(m)
	_, isCommand := parseCommandText(m.Text)
	if !ok || who.channel || isCommand || m.Text == "" || in.At.Sub(m.sent()) > staleAfter {
		return h.ignore()
	}
	in.From = who.Person
	var err error
	switch {
	case m.Chat.Type == private:
		err = h.readPrivate(ctx, &in, m, false)
	case (m.Chat.Type == group || m.Chat.Type == supergroup) && m.ReplyTo != nil:
		err = h.readReply(ctx, &in, m)
	}
	if err != nil {
		return err
	}
	if in.Text == nil {
		return h.ignore()
	}
	in.Text.Edited = true
	return h.submit(ctx, in, &recipient{place: in.Place, source: m.place(), privateChat: who.chat, anonymous: who.anonymous, message: m.ID}, last)
}

// isEmpty reports whether a message had nothing for the service.
func isEmpty(in *bot.Input) bool {
	return in.Command == nil && in.Text == nil && in.Upload == nil && in.Link == nil && in.Remark == nil
}

// handleMigration handles the message that says that a group became a supergroup, in the old chat or in the
// new one.
func (h *handler) handleMigration(ctx context.Context, in bot.Input, m *message) error {
	if m.MigrateTo != 0 {
		in.Event = &bot.Event{Kind: bot.Migrated, To: (&chat{ID: m.MigrateTo, Type: supergroup, Title: m.Chat.Title}).place()}
	} else {
		in.Event = &bot.Event{Kind: bot.Migrated, To: in.Place}
		in.Place = (&chat{ID: m.MigrateFrom, Type: group, Title: m.Chat.Title}).place()
	}
	_, err := h.service.Handle(ctx, in)
	return err
}

// submit passes an input to the service and sends the reply.
func (h *handler) submit(ctx context.Context, in bot.Input, q *recipient, last bool) error {
	r, err := h.service.Handle(ctx, in)
	if err != nil && !last {
		return err
	}
	if r.Gone {
		h.privateGames.forget(in.From.User)
	}
	if err := h.replies.Add(h.work, q.queueKey(), func() { h.reply(q, r) }); err != nil {
		return nil // the process ends; the input was handled
	}
	return err
}

// isForUs reports whether a command is for this bot: in a group, other bots may have the same command.
func (h *handler) isForUs(c commandText, alone bool) bool {
	if c.to != "" {
		return strings.EqualFold(c.to, h.self.Load().Username)
	}
	if alone {
		return true
	}
	name, _, _ := strings.Cut(c.word, " ")
	return slices.ContainsFunc(h.service.Commands(), func(s *bot.Command) bool {
		first, _, _ := strings.Cut(s.Name, " ")
		return first == name
	})
}

// setAdmin sets whether a person administers the group. A person of whom that is unknown does not.
func (h *handler) setAdmin(ctx context.Context, in *bot.Input, group int64, who author) {
	if group > 0 || who.chat == 0 {
		return
	}
	admin, err := h.admins.is(ctx, group, who.chat, in.Press == nil)
	if err != nil && !isClosed(err) {
		h.log.Warn("the admins of a group are not known", "err", err)
	}
	in.From.Admin = admin
}

// How long a vote waits until its poll is known, and how often it checks. Telegram may report a vote before
// it has answered the request that made the poll.
const (
	pollKnown = 10 * time.Second
	pollLook  = 200 * time.Millisecond
)

// handleVote handles a vote in a poll.
func (h *handler) handleVote(ctx context.Context, u *update) error {
	v := u.Vote
	if v.User == nil || v.User.Bot || len(v.Options) == 0 || v.Poll == "" {
		return h.ignore() // of a channel, or a retracted one, which quizzes do not allow
	}
	slot, at, err := h.store.PostOf(ctx, platform, "p"+v.Poll+".")
	for waited := time.Duration(0); errors.Is(err, bot.ErrNone) && waited < pollKnown; waited += pollLook {
		if adapter.Sleep(ctx, pollLook) != nil {
			return ctx.Err()
		}
		slot, at, err = h.store.PostOf(ctx, platform, "p"+v.Poll+".")
	}
	if errors.Is(err, bot.ErrNone) {
		return h.ignore() // not ours, or one whose sending is in doubt, which does not count
	}
	if err != nil {
		return fmt.Errorf("find the poll of a vote: %w", err)
	}
	where := bot.Place{Platform: platform, Space: at.Address.Space, Chat: at.Address.Chat, Private: at.Address.Private}
	in := bot.Input{ID: inputID(u.ID), Place: where, From: v.User.person(), At: h.now().UTC(), Vote: &bot.Vote{Slot: slot, Options: v.Options}}
	_, err = h.service.Handle(ctx, in)
	return err
}

// handleMembership handles a change of the bot's own membership in a chat.
func (h *handler) handleMembership(ctx context.Context, u *update) error {
	c := u.Member
	in := bot.Input{ID: inputID(u.ID), Place: c.Chat.place(), At: h.now().UTC()}
	h.admins.forget(c.Chat.ID)
	switch {
	case !slices.Contains([]string{private, group, supergroup}, c.Chat.Type):
		return h.ignore()
	case c.New.Status == "left" || c.New.Status == "kicked" || c.New.Status == "restricted" && !c.New.Inside:
		in.Event = &bot.Event{Kind: bot.Removed}
	case c.New.Status == "restricted" && c.New.MayPost != nil && !*c.New.MayPost:
		in.Event = &bot.Event{Kind: bot.Barred}
	default:
		in.Event = &bot.Event{Kind: bot.Joined}
	}
	_, err := h.service.Handle(ctx, in)
	return err
}
