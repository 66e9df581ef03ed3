package exchange_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"

	"summitquiz/content/exchange"
)

var block = regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```")

// TestExamplesOfTheGuide holds that each example in docs/import.md is recognised and that every
// format has one, apart from archives.
func TestExamplesOfTheGuide(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "import.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[reader.Format]bool{reader.Sheet: true, reader.AnkiPack: true, reader.Moodle: true, reader.OpenTDB: true}
	for _, m := range block.FindAllStringSubmatch(string(guide), -1) {
		cards, report := importText(t, []byte(m[2]), exchange.Options{Read: reader.Options{Language: language.English}})
		if len(cards) == 0 || len(report.Left) > 0 {
			t.Errorf("an example gives %d cards, left out %v:\n%s", len(cards), report.Left, m[2])
		}
		seen[report.Format] = true
	}
	for _, f := range reader.Formats {
		if !seen[f] {
			t.Errorf("docs/import.md has no example of %s", f)
		}
	}
	if !strings.Contains(string(guide), "I have a … file") {
		t.Error("the table of files is gone")
	}
}
