package content_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/language"
)

// FuzzParse holds that no bytes make the parser panic or half-load: there is a pack or there
// are problems, never both, each problem inside the file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(rich))
	f.Add([]byte(fiveLines))
	f.Add(contenttest.Generate(16, 1))
	f.Add(contenttest.GenerateJSON(16, 2))
	for _, bad := range badPacks {
		if len(bad.pack) < 1<<16 {
			f.Add([]byte(bad.pack))
		}
	}
	f.Add([]byte(head + "cards:\n  - {ask: The Sun is a star., answer: true}\n  - {ask: What?, answer: 4K, not: [{number: 8}, {text: x}]}\n  - {ask: When?, answer: 2025-02-30}\n"))
	built, err := filepath.Glob("packs/*/pack.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(built, "testdata/thirty.yaml") {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := content.Parse(data, content.Options{Space: "fuzz"})
		list := content.Problems(err)
		switch {
		case p == nil && len(list) == 0:
			t.Fatalf("neither a pack nor a problem: %v", err)
		case p != nil && err != nil:
			t.Fatalf("a pack and an error: %v", err)
		}
		lines := strings.Count(string(data), "\n") + 2
		for _, problem := range list {
			if problem.Line < 0 || problem.Line > lines || problem.Line > 0 && problem.Column < 1 {
				t.Errorf("a problem outside the file: %v", problem)
			}
			if problem.Message == "" {
				t.Error("a problem without a message")
			}
			for _, c := range language.All() {
				if text := problem.Text(c); strings.Contains(text, "%!") && !strings.Contains(string(data), "%!") {
					t.Errorf("a format and its arguments differ in %s: %s", c, text)
				}
			}
		}
		if p != nil {
			walk(t, p)
		}
	})
}

// walk uses every lookup of a pack: what loads must also work.
func walk(t *testing.T, p *content.Pack) {
	t.Helper()
	if c := content.Diff(p, p); !c.Empty() || !c.Same {
		t.Errorf("a pack differs from itself: %+v", c)
	}
	for _, f := range p.Facts {
		if p.FactByID(f.ID) != f {
			t.Errorf("the fact %s is not found by its id", f.ID)
		}
		for field, values := range f.Values {
			if len(values) == 0 {
				t.Errorf("the fact %s has no value for field %d", f.ID, field)
			}
			for _, v := range values {
				if !p.True(f, field, v) || p.False(f, field, v) {
					t.Errorf("the fact %s is not true", f.ID)
				}
				if len(p.FactsAbout(v)) == 0 || len(p.FactsWith(f.Relation, field, v)) == 0 {
					t.Errorf("the fact %s is not found by its values", f.ID)
				}
				for _, c := range p.Languages.Codes() {
					p.Arg(c, v)
				}
			}
		}
		for _, fv := range f.Not {
			for _, v := range fv.Values {
				if p.True(f, fv.Field, v) {
					t.Errorf("the fact %s makes true what it declares false", f.ID)
				}
			}
		}
	}
}
