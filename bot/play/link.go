package play

import (
	"context"
	"errors"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/game"
)

// FollowLink welcomes somebody whom a link led here and starts what it is a link to. In a private
// chat that is a quiz where it names nothing else, so that they play at once.
func (f *Feature) FollowLink(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	to := r.Input.Link.To
	pack, isPack := bot.LinkedPack(to)
	id, isSession := bot.LinkedSession(to)
	var err error
	switch {
	case isPack:
		r.Options = bot.Values{"pack": pack}
		err = f.starter.begin(ctx, r, orderFrom(r))
	case isSession:
		err = f.starter.beginLike(ctx, r, id)
	case r.Input.Place.Private && to != bot.LinkToGreet:
		r.Options = bot.Values{}
		err = f.starter.begin(ctx, r, orderFrom(r))
	}
	var n *bot.Notice
	if errors.As(err, &n) && !isPack && !isSession && n.ID == phrase.GameRunning {
		err = nil // they are playing already
	}
	if err != nil {
		return bot.Reply{}, err
	}
	p := r.Post(bot.NoticePost, phrase.WelcomeTitle)
	p.Body = []bot.Line{{Text: r.Say(phrase.Welcome)}, {Text: r.Say(phrase.WelcomeMore), Style: bot.Quiet}}
	return bot.Reply{Posts: []bot.Post{p}}, nil
}

// beginLike starts a quiz like the one that a link names.
func (s *starter) beginLike(ctx context.Context, r *bot.Request, id bot.SessionID) error {
	o, err := s.orderOf(ctx, r, id)
	if bot.IsNone(err) {
		return bot.Refuse(phrase.LinkOver)
	}
	if err != nil {
		return err
	}
	if o.Settings.Mode == game.Solo {
		o.Settings.Mode = game.All
	}
	return s.begin(ctx, r, o)
}
