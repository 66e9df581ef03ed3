package pick_test

import (
	"io/fs"
	"reflect"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

// indexed is a pack with its generator and index.
type indexed struct {
	pack  *content.Pack
	maker *generate.Generator
	index *pick.Index
}

func newIndexed(t testing.TB, p *content.Pack, err error) indexed {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	g := generate.New(p)
	return indexed{p, g, pick.NewIndex(p, g)}
}

func builtIn(t testing.TB, name string) indexed {
	t.Helper()
	folder, err := fs.Sub(packs.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := content.Load(folder, content.Options{})
	return newIndexed(t, p, err)
}

func generated(t testing.TB, facts int, seed uint64) indexed {
	t.Helper()
	p, err := content.Parse(contenttest.Generate(facts, seed), content.Options{})
	return newIndexed(t, p, err)
}

// someGenerated are packs from too small to fill a quiz to large ones.
var someGenerated = sync.OnceValue(func() []func(testing.TB) indexed {
	var out []func(testing.TB) indexed
	for i, facts := range []int{1, 5, 16, 33, 80, 160, 1000} {
		var once sync.Once
		var x indexed
		out = append(out, func(t testing.TB) indexed {
			once.Do(func() { x = generated(t, facts, uint64(i)+1) })
			return x
		})
	}
	return out
})

// anyRequest draws a request as commands make them: some kinds or all, and some facts expired.
func anyRequest(t *rapid.T) pick.Request {
	r := pick.Request{Count: rapid.IntRange(1, 50).Draw(t, "count"), Seed: rapid.Uint64().Draw(t, "seed")}
	switch only := rapid.SampledFrom([]string{"mixed", "choice", "typed", "one"}).Draw(t, "kinds"); only {
	case "choice", "typed":
		r.Allow = func(k quiz.Kind) bool { return k.Form().String() == only }
	case "one":
		one := quiz.Kind(rapid.IntRange(0, quiz.KindCount-1).Draw(t, "kind"))
		r.Allow = func(k quiz.Kind) bool { return k == one }
	}
	if every := rapid.IntRange(0, 4).Draw(t, "expired"); every > 1 {
		r.Skip = func(f *content.Fact) bool { return f.Index%every == 0 }
	}
	return r
}

// TestQuizzesOfRealItemsKeepTheRules holds, for generated packs and any request and record:
// never more than asked for, only what is allowed, no fact twice (L4), no options twice (L3),
// nothing told too early (L2), and the same again for the same arguments.
func TestQuizzesOfRealItemsKeepTheRules(t *testing.T) {
	quizzes, items := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		x := rapid.SampledFrom(someGenerated()).Draw(rt, "pack")(t)
		var seen pick.Seen
		for range rapid.IntRange(1, 4).Draw(rt, "quizzes") {
			r := anyRequest(rt)
			chosen, err := x.index.Pick(r, seen)
			again, _ := x.index.Pick(r, seen)
			if !reflect.DeepEqual(chosen, again) {
				rt.Fatal("the same pack, record and seed give two quizzes")
			}
			if len(chosen) > r.Count || (err == nil) != (len(chosen) > 0) {
				rt.Fatalf("%d items of %d, %v", len(chosen), r.Count, err)
			}
			told, asked, sets := map[content.FactID]bool{}, map[content.FactID]bool{}, map[uint64]bool{}
			for _, o := range chosen {
				it, err := x.maker.Draw(o.ID, o.Seed)
				if err != nil {
					rt.Fatal(err)
				}
				if r.Allow != nil && !r.Allow(it.Kind) || r.Skip != nil && r.Skip(it.Fact) {
					rt.Fatalf("%s is not allowed", o.ID)
				}
				if o.Options != 0 && sets[o.Options] {
					rt.Fatalf("L3: the options of %s stood before", o.ID)
				}
				sets[o.Options] = true
				for _, f := range append(slices.Clone(it.Facts), it.Fact) {
					if told[f.ID] {
						rt.Fatalf("L2: %s asks for %s, which was told before", o.ID, f.ID)
					}
					if f != it.Fact && asked[f.ID] {
						rt.Fatalf("L4: %s asks for %s again", o.ID, f.ID)
					}
				}
				if asked[it.Fact.ID] {
					rt.Fatalf("L4: %s asks for its fact again", o.ID)
				}
				for _, f := range append(slices.Clone(it.Facts), it.Fact) {
					asked[f.ID] = true
				}
				for _, f := range o.Reveals {
					told[f] = true
				}
				seen.Add(o.ID, o.Options, 1)
				items++
			}
			quizzes++
		}
	})
	t.Logf("%d quizzes, %d items", quizzes, items)
}

// mixed plays quizzes of ten one after another, and returns in how many fewer than two items
// were easy or fewer than two hard, and when that happened first.
func mixed(t *testing.T, x indexed, quizzes int) (uneven, first int) {
	t.Helper()
	var seen pick.Seen
	first = quizzes
	for n := range quizzes {
		chosen, err := x.index.Pick(pick.Request{Count: 10, Seed: uint64(n)}, seen)
		if err != nil || len(chosen) != 10 {
			t.Fatalf("quiz %d: %d items, %v", n, len(chosen), err)
		}
		easy, hard := 0, 0
		for _, o := range chosen {
			if x.index.Easy(o.Prior) {
				easy++
			}
			if x.index.Hard(o.Prior) {
				hard++
			}
			seen.Add(o.ID, o.Options, 1)
		}
		if easy < 2 || hard < 2 {
			uneven++
			first = min(first, n)
		}
	}
	return uneven, first
}

// TestEveryQuizIsMixed holds that a chat gets two easy and two hard items in every quiz of ten,
// also when it has seen much of the pack.
func TestEveryQuizIsMixed(t *testing.T) {
	for name, x := range map[string]indexed{
		"countries": builtIn(t, "countries-of-the-world"), "summit": builtIn(t, "gyeongju-summit-2025"), "160 generated facts": generated(t, 160, 3),
	} {
		const quizzes = 60
		uneven, first := mixed(t, x, quizzes)
		t.Logf("%s: %d of %d quizzes in a row lack two easy or two hard items (the first: %d)", name, uneven, quizzes, first)
		if uneven > 0 {
			t.Errorf("%s: quiz %d lacks two easy or two hard items", name, first)
		}
	}
}

// TestLevelsShareThePack holds that at least three of ten items are easy and three hard, and not
// nearly all of them.
func TestLevelsShareThePack(t *testing.T) {
	for name, x := range map[string]indexed{
		"countries": builtIn(t, "countries-of-the-world"), "summit": builtIn(t, "gyeongju-summit-2025"), "1000 generated facts": generated(t, 1000, 3),
	} {
		easy, hard, all := 0, 0, 0
		for i, id := range x.maker.Items() {
			it, err := x.maker.Draw(id, uint64(i))
			if err != nil {
				t.Fatal(err)
			}
			if it.Kind == quiz.TrueFalse {
				continue // one of ten, and the easiest: the levels are those of the others
			}
			all++
			if x.index.Easy(it.Prior) {
				easy++
			}
			if x.index.Hard(it.Prior) {
				hard++
			}
		}
		t.Logf("%s: %d of %d items are easy, %d hard", name, easy, all, hard)
		for _, n := range []int{easy, hard} {
			// A sample of 384 is off by 2.3 points at one standard deviation; above, many items
			// may have the prior at the border.
			if share := 100 * n / all; share < 25 || share > 50 {
				t.Errorf("%s: %d %% of the items are of one outer level, want 30 or some more", name, share)
			}
		}
	}
}
