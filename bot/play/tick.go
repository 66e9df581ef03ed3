package play

import (
	"context"
	"errors"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/quiz/game"
)

// How long votes are waited for after a poll's end, and how often the game looks whether they came.
const (
	lateVotes  = 30 * time.Second
	lateRecess = time.Second
)

// tick tells a game that its time has come. A poll that has ended is not counted while votes are
// still on their way, for a while.
func (g *games) tick(ctx context.Context, id bot.SessionID) error {
	wait := false
	err := g.on(ctx, id, func(l *live) error {
		wait = l != nil && g.votesMayCome(l)
		return nil
	})
	if err != nil {
		return err
	}
	if wait {
		return bot.Write(ctx, g.host, &bot.Change{At: g.host.Now(), Due: []bot.Due{{Key: dueKey(id), At: g.host.Now().Add(lateRecess)}}})
	}
	return g.advance(ctx, id, nil, game.Tick{})
}

// votesMayCome reports whether votes for the open question of a game may still come.
func (g *games) votesMayCome(l *live) bool {
	n := l.state.Current()
	return n >= 0 && n < len(l.script.Views) && l.state.Status(n) == game.CanBeAnswered && g.screen.poll(l, n) != nil &&
		!g.host.Settled(l.chat.Address.Platform) && g.host.Now().Sub(l.state.Until) < lateVotes
}

// delivered writes how a post ended together with what that means for its game.
func (g *games) delivered(ctx context.Context, e bot.DeliveryEnd, c *bot.Change) error {
	s := e.Send
	if strings.HasPrefix(s.Slot.Part, boardPart) { // no post of a game
		return bot.Write(ctx, g.host, c)
	}
	if errors.Is(e.Err, bot.ErrChatGone) || errors.Is(e.Err, bot.ErrBarred) {
		return g.advance(ctx, bot.SessionID(s.Slot.ID), c.Progress, game.Stop{May: true})
	}
	id, n, isQuestion := questionOf(s.Slot)
	switch {
	case !isQuestion || s.Op != bot.New:
		return bot.Write(ctx, g.host, c)
	case e.State == bot.SendDone:
		return g.advance(ctx, id, c.Progress, game.Delivered{Question: n})
	default:
		return g.advance(ctx, id, c.Progress, game.InDoubt{Question: n})
	}
}
