package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// route hands a request to the feature that it is for.
func (s *Service) route(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	switch in := &r.Input; {
	case in.Command != nil:
		return s.command(ctx, r, in.Command)
	case in.Press != nil:
		return s.act(ctx, r, in.Press.Action)
	case in.Form != nil:
		return s.act(ctx, r, in.Form.Action)
	case in.Text != nil:
		return s.text(ctx, r, in.Text)
	case in.Vote != nil:
		if f, ok := s.registry.kinds[in.Vote.Slot.Kind].(bot.VoteReader); ok {
			return f.ReadVote(ctx, r)
		}
	case in.Upload != nil:
		if s.registry.upload != nil {
			return s.registry.upload.ReadUpload(ctx, r)
		}
	case in.Link != nil:
		if s.registry.link != nil {
			return s.registry.link.FollowLink(ctx, r)
		}
	case in.Remark != nil:
		return r.Reply(in.Remark.ID, in.Remark.Args...), nil
	case in.Event != nil:
		return bot.Reply{}, s.event(ctx, r, in.Event)
	}
	return bot.Reply{}, nil
}

// command checks a command against the registered ones and runs it.
func (s *Service) command(ctx context.Context, r *bot.Request, call *bot.CommandCall) (bot.Reply, error) {
	c := s.registry.commands.Find(strings.ToLower(bot.PlainText(call.Name)))
	if c == nil {
		return bot.Reply{}, bot.Refuse(phrase.UnknownCommand, phrase.Name("command", "/"+bot.CleanText(call.Name, 40)))
	}
	if r.Role < c.Who {
		return bot.Reply{}, bot.Refuse(phrase.AdminsOnly)
	}
	var err error
	if r.Options, err = c.Check(call); err != nil {
		return bot.Reply{}, err
	}
	reply, err := c.Run(ctx, r)
	var n *bot.Notice
	if c.Answer && errors.As(err, &n) && n.ID == phrase.NoGame {
		r.Input.Text = &bot.Text{Text: r.Options["text"]}
		return s.text(ctx, r, r.Input.Text)
	}
	return reply, err
}

// act does what a button or a form says.
func (s *Service) act(ctx context.Context, r *bot.Request, token string) (bot.Reply, error) {
	audience := bot.ForChat
	p, err := s.signer.Open(r.Chat.Audience(), token)
	if err != nil {
		audience = bot.ForMember
		p, err = s.signer.Open(r.Member.Audience(), token)
	}
	if err != nil {
		audience = bot.ForAnybody
		p, err = s.signer.Open(bot.Anybody, token)
	}
	a, known := s.registry.actions[p.Action]
	if err != nil || !known || a.For != audience {
		return bot.Reply{}, &bot.Notice{ID: phrase.ButtonOver, Err: bot.ErrPayload}
	}
	r.Args = p
	return a.Run(ctx, r)
}

// text finds the feature that a typed text is an answer for: the one whose post it replies to,
// else the first that has something open here.
func (s *Service) text(ctx context.Context, r *bot.Request, in *bot.Text) (bot.Reply, error) {
	if !in.To.IsZero() {
		if f, ok := s.registry.kinds[in.To.Kind].(bot.TextReader); ok {
			reply, _, err := f.ReadText(ctx, r)
			return reply, err
		}
		return bot.Reply{}, nil // they talk about a board, or to each other
	}
	for _, f := range s.registry.texts {
		if reply, handled, err := f.ReadText(ctx, r); handled || err != nil {
			return reply, err
		}
	}
	if in.Edited {
		return bot.Reply{}, nil // it answers nothing, and did not when it was sent
	}
	return bot.Reply{}, bot.Refuse(phrase.NoGame)
}

// due does work whose time has come.
func (s *Service) due(ctx context.Context, d bot.Due) error {
	if d.Key.Kind == spaceKind {
		return s.purge(ctx, bot.SpaceID(d.Key.ID), d.Key)
	}
	f := s.registry.kinds[d.Key.Kind]
	if f == nil {
		return fmt.Errorf("due work %s has no feature", d.Key) // only kinds of features are claimed
	}
	if s.shared {
		if err := s.refresh(ctx, s.Now()); err != nil {
			return err
		}
	}
	c, err := f.Due(ctx, d)
	if err != nil || c == nil {
		return err
	}
	return s.write(ctx, c)
}

// ended writes how a post ended, with what follows for the feature that it belongs to.
func (s *Service) ended(ctx context.Context, e bot.DeliveryEnd, c *bot.Change) error {
	if f, ok := s.registry.kinds[e.Send.Slot.Kind].(bot.DeliveryObserver); ok {
		return f.Delivered(ctx, e, c)
	}
	return s.write(ctx, c)
}
