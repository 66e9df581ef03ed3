package content_test

import (
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
)

// TestToleranceOfCardsAndRelations holds that a declared tolerance is there for the grader, and
// that it is a change of the pack.
func TestToleranceOfCardsAndRelations(t *testing.T) {
	text := func(card, field string) string {
		return head + "relations: {depth: {fields: {what: text, depth: {type: quantity, unit: m, tolerance: " + field + "}}, state: '{what} {depth}'}}\n" +
			"facts: [{id: lake, depth: {what: lake, depth: 300 m}}]\n" +
			"cards: [{id: moon, ask: How far is the moon?, answer: 384400 km, tolerance: " + card + "}]\n"
	}
	p := parse(t, text("5 %", "10"))
	if got, want := p.Fact("moon").Tolerance(1), (content.Tolerance{Share: language.Decimal{Coef: 5, Exp: -2}}); got == nil || *got != want {
		t.Errorf("the tolerance of the card is %v, want %v", got, want)
	}
	if got, want := p.Fact("lake").Tolerance(1), (content.Tolerance{Within: language.Whole(10)}); got == nil || *got != want {
		t.Errorf("the tolerance of the relation is %v, want %v", got, want)
	}
	changes := content.Diff(p, parse(t, text("6 %", "11 m")))
	if len(changes.Facts) != 1 || len(changes.Relations) != 1 {
		t.Errorf("other tolerances are the changes %+v", changes)
	}
}
