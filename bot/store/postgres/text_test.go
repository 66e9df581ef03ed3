package postgres

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestAnyTextIsKept holds that what PostgreSQL cannot keep as it is comes back as it was.
func TestAnyTextIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.Just("\x00"), rapid.Just(escapeMark), rapid.Just(escapeMark+"00"), rapid.Just("\xff"),
			rapid.Just("\xf4\x8f"), rapid.Just("\ufffd"))).Draw(t, "pieces")
		s := strings.Join(pieces, "")
		kept := escaped(s)
		if !utf8.ValidString(kept) || strings.Contains(kept, "\x00") {
			t.Fatalf("%q is kept as %q, which PostgreSQL refuses", s, kept)
		}
		if back := unescaped(kept); back != s {
			t.Fatalf("%q comes back as %q", s, back)
		}
	})
	db := openAt(t, database(t))
	for _, s := range []string{"", "نور", "a\x00b", "\xff", escapeMark, "🟩\x00"} {
		if err := db.SetNote(t.Context(), "k"+s, s); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Note(t.Context(), "k"+s); err != nil || got != s {
			t.Errorf("%q is kept as %q, %v", s, got, err)
		}
	}
}
