package answers_test

import (
	"fmt"
	"strings"
	"testing"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz/grade/answers"
)

const header = "fact\tlang\ttyped\tverdict\n"

// TestReadRefusesWhatItCannotGrade holds that a file with a mistake is refused with the line
// and what to do.
func TestReadRefusesWhatItCannotGrade(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"nothing":          {"", "the file has no answers"},
		"a header alone":   {header, "the file has no answers"},
		"no header":        {"paris\ten\tParis\tright\n", "line 1: the header is"},
		"other columns":    {"fact\tlanguage\ttyped\tverdict\n", "line 1: the header is"},
		"too few columns":  {header + "paris\ten\n", "line 2: 2 columns"},
		"too many columns": {header + "a\ten\tb\tright\tc\td\te\n", "line 2: 7 columns"},
		"no verdict":       {header + "paris\ten\tParis\tcorrect\n", `line 2: "correct" is not a verdict`},
		"no language":      {header + "paris\tfr\tParis\tright\n", `line 2: "fr" is not a language`},
		"another encoding": {header + "paris\ten\t\xc4\xe3\tright\n", "line 2 is not UTF-8: save the file as UTF-8"},
		"UTF-16":           {"\xff\xfef\x00a\x00", "line 1 is not UTF-8"},
		"an endless line":  {header + "paris\ten\t" + strings.Repeat("x", 70_000) + "\tright\n", "line 2: "},
	} {
		rows, err := answers.Read(strings.NewReader(c.file))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || len(err.Error()) > 300 {
			t.Errorf("%s: %v, %v, want %s", name, rows, err, c.want)
		}
	}
}

// TestReadForgivesEditors holds that a byte order mark, Windows line ends and empty lines do not
// matter.
func TestReadForgivesEditors(t *testing.T) {
	rows, err := answers.Read(strings.NewReader("\uFEFFfact\tlang\ttyped\tverdict\r\nparis\ten\tParis\tright|close\r\n\r\nparis\tko\t 파리 \twrong\r\n"))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v, %v", rows, err)
	}
	if r := rows[1]; r.Line != 4 || r.Typed != " 파리 " || r.Lang != language.Korean || r.Verdict() != "wrong" || rows[0].Verdict() != "close|right" && rows[0].Verdict() != "right|close" {
		t.Errorf("the rows are %+v", rows)
	}
}

func ExampleGrader_Grade() {
	p, err := content.Parse([]byte(`
pack: p
languages: [en]
title: T
cards:
  - {id: war, ask: "Which war ended in 1945?", answer: World War II}
  - {id: moons, ask: "How many moons has Mars?", answer: 2}
`), content.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	g := answers.NewGrader(p)
	for _, row := range []string{"war|world war two lol", "war|World War I", "moons|a pair of moons", "moons|two suns"} {
		name, typed, _ := strings.Cut(row, "|")
		v, err := g.Grade(name, language.English, typed)
		fmt.Println(typed, "is", v.Mark, err)
	}
	// Output:
	// world war two lol is right <nil>
	// World War I is wrong <nil>
	// a pair of moons is right <nil>
	// two suns is wrong <nil>
}
