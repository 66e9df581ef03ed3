package content

import "testing"

// TestShortNames: a name of two Latin letters is found as it is written, and no word that is spelt alike.
func TestShortNames(t *testing.T) {
	for _, c := range []struct {
		text, form string
		want       bool
	}{
		{"What did Xi give?", "Xi", true},
		{"According to the article, Xi gave tea", "Xi", true},
		{"two players of Go", "Go", true},
		{"Where did they go?", "Go", false},
		{"Go to the next one", "Go", false},
		{"They left. Go on.", "Go", false},
		{"UK law on {x}", "UK", true},
		{"Who told us?", "US", false},
		{"Xian is a city", "Xi", false},
		{"the maxXi of it", "Xi", false},
		{"", "Xi", false},
	} {
		if got := writes(c.text, c.form); got != c.want {
			t.Errorf("%q in %q: %v", c.form, c.text, got)
		}
	}
	for form, want := range map[string]bool{"Xi": true, "UK": true, "go": false, "G": false, "Lee": false, "لي": false, "X1": false} {
		if short(form) != want {
			t.Errorf("%q is short: %v", form, !want)
		}
	}
}
