package play

import (
	"context"
	"errors"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/game"
	"summitquiz/quiz/grade"
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
		return edited(in, reply, err)
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
	return edited(in, reply, err)
}

// edited is the reply to a text. Where an edited one is no try, nothing is said: people mend old
// messages, and that answers no question.
func edited(in *bot.Text, reply bot.Reply, err error) (bot.Reply, bool, error) {
	var refusal *bot.Notice
	if in.Edited && errors.As(err, &refusal) {
		return bot.Reply{}, true, nil
	}
	return reply, true, err
}

// lateTime is how long after a question appeared a text may have been typed for the one before it:
// nobody reads and types as fast.
const lateTime = time.Second

// meant returns the question for which a text without a target was typed. Just after a question
// appeared that may be the one before it, if this person did not answer that: it is where the text
// was sent before the question opened, or fits that one and not the new one. A text of which that
// cannot be told counts for neither, with a Notice.
func (l *live) meant(r *bot.Request, text string) (int, error) {
	n := l.state.Current()
	since, in := l.state.Open.Since, r.Input.Text
	before := in != nil && !in.Sent.IsZero() && !since.IsZero() && !in.Sent.Add(time.Second).After(since) // it was sent before the question opened
	if before && in.Edited {
		return n, bot.Refuse(phrase.NothingOpen)
	}
	if n < 1 || l.state.Status(n-1) != game.Revealed || l.counted(r.Member.ID, n-1) {
		return n, nil
	}
	if before {
		return n - 1, nil
	}
	if s := l.state.Status(n); s != game.OnItsWay && (s != game.CanBeAnswered || r.Now.Sub(since) >= lateTime) {
		return n, nil
	}
	old, err := l.fits(n-1, text, r.Local.Lang)
	if err != nil {
		return n, err
	}
	now, err := l.fits(n, text, r.Local.Lang)
	switch {
	case err != nil:
		return n, err
	case now && !old:
		return n, nil
	case old && !now:
		return n - 1, nil
	}
	return n, bot.Refuse(phrase.BetweenQuestions)
}

// fits reports whether a text reads as an answer to question n: it names an option, or is right or
// nearly so.
func (l *live) fits(n int, text string, c language.Code) (bool, error) {
	g, err := l.grade(n, text, c)
	if l.state.Questions[n].Form == quiz.ChoiceForm {
		return g.option >= 0, err
	}
	return g.verdict.Mark != grade.Wrong, err
}

// counted reports whether a member has given an answer that counts to question n, which is over.
func (l *live) counted(m bot.MemberID, n int) bool {
	for _, rank := range l.state.Board(len(l.state.Players)) {
		if bot.MemberID(rank.Player.Member) == m {
			return rank.Line[n] == game.Right || rank.Line[n] == game.Wrong
		}
	}
	return false
}

// answerText grades a text against question n, or against the open one when n is negative.
func (f *Feature) answerText(ctx context.Context, r *bot.Request, id bot.SessionID, n int, text string) (bot.Reply, error) {
	asked := n
	out, err := f.games.move(ctx, r, id, func(l *live) (game.Event, error) {
		if n = asked; n < 0 {
			var err error
			if n, err = l.meant(r, text); err != nil {
				return nil, err
			}
		}
		if n < 0 || n >= len(l.state.Questions) || l.state.Status(n) == game.Unasked {
			return nil, bot.Refuse(phrase.NothingOpen)
		}
		g, err := l.grade(n, text, r.Local.Lang)
		if err != nil {
			return nil, err
		}
		if l.state.Questions[n].Form == quiz.ChoiceForm && g.option < 0 {
			return nil, bot.Refuse(phrase.PickOption)
		}
		return game.Answer{Member: game.Member(r.Member.ID), Question: n, Option: g.option, Verdict: g.verdict, Measure: g.measure,
			At: r.Now}, nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	if in := r.Input.Text; in != nil && in.Edited && len(out.records) == 0 && len(out.tells) > 0 && out.tells[0].Code != game.AlreadyAnswered {
		return bot.Reply{}, nil
	}
	return answered(r, out, n), nil
}

// pressOption is an option of a question.
func (f *Feature) pressOption(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	n := r.Index(1)
	out, err := f.games.move(ctx, r, bot.SessionID(r.Arg(0)), func(*live) (game.Event, error) {
		return game.Answer{Member: game.Member(r.Member.ID), Question: n, Option: r.Index(2), At: r.Now}, nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return answered(r, out, n), nil
}

// ReadVote takes a vote in a native poll for an answer.
func (f *Feature) ReadVote(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	in := r.Input.Vote
	id, n, ok := questionOf(in.Slot)
	if !ok || len(in.Options) == 0 {
		return bot.Reply{}, nil // no question, or a vote taken back, which quizzes do not allow
	}
	_, err := f.games.move(ctx, r, id, func(l *live) (game.Event, error) {
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
func answered(r *bot.Request, out outcome, n int) bot.Reply {
	l := out.game
	for _, rec := range out.records {
		if bot.MemberID(rec.Member) != r.Member.ID || rec.Lapsed {
			continue
		}
		switch rule := l.state.Questions[n].Rule; {
		case rule == game.Many:
			return named(r, out, rec)
		case rule == game.Closest && rec.Verdict.Mark == grade.Close:
			return r.Reply(phrase.SavedTyped)
		case rec.Counts && l.alone() && r.Input.Text != nil && l.state.Status(n) == game.Revealed:
			return bot.Reply{} // the verdict is there already
		case !rec.Counts:
			return r.Reply(phrase.CloseTry, phrase.Text("why", r.Say(phrase.Grade(rec.Verdict.Reason))))
		case rec.Option >= 0 && rec.Option < len(l.script.Views[n].Labels):
			return r.Reply(phrase.SavedChoice, phrase.Text("label", l.in(r.Local.Lang).script.Views[n].Labels[rec.Option]))
		default:
			return r.Reply(phrase.SavedTyped)
		}
	}
	if len(out.tells) > 0 {
		return told(r, out)
	}
	return bot.Reply{}
}

// named tells a person whether what they named is one of the answers, and how many wrong ones they have left.
func named(r *bot.Request, out outcome, rec game.Record) bot.Reply {
	found, wrong := out.game.state.Named(rec.Member)
	for _, end := range out.records {
		if end.Lapsed && end.Member == rec.Member { // it was their last
			found, wrong = int(end.Measure), game.MaxWrong
		}
	}
	switch {
	case rec.Verdict.Mark == grade.Right:
		return r.Reply(phrase.NamedRight, phrase.Count("count", found))
	case rec.Verdict.Mark == grade.Close:
		return r.Reply(phrase.NamedClose, phrase.Text("why", r.Say(phrase.Grade(rec.Verdict.Reason))))
	case wrong >= game.MaxWrong:
		return r.Reply(phrase.NamedOver)
	default:
		return r.Reply(phrase.NamedWrong, phrase.Count("left", game.MaxWrong-wrong))
	}
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
