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

// TestCodesReadBack holds that the tag of every language names it.
func TestCodesReadBack(t *testing.T) {
	for _, c := range All() {
		if back, ok := Parse(c.String()); !ok || back != c {
			t.Errorf("%q does not read back", c)
		}
	}
}
