package generate_test

import (
	"io/fs"
	"testing"

	"summitquiz/content"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

// BenchmarkBuiltIn draws items of two built-in packs, of the kinds that there have always been, one
// after the other; outline adds what choosing asks of each. This file stands on what every version
// has, so that it can be copied into an older one and both be measured in one run: docs/benchmarks.md.
func BenchmarkBuiltIn(b *testing.B) {
	for _, name := range []string{"countries-of-the-world", "gyeongju-summit-2025"} {
		folder, err := fs.Sub(packs.FS(), name)
		if err != nil {
			b.Fatal(err)
		}
		p, err := content.Load(folder, content.Options{})
		if err != nil {
			b.Fatal(err)
		}
		g := generate.New(p)
		var ids []quiz.ItemID
		for _, id := range g.Items() {
			if _, kind, _ := id.Parts(); kind <= quiz.Match {
				ids = append(ids, id)
			}
		}
		draw := func(b *testing.B, then func(it quiz.Item)) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				it, err := g.Draw(ids[i*101%len(ids)], uint64(i))
				if err != nil {
					b.Fatal(err)
				}
				then(it)
			}
		}
		b.Run(name+"/draw", func(b *testing.B) { draw(b, func(quiz.Item) {}) })
		b.Run(name+"/outline", func(b *testing.B) { draw(b, func(it quiz.Item) { g.Outline(it) }) })
	}
}
