package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/grade"
)

// turn lets something happen in a game that no person caused, and waits until it is durable.
func (h *Hall) turn(ctx context.Context, id GameID, c *Change, e game.Event) error {
	for range 8 {
		c.At = h.now()
		var wait func(context.Context) error
		var at *table
		err := h.on(ctx, id, func(tb *table) error {
			if at = tb; tb == nil {
				c.Undue = append(c.Undue, dueKey(id))
				return nil
			}
			if _, err := h.play(tb, c, e, ""); err != nil {
				return err
			}
			wait = h.store.Write(c)
			return nil
		})
		if err != nil {
			return err
		}
		if wait == nil {
			return h.write(ctx, c)
		}
		err = h.finish(ctx, at, c, wait)
		if !errors.Is(err, ErrConflict) {
			return err
		}
		*c = Change{Marks: c.Marks} // somebody else turned it first: see what is left to do
	}
	return errStale
}

// finish waits for a change of a game. If it was not written, the table is set up anew from
// the store by whoever needs it next.
func (h *Hall) finish(ctx context.Context, tb *table, c *Change, wait func(context.Context) error) error {
	if err := wait(ctx); err != nil {
		h.throwAway(tb)
		return err
	}
	if c.Game != nil && c.Game.Ended {
		h.tables.clear(c.Game)
	}
	for i := range c.Answers {
		if c.Answers[i].Final {
			h.meter.Answered(tb.chat.Address.Platform, c.Answers[i].Mark.String())
		}
	}
	h.meter.Playing(h.tables.count())
	h.landed(c)
	return nil
}

// outcome is what a person is told of a turn.
type outcome struct {
	tells   []game.Tell
	records []game.Record
}

// play applies an event to a locked table and puts what follows into a change, which has to be
// written before the lock is given up: so the store sees the turns of a game in their order.
func (h *Hall) play(tb *table, c *Change, e game.Event, cause InputID) (outcome, error) {
	before := tb.state.Turn
	state, effects := game.Apply(tb.state, e, c.At)
	tb.state = state
	var out outcome
	for _, effect := range effects {
		if err := h.effect(tb, c, e, effect, cause, &out); err != nil {
			return out, err
		}
	}
	if state.Turn != before {
		data, err := json.Marshal(&state)
		if err != nil {
			return out, fmt.Errorf("write the state of game %d: %w", tb.game.ID, err)
		}
		tb.game.Version++
		tb.game.State = data
		tb.game.Ended = state.Phase == game.Ended
		snapshot := tb.game
		c.Game = &snapshot
		if tb.game.Ended {
			c.Undue = append(c.Undue, dueKey(tb.game.ID))
		}
	}
	return out, nil
}

func (h *Hall) effect(tb *table, c *Change, e game.Event, effect game.Effect, cause InputID, out *outcome) error {
	send := func(op Op, slot Slot, draw func(*table) Post) {
		p := tb.drawn(draw)
		if tb.sheet.Thread {
			p.Thread = tb.title()
			if slot != startSlot(tb.game.ID) {
				p.Under = startSlot(tb.game.ID)
			}
		}
		c.Sends = append(c.Sends, Send{Op: op, Slot: slot, Chat: tb.game.Chat, To: tb.game.Solo, Post: p, Cause: cause})
	}
	at := func(draw func(*table, int) Post, n int) func(*table) Post {
		return func(tb *table) Post { return draw(tb, n) }
	}
	id := tb.game.ID
	switch f := effect.(type) {
	case game.PostStart:
		send(New, startSlot(id), h.startCard)
	case game.EditStart:
		send(Edit, startSlot(id), h.startCard)
	case game.PostQuestion:
		send(New, questionSlot(id, f.Question), at(h.question, f.Question))
	case game.EditQuestion:
		if _, first := e.(game.Delivered); first && f.Why == game.CountdownSet {
			return nil // a delivered post counts down by itself
		}
		send(Edit, questionSlot(id, f.Question), at(h.question, f.Question))
	case game.Reveal:
		send(Edit, questionSlot(id, f.Question), at(h.reveal, f.Question))
	case game.VoidQuestion:
		c.Void = append(c.Void, Void{id, f.Question})
		send(New, Slot(fmt.Sprintf("%s/void", questionSlot(id, f.Question))), at(h.void, f.Question))
	case game.Expose:
		c.Shown = append(c.Shown, h.exposures(tb, f.Question, c.At)...)
	case game.Say:
		send(New, Slot(fmt.Sprintf("g%d/s%d", id, tb.state.Turn)), func(tb *table) Post { return h.saying(tb, f.Notice) })
	case game.PostEnd:
		send(New, endSlot(id), h.end)
	case game.Timer:
		if f.At.IsZero() {
			c.Undue = append(c.Undue, dueKey(id))
		} else {
			c.Due = append(c.Due, Due{Key: dueKey(id), At: f.At})
		}
	case game.Record:
		c.Answers = append(c.Answers, tb.answer(f))
		out.records = append(out.records, f)
	case game.Tell:
		out.tells = append(out.tells, f)
	default:
		return fmt.Errorf("game %d: nothing is done about a %T", id, effect)
	}
	return nil
}

// answer is a record as it is stored. Day and text are filled in by who knows them.
func (tb *table) answer(r game.Record) Answer {
	q := &tb.state.Questions[r.Question]
	return Answer{
		Game: tb.game.ID, Question: r.Question, Try: r.Try, Member: MemberID(r.Member), Chat: tb.game.Chat, Space: tb.game.Space,
		Platform: tb.chat.Address.Platform, Pack: tb.game.Pack, Hash: tb.game.Hash, Item: q.Item, Seed: q.Seed, Lang: tb.game.Lang,
		Option: r.Option, Options: q.Options, Mark: r.Verdict.Mark, Reason: r.Verdict.Reason, Points: r.Points, Final: r.Counts,
		Lapsed: r.Lapsed, Solo: tb.game.Solo != 0, Hinted: r.Hinted, Prior: tb.sheet.Outlines[r.Question].Prior, At: r.At, Took: r.Took,
		Day: dayOf(r.At, time.UTC),
	}
}

// exposures notes that a question was seen in the chat, or by the only player.
func (h *Hall) exposures(tb *table, n int, at time.Time) []Exposure {
	o := &tb.sheet.Outlines[n]
	scope := Scope{Chat: tb.game.Chat}
	if tb.game.Solo != 0 {
		scope = Scope{Member: tb.game.Solo}
	}
	return []Exposure{{Scope: scope, Pack: tb.game.Pack, Item: o.ID, Options: o.Options, Times: 1, Last: at}}
}

// The slots of a game.
func startSlot(id GameID) Slot { return Slot(fmt.Sprintf("g%d/start", id)) }

func questionSlot(id GameID, n int) Slot { return Slot(fmt.Sprintf("g%d/q%d", id, n)) }

func endSlot(id GameID) Slot { return Slot(fmt.Sprintf("g%d/end", id)) }

func dueKey(id GameID) DueKey { return DueKey(fmt.Sprintf("game/%d", id)) }

// slotQuestion returns the game and question whose post stands in a slot.
func slotQuestion(s Slot) (GameID, int, bool) {
	head, tail, _ := strings.Cut(string(s), "/q")
	id, err1 := strconv.ParseInt(strings.TrimPrefix(head, "g"), 10, 64)
	n, err2 := strconv.Atoi(tail)
	return GameID(id), n, err1 == nil && err2 == nil && strings.HasPrefix(head, "g")
}

// slotGame returns the game to which a post belongs.
func slotGame(s Slot) (GameID, bool) {
	head, _, _ := strings.Cut(string(s), "/")
	id, err := strconv.ParseInt(strings.TrimPrefix(head, "g"), 10, 64)
	return GameID(id), err == nil && strings.HasPrefix(head, "g")
}

// tick tells a game that its time has come. A poll that has ended is not counted while votes are
// still on their way, for a while.
func (h *Hall) tick(ctx context.Context, id GameID) error {
	behind := false
	err := h.on(ctx, id, func(tb *table) error {
		behind = tb != nil && h.behind(tb)
		return nil
	})
	if err != nil {
		return err
	}
	if behind {
		return h.write(ctx, &Change{At: h.now(), Due: []Due{{Key: dueKey(id), At: h.now().Add(behindRest)}}})
	}
	return h.turn(ctx, id, &Change{}, game.Tick{})
}

// How long votes are waited for after a poll's end, and how often it is looked whether they came.
const (
	behindMost = 30 * time.Second
	behindRest = time.Second
)

// behind reports whether votes for the open question of a table may still come.
func (h *Hall) behind(tb *table) bool {
	p, ok := h.platforms[tb.chat.Address.Platform].(Settling)
	n := tb.state.Current()
	return ok && n >= 0 && n < len(tb.sheet.Views) && tb.state.Status(n) == game.CanBeAnswered && h.poll(tb, n) != nil &&
		!p.Settled() && h.now().Sub(tb.state.Until) < behindMost
}

// follow writes how a post ended together with what that means for its game: a question that
// arrived starts its clock, one that is lost is void, and a chat that is gone ends its game.
func (h *Hall) follow(ctx context.Context, s Send, state SendState, why error, c *Change) error {
	id, ofGame := slotGame(s.Slot)
	if ofGame && (errors.Is(why, ErrChatGone) || errors.Is(why, ErrBarred)) {
		return h.turn(ctx, id, c, game.Stop{May: true})
	}
	game1, n, isQuestion := slotQuestion(s.Slot)
	switch {
	case !isQuestion || s.Op != New:
		return h.write(ctx, c)
	case state == SendDone:
		return h.turn(ctx, game1, c, game.Delivered{Question: n})
	default:
		return h.turn(ctx, game1, c, game.InDoubt{Question: n})
	}
}

// graded grades what a person who speaks a language typed to question n of a table. Where the
// question has options, their labels and texts are read, as the person sees them or as the game
// has them.
func (tb *table) graded(n int, text string, c language.Code) (option int, v grade.Verdict, err error) {
	if tb.state.Questions[n].Form == quiz.ChoiceForm {
		for _, t := range []*table{tb.in(c), tb} {
			if option, v = grade.Choice(&t.sheet.Views[n], text); option >= 0 {
				break
			}
		}
		return option, v, nil
	}
	key, err := tb.key(n)
	if err != nil {
		return -1, grade.Verdict{}, err
	}
	return -1, grade.Answer(key, text), nil
}
