package daily

import (
	"context"
	"errors"
	"fmt"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// pressPlay begins or goes on with a day's quiz, for this person alone: from the day's post, or from a
// reminder, which becomes the question.
func (f *Feature) pressPlay(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	p, err := f.playing(ctx, r, bot.SessionID(r.Arg(0)))
	if err != nil {
		return bot.Reply{}, err
	}
	post, err := f.nextPost(ctx, r, p)
	if err != nil {
		return bot.Reply{}, err
	}
	if p.session.Solo != 0 {
		return f.show(ctx, r, p, post)
	}
	return bot.Reply{Posts: []bot.Post{post}, Update: r.Input.Place.Private}, nil
}

// pressNext goes on to the next question, in the place of the one before.
func (f *Feature) pressNext(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	p, err := f.playing(ctx, r, bot.SessionID(r.Arg(0)))
	if err != nil {
		return bot.Reply{}, err
	}
	post, err := f.nextPost(ctx, r, p)
	if err != nil {
		return bot.Reply{}, err
	}
	return f.show(ctx, r, p, post)
}

// playing reads a session for somebody who acts in it, or returns a Notice.
func (f *Feature) playing(ctx context.Context, r *bot.Request, id bot.SessionID) (*player, error) {
	o, err := f.load(ctx, id)
	switch {
	case bot.IsNone(err):
		return nil, refused()
	case err != nil:
		return nil, err
	case o.session.Solo != 0 && o.session.Solo != r.Member.ID:
		return nil, refused()
	}
	return f.player(ctx, o, r.Member.ID, r.Local)
}

// nextPost draws the question that comes next for a person, or how they did, and notes that they
// have it in front of them.
func (f *Feature) nextPost(ctx context.Context, r *bot.Request, p *player) (bot.Post, error) {
	n, some := p.next()
	if p.session.Ended || !some {
		r.Change.Turn = &bot.DailyTurn{Member: r.Member.ID, Session: p.session.ID, Question: -1}
		return f.donePost(ctx, p)
	}
	r.Change.Turn = &bot.DailyTurn{Member: r.Member.ID, Session: p.session.ID, Question: n}
	return f.questionPost(p, n), nil
}

// show gives a person what they see next: as an edit of the day's post where it is theirs alone, so
// that it stands there whenever they come back, and of the reminder that came after it; else in the
// place of their private message.
func (f *Feature) show(ctx context.Context, r *bot.Request, p *player, post bot.Post) (bot.Reply, error) {
	if p.session.Solo == 0 {
		return bot.Reply{Posts: []bot.Post{post}, Update: r.Input.Press != nil}, nil
	}
	places := []bot.Slot{slot(p.session.ID, dayPart)}
	at, reminded, err := f.reminderOf(ctx, r, p)
	if err != nil {
		return bot.Reply{}, err
	}
	if reminded {
		places = append(places, at)
	}
	for _, at := range places {
		r.Change.Sends = append(r.Change.Sends, bot.Send{Op: bot.Edit, Slot: at, Chat: p.session.Chat, To: p.to(), Post: post,
			Class: bot.ReplyClass, Cause: r.Input.ID})
	}
	return bot.Reply{}, nil
}

// pressOption is an option of a question.
func (f *Feature) pressOption(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.answer(ctx, r, bot.SessionID(r.Arg(0)), r.Index(1), option(r.Index(2)))
}

// read grades what somebody typed.
func (f *Feature) read(ctx context.Context, text string) func(p *player, n int) (int, grade.Verdict, error) {
	return func(p *player, n int) (int, grade.Verdict, error) {
		if len(p.views[n].Options) > 0 {
			option, verdict := grade.Choice(&p.views[n], text)
			if option < 0 {
				return -1, verdict, bot.Refuse(phrase.PickOption)
			}
			return option, verdict, nil
		}
		v, err := f.packs.Version(ctx, p.session.Pack, p.session.Hash)
		if err != nil {
			return -1, grade.Verdict{}, err
		}
		it, err := v.Generator.Draw(p.day.Items[n].ID, p.day.Items[n].Seed)
		if err != nil {
			return -1, grade.Verdict{}, fmt.Errorf("item %s: %w", p.day.Items[n].ID, err)
		}
		key := grade.KeyOf(v.Pack, v.Lexicon, it, p.views[n])
		return -1, grade.Answer(&key, text), nil
	}
}

// answer takes an answer to question n and says what it is worth. It is decided anew where another
// writer was first.
func (f *Feature) answer(ctx context.Context, r *bot.Request, id bot.SessionID, n int,
	verdict func(p *player, n int) (int, grade.Verdict, error)) (bot.Reply, error) {
	for range tryLimit {
		reply, err := f.answerOnce(ctx, r, id, n, verdict)
		if !errors.Is(err, bot.ErrConflict) {
			return reply, err
		}
		f.host.Meter().Conflicted()
		r.Reset()
	}
	return bot.Reply{}, errContention(fmt.Sprintf("daily %d", id))
}

func (f *Feature) answerOnce(ctx context.Context, r *bot.Request, id bot.SessionID, n int,
	verdict func(p *player, n int) (int, grade.Verdict, error)) (bot.Reply, error) {
	p, err := f.playing(ctx, r, id)
	if err != nil {
		return bot.Reply{}, err
	}
	switch {
	case n >= len(p.day.Items):
		return bot.Reply{}, refused()
	case p.session.Ended || !r.Now.Before(p.script.Closes) && r.Input.Vote == nil: // a vote may come late
		return bot.Reply{}, bot.Refuse(phrase.DailyClosed)
	}
	before, tried := p.answerTo(n)
	if tried && before.Final {
		return f.answeredBefore(ctx, r, p, n, before)
	}
	option, v, err := verdict(p, n)
	if err != nil {
		return bot.Reply{}, err
	}
	a := f.record(r, p, n, option, v)
	if tried {
		a.Try = before.Try + 1
	}
	a.Final = v.Mark != grade.Close || tried
	if v.Mark == grade.Right {
		a.Points = 1
	}
	p.answers = append(p.answers, a)
	var said outcome
	if a.Final {
		if said, err = f.count(ctx, r, &p.session); err != nil {
			return bot.Reply{}, err
		}
	}
	post, err := f.verdictPost(ctx, p, n, said)
	if err != nil {
		return bot.Reply{}, err
	}
	if r.Change.Turn = nil; a.Final {
		r.Change.Turn = &bot.DailyTurn{Member: r.Member.ID, Session: id, Question: -1}
	}
	r.Change.Answers = []bot.Answer{a}
	r.Change.Fence = &bot.Fence{Session: id, Version: p.session.Version, Answers: bot.AnyAnswers}
	reply, err := f.show(ctx, r, p, post)
	if err != nil {
		return bot.Reply{}, err
	}
	if f.stands(r, p) {
		reply = p.verdict(r, n, post)
	}
	if err := bot.Write(ctx, f.host, r.Change); err != nil {
		return bot.Reply{}, err
	}
	r.Saved = true
	if a.Final {
		f.host.Meter().Answered(p.chat.Address.Platform, a.Mark.String())
	}
	return reply, nil
}

// record is an answer as it is stored.
func (f *Feature) record(r *bot.Request, p *player, n, option int, v grade.Verdict) bot.Answer {
	s, item := &p.session, &p.day.Items[n]
	return bot.Answer{
		Session: s.ID, Question: n, Member: r.Member.ID, Chat: s.Chat, Space: s.Space, Platform: p.chat.Address.Platform,
		Pack: s.Pack, Hash: s.Hash, Item: item.ID, Seed: item.Seed, Lang: p.local.Lang, Option: option, Options: len(p.views[n].Options),
		Mark: v.Mark, Reason: v.Reason, Text: language.Cut(r.Input.Typed(), bot.MaxTyped), Solo: s.Solo != 0, Prior: item.Prior, At: r.Now,
		Day: int(quiz.PersonalDay(r.Now, r.Zone())), Daily: p.script.Date,
	}
}

// answeredBefore tells a person that they have answered a question, here or elsewhere, and goes on.
func (f *Feature) answeredBefore(ctx context.Context, r *bot.Request, p *player, n int, before bot.Answer) (bot.Reply, error) {
	if before.Session == p.session.ID {
		return bot.Reply{}, bot.Refuse(phrase.AlreadyAnswered)
	}
	if f.stands(r, p) {
		return r.Reply(phrase.DailyElsewhere), nil
	}
	post, err := f.verdictPost(ctx, p, n, outcome{elsewhere: true})
	if err != nil {
		return bot.Reply{}, err
	}
	return f.show(ctx, r, p, post)
}

// openForm opens the form for a typed answer.
func (f *Feature) openForm(_ context.Context, r *bot.Request) (bot.Reply, error) {
	return bot.Reply{Form: &bot.Form{
		Action: r.Sign("dtyped", r.Args.Args...), Lang: r.Local.Lang, Title: r.Say(phrase.AnswerTitle), Submit: r.Say(phrase.ButtonSend),
		Fields: []bot.Field{{Name: "text", Label: r.Say(phrase.AnswerLabel), Max: 200, Required: true}},
	}}, nil
}

// fillForm is the filled form of a typed answer.
func (f *Feature) fillForm(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	reply, err := f.answer(ctx, r, bot.SessionID(r.Arg(0)), r.Index(1), f.read(ctx, r.Input.Typed()))
	if len(reply.Posts) > 0 {
		reply.Update = true
	}
	return reply, err
}

// ReadText takes what somebody types for an answer to the question of a daily that they have in
// front of them, or whose post they reply to.
func (f *Feature) ReadText(ctx context.Context, r *bot.Request) (bot.Reply, bool, error) {
	in := r.Input.Text
	id, n, err := f.asked(ctx, r)
	if err != nil || id == 0 && !in.To.IsZero() {
		return bot.Reply{}, !in.To.IsZero(), err
	}
	if id == 0 {
		return f.readCity(ctx, r)
	}
	reply, err := f.answer(ctx, r, id, n, f.read(ctx, in.Text))
	var refusal *bot.Notice
	if in.To.IsZero() && !r.Input.Place.Private && errors.As(err, &refusal) && refusal.ID == phrase.PickOption {
		r.Reset()
		return bot.Reply{}, false, nil // they talk to each other
	}
	return reply, true, err
}

// asked is the question that a typed text is an answer to; no session: it is to none.
func (f *Feature) asked(ctx context.Context, r *bot.Request) (bot.SessionID, int, error) {
	to := r.Input.Text.To
	if to.IsZero() {
		turn, err := f.store.DailyTurn(ctx, r.Member.ID)
		switch {
		case err != nil && !bot.IsNone(err):
			return 0, 0, err
		case err == nil && turn.Question >= 0:
			if ok, err := f.opensHere(ctx, r, turn.Session); ok || err != nil {
				return turn.Session, turn.Question, err
			}
		}
		return f.nextOpen(ctx, r)
	}
	if to.Kind != Kind {
		return 0, 0, nil
	}
	p, err := f.playing(ctx, r, bot.SessionID(to.ID))
	if err != nil {
		return 0, 0, err
	}
	if f.inChat(p.open) {
		if to.Part != questionPart {
			return 0, 0, nil // they talk about the day's post
		}
		return p.session.ID, to.N, nil
	}
	if n, some := p.next(); some {
		return p.session.ID, n, nil
	}
	return 0, 0, nil
}

// opensHere reports whether a session is open and what somebody types here can be meant for it: it
// belongs to this chat, or they write in private.
func (f *Feature) opensHere(ctx context.Context, r *bot.Request, id bot.SessionID) (bool, error) {
	s, err := f.store.Session(ctx, id)
	if bot.IsNone(err) {
		return false, nil
	}
	return err == nil && !s.Ended && (s.Chat == r.Chat.ID || r.Input.Place.Private), err
}

// nextOpen is the next question of the newest daily that is this person's own, in a private chat, or
// here where they gave a command to answer: else people may talk to each other.
func (f *Feature) nextOpen(ctx context.Context, r *bot.Request) (bot.SessionID, int, error) {
	commanded := r.Input.Command != nil
	if !r.Input.Place.Private && !commanded {
		return 0, 0, nil
	}
	all, err := f.store.LiveFor(ctx, Kind, r.Chat.ID, r.Member.ID)
	if err != nil {
		return 0, 0, err
	}
	for _, s := range all {
		if s.Solo != r.Member.ID && !commanded {
			continue
		}
		p, err := f.playing(ctx, r, s.ID)
		if err != nil {
			return 0, 0, err
		}
		if n, some := p.next(); some {
			return s.ID, n, nil
		}
	}
	return 0, 0, nil
}
