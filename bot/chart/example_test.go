package chart_test

import (
	"fmt"

	"summitquiz/bot/chart"
	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/flashcard"
	"summitquiz/quiz/progress"
)

func ExampleProgress() {
	s := progress.NewSum(quiz.DayOf(2026, 11, 29), 0.9, []progress.Pack{{ID: "countries", Facts: 87}})
	s.AddCard("countries", &flashcard.Card{State: flashcard.Reviewing, Day: quiz.DayOf(2026, 11, 28), Interval: 40, Stability: 40})
	p := s.Progress()
	d := chart.Progress(&p, map[content.PackID]string{"countries": "Countries"}, phrase.In(language.English))
	fmt.Println(language.StripIsolates(d.Words[len(d.Words)-1]))
	// Output: 1. Countries: 1 of 87 facts known for a month, 1 met.
}
