package packs_test

import (
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

// wrongSeeds is how often each item is drawn to see which wrong options it gets; one that looks as if it
// always gets the same, so many times more often.
const (
	wrongSeeds = 48
	sureOfIt   = 10
)

// TestWrongOptionsChange holds that nothing stands beside the key of a question in every draw where
// there is something else to stand there: the one who always comes along is known to be wrong.
func TestWrongOptionsChange(t *testing.T) {
	for _, p := range builtIn(t) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			for _, id := range g.Items() {
				if _, kind, _ := id.Parts(); kind != quiz.Choice && kind != quiz.WhoSaid {
					continue
				}
				if len(always(t, p, g, id, wrongSeeds)) > 0 {
					for _, pair := range always(t, p, g, id, sureOfIt*wrongSeeds) {
						t.Errorf("%s: %s in every draw, and others could", id, pair)
					}
				}
			}
		})
	}
}

// always returns which wrong options stand beside a key in each of so many draws, where other ones do too.
func always(t *testing.T, p *content.Pack, g *generate.Generator, id quiz.ItemID, seeds uint64) (out []string) {
	t.Helper()
	draws, beside := map[string]int{}, map[string]map[string]int{}
	for seed := range seeds {
		it, err := g.Draw(id, seed)
		if err != nil {
			t.Fatal(err)
		}
		if it.Value.Entity == nil && it.Value.Words == nil {
			return nil
		}
		key := shown(p, it.Value)
		draws[key]++
		if beside[key] == nil {
			beside[key] = map[string]int{}
		}
		for i, o := range it.Options {
			if i != it.Key {
				beside[key][shown(p, o.Value)]++
			}
		}
	}
	for key, wrong := range beside {
		for value, n := range wrong {
			if n == draws[key] && n >= wrongSeeds/4 && len(wrong) > 4 {
				out = append(out, value+" beside "+key)
			}
		}
	}
	return out
}

// shown is a value as English shows it.
func shown(p *content.Pack, v content.Value) string {
	a := p.Arg(language.English, v)
	return string(language.AppendArg(nil, language.English, &a, language.Style{Plain: true}))
}

// TestNumbersStandAtEveryRank holds that a number of two digits or more can be the least and the greatest
// of its options and anything between, also near a power of ten, unless its field is bounded near it.
func TestNumbersStandAtEveryRank(t *testing.T) {
	for _, p := range builtIn(t) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			looked := 0
			for _, id := range g.Items() {
				if _, kind, _ := id.Parts(); kind != quiz.Choice {
					continue
				}
				it, err := g.Draw(id, 0)
				if err != nil {
					t.Fatal(err)
				}
				if !free(&it) {
					continue
				}
				looked++
				var ranks [4]int
				for seed := range uint64(2 * wrongSeeds) {
					if it, err = g.Draw(id, seed); err != nil {
						t.Fatal(err)
					}
					rank := 0
					for _, o := range it.Options {
						if o.Value.Amount.Number.Cmp(it.Value.Amount.Number) < 0 {
							rank++
						}
					}
					ranks[rank]++
				}
				for r, n := range ranks {
					if n == 0 {
						t.Errorf("%s: %s is never number %d of its options: %v", id, shown(p, it.Value), r+1, ranks)
					}
				}
			}
			t.Logf("%d items ask for such a number", looked)
		})
	}
}

// free reports whether a number of two digits or more has four options and no bound near it.
func free(it *quiz.Item) bool {
	f := it.Fact.Relation.Fields[it.Field]
	n := it.Value.Amount.Number.Norm()
	if it.Value.Type == content.DateValue || n.Coef < 10 || len(it.Options) != 4 || f.Truth == content.Open {
		return false
	}
	far := language.Whole(5)
	if f.Max != nil {
		if most, ok := n.Mul(far); !ok || most.Cmp(*f.Max) > 0 {
			return false
		}
	}
	if f.Min != nil {
		if least, ok := f.Min.Mul(far); !ok || n.Cmp(least) < 0 {
			return false
		}
	}
	return true
}

// TestNumbersHaveBounds holds that every relation of the built-in packs that draws wrong numbers of one
// unit says how large they may be, so that none is impossible: no mountain above Everest.
func TestNumbersHaveBounds(t *testing.T) {
	for _, p := range builtIn(t) {
		for _, rel := range p.Relations {
			for _, f := range rel.Fields {
				bounded := f.Type == content.IntegerValue || f.Type > content.QuoteValue && f.Unit != nil
				if len(p.FactsOf(rel)) > 1 && bounded && f.Ask != nil && f.Truth != content.Open && f.Max == nil {
					t.Errorf("%s: %s/%s has no max:", p.Name, rel.ID, f.Name)
				}
			}
		}
	}
}
