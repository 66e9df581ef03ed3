package language

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// visual returns the line as a reader sees it from left to right, by the Unicode bidi
// algorithm in a right-to-left paragraph. Marks and isolates are not seen.
func visual(t *testing.T, line string) string {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	// Order lists runs as they are written; in a right-to-left line the last is leftmost.
	// That holds while no left-to-right run has a right-to-left one within, and no line
	// of ours has.
	var b strings.Builder
	for i := order.NumRuns() - 1; i >= 0; i-- {
		run := order.Run(i)
		s := run.String()
		if run.Direction() == bidi.RightToLeft {
			s = bidi.ReverseString(s)
		}
		b.WriteString(s)
	}
	return StripIsolates(b.String())
}

// TestWhatReadersSee holds the strings of which readers must see the intended order: amounts
// in brackets, ranges, dates, percents, ratios, Latin names, blanks.
func TestWhatReadersSee(t *testing.T) {
	names := []string{"x", "y"}
	number := func(coef int64, exp int32, unit string) Arg {
		return Arg{Kind: Number, Amount: amountOf(coef, exp, unit)}
	}
	day := Arg{Kind: Day, Date: Date{2025, 11, 1}}
	var b strings.Builder
	for _, c := range []struct {
		name string
		src  string
		args []Arg
	}{
		{"the swap in two currencies", "{x} ({y})", []Arg{number(70, 12, "KRW"), number(489, 8, "USD")}},
		{"a sentence with both", "بلغت قيمة الاتفاق {x} ({y}).", []Arg{number(70, 12, "KRW"), number(489, 8, "USD")}},
		{"a range", "بين {x}–{y} في السنة", []Arg{number(5, 0, ""), number(11, 0, "")}},
		{"a date", "عقدت القمة في {x}", []Arg{day}},
		{"two dates", "من {x} إلى {y}", []Arg{day, {Kind: Day, Date: Date{2025, 11, 2}}}},
		{"a percent", "ارتفعت النسبة إلى {x} من {y}", []Arg{number(125, -1, "percent"), number(10, 0, "percent")}},
		{"degrees below zero", "بلغت الحرارة {x}", []Arg{number(-5, 0, "celsius")}},
		{"a negative number", "الفرق {x}", []Arg{number(-5, 0, "")}},
		{"a Latin name at the beginning", "{x} منظمة دولية", []Arg{{Text: "APEC"}}},
		{"a Latin name with a prefix", "انضمت الصين {ل+x} عام {y}", []Arg{{Text: "APEC"}, {Kind: Day, Date: Date{Year: 1991}}}},
		{"a Latin name in the author's words", "قمة (APEC) في {x}", []Arg{{Text: "كيونغجو"}}},
		{"a Latin name within a name", "عقدت {x} في {y}", []Arg{{Text: "قمة التعاون (APEC)"}, {Text: "كيونغجو"}}},
		{"a quotation in Latin letters", "قال شي {x}.", []Arg{{Kind: Quote, Text: "thank you!"}}},
		{"a quotation", "قال لي {x}.", []Arg{{Kind: Quote, Text: "هل الخط آمن؟"}}},
		{"a blank", "عقدت القمة في {x} عام {y}.", []Arg{{Kind: Gap}, {Kind: Day, Date: Date{Year: 2025}}}},
		{"a question that ends in a Latin name", "من وقع على {x}؟", []Arg{{Text: "MOU"}}},
	} {
		m, err := Compile(Arabic, c.src, names)
		if err != nil {
			t.Fatal(err)
		}
		for _, digits := range []Digits{European, ArabicIndic} {
			out := string(m.Append(nil, c.args, Style{Digits: digits}))
			if err := CheckDirection(Arabic, out); err != nil {
				t.Errorf("%s: %q: %v", c.name, out, err)
			}
			fmt.Fprintf(&b, "# %s\n%s\n%s\n", c.name, StripIsolates(out), visual(t, out))
		}
	}
	golden(t, "visual.golden", b.String())
}

func TestDirectionProblemsAreFound(t *testing.T) {
	for _, s := range []string{
		"عقدت قمة APEC هناك",       // Latin outside an isolate
		"النسبة 12% هنا",           // a number with a sign
		"من 5-7 أيام",              // a range
		"7 مذكرات",                 // begins with a digit
		"\u2068APEC\u2069 منظمة",   // begins with an isolate of Latin letters
		"\u2068شي\u2069.",          // nothing right to left outside the isolates
		"عقدت القمة\n7 مذكرات",     // the second line begins with a digit
		"____ مدينة",               // begins with a blank
		"🎉 فاز",                    // begins with an emoji
		"عقدت \u202Eالقمة\u202C",   // override
		"عقدت \u2068القمة",         // not closed
		"عقدت القمة\u2069",         // closes nothing
		"عقدت 7 مذكرات و٧ اتفاقات", // two sets of digits
	} {
		if err := CheckDirection(Arabic, s); !errors.Is(err, ErrDirection) {
			t.Errorf("%q passes", s)
		}
	}
	for _, s := range []string{
		"عقدت القمة في كيونغجو.", "", "وقعت 7 مذكرات", "\u200F\u20687\u2069 مذكرات", "\u200F\u2068شي\u2069.", "قمة \u2068G20\u2069 و٧ مذكرات", "\u2068شي\u2069 قال", "العدد: 5، والمدة 3: كذا",
	} {
		if err := CheckDirection(Arabic, s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	if err := CheckDirection(English, "In \u2068الصين\u2069, 12%"); err != nil {
		t.Error(err)
	}
	if err := CheckDirection(English, "In \u2068الصين, 12%"); err == nil {
		t.Error("an open isolate passes in English")
	}
}

func TestIsolatesComeOff(t *testing.T) {
	s := "\u200F" + string(Isolate(nil, "شي")) + "\u061C\u200E"
	if got := StripIsolates(s); got != "شي" {
		t.Errorf("got %q", got)
	}
}
