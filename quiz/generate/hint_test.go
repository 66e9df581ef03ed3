package generate

import (
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

func TestLetterHints(t *testing.T) {
	for _, c := range []struct {
		lang   language.Code
		answer string
		want   quiz.Hint
	}{
		{language.English, "Gyeongju", quiz.Hint{First: "G", Letters: 8}},
		{language.English, "the Go board", quiz.Hint{First: "G", Letters: 12}},
		{language.Arabic, "الصين", quiz.Hint{First: "ص", Letters: 5}},
		{language.Korean, "이재명", quiz.Hint{First: "이", Letters: 3}},
		{language.Korean, "경주", quiz.Hint{}},  // half of it
		{language.Chinese, "银", quiz.Hint{}},  // all of it
		{language.English, "Na", quiz.Hint{}}, // half of it
		{language.English, ".sn", quiz.Hint{}},
		{language.English, "+976", quiz.Hint{}},
	} {
		if got := letterHint(c.answer, c.lang); got != c.want {
			t.Errorf("letterHint(%q) = %+v, want %+v", c.answer, got, c.want)
		}
	}
}

func TestMagnitudeHints(t *testing.T) {
	st := language.Style{Plain: true}
	for _, c := range []struct {
		lang      language.Code
		coef      int64
		exp       int32
		low, high string
	}{
		{language.English, 285, 5, "20 million", "50 million"},
		{language.English, 2, 7, "10 million", "50 million"}, // never the number itself
		{language.English, 5, 7, "20 million", "100 million"},
		{language.English, 100, 0, "50", "200"},
		{language.English, 7, 0, "", ""},
		{language.Korean, 70, 12, "50조", "100조"},
		{language.Chinese, 4634, 0, "2,000", "5,000"},
	} {
		got := magnitudeHint(&language.Amount{Number: language.Decimal{Coef: c.coef, Exp: c.exp}}, c.lang, st)
		if got.Low != c.low || got.High != c.high {
			t.Errorf("magnitudeHint(%de%d) in %s = %q to %q, want %q to %q", c.coef, c.exp, c.lang, got.Low, got.High, c.low, c.high)
		}
	}
}

func TestYearHints(t *testing.T) {
	st := language.Style{Plain: true}
	for year, want := range map[int16][2]string{1955: {"1950", "2000"}, 1989: {"1950", "2000"}, 1950: {"1925", "1975"}, 79: {"", ""}, -490: {"", ""}} {
		if got := yearHint(language.Date{Year: year}, language.English, st); got.Low != want[0] || got.High != want[1] {
			t.Errorf("yearHint(%d) = %+v, want %v", year, got, want)
		}
	}
}
