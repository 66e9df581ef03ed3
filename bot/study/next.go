package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

const (
	// dueMost is how many due cards are looked at for the next one.
	dueMost = 300
	// ahead is how long before its time a card on a step is asked where nothing else is left.
	ahead = 20 * time.Minute
	// newEvery says that one card in so many is a new one while both are there.
	newEvery = 4
)

// waiting is what may be asked now.
type waiting struct {
	top     []bot.Card
	steps   []bot.Card // on steps of less than a day, due
	reviews []bot.Card
	fresh   []bot.Card // never reviewed
	soon    []bot.Card // on steps that are due within a moment
	held    int        // due, and wait for tomorrow because of their subject
}

func (w *waiting) len() int {
	return len(w.top) + len(w.steps) + len(w.reviews) + len(w.fresh) + len(w.soon)
}

// next chooses the card that is asked next and draws its question. Where there is none, the session is
// over.
func (l *lesson) next(ctx context.Context) error {
	l.dirty = true
	s := &l.session
	s.Turn++
	s.Card, s.Chat = nil, l.r.Chat.ID
	w, err := l.waiting(ctx)
	if err != nil {
		return err
	}
	s.Left = w.len()
	if s.Count > 0 {
		s.Left = min(s.Left, max(0, s.Count-len(l.studied())))
		if s.Left == 0 {
			return nil
		}
	}
	for _, c := range w.inOrder(len(l.studied())) {
		card, err := l.draw(ctx, c)
		if err != nil {
			return err
		}
		if slices.Contains(s.Top, c.Memory.Fact) {
			s.Top = slices.DeleteFunc(s.Top, func(f content.FactID) bool { return f == c.Memory.Fact })
		}
		if card != nil {
			s.Card = card
			return nil
		}
	}
	s.Left = 0
	return nil
}

// inOrder is the order in which cards are asked after so many.
func (w *waiting) inOrder(done int) []bot.Card {
	out := append(slices.Clone(w.top), w.steps...)
	if done%newEvery == newEvery-1 || len(w.reviews) == 0 {
		out = append(append(out, w.fresh...), w.reviews...)
	} else {
		out = append(append(out, w.reviews...), w.fresh...)
	}
	return append(out, w.soon...)
}

// waiting finds what may be asked now.
func (l *lesson) waiting(ctx context.Context) (*waiting, error) {
	w, m, now := &waiting{}, l.r.Member.ID, l.r.Now
	about, err := l.subjects(ctx)
	if err != nil {
		return nil, err
	}
	for _, fact := range l.session.Top {
		c, here := l.changed(fact)
		if !here {
			if c, err = l.f.card(ctx, m, fact); err != nil {
				return nil, err
			}
		}
		if _, f, err := l.fact(ctx, fact); err != nil {
			return nil, err
		} else if f != nil && !c.Memory.Suspended && !c.Retired && (c.Memory.Buried == 0 || c.Memory.Buried != l.today) {
			w.top = append(w.top, c)
		}
	}
	due, err := l.f.store.DueCards(ctx, m, now.Add(ahead), l.today, dueMost)
	if err != nil {
		return nil, fmt.Errorf("due cards: %w", err)
	}
	reviewsLeft := l.reviewsLeft()
	for _, c := range l.withChanged(due) {
		if slices.Contains(l.session.Top, c.Memory.Fact) || l.session.Pack != "" && c.Pack() != l.session.Pack {
			continue
		}
		_, fact, err := l.fact(ctx, c.Memory.Fact)
		switch {
		case err != nil:
			return nil, err
		case fact == nil:
		case c.Memory.State != flashcard.Reviewing && c.Memory.IsDue(now, l.today):
			w.steps = append(w.steps, c)
		case c.Memory.State != flashcard.Reviewing:
			w.soon = append(w.soon, c)
		case about.holds(fact):
			w.held++
		case len(w.reviews) < reviewsLeft:
			w.reviews = append(w.reviews, c)
			about.add(fact)
		}
	}
	return w, l.fresh(ctx, w, about)
}

// withChanged has the cards that the request itself has changed in a list of due ones as they are now.
func (l *lesson) withChanged(due []bot.Card) []bot.Card {
	out := slices.DeleteFunc(due, func(c bot.Card) bool { _, changed := l.changed(c.Memory.Fact); return changed })
	for _, c := range l.r.Change.Cards {
		if m := &c.Memory; m.State != flashcard.New && !c.Retired && m.IsDue(l.r.Now.Add(ahead), l.today) {
			out = append(out, c)
		}
	}
	return out
}

// reviewsLeft is how many reviews the day still allows.
func (l *lesson) reviewsLeft() int {
	if l.session.Count > 0 {
		return dueMost // the member has said how many
	}
	done := 0
	for i := range l.log {
		if r := &l.log[i]; r.Review.Source == flashcard.FromStudy && r.Before.State == flashcard.Reviewing {
			done++
		}
	}
	return max(0, l.learner.Settings.Reviews-done)
}

// newLeft is how many facts may still be met for the first time: in this session, if it was begun with
// a number, else on this day.
func (l *lesson) newLeft() int {
	first := func(log []bot.CardReview) (n int) {
		for i := range log {
			if r := &log[i]; r.Review.Source == flashcard.FromStudy && r.Before.State == flashcard.New {
				n++
			}
		}
		return n
	}
	if l.session.New != nil {
		return max(0, *l.session.New-first(l.studied()))
	}
	return max(0, l.learner.Settings.New-first(l.log))
}

// fresh adds the cards that are asked for the first time: those that wait already, then facts that have
// no card, the most prominent of each pack first.
func (l *lesson) fresh(ctx context.Context, w *waiting, about subjects) error {
	left := l.newLeft()
	if left == 0 {
		return nil
	}
	add := func(c bot.Card, fact *content.Fact) {
		if len(w.fresh) < left && !about.holds(fact) && !slices.Contains(l.session.Top, c.Memory.Fact) {
			w.fresh = append(w.fresh, c)
			about.add(fact)
		}
	}
	cards, err := l.f.store.NewCards(ctx, l.r.Member.ID, dueMost)
	if err != nil {
		return fmt.Errorf("new cards: %w", err)
	}
	for _, c := range cards {
		_, fact, err := l.fact(ctx, c.Memory.Fact)
		if err != nil {
			return err
		}
		if _, changed := l.changed(c.Memory.Fact); changed {
			continue
		}
		if fact != nil && c.Memory.IsDue(l.r.Now, l.today) && (l.session.Pack == "" || c.Pack() == l.session.Pack) {
			add(c, fact)
		}
	}
	decks, err := l.all(ctx)
	if err != nil {
		return err
	}
	for _, d := range decks {
		if len(w.fresh) >= left {
			return nil
		}
		facts, err := l.unmet(ctx, d)
		if err != nil {
			return err
		}
		for _, fact := range facts {
			if len(w.fresh) >= left {
				return nil
			}
			if !about.holds(fact) && len(d.version.Generator.Made(fact)) > 0 {
				add(bot.Card{Member: l.r.Member.ID, Memory: flashcard.NewCard(fact.ID, keyOf(l.r.Member.ID, fact.ID))}, fact)
			}
		}
	}
	return nil
}

// unmet are the facts of a pack that have no card yet, the most prominent first.
func (l *lesson) unmet(ctx context.Context, d *deck) ([]*content.Fact, error) {
	cards, err := l.f.store.Cards(ctx, l.r.Member.ID, d.row.Pack)
	if err != nil {
		return nil, fmt.Errorf("cards of pack %s: %w", d.row.Pack, err)
	}
	met := make(map[content.FactID]bool, len(cards))
	for i := range cards {
		met[cards[i].Memory.Fact] = true
	}
	var out []*content.Fact
	for i := range l.r.Change.Cards {
		met[l.r.Change.Cards[i].Memory.Fact] = true
	}
	for _, fact := range d.version.Pack.Facts {
		if !met[fact.ID] && !expired(fact, l.r) {
			out = append(out, fact)
		}
	}
	slices.SortStableFunc(out, func(a, b *content.Fact) int { return cmp.Compare(b.Prominence, a.Prominence) })
	return out, nil
}

// subjects are what the facts of a day are about: others about the same wait for another day.
type subjects map[string]bool

func (s subjects) add(f *content.Fact) {
	for _, e := range f.About {
		s[string(bot.PackOf(f.ID))+"/"+e.ID] = true
	}
}

func (s subjects) holds(f *content.Fact) bool {
	return slices.ContainsFunc(f.About, func(e *content.Entity) bool { return s[string(bot.PackOf(f.ID))+"/"+e.ID] })
}

// subjects are what today's reviews were about.
func (l *lesson) subjects(ctx context.Context) (subjects, error) {
	out := subjects{}
	for i := range l.log {
		_, fact, err := l.fact(ctx, l.log[i].Before.Fact)
		if err != nil {
			return nil, err
		}
		if fact != nil {
			out.add(fact)
		}
	}
	return out, nil
}

// draw draws the question of a card; nil where no question can be made.
func (l *lesson) draw(ctx context.Context, c bot.Card) (*shown, error) {
	d, fact, err := l.fact(ctx, c.Memory.Fact)
	if err != nil || fact == nil {
		return nil, err
	}
	var had []quiz.ItemID
	if c.ID != 0 {
		log, err := l.f.store.ReviewsOf(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		for i := range log {
			had = append(had, log[i].Item)
		}
	}
	item, ok := flashcard.Choose(c.Memory, l.scheduler.Rung(c.Memory, l.today), d.version.Generator.Made(fact), had)
	if !ok {
		return nil, nil
	}
	return &shown{Fact: fact.ID, Hash: d.row.Hash, Item: item, Seed: seedOf(&c.Memory), Reps: c.Memory.Reps,
		New: c.Memory.State == flashcard.New, Changed: c.Changed, At: l.r.Now, Open: true}, nil
}

// seedOf is the seed of a card's next question: the same until it is rated.
func seedOf(c *flashcard.Card) uint64 { return c.Key ^ uint64(c.Reps+1)*0x9E3779B97F4A7C15 }
