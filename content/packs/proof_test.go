package packs_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
	"summitquiz/quiz/quiztest"
)

var update = flag.Bool("update", false, "rewrite the golden samples")

// rendered is an item in every language of its pack.
type rendered struct {
	item  quiz.Item
	views []quiz.View
}

func render(t *testing.T, p *content.Pack, g *generate.Generator, id quiz.ItemID, seed uint64) rendered {
	t.Helper()
	it, err := g.Draw(id, seed)
	if err != nil {
		t.Fatal(err)
	}
	r := rendered{item: it}
	for _, c := range p.Languages.Codes() {
		r.views = append(r.views, g.Render(it, c, language.Style{}))
	}
	return r
}

// TestBuiltInItemsAreFair holds every invariant over at least 10,000 items a pack in each
// language, and that nothing is to be gained by guessing: each solver is within four standard
// deviations of chance, counted over the distinct facts.
func TestBuiltInItemsAreFair(t *testing.T) {
	for _, p := range []*content.Pack{summit(t), countries(t)} {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			ids := g.Items()
			scores := make([]map[int]*quiztest.Score, language.Count)
			for l := range scores {
				scores[l] = map[int]*quiztest.Score{}
			}
			facts := map[int]map[content.FactID]bool{}
			n, broken := 0, 0
			for seed := uint64(1); n < 10_000; seed++ {
				for _, id := range ids {
					r := render(t, p, g, id, seed)
					n++
					for _, err := range quiztest.Invariants(p, &r.item, r.views) {
						if broken++; broken <= 10 {
							t.Error(err)
						}
					}
					k := len(r.item.Options)
					if r.item.Kind != quiz.Choice && r.item.Kind != quiz.WhoSaid {
						continue
					}
					if facts[k] == nil {
						facts[k] = map[content.FactID]bool{}
					}
					facts[k][r.item.Fact.ID] = true
					for l := range r.views {
						if scores[l][k] == nil {
							scores[l][k] = &quiztest.Score{Options: k}
						}
						scores[l][k].Add(&r.views[l], nil)
					}
				}
			}
			t.Logf("%d items in each of %d languages, %d invariants broken", n, language.Count, broken)
			for l, byOptions := range scores {
				for k, s := range byOptions {
					chance := 1 / float64(k)
					bound := 4 * math.Sqrt(chance*(1-chance)/float64(len(facts[k])))
					worst := 0.0
					for i := range len(quiztest.Solvers) + 1 {
						if lead := math.Abs(s.Lead(i)); lead > bound {
							t.Errorf("T1 in %s, %d options, %d facts: solver %d is %.1f points off chance, allowed %.1f", language.Code(l), k, len(facts[k]), i, 100*s.Lead(i), 100*bound)
						} else {
							worst = max(worst, lead)
						}
					}
					t.Logf("T1 in %s, %d options, %d items of %d facts: at most %.1f points off chance, allowed %.1f", language.Code(l), k, s.Asked, len(facts[k]), 100*worst, 100*bound)
				}
			}
		})
	}
}

// quizHash is the SHA-256 over 1,000 quizzes of ten in four languages, of both packs. It changes
// only with the packs or with the way in which items are drawn, worded or chosen; the new value
// is then committed with the reason.
const quizHash = "63dc33684df53bce42c325ff3c070abdb73a4d6b0c292eb2edb3d0b1f680b110"

func TestAThousandQuizzesAreTheSameBytes(t *testing.T) {
	h := sha256.New()
	for _, p := range []*content.Pack{summit(t), countries(t)} {
		g := generate.New(p)
		x := pick.NewIndex(p, g)
		for seed := range uint64(500) {
			chosen, err := x.Pick(pick.Request{Count: 10, Seed: seed}, pick.Seen{})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range chosen {
				r := render(t, p, g, o.ID, o.Seed)
				fmt.Fprintln(h, o.ID, o.Seed, r.item.Key, r.item.Prior)
				for _, v := range r.views {
					fmt.Fprintln(h, v.Lang, v.Stem, v.Options, v.Accepts, v.Explanation, v.Why)
				}
			}
		}
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != quizHash {
		t.Errorf("the hash of 1,000 quizzes is %s, want %s", got, quizHash)
	}
}

// sampled is how many items of each pack stand in the golden samples of each language.
const sampled = 50

// TestGoldenSamples holds what players see of 50 items of each pack in each language, spread
// over the pack. The files are read like prose before they are committed.
func TestGoldenSamples(t *testing.T) {
	for _, p := range []*content.Pack{summit(t), countries(t)} {
		g := generate.New(p)
		ids := g.Items()
		for l, c := range p.Languages.Codes() {
			var b strings.Builder
			for n := range sampled {
				// Neighbours in the file ask the same in other ways: a step that is prime to
				// the number of kinds shows all of them.
				r := render(t, p, g, ids[(n*len(ids)/sampled+n*7%11)%len(ids)], uint64(n))
				write(&b, &r.item, &r.views[l])
			}
			golden := filepath.Join("testdata", "samples", p.Name+"."+c.String()+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("%s differs from what is drawn; read it and run with -update", golden)
			}
		}
	}
}

// write writes an item as a reader would have it, without direction marks.
func write(b *strings.Builder, it *quiz.Item, v *quiz.View) {
	fmt.Fprintf(b, "%s\n%s\n", it.ID, v.Stem)
	for i, o := range v.Options {
		mark := "  "
		if i == v.Key {
			mark = "* "
		}
		fmt.Fprintf(b, "%s%s %s", mark, v.Labels[i], o)
		if v.Why[i] != "" {
			fmt.Fprintf(b, " (%s)", v.Why[i])
		}
		b.WriteByte('\n')
	}
	if len(v.Accepts) > 0 {
		fmt.Fprintf(b, "= %s\n", v.Accepts[0])
	}
	fmt.Fprintf(b, "> %s\n\n", v.Explanation)
}
