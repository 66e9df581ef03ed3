package adapter_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/bot"
	"summitquiz/bot/adapter"
	"summitquiz/content/language"
)

// marked is a markup that is easy to read: <b>, <s>, <code>, and the style of a line before it.
var marked = adapter.Markup{
	Escape: strings.NewReplacer("<", "&lt;", "\n", " ").Replace,
	Title:  func(text string) string { return "<h>" + text },
	Line:   func(_ language.Code, l bot.Line, text string) string { return string(l.Style) + " " + text },
	Code:   func(text string) string { return "<code>" + text },
	Bold:   func(text string) string { return "<b>" + text + "</b>" },
	Struck: func(text string) string { return "<s>" + text + "</s>" },
	Countdown: func(sign string, left time.Duration, until time.Time) string {
		return fmt.Sprintf("%s %v %d", sign, left, until.Unix())
	},
	Length: language.Length,
}

func TestAPostIsLaidOut(t *testing.T) {
	p := bot.Post{
		Kind: bot.QuestionPost, Lang: language.English, Title: "One <1>",
		Body: []bot.Line{{Text: "Which?", Style: bot.Strong}, {}, {Text: "\u2068a\u2069\nb", Style: bot.Code}},
		Options: []bot.Option{{Label: "A", Text: "x"}, {Label: "B", Text: "y", State: bot.OptionStruck},
			{Label: "C", Text: "z", State: bot.OptionKey, Picks: 2, Count: "\u20682\u2069 answers"}},
		After: []bot.Line{{Text: "by the way"}}, Open: 1500 * time.Millisecond,
	}
	const want = "<h>One &lt;1>\nstrong Which?\n<code>a\nb\n\n" +
		"<b>A</b> x\n<s><b>B</b> y</s>\n✅ <b>C</b> z · \u20682\u2069 answers\n\n by the way\n\n⏳ 1.5s 102"
	if l, whole := marked.Fit(p, time.Unix(100, 0).Add(time.Millisecond), 4096, nil); l.String() != want || !whole {
		t.Errorf("whole %v:\n%q\nwant\n%q", whole, l, want)
	}
}

// TestWhatDoesNotFitIsCutAndOptionsStay cuts posts of any length.
func TestWhatDoesNotFitIsCutAndOptionsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Map(rapid.IntRange(0, 400), func(n int) string { return strings.Repeat("字<", n/2) + strings.Repeat("word ", n) })
		line := rapid.Custom(func(t *rapid.T) bot.Line { return bot.Line{Text: text.Draw(t, "text")} })
		p := bot.Post{Lang: rapid.SampledFrom(language.Own()).Draw(t, "lang"), Title: text.Draw(t, "title"),
			Body: rapid.SliceOfN(line, 0, 8).Draw(t, "body"), After: rapid.SliceOfN(line, 0, 8).Draw(t, "after")}
		for i := range rapid.IntRange(0, 4).Draw(t, "options") {
			p.Options = append(p.Options, bot.Option{Label: "ABCD"[i : i+1], Text: text.Draw(t, "option")})
		}
		const limit, reserve = 4000, 40
		l, whole := marked.Fit(p, time.Unix(0, 0), limit, func() int { return reserve })
		room := limit
		if !whole {
			room -= reserve
		}
		if n := language.Length(l.String()); n > room {
			t.Fatalf("%d units, want at most %d", n, room)
		}
		if len(l.Options) != len(p.Options) {
			t.Fatalf("%d options of %d are left", len(l.Options), len(p.Options))
		}
		if p.Title != "" && !strings.Contains(l.String(), "<h>") {
			t.Fatal("the title was dropped")
		}
		full, _ := marked.Fit(p, time.Unix(0, 0), 1<<20, nil)
		if whole != (l.String() == full.String()) {
			t.Fatalf("whole = %v is wrong", whole)
		}
	})
}

func TestRowsAreSplitReversedAndBounded(t *testing.T) {
	lines := [][]int{{1, 2, 3}, {}, {4}, {5, 6}}
	for _, tc := range []struct {
		lang language.Code
		most int
		want [][]int
	}{
		{language.English, 9, [][]int{{1, 2}, {3}, {4}, {5, 6}}},
		{language.Arabic, 9, [][]int{{2, 1}, {3}, {4}, {6, 5}}},
		{language.English, 2, [][]int{{1, 2}, {3}}},
	} {
		got := adapter.Rows(tc.lang, lines, 2, tc.most)
		if !slices.EqualFunc(got, tc.want, slices.Equal) {
			t.Errorf("%s, at most %d rows: %v, want %v", tc.lang, tc.most, got, tc.want)
		}
	}
	if !slices.Equal(lines[0], []int{1, 2, 3}) {
		t.Errorf("the lines that were given are changed: %v", lines)
	}
}
