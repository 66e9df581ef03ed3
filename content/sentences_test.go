package content_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
)

// TestLibrarySentences writes every sentence of the built-in library with sample values, in
// four languages. The golden file is prose: read it as a fluent reader would.
func TestLibrarySentences(t *testing.T) {
	data, err := os.ReadFile("testdata/library-sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := content.Parse(data, content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	used := map[*content.Relation]bool{}
	for _, f := range p.Facts {
		used[f.Relation] = true
		fmt.Fprintf(&b, "# %s (%s)\n", f.Name, f.Relation.ID)
		for _, c := range language.All() {
			args := make([]language.Arg, len(f.Values))
			for i, values := range f.Values {
				args[i] = p.Arg(c, values[0])
				if len(values) > 1 {
					args[i] = language.Arg{Kind: language.Several}
					for _, v := range values {
						args[i].List = append(args[i].List, p.Arg(c, v))
					}
				}
			}
			write := func(what string, s *content.Sentence) {
				if s != nil {
					fmt.Fprintf(&b, "%s %-8s %s\n", c, what, s.Messages[c].Append(nil, args, language.Style{Plain: true}))
				}
			}
			write("state", f.States())
			for i := range f.Relation.Fields {
				write(f.Relation.Fields[i].Name, f.Asks(i))
			}
			for i, s := range f.Relation.Order {
				if s != nil {
					write("order "+f.Relation.Fields[i].Name, s)
				}
			}
			write("match", f.Relation.Match)
		}
	}
	for _, rel := range content.Library() {
		if !used[rel] {
			t.Errorf("no sample of the relation %s", rel.ID)
		}
	}
	golden(t, "testdata/library.golden", []byte(b.String()))
}
