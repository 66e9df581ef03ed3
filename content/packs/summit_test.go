package packs_test

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/content/packs"
)

// plain writes without isolates, so that texts can be searched.
var plain = language.Style{Plain: true}

var loadSummit = sync.OnceValues(func() (*content.Pack, error) {
	folder, err := fs.Sub(packs.FS(), "gyeongju-summit-2025")
	if err != nil {
		return nil, err
	}
	return content.Load(folder, content.Options{})
})

// summit returns the loaded summit pack.
func summit(t *testing.T) *content.Pack {
	t.Helper()
	p, err := loadSummit()
	if err != nil {
		t.Fatalf("the summit pack does not load: %v", err)
	}
	return p
}

// fact returns a fact of the pack by name, without which no check means anything.
func fact(t *testing.T, p *content.Pack, name string) *content.Fact {
	t.Helper()
	f := p.Fact(name)
	if f == nil {
		t.Fatalf("the pack has no fact %s", name)
	}
	return f
}

// only returns the single true value of a field.
func only(t *testing.T, f *content.Fact, field string) content.Value {
	t.Helper()
	vs := f.Values[fieldOf(t, f, field)]
	if len(vs) != 1 {
		t.Fatalf("%s has %d values of %s, want one", f.Name, len(vs), field)
	}
	return vs[0]
}

// who returns the id of the single entity of a field.
func who(t *testing.T, f *content.Fact, field string) string {
	t.Helper()
	v := only(t, f, field)
	if v.Entity == nil {
		t.Fatalf("%s: %s is no entity", f.Name, field)
	}
	return v.Entity.ID
}

func fieldOf(t *testing.T, f *content.Fact, name string) int {
	t.Helper()
	i := slices.IndexFunc(f.Relation.Fields, func(x content.Field) bool { return x.Name == name })
	if i < 0 {
		t.Fatalf("%s has no field %s", f.Name, name)
	}
	return i
}

// entity returns an entity of the pack as a value.
func entity(t *testing.T, p *content.Pack, id string) content.Value {
	t.Helper()
	e := p.Entity(id)
	if e == nil {
		t.Fatalf("the pack has no entity %s", id)
	}
	return content.Value{Type: content.EntityValue, Entity: e}
}

// args are the true values of a fact as arguments of its sentences.
func args(p *content.Pack, f *content.Fact, c language.Code) []language.Arg {
	out := make([]language.Arg, len(f.Values))
	for i, vs := range f.Values {
		if len(vs) == 1 {
			out[i] = p.Arg(c, vs[0])
			continue
		}
		out[i].Kind = language.Several
		for _, v := range vs {
			out[i].List = append(out[i].List, p.Arg(c, v))
		}
	}
	return out
}

// states is the true statement of a fact as readers see it.
func states(p *content.Pack, f *content.Fact, c language.Code) string {
	return string(f.States().Messages[c].Append(nil, args(p, f, c), plain))
}

// written is one sentence that the pack itself writes.
type written struct {
	fact *content.Fact
	lang language.Code
	text string
}

// sentences returns every true statement, question and note of the pack in every language.
func sentences(p *content.Pack) []written {
	var out []written
	for _, f := range p.Facts {
		for _, c := range p.Languages.Codes() {
			a := args(p, f, c)
			out = append(out, written{f, c, states(p, f, c)})
			for i := range f.Values {
				if ask := f.Asks(i); ask != nil {
					out = append(out, written{f, c, string(ask.Messages[c].Append(nil, a, plain))})
				}
			}
			if f.Note[c] != "" {
				out = append(out, written{f, c, f.Note[c]})
			}
		}
	}
	return out
}

// reads checks that the statement of a fact holds a piece of text in each language.
func reads(t *testing.T, p *content.Pack, name string, want language.Text) {
	t.Helper()
	f := fact(t, p, name)
	for _, c := range p.Languages.Codes() {
		if got := states(p, f, c); !strings.Contains(strings.ToLower(got), strings.ToLower(want[c])) {
			t.Errorf("%s in %s reads %q, want %q in it", name, c, got, want[c])
		}
	}
}

// never checks that a text stands in no sentence of the pack, or of the named facts only.
func never(t *testing.T, p *content.Pack, c language.Code, text string, facts ...string) {
	t.Helper()
	for _, s := range sentences(p) {
		if s.lang != c || len(facts) > 0 && !slices.Contains(facts, s.fact.Name) {
			continue
		}
		if language.Contains(c, s.text, text) {
			t.Errorf("%s in %s says %q: %q", s.fact.Name, c, text, s.text)
		}
	}
}

// each4 is in4 for looking at each of the four.
func each4(ar, en, ko, zh string) []string { return []string{ar, en, ko, zh} }

func in4(ar, en, ko, zh string) language.Text { return language.Text{ar, en, ko, zh} }

func TestNames(t *testing.T) {
	names := packs.Names()
	if !slices.Contains(names, "gyeongju-summit-2025") || !slices.IsSorted(names) {
		t.Fatalf("Names() = %v, want gyeongju-summit-2025 among them, in order", names)
	}
	for _, name := range names {
		folder, err := fs.Sub(packs.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := content.Load(folder, content.Options{Name: name + "/pack.yaml"})
		if err != nil {
			t.Errorf("%s does not load: %v", name, err)
			continue
		}
		if p.Name != name {
			t.Errorf("the folder %s holds the pack %s", name, p.Name)
		}
	}
}

func TestSummitIsCleanAndHonestAboutReviews(t *testing.T) {
	p := summit(t)
	for _, w := range p.Warnings {
		t.Errorf("%v", w)
	}
	if p.Languages.Codes() == nil || len(p.Languages.Codes()) != language.OwnCount {
		t.Errorf("languages %v, want all four", p.Languages.Codes())
	}
	for _, c := range []language.Code{language.Arabic, language.Korean, language.Chinese} {
		if p.Reviewed.Has(c) {
			t.Errorf("%s is marked as read by a native editor; none has read it", c)
		}
	}
}
