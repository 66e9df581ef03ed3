package reader

import (
	"testing"

	"summitquiz/content/language"
)

// TestWords holds that the data of every language has the words that files of questions are read by,
// and that no name of a column means two things.
func TestWords(t *testing.T) {
	for _, c := range language.All() {
		means := map[string]string{}
		for _, r := range []string{"question", "term", "answer", "correct", "wrong", "option", "accept", "note", "category", "language", "true-or-false", "kind", "media", "id", "instructions"} {
			names := language.WordsIn(c, "imports", r+"-columns")
			if len(names) == 0 {
				t.Errorf("%s: imports.yaml has no %s-columns", c, r)
			}
			for _, n := range names {
				if n != fold(n) {
					t.Errorf("%s: imports.yaml: write %q as %q", c, n, fold(n))
				}
				if old := means[n]; old != "" {
					t.Errorf("%s: imports.yaml: %q is a name of %s and of %s", c, n, old, r)
				}
				means[n] = r
			}
		}
		for _, list := range []string{"statement-columns", "time-columns", "language-names", "label-rows", "kind-matching", "kind-ordering", "kind-open", "kind-several", "kind-statement",
			"kind-typed", "kind-choice", "sound-words", "video-words", "ask-labels", "answer-labels", "note-labels", "other-labels", "aiken-labels", "or-words", "right-marks", "option-names"} {
			if len(language.WordsIn(c, "imports", list)) == 0 {
				t.Errorf("%s: imports.yaml has no %s", c, list)
			}
		}
		for _, list := range []string{"statement-poles", "language-names", "number-words", "ordinal-words"} {
			for _, p := range language.PairsIn(c, "imports", list) {
				if len(p) != 2 || p[0] == "" || p[1] == "" {
					t.Errorf("%s: imports.yaml: %s: %q is no pair", c, list, p)
				}
			}
		}
	}
}
