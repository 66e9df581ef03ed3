package study

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz/flashcard"
)

// How cards get new dates when a member's desired retention changes, or the parameters of a new
// version do: each from its own log, as if it had always been scheduled so. The learner keeps by what
// their cards are dated and, while it is being done, how far; it is gone on with after a crash and
// begun anew when the settings change meanwhile.

// redateMost is how many cards one change dates.
const redateMost = 500

// unfinished marks a basis by which not all cards are dated yet.
const unfinished = "to "

// redate dates a member's cards anew where they are dated by something else than the settings say.
func (f *Feature) redate(ctx context.Context, m bot.MemberID) error {
	for tries := 0; tries < tryLimit; {
		l, err := f.store.Learner(ctx, m)
		if err != nil || l.Version == 0 {
			return err
		}
		if dated(&l.Settings) {
			return nil
		}
		c, err := f.redated(ctx, l)
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
	return fmt.Errorf("dates of the cards of member %d: gave up after %d tries: %w", m, tryLimit, bot.ErrConflict)
}

// dated reports whether the cards are dated by what the settings say.
func dated(s *bot.StudySettings) bool {
	by := s.Dated
	if by == "" {
		usual := bot.DefaultStudySettings()
		by = usual.Basis()
	}
	return by == s.Basis()
}

// redated is the change that dates the next cards.
func (f *Feature) redated(ctx context.Context, l bot.Learner) (*bot.Change, error) {
	s := &l.Settings
	basis := s.Basis()
	scheduler, err := s.Scheduler()
	if err != nil {
		return nil, err
	}
	if s.Dated != unfinished+basis {
		s.Dated, s.Upto = unfinished+basis, ""
	}
	cards, err := f.store.Cards(ctx, l.Member, "")
	if err != nil {
		return nil, fmt.Errorf("cards to be dated: %w", err)
	}
	from := slices.IndexFunc(cards, func(c bot.Card) bool { return c.Memory.Fact > s.Upto })
	if from < 0 {
		from = len(cards)
	}
	c := &bot.Change{At: f.host.Now(), Learner: &l}
	rest := cards[from:]
	for _, card := range rest[:min(len(rest), redateMost)] {
		s.Upto = card.Memory.Fact
		now, err := f.redatedCard(ctx, scheduler, card)
		if err != nil {
			return nil, err
		}
		if now != card {
			c.Cards = append(c.Cards, now)
		}
	}
	if len(rest) <= redateMost {
		s.Dated, s.Upto = basis, content.FactID("")
	}
	l.Version++
	return c, nil
}

// redatedCard is a card with the date that its log gives it; as it is where the log is not whole. One
// whose fact changed is asked no later than it would have been.
func (f *Feature) redatedCard(ctx context.Context, s *flashcard.Scheduler, card bot.Card) (bot.Card, error) {
	if card.Memory.State == flashcard.New {
		return card, nil
	}
	log, err := f.store.ReviewsOf(ctx, card.ID)
	if err != nil {
		return card, fmt.Errorf("reviews of card %d: %w", card.ID, err)
	}
	log = log[:min(len(log), card.Memory.Reps)] // one that is being undone is not its
	lived := make([]flashcard.Change, len(log))
	for i := range log {
		lived[i] = flashcard.Change{Review: log[i].Review, Before: log[i].Before}
	}
	now, err := s.Reschedule(card.Memory, lived)
	if errors.Is(err, flashcard.ErrStale) {
		return card, nil
	}
	if err != nil {
		return card, err
	}
	if card.Changed && now.Interval > card.Memory.Interval {
		now.Interval, now.Due = card.Memory.Interval, card.Memory.Due
	}
	card.Memory = now
	return card, nil
}
