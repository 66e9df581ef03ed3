package phrase

import (
	"slices"
	"testing"

	"summitquiz/content/language"
)

// TestWhatEnglishCountsArabicCounts holds that a number whose noun has a plural in English bends the
// noun in Arabic as well: one, two, three to ten, eleven and more read differently.
func TestWhatEnglishCountsArabicCounts(t *testing.T) {
	for id, e := range catalogue()[language.English] {
		ar := catalogue()[language.Arabic][id]
		for i, name := range e.names {
			if !e.message.Counts(i) {
				continue
			}
			if at := slices.Index(ar.names, name); at < 0 || !ar.message.Counts(at) {
				t.Errorf("%s: English counts {%s}, Arabic does not", id, name)
				continue
			}
		}
	}
}
