package language

import (
	"testing"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

func TestLetters(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "Gyeongju": 8, "경주": 2, "慶州": 2, "كيونغجو": 7, "شي جين بينغ": 11, "قُمَّة": 3, "é": 1, "e\u0301": 1, "각": 1, "\u1100\u1161\u11a8": 1, "👨\u200D👩\u200D👧": 1, "🇰🇷": 1,
		"\u200F\u2068APEC\u2069": 4, "a\r\nb": 3, "70조 원": 5,
	} {
		if got := Letters(s); got != want {
			t.Errorf("%q has %d letters, want %d", s, got, want)
		}
	}
}

func TestLettersFastPathAgrees(t *testing.T) {
	pieces := []string{"a", "Z", "é", "ه", "ئ", "َ", "각", "ᆨ", "漢", "〇", "、", "！", "\u0301", "\u200d", "👍", "🏽", " ", "7", "٧", "²", "…", "’", "ﾞ", "゙", "か"}
	rapid.Check(t, func(t *rapid.T) {
		s := ""
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "pieces") {
			s += p
		}
		if got, want := Letters(s), uniseg.GraphemeClusterCount(s); got != want {
			t.Fatalf("%q has %d letters, want %d", s, got, want)
		}
	})
}
