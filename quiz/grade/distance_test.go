package grade_test

import (
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/grade"
)

// TestDistance holds that distances are parts of the key, that units are converted, and that what is no
// number has none.
func TestDistance(t *testing.T) {
	p, err := content.Parse([]byte(`
pack: peaks
languages: [en]
title: {en: Peaks}
cover: {en: Peaks}
kinds: {mountain: place}
entities: {fuji: {kind: mountain, name: {en: Fuji}}}
relations:
  elevation:
    fields: {what: mountain, height: {type: quantity, unit: m, truth: functional, asks-unit: true}}
    state: {en: "{what} is {height} high."}
    ask: {height: {en: "How high is {what}, in metres?"}}
facts: [{id: f, elevation: {what: fuji, height: 4000 m}}]
`), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	it := quiz.Item{Fact: p.Facts[0], Kind: quiz.Closest, Form: quiz.TypedForm, Field: 1, Value: p.Facts[0].Values[1][0], Key: -1}
	key := grade.KeyOf(p, grade.NewLexicon(p), it, quiz.View{Lang: language.English, Stem: "How high is Fuji, in metres?", Accepts: []string{"4,000 m"}})
	for typed, want := range map[string]int64{
		"4000": 0, "4000 m": 0, "4 km": 0, "4,100": 25_000, "3900 metres": 25_000, "about 3000": 250_000, "8000": 1_000_000,
		"high": -1, "": -1, "4000 kg": -1,
	} {
		got, ok := grade.Distance(&key, typed)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d from the key, want %d", typed, got, want)
		}
	}
}
