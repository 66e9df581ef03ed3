package quiz

import (
	"testing"

	"summitquiz/content/language"
)

// TestAnExplanationThatRepeatsIsLeftOut holds that the question, the answer and a filled gap are no
// explanation of themselves.
func TestAnExplanationThatRepeatsIsLeftOut(t *testing.T) {
	for _, c := range []struct {
		stem, answer, why string
		want              bool
	}{
		{"What is the capital of Norway?", "Oslo", "What is the capital of Norway?", true},
		{"What is the capital of Norway?", "Oslo", "Oslo.", true},
		{"What is the capital of Norway?", "Oslo", "What is the capital of Norway? Oslo", true},
		{"What is the capital of Norway?", "Oslo", "The capital of Norway is Oslo.", false},
		{"The capital of Norway is ____.", "Oslo", "The capital of Norway is Oslo.", true},
		{"The capital of ____ is Oslo.", "Norway", "Oslo lies at the end of a fjord.", false},
		{"挪威的首都是哪里？", "奥斯陆", "挪威的首都是哪里？奥斯陆。", true},
		{"노르웨이의 수도는 ____입니다.", "오슬로", "노르웨이의 수도는 오슬로입니다.", true},
		{"Who said “China values its relations with South Korea” (translated from the Arabic)?", "Xi Jinping", "Xi Jinping said: “China values its relations with South Korea” (translated from the Arabic).", true},
		{"“중국은 한국과의 관계를 중시합니다”라고 말한 사람은 누구입니까(아랍어 기사 번역)?", "시진핑", "시진핑은 “중국은 한국과의 관계를 중시합니다”라고 말했습니다(아랍어 기사 번역).", true},
		{"“中国重视与韩国的关系”（译自阿拉伯语报道）这句话是谁说的？", "习近平", "习近平说：“中国重视与韩国的关系”（译自阿拉伯语报道）。", true},
		{"من قائل هذه العبارة: «تقدر الصين علاقاتها مع كوريا الجنوبية»؟", "شي جين بينغ", "ورد على لسان شي جين بينغ: «تقدر الصين علاقاتها مع كوريا الجنوبية»", true},
		{"What did Xi Jinping say?", "“China values its relations with South Korea”", "Xi Jinping said: “China values its relations with South Korea”.", true},
		{"Who said “China values its relations with South Korea”?", "Xi Jinping", "Xi Jinping said: “China values its relations with South Korea”. He said so in Gyeongju in November 2025.", false},
		{"Who said “China values its relations with South Korea”?", "Xi Jinping", "Xi Jinping said: “The two countries are neighbours that cannot be moved away”.", false},
		{"ما عاصمة النرويج؟", "أوسلو", "\u2068أوسلو\u2069", true},
	} {
		typed := View{Lang: language.English, Stem: c.stem, Explanation: c.why, Key: -1, Accepts: []string{c.answer}}
		chosen := View{Lang: language.English, Stem: c.stem, Explanation: c.why, Key: 1, Options: []string{"Bergen", c.answer}}
		if got := typed.Repeats(); got != c.want {
			t.Errorf("%q for %q: repeats is %v", c.why, c.stem, got)
		}
		if got := chosen.Repeats(); got != c.want {
			t.Errorf("%q for %q with options: repeats is %v", c.why, c.stem, got)
		}
	}
}
