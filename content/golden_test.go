package content_test

import (
	"os"
	"testing"

	"summitquiz/content"
)

// TestThirtyMistakesAreFoundInOneRun holds the whole report of one very bad pack. The golden
// file is what its author would see: read it as such.
func TestThirtyMistakesAreFoundInOneRun(t *testing.T) {
	data, err := os.ReadFile("testdata/thirty.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := content.Parse(data, content.Options{Name: "thirty.yaml"})
	if p != nil {
		t.Fatal("the pack was loaded")
	}
	if n := len(content.Problems(err)); n < 30 {
		t.Errorf("%d problems are reported, want at least 30", n)
	}
	golden(t, "testdata/thirty.golden", []byte(err.Error()+"\n"))
}
