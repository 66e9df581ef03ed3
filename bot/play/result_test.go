package play

import (
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz"
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
		{"ما عاصمة النرويج؟", "أوسلو", "\u2068أوسلو\u2069", true},
	} {
		typed := quiz.View{Lang: language.English, Stem: c.stem, Explanation: c.why, Key: -1, Accepts: []string{c.answer}}
		chosen := quiz.View{Lang: language.English, Stem: c.stem, Explanation: c.why, Key: 1, Options: []string{"Bergen", c.answer}}
		if got := repeats(&typed); got != c.want {
			t.Errorf("%q for %q: repeats is %v", c.why, c.stem, got)
		}
		if got := repeats(&chosen); got != c.want {
			t.Errorf("%q for %q with options: repeats is %v", c.why, c.stem, got)
		}
	}
}
