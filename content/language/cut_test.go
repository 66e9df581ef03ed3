package language

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCut(t *testing.T) {
	for name, tc := range map[string]struct {
		in    string
		limit int
		want  string
	}{
		"what fits stays":                     {"경주", 2, "경주"},
		"a word is not cut in two":            {"the Republic of Korea", 17, "the Republic of…"},
		"an emoji counts as two":              {"🟩🟩🟩", 5, "🟩🟩…"},
		"an isolate is closed":                {"by \u2068Ada Lovelace\u2069", 10, "by \u2068Ada…\u2069"},
		"a long word is cut where it must be": {strings.Repeat("x", 20), 5, "xxxx…"},
	} {
		if got := Cut(tc.in, tc.limit); got != tc.want {
			t.Errorf("%s: Cut(%q, %d) = %q, want %q", name, tc.in, tc.limit, got, tc.want)
		}
	}
}

func TestNothingThatIsCutIsTooLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("a 𝄞é\u2068\u2069가"))).Draw(t, "s")
		limit := rapid.IntRange(4, 40).Draw(t, "limit")
		got := Cut(s, limit)
		if Length(got) > limit || got != s && open(got) > 0 {
			t.Fatalf("Cut(%q, %d) = %q of %d units", s, limit, got, Length(got))
		}
	})
}

// open is how many isolates of a text are not closed.
func open(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case '\u2068':
			n++
		case '\u2069':
			n = max(0, n-1)
		}
	}
	return n
}
