package generate_test

import (
	"testing"

	"summitquiz/content"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

// TestQuestionsThatNameTheirOptionsAreAsked holds that an answer in the question is no leak where
// all wrong ones stand there too.
func TestQuestionsThatNameTheirOptionsAreAsked(t *testing.T) {
	p, err := content.Parse([]byte(`
pack: named
languages: [en]
title: Named
cards:
  - {id: two, ask: "Which is bigger, the Sun or the Moon?", answer: "the Sun", not: ["the Moon"]}
  - {id: three, ask: "Which is bigger: the Sun, Mars or the Moon?", answer: "the Sun", not: ["the Moon", "Mars"]}
  - {id: leak, ask: "What shines like the Sun?", answer: "the Sun", not: ["the Moon", "Mars"]}
`), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g := generate.New(p)
	for name, options := range map[string]int{"two": 2, "three": 3, "leak": 0} {
		got := 0
		for _, id := range g.Made(p.Fact(name)) {
			it, err := g.Draw(id, 7)
			if err != nil {
				t.Fatal(err)
			}
			if it.Kind != quiz.Choice {
				t.Errorf("%s is asked as %s", name, it.Kind)
			}
			got = len(it.Options)
		}
		if got != options {
			t.Errorf("%s is asked with %d options, want %d", name, got, options)
		}
	}
}
