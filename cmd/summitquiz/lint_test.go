package main

import (
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/generate"
)

// TestLintWarnsOfExpiredCards holds that a card is told of from the day after its last one.
func TestLintWarnsOfExpiredCards(t *testing.T) {
	p, err := content.Parse([]byte("pack: p\nlanguages: [en]\ntitle: T\ncards:\n  - {id: old, ask: Who?, answer: Ada, until: 2025-06-30}\n  - {id: new, ask: Where?, answer: Here, until: 2026}\n"), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := expired("p.yaml", p, language.Date{Year: 2025, Month: 6, Day: 30}); len(got) != 0 {
		t.Errorf("on its last day: %v", got[0])
	}
	got := expired("p.yaml", p, language.Date{Year: 2025, Month: 7, Day: 1})
	if len(got) != 1 || got[0].Error() != "p.yaml:5:1: warning: old is not asked any more: its until: is past (correct the date, or remove it)" {
		t.Errorf("on the day after: %v", got)
	}
}

// TestNotesNameEveryFactOnce holds that a note on many facts counts each once, however many of
// its fields cannot be asked.
func TestNotesNameEveryFactOnce(t *testing.T) {
	text := "pack: p\nlanguages: [en]\ntitle: T\nrelations:\n  r: {fields: {a: text, b: text}, state: '{a} {b}', ask: {a: 'Who, {b}?', b: 'What, {a}?'}}\nfacts:\n"
	for _, n := range []string{"one", "two", "three"} {
		text += "  - {id: " + n + ", r: {a: " + n + " a, b: " + n + " b}}\n"
	}
	p, err := content.Parse([]byte(text), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, note := range sumMissing("p.yaml", generate.New(p).Missing()) {
		found = found || strings.HasPrefix(note.Message, "3 facts (one, two, three) make no choice question")
	}
	if !found {
		t.Error("no note counts three facts")
	}
}
