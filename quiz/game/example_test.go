package game_test

import (
	"fmt"
	"time"

	"summitquiz/quiz/game"
)

func Example() {
	const mina, omar game.Member = 1, 2
	s, err := game.New(game.Defaults(mina), []game.Question{
		{Item: "summit/swap/choice/size", Seed: 1, Options: 4, Key: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	start := time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)
	for _, happened := range []struct {
		second int
		event  game.Event
	}{
		{0, game.Start{}},
		{5, game.Tick{}},
		{6, game.Delivered{Question: 0}},
		{9, game.Answer{Member: omar, Question: 0, Option: 2, At: start.Add(9 * time.Second)}},
		{11, game.Answer{Member: mina, Question: 0, Option: 1, At: start.Add(11 * time.Second)}},
		{26, game.Tick{}},
	} {
		var effects []game.Effect
		s, effects = game.Apply(s, happened.event, start.Add(time.Duration(happened.second)*time.Second))
		for _, e := range effects {
			switch e := e.(type) {
			case game.PostStart, game.PostQuestion, game.Reveal, game.PostEnd:
				fmt.Printf("%T\n", e)
			case game.Record:
				fmt.Printf("%T: member %d, %s\n", e, e.Member, e.Verdict.Mark)
			}
		}
	}
	for _, r := range s.Board(10) {
		fmt.Printf("%d. member %d: %d %s\n", r.Rank, r.Player.Member, r.Player.Points, r.Line)
	}
	// Output:
	// game.PostStart
	// game.PostQuestion
	// game.Record: member 2, right
	// game.Record: member 1, wrong
	// game.Reveal
	// game.PostEnd
	// 1. member 2: 1 r
	// 2. member 1: 0 w
}
