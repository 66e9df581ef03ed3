package study

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/catalog"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/generate"
)

// digest is a number that stands for a text.
func digest(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s)) // never fails
	return h.Sum64()
}

// valueOf is a number that stands for what a fact says, whatever it is asked with.
func valueOf(f *content.Fact) uint64 {
	h := fnv.New64a()
	for _, values := range f.Values {
		fmt.Fprint(h, "\n")
		for _, v := range values {
			switch {
			case v.Entity != nil:
				fmt.Fprintf(h, "e%s\t", v.Entity.ID)
			case v.Words != nil:
				fmt.Fprintf(h, "w%q\t", v.Words.Text)
			default:
				fmt.Fprintf(h, "v%d %v %v\t", v.Type, v.Amount, v.Date)
			}
		}
	}
	return h.Sum64()
}

// expired reports whether a fact is not asked any more today.
func expired(f *content.Fact, r *bot.Request) bool {
	return generate.Expired(f, bot.DateIn(r.Now, r.Zone()))
}

// deckIn returns the active version of a pack for a member who studies in a space; nil where the pack
// takes no part.
func (f *Feature) deckIn(ctx context.Context, space bot.SpaceID, id content.PackID, s *bot.StudySettings) (*deck, error) {
	if slices.Contains(s.Off, id) {
		return nil, nil
	}
	if own := catalog.SpaceOf(id); own != 0 {
		space = own // wherever they study, it is the pack of that place
	}
	rows, err := f.packs.Playable(ctx, space)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Pack != id {
			continue
		}
		v, err := f.packs.Version(ctx, row.Pack, row.Hash)
		if err != nil {
			return nil, err
		}
		return &deck{row, v}, nil
	}
	return nil, nil
}

// renewMost is how many cards one change compares with a new version.
const renewMost = 500

// renew compares a member's cards with the packs as they are now: a fact that vanished retires its card,
// one that says something else is asked again.
func (f *Feature) renew(ctx context.Context, m bot.MemberID, space bot.SpaceID, today quiz.Day) error {
	for range tryLimit {
		learner, err := f.store.Learner(ctx, m)
		if err != nil {
			return err
		}
		cards, err := f.store.Cards(ctx, m, "")
		if err != nil {
			return err
		}
		c := &bot.Change{At: f.host.Now()}
		decks := map[content.PackID]*deck{}
		everything := learner.Settings
		everything.Off = nil
		for _, card := range cards {
			id := card.Pack()
			if _, known := decks[id]; !known {
				if decks[id], err = f.deckIn(ctx, space, id, &everything); err != nil {
					return err
				}
			}
			if d := decks[id]; d != nil && compare(&card, d, c, today) && len(c.Cards) < renewMost {
				c.Cards = append(c.Cards, card)
			}
		}
		if len(c.Cards) == 0 {
			return nil
		}
		learner.Version++
		c.Learner = &learner
		if err := bot.Write(ctx, f.host, c); err != nil && !errors.Is(err, bot.ErrConflict) {
			return err
		}
	}
	return nil // the rest waits for next time
}

// compare compares a card with a pack and reports whether it changed.
func compare(card *bot.Card, d *deck, c *bot.Change, today quiz.Day) bool {
	version := digest(d.row.Hash)
	if card.Version == version {
		return false
	}
	card.Version = version
	fact := d.version.Pack.FactByID(card.Memory.Fact)
	if card.Retired = fact == nil; card.Retired {
		return true
	}
	if value := valueOf(fact); value != card.Value {
		card.Value, card.Changed = value, true
		if m := &card.Memory; m.State == flashcard.Reviewing && m.DueDay() > today {
			m.Interval, m.Due = max(0, int(today-m.Day)), c.At
		}
	}
	return true
}

// titleOf is what a pack is called for a person.
func (l *lesson) titleOf(d *deck) string { return catalog.TitleIn(d.version.Pack, l.langOf(d)) }

func (l *lesson) langOf(d *deck) language.Code {
	return catalog.LanguageFor(d.version.Pack, l.r.Local.Lang)
}
