package telegram

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"summitquiz/bot"
	"summitquiz/content/language"
)

func TestTextsAreEscapedByTheirPlace(t *testing.T) {
	for name, tc := range map[string]struct {
		line bot.Line
		lang language.Code
		want string
	}{
		"markup":                         {bot.Line{Text: `<b>&amp; "x"</b>`}, language.English, `&lt;b&gt;&amp;amp; "x"&lt;/b&gt;`},
		"a line stays one":               {bot.Line{Text: "a\nb\rc"}, language.English, "a b c"},
		"a quotation":                    {bot.Line{Text: "1 < 2", Style: bot.Quote}, language.English, "<blockquote>1 &lt; 2</blockquote>"},
		"to be copied":                   {bot.Line{Text: "a:1\n\u2068b\u2069 <x>", Style: bot.Code}, language.Arabic, "<pre>a:1\nb &lt;x&gt;</pre>"},
		"a list":                         {bot.Line{Text: "x", Style: bot.Bullet}, language.English, "• x"},
		"a ranking":                      {bot.Line{Text: "\u20681\u2069. x", Style: bot.Bullet}, language.English, "\u20681\u2069. x"},
		"a list from right to left":      {bot.Line{Text: "\u200fس", Style: bot.Bullet}, language.Arabic, "\u200f• س"},
		"one mark of direction, not two": {bot.Line{Text: "\u200fس"}, language.Arabic, "\u200fس"},
	} {
		if got := drawn(tc.lang, tc.line); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// drawn is a line as a message has it.
func drawn(c language.Code, l bot.Line) string {
	text, _ := page(bot.Post{Lang: c, Body: []bot.Line{l}}, time.Time{}, "")
	return text
}

// TestPagesFitAndKeepTheirOptions cuts posts of any length.
func TestPagesFitAndKeepTheirOptions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			return strings.Repeat(rapid.SampledFrom([]string{"x", "<", "😀", "ن ", "\u2068a\u2069 "}).Draw(t, name),
				rapid.SampledFrom([]int{0, 1, 50, 500, 3000}).Draw(t, name+" times"))
		}
		p := bot.Post{Kind: bot.QuestionPost, Lang: rapid.SampledFrom(language.Own()).Draw(t, "lang"), Title: text("title"), Open: 20 * time.Second}
		for range rapid.IntRange(0, 6).Draw(t, "lines") {
			p.Body = append(p.Body, bot.Line{Text: text("body"),
				Style: rapid.SampledFrom([]bot.LineStyle{bot.Plain, bot.Strong, bot.Code, bot.Quote, bot.Bullet}).Draw(t, "style")})
			p.After = append(p.After, bot.Line{Text: text("after")})
		}
		for i := range rapid.IntRange(0, 5).Draw(t, "options") {
			p.Options = append(p.Options, bot.Option{Label: string(rune('A' + i)), Text: text("option")})
		}
		got, whole := page(p, time.Unix(0, 0), "the rest")
		if n := visibleLength(got); n > textLimit {
			t.Fatalf("%d units", n)
		}
		for _, o := range p.Options {
			if !strings.Contains(got, "<b>"+o.Label+"</b>") {
				t.Fatalf("option %s was left out", o.Label)
			}
		}
		if whole == strings.Contains(got, "the rest") {
			t.Fatalf("whole: %v, and it says %q", whole, got[max(0, len(got)-40):])
		}
	})
}

func TestOrdersAreRead(t *testing.T) {
	for text, want := range map[string]commandText{
		"/quiz":                               {line: "/quiz ", word: "quiz"},
		"  /Quiz@SomeBot  pack:x  mode:solo ": {line: "/quiz pack:x  mode:solo", word: "quiz", rest: "pack:x  mode:solo", to: "SomeBot"},
		"\u2068/quiz pack:\u2068zoo\u2069":    {line: "/quiz pack:zoo", word: "quiz", rest: "pack:zoo"},
		"/pack_load@SomeBot":                  {line: "/pack load ", word: "pack load", to: "SomeBot"},
		"／answer\n70조":                        {line: "/answer 70조", word: "answer", rest: "70조"},
	} {
		if got, ok := parseCommandText(text); !ok || got != want {
			t.Errorf("readOrder(%q) = %+v, %v; want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "quiz", "/", "/ quiz", "/@x", "a /quiz"} {
		if got, ok := parseCommandText(text); ok {
			t.Errorf("readOrder(%q) = %+v", text, got)
		}
	}
}
