package game_test

import (
	"fmt"
	"time"

	"summitquiz/quiz/game"
)

func Example() {
	now := time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)
	const mina, omar game.Member = 1, 2
	s, err := game.New(game.Defaults(mina), []game.Question{
		{Item: "summit/swap/choice/size", Seed: 1, Options: 4, Key: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range []game.Event{
		game.Start{},
		game.Tick{},
		game.Delivered{Question: 0},
		game.Answer{Member: omar, Question: 0, Option: 2, At: now.Add(9 * time.Second)},
		game.Answer{Member: mina, Question: 0, Option: 1, At: now.Add(9 * time.Second)},
		game.Tick{},
	} {
		var effects []game.Effect
		s, effects = game.Apply(s, e, now)
		for _, f := range effects {
			switch f := f.(type) {
			case game.PostStart, game.PostQuestion, game.Reveal, game.PostEnd:
				fmt.Printf("%T\n", f)
			case game.Record:
				fmt.Printf("%T: member %d, %s\n", f, f.Member, f.Verdict.Mark)
			case game.Timer:
				if !f.At.IsZero() {
					now = f.At
				}
			}
		}
		if s.Phase == game.Opened {
			now = s.Open.Since.Add(9 * time.Second)
			if len(s.Open.Tries) == 2 {
				now = s.Until
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
