package content

import (
	"slices"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"summitquiz/content/language"
)

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		in     string
		number string
		unit   string
		last   int32 // exponent of the last digit that is written
		wrong  string
	}{
		{"7", "7", "", 0, ""},
		{"-3", "-3", "", 0, ""},
		{"70 trillion KRW", "70000000000000", "KRW", 12, ""},
		{"48.9 billion USD", "48900000000", "USD", 8, ""},
		{"48.90 billion usd", "48900000000", "USD", 7, ""},
		{"643801 km2", "643801", "km2", 0, ""},
		{"51,740,000", "51740000", "", 0, ""},
		{"51_740_000", "51740000", "", 0, ""},
		{"12.5 %", "12.5", "percent", -1, ""},
		{"12.5%", "12.5", "percent", -1, ""},
		{"5 years", "5", "year", 0, ""},
		{"2 thousand million", "2000000000", "", 9, ""},
		{"500 m", "500", "m", 0, ""},
		{"51,74,000", "", "", 0, `"51,74,000" is not a number with a unit`},
		{"1.2.3", "", "", 0, `"1.2.3" is not a number with a unit`},
		{"seven", "", "", 0, `"seven" is not a number with a unit`},
		{"7 zorkmids", "", "", 0, `unknown unit "zorkmids"`},
		{"1234567890123456789012", "", "", 0, `"1234567890123456789012" is not a number with a unit`},
		{"1 trillion trillion trillion trillion trillion trillion", "", "", 0, `"1 trillion trillion trillion trillion trillion trillion" is out of range`},
		{"", "", "", 0, `"" is not a number with a unit`},
	} {
		a, reason, _ := parseAmount(c.in)
		if reason.String() != c.wrong {
			t.Errorf("%q: %q, want %q", c.in, reason, c.wrong)
		}
		if reason.format != "" {
			continue
		}
		unit := ""
		if a.Unit != nil {
			unit = a.Unit.Code
		}
		if a.Number.String() != c.number || unit != c.unit || a.LastDigit != c.last {
			t.Errorf("%q = %s %s (last digit %d), want %s %s (%d)", c.in, a.Number, unit, a.LastDigit, c.number, c.unit, c.last)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in    string
		want  language.Date
		wrong string
	}{
		{"2025-11-01", language.Date{Year: 2025, Month: 11, Day: 1}, ""},
		{"2025-11", language.Date{Year: 2025, Month: 11}, ""},
		{"2025", language.Date{Year: 2025}, ""},
		{"-44-03-15", language.Date{Year: -44, Month: 3, Day: 15}, ""},
		{"2024-02-29", language.Date{Year: 2024, Month: 2, Day: 29}, ""},
		{"2000-02-29", language.Date{Year: 2000, Month: 2, Day: 29}, ""},
		{"1900-02-29", language.Date{}, "there is no day 29 in month 02 of 1900"},
		{"2025-02-31", language.Date{}, "there is no day 31 in month 02 of 2025"},
		{"2025-13-01", language.Date{}, "there is no month 13"},
		{"2025-00", language.Date{}, "there is no month 00"},
		{"0", language.Date{}, "there is no year 0"},
		{"2025-1-1", language.Date{}, `"2025-1-1" is not a date`},
		{"20251101", language.Date{}, `"20251101" is not a date`},
		{"1 Nov 2025", language.Date{}, `"1 Nov 2025" is not a date`},
		{"2025-11-01-02", language.Date{}, `"2025-11-01-02" is not a date`},
		{"", language.Date{}, `"" is not a date`},
	} {
		got, reason := parseDate(c.in)
		if reason.String() != c.wrong || reason.format == "" && got != c.want {
			t.Errorf("%q = %+v %q, want %+v %q", c.in, got, reason, c.want, c.wrong)
		}
	}
}

// TestOtherWordsOfABlank holds that what stands behind a bar is no part of the text and is kept.
func TestOtherWordsOfABlank(t *testing.T) {
	_, blanks, _, _ := parseMarked("it [opened | began|was opened] in [May]")
	if len(blanks) != 2 || !slices.Equal(blanks[0].Others(), []string{"began", "was opened"}) || blanks[1].Others() != nil {
		t.Errorf("the blanks are %+v", blanks)
	}
	for _, s := range []string{"[|x]", "[x|]", "[x||y]"} {
		if _, _, reason, _ := parseMarked(s); reason.format == "" {
			t.Errorf("%q passes", s)
		}
	}
}

func TestParseMarked(t *testing.T) {
	for _, c := range []struct {
		in, text string
		pieces   []string
	}{
		{"plain", "plain", nil},
		{"a [back door] here", "a back door here", []string{"back door"}},
		{"[한국]과 [중국]", "한국과 중국", []string{"한국", "중국"}},
		{`a \[literal\] and [one]`, "a [literal] and one", []string{"one"}},
		{`a \\ stays`, `a \ stays`, nil},
		{`C:\dir`, `C:\dir`, nil},
		{"it [opened | began|was opened] in [May]", "it opened in May", []string{"opened", "May"}},
		{"a | b", "a | b", nil},
	} {
		text, blanks, reason, _ := parseMarked(c.in)
		if text != c.text || len(blanks) != len(c.pieces) || reason.format != "" {
			t.Errorf("%q = %q with %d pieces (%s), want %q with %d", c.in, text, len(blanks), reason, c.text, len(c.pieces))
			continue
		}
		for i, b := range blanks {
			if text[b.Start:b.End] != c.pieces[i] {
				t.Errorf("%q: piece %d is %q, want %q", c.in, i, text[b.Start:b.End], c.pieces[i])
			}
		}
	}
}

// TestPlaceFindsEveryCharacterOfAText marks one character in texts of every YAML style and
// asks for its place.
func TestPlaceFindsEveryCharacterOfAText(t *testing.T) {
	for _, c := range []struct{ name, file string }{
		{"plain", "key: some words ◆ here\n"},
		{"plain over lines", "key: some\n  words\n  ◆ here\n"},
		{"single quotes", "key: 'it''s ◆ here'\n"},
		{"double quotes", `key: "tab\t, quote \" and 경주 ◆"` + "\n"},
		{"an escape before", `key: "\u00e9\x41\U0001F600◆"` + "\n"},
		{"double quotes over lines", "key: \"some\n   words ◆\"\n"},
		{"literal", "key: |\n    first\n      indented\n    then ◆\n"},
		{"folded", "key: >\n    first\n    then ◆\n\n    last\n"},
		{"folded at the start of a line", "key: >-\n  first\n  ◆\n"},
		{"folded after an empty line", "key: >-\n    first\n\n    ◆ last\n"},
		{"after wide characters", "정상: 회담은 ◆ 에서\n"},
		{"in a flow", "{a: [b, 'c', d ◆]}\n"},
		{"as JSON", `{"a": {"b": "c◆"}}` + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var doc yaml.Node
			if err := yaml.Load([]byte(c.file), &doc); err != nil {
				t.Fatal(err)
			}
			r := &scope{raw: []byte(c.file)}
			wantLine, wantColumn := 1, 1
			for _, u := range c.file {
				if u == '◆' {
					break
				}
				if wantColumn++; u == '\n' {
					wantLine, wantColumn = wantLine+1, 1
				}
			}
			n, at := marked(&doc)
			if n == nil {
				t.Fatal("the mark is not in the text")
			}
			if line, column := r.place(n, at); line != wantLine || column != wantColumn {
				t.Errorf("the mark is at %d:%d, want %d:%d", line, column, wantLine, wantColumn)
			}
		})
	}
}

func marked(n *yaml.Node) (*yaml.Node, int) {
	if n.Kind == yaml.ScalarNode {
		for i, u := range n.Value {
			if u == '◆' {
				return n, i
			}
		}
	}
	for _, c := range n.Content {
		if found, at := marked(c); found != nil {
			return found, at
		}
	}
	return nil, 0
}

func TestPlaceNeverLeavesTheFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := []byte(rapid.String().Draw(t, "file"))
		n := &yaml.Node{Kind: yaml.ScalarNode, Value: rapid.String().Draw(t, "text"), Style: yaml.Style(1 << rapid.IntRange(0, 5).Draw(t, "style")),
			Line: rapid.IntRange(0, 5).Draw(t, "line"), Column: rapid.IntRange(1, 9).Draw(t, "column")}
		(&scope{raw: raw}).place(n, rapid.IntRange(0, 20).Draw(t, "offset"))
	})
}
