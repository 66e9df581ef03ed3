package daily_test

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"sync"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/daily"
	"summitquiz/quiz/generate"
)

// poolOf returns the pool of a pack, or of its facts that a test leaves.
func poolOf(t testing.TB, p *content.Pack, err error) *daily.Pool {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return daily.NewPool(p, generate.New(p))
}

// loaded is a built-in pack with its generator and pool.
type loaded struct {
	pack *content.Pack
	from *generate.Generator
	pool *daily.Pool
}

var loadedPacks = map[string]func() (loaded, error){}

func init() {
	for _, name := range packs.Names() {
		loadedPacks[name] = sync.OnceValues(func() (loaded, error) {
			folder, err := fs.Sub(packs.FS(), name)
			if err != nil {
				return loaded{}, err
			}
			p, err := content.Load(folder, content.Options{})
			if err != nil {
				return loaded{}, err
			}
			g := generate.New(p)
			return loaded{p, g, daily.NewPool(p, g)}, nil
		})
	}
}

func loadPack(t testing.TB, name string) loaded {
	t.Helper()
	l, err := loadedPacks[name]()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func builtIn(t testing.TB, name string) *daily.Pool {
	t.Helper()
	return loadPack(t, name).pool
}

var pools = sync.OnceValue(func() map[string]func(testing.TB) *daily.Pool {
	out := map[string]func(testing.TB) *daily.Pool{}
	for _, facts := range []int{1, 7, 33, 160} {
		out[fmt.Sprint(facts, " facts")] = func(t testing.TB) *daily.Pool {
			p, err := content.Parse(contenttest.Generate(facts, 5), content.Options{})
			return poolOf(t, p, err)
		}
	}
	for _, name := range packs.Names() {
		out[name] = func(t testing.TB) *daily.Pool { return builtIn(t, name) }
	}
	return out
})

// TestSets holds the laws of the days' sets, over two cycles of each pack.
func TestSets(t *testing.T) {
	for name, pool := range pools() {
		t.Run(name, func(t *testing.T) {
			x := pool(t)
			for _, n := range []int{1, 3, 10, 50} {
				if n != 50 || x.Facts(20785) < 100 {
					checkSets(t, x, n)
				}
			}
		})
	}
}

func checkSets(t *testing.T, x *daily.Pool, n int) {
	t.Helper()
	begin := quiz.DayOf(2026, 11, 26)
	facts := x.Facts(begin)
	n = min(n, facts)
	// From the beginning of a cycle on: position (day - Monday) * n is a multiple of the facts.
	for (int(begin)-4)*n%facts != 0 && int(begin) < 22000 {
		begin++
	}
	whole := (int(begin)-4)*n%facts == 0
	var row []quiz.Outline
	days := min(2*facts/n+1, 15)
	if facts < 200 && whole {
		days = 2*facts/n + 1
	}
	for d := begin; d < begin+quiz.Day(days); d++ {
		set, err := x.Set(d, n)
		if err != nil || len(set) != n {
			t.Fatalf("%d of %d facts on %s: %d, %v", n, facts, d, len(set), err)
		}
		seen := map[content.FactID]bool{}
		for i := range set {
			if seen[set[i].Fact] {
				t.Errorf("%s is asked twice on %s", set[i].Fact, d)
			}
			seen[set[i].Fact] = true
			if len(set[i].Asks) != 1 {
				t.Errorf("%s asks for %v", set[i].ID, set[i].Asks)
			}
		}
		if statements := countKind(set, quiz.TrueFalse); statements > (n+4)/5 {
			t.Errorf("%d of %d items on %s are true-false", statements, n, d)
		}
		row = append(row, set...)
	}
	if statements := countKind(row, quiz.TrueFalse); 5*statements > len(row)+4 {
		t.Errorf("%d of %d items are true-false", statements, len(row))
	}
	if !whole {
		return
	}
	cycles := 0
	for from := 0; from+facts <= len(row); from += facts {
		seen := map[content.FactID]bool{}
		if from/n*n != from || (from+facts)/n*n != from+facts {
			continue // items are sorted within a day, so only whole days can be compared
		}
		cycles++
		for _, o := range row[from : from+facts] {
			seen[o.Fact] = true
		}
		if len(seen) != facts {
			t.Errorf("n=%d: a cycle after %s asks %d of %d facts", n, begin, len(seen), facts)
		}
	}
	if facts%n == 0 && facts < 200 && cycles < 2 {
		t.Errorf("n=%d: %d whole cycles of %d facts were compared", n, cycles, facts)
	}
}

func countKind(set []quiz.Outline, k quiz.Kind) int {
	n := 0
	for i := range set {
		if set[i].Kind == k {
			n++
		}
	}
	return n
}

func TestNoFactComesBackBeforeAllWereAsked(t *testing.T) {
	x := builtIn(t, "countries-of-the-world")
	monday := quiz.Day(4 + 7*2900)
	facts := x.Facts(monday)
	for _, n := range []int{10, 25} {
		// Day by day with one more pass over the positions: a fact counts for its cycle.
		last := map[content.FactID]int{}
		asked := map[int]int{} // by cycle
		for i := range 3 * facts / n {
			d := monday + quiz.Day(i)
			set, err := x.Set(d, n)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range set {
				if before, ok := last[o.Fact]; ok && (i-before)*n < facts/2-n {
					t.Fatalf("n=%d: %s comes back after %d days, there are %d facts", n, o.Fact, i-before, facts)
				}
				last[o.Fact] = i
			}
			asked[(int(d)-4)*n/facts] += len(set)
		}
		if len(last) != facts {
			t.Errorf("n=%d: %d of %d facts were asked in three cycles", n, len(last), facts)
		}
	}
}

func TestTheSetIsTheSameEverywhere(t *testing.T) {
	l := loadPack(t, "gyeongju-summit-2025")
	a, b := l.pool, daily.NewPool(l.pack, generate.New(l.pack))
	for d := quiz.Day(20780); d < 20800; d++ {
		first, err1 := a.Set(d, 5)
		second, err2 := b.Set(d, 5)
		if err1 != nil || err2 != nil || !reflect.DeepEqual(first, second) {
			t.Fatalf("%s: %v, %v\nand %v, %v", d, first, err1, second, err2)
		}
		if other, _ := a.Set(d+1, 5); reflect.DeepEqual(first, other) {
			t.Fatalf("%s and the day after have the same set", d)
		}
	}
}

func TestTheWeekGoesFromEasyToHard(t *testing.T) {
	for _, name := range packs.Names() {
		x := builtIn(t, name)
		for _, n := range []int{1, 10} {
			var sum [7]int
			harder, weeks := 0, 8
			for w := range weeks {
				var day [7]int
				for d := range 7 {
					set, err := x.Set(quiz.Day(4+7*(2900+w)+d), n)
					if err != nil {
						t.Fatal(err)
					}
					for i := range set {
						day[d] += set[i].Prior
					}
					sum[d] += day[d]
				}
				if day[5]+day[6] > day[0]+day[1] {
					harder++
				}
			}
			for d := 3; d < 7; d++ {
				if sum[d] <= sum[d-3] {
					t.Errorf("%s, n=%d: priors from Monday to Sunday are %v, in %d weeks", name, n, sum, weeks)
					break
				}
			}
			if harder < weeks*9/10 {
				t.Errorf("%s, n=%d: only %d of %d weeks end harder than they begin", name, n, harder, weeks)
			}
		}
	}
}

// forms returns a function that counts the kinds, besides statements, that are made of a fact.
func forms(t testing.TB, name string) func(content.FactID) int {
	t.Helper()
	l := loadPack(t, name)
	return func(id content.FactID) int {
		kinds := map[quiz.Kind]bool{}
		for _, id := range l.from.Made(l.pack.FactByID(id)) {
			if _, k, _ := id.Parts(); k != quiz.TrueFalse && k < quiz.Order { // the others ask for several facts or need a live game
				kinds[k] = true
			}
		}
		return len(kinds)
	}
}

func TestKindsAreMixed(t *testing.T) {
	for _, name := range packs.Names() {
		x, made := builtIn(t, name), forms(t, name)
		for w := range 3 {
			kinds := map[quiz.Kind]int{}
			for d := range 7 {
				set, err := x.Set(quiz.Day(4+7*(2900+w)+d), 10)
				if err != nil {
					t.Fatal(err)
				}
				var free [quiz.KindCount]int // items whose fact had the choice
				for i := range set {
					kinds[set[i].Kind]++
					if made(set[i].Fact) > 1 {
						free[set[i].Kind]++
					}
				}
				for k, n := range free {
					if n > 5 {
						t.Errorf("%s: %d of 10 items are %v, though their facts are asked in other ways too", name, n, quiz.Kind(k))
					}
				}
			}
			if len(kinds) < 4 {
				t.Errorf("%s: the kinds of a week are %v", name, kinds)
			}
		}
	}
}

func TestAFactThatComesBackIsAskedInAnotherWay(t *testing.T) {
	x, made := builtIn(t, "gyeongju-summit-2025"), forms(t, "gyeongju-summit-2025")
	last, same, back := map[content.FactID]quiz.ItemID{}, 0, 0
	for d := quiz.Day(20500); d < 20600; d++ {
		set, err := x.Set(d, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range set {
			if id, ok := last[o.Fact]; ok && made(o.Fact) > 2 {
				back++
				if id == o.ID {
					same++
				}
			}
			last[o.Fact] = o.ID
		}
	}
	if back < 20 || same*3 > back {
		t.Errorf("of %d facts that came back %d were asked in the same way", back, same)
	}
}

func TestNothingTellsALaterAnswer(t *testing.T) {
	for _, name := range packs.Names() {
		x := builtIn(t, name)
		told, items := 0, 0
		for d := quiz.Day(20780); d < 20810; d++ {
			set, err := x.Set(d, 10)
			if err != nil {
				t.Fatal(err)
			}
			for i := range set {
				items++
				for j := i + 1; j < len(set); j++ {
					if slices.Contains(set[i].Reveals, set[j].Fact) {
						told++
					}
				}
			}
		}
		// Two facts of one day may tell each other; then there is no order that helps.
		if told*50 > items {
			t.Errorf("%s: %d of %d items tell the answer of a later one", name, told, items)
		}
	}
}

func TestFactsThatExpired(t *testing.T) {
	p, err := content.Parse(contenttest.Generate(33, 5), content.Options{})
	x := poolOf(t, p, err)
	on := quiz.DayOf(2026, 11, 28)
	before := x.Facts(on)
	p.Facts[0].Until = language.Date{Year: 2026, Month: 11, Day: 28}
	p.Facts[1].Until = language.Date{Year: 2026, Month: 11}
	if x.Facts(on) != before || x.Facts(on+1) != before-1 || x.Facts(on+2) != before-1 || x.Facts(on+3) != before-2 {
		t.Errorf("%d facts, then %d, %d, %d and %d", before, x.Facts(on), x.Facts(on+1), x.Facts(on+2), x.Facts(on+3))
	}
}

func TestHowManyQuestions(t *testing.T) {
	x := builtIn(t, "gyeongju-summit-2025")
	for _, n := range []int{-1, 0, 51} {
		if _, err := x.Set(20785, n); !errors.Is(err, daily.ErrQuestions) {
			t.Errorf("%d questions: %v", n, err)
		}
	}
	if _, err := daily.NewPool(&content.Pack{}, nil).Set(20785, 3); !errors.Is(err, daily.ErrFewQuestions) {
		t.Errorf("an empty pack: %v", err)
	}
}
