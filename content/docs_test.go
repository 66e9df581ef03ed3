package content_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"summitquiz/content"
)

// TestEveryExampleOfThePackGuideLoads loads each example of docs/packs.md: clean, or with the
// problem that it shows.
func TestEveryExampleOfThePackGuideLoads(t *testing.T) {
	guide, err := os.ReadFile("../docs/packs.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?ms)^```yaml(?: problem: ([^\n]+))?\n(.*?)^```$").FindAllStringSubmatch(string(guide), -1)
	if len(examples) < 8 {
		t.Fatalf("the guide has %d examples", len(examples))
	}
	for i, e := range examples {
		p, err := content.Parse([]byte(e[2]), content.Options{})
		switch {
		case e[1] != "" && err == nil:
			t.Errorf("example %d loads, but shows the problem %q", i+1, e[1])
		case e[1] != "" && !strings.Contains(err.Error(), e[1]):
			t.Errorf("example %d: %v, want %q", i+1, err, e[1])
		case e[1] == "" && err != nil:
			t.Errorf("example %d: %v", i+1, err)
		case e[1] == "":
			for _, w := range p.Warnings {
				if w.Severity == content.Warning {
					t.Errorf("example %d warns: %v", i+1, w)
				}
			}
		}
	}
}
