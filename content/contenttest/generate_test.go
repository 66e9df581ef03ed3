package contenttest_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/content/contenttest"
)

func TestGeneratedPacksLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := rapid.IntRange(1, 200).Draw(t, "facts")
		seed := rapid.Uint64().Draw(t, "seed")
		fromYAML, err := content.Parse(contenttest.Generate(facts, seed), content.Options{})
		if err != nil {
			t.Fatal(err)
		}
		fromJSON, err := content.Parse(contenttest.GenerateJSON(facts, seed), content.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(fromYAML.Facts) != facts || len(fromJSON.Facts) != facts {
			t.Fatalf("%d facts from YAML and %d from JSON, want %d", len(fromYAML.Facts), len(fromJSON.Facts), facts)
		}
	})
}

func ExampleGenerate() {
	p, err := content.Parse(contenttest.Generate(1000, 7), content.Options{})
	fmt.Println(len(p.Facts), len(p.Relations), err)
	// Output: 1000 17 <nil>
}
