package study

import (
	"context"
	"errors"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// pressRating rates the card that is shown and goes on to the next one.
func (f *Feature) pressRating(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		if l.session.Card.Open {
			return l.show(ctx, true)
		}
		card, why, err := l.hold(ctx)
		if err != nil {
			return bot.Reply{}, err
		}
		if why != "" {
			return l.goOn(ctx, l.r.Say(why))
		}
		if err := l.rate(card, flashcard.Rating(min(r.Arg(1), 255))); errors.Is(err, flashcard.ErrRating) {
			return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
		} else if err != nil {
			return bot.Reply{}, err
		}
		return l.goOn(ctx)
	})
}

// goOn goes on to the next card. What the request has changed is not in the store yet, so that the next
// card is chosen with it in mind.
func (l *lesson) goOn(ctx context.Context, said ...string) (bot.Reply, error) {
	if err := l.next(ctx); err != nil {
		return bot.Reply{}, err
	}
	if l.session.Leech != "" {
		return l.warn(ctx, said...)
	}
	return l.show(ctx, true, said...)
}

// warn shows the next card with the notice that the last one is a leech, and the offer to suspend it.
func (l *lesson) warn(ctx context.Context, said ...string) (bot.Reply, error) {
	reply, err := l.show(ctx, true, append(said, l.r.Say(phrase.StudyLeech, phrase.Count("count", flashcard.Leech)))...)
	if err != nil {
		return reply, err
	}
	p := &reply.Posts[0]
	p.Buttons = append(p.Buttons, []bot.Button{l.button(phrase.ButtonLeech, "fleech")})
	return reply, nil
}

// rate rates a card that is on hold.
func (l *lesson) rate(card bot.Card, rating flashcard.Rating) error {
	c := l.session.Card
	at := l.r.Now
	if at.Before(card.Memory.Reviewed) { // a clock went back: the log stays in order
		at = card.Memory.Reviewed
	}
	did, err := l.scheduler.Rate(card.Memory, flashcard.Review{Rating: rating, At: at, Day: max(l.today, card.Memory.Day), Reps: c.Reps, Took: c.Took})
	if err != nil {
		return err
	}
	card.Memory, card.Changed = did.After, false
	log := logged(&card, did, l.scheduler.Version())
	log.Item, log.Proposed = c.Item, c.Rating
	l.put(card)
	l.r.Change.Reviews = append(l.r.Change.Reviews, log)
	log.ID = l.after() // it has none yet
	l.log = append(l.log, log)
	l.session.Leech = ""
	if did.Leech {
		l.session.Leech = c.Fact
	}
	return nil
}

// after is a number behind all reviews of the log.
func (l *lesson) after() int64 {
	if n := len(l.log); n > 0 {
		return max(l.session.First, l.log[n-1].ID) + 1
	}
	return l.session.First + 1
}

// logged is what a review did, as the log keeps it.
func logged(card *bot.Card, did flashcard.Change, algorithm string) bot.CardReview {
	return bot.CardReview{Card: card.ID, Member: card.Member, Review: did.Review, Algorithm: algorithm, Before: did.Before,
		Due: did.After.Due, Interval: did.After.Interval}
}

// put writes a card with the request.
func (l *lesson) put(c bot.Card) {
	l.dirty = true
	if d := l.decks[c.Pack()]; d != nil && c.ID == 0 {
		if fact := d.version.Pack.FactByID(c.Memory.Fact); fact != nil {
			c.Value, c.Version = valueOf(fact), digest(d.row.Hash)
		}
	}
	l.r.Change.Cards = append(l.r.Change.Cards, c)
}

// changed reports whether the request has changed the card of a fact, and how it is then.
func (l *lesson) changed(fact content.FactID) (bot.Card, bool) {
	for _, c := range l.r.Change.Cards {
		if c.Memory.Fact == fact {
			return c, true
		}
	}
	return bot.Card{}, false
}

// pressUndo takes the last rating of the session back and shows its card again.
func (f *Feature) pressUndo(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		if l.session.Turn != r.Arg(0) {
			return bot.Reply{}, bot.Refuse(phrase.StudyMovedOn)
		}
		done := l.studied()
		if len(done) == 0 {
			return bot.Reply{}, bot.Refuse(phrase.StudyNoUndo)
		}
		last := done[len(done)-1]
		card, err := f.card(ctx, r.Member.ID, last.Before.Fact)
		if err != nil {
			return bot.Reply{}, err
		}
		if card.Memory.Reps != last.Review.Reps+1 {
			return bot.Reply{}, bot.Refuse(phrase.StudyUndoStale)
		}
		card.Memory = last.Before
		if card, err = f.redatedCard(ctx, l.scheduler, card); err != nil {
			return bot.Reply{}, err
		}
		l.put(card)
		r.Change.Unreview = append(r.Change.Unreview, last.ID)
		if err := l.back(ctx, &card, &last); err != nil {
			return bot.Reply{}, err
		}
		return l.show(ctx, true, r.Say(phrase.StudyUndone))
	})
}

// back shows the answer of a card again whose rating was undone.
func (l *lesson) back(ctx context.Context, card *bot.Card, last *bot.CardReview) error {
	l.log = l.log[:len(l.log)-1]
	s := &l.session
	s.Turn++
	s.Chat, s.Leech, s.Card = l.r.Chat.ID, "", nil
	w, err := l.waiting(ctx)
	if err != nil {
		return err
	}
	if s.Left = w.len() + 1; s.Count > 0 {
		s.Left = min(s.Left, s.Count-len(l.studied()))
	}
	d, fact, err := l.fact(ctx, card.Memory.Fact)
	if err != nil {
		return err
	}
	if d == nil || fact == nil { // gone meanwhile
		return l.next(ctx)
	}
	s.Card = &shown{Fact: fact.ID, Hash: d.row.Hash, Item: last.Item, Seed: seedOf(&card.Memory), Reps: card.Memory.Reps,
		New: card.Memory.State == flashcard.New, Changed: card.Changed, At: l.r.Now, Rating: last.Proposed, Took: last.Review.Took}
	if last.Proposed > flashcard.Again {
		s.Card.Mark = 2
	}
	if _, err := d.version.Generator.Draw(last.Item, s.Card.Seed); err != nil {
		return l.next(ctx)
	}
	return nil
}

// pressBury puts the card that is shown off until tomorrow.
func (f *Feature) pressBury(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.putOff(ctx, r, phrase.StudyBuriedNow, func(m *flashcard.Card, today quiz.Day) { m.Buried = today })
}

// pressSuspend suspends the card that is shown.
func (f *Feature) pressSuspend(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.putOff(ctx, r, phrase.StudySuspendedNow, func(m *flashcard.Card, _ quiz.Day) { m.Suspended = true })
}

func (f *Feature) putOff(ctx context.Context, r *bot.Request, said phrase.ID, how func(*flashcard.Card, quiz.Day)) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		card, why, err := l.hold(ctx)
		if err != nil {
			return bot.Reply{}, err
		}
		if why == "" {
			how(&card.Memory, l.today)
			l.put(card)
			why = said
		}
		return l.goOn(ctx, r.Say(why))
	})
}

// pressLeech suspends the card that was just found to be a leech.
func (f *Feature) pressLeech(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		fact := l.session.Leech
		if l.session.Turn != r.Arg(0) || fact == "" {
			return bot.Reply{}, bot.Refuse(phrase.StudyMovedOn)
		}
		card, err := f.card(ctx, r.Member.ID, fact)
		if err != nil {
			return bot.Reply{}, err
		}
		card.Memory.Suspended = true
		l.put(card)
		l.session.Leech = ""
		if c := l.session.Card; c != nil && c.Fact == fact {
			return l.goOn(ctx, r.Say(phrase.StudySuspendedNow))
		}
		return l.show(ctx, true, r.Say(phrase.StudySuspendedNow))
	})
}

// reasons are what can be wrong with a question, as in games.
var reasons = []string{"wrong-key", "two-right", "unclear", "language", "outdated", "other"}

// pressReport asks what is wrong with the question that is shown.
func (f *Feature) pressReport(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		p := r.Post(bot.CardPost, phrase.ReportTitle)
		p.Body = []bot.Line{{Text: r.Say(phrase.ReportAsk)}}
		for i, reason := range reasons {
			if i%2 == 0 {
				p.Buttons = append(p.Buttons, nil)
			}
			p.Buttons[i/2] = append(p.Buttons[i/2], bot.Button{Label: r.Say(phrase.ID("choice-reason-" + reason)), Action: l.sign("fwhy", uint64(i))})
		}
		return bot.Reply{Posts: []bot.Post{p}}, nil
	})
}

// pressReason files a report.
func (f *Feature) pressReason(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.onTurn(ctx, r, func(l *lesson) (bot.Reply, error) {
		i := r.Index(1)
		if i >= len(reasons) {
			return bot.Reply{}, bot.Refuse(phrase.ButtonOver)
		}
		q, err := l.question(ctx)
		if err != nil {
			return bot.Reply{}, err
		}
		c := l.session.Card
		r.Change.Reports = append(r.Change.Reports, bot.Report{Space: r.Space.ID, Chat: r.Chat.ID, Member: r.Member.ID, Item: c.Item,
			Pack: bot.PackOf(c.Fact), Hash: c.Hash, Seed: c.Seed, Lang: q.view.Lang, Reason: reasons[i], At: r.Now})
		reply := r.Reply(phrase.ReportThanks)
		reply.Update = true
		return reply, nil
	})
}
