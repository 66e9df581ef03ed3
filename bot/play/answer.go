package play

import (
	"context"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
)

// answer is /answer: text for the question that is open.
func (f *Feature) answer(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	id, err := f.here(ctx, r)
	if err != nil {
		return bot.Reply{}, err
	}
	return f.answerText(ctx, r, id, -1, r.Options["text"])
}

// ReadText takes free text for an answer to the question whose post it replies to, or that is
// open.
func (f *Feature) ReadText(ctx context.Context, r *bot.Request) (bot.Reply, bool, error) {
	in := r.Input.Text
	if id, n, ok := questionOf(in.To); ok {
		reply, err := f.answerText(ctx, r, id, n, in.Text)
		return reply, true, err
	}
	if !in.To.IsZero() {
		return bot.Reply{}, true, nil // they talk about a board, or to each other
	}
	s, err := f.store.LiveAt(ctx, Kind, r.Chat.ID, r.Member.ID)
	if err != nil {
		if bot.IsNone(err) {
			err = nil
		}
		return bot.Reply{}, false, err
	}
	reply, err := f.answerText(ctx, r, s.ID, -1, in.Text)
	return reply, true, err
}

// answerText grades a text against question n, or against the open one when n is negative.
func (f *Feature) answerText(ctx context.Context, r *bot.Request, id bot.SessionID, n int, text string) (bot.Reply, error) {
	asked := n
	l, out, err := f.games.move(ctx, r, id, func(l *live) (game.Event, error) {
		if n = asked; n < 0 {
			n = l.state.Current()
		}
		if n < 0 || n >= len(l.state.Questions) || l.state.Status(n) == game.Unasked {
			return nil, bot.Refuse(phrase.NothingOpen)
		}
		option, verdict, err := l.grade(n, text, r.Local.Lang)
		if err != nil {
			return nil, err
		}
		if l.state.Questions[n].Form == quiz.ChoiceForm && option < 0 {
			return nil, bot.Refuse(phrase.PickOption)
		}
		return game.Answer{Member: game.Member(r.Member.ID), Question: n, Option: option, Verdict: verdict, At: r.Now}, nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return answered(r, l, out, n), nil
}

// pressOption is an option of a question.
func (f *Feature) pressOption(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	n := r.Index(1)
	l, out, err := f.games.move(ctx, r, bot.SessionID(r.Arg(0)), func(*live) (game.Event, error) {
		return game.Answer{Member: game.Member(r.Member.ID), Question: n, Option: r.Index(2), At: r.Now}, nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return answered(r, l, out, n), nil
}

// ReadVote takes a vote in a native poll for an answer.
func (f *Feature) ReadVote(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	in := r.Input.Vote
	id, n, ok := questionOf(in.Slot)
	if !ok || len(in.Options) == 0 {
		return bot.Reply{}, nil // no question, or a vote taken back, which quizzes do not allow
	}
	_, _, err := f.games.move(ctx, r, id, func(l *live) (game.Event, error) {
		at := r.Now
		if until := l.state.Until; !until.IsZero() && !at.Before(until) && f.games.votesMayCome(l) {
			at = until.Add(-time.Microsecond) // the platform took it in time, and told late
			r.Change.At = at
		}
		return game.Answer{Member: game.Member(r.Member.ID), Question: n, Option: in.Options[0], At: at}, nil
	})
	return bot.Reply{}, err
}

// answered tells a person what became of their answer.
func answered(r *bot.Request, l *live, out outcome, n int) bot.Reply {
	for _, rec := range out.records {
		if bot.MemberID(rec.Member) != r.Member.ID || rec.Lapsed {
			continue
		}
		switch {
		case !rec.Counts:
			return r.Reply(phrase.CloseTry, phrase.Text("why", r.Say(phrase.Grade(rec.Verdict.Reason))))
		case rec.Option >= 0 && rec.Option < len(l.script.Views[n].Labels):
			return r.Reply(phrase.SavedChoice, phrase.Text("label", l.in(r.Local.Lang).script.Views[n].Labels[rec.Option]))
		default:
			return r.Reply(phrase.SavedTyped)
		}
	}
	if len(out.tells) > 0 {
		return told(r, l, out.tells[0])
	}
	return bot.Reply{}
}

// openForm opens the form for a typed answer.
func (f *Feature) openForm(_ context.Context, r *bot.Request) (bot.Reply, error) {
	return bot.Reply{Form: &bot.Form{
		Action: r.SignForChat("typed", r.Args.Args...), Lang: r.Local.Lang, Title: r.Say(phrase.AnswerTitle), Submit: r.Say(phrase.ButtonSend),
		Fields: []bot.Field{{Name: "text", Label: r.Say(phrase.AnswerLabel), Max: 200, Required: true}},
	}}, nil
}

// fillForm is the filled form of a typed answer.
func (f *Feature) fillForm(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	text := ""
	if r.Input.Form != nil {
		text = r.Input.Form.Values["text"]
	}
	return f.answerText(ctx, r, bot.SessionID(r.Arg(0)), r.Index(1), text)
}
