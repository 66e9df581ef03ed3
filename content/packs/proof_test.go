package packs_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
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
// language, and that every text reads fluently.
func TestBuiltInItemsAreFair(t *testing.T) {
	for _, p := range builtIn(t) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			n, broken, least := 0, 0, 10_000
			if testing.Short() {
				least = 1
			}
			for seed := uint64(1); n < least; seed++ {
				for _, id := range g.Items() {
					r := render(t, p, g, id, seed)
					n++
					errs := quiztest.Invariants(p, &r.item, r.views)
					if seed == 1 {
						for _, v := range r.views {
							for _, text := range append(append([]string{v.Stem, v.Explanation}, v.Options...), v.Why...) {
								for _, slip := range generate.Fluency(v.Lang, text) {
									errs = append(errs, fmt.Errorf("O5: %s in %s: %s at %q: %q", id, v.Lang, slip.Code, slip.Detail, text))
								}
							}
						}
					}
					for _, err := range errs {
						if broken++; broken <= 10 {
							t.Error(err)
						}
					}
				}
			}
			t.Logf("%d items in each of %d languages, %d invariants broken", n, language.OwnCount, broken)
		})
	}
}

// TestGuessingDoesNotPay holds T1 for the built-in packs in quizzes as chats get them, ten
// questions each of kinds that are answered alike: every solver and their majority are within four
// standard deviations of chance. Items of one fact are no independent trials, so the number of
// trials is that of the facts.
func TestGuessingDoesNotPay(t *testing.T) {
	groups := map[string][]quiz.Kind{
		"choice": {quiz.Choice, quiz.WhoSaid}, "which-not": {quiz.WhichNot}, "odd-one-out": {quiz.OddOneOut},
		"extreme": {quiz.Extreme}, "timeline": {quiz.Timeline}, "two-facts": {quiz.TwoFacts},
	}
	for _, p := range builtIn(t) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			g := generate.New(p)
			x := pick.NewIndex(p, g)
			for name, kinds := range groups {
				quizzes := 40
				if name == "choice" {
					quizzes = 150
				}
				t.Run(name, func(t *testing.T) {
					guess(t, p, g, x, quizzes, func(k quiz.Kind) bool { return slices.Contains(kinds, k) })
				})
			}
		})
	}
}

// guess lets the solvers guess at quizzes of the allowed kinds.
func guess(t *testing.T, p *content.Pack, g *generate.Generator, x *pick.Index, quizzes int, allow func(quiz.Kind) bool) {
	t.Helper()
	scores := map[language.Code]map[int]*quiztest.Score{}
	facts := map[int]map[content.FactID]bool{}
	for seed := range uint64(quizzes) {
		chosen, err := x.Pick(pick.Request{Count: 10, Seed: seed, Allow: allow}, pick.Seen{})
		if errors.Is(err, pick.ErrNothing) {
			return // the pack makes none
		}
		if err != nil {
			t.Fatal(err)
		}
		items := make([]rendered, len(chosen))
		for i, o := range chosen {
			items[i] = render(t, p, g, o.ID, o.Seed)
		}
		for i, r := range items {
			k := len(r.item.Options)
			if facts[k] == nil {
				facts[k] = map[content.FactID]bool{}
			}
			facts[k][r.item.Fact.ID] = true
			for l := range r.views {
				v := &r.views[l]
				var others []string
				for j := range items {
					if j != i {
						others = append(others, items[j].views[l].Options...)
					}
				}
				if scores[v.Lang] == nil {
					scores[v.Lang] = map[int]*quiztest.Score{}
				}
				if scores[v.Lang][k] == nil {
					scores[v.Lang][k] = &quiztest.Score{Options: k}
				}
				scores[v.Lang][k].Add(v, others)
			}
		}
	}
	for _, c := range p.Languages.Codes() {
		for k, s := range scores[c] {
			judge(t, c, k, s, len(facts[k]))
		}
	}
}

// judge holds what the solvers reached on questions with k options of so many facts.
func judge(t *testing.T, c language.Code, k int, s *quiztest.Score, facts int) {
	t.Helper()
	chance := 1 / float64(k)
	bound := 4 * math.Sqrt(chance*(1-chance)/float64(facts))
	most, name := 0.0, ""
	for i := range len(quiztest.Solvers) + 1 {
		lead := s.Lead(i)
		if math.Abs(lead) > math.Abs(most) {
			most, name = lead, quiztest.SolverName(i)
		}
		if math.Abs(lead) > bound {
			t.Errorf("T1 in %s, %d options, %d facts: %s is %.1f points off chance, allowed %.1f", c, k, facts, quiztest.SolverName(i), 100*lead, 100*bound)
		}
	}
	t.Logf("T1 in %s, %d options, %d items of %d facts: farthest off chance is %s with %.1f points, allowed %.1f", c, k, s.Asked, facts, name, 100*most, 100*bound)
}

// quizHash is the SHA-256 over 500 quizzes of ten of each built-in pack in four languages. It changes
// only with the packs or with the way in which items are drawn, worded or chosen; the new value
// is then committed with the reason.
const quizHash = "1eb1450668bf55281ef2b7922f21f968ebaad8401740bf77429ccfea6080763a"

func TestAThousandQuizzesAreTheSameBytes(t *testing.T) {
	h := sha256.New()
	for _, p := range builtIn(t) {
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
		t.Errorf("the hash of the quizzes is %s, want %s", got, quizHash)
	}
}

// sampled is how many items of each pack stand in the golden samples of each language.
const sampled = 50

// TestGoldenSamples holds what players see of 50 items of each pack in each language, spread
// over the pack. The files are read like prose before they are committed.
func TestGoldenSamples(t *testing.T) {
	for _, p := range builtIn(t) {
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
