package flashcard_test

import (
	"fmt"
	"time"

	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
)

func Example() {
	settings := flashcard.DefaultSettings()
	settings.Fuzz = false // for the sake of round numbers
	scheduler, err := flashcard.NewScheduler(settings)
	if err != nil {
		fmt.Println(err)
		return
	}
	seoul := time.FixedZone("KST", 9*60*60)
	now := time.Date(2026, time.November, 28, 8, 30, 0, 0, seoul)
	card := flashcard.NewCard("builtin:gyeongju-summit-2025/venue", 42)
	for range 4 {
		review := flashcard.Review{Rating: flashcard.Good, At: now, Day: quiz.PersonalDay(now, seoul), Reps: card.Reps}
		change, err := scheduler.Rate(card, review)
		if err != nil {
			fmt.Println(err)
			return
		}
		card = change.After
		fmt.Printf("%s: %d days\n", card.State, card.Interval)
		now = card.Due
	}
	for i, next := range scheduler.Preview(card, now, card.DueDay()) {
		fmt.Printf("%s: due %s\n", flashcard.Ratings[i], next.Due.In(seoul).Format("2006-01-02 15:04"))
	}
	// Output:
	// learning: 0 days
	// review: 2 days
	// review: 11 days
	// review: 46 days
	// again: due 2027-01-26 08:50
	// hard: due 2027-05-22 08:40
	// good: due 2027-07-08 08:40
	// easy: due 2027-10-18 08:40
}
