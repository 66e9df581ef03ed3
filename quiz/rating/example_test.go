package rating_test

import (
	"fmt"

	"summitquiz/quiz/rating"
)

func Example() {
	var f rating.Fold
	for i, picked := range []string{"70", "70", "100", "70"} {
		f.Add(rating.Answer{
			ID: int64(i + 1), Member: rating.Member(i%2 + 1), Item: "summit/swap/choice/size",
			Options: 4, Picked: picked, Right: picked == "70", Counts: true,
		})
	}
	item, _ := f.Item("summit/swap/choice/size")
	one, _ := f.Member(1)
	two, _ := f.Member(2)
	fmt.Println(item.Percent(), "% right,", item.Picks["100"], "chose 100")
	fmt.Println(rating.Shown(one.Skill), rating.Shown(two.Skill))
	// Output:
	// 75 % right, 1 chose 100
	// 1450 1616
}
