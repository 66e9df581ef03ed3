package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// readCommand reads a message that begins with a slash into an input.
func (h *handler) readCommand(ctx context.Context, in *bot.Input, m *message, c commandText) error {
	if c.word == "start" {
		to, _, _ := strings.Cut(c.rest, " ")
		in.Link = &bot.Link{To: to}
		return nil
	}
	cmd, ok := h.service.Commands().Parse(c.line)
	if !ok {
		return nil
	}
	in.Command = &cmd
	file := m.Document
	if file == nil && m.ReplyTo != nil {
		file = m.ReplyTo.Document
	}
	if file == nil || !takesFile(h.service.Commands().Find(cmd.Name)) {
		return nil
	}
	f, remark, err := h.fetch(ctx, file)
	if remark != nil {
		in.Command, in.Remark = nil, remark
		return nil
	}
	in.Command.File = f
	return err
}

func takesFile(c *bot.Command) bool {
	return c != nil && slices.ContainsFunc(c.Options, func(o bot.OptionSpec) bool { return o.Type == bot.FileOption })
}

// readPrivate reads a private message without a command into an input: an answer, or a pack.
func (h *handler) readPrivate(ctx context.Context, in *bot.Input, m *message, old bool) error {
	switch {
	case m.Text == "" && m.Document == nil && !m.any() && m.Poll == nil:
		return nil // a service message of Telegram
	case old:
		in.Remark = &bot.Remark{ID: phrase.WasAway}
	case m.Document != nil:
		f, remark, err := h.fetch(ctx, m.Document)
		if err != nil || remark != nil {
			in.Remark = remark
			return err
		}
		places, err := h.administered(ctx, in)
		if err != nil {
			return err
		}
		in.Upload = &bot.Upload{File: *f, Places: places}
	case m.Text == "":
		in.Remark = &bot.Remark{ID: phrase.NoWords}
	default:
		in.Text = &bot.Text{Text: m.Text, Sent: m.sent()}
		if at, ok := h.privateGames.openQuestion(in.From.User); ok {
			in.Place, in.Text.To, in.Away = (&origin{at: at.home}).place(), at.slot, true
		}
	}
	return nil
}

// readReply reads a reply to a message of the bot in a group into an input.
func (h *handler) readReply(ctx context.Context, in *bot.Input, m *message) error {
	to := m.ReplyTo
	if to.From == nil || to.From.ID != h.self.Load().ID {
		return nil
	}
	ref := bot.Ref(decimal(to.ID))
	if to.Poll != nil {
		ref = pollRef(to.Poll.ID, to.ID)
	}
	_, c, _, err := h.store.Enter(ctx, in.Place, bot.Person{}, in.At)
	if err != nil {
		return fmt.Errorf("find the post of a reply: %w", err)
	}
	slot, err := h.store.SlotOf(ctx, c.ID, ref)
	if errors.Is(err, bot.ErrNone) {
		return nil // not a post of a game
	}
	if err != nil {
		return fmt.Errorf("find the post of a reply: %w", err)
	}
	in.Text = &bot.Text{Text: m.Text, To: slot, Sent: m.sent()}
	return nil
}

// maxAdministered is how many groups are offered for a pack.
const maxAdministered = 20

// administered returns the groups that a person administers now, of those that they administered before.
func (h *handler) administered(ctx context.Context, in *bot.Input) ([]bot.Place, error) {
	who := in.From
	who.Name = bot.CleanName(who.Name)
	_, _, member, err := h.store.Enter(ctx, in.Place, who, in.At)
	if err != nil {
		return nil, fmt.Errorf("find the sender of a file: %w", err)
	}
	spaces, err := h.store.Administers(ctx, member.ID)
	if err != nil {
		return nil, fmt.Errorf("list the groups that the sender of a file administers: %w", err)
	}
	var out []bot.Place
	for _, s := range spaces {
		if s.Platform != platform || len(out) == maxAdministered {
			continue
		}
		group := number(s.Key)
		h.admins.forget(group) // the cached list may be a minute old
		admin, err := h.admins.is(ctx, group, number(who.User), true)
		if err != nil && !isClosed(err) {
			return nil, err
		}
		if admin {
			out = append(out, bot.Place{Platform: platform, Space: s.Key, Chat: s.Key, Title: s.Title})
		}
	}
	return out, nil
}
