package packs_test

import (
	"io/fs"
	"strings"
	"sync"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz/generate"
)

var loadAll = sync.OnceValues(func() ([]*content.Pack, error) {
	var out []*content.Pack
	for _, name := range packs.Names() {
		folder, err := fs.Sub(packs.FS(), name)
		if err != nil {
			return nil, err
		}
		p, err := content.Load(folder, content.Options{Name: name})
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
})

// builtIn returns every built-in pack, in the order of their names.
func builtIn(t *testing.T) []*content.Pack {
	t.Helper()
	all, err := loadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPacksOfTablesAreWide holds what a built-in pack of tables has to be: four languages, 150
// facts, nothing to complain of, a source for every fact, and an item for every fact.
func TestPacksOfTablesAreWide(t *testing.T) {
	for _, p := range builtIn(t) {
		for _, w := range p.Warnings {
			t.Errorf("%v", w)
		}
		if len(p.Languages.Codes()) != language.OwnCount {
			t.Errorf("%s has the languages %v, want all four", p.Name, p.Languages.Codes())
		}
		if p.Name != "gyeongju-summit-2025" && len(p.Facts) < 150 {
			t.Errorf("%s has %d facts, want at least 150", p.Name, len(p.Facts))
		}
		g := generate.New(p)
		for _, f := range p.Facts {
			if len(f.Evidence) == 0 {
				t.Errorf("%s has no source", f.ID)
			}
			if len(g.Made(f)) == 0 {
				t.Errorf("%s makes no item", f.ID)
			}
		}
		t.Logf("%s: %d facts, %d items", p.Name, len(p.Facts), len(g.Items()))
	}
}

// TestEvidenceProvesItsFact holds every value of the packs made from tables against the row that
// the fact quotes.
func TestEvidenceProvesItsFact(t *testing.T) {
	for _, p := range builtIn(t) {
		if p.Name != "planets-and-elements" && p.Name != "world-history-in-dates" {
			continue
		}
		for _, f := range p.Facts {
			row := ""
			for _, e := range f.Evidence {
				row += strings.ToLower(e.Quote) + "\n"
			}
			for i, vs := range f.Values {
				for _, v := range vs {
					if shown := rowForm(p, v); !strings.Contains(row, shown) {
						t.Errorf("%s: the row %q does not hold %s %q", f.ID, row, f.Relation.Fields[i].Name, shown)
					}
				}
			}
		}
	}
}

// rowForm is a value as the English rows write it, in small letters.
func rowForm(p *content.Pack, v content.Value) string {
	if v.Type == content.OrdinalValue {
		return "planet " + v.Amount.Number.String()
	}
	a := p.Arg(language.English, v)
	a.The = false
	return strings.ToLower(string(language.AppendArg(nil, language.English, &a, language.Style{Plain: true})))
}

// TestDefaultIsTheWidestPack holds that a newcomer who names no pack gets the one with the most
// facts.
func TestDefaultIsTheWidestPack(t *testing.T) {
	var widest *content.Pack
	for _, p := range builtIn(t) {
		if widest == nil || len(p.Facts) > len(widest.Facts) {
			widest = p
		}
	}
	if packs.Default() != widest.Name {
		t.Errorf("Default() = %q, and the widest pack is %q", packs.Default(), widest.Name)
	}
}
