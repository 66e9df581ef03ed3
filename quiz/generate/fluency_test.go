package generate_test

import (
	"slices"
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz/generate"
)

func TestFluency(t *testing.T) {
	tests := []struct {
		c    language.Code
		text string
		want string // code of the first slip; "" for none
	}{
		{language.Arabic, "أين عُقدت القمة?", "punctuation"},
		{language.Arabic, "أين عُقدت القمة؟", ""},
		{language.Arabic, "في 7 و٨", "digits"},
		{language.Arabic, "نعم ،لا", "spacing"},
		{language.English, "They signed a agreement.", "article"},
		{language.English, "They signed an MOU.", ""},
		{language.English, "They signed a MOU.", "article"},
		{language.English, "It is a unit of a NATO fund worth an 8 billion share.", ""},
		{language.English, "An hour in a European town, one of a kind.", ""},
		{language.English, "Two  spaces.", "spacing"},
		{language.English, "A comma , alone.", "spacing"},
		{language.Korean, "경주은(는) 도시입니다.", "particle"},
		{language.Korean, "\u2068경주\u2069은 도시입니다.", "particle"},
		{language.Korean, "\u2068경주\u2069는 도시입니다.", ""},
		{language.Korean, "\u2068서울\u2069으로 갔습니다.", "particle"},
		{language.Korean, "\u2068서울\u2069로 갔습니다.", ""},
		{language.Korean, "\u20687\u2069는 수입니다.", "particle"},
		{language.Korean, "\u20683\u2069은 수입니다.", ""},
		{language.Korean, "책를 읽었습니다.", "particle"},
		{language.Korean, "____은/는 주제입니다.", ""},
		{language.Chinese, "他去了哪里?", "punctuation"},
		{language.Chinese, "他去了哪里？", ""},
		{language.Chinese, "签署了 7 份备忘录。", "spacing"},
		{language.Chinese, "送了二部手机。", "measure-word"},
		{language.Chinese, "送了十二部手机，两部是新的。", ""},
		{language.Chinese, "规模为70兆韩元。", "numeral"},
		{language.Chinese, "域名是.kr。", ""},
		{language.Chinese, "他去了北京.", "punctuation"},
		{language.Chinese, "说 iPhone 17 很好。", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got := ""
			if slips := generate.Fluency(tt.c, tt.text); len(slips) > 0 {
				got = slips[0].Code
			}
			if got != tt.want {
				t.Errorf("Fluency(%s, %q) = %q, want %q", tt.c, tt.text, got, tt.want)
			}
		})
	}
}

// TestItemsReadFluently looks at every text of every item of a generated pack, with both sets
// of digits.
func TestItemsReadFluently(t *testing.T) {
	g := generate.New(generated(t, 480))
	for i, id := range g.Items() {
		it, err := g.Draw(id, uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range language.All() {
			v := g.Render(it, c, language.Style{Digits: language.Digits(i % 2)})
			for _, s := range slices.Concat([]string{v.Stem, v.Explanation}, v.Options, v.Why) {
				if slips := generate.Fluency(c, s); len(slips) > 0 {
					t.Errorf("%s in %s: %q: %v", id, c, s, slips)
				}
				if err := language.CheckDirection(c, s); err != nil {
					t.Errorf("%s in %s: %q: %v", id, c, s, err)
				}
			}
		}
	}
}
