package language

import (
	"slices"
	"testing"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		lang Code
		in   string
		want []string
	}{
		{English, "In 2025, Xi's 48.9 billion-dollar swap!", []string{"in", "2025", "xi", "s", "48.9", "billion", "dollar", "swap"}},
		{Korean, "APEC이 7건을 채택", []string{"apec", "이", "7", "건을", "채택"}},
		{English, "the G20 and its 8th", []string{"the", "g20", "and", "its", "8th"}},
		{English, "…", nil},
	} {
		if got := Tokens(c.lang, c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

// TestLeaks holds what counts as giving a key away.
func TestLeaks(t *testing.T) {
	for _, c := range []struct {
		lang         Code
		text, phrase string
		want         bool
	}{
		{English, "Who met Xi Jinping in Gyeongju?", "Gyeongju", true},
		{English, "Who met Xi Jinping in Gyeongju?", "xi jinping", true},
		{English, "Who met Xi's wife?", "Xi", true},
		{English, "an explosion of taxis", "Xi", false},
		{English, "How many of the 17 memoranda?", "7", false},
		{English, "the 7 memoranda", "7", true},
		{English, "48.9 billion", "48", false},
		{English, "48.9 billion", "48.9", true},
		{English, "of the United States", "States United", false},
		{Arabic, "زيارة شي للصين", "الصين", true},
		{Arabic, "بين كوريا والصين", "الصين", true},
		{Arabic, "في صينية لكر", "الصين", false},
		{Arabic, "قال شيء", "شي", false},
		{Arabic, "التقى بشي في القمة", "شي", true},
		{Arabic, "تحقق من البابِ الخلفي", "باب خلفي", true},
		{Arabic, "وقعا ٧ مذكرات", "7", true},
		{Arabic, "بقيمة ٤٨٫٩ مليار", "48.9 مليار", true},
		{Arabic, "إلى أبيك", "ابيك", true},
		{Arabic, "\u200F\u2068شي\u2069 قال", "شي", true},
		{Korean, "시진핑이 경주에서 무엇을 했습니까?", "경주", true},
		{Korean, "시진핑이 경주에서 무엇을 했습니까?", "시진핑", true},
		{Korean, "경주마가 뛰었습니다", "경주", false},
		{Korean, "공정경주는 어디입니까", "경주", false},
		{Korean, "한화 오션의 자회사", "한화오션", true},
		{Korean, "한중정상회담을 열었습니다", "한중 정상회담", true},
		{Korean, "APEC이 열린 곳", "APEC", true},
		{Korean, "양해각서 7건", "7", true},
		{Korean, "양해각서 17건", "7", false},
		{Korean, "170조 원", "70조 원", false},
		{Korean, "70조 원을 넘는", "70조 원", true},
		{Korean, "여기는 경주.", "경주", true},
		{Korean, "J.D. 밴스가 만났습니다", "J.D. 밴스", true},
		{Korean, "값은 1,200억입니다", "1200억", true},
		{English, "1,411,780,000 people", "1411780000", true},
		{Korean, "답은 은입니다", "은", true},
		{Korean, "은행은 어디입니까", "은", false},
		{Chinese, "习近平在庆州会见谁？", "庆州", true},
		{Chinese, "170万亿韩元", "70万亿韩元", false},
		{Chinese, "达成70万亿韩元的", "70万亿韩元", true},
		{Chinese, "签署了7份备忘录", "7", true},
		{Chinese, "第70届", "第7", false},
		{Chinese, "第7届", "第7", true},
		{Chinese, "在首尔", "庆州", false},
		{English, "anything", "", false},
		{Chinese, "在首尔", "，", false},
	} {
		if got := Contains(c.lang, c.text, c.phrase); got != c.want {
			t.Errorf("%q contains %q: got %v", c.text, c.phrase, got)
		}
	}
}
