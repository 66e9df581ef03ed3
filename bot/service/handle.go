package service

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
)

// Handle does what an input asks for and returns what its person gets in answer. What the reply
// says is durable. An input that was handled before gives an empty reply. With an error nothing
// was changed and the same input may come again; the reply then holds a calm sentence for the
// person, and the error is for the log.
func (s *Service) Handle(ctx context.Context, in bot.Input) (bot.Reply, error) {
	began := time.Now() // measured, not decided by
	select {
	case <-s.ready:
	case <-ctx.Done():
		return bot.Reply{}, fmt.Errorf("input %s: %w", in.ID, ctx.Err())
	}
	reply, err := s.handle(ctx, in)
	if err != nil {
		err = fmt.Errorf("input %s: %w", in.ID, err)
	}
	s.meter.Handled(in.Place.Platform, in.What(), time.Since(began), err)
	return reply, err
}

func (s *Service) handle(ctx context.Context, in bot.Input) (reply bot.Reply, err error) {
	calm := phrase.In(bot.GuessLanguage(in.From.Locale))
	tryAgain := func() bot.Reply { return bot.Say(calm.Lang, calm.Say(phrase.TryAgain)) }
	defer func() {
		if r := recover(); r != nil { // one person's input must not end the process for all
			reply, err = tryAgain(), fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if e := in.Event; e != nil && e.Kind == bot.Migrated { // before anybody enters by the old address
		if err := s.store.Migrate(ctx, in.Place, e.To); err != nil {
			return bot.Reply{}, fmt.Errorf("migrate: %w", err)
		}
		s.people.clear()
		in.Place = e.To
	}
	r, err := s.enter(ctx, in)
	switch {
	case errors.Is(err, bot.ErrRepeated):
		return bot.Reply{}, nil
	case err != nil:
		return tryAgain(), err
	}
	calm = r.Local
	if r.Change.Space != nil { // somebody speaks where the bot was thought to be gone
		if err := s.openChat(ctx, r.Space.ID); err != nil {
			return tryAgain(), err
		}
	}
	reply, err = s.route(ctx, r)
	var n *bot.Notice
	if errors.As(err, &n) {
		s.logRefusal(in.ID, n)
		if !r.Saved {
			r.Reset()
		}
		reply, err = bot.Say(r.Local.Lang, r.Local.Say(n.ID, n.Args...)), nil
	}
	if err == nil && !r.Saved {
		err = s.write(ctx, r.Change)
	}
	switch {
	case errors.Is(err, bot.ErrRepeated):
		return bot.Reply{}, nil
	case err != nil:
		return tryAgain(), err
	}
	s.nameChat(r, &reply, n != nil)
	if r.Limits.OneWord {
		s.registry.spellReply(&reply)
	}
	return reply, nil
}

// logRefusal says why somebody was refused, without what they said: it is theirs.
func (s *Service) logRefusal(id bot.InputID, n *bot.Notice) {
	if n.Err != nil {
		s.log.Warn("refused", "input", id, "why", n.ID, "err", n.Err)
		return
	}
	s.log.Info("refused", "input", id, "why", n.ID)
}

// enter finds out who came and where.
func (s *Service) enter(ctx context.Context, in bot.Input) (*bot.Request, error) {
	in.From.Name = bot.CleanName(in.From.Name)
	in.Place.Title = bot.CleanName(in.Place.Title)
	now := s.Now()
	if err := s.refresh(ctx, now); err != nil {
		return nil, err
	}
	space, chat, member, err := s.people.enter(ctx, in.ID, in.Place, in.From, now)
	if err != nil {
		return nil, err
	}
	return s.request(in, space, chat, member, now), nil
}

// look finds out who came and where without making anybody or anything anew.
func (s *Service) look(ctx context.Context, p bot.Place, who bot.Person) (*bot.Request, error) {
	in := bot.Input{Place: p, From: who, At: s.Now()}
	in.From.Name = bot.CleanName(in.From.Name)
	in.Place.Title = bot.CleanName(in.Place.Title)
	if err := s.refresh(ctx, in.At); err != nil {
		return nil, err
	}
	space, chat, member, err := s.people.look(ctx, in.Place, in.From)
	if err != nil {
		return nil, err
	}
	return s.request(in, space, chat, member, in.At), nil
}

// request is an input with who came and where, and the change that it begins with.
func (s *Service) request(in bot.Input, space bot.Space, chat bot.Chat, member bot.Member, now time.Time) *bot.Request {
	r := bot.Request{Input: in, Now: now, Space: space, Chat: chat, Member: member, Limits: s.Limits(in.Place.Platform)}
	r.Local = phrase.Localizer{Lang: bot.LanguageOf(member, space, in.From.Locale), Style: bot.StyleOf(member, space)}
	switch {
	case s.owner(in.Place, in.From, member):
		r.Role = bot.PackOwner
	case in.From.Admin || in.Place.Private:
		r.Role = bot.ChatAdmin
	}
	base := bot.Change{Input: in.ID, At: now, From: member.ID}
	if a := (bot.Admin{Member: member.ID, Space: space.ID}); in.From.Admin && !in.Place.Private && !s.people.administers(a) {
		base.Admin = &a
	}
	if !space.Gone.IsZero() && in.Event == nil { // somebody speaks in it, so the bot is there
		r.Space.Gone = time.Time{}
		back := r.Space
		base.Space = &back
		base.Undue = []bot.DueKey{spaceDue(space.ID)}
	}
	return bot.NewRequest(s, r, base)
}

// revisionEvery is how often a service that has its store to itself looks whether a command beside
// it changed people or packs.
const revisionEvery = 2 * time.Second

// refresh drops what is cached if another process has changed people or packs.
func (s *Service) refresh(ctx context.Context, now time.Time) error {
	if !s.people.shouldCheck(now, s.shared) {
		return nil
	}
	revision, err := s.store.Revision(ctx)
	if err != nil {
		return fmt.Errorf("read the revision: %w", err)
	}
	if s.people.outdated(revision, now) {
		s.ForgetPeople(0)
	}
	return nil
}
