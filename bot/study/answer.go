package study

import (
	"context"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/grade"
)

// review is /review: it goes on with the session of today, or begins one with what was asked for.
func (f *Feature) review(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	pack := bot.PackRow{}
	if r.Options.Has("pack") {
		row, err := f.find(ctx, r, r.Options["pack"])
		if err != nil {
			return bot.Reply{}, err
		}
		pack = row
	}
	today := quiz.PersonalDay(r.Now, r.Zone())
	if err := f.renew(ctx, r.Member.ID, r.Space.ID, today); err != nil {
		return bot.Reply{}, err
	}
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		if len(r.Options) == 0 && l.session.Card != nil && l.session.Day == l.today {
			if ok, err := l.stands(ctx); err != nil || ok {
				return l.again(ctx, err)
			}
		}
		l.begin()
		l.session.Pack = pack.Pack
		if r.Options.Has("count") {
			l.session.Count = number(r.Options["count"])
		}
		if r.Options.Has("new") {
			n := number(r.Options["new"])
			l.session.New = &n
		}
		if err := l.next(ctx); err != nil {
			return bot.Reply{}, err
		}
		return l.show(ctx, false)
	})
}

// again shows the card in hand once more, where the member is now.
func (l *lesson) again(ctx context.Context, err error) (bot.Reply, error) {
	if err != nil {
		return bot.Reply{}, err
	}
	if l.session.Chat != l.r.Chat.ID {
		l.session.Chat, l.dirty = l.r.Chat.ID, true
	}
	return l.show(ctx, false)
}

// begin begins a session.
func (l *lesson) begin() {
	first := int64(0)
	if n := len(l.log); n > 0 {
		first = l.log[n-1].ID
	}
	l.session = session{Turn: l.session.Turn, Day: l.today, First: first}
	l.dirty = true
}

// pressReview begins a session, or goes on with the one of today.
func (f *Feature) pressReview(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	r.Options = bot.Values{}
	reply, err := f.review(ctx, r)
	reply.Update = true
	return reply, err
}

// stands reports whether the card in hand can still be asked: nobody has rated it elsewhere, suspended
// it or put it off, its pack takes part and has the fact.
func (l *lesson) stands(ctx context.Context) (bool, error) {
	_, why, err := l.hold(ctx)
	return why == "", err
}

// hold returns the card in hand, or why it cannot be asked or rated any more.
func (l *lesson) hold(ctx context.Context) (card bot.Card, why phrase.ID, err error) {
	c := l.session.Card
	if card, err = l.f.card(ctx, l.r.Member.ID, c.Fact); err != nil {
		return card, "", err
	}
	d, fact, err := l.fact(ctx, c.Fact)
	switch {
	case err != nil:
	case d == nil:
		why = phrase.StudyPackOff
	case fact == nil:
		why = phrase.StudyGone
	case card.Memory.Reps != c.Reps:
		why = phrase.StudyStale
	case card.Memory.Suspended:
		why = phrase.StudySuspended
	case card.Memory.Buried != 0 && card.Memory.Buried == l.today:
		why = phrase.StudyBuried
	}
	return card, why, err
}

// onTurn lets do decide about the card that a button was shown with. Where another card is shown by now,
// or this one changed, it says so and shows what is asked now.
func (f *Feature) onTurn(ctx context.Context, r *bot.Request, do func(*lesson) (bot.Reply, error)) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		switch {
		case l.session.Card == nil:
			return bot.Reply{}, bot.Refuse(phrase.StudyOver)
		case l.session.Turn != r.Arg(0):
			return bot.Reply{}, bot.Refuse(phrase.StudyMovedOn)
		}
		return do(l)
	})
}

// pressOption is an option of a question.
func (f *Feature) pressOption(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		if !l.session.Card.Open {
			return l.show(ctx, true)
		}
		q, err := l.question(ctx)
		if err != nil {
			return bot.Reply{}, err
		}
		i := r.Index(1)
		if i >= len(q.item.Options) {
			return bot.Reply{}, bot.Refuse(phrase.NoSuchOption)
		}
		return l.choose(ctx, q, i, true)
	})
}

// choose answers a question with an option.
func (l *lesson) choose(ctx context.Context, q *question, i int, update bool) (bot.Reply, error) {
	mark := grade.Wrong
	if i == q.item.Key {
		mark = grade.Right
	}
	l.session.Card.Option = i + 1
	return l.close(ctx, mark, update)
}

// close closes the question with a mark and shows its answer.
func (l *lesson) close(ctx context.Context, m grade.Mark, update bool) (bot.Reply, error) {
	c := l.session.Card
	c.Open, c.Mark, c.Took = false, m, c.since(l.r.Now)
	c.Rating = flashcard.Proposed(m == grade.Right, c.Close, c.Hinted)
	l.dirty = true
	return l.show(ctx, update)
}

// pressShow shows the answer to who has thought of it.
func (f *Feature) pressShow(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		if c := l.session.Card; c.Open {
			c.Open, c.Took, l.dirty = false, c.since(r.Now), true
		}
		return l.show(ctx, true)
	})
}

// pressHint gives a hint.
func (f *Feature) pressHint(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		if c := l.session.Card; c.Open && !c.Hinted {
			c.Hinted, l.dirty = true, true
		}
		return l.show(ctx, true)
	})
}

// openForm opens the form for a typed answer.
func (f *Feature) openForm(_ context.Context, r *bot.Request) (bot.Reply, error) {
	return bot.Reply{Form: &bot.Form{
		Action: r.Sign("ftyped", r.Args.Args...), Lang: r.Local.Lang, Title: r.Say(phrase.AnswerTitle), Submit: r.Say(phrase.ButtonSend),
		Fields: []bot.Field{{Name: "text", Label: r.Say(phrase.AnswerLabel), Max: 200, Required: true}},
	}}, nil
}

// fillForm is the filled form of a typed answer.
func (f *Feature) fillForm(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	text := ""
	if r.Input.Form != nil {
		text = r.Input.Form.Values["text"]
	}
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) { return l.typed(ctx, text, true) })
}

// ReadText takes free text for an answer to the card that was last shown here.
func (f *Feature) ReadText(ctx context.Context, r *bot.Request) (bot.Reply, bool, error) {
	if !r.Input.Text.To.IsZero() {
		return bot.Reply{}, true, nil // they talk about a reminder
	}
	learner, err := f.store.Learner(ctx, r.Member.ID)
	if err != nil {
		return bot.Reply{}, false, err
	}
	s, err := readSession(learner.Session)
	if err != nil || s.Card == nil || !s.Card.Open || s.Chat != r.Chat.ID && !r.Input.Place.Private {
		return bot.Reply{}, false, err
	}
	reply, err := f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		if l.session.Card == nil {
			return bot.Reply{}, bot.Refuse(phrase.StudyOver)
		}
		return l.typed(ctx, r.Input.Text.Text, true)
	})
	return reply, true, err
}

// typed grades a typed answer. A close one has one more try.
func (l *lesson) typed(ctx context.Context, text string, update bool) (bot.Reply, error) {
	c := l.session.Card
	if !c.Open {
		return l.show(ctx, update)
	}
	q, err := l.question(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	if q.item.Form == quiz.ChoiceForm {
		i, _ := grade.Choice(&q.view, text)
		if i < 0 {
			return bot.Reply{}, bot.Refuse(phrase.PickOption)
		}
		return l.choose(ctx, q, i, update)
	}
	key := grade.KeyOf(q.version.Pack, q.version.Lexicon, q.item, q.view)
	v := grade.Answer(&key, text)
	if v.Mark == grade.Close && !c.Close {
		c.Close, c.Reason, l.dirty = true, v.Reason, true
		return l.show(ctx, update)
	}
	return l.close(ctx, v.Mark, update)
}

// pressMisses puts the facts that somebody missed in a game or a daily on top of their deck and starts.
func (f *Feature) pressMisses(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	answers, err := f.store.Answers(ctx, bot.SessionID(r.Arg(0)))
	if err != nil {
		return bot.Reply{}, err
	}
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		played := false
		l.begin()
		for i := range answers {
			a := &answers[i]
			fact, _, ok := a.Item.Parts()
			if a.Member != r.Member.ID || !a.Final || a.Void || !ok {
				continue
			}
			played = true
			if a.Mark != grade.Right {
				l.session.Top = append(l.session.Top, fact)
			}
		}
		switch {
		case !played:
			return bot.Reply{}, bot.Refuse(phrase.DidNotPlay)
		case len(l.session.Top) == 0:
			return bot.Reply{}, bot.Refuse(phrase.StudyNoMisses)
		}
		if err := l.next(ctx); err != nil {
			return bot.Reply{}, err
		}
		return l.show(ctx, false)
	})
}

// ResultButtons offers to review what was missed.
func (f *Feature) ResultButtons(id bot.SessionID, chat bot.Chat, local phrase.Localizer) []bot.Button {
	p := bot.Payload{Action: "fmiss", Args: []uint64{uint64(id)}}
	return []bot.Button{{Label: local.Say(phrase.ButtonMisses), Action: f.host.Sign(chat.Audience(), p)}}
}
