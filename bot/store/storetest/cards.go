package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"summitquiz/bot"
	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

// today is the day of noon.
var today = quiz.PersonalDay(noon, time.UTC)

// newCard is a card that its member has never reviewed.
func newCard(h here, fact string) bot.Card {
	return bot.Card{Member: h.member.ID, Memory: flashcard.NewCard(content.FactID(fact), 1<<63+7), Value: 1 << 63, Version: 9}
}

// learnerOf is the next version of how a member studies.
func learnerOf(t *testing.T, s bot.Store, h here) *bot.Learner {
	l := must[bot.Learner](t)(s.Learner(t.Context(), h.member.ID))
	l.Version++
	return &l
}

// rated is a change that rates a card as it was read.
func rated(t *testing.T, s bot.Store, h here, c bot.Card, r flashcard.Rating, at time.Time) *bot.Change {
	scheduler, err := flashcard.NewScheduler(flashcard.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	review := flashcard.Review{Rating: r, At: at, Day: quiz.PersonalDay(at, time.UTC), Reps: c.Memory.Reps, Took: 1500 * time.Millisecond,
		Source: flashcard.FromGame}
	did, err := scheduler.Rate(c.Memory, review)
	if err != nil {
		t.Fatal(err)
	}
	c.Memory = did.After
	log := bot.CardReview{Card: c.ID, Member: h.member.ID, Review: review, Algorithm: scheduler.Version(), Item: "p/f-1/choice/x", Proposed: flashcard.Hard,
		Answer: 12, Before: did.Before, Due: did.After.Due, Interval: did.After.Interval}
	return &bot.Change{At: at, Learner: learnerOf(t, s, h), Cards: []bot.Card{c}, Reviews: []bot.CardReview{log}}
}

// cards keeps cards and the review log, rates and undoes.
func cards(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	fresh := must[bot.Learner](t)(s.Learner(t.Context(), ada.member.ID))
	if want := (bot.Learner{Member: ada.member.ID, Settings: bot.DefaultStudySettings()}); !reflect.DeepEqual(fresh, want) {
		t.Errorf("a new learner is %+v, want %+v", fresh, want)
	}
	l := bot.Learner{Member: ada.member.ID, Version: 1, Feed: bot.Agreed, Fed: 4, Session: []byte(`{"turn":"٧٠"}`), Settings: bot.StudySettings{
		New: 3, Reviews: 50, Retention: 0.85, Steps: []time.Duration{time.Minute}, Off: []content.PackID{"s7:x"}, Two: true, Remind: 480, Chat: 7}}
	write(t, s, &bot.Change{At: noon, Learner: &l})
	if got := must[bot.Learner](t)(s.Learner(t.Context(), ada.member.ID)); !reflect.DeepEqual(got, l) {
		t.Errorf("the learner is kept as %+v, want %+v", got, l)
	}
	refused(t, s, &bot.Change{At: noon, Learner: &l}, bot.ErrConflict)
	skipped := l
	skipped.Version = 3
	refused(t, s, &bot.Change{At: noon, Learner: &skipped}, bot.ErrConflict)

	c := &bot.Change{At: noon, Learner: learnerOf(t, s, ada), Cards: []bot.Card{newCard(ada, "p/f-1"), newCard(ada, "pq/f-1"), newCard(ada, "p/a")}}
	write(t, s, c)
	write(t, s, &bot.Change{At: noon, Learner: learnerOf(t, s, ben), Cards: []bot.Card{newCard(ben, "p/f-1")}})
	if got := must[bot.Card](t)(s.Card(t.Context(), ada.member.ID, "p/f-1")); got != c.Cards[0] {
		t.Errorf("the card is kept as %+v, want %+v", got, c.Cards[0])
	}
	if _, err := s.Card(t.Context(), ada.member.ID, "p/none"); !errors.Is(err, bot.ErrNone) {
		t.Errorf("a card that is not there: %v", err)
	}
	same(t, "all cards", []string{"p/a", "p/f-1", "pq/f-1"})(s.Cards(t.Context(), ada.member.ID, ""))
	same(t, "cards of a pack", []string{"p/a", "p/f-1"})(s.Cards(t.Context(), ada.member.ID, "p"))
	same(t, "new cards", []string{"p/f-1", "pq/f-1"})(s.NewCards(t.Context(), ada.member.ID, 2))
	twice := &bot.Change{At: noon, Learner: learnerOf(t, s, ada), Cards: []bot.Card{newCard(ada, "p/f-1")}}
	refused(t, s, twice, bot.ErrConflict)
	others := c.Cards[0]
	others.Member = ben.member.ID
	refused(t, s, &bot.Change{At: noon, Learner: learnerOf(t, s, ben), Cards: []bot.Card{others}}, bot.ErrConflict)
	if err := s.Write(&bot.Change{At: noon, Cards: []bot.Card{c.Cards[0]}})(t.Context()); err == nil {
		t.Error("a card was written without its learner")
	}

	one := rated(t, s, ada, c.Cards[0], flashcard.Good, noon)
	write(t, s, one)
	log := must[[]bot.CardReview](t)(s.ReviewsOf(t.Context(), c.Cards[0].ID))
	if len(log) != 1 || log[0] != one.Reviews[0] {
		t.Errorf("the log is %+v, want %+v", log, one.Reviews)
	}
	again := rated(t, s, ada, c.Cards[0], flashcard.Easy, noon)
	refused(t, s, again, bot.ErrConflict) // the number has been there
	undone := &bot.Change{At: noon, Learner: learnerOf(t, s, ada), Cards: []bot.Card{c.Cards[0]}, Unreview: []int64{one.Reviews[0].ID}}
	write(t, s, undone)
	refused(t, s, &bot.Change{At: noon, Learner: learnerOf(t, s, ada), Unreview: []int64{one.Reviews[0].ID}}, bot.ErrConflict)
	if log := must[[]bot.CardReview](t)(s.ReviewsOn(t.Context(), ada.member.ID, today)); len(log) != 0 {
		t.Errorf("after undo the log holds %+v", log)
	}
	if got := must[bot.Card](t)(s.Card(t.Context(), ada.member.ID, "p/f-1")); got != c.Cards[0] {
		t.Errorf("after undo the card is %+v", got)
	}
	later := noon.Add(48 * time.Hour)
	write(t, s, rated(t, s, ada, c.Cards[0], flashcard.Again, noon))
	write(t, s, rated(t, s, ada, must[bot.Card](t)(s.Card(t.Context(), ada.member.ID, "p/f-1")), flashcard.Easy, later))
	all := must[[]bot.CardReview](t)(s.CardReviews(t.Context(), ada.member.ID, 0, 9))
	if len(all) != 2 || all[0].Review.Reps != 0 || all[1].Review.Reps != 1 || all[1].Before.Reps != 1 || all[1].Interval == 0 {
		t.Errorf("the log is %+v", all)
	}
	if rest := must[[]bot.CardReview](t)(s.CardReviews(t.Context(), ada.member.ID, all[0].ID, 1)); len(rest) != 1 || rest[0] != all[1] {
		t.Errorf("the rest of the log is %+v", rest)
	}
	if day := must[[]bot.CardReview](t)(s.ReviewsOn(t.Context(), ada.member.ID, today)); len(day) != 1 || day[0] != all[0] {
		t.Errorf("the log of a day is %+v", day)
	}
}

// dueCards asks for what is due at several moments.
func dueCards(t *testing.T, s bot.Store) {
	ada := come(t, s, at("a"), person("Ada"))
	c := &bot.Change{At: noon, Learner: learnerOf(t, s, ada)}
	for i := range 8 {
		k := newCard(ada, fmt.Sprintf("p/%d", i))
		k.Memory.State, k.Memory.Day, k.Memory.Reps = flashcard.Reviewing, today-5, 1
		k.Memory.Interval, k.Memory.Due = 5, noon
		c.Cards = append(c.Cards, k)
	}
	memory := func(i int) *flashcard.Card { return &c.Cards[i].Memory }
	memory(1).Suspended = true
	memory(2).Buried = today
	memory(3).Interval = 6 // tomorrow
	memory(4).State, memory(4).Interval, memory(4).Due = flashcard.Learning, 0, noon.Add(-time.Minute)
	memory(5).State, memory(5).Interval, memory(5).Due = flashcard.Relearning, 0, noon.Add(time.Minute)
	memory(6).State = flashcard.New
	c.Cards[7].Retired = true
	write(t, s, c)
	same(t, "due", []string{"p/4", "p/0"})(s.DueCards(t.Context(), ada.member.ID, noon, today, 9))
	same(t, "first due", []string{"p/4"})(s.DueCards(t.Context(), ada.member.ID, noon, today, 1))
	same(t, "due in two minutes", []string{"p/4", "p/5", "p/0"})(s.DueCards(t.Context(), ada.member.ID, noon.Add(2*time.Minute), today, 9))
	same(t, "due tomorrow", []string{"p/4", "p/5", "p/0", "p/2", "p/3"})(s.DueCards(t.Context(), ada.member.ID, noon.Add(20*time.Hour), today+1, 9))
}

// oneRating has a card rated from several sides at once: one rating is written.
func oneRating(t *testing.T, stores []bot.Store) {
	s := stores[0]
	ada := come(t, s, at("a"), person("Ada"))
	c := &bot.Change{At: noon, Learner: learnerOf(t, s, ada), Cards: []bot.Card{newCard(ada, "p/f-1")}}
	write(t, s, c)
	changes := make([]*bot.Change, 12)
	for i := range changes {
		changes[i] = rated(t, s, ada, c.Cards[0], flashcard.Good, noon)
	}
	var all sync.WaitGroup
	got := make([]error, len(changes))
	for i, change := range changes {
		all.Go(func() { got[i] = stores[i%len(stores)].Write(change)(t.Context()) })
	}
	all.Wait()
	written := 0
	for _, err := range got {
		if err == nil {
			written++
		} else if !errors.Is(err, bot.ErrConflict) {
			t.Error(err)
		}
	}
	if log := must[[]bot.CardReview](t)(s.ReviewsOf(t.Context(), c.Cards[0].ID)); written != 1 || len(log) != 1 {
		t.Errorf("%d ratings were written, and the log holds %d", written, len(log))
	}
}

// memberAnswers reads the answers of a member that count.
func memberAnswers(t *testing.T, s bot.Store) {
	ada, ben := come(t, s, at("a"), person("Ada")), come(t, s, at("a"), person("Ben"))
	if last := must[int64](t)(s.LastAnswer(t.Context())); last != 0 {
		t.Errorf("the last answer of none is %d", last)
	}
	first := answer(ada, 1, 0, 0)
	first.Final = false
	c := &bot.Change{At: noon, Answers: []bot.Answer{first, answer(ben, 1, 0, 1), answer(ada, 1, 1, 1), answer(ada, 1, 2, 1)}}
	write(t, s, c)
	if last := must[int64](t)(s.LastAnswer(t.Context())); last != c.Answers[3].ID {
		t.Errorf("the last answer is %d, want %d", last, c.Answers[3].ID)
	}
	got := must[[]bot.Answer](t)(s.FinalAnswers(t.Context(), ada.member.ID, 0, 1))
	if len(got) != 1 || got[0].ID != c.Answers[2].ID {
		t.Errorf("the first answer that counts is %+v", got)
	}
	if got := must[[]bot.Answer](t)(s.FinalAnswers(t.Context(), ada.member.ID, got[0].ID, 9)); len(got) != 1 || got[0].ID != c.Answers[3].ID {
		t.Errorf("the next one is %+v", got)
	}
}

// forgetCards exports and forgets a member who studies.
func forgetCards(t *testing.T, s bot.Store) {
	ada := come(t, s, at("a"), person("Ada"))
	c := &bot.Change{At: noon, Learner: learnerOf(t, s, ada), Cards: []bot.Card{newCard(ada, "p/my-fact")}}
	write(t, s, c)
	write(t, s, rated(t, s, ada, c.Cards[0], flashcard.Good, noon))
	if data := string(must[[]byte](t)(s.Export(t.Context(), ada.member.ID))); !strings.Contains(data, "p/my-fact") || !strings.Contains(data, "fsrs-6.0") {
		t.Errorf("the export lacks cards or reviews:\n%s", data)
	}
	if err := s.Forget(t.Context(), ada.member.ID, noon); err != nil {
		t.Fatal(err)
	}
	same(t, "cards of nobody", nil)(s.Cards(t.Context(), ada.member.ID, ""))
	if log := must[[]bot.CardReview](t)(s.CardReviews(t.Context(), ada.member.ID, 0, 9)); len(log) != 0 {
		t.Errorf("the log holds %+v", log)
	}
	refused(t, s, &bot.Change{At: noon, Learner: &bot.Learner{Member: ada.member.ID, Version: 1}}, bot.ErrConflict)
}

// same compares the facts of cards.
func same(t *testing.T, what string, want []string) func([]bot.Card, error) {
	t.Helper()
	return func(cards []bot.Card, err error) {
		t.Helper()
		var got []string
		for _, c := range cards {
			got = append(got, string(c.Memory.Fact))
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v, want %v", what, got, err, want)
		}
	}
}
