package content_test

import (
	"strings"
	"testing"

	"summitquiz/content"
)

// TestAnswersWithoutQuotes: an answer is a value where it can be meant as nothing else; all else
// stays as it is written, and where both are likely the linter says how to decide.
func TestAnswersWithoutQuotes(t *testing.T) {
	const (
		text   = content.CardRelation
		number = content.CardNumberRelation
		date   = content.CardDateRelation
	)
	for _, c := range []struct {
		answer, relation string
		says             string // part of the one note or warning; empty: none
	}{
		{"5G", text, `"5G" is read as a text`},
		{"4K", text, `"4K" is read as a text`},
		{"2M", text, `"2M" is read as a text`},
		{"1T", text, `"1T" is read as a text`},
		{"007", text, `"007" is read as a text`},
		{"02134", text, `"02134" is read as a text`},
		{"1.10", text, `"1.10" is read as a text`},
		{"2.0", text, `"2.0" is read as a text`},
		{"7-11", text, ""},
		{"5m", text, `"5m" is read as a text`},
		{"8 bn", text, `"8 bn" is read as a text`},
		{"1_000", text, `"1_000" is read as a text`},
		{"3D", text, ""},
		{"R2D2", text, ""},
		{"+20", text, ""},
		{"1/4", text, ""},
		{"2025-02-30", text, `warning: "2025-02-30" is not a date: there is no day 30 in month 02 of 2025`},
		{"2025-13-01", text, `warning: "2025-13-01" is not a date: there is no month 13`},
		{"'5G'", text, ""},
		{`"007"`, text, ""},
		{"{text: 5G}", text, ""},
		{"{number: 4K}", number, ""},
		{"{number: 1945}", number, ""},
		{"{date: 1945}", date, ""},
		{"0.5", number, ""},
		{"-5", number, ""},
		{"4000", number, ""},
		{"1,945", number, ""},
		{"300000000", number, `"300000000" is shown as "300 million"`},
		{"8 billion", number, ""},
		{"330 m", number, ""},
		{"100 °C", number, `"100 °C" is shown as`},
		{"12.5%", number, ""},
		{"12.5 %", number, `"12.5 %" is shown as "12.5%"`},
		{"70 trillion KRW", number, `"70 trillion KRW" is shown as "70 trillion won"`},
		{"643801 km2", number, ""},
		{"$24", number, `"$24" is shown as`},
		{"$5.10", number, `"$5.10" is shown as "5.10 dollars"`},
		{"5.00 USD", number, `"5.00 USD" is shown as "5.00 dollars"`},
		{"05.10 USD", text, `"05.10 USD" is read as a text`},
		{"300 K", number, `"300 K" is read as 300 kelvin: it could also mean 300000`},
		{"98.6 °F", number, `"98.6 °F" is shown as "98.6°F"`},
		{"120 mph", number, ""},
		{"45 minutes", number, ""},
		{"1945", date, ""},
		{"1945-05-08", date, `"1945-05-08" is shown as`},
	} {
		p := parse(t, head+"cards:\n  - id: c\n    ask: What is it?\n    answer: "+c.answer+"\n")
		if got := p.Fact("c").Relation.ID; got != c.relation {
			t.Errorf("%s is a %s, want %s", c.answer, got, c.relation)
		}
		var says []string
		for _, w := range p.Warnings {
			says = append(says, w.Error())
		}
		if got := strings.Join(says, "\n"); len(says) > 1 || c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: says %q, want %q", c.answer, got, c.says)
		}
	}
}

// TestWrongAnswersDecideTogether: one that is no number makes all of them texts.
func TestWrongAnswersDecideTogether(t *testing.T) {
	for card, want := range map[string]string{
		"{ask: How many?, answer: 2, not: [1, 3]}":                  content.CardNumberRelation,
		"{ask: How many?, answer: 2, not: [1, none]}":               content.CardRelation,
		"{ask: Which release?, answer: 1.9, not: [1.10, 2.0]}":      content.CardRelation,
		"{ask: Which year?, answer: 1945, not: [1944, unknown]}":    content.CardRelation,
		"{ask: Which year?, answer: 1945, not: [1944, '1946']}":     content.CardDateRelation,
		"{ask: How many islands?, answer: 1200, not: [1100, 1300]}": content.CardNumberRelation,
		"{ask: Which year?, answer: 1200, not: [1100, 1300]}":       content.CardDateRelation,
	} {
		p := parse(t, head+"cards: ["+card+"]\n")
		if got := p.Facts[0].Relation.ID; got != want {
			t.Errorf("%s is a %s, want %s", card, got, want)
		}
	}
}

// TestAFullDateWhereAYearIsAskedFor is most likely a slip of the author.
func TestAFullDateWhereAYearIsAskedFor(t *testing.T) {
	p := parse(t, head+"cards: [{ask: In which year did it end?, answer: 1945-05-08}]\n")
	if len(p.Warnings) != 2 || !strings.Contains(p.Warnings[0].Error(), "asks for a year, and the answer is a full date") {
		t.Errorf("says %v", p.Warnings)
	}
}

// TestALetterOnANumberIsNoUnit: Korean writes 4 K without a space, but 4K is a resolution there too.
func TestALetterOnANumberIsNoUnit(t *testing.T) {
	for _, lang := range []string{"ar", "en", "ko", "zh"} {
		p := parse(t, "pack: p\nlanguages: ["+lang+"]\ntitle: T\ncards: [{id: c, ask: What?, answer: 4K}]\n")
		if got := p.Fact("c").Relation.ID; got != content.CardRelation {
			t.Errorf("%s: 4K is a %s", lang, got)
		}
	}
}
