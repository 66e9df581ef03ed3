package language

import (
	"strings"
	"testing"
)

// TestSimplified holds that traditional and simplified characters are equal and Japanese forms
// are not.
func TestSimplified(t *testing.T) {
	for old, plain := range map[string]string{
		"李傑": "李杰", "譚平": "谭平", "駱賓": "骆宾", "錫": "锡", "慶州": "庆州", "臺灣": "台湾", "鄧麗君": "邓丽君", "貴州": "贵州", "齊白石": "齐白石", "瀋陽": "沈阳", "薴": "苎", "錢鍾書": "钱钟书", "钱锺书": "钱钟书", "分鐘": "分钟", "甚麽": "甚么",
	} {
		if got, want := Normalise(old), Normalise(plain); got != want {
			t.Errorf("%s is folded to %s, %s to %s", old, got, plain, want)
		}
	}
	for japanese, plain := range map[string]string{"広": "广", "竜": "龙", "桜": "樱", "沢": "泽", "気": "气"} {
		if got := Normalise(japanese); got == Normalise(plain) {
			t.Errorf("the Japanese %s is folded to %s", japanese, got)
		}
	}
	for line := range strings.Lines(traditional) {
		old, list, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok {
			t.Fatalf("TSCharacters.txt: %q is no pair", line)
		}
		plain, _, _ := strings.Cut(list, " ")
		if got, want := Normalise(old), Normalise(plain); got != want {
			t.Errorf("%s is folded to %s, %s to %s", old, got, plain, want)
		}
		if once := Normalise(old); Normalise(once) != once {
			t.Errorf("%s is folded to %s, and that again", old, once)
		}
	}
}
