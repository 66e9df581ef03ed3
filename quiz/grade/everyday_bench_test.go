package grade_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"summitquiz/content"
	"summitquiz/quiz/grade/answers"
)

// BenchmarkEveryday grades all everyday answers in turn, and the longest hundred of them.
func BenchmarkEveryday(b *testing.B) {
	const folder = "testdata/everyday2"
	p, err := content.LoadFile(filepath.Join(folder, "pack.yaml"), content.Options{})
	if err != nil {
		b.Fatal(err)
	}
	file, err := os.Open(filepath.Join(folder, "answers.tsv"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	rows, err := answers.Read(file)
	if err != nil {
		b.Fatal(err)
	}
	g := answers.NewGrader(p)
	run := func(name string, rows []answers.Row) {
		for _, row := range rows { // makes the keys
			if _, err := g.Grade(row.Fact, row.Lang, row.Typed); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				row := &rows[i%len(rows)]
				_, _ = g.Grade(row.Fact, row.Lang, row.Typed)
			}
		})
	}
	run("all", rows)
	slices.SortStableFunc(rows, func(x, y answers.Row) int { return len(y.Typed) - len(x.Typed) })
	run("longest", rows[:100])
}
