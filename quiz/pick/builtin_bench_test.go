package pick_test

import (
	"io/fs"
	"testing"

	"summitquiz/content"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/pick"
)

// BenchmarkBuiltIn picks quizzes of ten from two built-in packs, of the kinds that there have always
// been, for a chat that has seen nothing and for one that has seen a third of the items. Like the
// benchmark of the same name in generate it can be copied into an older version.
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
		x := pick.NewIndex(p, g)
		var third pick.Seen
		for i, id := range g.Items() {
			if i%3 == 0 {
				third.Add(id, 1, 1)
			}
		}
		old := func(k quiz.Kind) bool { return k <= quiz.Match }
		for seen, record := range map[string]pick.Seen{"seen=none": {}, "seen=third": third} {
			b.Run(name+"/"+seen, func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if _, err := x.Pick(pick.Request{Count: 10, Seed: uint64(i), Allow: old}, record); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
