package exchange

import (
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
)

// TestReasonsAreSaidInEveryLanguage holds that no translation is missing or loses what differs from row to
// row, and that a reason finds its wording.
func TestReasonsAreSaidInEveryLanguage(t *testing.T) {
	for _, w := range wordings() {
		for _, c := range language.All() {
			if w.texts[c] == "" {
				t.Errorf("%q is not said in %s", w.texts[language.English], c)
			}
			if c != language.English && strings.Contains(w.texts[c], "{1}") != strings.Contains(w.texts[language.English], "{1}") &&
				!strings.Contains(w.texts[language.English], "media") && !strings.Contains(w.texts[language.English], "({2})") {
				t.Errorf("%q loses what differs in %s: %q", w.texts[language.English], c, w.texts[c])
			}
		}
	}
	for _, tc := range []struct{ message, want string }{
		{"left out: the row has no answer", "这一行没有答案"},
		{`left out: the answer "Lima (the city)" is none of the options`, "答案“Lima (the city)”不在选项中"},
		{"left out: there is no option E: the row has 4 options", "没有选项E：共4个选项"},
		{"left out: there is no option 7: the row has 4 options, counted from 1", "没有选项7：共4个，从1开始编号"},
		{"left out: the question needs a picture (image), which a card cannot show", "题目需要图片、声音或视频（image），卡片无法显示"},
		{"left out: something that another program says", "something that another program says"},
	} {
		if got := ReasonIn(&content.Problem{Message: tc.message}, language.Chinese); got != tc.want {
			t.Errorf("%q is %q in Chinese, want %q", tc.message, got, tc.want)
		}
	}
}
