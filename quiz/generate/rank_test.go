package generate

import (
	"slices"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/quiz"
	"summitquiz/quiz/quiztest"
)

// TestRanksAreUniform holds N2 on drawn items: of every key the rank among its options is
// uniform over the ranks that its bounds allow. Keys differ in what they allow, so the
// expectation is summed key by key.
func TestRanksAreUniform(t *testing.T) {
	t.Parallel()
	p, err := content.Parse(contenttest.Generate(4_000, 11), content.Options{MaxBytes: content.FileLimit})
	if err != nil {
		t.Fatal(err)
	}
	g := New(p)
	type count struct {
		observed []int
		expected []float64
	}
	counts := map[content.Type]*count{}
	items := 0
	const seeds = 20
	for _, id := range g.Items() {
		if _, kind, _ := id.Parts(); kind != quiz.Choice {
			continue
		}
		var allowed []int
		for seed := range uint64(seeds) {
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatal(err)
			}
			d := drawing{g: g, fact: it.Fact, field: it.Field, want: 3, key: it.Value}
			if it.Value.Entity != nil || it.Value.Words != nil || len(it.Options) != 4 || it.Fact.Relation.Fields[it.Field].Truth == content.Open {
				break
			}
			l, at, ok := d.ladder()
			if !ok {
				break
			}
			if seed == 0 {
				allowed = d.feasible(&l, at)
			}
			rank := 0
			for i := range it.Options {
				if less(&it.Options[i].Value, &it.Value) {
					rank++
				}
			}
			if !slices.Contains(allowed, rank) {
				t.Errorf("%s seed %d: rank %d, its bounds allow %d", id, seed, rank, allowed)
				continue
			}
			c := counts[it.Value.Type]
			if c == nil {
				c = &count{make([]int, 4), make([]float64, 4)}
				counts[it.Value.Type] = c
			}
			c.observed[rank]++
			for _, r := range allowed {
				c.expected[r] += 1 / float64(len(allowed))
			}
			items++
		}
	}
	if items < 10_000 || len(counts) < 5 {
		t.Fatalf("only %d numbers of %d types", items, len(counts))
	}
	for typ, c := range counts {
		p := quiztest.PChi(c.observed, c.expected)
		t.Logf("N2: %s keys have the ranks %v, expected %.0f, p = %.3g", typ, c.observed, c.expected, p)
		if p < 1e-6 {
			t.Errorf("N2: %s keys have the ranks %v, expected %.0f", typ, c.observed, c.expected)
		}
	}
}

// feasible returns the ranks that the bounds allow a key, tried often enough to find those that
// seldom succeed. Spread alone is not all: 30 cannot be second among tens, as only 20 and 40 are
// near enough and it would be their middle.
func (d drawing) feasible(l *ladder, at int64) []int {
	from, to := l.ranks(at, d.want)
	declared := d.declaredSteps(l)
	var out []int
	for rank := from; rank <= to; rank++ {
		for round := range uint64(16 * tries) {
			try := d
			dice := newDice(round, forNumbers)
			if try.assemble(l, at, rank, d.want, &dice, declared) {
				out = append(out, rank)
				break
			}
		}
	}
	return out
}
