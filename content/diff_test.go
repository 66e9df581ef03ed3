package content_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/content/contenttest"
)

func parse(t *testing.T, text string) *content.Pack {
	t.Helper()
	p, err := content.Parse([]byte(text), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDiffSaysWhatAnAuthorChanged(t *testing.T) {
	before := parse(t, rich)
	for _, c := range []struct {
		name string
		edit []string // old, new, old, new …
		want content.Changes
	}{
		{"a comment", []string{"pack: rich\n", "pack: rich # my pack\n"}, content.Changes{SameLabel: true}},
		{"the label only", []string{"2.1.0", "2.2.0"}, content.Changes{}},
		{"the title", []string{"en: A summit", "en: The summit"}, content.Changes{SameLabel: true, About: []string{"title"}}},
		{"an amount and its note", []string{"70 trillion KRW", "71 trillion KRW", "It was renewed.", "It was new."},
			content.Changes{SameLabel: true, Facts: []content.Change{{ID: "swap-amount", How: content.Changed, What: []string{"values", "note"}}}}},
		{"the same amount written otherwise", []string{"duration: 5 years", "duration: 60 months", "[3 years, 7 years]", "[3 months, 7 months]", "4 years", "4 months"},
			content.Changes{SameLabel: true, Facts: []content.Change{{ID: "swap-term", How: content.Changed, What: []string{"values", "not", "disputed"}}}}},
		{"a fact renamed", []string{"id: met", "id: meeting"},
			content.Changes{SameLabel: true, Facts: []content.Change{{ID: "meeting", How: content.Came}, {ID: "met", How: content.Went}}}},
		{"evidence", []string{"article: swap of 70 trillion won", "article: 70 trillion won"},
			content.Changes{SameLabel: true, Facts: []content.Change{{ID: "swap-amount", How: content.Changed, What: []string{"evidence"}}}}},
		{"a sentence of a relation", []string{"{city} hosted {event} with", "{city} was host to {event} with"},
			content.Changes{SameLabel: true, Relations: []content.Change{{ID: "hosted", How: content.Changed, What: []string{"sentence"}}}}},
		{"a question of a relation", []string{"Which city hosted {event}?", "In which city was {event}?"},
			content.Changes{SameLabel: true, Relations: []content.Change{{ID: "hosted", How: content.Changed, What: []string{"question"}}}}},
		{"an alias and a name", []string{"[Korea, ROK]", "[Korea]", "en: Seoul", "en: Soul"},
			content.Changes{SameLabel: true, Entities: []content.Change{{ID: "korea", How: content.Changed, What: []string{"aliases"}},
				{ID: "seoul", How: content.Changed, What: []string{"name"}}}}},
		{"the source text", []string{"he joked.", "he said."},
			content.Changes{SameLabel: true, Sources: []content.Change{{ID: "article", How: content.Changed, What: []string{"text"}}}}},
		{"marked words", []string{"there is a [backdoor]", "there [is] a backdoor"},
			content.Changes{SameLabel: true, Facts: []content.Change{{ID: "backdoor", How: content.Changed, What: []string{"values"}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			edited := strings.NewReplacer(c.edit...).Replace(rich)
			if edited == rich {
				t.Fatal("the edit changes nothing")
			}
			after := parse(t, edited)
			got := content.Diff(before, after)
			c.want.From, c.want.To = before.Version, after.Version
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestAPackDoesNotDifferFromItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := contenttest.Generate(rapid.IntRange(1, 120).Draw(t, "facts"), rapid.Uint64().Draw(t, "seed"))
		first, err := content.Parse(data, content.Options{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := content.Parse(data, content.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if c := content.Diff(first, again); !c.Empty() || !c.Same || c.SameLabel {
			t.Fatalf("%+v", c)
		}
	})
}

func ExampleDiff() {
	a, _ := content.Parse([]byte(fiveLines), content.Options{})
	b, _ := content.Parse([]byte(strings.Replace(fiveLines, "[Lutetia]", "[Paname]", 1)), content.Options{})
	for _, c := range content.Diff(a, b).Facts {
		fmt.Println(c.How, c.What)
	}
	// Output: changed [values]
}
