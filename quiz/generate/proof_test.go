package generate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/quiztest"
)

// sample is what the proofs look at: items of a generated pack, each with several seeds.
type sample struct {
	pack  *content.Pack
	items []quiz.Item
	views [][]quiz.View // by item and language
}

// newSample draws 10,000 choices with four options from a generated pack, and of the other kinds
// what stands between them, in every language.
func newSample(t *testing.T) sample {
	t.Helper()
	p, err := content.Parse(contenttest.Generate(12_000, 7), content.Options{MaxBytes: content.FileLimit})
	if err != nil {
		t.Fatal(err)
	}
	g := generate.New(p)
	ids := g.Items()
	s := sample{pack: p}
	four := 0
	for seed := uint64(1); four < 10_000; seed++ {
		for _, id := range ids {
			_, kind, _ := id.Parts()
			choice := kind == quiz.Choice || kind == quiz.WhoSaid
			if four == 10_000 || !choice && (seed > 1 || len(s.items)%3 > 0) {
				continue
			}
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatal(err)
			}
			if choice && len(it.Options) == 4 {
				four++
			}
			var views []quiz.View
			for _, c := range p.Languages.Codes() {
				views = append(views, g.Render(it, c, language.Style{}))
			}
			s.items, s.views = append(s.items, it), append(s.views, views)
		}
	}
	return s
}

// least is the chance below which draws are held to be unfair. Seeds are committed, so right
// code never fails.
const least = 1e-6

// TestGeneratedItemsAreFair is the proof of the generator on packs that nobody wrote for it:
// every invariant of every item in four languages, the key at every place alike and without
// memory, and nothing to be gained by guessing.
func TestGeneratedItemsAreFair(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	broken := 0
	for i := range s.items {
		for _, err := range quiztest.Invariants(s.pack, &s.items[i], s.views[i]) {
			if broken++; broken <= 10 {
				t.Error(err)
			}
		}
	}
	t.Logf("%d items in each of %d languages, %d invariants broken", len(s.items), language.OwnCount, broken)
	t.Run("positions", func(t *testing.T) { positions(t, s.items) })
	t.Run("solvers", func(t *testing.T) { solvers(t, s) })
}

// positions holds P1, L7, P2 and P3.
func positions(t *testing.T, items []quiz.Item) {
	byKind := map[quiz.Kind][]int{}
	for i := range items {
		if k := items[i].Kind; len(items[i].Options) == 4 || k == quiz.TrueFalse {
			if byKind[k] == nil {
				byKind[k] = make([]int, len(items[i].Options))
			}
			byKind[k][items[i].Key]++
		}
	}
	for kind, counts := range byKind {
		p := quiztest.PUniform(counts)
		t.Logf("L7: keys of %s stand at %v, p = %.3g", kind, counts, p)
		if p < least {
			t.Errorf("L7: keys of %s stand at %v", kind, counts)
		}
	}
	at := map[int][]int{}
	for i := range items {
		if n := len(items[i].Options); n > 0 {
			if at[n] == nil {
				at[n] = make([]int, n)
			}
			at[n][items[i].Key]++
		}
	}
	for n, counts := range at {
		p := quiztest.PUniform(counts)
		t.Logf("P1: keys of %d options stand at %v, p = %.3g", n, counts, p)
		if p < least {
			t.Errorf("P1: keys of %d options stand at %v", n, counts)
		}
	}
	var keys []int
	for i := range items {
		if len(items[i].Options) == 4 {
			keys = append(keys, items[i].Key)
		}
	}
	pairs := make([]int, 16)
	for i := range keys[1:] {
		pairs[keys[i]*4+keys[i+1]]++
	}
	p := quiztest.PUniform(pairs)
	t.Logf("P2: places of neighbours %v, p = %.3g", pairs, p)
	if p < least {
		t.Errorf("P2: the place of a key depends on the one before: %v", pairs)
	}
	quizzes, even := 0, 0
	for i := 0; i+8 <= len(keys); i += 8 {
		var n [4]int
		for _, k := range keys[i : i+8] {
			n[k]++
		}
		quizzes++
		if n == [4]int{2, 2, 2, 2} {
			even++
		}
	}
	const chance = 2520.0 / 65536 // 8! / 2!^4 of 4^8
	want, sigma := chance*float64(quizzes), math.Sqrt(chance*(1-chance)*float64(quizzes))
	t.Logf("P3: %d of %d quizzes of eight are balanced, expected %.1f", even, quizzes, want)
	if math.Abs(float64(even)-want) > 5*sigma {
		t.Errorf("P3: %d of %d quizzes of eight are balanced, expected %.1f ± %.1f", even, quizzes, want, sigma)
	}
}

// solvers holds T1 in every language: chance ± 1.5 points for each solver and ± 2 for their
// majority, where there are 10,000 items, and 4 σ where there are fewer.
func solvers(t *testing.T, s sample) {
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(s.items)) // quizzes are ten of these in a row
	for l, c := range s.pack.Languages.Codes() {
		scores := map[int]*quiztest.Score{}
		for at, i := range order {
			v := &s.views[i][l]
			if s.items[i].Kind == quiz.TrueFalse || s.items[i].Kind == quiz.Order || s.items[i].Kind == quiz.Match || len(v.Options) == 0 {
				continue
			}
			var others []string
			for _, j := range order[at/10*10 : min(len(order), at/10*10+10)] {
				if j != i {
					others = append(others, s.views[j][l].Options...)
				}
			}
			if scores[len(v.Options)] == nil {
				scores[len(v.Options)] = &quiztest.Score{Options: len(v.Options)}
			}
			scores[len(v.Options)].Add(v, others)
		}
		for k, score := range scores {
			chance := 1 / float64(k)
			bound := 4 * math.Sqrt(chance*(1-chance)/float64(score.Asked))
			for n := range len(quiztest.Solvers) + 1 {
				name, allowed := "majority", max(bound, 0.02)
				if n < len(quiztest.Solvers) {
					name, allowed = quiztest.Solvers[n].Name, max(bound, 0.015)
				}
				if lead := score.Lead(n); math.Abs(lead) > allowed {
					t.Errorf("T1 in %s, %d options, %d items: %s is %.2f points off chance, allowed %.2f", c, k, score.Asked, name, 100*lead, 100*allowed)
				} else if c == language.English {
					t.Logf("T1 in %s, %d options, %d items: %s %.2f points", c, k, score.Asked, name, 100*lead)
				}
			}
		}
	}
}
