package study

import (
	"context"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/quiz/flashcard"
)

// end says what was done in a session and what comes next.
func (l *lesson) end(ctx context.Context) (bot.Post, error) {
	p := l.r.Post(bot.CardPost, phrase.StudyEnd)
	var body lines
	done := l.studied()
	if len(done) == 0 {
		body.add(l.r.Say(phrase.StudyNothing), bot.Plain)
	} else {
		right := 0
		for i := range done {
			if done[i].Review.Rating != flashcard.Again {
				right++
			}
		}
		body.add(l.r.Say(phrase.StudyDone, phrase.Count("count", len(done)), phrase.Count("right", right),
			phrase.Count("percent", (200*right+len(done))/(2*len(done)))), bot.Plain)
	}
	w, err := l.waiting(ctx)
	if err != nil {
		return p, err
	}
	if n := w.len(); n > 0 {
		body.add(l.r.Say(phrase.StudyMore, phrase.Count("count", n)), bot.Plain)
	}
	if w.held > 0 {
		body.add(l.r.Say(phrase.StudyHeld, phrase.Count("count", w.held)), bot.Plain)
	}
	soon, err := l.f.store.DueCards(ctx, l.r.Member.ID, l.r.Now.Add(24*time.Hour), l.today+1, dueMost)
	if err != nil {
		return p, fmt.Errorf("cards that are due tomorrow: %w", err)
	}
	if n, err := l.counted(ctx, soon); err != nil {
		return p, err
	} else if n > 0 {
		body.add(l.r.Say(phrase.StudyTomorrow, phrase.Count("count", n)), bot.Plain)
	}
	p.Body = body
	var row []bot.Button
	if len(done) > 0 {
		row = append(row, l.button(phrase.ButtonUndo, "fundo"))
	}
	if w.len() > 0 {
		more := l.button(phrase.ButtonGoOn, "fgo")
		more.Style = bot.MainButton
		row = append([]bot.Button{more}, row...)
	}
	p.Buttons = [][]bot.Button{append(row, bot.Button{Label: l.r.Say(phrase.ButtonDeck), Action: l.r.Sign("fdeck")})}
	return p, nil
}

// counted is how many cards are of packs that take part.
func (l *lesson) counted(ctx context.Context, cards []bot.Card) (n int, err error) {
	for i := range cards {
		_, fact, err := l.fact(ctx, cards[i].Memory.Fact)
		if err != nil {
			return 0, err
		}
		if fact != nil {
			n++
		}
	}
	return n, nil
}
