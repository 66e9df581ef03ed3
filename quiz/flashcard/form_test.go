package flashcard_test

import (
	"slices"
	"testing"

	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

func TestTheFormClimbs(t *testing.T) {
	s := plainScheduler(t)
	good, again := flashcard.Good, flashcard.Again
	for _, c := range []struct {
		name    string
		ratings []flashcard.Rating
		late    quiz.Day
		want    flashcard.Rung
	}{
		{"new", nil, 0, flashcard.Recognise},
		{"on its first step", []flashcard.Rating{good}, 0, flashcard.Recognise},
		{"out of its steps", []flashcard.Rating{good, good}, 0, flashcard.Complete},
		{"after eleven days", []flashcard.Rating{good, good, good}, 0, flashcard.Recall},
		{"after six weeks", []flashcard.Rating{good, good, good, good}, 0, flashcard.Recall},
		{"after six weeks, a year late", []flashcard.Rating{good, good, good, good}, 365, flashcard.Complete},
		{"after six weeks, twelve years late", []flashcard.Rating{good, good, good, good}, 12 * 365, flashcard.Recognise},
		{"just lapsed", []flashcard.Rating{good, good, good, good, again}, 0, flashcard.Recognise},
		{"back from its lapse", []flashcard.Rating{good, good, good, good, again, good}, 0, flashcard.Complete},
	} {
		card, _ := rated(t, s, c.ratings...)
		if got := s.Rung(card, card.DueDay()+c.late); got != c.want {
			t.Errorf("%s: %v, want %v (stability %.1f, retrievability %.2f)", c.name, got, c.want, card.Stability, s.Retrievability(card, card.DueDay()+c.late))
		}
	}
}

func TestWhatIsAskedOfACard(t *testing.T) {
	all := []quiz.ItemID{"p/f/choice/place", "p/f/who-said/place", "p/f/cloze/place", "p/f/true-false/place", "p/f/typed/place", "p/f/typed/year"}
	few := []quiz.ItemID{"p/f/choice/place", "p/f/typed/place"}
	for _, c := range []struct {
		name      string
		rung      flashcard.Rung
		made, had []quiz.ItemID
		want      []quiz.ItemID
	}{
		{"a choice at first", flashcard.Recognise, all, nil, all[:2]},
		{"the choice not had yet", flashcard.Recognise, all, all[:1], all[1:2]},
		{"the one had longest ago", flashcard.Recognise, all, []quiz.ItemID{all[1], all[0], all[1]}, all[:1]},
		{"a cloze or statement", flashcard.Complete, all, nil, all[2:4]},
		{"typed", flashcard.Recall, all, all[4:5], all[5:]},
		{"rather easier than harder", flashcard.Complete, few, few[:1], few[:1]},
		{"what there is", flashcard.Recall, few[:1], few[:1], few[:1]},
	} {
		seen := map[quiz.ItemID]bool{}
		for key := range uint64(40) {
			got, ok := flashcard.Choose(flashcard.NewCard("p/f", key), c.rung, c.made, c.had)
			if !ok || !slices.Contains(c.want, got) {
				t.Fatalf("%s: %s, want one of %v", c.name, got, c.want)
			}
			seen[got] = true
		}
		if len(seen) != len(c.want) {
			t.Errorf("%s: only %v of %v was ever chosen", c.name, seen, c.want)
		}
	}
	if id, ok := flashcard.Choose(flashcard.NewCard("p/f", 1), flashcard.Recall, nil, nil); ok {
		t.Errorf("%s is chosen of no items", id)
	}
	if id, ok := flashcard.Choose(flashcard.NewCard("p/f", 1), flashcard.Recall, []quiz.ItemID{"nothing"}, nil); ok {
		t.Errorf("%s is chosen, which is no item", id)
	}
}
