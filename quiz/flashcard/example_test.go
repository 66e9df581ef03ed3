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

// The curve of the work: how many reviews a new card takes in its first year, by the retention that is
// desired, and how that compares with the usual 0.90.
func ExampleScheduler_Workload() {
	work := func(retention float64) float64 {
		settings := flashcard.DefaultSettings()
		settings.Retention = retention
		s, err := flashcard.NewScheduler(settings)
		if err != nil {
			panic(err)
		}
		return s.Workload()
	}
	usual := work(0.90)
	for _, r := range []float64{0.70, 0.75, 0.80, 0.85, 0.90, 0.93, 0.95, 0.97} {
		fmt.Printf("%.2f %5.1f reviews, %3.0f %%\n", r, work(r), 100*work(r)/usual)
	}
	// Output:
	// 0.70   9.3 reviews,  64 %
	// 0.75  10.3 reviews,  71 %
	// 0.80  11.3 reviews,  78 %
	// 0.85  12.1 reviews,  83 %
	// 0.90  14.5 reviews, 100 %
	// 0.93  17.2 reviews, 119 %
	// 0.95  20.6 reviews, 142 %
	// 0.97  26.1 reviews, 180 %
}
