package generate_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func parse(t testing.TB, src string) *content.Pack {
	t.Helper()
	p, err := content.Parse([]byte(src), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// written is everything that players see of a pack's items, one seed each.
func written(t testing.TB, g *generate.Generator, ids []quiz.ItemID, in ...language.Code) string {
	t.Helper()
	var b strings.Builder
	for i, id := range ids {
		it, err := g.Draw(id, uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s key %d prior %d\n", id, it.Key, it.Prior)
		for _, c := range in {
			v := g.Render(it, c, language.Style{})
			fmt.Fprintf(&b, "  %s\n", v.Stem)
			for k, o := range v.Options {
				fmt.Fprintf(&b, "    %s %s\n", v.Labels[k], o)
				if v.Why[k] != "" {
					fmt.Fprintf(&b, "      (%s)\n", v.Why[k])
				}
			}
			for _, a := range v.Accepts {
				fmt.Fprintf(&b, "    = %s\n", a)
			}
			fmt.Fprintf(&b, "    : %s\n", v.Explanation)
			if v.Source != "" {
				fmt.Fprintf(&b, "    [%s] %s\n", v.Source, v.Evidence)
			}
		}
	}
	return b.String()
}

func small(t testing.TB) *content.Pack {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "small.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(src))
}

func TestGolden(t *testing.T) {
	p := small(t)
	g := generate.New(p)
	var ids []quiz.ItemID
	for _, name := range []string{"capital-france", "capital-mexico", "amina-backdoor", "bridge-cost", "accords-count", "talks-day", "card-lake"} {
		ids = append(ids, g.Made(p.Fact(name))...)
	}
	got := written(t, g, ids, language.All()...)
	for _, m := range g.Missing() {
		got += fmt.Sprintf("missing %s %s %s: %s\n", m.Fact.Name, m.Kind, m.Fact.Relation.Fields[m.Field].Name, m.Reason)
	}
	file := filepath.Join("testdata", "items.golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(got), want) {
		t.Errorf("items differ from %s; run with -update and read the difference", file)
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	p := generated(t, 320)
	g := generate.New(p)
	want := written(t, g, g.Items(), language.All()...)
	again := generate.New(generated(t, 320))
	if got := written(t, again, again.Items(), language.All()...); got != want {
		t.Error("a generator made again of the same pack draws other items")
	}
	// Items of a fresh generator are drawn before anything is listed, from several goroutines.
	fresh := generate.New(p)
	ids := g.Items()
	var wg sync.WaitGroup
	const workers = 4
	got := make([]string, workers)
	for w := range workers {
		wg.Go(func() { got[w] = written(t, fresh, ids, language.Korean) })
	}
	wg.Wait()
	one := written(t, g, ids, language.Korean)
	for w := range workers {
		if got[w] != one {
			t.Errorf("goroutine %d drew other items", w)
		}
	}
}

func TestEverySeedDraws(t *testing.T) {
	g := generate.New(small(t))
	for _, id := range g.Items() {
		for seed := range uint64(200) {
			it, err := g.Draw(id, seed)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if it.Form == quiz.ChoiceForm && (it.Key < 0 || it.Key >= len(it.Options)) || it.Form == quiz.TypedForm && it.Key != -1 {
				t.Fatalf("%s seed %d: key %d of %d options", id, seed, it.Key, len(it.Options))
			}
		}
	}
}

func TestLanguageOnlyRenders(t *testing.T) {
	p := generated(t, 160)
	g := generate.New(p)
	for i, id := range g.Items() {
		it, err := g.Draw(id, uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		if it.Kind != quiz.Choice && it.Kind != quiz.WhoSaid {
			continue
		}
		for _, c := range language.All() {
			v := g.Render(it, c, language.Style{Plain: true})
			if v.Key != it.Key || len(v.Options) != len(it.Options) || len(v.Labels) != len(it.Options) {
				t.Fatalf("%s in %s: key %d of %d options, drawn %d of %d", id, c, v.Key, len(v.Options), it.Key, len(it.Options))
			}
			for k, o := range it.Options {
				if o.Value.Entity != nil && v.Options[k] != o.Value.Entity.Name[c] {
					t.Fatalf("%s in %s: option %d is %q, drawn %q", id, c, k, v.Options[k], o.Value.Entity.Name[c])
				}
			}
		}
	}
}

func TestNewFactMovesFewDraws(t *testing.T) {
	before := generate.New(generated(t, 1600))
	src := contenttest.Generate(1600, 1)
	at := bytes.LastIndex(src, []byte("\n  - "))
	if at < 0 {
		t.Fatal("the generated pack has no list of facts")
	}
	after := generate.New(parse(t, string(src[:at])+"\n"))
	moved, count := 0, 0
	for i, id := range after.Items() {
		a, err := after.Draw(id, uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		b, err := before.Draw(id, uint64(i))
		if err != nil {
			continue
		}
		count++
		if after.Render(a, language.English, language.Style{}).Stem != before.Render(b, language.English, language.Style{}).Stem ||
			!slices.Equal(after.Render(a, language.English, language.Style{}).Options, before.Render(b, language.English, language.Style{}).Options) {
			moved++
		}
	}
	if count < 1000 || moved*100 > count {
		t.Errorf("one fact more moved %d of %d draws, want at most 1 in 100", moved, count)
	}
}

func TestDrawErrors(t *testing.T) {
	g := generate.New(small(t))
	for _, id := range []quiz.ItemID{"", "x", "small/capital-france", "small/capital-france/choice", "small/capital-france/choice/nothing", "small/no-fact/choice/city", "small/capital-france/riddle/city", "other/capital-france/choice/city"} {
		if _, err := g.Draw(id, 1); !errors.Is(err, generate.ErrUnknownItem) {
			t.Errorf("Draw(%q) = %v, want ErrUnknownItem", id, err)
		}
	}
	if _, err := g.Draw("small/lone/choice/person", 1); !errors.Is(err, generate.ErrFewDistractors) || !errors.Is(err, generate.ErrNotMade) {
		t.Errorf("Draw of an item without wrong options = %v, want ErrFewDistractors", err)
	}
}

func TestExpired(t *testing.T) {
	p := small(t)
	f := *p.Facts[0]
	f.Until = language.Date{Year: 2026, Month: 3, Day: 1}
	for _, tt := range []struct {
		today language.Date
		want  bool
	}{
		{language.Date{}, false},
		{language.Date{Year: 2026, Month: 3, Day: 1}, false},
		{language.Date{Year: 2026, Month: 3, Day: 2}, true},
		{language.Date{Year: 2025, Month: 12, Day: 31}, false},
	} {
		if got := generate.Expired(&f, tt.today); got != tt.want {
			t.Errorf("Expired on %v = %v, want %v", tt.today, got, tt.want)
		}
	}
}
