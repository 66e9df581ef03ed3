package packs_test

import (
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
)

// typedItems calls f with every typed item of a pack in every language.
func typedItems(t *testing.T, p *content.Pack, f func(it quiz.Item, v quiz.View, k *grade.Key)) {
	t.Helper()
	g, lex := generate.New(p), grade.NewLexicon(p)
	for _, id := range g.Items() {
		it, err := g.Draw(id, 1)
		if err != nil {
			t.Fatal(err)
		}
		if it.Form != quiz.TypedForm {
			continue
		}
		for _, c := range p.Languages.Codes() {
			v := g.Render(it, c, language.Style{})
			k := grade.KeyOf(p, lex, it, v)
			f(it, v, &k)
		}
	}
}

// TestWhatIsAcceptedIsRight holds that every form that the reveal would list is graded as
// right, in all languages, and in the digits of another script. Only a family name that others
// share asks back.
func TestWhatIsAcceptedIsRight(t *testing.T) {
	indic := strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩")
	for _, p := range []*content.Pack{summit(t), countries(t)} {
		n := 0
		typedItems(t, p, func(it quiz.Item, v quiz.View, k *grade.Key) {
			for _, form := range v.Accepts {
				for _, typed := range []string{form, "  " + strings.ToUpper(form) + ".", "**" + form + "**", indic.Replace(form)} {
					n++
					got := grade.Answer(k, typed)
					if got.Mark != grade.Right && !(got.Reason == grade.FitsSeveral && isFamily(it, form)) {
						t.Errorf("%s in %s: %q is %s (%s)", it.ID, v.Lang, typed, got.Mark, got.Reason)
					}
				}
			}
		})
		t.Logf("%s: %d answers", p.Name, n)
	}
}

func isFamily(it quiz.Item, form string) bool {
	if e := it.Value.Entity; e != nil {
		for _, f := range e.Family {
			if f == form {
				return true
			}
		}
	}
	return false
}

// TestNobodyElseIsAccepted holds that no other entity of the pack, by any of its names, and no
// value of another fact of the relation is right.
func TestNobodyElseIsAccepted(t *testing.T) {
	for _, p := range []*content.Pack{summit(t), countries(t)} {
		n := 0
		typedItems(t, p, func(it quiz.Item, v quiz.View, k *grade.Key) {
			try := func(typed, whose string) {
				n++
				if got := grade.Answer(k, typed); got.Mark == grade.Right && !accepts(v, typed) {
					t.Errorf("%s in %s: %q of %s is right", it.ID, v.Lang, typed, whose)
				}
			}
			if it.Value.Entity != nil && v.Lang == language.English {
				for _, e := range p.Entities {
					if e == it.Value.Entity || p.True(it.Fact, it.Field, content.Value{Type: content.EntityValue, Entity: e}) {
						continue
					}
					for _, c := range p.Languages.Codes() {
						try(e.Name[c], e.ID)
						for _, a := range e.Aliases[c] {
							try(a, e.ID)
						}
					}
				}
			}
			for _, f := range p.FactsOf(it.Fact.Relation) {
				for _, w := range f.Values[it.Field] {
					if f == it.Fact || it.Kind == quiz.Cloze || p.True(it.Fact, it.Field, w) || nearly(it.Value, w) {
						continue
					}
					a := p.Arg(v.Lang, w)
					try(string(language.AppendArg(nil, v.Lang, &a, language.Style{Plain: true})), f.Name)
				}
			}
		})
		t.Logf("%s: %d answers", p.Name, n)
	}
}

func accepts(v quiz.View, typed string) bool {
	for _, a := range v.Accepts {
		if language.Normalise(a) == language.Normalise(typed) {
			return true
		}
	}
	return false
}

// nearly reports whether two amounts are within half a per cent of each other, which is right.
func nearly(v, w content.Value) bool {
	if v.Amount.Unit == nil || v.Amount.Unit != w.Amount.Unit {
		return false
	}
	low, _ := v.Amount.Number.Mul(language.Decimal{Coef: 99, Exp: -2})
	high, _ := v.Amount.Number.Mul(language.Decimal{Coef: 101, Exp: -2})
	return w.Amount.Number.Cmp(low) >= 0 && w.Amount.Number.Cmp(high) <= 0
}
