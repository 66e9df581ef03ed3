package language

import "testing"

func TestTagsOfThePlatforms(t *testing.T) {
	for tag, want := range map[string]Code{"ar": Arabic, "ar-EG": Arabic, "en_US": English, "EN": English, "ko": Korean, "zh-Hans-CN": Chinese, "zh-TW": Chinese} {
		if got, ok := Parse(tag); !ok || got != want {
			t.Errorf("Parse(%q) = %s, %v; want %s", tag, got, ok, want)
		}
	}
	for _, tag := range []string{"", "fr", "arabic", "-"} {
		if got, ok := Parse(tag); ok || got != English {
			t.Errorf("Parse(%q) = %s, %v", tag, got, ok)
		}
	}
}

func TestSets(t *testing.T) {
	s := Set(0).With(Korean).With(Arabic).With(Korean)
	if !s.Has(Korean) || s.Has(English) || len(s.Codes()) != 2 || s.Codes()[0] != Arabic {
		t.Errorf("the set holds %v", s.Codes())
	}
}

// TestNoLanguageLacksARow fails where a table indexed by language has an empty row.
func TestNoLanguageLacksARow(t *testing.T) {
	for _, c := range All() {
		if back, ok := Parse(c.String()); !ok || back != c {
			t.Errorf("%q does not read back", c)
		}
		if len(scales[c]) == 0 || scales[c][0].exp != 12 || reach[c] == 0 {
			t.Errorf("%s has no scale words", c)
		}
		if len(categories[c]) == 0 || categories[c][len(categories[c])-1] != "other" {
			t.Errorf("%s has no plural categories", c)
		}
		if bce[c] == "" || quotes[c][0] == "" || quotes[c][3] == "" || labels[c] == "" || xtags[c].IsRoot() {
			t.Errorf("%s lacks a row", c)
		}
		if largestFirst := c == Korean || c == Chinese; !largestFirst && months[c][12] == "" {
			t.Errorf("%s has no months", c)
		}
	}
}
