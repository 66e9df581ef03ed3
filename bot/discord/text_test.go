package discord

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"summitquiz/bot"
	"summitquiz/content/language"
)

func TestMarkupIsDisarmedWhereItIsRendered(t *testing.T) {
	for in, want := range map[string]string{
		"plain words":        "plain words",
		"**bold** _it_ ~~s~": `\*\*bold\*\* \_it\_ \~\~s\~`,
		"@everyone <@1>":     `\@everyone \<\@1\>`,
		"[x](https://e.vil)": `\[x\]\(https\:\/\/e\.vil\)`,
		"# head\n- list":     `\# head \- list`,
		"1. one":             `1\. one`,
		"a\\*b":              `a\\\*b`,
		"`code` ```block":    "\\`code\\` \\`\\`\\`block",
		"<t:1:R> <:x:1>":     `\<t\:1\:R\> \<\:x\:1\>`,
		"70조 원, 习近平؟":        `70조 원\, 习近平؟`,
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestEscapedTextReadsAsItWas undoes escape as Discord does: a backslash before anything that
// is neither a letter, a digit nor a space goes.
func TestEscapedTextReadsAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Filter(func(s string) bool { return !strings.ContainsAny(s, "\r\n") && utf8.ValidString(s) }).Draw(t, "text")
		var out strings.Builder
		escaped := false
		for _, r := range escape(in) {
			if r == '\\' && !escaped {
				escaped = true
				continue
			}
			escaped = false
			out.WriteRune(r)
		}
		if out.String() != in {
			t.Fatalf("read back %q, want %q", out.String(), in)
		}
	})
}

func TestACodeBlockCannotBeLeft(t *testing.T) {
	got := fence("a ``` b ````")
	if inner := strings.TrimSuffix(strings.TrimPrefix(got, "```\n"), "\n```"); strings.Contains(inner, "```") {
		t.Errorf("fence = %q, and it can be left", got)
	}
}

func TestAPostOfAnyLengthFitsAMessage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Map(rapid.IntRange(0, 3000), func(n int) string { return strings.Repeat("字*", n/2) + strings.Repeat("word ", n/5) })
		line := rapid.Custom(func(t *rapid.T) bot.Line {
			return bot.Line{Text: text.Draw(t, "text"),
				Style: rapid.SampledFrom([]bot.LineStyle{bot.Plain, bot.Strong, bot.Quiet, bot.Quote, bot.Bullet, bot.Code}).Draw(t, "style")}
		})
		p := bot.Post{
			Kind: rapid.SampledFrom([]bot.PostKind{bot.NoticePost, bot.QuestionPost, bot.CardPost}).Draw(t,
				"kind"), Lang: rapid.SampledFrom(language.Own()).Draw(t, "lang"),
			Title: text.Draw(t, "title"), Body: rapid.SliceOfN(line, 0, 8).Draw(t, "body"), After: rapid.SliceOfN(line, 0, 8).Draw(t, "after"),
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "options") {
			p.Options = append(p.Options, bot.Option{Label: "ABCD"[i : i+1], Text: text.Draw(t, "option"), Action: "v1.a." + "ABCD"[i:i+1]})
		}
		m := draw(p, time.Unix(0, 0))
		total := language.Length(m.Content)
		if total > contentLimit {
			t.Fatalf("content has %d units", total)
		}
		for _, e := range m.Embeds {
			if language.Length(e.Title) > titleLimit || language.Length(e.Description) > descriptionLimit {
				t.Fatalf("title has %d units, description %d", language.Length(e.Title), language.Length(e.Description))
			}
		}
		if n := len(m.Components); n > messageRows || len(p.Options) > 0 && (n == 0 || len(m.Components[0].Components) != len(p.Options)) {
			t.Fatalf("%d rows for %d options", n, len(p.Options))
		}
	})
}

// endless is a post that fits no message.
func endless() bot.Post {
	p := bot.Post{Kind: bot.CardPost, Lang: language.English, Title: "Help"}
	for range 80 {
		p.Body = append(p.Body, bot.Line{Text: strings.Repeat("many words ", 10)})
	}
	p.Body = append(p.Body, bot.Line{Text: "the very end"})
	return p
}

func TestWhatOnlyOnePersonSeesGoesOnInAFile(t *testing.T) {
	m := private(endless(), time.Unix(0, 0))
	if len(m.files) != 1 || !strings.HasSuffix(string(m.files[0].Data), "the very end\n") || m.Attachments[0].Filename != m.files[0].Name {
		t.Fatalf("%d files are attached", len(m.files))
	}
	if !strings.Contains(m.Embeds[0].Description, "attached file") {
		t.Errorf("the message does not say where the rest is: …%s", m.Embeds[0].Description[3500:])
	}
}

func TestButtonsAreNeverEscapedAndTurnedForArabic(t *testing.T) {
	p := bot.Post{Kind: bot.QuestionPost, Lang: language.Arabic,
		Buttons: [][]bot.Button{{{Label: "السابق (1)", Action: "v1.p"}, {Label: "التالي", Action: "v1.n", Style: bot.DangerButton}}}}
	for i, l := range []string{"أ", "ب", "ج", "د"} {
		p.Options = append(p.Options, bot.Option{Label: l, Text: "نص", Action: "v1.a." + string(rune('0'+i))})
	}
	m := draw(p, time.Unix(0, 0))
	if got := m.Components[0].Components[0].Label; got != "د" {
		t.Errorf("the leftmost option is %q, want the last one", got)
	}
	row := m.Components[1].Components
	if row[1].Label != "السابق (1)" || row[0].Style != danger {
		t.Errorf("the row is %+v", row)
	}
}

func TestButtonsThatDoTheSameHaveIdsOfTheirOwn(t *testing.T) {
	b := bot.Button{Label: "here", Action: "v1.board.0.x"}
	rows := buttons(bot.Post{Lang: language.English, Buttons: [][]bot.Button{{b, b}, {b}}})
	seen := map[string]bool{}
	for _, row := range rows {
		for _, p := range row.Components {
			if seen[p.CustomID] || actionOf(p.CustomID) != b.Action {
				t.Errorf("a button has the id %q after %v", p.CustomID, seen)
			}
			seen[p.CustomID] = true
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		`{"id":"1","token":"t","channel_id":"2","type":2,"user":{"id":"3"},` +
			`"data":{"name":"quiz","options":[{"name":"load","type":1,"options":[{"name":"file","type":11,"value":"9"}]}]}}`,
		`{"id":"1","token":"t","channel_id":"2","type":5,"member":{"user":{"id":"3"},"permissions":"x"},"data":{"custom_id":"a",` +
			`"components":[{"type":18,"component":{"type":99}},{"type":1,"components":[{"type":4,"custom_id":"text","value":7}]}]}}`,
		`{"id":"1","token":"t","channel_id":"2","type":3,"user":{"id":"3"},"message":null,"data":null}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		it, err := decode(raw)
		if err != nil {
			return
		}
		c, _, _ := it.command()
		if it.from().User == "" || it.place().Chat == "" || it.place().Space == "" || c.Options == nil || it.values() == nil {
			t.Fatalf("read as %+v", it)
		}
	})
}
