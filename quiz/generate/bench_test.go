package generate_test

import (
	"fmt"
	"testing"

	"summitquiz/content"
	"summitquiz/content/contenttest"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

func generated(b testing.TB, facts int) *content.Pack {
	b.Helper()
	p, err := content.Parse(contenttest.Generate(facts, 1), content.Options{MaxBytes: content.FileLimit})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkNew indexes packs of three sizes: the time per fact shows that it grows with them.
func BenchmarkNew(b *testing.B) {
	for _, facts := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(facts), func(b *testing.B) {
			p := generated(b, facts)
			b.ReportAllocs()
			for b.Loop() {
				generate.New(p)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*facts), "ns/fact")
		})
	}
}

// BenchmarkDraw draws items of a pack of 100,000 facts, each another one, and renders one
// language. Which items can be made is known before; "first" decides that too.
func BenchmarkDraw(b *testing.B) {
	p := generated(b, 100_000)
	g := generate.New(p)
	var ids []quiz.ItemID
	for i := 0; i < len(p.Facts); i += 7 {
		ids = append(ids, g.Made(p.Facts[i])...)
	}
	b.Run("draw", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if _, err := g.Draw(ids[i%len(ids)], uint64(i)); err != nil {
				b.Fatal(err)
			}
			i += 101
		}
	})
	b.Run("render", func(b *testing.B) {
		b.ReportAllocs()
		items := make([]quiz.Item, 1000)
		for i := range items {
			items[i], _ = g.Draw(ids[i*997%len(ids)], uint64(i))
		}
		i := 0
		for b.Loop() {
			g.Render(items[i%len(items)], language.All()[i%4], language.Style{})
			i++
		}
	})
	b.Run("first", func(b *testing.B) {
		fresh := generate.New(p)
		i := 0
		for b.Loop() {
			if _, err := fresh.Draw(ids[i%len(ids)], uint64(i)); err != nil {
				b.Fatal(err)
			}
			i += 101
		}
	})
}
