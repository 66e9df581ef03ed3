package generate

import (
	"testing"

	"summitquiz/content/language"
	"summitquiz/quiz"
)

// TestItemWords holds that the data of every language has what items say, and that nothing in them
// is out of place.
func TestItemWords(t *testing.T) {
	asked := []quiz.Kind{quiz.WhichNot, quiz.TwoFacts, quiz.OddOneOut, quiz.Closest, quiz.WhoAmI, quiz.NameMany, quiz.Timeline}
	for _, c := range language.All() {
		w := &wordsOf()[c] // compiles the messages
		for _, k := range asked {
			if w.intros[k] == "" {
				t.Errorf("%s: items.yaml has no sentence for %s", c, k)
			}
		}
		for name, text := range map[string]string{"timeline-line": w.line, "ends-source": w.afterSource, "ends-frame": w.afterFrame,
			"sequence-arrow": w.arrow, "pair-dash": w.dash, "pair-break": w.pairs} {
			if text == "" {
				t.Errorf("%s: items.yaml has no %s", c, name)
			}
		}
		for n := range int64(10) {
			known := false
			for _, p := range language.PairsIn(c, "items", "small-numbers") {
				known = known || len(p) == 2 && p[1] == string(rune('1'+n)) || n == 9 && p[1] == "10"
			}
			if !known {
				t.Errorf("%s: items.yaml has no word for %d", c, n+1)
			}
		}
		for _, list := range []string{"gap-particles", "particle-pairs", "rieul-pairs"} {
			for _, p := range language.PairsIn(c, "items", list) {
				if want := map[string]int{"gap-particles": 3}[list]; len(p) != max(want, 2) {
					t.Errorf("%s: items.yaml: %s: %v has %d parts", c, list, p, len(p))
				}
			}
		}
	}
}
