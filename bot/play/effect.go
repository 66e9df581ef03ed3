package play

import (
	"fmt"

	"summitquiz/bot"
	"summitquiz/quiz/game"
)

// The parts of a game's slots.
const (
	startPart    = "start"
	questionPart = "question"
	voidPart     = "void"
	sayPart      = "say"
	endPart      = "end"
	boardPart    = "board"
	revealPart   = "reveal"  // of a question whose post is gone
	refusedPart  = "refused" // to the starter, in private
)

func slot(id bot.SessionID, part string, n int) bot.Slot {
	return bot.Slot{Kind: Kind, ID: int64(id), Part: part, N: n}
}

func dueKey(id bot.SessionID) bot.DueKey { return bot.DueKey{Kind: Kind, ID: int64(id)} }

// questionOf returns the game and the question whose post stands in a slot.
func questionOf(s bot.Slot) (bot.SessionID, int, bool) {
	return bot.SessionID(s.ID), s.N, s.Kind == Kind && s.Part == questionPart
}

// outcome is what a person is told of an event.
type outcome struct {
	game    *live // as the event left it, for reading: the copy itself may have gone on
	tells   []game.Tell
	records []game.Record
}

// effectWriter puts the effects of one event into a change.
type effectWriter struct {
	games  *games
	live   *live
	change *bot.Change
	event  game.Event
	cause  bot.InputID
	out    outcome
}

func (w *effectWriter) write(effect game.Effect) error {
	id, c, screen := w.live.session.ID, w.change, w.games.screen
	switch f := effect.(type) {
	case game.PostStart:
		w.send(bot.New, slot(id, startPart, 0), screen.startCard)
	case game.EditStart:
		w.send(bot.Edit, slot(id, startPart, 0), screen.startCard)
	case game.PostQuestion:
		w.sendQuestion(bot.New, questionPart, f.Question, screen.question)
	case game.EditQuestion:
		if _, first := w.event.(game.Delivered); first && f.Why == game.CountdownSet {
			return nil // a delivered post counts down by itself
		}
		w.sendQuestion(bot.Edit, questionPart, f.Question, screen.question)
	case game.Reveal:
		w.sendQuestion(bot.Edit, questionPart, f.Question, screen.reveal)
	case game.VoidQuestion:
		c.Void = append(c.Void, bot.Void{Session: id, Question: f.Question})
		w.sendQuestion(bot.New, voidPart, f.Question, screen.void)
	case game.Expose:
		c.Shown = append(c.Shown, w.exposure(f.Question))
	case game.Say:
		w.send(bot.New, slot(id, sayPart, w.live.state.Turn), func(l *live) bot.Post { return screen.notice(l, f.Notice) })
	case game.PostEnd:
		w.send(bot.New, slot(id, endPart, 0), screen.end)
	case game.Timer:
		if f.At.IsZero() {
			c.Undue = append(c.Undue, dueKey(id))
		} else {
			c.Due = append(c.Due, bot.Due{Key: dueKey(id), At: f.At})
		}
	case game.Record:
		c.Answers = append(c.Answers, w.live.answer(f))
		w.out.records = append(w.out.records, f)
	case game.Tell:
		w.out.tells = append(w.out.tells, f)
	default:
		return fmt.Errorf("game %d: nothing is done about a %T", id, effect)
	}
	return nil
}

func (w *effectWriter) sendQuestion(op bot.Op, part string, n int, draw func(*live, int) bot.Post) {
	w.send(op, slot(w.live.session.ID, part, n), func(l *live) bot.Post { return draw(l, n) })
}

// send queues a post, drawn in the language of the game and in the others in which it is written.
func (w *effectWriter) send(op bot.Op, at bot.Slot, draw func(*live) bot.Post) {
	l := w.live
	p := draw(l)
	for _, c := range allLanguages {
		if other := l.in(c); other != l {
			p.Also = append(p.Also, draw(other))
		}
	}
	if l.script.Thread {
		p.Thread = title(l)
		if start := slot(l.session.ID, startPart, 0); at != start {
			p.Under = start
		}
	}
	class := bot.GameClass
	if w.cause != "" {
		class = bot.ReplyClass
	}
	s := &l.session
	w.change.Sends = append(w.change.Sends, bot.Send{Op: op, Slot: at, Chat: s.Chat, To: s.Solo, Post: p, Class: class, Cause: w.cause})
}

// exposure notes that a question was seen in the chat, or by the only player.
func (w *effectWriter) exposure(n int) bot.Exposure {
	s, o := &w.live.session, &w.live.script.Outlines[n]
	return bot.Exposure{Scope: scope(s), Pack: s.Pack, Item: o.ID, Options: o.Options, Times: 1, Last: w.change.At}
}
