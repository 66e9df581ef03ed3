package storetest

import (
	"reflect"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz/flashcard"
)

// joinedCards holds that what two members remember becomes one memory: of two cards of one fact the
// one with more reviews goes on. Parted, each has their cards and reviews again as they were, and the
// older one those that were reviewed since.
func joinedCards(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	study := func(h here, fact string, times int) {
		t.Helper()
		c, err := s.Card(t.Context(), h.member.ID, content.FactID(fact))
		if bot.IsNone(err) {
			write(t, s, &bot.Change{At: noon, Learner: learnerOf(t, s, h), Cards: []bot.Card{newCard(h, fact)}})
			c, err = s.Card(t.Context(), h.member.ID, content.FactID(fact))
		}
		for n := range times {
			if err != nil {
				t.Fatal(err)
			}
			write(t, s, rated(t, s, h, c, flashcard.Good, noon.Add(time.Duration(c.Memory.Reps+n)*24*time.Hour)))
			c, err = s.Card(t.Context(), h.member.ID, content.FactID(fact))
		}
	}
	study(ada, "p/theirs", 1)
	study(ada, "p/fewer", 1)
	study(ada, "p/more", 3)
	study(ben, "p/own", 2)
	study(ben, "p/fewer", 2)
	study(ben, "p/more", 1)
	l := learnerOf(t, s, ben)
	l.Feed, l.Fed = bot.Agreed, 77
	write(t, s, &bot.Change{At: noon, Learner: l})

	type memory struct {
		cards   []bot.Card
		reviews int
		learner bot.Learner
	}
	read := func(h here) (m memory) {
		t.Helper()
		m.cards = must[[]bot.Card](t)(s.Cards(t.Context(), h.member.ID, ""))
		m.learner = must[bot.Learner](t)(s.Learner(t.Context(), h.member.ID))
		m.learner.Version = 0
		for _, c := range m.cards {
			log := must[[]bot.CardReview](t)(s.ReviewsOf(t.Context(), c.ID))
			if len(log) != c.Memory.Reps {
				t.Errorf("card %s has %d reviews and a log of %d", c.Memory.Fact, c.Memory.Reps, len(log))
			}
			m.reviews += len(log)
		}
		if all := must[[]bot.CardReview](t)(s.CardReviews(t.Context(), h.member.ID, 0, 100)); len(all) != m.reviews {
			t.Errorf("%s has %d reviews and cards with %d", h.member.Name, len(all), m.reviews)
		}
		return m
	}
	reps := func(m memory) map[content.FactID]int {
		out := map[content.FactID]int{}
		for _, c := range m.cards {
			out[c.Memory.Fact] = c.Memory.Reps
		}
		return out
	}
	adas, bens, stale := read(ada), read(ben), learnerOf(t, s, ada)
	joined(t, s, ada.member, ben.member)
	if got, want := reps(read(ada)), (map[content.FactID]int{"p/theirs": 1, "p/fewer": 2, "p/more": 3, "p/own": 2}); !reflect.DeepEqual(got, want) {
		t.Errorf("joined, they have reviewed %v, want %v", got, want)
	}
	if got := read(ada).learner; got.Feed != bot.Agreed || got.Fed != 77 {
		t.Errorf("joined, they study as %+v", got)
	}
	refused(t, s, &bot.Change{At: noon, Learner: stale}, bot.ErrConflict)
	if c := must[bot.Comparison](t)(s.Compare(t.Context(), ada.member.ID, ben.member.ID)); c.Older.Cards != 4 {
		t.Errorf("they have %d cards", c.Older.Cards)
	}
	study(ada, "p/own", 2)
	links := must[[]bot.AccountLink](t)(s.LinksOf(t.Context(), ada.member.ID))
	if err := s.Part(t.Context(), ada.member.ID, links[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := read(ben); !reflect.DeepEqual(got, bens) {
		t.Errorf("parted, the newer one has\n%+v, want\n%+v", got, bens)
	}
	got := read(ada)
	if got, want := reps(got), (map[content.FactID]int{"p/theirs": 1, "p/fewer": 1, "p/more": 3, "p/own": 4}); !reflect.DeepEqual(got, want) {
		t.Errorf("parted, the older one has reviewed %v, want %v", got, want)
	}
	if got.reviews != adas.reviews+4 {
		t.Errorf("parted, the older one has %d reviews, want %d", got.reviews, adas.reviews+4)
	}
}
