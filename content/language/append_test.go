package language

import (
	"strings"
	"testing"
)

// TestValuesThatStandAlone are what options and buttons show; ⟨ ⟩ are isolates, ‹R› is U+200F.
func TestValuesThatStandAlone(t *testing.T) {
	visible := strings.NewReplacer(fsi, "⟨", pdi, "⟩", rlm, "‹R›")
	for _, c := range []struct {
		lang Code
		arg  Arg
		want string
	}{
		{English, Arg{Text: "United States", The: true}, "⟨United States⟩"},
		{English, Arg{Text: "lacquer"}, "⟨lacquer⟩"},
		{English, Arg{Kind: Several, List: []Arg{{Text: "trade"}, {Text: "services"}}}, "⟨trade⟩ and ⟨services⟩"},
		{English, Arg{Kind: Quote, Text: "Thank you."}, "“⟨Thank you.⟩”"},
		{Arabic, Arg{Text: "الصين"}, "‹R›⟨الصين⟩"},
		{Arabic, Arg{Kind: Number, Amount: amountOf(70, 12, "KRW")}, "‹R›⟨70 تريليون وون⟩"},
		{Arabic, Arg{Kind: Several, List: []Arg{{Text: "التجارة"}, {Text: "الخدمات"}}}, "‹R›⟨التجارة⟩ ⟨والخدمات⟩"},
		{Korean, Arg{Kind: Several, List: []Arg{{Text: "무역"}, {Text: "서비스"}}}, "⟨무역⟩과 ⟨서비스⟩"},
		{Korean, Arg{Kind: Day, Date: Date{2025, 11, 1}}, "⟨2025년 11월 1일⟩"},
		{Chinese, Arg{Kind: Ordinal, Amount: amountOf(1, 0, "")}, "⟨第一⟩"},
		{Chinese, Arg{Kind: Gap}, "____"},
	} {
		out := string(AppendArg(nil, c.lang, &c.arg, Style{}))
		if got := visible.Replace(out); got != c.want {
			t.Errorf("%s: got %q, want %q", c.lang, got, c.want)
		}
		if err := CheckDirection(c.lang, out); err != nil {
			t.Errorf("%q: %v", out, err)
		}
		if got, want := string(AppendArg(nil, c.lang, &c.arg, plainStyle)), StripIsolates(out); got != want {
			t.Errorf("plain: got %q, want %q", got, want)
		}
	}
}

func TestArabicPrefixes(t *testing.T) {
	for _, c := range []struct{ prefix, word, want string }{
		{"ل", "الصين", "للصين"},
		{"ول", "الصين", "وللصين"},
		{"ب", "الصين", "بالصين"},
		{"و", "الصين", "والصين"},
		{"ل", "اللجنة", "للجنة"},
		{"ل", "الله", "لله"},
		{"ل", "ألمانيا", "لألمانيا"}, // no article
		{"ل", "كوريا", "لكوريا"},
		{"ب", "APEC", "بـAPEC"},
		{"و", "APEC", "وAPEC"}, // و joins nothing after it
		{"ل", "70 وون", "لـ70 وون"},
	} {
		if got := string(Arabic.Language().joinPrefix([]byte(c.word), 0, c.prefix)); got != c.want {
			t.Errorf("%s + %s: got %q, want %q", c.prefix, c.word, got, c.want)
		}
	}
	for prefix, want := range map[string]bool{"ل": true, "ب": true, "ك": true, "و": true, "ف": true, "ول": true, "فب": true, "لو": false, "ال": false, "": false, "س": false, "x": false, "وول": false} {
		if Arabic.Language().prefixes.known(prefix) != want {
			t.Errorf("prefix %q: got %v", prefix, !want)
		}
	}
}
