package rating

import (
	"cmp"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"summitquiz/quiz"
)

func TestTheFirstAnswerMovesTheMemberOnly(t *testing.T) {
	for name, c := range map[string]struct {
		answer Answer
		skill  float64
	}{
		// Four options: P = 1/4 + 3/4 · 1/2 = 0.625.
		"right of four options":      {Answer{Options: 4, Right: true}, 0.375},
		"wrong of four options":      {Answer{Options: 4}, -0.625},
		"typed, nobody guesses":      {Answer{Right: true}, 0.5},
		"true or false, half luck":   {Answer{Options: 2, Right: true}, 0.25},
		"right after close is half":  {Answer{Right: true, Retried: true}, 0},
		"wrong after close is wrong": {Answer{Retried: true}, -0.5},
	} {
		t.Run(name, func(t *testing.T) {
			var f Fold
			a := c.answer
			a.ID, a.Member, a.Item, a.Counts = 1, 1, "item", true
			f.Add(a)
			skill, _ := f.Member(1)
			if item, _ := f.Item("item"); skill.Skill != c.skill || item.Difficulty != 0 {
				t.Errorf("skill %v and difficulty %v, want %v and 0", skill.Skill, item.Difficulty, c.skill)
			}
		})
	}
}

func TestTheSixthAnswerMovesTheItemToo(t *testing.T) {
	var f Fold
	skill := 0.0
	for n := range 5 { // typed and wrong, at items of difficulty 0
		f.Add(Answer{ID: int64(n + 1), Member: 1, Item: "warm-up", Counts: true})
		skill -= 1 / (1 + 0.05*float64(n)) / (1 + math.Exp(-skill))
	}
	if i, _ := f.Item("warm-up"); i.Difficulty != 0 || i.Answers != 5 {
		t.Errorf("a newcomer moved the item: %+v", i)
	}
	f.Add(Answer{ID: 6, Member: 1, Item: "item", Right: true, Counts: true})
	surprise := 1 - 1/(1+math.Exp(-skill))
	m, _ := f.Member(1)
	i, _ := f.Item("item")
	if math.Abs(m.Skill-(skill+surprise/1.25)) > 1e-12 || math.Abs(i.Difficulty+surprise) > 1e-12 {
		t.Errorf("skill %v and difficulty %v, want %v and %v", m.Skill, i.Difficulty, skill+surprise/1.25, -surprise)
	}
}

func TestAnItemStartsAtItsPrior(t *testing.T) {
	var f Fold
	f.Add(Answer{ID: 1, Member: 1, Item: "hard", Prior: 1500, Options: 4, Counts: true})
	f.Add(Answer{ID: 2, Member: 1, Item: "hard", Prior: -900, Options: 4, Counts: true}) // a later draw
	if i, _ := f.Item("hard"); i.Difficulty != 1.5 {
		t.Errorf("difficulty %v, want the prior 1.5", i.Difficulty)
	}
}

func TestWhatIsCounted(t *testing.T) {
	var f Fold
	for i, a := range []Answer{
		{Member: 1, Options: 4, Picked: "5", Right: true, Counts: true},
		{Member: 2, Options: 4, Picked: "70", Counts: true},
		{Member: 3, Options: 4, Picked: "70", Counts: true},
		{Member: 4, Counts: false},                            // a first close try
		{Member: 4, Right: true, Retried: true, Counts: true}, // and the second
		{Member: 5, Right: true, Counts: true, Void: true},    // a void question
		{Member: 2, Options: 3, Picked: "100", Counts: true},  // another draw of the same item
		{Member: 6, Options: 4, Right: true, Counts: true},    // nobody knows any more which option
	} {
		a.ID, a.Item = int64(3*i+2), "item" // rows between these are gone
		if !f.Add(a) {
			t.Errorf("row %d is not taken", i)
		}
	}
	if f.Add(Answer{ID: 5, Member: 1, Item: "item", Counts: true}) || f.Add(Answer{ID: f.Last(), Member: 1, Item: "item", Counts: true}) {
		t.Error("a row is taken twice")
	}
	got, _ := f.Item("item")
	want := Item{Answers: 6, Right: 3, Picks: map[string]int{"5": 1, "70": 2, "100": 1}, Difficulty: got.Difficulty}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("item %+v, want %+v", got, want)
	}
	if got.Percent() != 50 || (&Item{}).Percent() != 0 || (&Item{Answers: 3, Right: 2}).Percent() != 67 {
		t.Errorf("percent %d, want 50; of nothing 0; of two in three 67", got.Percent())
	}
	got.Picks["70"] = 0
	if again, _ := f.Item("item"); again.Picks["70"] != 2 {
		t.Error("whoever reads the picks can change them")
	}
	if _, known := f.Member(5); known {
		t.Error("a void question made a member")
	}
	if _, known := f.Item("other"); known {
		t.Error("an item that nobody answered is known")
	}
	if m, _ := f.Member(2); m.Answers != 2 || m.Right != 0 {
		t.Errorf("member 2: %+v, want two wrong answers", m)
	}
}

func TestShown(t *testing.T) {
	for logits, want := range map[float64]int{0: 1500, math.Ln10: 1900, -math.Ln10: 1100, 1: 1674, -0.5: 1413} {
		if got := Shown(logits); got != want {
			t.Errorf("Shown(%v) = %d, want %d", logits, got, want)
		}
	}
}

func TestStepsShrinkToAFloor(t *testing.T) {
	for n, want := range map[int]float64{0: 1, 20: 0.5, 100: 1.0 / 6, 380: 0.05, 100000: 0.05} {
		if got := step(n); math.Abs(got-want) > 1e-15 {
			t.Errorf("step(%d) = %v, want %v", n, got, want)
		}
	}
}

func TestExpIsExact(t *testing.T) {
	for x := -40.0; x <= 40; x += 0.0037 {
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-14*want {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	if exp(1e9) != exp(40) || exp(-1e9) != exp(-40) || exp(0) != 1 {
		t.Error("the ends or the middle are off")
	}
}

// anyLog returns a log in which a few members answer a few items.
func anyLog(t *rapid.T) []Answer {
	log := make([]Answer, rapid.IntRange(0, 80).Draw(t, "rows"))
	for i := range log {
		log[i] = Answer{
			ID: int64(i+1) * 3, Member: Member(rapid.IntRange(1, 4).Draw(t, "member")),
			Item:    rapid.SampledFrom([]quiz.ItemID{"a", "b", "c"}).Draw(t, "item"),
			Options: rapid.SampledFrom([]int{0, 2, 3, 4}).Draw(t, "options"),
			Picked:  rapid.SampledFrom([]string{"", "5", "70"}).Draw(t, "picked"),
			Right:   rapid.Bool().Draw(t, "right"), Retried: rapid.Bool().Draw(t, "retried"),
			Counts: rapid.IntRange(0, 5).Draw(t, "counts") > 0, Void: rapid.IntRange(0, 5).Draw(t, "void") == 0,
		}
	}
	return log
}

func TestFoldingInPartsAndTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := anyLog(t)
		var once, parts Fold
		for _, a := range log {
			once.Add(a)
		}
		cut := rapid.IntRange(0, len(log)).Draw(t, "cut")
		for _, a := range slices.Concat(log[:cut], log[:cut], log) {
			parts.Add(a)
		}
		if !reflect.DeepEqual(once, parts) {
			t.Fatalf("in parts %+v, at once %+v", parts, once)
		}
	})
}

func TestAForgottenMemberIsTheSameByAnotherNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := anyLog(t)
		var before, after Fold
		for _, a := range log {
			before.Add(a)
			if a.Member == 1 {
				a.Member = -8101
			}
			after.Add(a)
		}
		if !reflect.DeepEqual(before.items, after.items) {
			t.Fatal("items change when a member is forgotten")
		}
		was, _ := before.Member(1)
		if is, _ := after.Member(-8101); is != was {
			t.Fatalf("the member was %+v and is %+v", was, is)
		}
	})
}

// TestTheSameBitsEverywhere folds a log of drawn whole numbers; the bits are those of the
// machine on which the test was written.
func TestTheSameBitsEverywhere(t *testing.T) {
	rng := rand.New(rand.NewPCG(2026, 11))
	var f Fold
	for id := range int64(20000) {
		f.Add(Answer{
			ID: id + 1, Member: Member(rng.IntN(50)), Item: quiz.ItemID(rune('a' + rng.IntN(20))),
			Prior: 100, Options: rng.IntN(5), Right: rng.IntN(3) > 0, Counts: true,
		})
	}
	var bits uint64
	for m := range Member(50) {
		s, _ := f.Member(m)
		bits = bits*31 + math.Float64bits(s.Skill)
	}
	for i := range rune(20) {
		item, _ := f.Item(quiz.ItemID('a' + i))
		bits = bits*31 + math.Float64bits(item.Difficulty)
	}
	if want := uint64(0xa765b916ce876063); bits != want {
		t.Errorf("bits %#x, want %#x", bits, want)
	}
}

// TestDifficultiesAreFound has a crowd of 500 whose skills are known before 200 items whose
// difficulties are known, members and items paired at random.
func TestDifficultiesAreFound(t *testing.T) {
	goals := map[int]float64{30: 0.75, 100: 0.90, 200: 0.93}
	for options, floor := range map[int]float64{4: 0.25, 0: 0} {
		for seed := range uint64(5) {
			rng := rand.New(rand.NewPCG(seed, 500))
			skills, truth := make([]float64, 500), make([]float64, 200)
			for i := range skills {
				skills[i] = rng.NormFloat64()
			}
			items := make([]quiz.ItemID, len(truth))
			for i := range truth {
				truth[i] = rng.NormFloat64()
				items[i] = quiz.ItemID(rune(0x4e00 + i))
			}
			var f Fold
			for round := 1; round <= 200; round++ {
				for _, i := range rng.Perm(len(items)) {
					m := rng.IntN(len(skills))
					f.Add(Answer{
						ID: f.Last() + 1, Member: Member(m), Item: items[i], Options: options, Counts: true,
						Right: rng.Float64() < floor+(1-floor)/(1+math.Exp(truth[i]-skills[m])),
					})
				}
				if goal, told := goals[round]; told {
					found := make([]float64, len(items))
					for i, id := range items {
						item, _ := f.Item(id)
						found[i] = item.Difficulty
					}
					rho := spearman(found, truth)
					t.Logf("options %d, seed %d, %3d answers an item: Spearman %.3f", options, seed, round, rho)
					if rho < goal {
						t.Errorf("options %d, seed %d: Spearman %.3f after %d answers an item, want %.2f", options, seed, rho, round, goal)
					}
				}
			}
		}
	}
}

// spearman is the rank correlation of two lists without ties.
func spearman(a, b []float64) float64 {
	ra, rb := ranks(a), ranks(b)
	sum := 0.0
	for i := range ra {
		d := float64(ra[i] - rb[i])
		sum += d * d
	}
	n := float64(len(a))
	return 1 - 6*sum/(n*(n*n-1))
}

func ranks(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	ranks := make([]int, len(values))
	for rank, i := range order {
		ranks[i] = rank
	}
	return ranks
}

func BenchmarkMillionAnswers(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	items := make([]quiz.ItemID, 2000)
	for i := range items {
		items[i] = quiz.ItemID("summit/fact-" + string(rune(0x4e00+i)) + "/choice/size")
	}
	log := make([]Answer, 1_000_000)
	for i := range log {
		log[i] = Answer{
			ID: int64(i + 1), Member: Member(rng.IntN(20000)), Item: items[rng.IntN(len(items))],
			Options: 4, Picked: "70", Right: rng.IntN(2) == 0, Counts: true,
		}
	}
	b.ResetTimer()
	for b.Loop() {
		var f Fold
		for i := range log {
			f.Add(log[i])
		}
	}
	b.ReportMetric(float64(len(log))*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}
