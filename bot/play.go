package bot

import (
	"context"
	"errors"
	"math"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/grade"
)

// move is what a person does in a game.
type move func(tb *table) (game.Event, error)

// errDue means that a game has to be told the time first. That is a change of its own: what a
// person does may have been done before, and then nothing of it is written.
var errDue = errors.New("the game has to be told the time first")

// inGame makes a move in a game and returns what came of it, durable. It is nil with a Notice
// when the game is not running.
func (v *visit) inGame(ctx context.Context, id GameID, m move) (*table, outcome, error) {
	ticked := false
	for range 8 {
		var out outcome
		var at *table
		var wait func(context.Context) error
		err := v.h.on(ctx, id, func(tb *table) error {
			if tb == nil || tb.game.Chat != v.chat.ID {
				return notice(phrase.GameOver)
			}
			if until := tb.state.Until; !ticked && !until.IsZero() && !v.now.Before(until) {
				return errDue
			}
			e, err := m(tb)
			if err != nil {
				return err
			}
			at = tb
			tb.names[v.member.ID] = v.member.Name
			if out, err = v.h.play(tb, v.change, e, v.in.ID); err != nil {
				return err
			}
			v.complete()
			wait = v.h.store.Write(v.change)
			return nil
		})
		if errors.Is(err, errDue) {
			if err := v.h.tick(ctx, id); err != nil {
				return nil, outcome{}, err
			}
			ticked = true
			continue
		}
		if err != nil {
			if at != nil {
				v.h.throwAway(at)
			}
			return nil, outcome{}, err
		}
		err = v.h.finish(ctx, at, v.change, wait)
		if errors.Is(err, ErrConflict) {
			v.forget()
			continue
		}
		v.saved = err == nil
		return at, out, err
	}
	return nil, outcome{}, errStale
}

// complete fills in what only the visit knows of the person's answers.
func (v *visit) complete() {
	for i := range v.change.Answers {
		if a := &v.change.Answers[i]; a.Member == v.member.ID {
			a.Day = dayOf(a.At, v.zone())
			if v.in.Typed != nil {
				a.Text = v.in.Typed.Text
			} else if v.in.Filled != nil {
				a.Text = v.in.Filled.Values["text"]
			} else if v.in.Command != nil {
				a.Text = v.in.Command.Options["text"]
			}
			a.Text = language.Cut(a.Text, maxTyped)
		}
	}
}

// here returns the running game of this person in this chat, or a Notice.
func (v *visit) here(ctx context.Context) (GameID, error) {
	tb, err := v.h.seated(ctx, v.chat.ID, v.member.ID)
	if err != nil {
		return 0, err
	}
	if tb == nil {
		return 0, notice(phrase.NoGame)
	}
	return tb.game.ID, nil
}

// moderates reports whether the person may stop, skip and pause a game of others.
func (v *visit) moderates() bool { return v.role >= ChatAdmin }

// may reports whether the person decides alone in a game: they started it or moderate.
func (v *visit) may(tb *table) bool {
	return v.moderates() || tb.state.Settings.Starter == game.Member(v.member.ID)
}

// simple runs a move whose outcome is told by codes alone.
func (v *visit) simple(ctx context.Context, m move, done phrase.ID) (Reply, error) {
	id, err := v.here(ctx)
	if err != nil {
		return Reply{}, err
	}
	return v.moved(ctx, id, m, done)
}

func (v *visit) moved(ctx context.Context, id GameID, m move, done phrase.ID) (Reply, error) {
	tb, out, err := v.inGame(ctx, id, m)
	if err != nil {
		return Reply{}, err
	}
	if len(out.tells) > 0 {
		return v.told(tb, out.tells[0]), nil
	}
	if done == "" {
		return Reply{}, nil
	}
	return v.say(done), nil
}

func (v *visit) stop(ctx context.Context) (Reply, error) {
	return v.simple(ctx, func(tb *table) (game.Event, error) {
		return game.Stop{Member: game.Member(v.member.ID), May: v.may(tb)}, nil
	}, phrase.StopDone)
}

func (v *visit) pause(ctx context.Context) (Reply, error) {
	return v.simple(ctx, func(tb *table) (game.Event, error) {
		return game.Pause{Member: game.Member(v.member.ID), May: v.may(tb)}, nil
	}, phrase.PauseDone)
}

func (v *visit) resume(ctx context.Context) (Reply, error) {
	return v.simple(ctx, func(tb *table) (game.Event, error) {
		return game.Resume{Member: game.Member(v.member.ID), May: v.may(tb)}, nil
	}, phrase.ResumeDone)
}

func (v *visit) skip(ctx context.Context) (Reply, error) {
	return v.simple(ctx, func(tb *table) (game.Event, error) {
		return game.SkipVote{Member: game.Member(v.member.ID), Question: tb.state.Current(), May: v.may(tb)}, nil
	}, phrase.SkipDone)
}

func (v *visit) hint(ctx context.Context) (Reply, error) {
	return v.simple(ctx, func(tb *table) (game.Event, error) {
		return game.Hint{Member: game.Member(v.member.ID), Question: tb.state.Current()}, nil
	}, phrase.HintDone)
}

// answer is /answer: text for the question that is open.
func (v *visit) answer(ctx context.Context) (Reply, error) {
	id, err := v.here(ctx)
	if err != nil {
		return Reply{}, err
	}
	return v.answerText(ctx, id, -1, v.opts["text"])
}

// typed is free text: an answer to the open question.
func (v *visit) typed(ctx context.Context, text string) (Reply, error) {
	if of, question, ok := slotQuestion(v.in.Typed.To); ok {
		return v.answerText(ctx, of, question, text)
	}
	if v.in.Typed.To != "" {
		return Reply{}, nil // they talk about a board, or to each other
	}
	id, err := v.here(ctx)
	if err != nil {
		return Reply{}, err
	}
	return v.answerText(ctx, id, -1, text)
}

// answerText grades a text against question n, or against the open one when n is negative.
func (v *visit) answerText(ctx context.Context, id GameID, n int, text string) (Reply, error) {
	var verdict grade.Verdict
	unread := false
	tb, out, err := v.inGame(ctx, id, func(tb *table) (game.Event, error) {
		if n < 0 {
			n = tb.state.Current()
		}
		if n < 0 || n >= len(tb.state.Questions) || tb.state.Status(n) == game.Unasked {
			return nil, notice(phrase.NothingOpen)
		}
		option, got, err := tb.graded(n, text, v.voice.Lang)
		if err != nil {
			return nil, err
		}
		verdict = got
		if tb.state.Questions[n].Form == quiz.ChoiceForm && option < 0 {
			unread = true
			return nil, notice(phrase.PickOption)
		}
		return game.Answer{Member: game.Member(v.member.ID), Question: n, Option: option, Verdict: verdict, At: v.now}, nil
	})
	if err != nil || unread {
		return Reply{}, err
	}
	return v.answered(tb, out, n), nil
}

// pressAnswer is an option of a question.
func pressAnswer(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	n := index(a.Arg(1))
	tb, out, err := v.inGame(ctx, GameID(a.Arg(0)), func(*table) (game.Event, error) {
		return game.Answer{Member: game.Member(v.member.ID), Question: n, Option: index(a.Arg(2)), At: v.now}, nil
	})
	if err != nil {
		return Reply{}, err
	}
	return v.answered(tb, out, n), nil
}

// index is an argument of an action as an index; what is out of any range becomes a large one.
func index(n uint64) int { return int(min(n, math.MaxInt32)) }

// vote is a vote in a native poll.
func (v *visit) vote(ctx context.Context, in *Vote) (Reply, error) {
	id, n, ok := slotQuestion(in.Slot)
	if !ok || len(in.Options) == 0 {
		return Reply{}, nil // a poll that is none of ours, or a vote taken back, which quizzes do not allow
	}
	_, _, err := v.inGame(ctx, id, func(tb *table) (game.Event, error) {
		at := v.now
		if until := tb.state.Until; !until.IsZero() && !at.Before(until) && v.h.behind(tb) {
			at = until.Add(-time.Microsecond) // the platform took it in time, and told late
			v.change.At = at
		}
		return game.Answer{Member: game.Member(v.member.ID), Question: n, Option: in.Options[0], At: at}, nil
	})
	return Reply{}, err
}

// answered tells a person what became of their answer.
func (v *visit) answered(tb *table, out outcome, n int) Reply {
	for _, r := range out.records {
		if MemberID(r.Member) != v.member.ID || r.Lapsed {
			continue
		}
		switch {
		case !r.Counts:
			return v.say(phrase.CloseTry, phrase.Text("why", v.voice.Say(phrase.Grade(r.Verdict.Reason))))
		case r.Option >= 0 && r.Option < len(tb.sheet.Views[n].Labels):
			return v.say(phrase.SavedChoice, phrase.Text("label", tb.in(v.voice.Lang).sheet.Views[n].Labels[r.Option]))
		default:
			return v.say(phrase.SavedTyped)
		}
	}
	if len(out.tells) > 0 {
		return v.told(tb, out.tells[0])
	}
	return Reply{}
}

// tellings are what a person is told by code.
var tellings = map[game.Code]phrase.ID{
	game.TooLate: phrase.TooLate, game.TooEarly: phrase.NothingOpen, game.IsVoid: phrase.QuestionVoid,
	game.AlreadyAnswered: phrase.AlreadyAnswered, game.NoSuchOption: phrase.NoSuchOption, game.NotYourGame: phrase.NotYourGame,
	game.NotAllowed: phrase.StarterOnly, game.HintUsed: phrase.HintUsed, game.NoHint: phrase.NoHint, game.NotPlaying: phrase.NotPlaying,
	game.AlreadyVoted: phrase.AlreadyVoted, game.AlreadyPaused: phrase.AlreadyPaused, game.NotPaused: phrase.NotPaused,
}

func (v *visit) told(tb *table, t game.Tell) Reply {
	if t.Code == game.VoteCounted {
		have, need := tb.state.Votes()
		return v.say(phrase.VoteCounted, phrase.Count("have", have), phrase.Count("need", need))
	}
	return v.say(tellings[t.Code])
}

// pressMove is a hint or skip button: it is meant for the question it stands under.
func pressMove(done phrase.ID, event func(v *visit, tb *table, n int) game.Event) func(context.Context, *visit, Action, map[string]string) (Reply, error) {
	return func(ctx context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
		return v.moved(ctx, GameID(a.Arg(0)), func(tb *table) (game.Event, error) {
			return event(v, tb, index(a.Arg(1))), nil
		}, done)
	}
}

// pressType opens the form for a typed answer.
func pressType(_ context.Context, v *visit, a Action, _ map[string]string) (Reply, error) {
	return Reply{Form: &Form{
		Action: v.sign("typed", a.Args...), Lang: v.voice.Lang, Title: v.voice.Say(phrase.AnswerTitle), Submit: v.voice.Say(phrase.ButtonSend),
		Fields: []Field{{Name: "text", Label: v.voice.Say(phrase.AnswerLabel), Max: 200, Required: true}},
	}}, nil
}

// fillAnswer is the filled form of a typed answer.
func fillAnswer(ctx context.Context, v *visit, a Action, form map[string]string) (Reply, error) {
	return v.answerText(ctx, GameID(a.Arg(0)), index(a.Arg(1)), form["text"])
}

// verbs are what buttons and forms can do.
func verbs() map[string]verb {
	return map[string]verb{
		"a":     {run: pressAnswer},
		"type":  {run: pressType},
		"typed": {run: fillAnswer},
		"hint": {run: pressMove(phrase.HintDone, func(v *visit, _ *table, n int) game.Event {
			return game.Hint{Member: game.Member(v.member.ID), Question: n}
		})},
		"skip": {run: pressMove(phrase.SkipDone, func(v *visit, tb *table, n int) game.Event {
			return game.SkipVote{Member: game.Member(v.member.ID), Question: n, May: v.may(tb)}
		})},
		"again":  {run: pressAgain},
		"share":  {run: pressShare},
		"rep":    {run: pressReport},
		"why":    {of: ofMember, run: pressReason},
		"lang":   {of: ofMember, run: pressLanguage},
		"set":    {of: ofMember, run: pressSetting},
		"board":  {of: ofMember, run: pressBoard},
		"put":    {of: ofMember, run: pressPut},
		"pub":    {of: ofMember, run: pressPublish},
		"drop":   {of: ofMember, run: pressDiscard},
		"export": {of: ofMember, run: pressExport},
		"owner":  {of: ofNobody, run: pressOwner},
		"forget": {of: ofMember, run: pressForget},
	}
}
