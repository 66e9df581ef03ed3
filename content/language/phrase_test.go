package language

import (
	"strings"
	"testing"
)

func TestLists(t *testing.T) {
	for _, row := range []struct {
		lang  Code
		items string
		want  string
	}{
		{English, "China", "China"},
		{English, "China|Japan", "China and Japan"},
		{English, "China|Japan|South Korea", "China, Japan and South Korea"},
		{Arabic, "الصين|اليابان|كوريا الجنوبية", "الصين واليابان وكوريا الجنوبية"},
		{Korean, "중국|일본", "중국과 일본"},
		{Korean, "러시아|일본", "러시아와 일본"},
		{Korean, "중국|일본|한국", "중국, 일본, 한국"},
		{Chinese, "中国|日本", "中国和日本"},
		{Chinese, "中国|日本|韩国", "中国、日本和韩国"},
	} {
		if got := string(AppendList(nil, row.lang, strings.Split(row.items, "|"))); got != row.want {
			t.Errorf("%s: got %q, want %q", row.lang, got, row.want)
		}
	}
	for _, c := range All() {
		if got := string(AppendList(nil, c, nil)); got != "" {
			t.Errorf("%s: a list of nothing reads %q", c, got)
		}
	}
}

func TestQuotes(t *testing.T) {
	for _, row := range []struct {
		lang    Code
		in, out string
	}{
		{English, "Is the line secure?", "“Is the line secure?”"},
		{English, "“Is the line secure?”", "“Is the line secure?”"},
		{English, `"Is it?"`, "“Is it?”"},
		{English, "he said “no” twice", "“he said ‘no’ twice”"},
		{English, "“no” and “yes”", "“‘no’ and ‘yes’”"},
		{Arabic, "هل الخط آمن؟", "«هل الخط آمن؟»"},
		{Arabic, "قال «لا» مرتين", "«قال “لا” مرتين»"},
		{Arabic, "“هل الخط آمن؟”", "«هل الخط آمن؟»"},
		{Korean, "회선은 안전합니까?", "“회선은 안전합니까?”"},
		{Chinese, "他说“不”", "“他说‘不’”"},
	} {
		if got := Quoted(row.lang, row.in); got != row.out {
			t.Errorf("%s: got %q, want %q", row.lang, got, row.out)
		}
	}
}

func TestLabels(t *testing.T) {
	for c, want := range map[Code]string{Arabic: "أ ب ج د", English: "A B C D", Korean: "① ② ③ ④", Chinese: "A B C D"} {
		if got := strings.Join(Labels(c, 4), " "); got != want {
			t.Errorf("%s: got %q, want %q", c, got, want)
		}
		if n := len(Labels(c, 99)); n != 10 {
			t.Errorf("%s: %d labels of 99", c, n)
		}
		if n := len(Labels(c, -1)); n != 0 {
			t.Errorf("%s: %d labels of -1", c, n)
		}
		if True(c) == False(c) || True(c) == "" || Blank(c) == "" {
			t.Errorf("%s: true is %q, false is %q, a blank is %q", c, True(c), False(c), Blank(c))
		}
	}
}
