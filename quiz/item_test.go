package quiz_test

import (
	"testing"

	"summitquiz/content"
	"summitquiz/quiz"
)

func TestParts(t *testing.T) {
	fact, kind, ok := quiz.ItemID("s7:my-pack/swap/true-false/amount").Parts()
	if fact != content.FactID("s7:my-pack/swap") || kind != quiz.TrueFalse || !ok {
		t.Errorf("Parts = %q, %v, %v", fact, kind, ok)
	}
	for _, id := range []quiz.ItemID{"", "a", "a/b", "pack/fact/no-kind/field"} {
		if _, _, ok := id.Parts(); ok {
			t.Errorf("%q has parts", id)
		}
	}
}
