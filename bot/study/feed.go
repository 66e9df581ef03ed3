package study

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/grade"
)

// How answers in games and dailies become ratings. The answer log is the truth: each learner has a mark
// of how far it was taken in, which moves in the same change as the ratings that follow from it. So no
// answer is lost or taken twice, whenever a process dies. A game that ends has its answers taken in by
// due work that is written with its end; what is still open is taken in before a member studies.

// Complete has the answers of a session that ends be taken into memory.
func (f *Feature) Complete(c *bot.Change) {
	if s := c.Session; s != nil && s.Ended && s.Kind != Kind && !slices.ContainsFunc(c.Due, func(d bot.Due) bool { return d.Key.Kind == feedKind }) {
		c.Due = append(c.Due, bot.Due{Key: bot.DueKey{Kind: feedKind, ID: int64(s.ID)}, At: c.At})
	}
}

// feed takes the answers of a session into the memory of those who agreed, and asks who was never asked
// and played in private.
func (f *Feature) feed(ctx context.Context, key bot.DueKey) (*bot.Change, error) {
	id := bot.SessionID(key.ID)
	done := &bot.Change{At: f.host.Now(), Undue: []bot.DueKey{key}}
	s, err := f.store.Session(ctx, id)
	if bot.IsNone(err) {
		return done, nil
	}
	if err != nil {
		return nil, err
	}
	answers, err := f.store.Answers(ctx, id)
	if err != nil {
		return nil, err
	}
	var members []bot.MemberID
	for i := range answers {
		if m := answers[i].Member; m > 0 && !slices.Contains(members, m) {
			members = append(members, m)
		}
	}
	for _, m := range members {
		if err := f.take(ctx, m); err != nil {
			return nil, err
		}
		if err := f.ask(ctx, m, &s); err != nil {
			return nil, err
		}
	}
	return done, nil
}

// takeMost is how many answers one change takes in.
const takeMost = 200

// take takes what a member answered in games and dailies into their memory, if they agreed.
func (f *Feature) take(ctx context.Context, m bot.MemberID) error {
	for tries := 0; tries < tryLimit; {
		l, err := f.store.Learner(ctx, m)
		if err != nil || l.Feed != bot.Agreed {
			return err
		}
		answers, err := f.store.FinalAnswers(ctx, m, l.Fed, takeMost)
		if err != nil || len(answers) == 0 {
			return err
		}
		c, err := f.taken(ctx, l, answers)
		if err != nil {
			return err
		}
		switch err := bot.Write(ctx, f.host, c); {
		case errors.Is(err, bot.ErrConflict):
			f.host.Meter().Conflicted()
			tries++
		case err != nil:
			return err
		}
	}
	return fmt.Errorf("answers of member %d: gave up after %d tries: %w", m, tryLimit, bot.ErrConflict)
}

// taking is a change that takes answers in.
type taking struct {
	cards map[content.FactID]*bot.Card
	rated map[content.FactID]map[quiz.Day]bool // by games, on these days
	kinds map[bot.SessionID]bot.Kind
}

// taken is the change that takes answers in: at most one rating a fact and day.
func (f *Feature) taken(ctx context.Context, l bot.Learner, answers []bot.Answer) (*bot.Change, error) {
	scheduler, err := l.Settings.Scheduler()
	if err != nil {
		return nil, err
	}
	c := &bot.Change{At: f.host.Now()}
	t := taking{map[content.FactID]*bot.Card{}, map[content.FactID]map[quiz.Day]bool{}, map[bot.SessionID]bot.Kind{}}
	for i := range answers {
		a := &answers[i]
		l.Fed = a.ID
		fact, _, ok := a.Item.Parts()
		if a.Void || !ok {
			continue
		}
		card, err := f.heldBy(ctx, &t, l.Member, fact)
		if err != nil {
			return nil, err
		}
		day := quiz.Day(a.Day)
		if card == nil || card.Memory.Suspended || card.Retired || t.rated[fact][day] {
			continue
		}
		review := flashcard.Review{Rating: flashcard.Proposed(a.Mark == grade.Right, a.Try > 0, a.Hinted), At: a.At, Day: day, Reps: card.Memory.Reps, Took: a.Took}
		if review.Source, err = f.sourceOf(ctx, &t, a.Session); err != nil {
			return nil, err
		}
		if review.At.Before(card.Memory.Reviewed) { // it was reviewed since: the log stays in order
			review.At = card.Memory.Reviewed
		}
		review.Day = max(review.Day, card.Memory.Day)
		did, err := scheduler.Rate(card.Memory, review)
		if err != nil {
			return nil, err
		}
		card.Memory = did.After
		t.rated[fact][day] = true
		log := logged(card, did, scheduler.Version())
		log.Item, log.Proposed, log.Answer = a.Item, review.Rating, a.ID
		c.Reviews = append(c.Reviews, log)
	}
	touched := map[content.FactID]bool{}
	for i := range c.Reviews {
		if fact := c.Reviews[i].Before.Fact; !touched[fact] {
			touched[fact] = true
			c.Cards = append(c.Cards, *t.cards[fact])
		}
	}
	l.Version++
	c.Learner = &l
	return c, nil
}

// heldBy returns the card of a fact with the days on which games rated it; a new card where the fact was
// not met before, and nil where it cannot be one.
func (f *Feature) heldBy(ctx context.Context, t *taking, m bot.MemberID, fact content.FactID) (*bot.Card, error) {
	if c, ok := t.cards[fact]; ok {
		return c, nil
	}
	card, err := f.card(ctx, m, fact)
	if err != nil {
		return nil, err
	}
	t.rated[fact] = map[quiz.Day]bool{}
	if card.ID == 0 {
		everything := bot.DefaultStudySettings()
		d, err := f.deckIn(ctx, 0, bot.PackOf(fact), &everything)
		if err != nil {
			return nil, err
		}
		if d != nil {
			if known := d.version.Pack.FactByID(fact); known != nil {
				card.Value, card.Version = valueOf(known), digest(d.row.Hash)
			}
		}
		t.cards[fact] = &card
		return &card, nil
	}
	log, err := f.store.ReviewsOf(ctx, card.ID)
	if err != nil {
		return nil, err
	}
	for i := range log {
		if r := &log[i]; r.Review.Source != flashcard.FromStudy {
			t.rated[fact][r.Review.Day] = true
		}
	}
	t.cards[fact] = &card
	return &card, nil
}

// dailyKind is the kind of the sessions of dailies.
const dailyKind bot.Kind = "daily"

// sourceOf tells games from dailies.
func (f *Feature) sourceOf(ctx context.Context, t *taking, id bot.SessionID) (flashcard.Source, error) {
	kind, known := t.kinds[id]
	if !known {
		s, err := f.store.Session(ctx, id)
		if err != nil && !bot.IsNone(err) {
			return 0, err
		}
		kind = s.Kind
		t.kinds[id] = kind
	}
	if kind == dailyKind {
		return flashcard.FromDaily, nil
	}
	return flashcard.FromGame, nil
}

// ask asks a member once, after their first game, whether games may feed their memory: in a private chat,
// or where something can be shown to them alone that stays.
func (f *Feature) ask(ctx context.Context, m bot.MemberID, s *bot.Session) error {
	l, err := f.store.Learner(ctx, m)
	if err != nil || l.Feed != bot.NotAsked {
		return err
	}
	chat, err := f.store.Chat(ctx, s.Chat)
	if bot.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	limits, to := f.host.Limits(chat.Address.Platform), s.Solo
	switch {
	case chat.Address.Private:
	case ownHere(&limits):
		to = m
	default:
		return nil
	}
	who, err := f.store.Member(ctx, m)
	if bot.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	local, err := f.localOf(ctx, who, &chat)
	if err != nil {
		return err
	}
	if !who.Own { // their client's language is not kept, but they have just played in it
		local.Lang = s.Lang
	}
	l.Version++
	l.Feed = bot.AskedOnce
	p := f.askPost(local, who)
	slot := bot.Slot{Kind: Kind, ID: int64(m), Part: "ask"}
	c := &bot.Change{At: f.host.Now(), Learner: &l, Sends: []bot.Send{{Op: bot.New, Slot: slot, Chat: chat.ID, To: to, Post: p, Class: bot.BulkClass}}}
	if err := bot.Write(ctx, f.host, c); err != nil && !errors.Is(err, bot.ErrConflict) {
		return err
	}
	return nil
}

// localOf is how a member is spoken to in a chat that nobody writes in right now.
func (f *Feature) localOf(ctx context.Context, m bot.Member, chat *bot.Chat) (phrase.Localizer, error) {
	space, err := f.store.Space(ctx, chat.Space)
	if err != nil && !bot.IsNone(err) {
		return phrase.Localizer{}, err
	}
	return phrase.Localizer{Lang: bot.LanguageOf(m, space, m.Lang.String()), Style: bot.StyleOf(m, space)}, nil
}

// askPost is the question.
func (f *Feature) askPost(local phrase.Localizer, m bot.Member) bot.Post {
	p := bot.Post{Kind: bot.CardPost, Lang: local.Lang, Title: local.Say(phrase.ConsentTitle)}
	p.Body = []bot.Line{{Text: local.Say(phrase.ConsentAsk)}, {Text: local.Say(phrase.ConsentLater), Style: bot.Quiet}}
	sign := func(yes uint64) string {
		return f.host.Sign(m.Audience(), bot.Payload{Action: "fask", Args: []uint64{yes}})
	}
	p.Buttons = [][]bot.Button{{
		{Label: local.Say(phrase.ButtonYes), Action: sign(1), Style: bot.MainButton}, {Label: local.Say(phrase.ButtonNo), Action: sign(0)},
	}}
	return p
}

// pressConsent is the answer to it.
func (f *Feature) pressConsent(ctx context.Context, r *bot.Request) (bot.Reply, error) {
	return f.with(ctx, r, func(l *lesson) (bot.Reply, error) {
		said := phrase.ConsentNo
		if r.Arg(0) == 1 {
			said = phrase.ConsentYes
		}
		if before := l.learner.Feed; r.Arg(0) == 1 && before != bot.Agreed {
			fed, err := f.store.LastAnswer(ctx)
			if err != nil {
				return bot.Reply{}, err
			}
			l.learner.Fed = fed
		}
		putFeed(&l.learner, int(min(r.Arg(0), 1)))
		l.dirty = true
		return r.Reply(said), nil
	})
}
