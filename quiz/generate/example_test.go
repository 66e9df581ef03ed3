package generate_test

import (
	"fmt"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/generate"
)

func Example() {
	pack, err := content.Parse([]byte(`
pack: capitals
version: 1.0.0
languages: [en]
title: Capitals
cover: Some questions
cards:
  - {id: france, ask: "What is the capital of France?", answer: Paris, not: [Lyon, Lille, Nice]}
`), content.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	g := generate.New(pack)
	for _, id := range g.Items() {
		it, err := g.Draw(id, 1)
		if err != nil {
			fmt.Println(err)
			return
		}
		v := g.Render(it, language.English, language.Style{Plain: true})
		fmt.Println(it.Kind, v.Stem, v.Options, v.Accepts)
	}
	// Output:
	// choice What is the capital of France? [Lyon Paris Lille Nice] []
	// typed What is the capital of France? [] [Paris]
}
