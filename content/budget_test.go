package content

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// Budgets bound the work that a hostile pack can cause. They may change how long an answer
// takes, and whether there is one, but never which.

func TestASearchStopsAtItsBudget(t *testing.T) {
	text := "pack: p\nlanguages: [en]\ntitle: T\nentities: {a: {kind: person, name: A}, b: {kind: person, name: B}, c: {kind: person, name: C}}\n" +
		"facts:\n  - {id: f, met: {one: a, other: b}}\n  - {id: g, met: {one: a, other: c}}\n"
	p, err := Parse([]byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := p.Fact("g").Values[1][0]
	if s := (&search{pack: p, left: 10}); !s.trueOf(p.Fact("f"), 1, v) || s.left < 0 {
		t.Errorf("within its budget: %d left", s.left)
	}
	if s := (&search{pack: p, left: 0}); s.trueOf(p.Fact("f"), 1, v) || s.left >= 0 {
		t.Errorf("beyond its budget: %d left", s.left)
	}
}

func TestEvidenceIsFoundTheSameInManySearches(t *testing.T) {
	src := &Source{ID: "s", Text: strings.Repeat("The quick brown fox. ", 1000) + "경주에서 만났다."}
	for _, text := range []string{"quick brown", "경주에서", "fox. The", "lazy dog", "경주에서 만났다.!", "주"} {
		few, many := &evidenceChecker{}, &evidenceChecker{searched: searchBudget}
		want := strings.Contains(src.Text, text)
		if few.holds(src, text) != want || many.holds(src, text) != want || many.holds(src, text) != want {
			t.Errorf("%q: want %v", text, want)
		}
		if few.arrays != nil || many.arrays == nil {
			t.Error("the suffix array is for many searches")
		}
	}
}

func TestHintsStopAtTheirBudget(t *testing.T) {
	r := &report{}
	known := strings.Fields(strings.Repeat("capital ", 1000))
	for range guesses / len(known) {
		if r.suggest("capitol", known).format == "" {
			t.Fatal("no hint within the budget")
		}
	}
	if r.suggest("capitol", known).format != "" {
		t.Error("a hint beyond the budget")
	}
}

func TestAliasesMayRepeatWhatIsSmall(t *testing.T) {
	var doc yaml.Node
	if err := yaml.Load([]byte("a: &a [1, 2]\nb: [*a, *a]\nc: *a\n"), &doc); err != nil {
		t.Fatal(err)
	}
	r := &document{&scope{}}
	if !r.expandable(doc.Content[0]) {
		t.Error(r.err())
	}
}
