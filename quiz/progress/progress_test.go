package progress_test

import (
	"fmt"
	"testing"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/progress"
)

var today = quiz.DayOf(2026, 3, 1)

// card is a card that was reviewed some days ago and lasts.
func card(ago, interval int, stability float64) flashcard.Card {
	return flashcard.Card{State: flashcard.Reviewing, Day: today - quiz.Day(ago), Interval: interval, Stability: stability}
}

// TestCardsAreCounted holds what each card adds to forecast, stability and mastery.
func TestCardsAreCounted(t *testing.T) {
	step := flashcard.Card{State: flashcard.Learning, Day: today, Stability: 0.4}
	suspended := card(0, 3, 40)
	suspended.Suspended = true
	fresh := flashcard.NewCard("p/new", 1)
	for name, tc := range map[string]struct {
		card       flashcard.Card
		due        int // day of the forecast; -1: none
		group      int // of stability; -1: none
		met, known int
	}{
		"due in three days":             {card(2, 5, 5), 3, 1, 1, 0},
		"overdue":                       {card(9, 5, 8), 0, 2, 1, 0},
		"on a step":                     {step, 0, 0, 1, 0},
		"beyond the forecast":           {card(0, 30, 30), -1, 3, 1, 1},
		"on the last day of it":         {card(0, 29, 29.9), 29, 2, 1, 0},
		"known for a year":              {card(0, 400, 365), -1, 5, 1, 1},
		"suspended":                     {suspended, -1, 3, 1, 1},
		"never reviewed counts nowhere": {fresh, -1, -1, 0, 0},
	} {
		s := progress.NewSum(today, 0.9, []progress.Pack{{ID: "p", Facts: 87}})
		s.AddCard("p", &tc.card)
		s.AddCard("another", &tc.card)
		p := s.Progress()
		for day, n := range p.Forecast {
			if want := day == tc.due; (n == 1) != want || n > 1 {
				t.Errorf("%s: %d cards are due on day %d", name, n, day)
			}
		}
		for group, n := range p.Stability {
			if want := group == tc.group; (n == 1) != want {
				t.Errorf("%s: %d cards in group %d of stability", name, n, group)
			}
		}
		if want := (progress.Mastery{Pack: "p", Facts: 87, Met: tc.met, Known: tc.known}); p.Packs[0] != want {
			t.Errorf("%s: mastery is %+v, want %+v", name, p.Packs[0], want)
		}
	}
}

// TestReviewsAreCounted holds the calendar, and true retention: of reviewed cards that come back after
// a day or more, each once a day.
func TestReviewsAreCounted(t *testing.T) {
	s := progress.NewSum(today, 0.85, nil)
	n := 0
	add := func(day quiz.Day, state flashcard.State, before quiz.Day, fact string, rating flashcard.Rating) {
		n++
		s.AddReview(&progress.Review{Day: day, Rating: rating, Before: flashcard.Card{Fact: content.FactID(fact), State: state, Day: before}})
	}
	add(today, flashcard.Reviewing, today-3, "a", flashcard.Again)
	add(today, flashcard.Relearning, today, "a", flashcard.Good)  // a step
	add(today, flashcard.Reviewing, today, "b", flashcard.Again)  // seen the same day
	add(today, flashcard.Reviewing, today-9, "c", flashcard.Hard) // a pass
	add(today, flashcard.Reviewing, today-9, "c", flashcard.Again)
	add(today-1, flashcard.Reviewing, today-9, "d", flashcard.Easy) // February
	add(today-364, flashcard.New, 0, "e", flashcard.Good)
	add(today-365, flashcard.New, 0, "f", flashcard.Good) // a year ago
	add(today+1, flashcard.New, 0, "g", flashcard.Good)   // a clock went back
	p := s.Progress()
	if p.Year[progress.YearDays-1] != 5 || p.Year[progress.YearDays-2] != 1 || p.Year[0] != 1 || p.Reviews != 7 || p.Studied != 3 {
		t.Errorf("of %d reviews %d count on %d days: %v", n, p.Reviews, p.Studied, p.Year)
	}
	got := fmt.Sprint(p.Months[10], p.Months[11], p.Months[0])
	if want := "{2026 February 1 1} {2026 March 2 1} {2025 April 0 0}"; got != want {
		t.Errorf("the months are %s, want %s", got, want)
	}
	if share, ok := p.Months[11].Retention(); !ok || share != 0.5 {
		t.Errorf("remembered %v, %v", share, ok)
	}
	if _, ok := p.Months[0].Retention(); ok {
		t.Error("nothing was asked, and some of it remembered")
	}
}

func ExampleSum() {
	s := progress.NewSum(quiz.DayOf(2026, 11, 29), 0.9, []progress.Pack{{ID: "countries", Facts: 87}})
	s.AddCard("countries", &flashcard.Card{State: flashcard.Reviewing, Day: quiz.DayOf(2026, 11, 28), Interval: 3, Stability: 3.4})
	p := s.Progress()
	fmt.Println(p.Forecast[:4], p.Packs[0].Met, "of", p.Packs[0].Facts)
	// Output: [0 0 1 0] 1 of 87
}
