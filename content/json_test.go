package content_test

import (
	"fmt"
	"strings"
	"testing"

	"summitquiz/content"
)

// TestPlacesInOneLongLine holds that a mistake far along a line of JSON is reported where it
// stands.
func TestPlacesInOneLongLine(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"pack":"p","languages":["en"],"title":"T, \"x\", [y]","cards":[`)
	wants := []string{}
	for i := range 2000 {
		if i > 0 {
			b.WriteByte(',')
		}
		key := "answer"
		if i%500 == 499 {
			key = "anser"
		}
		fmt.Fprintf(&b, `{"ask":"경주, 어디 %d?",`, i)
		if key == "anser" {
			column := len([]rune(b.String())) + 1
			wants = append(wants, fmt.Sprintf("pack.yaml:1:%d: the card has no key %q (did you mean answer?)", column, key))
		}
		fmt.Fprintf(&b, `"%s":"a, \\ \"%d\", b"}`, key, i)
	}
	b.WriteString("]}\n")
	_, err := content.Parse([]byte(b.String()), content.Options{})
	var got []string
	for _, p := range content.Problems(err) {
		if strings.Contains(p.Message, "no key") {
			got = append(got, p.Error())
		}
	}
	if strings.Join(got, "\n") != strings.Join(wants, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(wants, "\n"))
	}
}

// TestALongLineMeansTheSame compares one long line with the same on many lines.
func TestALongLineMeansTheSame(t *testing.T) {
	var cards []string
	for i := range 1500 {
		cards = append(cards, fmt.Sprintf(`{ask: 'It''s, "so" [%d]?', answer: "x, {y}, %d", not: [a%d, 'b, c', "d,e"]}`, i, i, i))
	}
	many := parse(t, head+"cards: [\n  "+strings.Join(cards, ",\n  ")+"]\n")
	one := parse(t, head+"cards: ["+strings.Join(cards, ",")+"]\n")
	if c := content.Diff(many, one); !c.Empty() {
		t.Errorf("%d cards differ, such as %+v", len(c.Facts), c.Facts[:min(3, len(c.Facts))])
	}
}
