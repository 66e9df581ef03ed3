package content

import (
	"testing"

	"summitquiz/content/language"
)

// TestQuestionWords holds that the data of every language has what questions are read by.
func TestQuestionWords(t *testing.T) {
	for _, c := range language.All() {
		w := &questions()[c] // compiles the patterns
		if len(w.counts) == 0 || len(w.years) == 0 || len(w.first)+len(w.firstThree)+len(w.another) == 0 || (len(w.another) > 0) != (len(w.ends) > 0) {
			t.Errorf("%s: questions.yaml lacks words: %+v", c, w)
		}
		if w.among.String() == "" || w.among.MatchString("") {
			t.Errorf("%s: questions.yaml: asks-among matches anything", c)
		}
		for _, list := range []string{"poles", "poles-unsure"} {
			pairs := language.PairsIn(c, "questions", list)
			if list == "poles" && len(pairs) < 2 {
				t.Errorf("%s: questions.yaml: %s is %v: true and false come first, then yes and no", c, list, pairs)
			}
			for _, p := range pairs {
				if len(p) != 2 || p[0] == "" || p[1] == "" || len(p[0]) >= longestPole || len(p[1]) >= longestPole {
					t.Errorf("%s: questions.yaml: %s: %q is no pair", c, list, p)
				}
			}
		}
	}
}
