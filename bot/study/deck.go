package study

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// cards is /cards: the deck, settings that options change, cards that are taken away or brought in.
func (f *Feature) cards(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	delete(r.Options, "import") // its value is the file
	switch {
	case r.Options.Has("export"):
		return f.takeAway(ctx, r)
	case r.Input.Command.File != nil:
		return f.bringIn(ctx, r)
	case len(r.Options) > 0:
		return f.change(ctx, r)
	}
	return f.deck(ctx, r, false)
}

// pressDeck shows the deck.
func (f *Feature) pressDeck(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.deck(ctx, r, true)
}

// deck shows what a member has and what is due.
func (f *Feature) deck(ctx context.Context, r *bot.Request, update bool) (bot.Reply, error) {
	if err := f.renew(ctx, r.Member.ID, r.Space.ID, quiz.PersonalDay(r.Now, r.Zone())); err != nil {
		return bot.Reply{}, err
	}
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) { return l.deckCard(ctx, update) })
}

// tally is what a deck holds.
type tally struct {
	due, learned, suspended, retired int
	next                             int // days until the next card is due; 0: none
}

func (t *tally) add(l *lesson, c *bot.Card) {
	m := &c.Memory
	switch {
	case c.Retired:
		t.retired++
		return
	case m.Suspended:
		t.suspended++
		return
	case m.State == flashcard.New:
		return
	case m.IsDue(l.r.Now, l.today):
		t.due++
	}
	if m.State == flashcard.Reviewing || m.State == flashcard.Relearning {
		t.learned++
	}
	if in := int(m.DueDay() - l.today); in > 0 && (t.next == 0 || in < t.next) {
		t.next = in
	}
}

func (l *lesson) deckCard(ctx context.Context, update bool) (bot.Reply, error) {
	cards, err := l.f.store.Cards(ctx, l.r.Member.ID, "")
	if err != nil {
		return bot.Reply{}, err
	}
	var all tally
	byPack := map[content.PackID]*tally{}
	for i := range cards {
		c := &cards[i]
		d, err := l.deck(ctx, c.Pack())
		if err != nil {
			return bot.Reply{}, err
		}
		if d == nil {
			continue
		}
		if byPack[c.Pack()] == nil {
			byPack[c.Pack()] = &tally{}
		}
		byPack[c.Pack()].add(l, c)
		all.add(l, c)
	}
	whole := *l
	whole.session = session{First: l.session.First} // whatever the session in hand is about
	w, err := whole.waiting(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	p := l.r.Post(bot.CardPost, phrase.DeckTitle)
	var body lines
	body.add(l.r.Say(phrase.DeckDue, phrase.Count("count", all.due)), bot.Strong)
	body.add(l.r.Say(phrase.DeckNew, phrase.Count("count", len(w.fresh))), bot.Plain)
	body.add(l.r.Say(phrase.DeckLearned, phrase.Count("count", all.learned)), bot.Plain)
	if all.due == 0 && all.next > 0 {
		body.add(l.r.Say(phrase.DeckNext, phrase.Text("interval", days(l.r, all.next))), bot.Plain)
	}
	if all.suspended > 0 {
		body.add(l.r.Say(phrase.DeckSuspended, phrase.Count("count", all.suspended)), bot.Plain)
	}
	if all.retired > 0 {
		body.add(l.r.Say(phrase.DeckRetired, phrase.Count("count", all.retired)), bot.Plain)
	}
	var after lines
	for _, id := range slices.Sorted(maps.Keys(byPack)) {
		t, d := byPack[id], l.decks[id]
		after.add(l.r.Say(phrase.DeckPack, phrase.Text("pack", l.titleOf(d)), phrase.Count("due", t.due), phrase.Count("learned", t.learned),
			phrase.Count("total", len(d.version.Pack.Facts))), bot.Bullet)
	}
	p.Body, p.After = body, after
	p.Buttons = [][]bot.Button{{
		{Label: l.r.Say(phrase.ButtonReview), Action: l.r.Sign("fgo"), Style: bot.MainButton},
		{Label: l.r.Say(phrase.ButtonSettings), Action: l.r.Sign("fset")},
	}}
	if h, ok := l.f.host.(actionLister); ok && h.HasAction(progressAction) {
		p.Buttons[0] = append(p.Buttons[0], bot.Button{Label: l.r.Say(phrase.ButtonProgress), Action: l.r.Sign(progressAction)})
	}
	if all.suspended > 0 {
		p.Buttons = append(p.Buttons, []bot.Button{{Label: l.r.Say(phrase.ButtonTakeUp), Action: l.r.Sign("ftake")}})
	}
	return bot.Reply{Posts: []bot.Post{p}, Update: update}, nil
}

// progressAction is the button, for one member, of the feature that draws progress. It is offered where
// there is such a feature.
const progressAction = "progress"

// actionLister is a host that tells which actions there are.
type actionLister interface{ HasAction(name string) bool }

// pressTakeUp takes all suspended cards up again.
func (f *Feature) pressTakeUp(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		cards, err := f.store.Cards(ctx, r.Member.ID, "")
		if err != nil {
			return bot.Reply{}, fmt.Errorf("suspended cards: %w", err)
		}
		n := 0
		for _, c := range cards {
			if c.Memory.Suspended && n < renewMost {
				c.Memory.Suspended = false
				l.put(c)
				n++
			}
		}
		p := r.Post(bot.NoticePost, "")
		p.Body = []bot.Line{{Text: r.Say(phrase.DeckTakenUp, phrase.Count("count", n))}}
		p.Buttons = [][]bot.Button{{{Label: r.Say(phrase.ButtonReview), Action: r.Sign("fgo"), Style: bot.MainButton}}}
		return bot.Reply{Posts: []bot.Post{p}, Update: true}, nil
	})
}
