package study

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// lesson is one request of a member who studies: what was read of them, and what is decided on it.
type lesson struct {
	f         *Feature
	r         *bot.Request
	learner   bot.Learner
	session   session
	scheduler *flashcard.Scheduler
	today     quiz.Day
	log       []bot.CardReview // of today
	decks     map[content.PackID]*deck
	dirty     bool // something is to be written
}

// tryLimit is how often something is decided anew because another writer was first.
const tryLimit = 20

// with reads how the member of a request studies, lets do decide, and writes what it decided. It is
// decided anew where the member's cards changed meanwhile.
func (f *Feature) with(ctx context.Context, r *bot.Request, do func(*lesson) (bot.Reply, error)) (bot.Reply, error) {
	if err := f.take(ctx, r.Member.ID); err != nil {
		return bot.Reply{}, err
	}
	if err := f.redate(ctx, r.Member.ID); err != nil {
		return bot.Reply{}, err
	}
	for range tryLimit {
		l, err := f.read(ctx, r)
		if err != nil {
			return bot.Reply{}, err
		}
		reply, err := do(l)
		if err != nil || !l.dirty {
			return reply, err
		}
		switch err := l.write(ctx); {
		case err == nil:
			r.Saved = true
			return reply, f.redate(ctx, r.Member.ID)
		case !errors.Is(err, bot.ErrConflict):
			return bot.Reply{}, err
		}
		f.host.Meter().Conflicted()
		r.Reset()
	}
	return bot.Reply{}, fmt.Errorf("cards of member %d: gave up after %d tries: %w", r.Member.ID, tryLimit, bot.ErrConflict)
}

func (f *Feature) read(ctx context.Context, r *bot.Request) (*lesson, error) {
	l := &lesson{f: f, r: r, today: quiz.PersonalDay(r.Now, r.Zone()), decks: map[content.PackID]*deck{}}
	var err error
	if l.learner, err = f.store.Learner(ctx, r.Member.ID); err != nil {
		return nil, err
	}
	if l.session, err = readSession(l.learner.Session); err != nil {
		return nil, fmt.Errorf("session of learner %d: %w", r.Member.ID, err)
	}
	if l.scheduler, err = l.learner.Settings.Scheduler(); err != nil {
		return nil, fmt.Errorf("settings of learner %d: %w", r.Member.ID, err)
	}
	if l.log, err = f.store.ReviewsOn(ctx, r.Member.ID, l.today); err != nil {
		return nil, err
	}
	return l, nil
}

// write writes the change of the request with the learner's next version.
func (l *lesson) write(ctx context.Context) error {
	data, err := json.Marshal(&l.session)
	if err != nil {
		return fmt.Errorf("write the session of learner %d: %w", l.learner.Member, err)
	}
	l.learner.Session = data
	l.learner.Version++
	next := l.learner
	l.r.Change.Learner = &next
	return bot.Write(ctx, l.f.host, l.r.Change)
}

// card returns the card of a fact, a new one where there is none.
func (f *Feature) card(ctx context.Context, m bot.MemberID, fact content.FactID) (bot.Card, error) {
	c, err := f.store.Card(ctx, m, fact)
	if bot.IsNone(err) {
		return bot.Card{Member: m, Memory: flashcard.NewCard(fact, keyOf(m, fact))}, nil
	}
	if err != nil {
		return c, fmt.Errorf("card of %s: %w", fact, err)
	}
	return c, nil
}

// keyOf is the key of a new card.
func keyOf(m bot.MemberID, fact content.FactID) uint64 {
	return digest(fmt.Sprint(int64(m), "/", fact))
}

// studied are the reviews of the session so far.
func (l *lesson) studied() []bot.CardReview {
	var out []bot.CardReview
	for i := range l.log {
		if r := &l.log[i]; r.ID > l.session.First && r.Review.Source == flashcard.FromStudy {
			out = append(out, *r)
		}
	}
	return out
}

// since is how long the card has been shown, where that is known and is no absence.
func (s *shown) since(now time.Time) time.Duration {
	const absent = 10 * time.Minute
	if took := now.Sub(s.At); took > 0 && took < absent {
		return took
	}
	return 0
}

// deck is a pack that a member can study now.
type deck struct {
	row     bot.PackRow
	version *catalog.Version
}

// fact returns the deck and the fact of an id; nil where the pack takes no part now or has no such
// fact, or where it is not asked any more.
func (l *lesson) fact(ctx context.Context, id content.FactID) (*deck, *content.Fact, error) {
	d, err := l.deck(ctx, bot.PackOf(id))
	if err != nil || d == nil {
		return nil, nil, err
	}
	fact := d.version.Pack.FactByID(id)
	if fact == nil || expired(fact, l.r) {
		return d, nil, nil
	}
	return d, fact, nil
}

// deck returns a pack with its active version; nil where it takes no part: the member or its space has
// switched it off, or it is gone.
func (l *lesson) deck(ctx context.Context, id content.PackID) (*deck, error) {
	if d, ok := l.decks[id]; ok {
		return d, nil
	}
	d, err := l.f.deckIn(ctx, l.r.Space.ID, id, &l.learner.Settings)
	if err == nil {
		l.decks[id] = d
	}
	return d, err
}

// all returns the packs from which new cards come, in the order in which they are offered.
func (l *lesson) all(ctx context.Context) ([]*deck, error) {
	rows, err := l.f.offered(ctx, l.r)
	if err != nil {
		return nil, err
	}
	var out []*deck
	for _, row := range rows {
		if l.session.Pack != "" && row.Pack != l.session.Pack {
			continue
		}
		d, err := l.deck(ctx, row.Pack)
		if err != nil {
			return nil, err
		}
		if d != nil {
			out = append(out, d)
		}
	}
	return out, nil
}
