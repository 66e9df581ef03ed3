package grade_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/quiz/grade"
	"summitquiz/quiz/grade/answers"
)

// folders returns the folders of answers to grade: the one of -vectors, or those in testdata.
func folders() []string {
	path := flag.Lookup("vectors").Value.String()
	if !filepath.IsAbs(path) {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			path = filepath.Join("..", "..", path)
		}
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return []string{path}
	}
	return []string{"testdata/everyday", "testdata/everyday2", "testdata/everyday3", "testdata/everyday4", "testdata/everyday5", "testdata/everyday6", "testdata/everyday7"}
}

// TestEveryday grades what people type in chats: a folder with a pack.yaml and an answers.tsv.
func TestEveryday(t *testing.T) {
	for _, folder := range folders() {
		everyday(t, folder)
	}
}

func everyday(t *testing.T, folder string) {
	p, err := content.LoadFile(filepath.Join(folder, "pack.yaml"), content.Options{})
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(folder, "answers.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := answers.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	g := answers.NewGrader(p)
	right, accepted := 0, 0
	for _, row := range rows {
		t.Run(row.Fact+"/"+row.Typed, func(t *testing.T) {
			got, err := g.Grade(row.Fact, row.Lang, row.Typed)
			if err != nil {
				t.Fatalf("line %d: %v", row.Line, err)
			}
			if row.Allows(got.Mark) {
				right++
				return
			}
			note := ""
			if got.Mark == grade.Right {
				accepted++
				note = "FALSE ACCEPT: "
			}
			stem, _ := g.Stem(strings.Split(row.Fact, "@")[0], row.Lang)
			t.Errorf("%s%s %q is %s (%s), want %s: %s, %s", note, stem, row.Typed, got.Mark, got.Reason, row.Verdict(), row.Rule, row.Why)
		})
	}
	t.Logf("%s: %d of %d answers as they must be, %d accepted that must not be", folder, right, len(rows), accepted)
}
