package quiztest_test

import (
	"slices"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/quiztest"
)

// shown is an item and what players see of it, to be spoilt.
type shown struct {
	pack  *content.Pack
	item  quiz.Item
	views []quiz.View
}

// wrong is the place of some wrong option.
func (s *shown) wrong() int {
	if s.item.Key == 0 {
		return 1
	}
	return 0
}

// TestEveryFaultIsSeen spoils fair items in one way each, and holds that the invariant of that
// name is reported.
func TestEveryFaultIsSeen(t *testing.T) {
	p, err := content.Parse(contenttest.Generate(640, 5), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g := generate.New(p)
	find := func(t *testing.T, ok func(it *quiz.Item) bool) *shown {
		t.Helper()
		for seed := range uint64(20) {
			for _, id := range g.Items() {
				it, err := g.Draw(id, seed)
				if err != nil {
					t.Fatal(err)
				}
				if !ok(&it) {
					continue
				}
				s := &shown{pack: p, item: it}
				for _, c := range p.Languages.Codes() {
					s.views = append(s.views, g.Render(it, c, language.Style{}))
				}
				if errs := quiztest.Invariants(p, &s.item, s.views); len(errs) > 0 {
					t.Fatalf("unspoilt: %v", errs)
				}
				return s
			}
		}
		t.Fatal("no such item")
		return nil
	}
	of := func(k quiz.Kind, types ...content.Type) func(*quiz.Item) bool {
		return func(it *quiz.Item) bool {
			return it.Kind == k && (len(types) == 0 || slices.Contains(types, it.Value.Type))
		}
	}
	names, amounts := of(quiz.Choice, content.EntityValue), of(quiz.Choice, content.MoneyValue)
	counts, dates := of(quiz.Choice, content.OrdinalValue), of(quiz.Choice, content.DateValue)
	set := func(s *shown, n language.Decimal) { s.item.Options[s.wrong()].Value.Amount.Number = n }
	for _, tt := range []struct {
		id, fault string
		from      func(*quiz.Item) bool
		spoil     func(s *shown)
	}{
		{"K1", "another key", names, func(s *shown) { s.item.Key = s.wrong() }},
		{"K1", "no key", names, func(s *shown) { s.item.Key = -1 }},
		{"K1", "a true statement called false", of(quiz.TrueFalse), func(s *shown) { s.item.Key = 1 - s.item.Key }},
		{"K1", "another order", of(quiz.Order), func(s *shown) { s.item.Key = s.wrong() }},
		{"K1", "another pairing", of(quiz.Match), func(s *shown) { s.item.Key = s.wrong() }},
		{"K2", "a second right option", names, func(s *shown) { s.item.Options[s.wrong()].Value = s.item.Value }},
		{"K4", "a disputed option", func(it *quiz.Item) bool { return it.Kind == quiz.Choice && len(it.Fact.Disputed) > 0 }, func(s *shown) {
			s.item.Options[s.wrong()].Value = s.item.Fact.Disputed[0].Values[0]
		}},
		{"K4", "nobody's word", func(it *quiz.Item) bool { return len(it.Fact.Disputed) > 0 }, func(s *shown) { s.views[1].Stem = "How many?" }},
		{"K5", "an option twice", names, func(s *shown) {
			i := s.wrong()
			j := slices.IndexFunc(s.item.Options, func(o quiz.Option) bool {
				return o.Origin != quiz.OriginKey && !o.Value.Equal(s.item.Options[i].Value)
			})
			s.item.Options[j].Value = s.item.Options[i].Value
		}},
		{"K5", "two options that read alike", names, func(s *shown) { s.views[2].Options[0] = s.views[2].Options[1] }},
		{"K7", "no date of a fact that held on one", func(it *quiz.Item) bool { return it.Fact.AsOf.Year > 0 }, func(s *shown) { s.views[0].Stem = "كم" }},
		{"O1", "a person beside cities", func(it *quiz.Item) bool { return names(it) && it.Value.Entity.Kind.ID == "city" }, func(s *shown) {
			s.item.Options[s.wrong()].Value.Entity = s.pack.EntitiesOf("person")[0]
		}},
		{"O2", "two scripts", names, func(s *shown) { s.views[2].Options[0] = "Latin" }},
		{"O2", "a full stop", names, func(s *shown) { s.views[1].Options[0] += "." }},
		{"O3", "two scale words", amounts, func(s *shown) {
			s.views[3].Options[0] = strings.NewReplacer("亿", "万", "万", "亿").Replace(s.views[3].Options[0])
		}},
		{"O4", "a long option", names, func(s *shown) { s.views[1].Options[s.wrong()] = strings.Repeat("long", 20) }},
		{"O5", "no stem", names, func(s *shown) { s.views[0].Stem = "" }},
		{"O6", "all of the above", names, func(s *shown) { s.views[1].Options[s.wrong()] = "all of the above" }},
		{"O8", "a word of the key in the stem", names, func(s *shown) { s.views[1].Stem += " " + s.views[1].Options[s.item.Key] }},
		{"L1", "the key in the stem", names, func(s *shown) { s.views[1].Stem += " " + s.item.Value.Entity.Name[language.Chinese] }},
		{"L1", "the number in the stem", of(quiz.Number), func(s *shown) { s.views[1].Stem += " " + s.views[1].Accepts[0] }},
		{"N1", "a number too far", amounts, func(s *shown) { set(s, s.item.Value.Amount.Number.Shift(2)) }},
		{"N1", "a count too far", counts, func(s *shown) { set(s, language.Whole(500)) }},
		{"N1", "a date too far", dates, func(s *shown) { s.item.Options[s.wrong()].Value.Date.Year += 800 }},
		{"N3", "a rounder number", amounts, func(s *shown) { set(s, language.Decimal{Coef: 1, Exp: s.item.Value.Amount.Number.Norm().Exp + 1}) }},
		{"N4", "the key in the middle", func(it *quiz.Item) bool {
			n, whole := it.Value.Amount.Number.Int()
			return counts(it) && len(it.Options) == 4 && whole && n > 2
		}, func(s *shown) {
			n, _ := s.item.Value.Amount.Number.Int()
			d := int64(-1)
			for i := range s.item.Options {
				if i != s.item.Key && d < 2 {
					s.item.Options[i].Value.Amount.Number = language.Whole(n + d)
					d += 2
				}
			}
		}},
		{"N5", "powers of ten", amounts, func(s *shown) {
			e := int32(-1)
			for i := range s.item.Options {
				if i != s.item.Key && e < 2 {
					s.item.Options[i].Value.Amount.Number = s.item.Value.Amount.Number.Shift(e)
					e += 2
				}
			}
		}},
		{"N6", "a number nearly the key", amounts, func(s *shown) {
			n, _ := s.item.Value.Amount.Number.Mul(language.Decimal{Coef: 102, Exp: -2})
			set(s, n)
		}},
		{"N7", "a negative number", amounts, func(s *shown) { set(s, language.Whole(-5)) }},
		{"N7", "half a place", counts, func(s *shown) { set(s, language.Decimal{Coef: 25, Exp: -1}) }},
		{"N7", "a date after the source", func(it *quiz.Item) bool { return dates(it) && it.Value.Date.Month == 0 }, func(s *shown) { s.item.Options[s.wrong()].Value.Date.Year = 2030 }},
		{"N8", "a number above its bound", amounts, func(s *shown) {
			fact, rel, most := *s.item.Fact, *s.item.Fact.Relation, language.Whole(1)
			rel.Fields = slices.Clone(rel.Fields)
			rel.Fields[s.item.Field].Max = &most
			fact.Relation, s.item.Fact = &rel, &fact
		}},
		{"H1", "a hint that names the answer", of(quiz.Number), func(s *shown) { s.views[1].Hint = quiz.Hint{Low: s.views[1].Accepts[0], High: s.views[1].Accepts[0]} }},
		{"H1", "half of a name", of(quiz.Typed, content.EntityValue), func(s *shown) {
			name := []rune(s.views[2].Accepts[0])
			s.views[2].Hint.First = string(name[:(len(name)+1)/2])
		}},
		{"H2", "an article", of(quiz.Typed, content.EntityValue), func(s *shown) {
			s.views[1].Accepts, s.views[1].Hint.First = []string{"the Netherlands"}, "t"
		}},
		{"H2", "a sign", of(quiz.Typed, content.EntityValue), func(s *shown) { s.views[1].Accepts, s.views[1].Hint.First = []string{"+abc"}, "+" }},
		{"H3", "a long number without its magnitude", func(it *quiz.Item) bool {
			return it.Kind == quiz.Number && it.Value.Amount.Number.Cmp(language.Whole(1000)) > 0
		}, func(s *shown) { s.views[1].Hint = quiz.Hint{} }},
		{"H4", "a hint beside options", names, func(s *shown) { s.views[1].Hint.First = "A" }},
		{"P1", "options in another order", names, func(s *shown) {
			s.views[3].Options[0], s.views[3].Options[1] = s.views[3].Options[1], s.views[3].Options[0]
		}},
		{"P1", "another key in one language", names, func(s *shown) { s.views[3].Key = s.wrong() }},
		{"B1", "a Latin word without isolates", names, func(s *shown) { s.views[0].Explanation += " Latin" }},
		{"B1", "an override", names, func(s *shown) { s.views[1].Explanation += "\u202e" }},
		{"B7", "labels of another language", names, func(s *shown) { s.views[0].Labels = s.views[1].Labels }},
	} {
		t.Run(tt.id+"/"+tt.fault, func(t *testing.T) {
			s := find(t, tt.from)
			tt.spoil(s)
			errs := quiztest.Invariants(s.pack, &s.item, s.views)
			if !slices.ContainsFunc(errs, func(err error) bool { return strings.HasPrefix(err.Error(), tt.id) }) {
				t.Errorf("%s with %s: %v, want %s", s.item.ID, tt.fault, errs, tt.id)
			}
		})
	}
}

// TestSolversFindWhatIsTelling holds that each solver, and their majority for the first, win
// where there is something to be won.
func TestSolversFindWhatIsTelling(t *testing.T) {
	for name, v := range map[string]quiz.View{
		"longest":                     {Stem: "Who?", Options: []string{"ab", "abcdef", "cd"}, Key: 1},
		"shortest":                    {Stem: "Who?", Options: []string{"abcd", "a", "efgh"}, Key: 1},
		"most specific":               {Stem: "Who?", Options: []string{"one", "one two", "two"}, Key: 1},
		"roundest or median":          {Stem: "How many?", Options: []string{"12", "19", "15"}, Key: 2},
		"middle position":             {Stem: "Who?", Options: []string{"a", "b", "c"}, Key: 1},
		"shares most with the stem":   {Stem: "Which lake?", Options: []string{"the river", "the lake", "the hill"}, Key: 1},
		"shares most with the others": {Stem: "Who?", Options: []string{"red house", "red garden", "blue garden"}, Key: 1},
		"most frequent in the quiz":   {Stem: "Who?", Options: []string{"mona", "lena", "nora"}, Key: 2},
	} {
		v.Lang = language.English
		s := quiztest.Score{Options: 3}
		s.Add(&v, []string{"nora", "other"})
		n := slices.IndexFunc(quiztest.Solvers, func(s quiztest.Solver) bool { return s.Name == name })
		if n < 0 || s.Lead(n) < 0.6 {
			t.Errorf("%s does not find %q in %v", name, v.Options[v.Key], v.Options)
		}
	}
}
