package config

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestLimits reads what an operator may write, and what not.
func TestLimits(t *testing.T) {
	got, err := Limits{" games=5, streams = 100,"}.Values()
	if err != nil || got["games"] != 5 || got["streams"] != 100 || got["uploads"] != 2 || len(got) != len(AllLimits) {
		t.Errorf("got %v, %v", got, err)
	}
	for text, says := range map[string]string{
		"game=5":       "the names are games, address-games",
		"games":        "from 1 to 1000",
		"games=0":      "from 1 to 1000",
		"games=1001":   "from 1 to 1000",
		"games=three":  "from 1 to 1000",
		"games=5;tabs": "from 1 to 1000",
	} {
		if _, err := (Limits{text}).Values(); err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "LIMITS is") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestEachLimitIsDocumented holds the table of docs/operating.md against the limits.
func TestEachLimitIsDocumented(t *testing.T) {
	doc, err := os.ReadFile("../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range AllLimits {
		if row := "| `" + l.Name + "` | " + strconv.Itoa(l.Usual) + " | " + l.Does + " |"; !strings.Contains(string(doc), row) {
			t.Errorf("docs/operating.md lacks %s", row)
		}
	}
}
