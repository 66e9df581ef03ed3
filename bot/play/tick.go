package play

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
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
	case isQuestion && s.Op == bot.Edit && errors.Is(e.Err, bot.ErrPostGone) && s.Post.Kind == bot.RevealPost:
		// Somebody deleted the question while it was open: its reveal comes as a post of its own.
		anew := bot.Send{Op: bot.New, Slot: slot(id, revealPart, n), Chat: s.Chat, To: s.To, Post: s.Post, Class: s.Class}
		anew.Post.Poll = nil
		c.Sends = append(c.Sends, anew)
		return bot.Write(ctx, g.host, c)
	case !isQuestion || s.Op != bot.New:
		return bot.Write(ctx, g.host, c)
	case e.State == bot.SendFailed:
		return g.refused(ctx, id, n, c.Progress)
	case e.State == bot.SendDone:
		return g.advance(ctx, id, c.Progress, game.Delivered{Question: n})
	default:
		return g.advance(ctx, id, c.Progress, game.InDoubt{Question: n})
	}
}

// refusedMost is how many questions in a row may not come through: a chat that refuses each post, for whatever
// reason, is not asked fifty.
const refusedMost = 3

// refused makes a question void that the platform refused, and ends the game where those before it were void too.
func (g *games) refused(ctx context.Context, id bot.SessionID, n int, progress []bot.Progress) error {
	return g.advanceWith(ctx, id, progress, func(l *live, c *bot.Change) (game.Event, error) {
		voids := 1
		for _, r := range slices.Backward(l.state.Results) {
			if r.How != game.Void {
				break
			}
			voids++
		}
		if voids < refusedMost || l.state.Current() != n {
			return game.InDoubt{Question: n}, nil
		}
		g.host.Log().Warn("a game ends: its chat takes no posts", "game", id, "chat", l.session.Chat, "questions", voids)
		return game.Stop{May: true}, g.tellStarter(ctx, l, c)
	})
}

// tellStarter has whoever started a game told in private that its chat refuses posts, where they have a private chat
// with the bot.
func (g *games) tellStarter(ctx context.Context, l *live, c *bot.Change) error {
	starter := bot.MemberID(l.state.Settings.Starter)
	chat, err := g.store.PrivateChat(ctx, starter, l.chat.Address.Platform)
	if bot.IsNone(err) || err == nil && chat.ID == l.session.Chat {
		return nil
	}
	if err != nil {
		return err
	}
	c.Sends = append(c.Sends, bot.Send{Op: bot.New, Slot: slot(l.session.ID, refusedPart, 0), Chat: chat.ID, Class: bot.ReplyClass,
		Post: sentence(l, l.local.Say(phrase.ChatRefuses, phrase.Text("title", title(l))))})
	return nil
}
