package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"summitquiz/bot/phrase"
	"summitquiz/quiz/game"
)

// LinkToGreet leads to the bot without starting anything.
const LinkToGreet = "hello"

// What links begin with that lead to a pack and to a game.
const (
	packLink = "p-"
	gameLink = "g-"
)

// LinkToPack leads to a quiz of a pack.
func LinkToPack(name string) string { return packLink + name }

// LinkToGame leads to a quiz like one that was played.
func LinkToGame(id GameID) string { return gameLink + strconv.FormatInt(int64(id), 36) }

// linked welcomes somebody whom a link led here and starts what it is a link to. In a private
// chat that is a quiz where it names nothing else: whoever comes by one is to play at once.
func (v *visit) linked(ctx context.Context, to string) (Reply, error) {
	name, aPack := strings.CutPrefix(to, packLink)
	game, aGame := strings.CutPrefix(to, gameLink)
	var err error
	switch {
	case aPack:
		v.opts = values{"pack": name}
		_, err = v.quiz(ctx)
	case aGame:
		_, err = v.likeGame(ctx, game)
	case v.in.Place.Private && to != LinkToGreet:
		v.opts = values{}
		_, err = v.quiz(ctx)
	}
	var n *Notice
	if errors.As(err, &n) && (aPack || aGame || n.ID != phrase.GameRunning) {
		return Reply{}, err
	}
	if err != nil && n == nil {
		return Reply{}, err
	}
	say := v.voice.Say
	p := Post{Kind: NoticePost, Lang: v.voice.Lang, Title: say(phrase.WelcomeTitle), Body: []Line{line(say(phrase.Welcome)), {Text: say(phrase.WelcomeMore), Style: Quiet}}}
	return Reply{Posts: []Post{p}}, nil
}

// likeGame starts a quiz like the one that a link names.
func (v *visit) likeGame(ctx context.Context, id string) (Reply, error) {
	n, err := strconv.ParseInt(id, 36, 64)
	if err != nil {
		return Reply{}, notice(phrase.LinkOver)
	}
	o, err := v.orderOf(ctx, GameID(n))
	if none(err) {
		return Reply{}, notice(phrase.LinkOver)
	}
	if err != nil {
		return Reply{}, err
	}
	if o.Settings.Mode == game.Solo {
		o.Settings.Mode = game.All
	}
	return v.begin(ctx, o)
}

// orderOf is what a game was started with, to start another one by this person, here.
func (v *visit) orderOf(ctx context.Context, id GameID) (order, error) {
	g, err := v.h.store.Game(ctx, id)
	if err != nil {
		return order{}, fmt.Errorf("game %d: %w", id, err)
	}
	tb, err := read(g)
	if err != nil {
		return order{}, err
	}
	set := tb.state.Settings
	set.Starter, set.Private = game.Member(v.member.ID), v.in.Place.Private
	return order{Pack: string(g.Pack), Kind: tb.sheet.Kind, Lang: g.Lang.String(), Settings: set}, nil
}
