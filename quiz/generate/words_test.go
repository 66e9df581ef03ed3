package generate

import (
	"testing"

	"summitquiz/content/language"
)

func TestAppendWords(t *testing.T) {
	tests := []struct {
		a, b string
		want bool // whether they share a content word
	}{
		{"Mexico", "Mexico City", true},
		{"The capital of France", "the town of Lyon", false},
		{"APEC summit", "an apec dinner", true},
		{"الصين", "صين", true},
		{"القِمّة", "قمة الدول", true},
		{"경주 시", "경주 회담", true},
		{"경주", "공주", false},
		{"墨西哥", "墨西哥城", true},
		{"北京", "南京", false},
		{"17", "iPhone 17", true},
		{"Xi-Lee", "lee", true},
	}
	for _, tt := range tests {
		if got := sharedWord(appendWords(nil, tt.a), appendWords(nil, tt.b)); got != tt.want {
			t.Errorf("%q and %q share a word: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestComparable(t *testing.T) {
	for _, tt := range []struct {
		a, b uint16
		name bool
		want bool
	}{{2, 5, true, true}, {2, 5, false, false}, {4, 2, false, true}, {6, 2, true, false}, {3, 3, false, true}} {
		if got := similarLength(tt.a, tt.b, tt.name); got != tt.want {
			t.Errorf("similarLength(%d, %d, %v) = %v, want %v", tt.a, tt.b, tt.name, got, tt.want)
		}
	}
}

func TestClassOf(t *testing.T) {
	for _, tt := range []struct {
		c    language.Code
		text string
		want class
	}{
		{language.Korean, "경주", 0},
		{language.Korean, "APEC", foreign},
		{language.Korean, "APEC 정상회의", 0},
		{language.English, "Really?", ended},
		{language.Chinese, "第2次会议", numbered},
		{language.Arabic, "MOU", foreign},
	} {
		if got := classOf(tt.c, tt.text); got != tt.want {
			t.Errorf("classOf(%s, %q) = %b, want %b", tt.c, tt.text, got, tt.want)
		}
	}
}

func TestDiceAreFair(t *testing.T) {
	const sides, rolls = 7, 70_000
	count := [sides]int{}
	for i := range uint64(rolls) {
		d := newDice(both(hashed("pack/fact/choice/city"), i), forPosition)
		count[d.below(sides)]++
	}
	for side, n := range count {
		if n < rolls/sides-600 || n > rolls/sides+600 { // six standard deviations
			t.Errorf("side %d came %d times of %d", side, n, rolls)
		}
	}
}
