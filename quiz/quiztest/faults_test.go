package quiztest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/quiztest"
)

// builtIn loads a built-in pack.
func builtIn(t *testing.T, name string) *content.Pack {
	t.Helper()
	folder, err := fs.Sub(packs.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := content.Load(folder, content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// drawn is an item of a pack with its views.
func drawn(t *testing.T, p *content.Pack, g *generate.Generator, id quiz.ItemID, seed uint64) *shown {
	t.Helper()
	it, err := g.Draw(id, seed)
	if err != nil {
		t.Fatal(err)
	}
	s := &shown{pack: p, item: it}
	for _, c := range p.Languages.Codes() {
		s.views = append(s.views, g.Render(it, c, language.Style{}))
	}
	return s
}

// ofFact makes the fact of an item one of its own, to be spoilt.
func (s *shown) ofFact() *content.Fact {
	fact := *s.item.Fact
	fact.Values = slices.Clone(fact.Values)
	s.item.Fact = &fact
	return &fact
}

// unknown is an entity of the kind of the answer of which the pack says nothing, neither true nor false.
func (s *shown) unknown() (content.Value, bool) {
	it := &s.item
	if it.Value.Entity == nil {
		return content.Value{}, false
	}
	for _, e := range s.pack.EntitiesOf(it.Value.Entity.Kind.ID) {
		v := content.Value{Type: content.EntityValue, Entity: e}
		if !s.pack.True(it.Fact, it.Field, v) && !s.pack.False(it.Fact, it.Field, v) && !s.pack.Barred(it.Fact, it.Field, v) {
			return v, true
		}
	}
	return content.Value{}, false
}

// TestEveryFaultOfTruthIsSeen spoils items of the summit, where much is not known: what is not known to
// be false, other speakers, statements turned round, and what is said out of its frame.
func TestEveryFaultOfTruthIsSeen(t *testing.T) {
	p := builtIn(t, "gyeongju-summit-2025")
	g := generate.New(p)
	framed := func(s *shown) bool { return s.item.Fact.FrameText() != nil }
	for _, c := range []struct {
		id, fault string
		fits      func(s *shown) bool
		spoil     func(s *shown)
	}{
		{"K3", "an option that may be true", func(s *shown) bool { _, ok := s.unknown(); return ok && s.item.Kind == quiz.Choice },
			func(s *shown) { s.item.Options[s.wrong()].Value, _ = s.unknown() }},
		{"K8", "words that somebody else said too", func(s *shown) bool { return s.item.Kind == quiz.WhoSaid }, func(s *shown) {
			s.ofFact().Values[s.item.Field] = []content.Value{s.item.Options[s.wrong()].Value}
		}},
		{"K10", "a statement that may be true", func(s *shown) bool {
			_, ok := s.unknown()
			return ok && s.item.Kind == quiz.TrueFalse && s.item.Key == 1
		}, func(s *shown) { s.item.Value, _ = s.unknown() }},
		{"K9", "a negative statement", func(s *shown) bool { return s.item.Kind == quiz.TrueFalse }, func(s *shown) {
			state := *s.item.Fact.States()
			state.Source[language.English] += " It did not."
			s.ofFact().State = &state
		}},
		{"F1", "a question without its frame", framed, func(s *shown) { s.views[2].Stem, s.views[2].Clues = "누구입니까?", nil }},
		{"F1", "an explanation without its frame", framed, func(s *shown) { s.views[1].Explanation = "It was so." }},
		{"F2", "a judged statement without a frame", func(s *shown) bool {
			field := s.item.Fact.Relation.Fields[s.item.Field]
			return s.item.Kind == quiz.TrueFalse && s.item.Key == 1 && field.Truth == content.Open && field.Type != content.QuoteValue
		}, func(s *shown) {
			f := s.ofFact()
			rel := *f.Relation
			f.Frame, rel.Frame, f.Relation = nil, nil, &rel
		}},
	} {
		t.Run(c.id+"/"+c.fault, func(t *testing.T) {
			for seed := range uint64(5) {
				for _, id := range g.Items() {
					s := drawn(t, p, g, id, seed)
					if !c.fits(s) {
						continue
					}
					if errs := quiztest.Invariants(p, &s.item, s.views); len(errs) > 0 {
						t.Fatalf("unspoilt: %v", errs)
					}
					c.spoil(s)
					if errs := quiztest.Invariants(p, &s.item, s.views); !reports(errs, c.id) {
						t.Errorf("%s: %v, want %s", s.item.ID, errs, c.id)
					}
					return
				}
			}
			t.Fatal("no such item")
		})
	}
}

func reports(errs []error, id string) bool {
	return slices.ContainsFunc(errs, func(err error) bool { return strings.HasPrefix(err.Error(), id+":") })
}

// TestEveryLeakIsSeen lets an item tell the answer of a later one, in each of the places that players
// see before it and in one language only.
func TestEveryLeakIsSeen(t *testing.T) {
	p := builtIn(t, packs.Default())
	g := generate.New(p)
	const answer, asked = "نيروبي", "كينيا" // the capital of Kenya, in the language that is spoilt
	pair := func(t *testing.T) [2]*shown {
		return [2]*shown{
			drawn(t, p, g, "countries-of-the-world/un-austria/date/year", 1), drawn(t, p, g, "countries-of-the-world/capital-kenya/typed/city", 1),
		}
	}
	leaks := func(q [2]*shown) []error {
		return quiztest.NewReader(p).Leaks([]quiztest.Shown{{Item: &q[0].item, Views: q[0].views}, {Item: &q[1].item, Views: q[1].views}})
	}
	if errs := leaks(pair(t)); len(errs) > 0 {
		t.Fatalf("unspoilt: %v", errs)
	}
	for place, spoil := range map[string]func(v *quiz.View, s string){
		"stem":        func(v *quiz.View, s string) { v.Stem += " " + s },
		"explanation": func(v *quiz.View, s string) { v.Explanation += " " + s },
		"why":         func(v *quiz.View, s string) { v.Why = append(v.Why, s) },
		"clues":       func(v *quiz.View, s string) { v.Clues = append(v.Clues, s) },
		"source":      func(v *quiz.View, s string) { v.Source += " " + s },
		"evidence":    func(v *quiz.View, s string) { v.Evidence += " " + s },
		"options":     func(v *quiz.View, s string) { v.Options = append(v.Options, s) },
	} {
		q := pair(t)
		spoil(&q[0].views[language.Arabic], asked+" "+answer)
		if errs := leaks(q); !reports(errs, "L2") {
			t.Errorf("an answer in the %s of an earlier item is not seen: %v", place, errs)
		}
		q = pair(t)
		spoil(&q[0].views[language.Arabic], answer)
		if errs := leaks(q); len(errs) > 0 {
			t.Errorf("the name alone in the %s, beside nothing that is asked, is taken for a leak: %v", place, errs)
		}
		q = pair(t)
		spoil(&q[1].views[language.Arabic], asked+" "+answer)
		if errs := leaks(q); len(errs) > 0 {
			t.Errorf("what a later item shows in its %s is taken for a leak: %v", place, errs)
		}
	}
	q := pair(t)
	q[0] = drawn(t, p, g, "countries-of-the-world/capital-kenya/choice/country", 1)
	if errs := leaks(q); !reports(errs, "L2") {
		t.Errorf("a fact that is asked twice is not seen: %v", errs)
	}
}

// TestNamesEndAtSigns: in Chinese 马斯喀特 before 阿曼 shows nothing of 沙特阿拉伯, though 特阿 stands in it.
func TestNamesEndAtSigns(t *testing.T) {
	p := builtIn(t, packs.Default())
	g := generate.New(p)
	first := drawn(t, p, g, "countries-of-the-world/un-austria/date/year", 1)
	for seed := range uint64(200) {
		second := drawn(t, p, g, "countries-of-the-world/calling-code-jordan/who-am-i/country", seed)
		if !slices.ContainsFunc(second.item.Facts, func(f *content.Fact) bool { return f.Name == "neighbours-saudi-arabia" }) {
			continue
		}
		leaks := func(options string) []error {
			first.views[language.Chinese].Options = []string{options}
			return quiztest.NewReader(p).Leaks([]quiztest.Shown{{Item: &first.item, Views: first.views}, {Item: &second.item, Views: second.views}})
		}
		if errs := leaks("约旦——安曼；阿曼——马斯喀特；阿曼"); len(errs) > 0 {
			t.Error(errs)
		}
		if !reports(leaks("约旦——安曼；沙特阿拉伯——利雅得"), "L2") {
			t.Error("Jordan beside Saudi Arabia is not seen")
		}
		return
	}
	t.Fatal("no clue names Saudi Arabia")
}

// TestUnitsTellNothing: that somebody came after 5 years does not tell for how many years something
// was agreed, though both are years.
func TestUnitsTellNothing(t *testing.T) {
	p := builtIn(t, "gyeongju-summit-2025")
	g := generate.New(p)
	leaks := func(first, second *shown) []error {
		return quiztest.NewReader(p).Leaks([]quiztest.Shown{{Item: &first.item, Views: first.views}, {Item: &second.item, Views: second.views}})
	}
	for seed := range uint64(40) {
		first := drawn(t, p, g, "gyeongju-summit-2025/xi-visit-gap-11y/choice/gap", seed)
		second := drawn(t, p, g, "gyeongju-summit-2025/swap-duration/number/term", seed)
		if errs := leaks(first, second); len(errs) > 0 {
			t.Fatal(errs)
		}
		first.views[language.Arabic].Explanation += " جُدّد اتفاق تبادل العملات لمدة 5 سنوات."
		if !reports(leaks(first, second), "L2") {
			t.Fatal("what was agreed for 5 years is told and not seen")
		}
	}
}

// TestEveryInvariantIsBrokenOnPurpose holds that every name under which this package reports is one that
// a test here breaks.
func TestEveryInvariantIsBrokenOnPurpose(t *testing.T) {
	name := regexp.MustCompile(`^[A-Z][0-9]+( to [A-Z][0-9]+)?$`)
	reported, broken := map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			if id, _, found := strings.Cut(s, ": %"); found { // the reader of whole quizzes
				s = id
			}
			switch {
			case !name.MatchString(s):
			case strings.HasSuffix(file, "_test.go"):
				broken[s] = true
			default:
				reported[strings.Split(s, " ")[0]] = true
			}
			return true
		})
	}
	for id := range reported {
		if !broken[id] {
			t.Errorf("no test breaks %s", id)
		}
	}
	if len(reported) < 40 {
		t.Errorf("%d names of invariants found", len(reported))
	}
}
