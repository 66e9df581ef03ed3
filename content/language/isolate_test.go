package language

import "testing"

// TestNoIsolateWithinAnother holds that what was said once, and what the author isolated, is not
// isolated again.
func TestNoIsolateWithinAnother(t *testing.T) {
	said := func(c Code, source string, args ...Arg) string {
		m, err := Compile(c, source, []string{"a", "b"}[:len(args)])
		if err != nil {
			t.Fatal(err)
		}
		return string(m.Append(nil, args, Style{}))
	}
	name := func(s string) Arg { return Arg{Kind: Literal, Text: s} }
	number := func(n int64) Arg { return Arg{Kind: Number, Amount: Amount{Number: Whole(n)}} }
	minutes := said(Korean, "{a}분", number(1))
	cards := said(Arabic, "{a} بطاقات", number(3))
	for _, tc := range []struct {
		lang   Code
		source string
		args   []Arg
		want   string
	}{
		{Arabic, "اكتب \u2068/quiz\u2069 والعب", nil, "اكتب \u2068/quiz\u2069 والعب"},
		{Arabic, "اكتب /quiz والعب", nil, "اكتب /\u2068quiz\u2069 والعب"},
		{Arabic, "العبها بالأمر \u2068/quiz pack:{a}\u2069", []Arg{name("zoo")}, "العبها بالأمر \u2068/quiz pack:zoo\u2069"},
		{Arabic, "العبها بالأمر \u2068/quiz pack:{a}\u2069 يا {b}", []Arg{name("zoo"), name("Ada")}, "العبها بالأمر \u2068/quiz pack:zoo\u2069 يا \u2068Ada\u2069"},
		{Korean, "{a} · {b}", []Arg{name("다시"), {Text: minutes}}, "\u2068다시\u2069 · \u20681\u2069분"},
		{Arabic, "بقي {a} من {b}", []Arg{{Text: cards}, {Text: cards}}, "بقي \u20683\u2069 بطاقات من \u20683\u2069 بطاقات"},
		{Arabic, "الفرق {a}", []Arg{number(-5)}, "الفرق \u2068\u2066-5\u2069\u2069"},
		{Arabic, "النسبة {a}7", []Arg{{Kind: Number, Amount: Amount{Number: Whole(-1), Unit: UnitNamed("percent")}}}, "النسبة \u2068\u2066-1\u2069%\u20697"},
		{Arabic, "نقصت {ب+a}", []Arg{{Kind: Number, Amount: Amount{Number: Whole(-1), Unit: UnitNamed("percent")}}}, "نقصت \u2068بـ\u2066-1\u2069%\u2069"},
		{English, "{a} left", []Arg{{Text: cards}}, "\u2068\u200f\u20683\u2069 بطاقات\u2069 left"}, // of another direction, it keeps an isolate
	} {
		if got := said(tc.lang, tc.source, tc.args...); got != tc.want {
			t.Errorf("%q reads %q, want %q", tc.source, got, tc.want)
		}
	}
	if got := string(Isolate(Isolate(nil, "Ada"), "Ben")); got != "\u2068Ada\u2069\u2068Ben\u2069" {
		t.Errorf("two isolates are %q", got)
	}
	if got := string(Isolate(nil, string(Isolate(nil, "Ada")))); got != "\u2068Ada\u2069" {
		t.Errorf("an isolate isolated again is %q", got)
	}
	if err := CheckDirection(English, "\u2068a \u2068b\u2069\u2069"); err == nil {
		t.Error("an isolate within another passes")
	}
}
