package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"summitquiz/content/exchange"
	"summitquiz/content/language"
)

var sizes = flag.Bool("sizes", false, "import and export files of 10, 1,000 and 200,000 rows in each format, and print time and memory")

// sizedLine writes row i in a format of lines.
var sizedLine = map[string]func(w io.Writer, i int){
	"jsonl": func(w io.Writer, i int) {
		fmt.Fprintf(w, `{"question": "Which word stands in row %d?", "choices": ["word %d", "fish %d", "bird %d"], "answer": %d}`+"\n", i, i, i, i, i%3)
	},
	"red":     func(w io.Writer, i int) { fmt.Fprintf(w, "Which word stands in row %d?:\n- word %d\n", i, i) },
	"quizlet": func(w io.Writer, i int) { fmt.Fprintf(w, "word number %d - meaning of it %d\n", i, i) },
	"q-and-a": func(w io.Writer, i int) { fmt.Fprintf(w, "Q: Which word stands in row %d?\nA: word %d\n\n", i, i) },
	"aiken": func(w io.Writer, i int) {
		fmt.Fprintf(w, "Which word stands in row %d?\nA. word %d\nB. fish %d\nANSWER: A\n\n", i, i, i)
	},
	"triviabot": func(w io.Writer, i int) { fmt.Fprintf(w, "Which word stands in row %d?`word %d\n", i, i) },
	"opentriviaqa": func(w io.Writer, i int) {
		fmt.Fprintf(w, "#Q Which word stands in row %d?\n^ word %d\nA word %d\nB fish\n\n", i, i, i)
	},
	"moodle": func(w io.Writer, i int) {
		fmt.Fprintf(w, "<question type=\"shortanswer\"><questiontext format=\"html\"><text>Which word stands in row %d?</text></questiontext>"+
			"<answer fraction=\"100\"><text>word %d</text></answer></question>\n", i, i)
	},
	"kotoba": func(w io.Writer, i int) {
		if i > 0 {
			io.WriteString(w, ",\n")
		}
		fmt.Fprintf(w, `{"question": "Which word stands in row %d?", "answer": ["word %d", "other word %d"], "meaning": "the row %d"}`, i, i, i, i)
	},
}

// sizedFrame stands before and behind the lines of a format.
var sizedFrame = map[string][2]string{
	"moodle": {"<?xml version=\"1.0\"?>\n<quiz>\n", "</quiz>\n"},
	"kotoba": {`{"uniqueId": "u", "questionCreationStrategy": "IMAGE", "cards": [`, "]}\n"},
}

// writePackage writes n notes as a package of Anki.
func writePackage(path string, n int) error {
	collection := path + ".anki2"
	db, err := sql.Open("sqlite", collection)
	if err != nil {
		return err
	}
	defer os.Remove(collection)
	_, err = db.Exec(`CREATE TABLE col (models TEXT);
		INSERT INTO col VALUES ('{"1": {"id": 1, "flds": [{"name": "Front"}, {"name": "Back"}]}}');
		CREATE TABLE notes (id INTEGER PRIMARY KEY, mid INTEGER, flds TEXT);
		WITH RECURSIVE row (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM row WHERE i + 1 < ?)
		INSERT INTO notes SELECT i, 1, 'Which word stands in row ' || i || '?' || char(31) || 'word ' || i FROM row`, n)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	data, err := os.ReadFile(collection)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("collection.anki2")
	if err == nil {
		_, err = w.Write(data)
	}
	return errors.Join(err, z.Close(), os.WriteFile(path, b.Bytes(), 0o600))
}

// writeRows writes n rows in a format.
func writeRows(t *testing.T, path, format string, n int) {
	t.Helper()
	if format == "apkg" {
		if err := writePackage(path, n); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	line, ok := sizedLine[format]
	switch {
	case !ok:
		err = exchange.Write(w, func(yield func(exchange.Row) bool) {
			for i := range n {
				if !yield(exchange.Row{ID: fmt.Sprint(i), Question: fmt.Sprintf("Which word stands in row %d of the long table?", i), Answer: fmt.Sprintf("word %d", i),
					Wrong: []string{fmt.Sprintf("fish %d", i), fmt.Sprintf("bird %d", i), fmt.Sprintf("tree %d", i)}}) {
					return
				}
			}
		}, exchange.Target{Format: format, Title: "T", Lang: language.English})
	default:
		io.WriteString(w, sizedFrame[format][0])
		for i := range n {
			line(w, i)
		}
		io.WriteString(w, sizedFrame[format][1])
	}
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// measured runs the program and returns its processor time and the most memory that it had.
func measured(t *testing.T, args ...string) (time.Duration, int64) {
	program := exec.Command(os.Args[0], args...)
	program.Env = append(os.Environ(), asProgram+"=1")
	if out, err := program.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%.2000s", strings.Join(args, " "), err, out)
	}
	usage, ok := program.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Skip("no figures of memory on this system")
	}
	return program.ProcessState.UserTime() + program.ProcessState.SystemTime(), usage.Maxrss >> 10
}

// TestSizes prints the time and memory of 10 rows a format, with -sizes also of 1,000 and 200,000, in and out, and holds
// that the longest import takes at most 300 MB.
func TestSizes(t *testing.T) {
	formats := append([]string{"apkg"}, exchange.Targets...)
	for f := range sizedLine {
		formats = append(formats, f)
	}
	slices.Sort(formats)
	counts := []int{10}
	if *sizes {
		counts = []int{10, 1000, 200_000}
	}
	for _, format := range formats {
		t.Run(format, func(t *testing.T) { importSizes(t, format, counts) })
	}
	t.Run("lint and export", func(t *testing.T) { exportSizes(t, counts) })
}

func importSizes(t *testing.T, format string, counts []int) {
	row := "import " + format + ":"
	for _, n := range counts {
		dir := t.TempDir()
		file, pack := filepath.Join(dir, "rows"), filepath.Join(dir, "pack.yaml")
		writeRows(t, file, format, n)
		spent, mib := measured(t, "pack", "import", file, "--out", pack)
		row += fmt.Sprintf("  %d rows %.2f s %d MiB", n, spent.Seconds(), mib)
		if mib > 300 {
			t.Errorf("import of %d rows of %s takes %d MiB", n, format, mib)
		}
	}
	t.Log(row)
}

func exportSizes(t *testing.T, counts []int) {
	rows := map[string]string{}
	for _, n := range counts {
		dir := t.TempDir()
		file, pack := filepath.Join(dir, "rows"), filepath.Join(dir, "pack.yaml")
		writeRows(t, file, "csv", n)
		measured(t, "pack", "import", file, "--out", pack)
		spent, mib := measured(t, "pack", "lint", pack)
		rows["lint"] += fmt.Sprintf("  %d cards %.2f s %d MiB", n, spent.Seconds(), mib)
		for _, format := range exchange.Targets {
			spent, mib := measured(t, "pack", "export", "--to", format, pack, "--out", filepath.Join(dir, "out."+format))
			rows["export "+format] += fmt.Sprintf("  %d rows %.2f s %d MiB", n, spent.Seconds(), mib)
		}
	}
	for what, figures := range rows {
		t.Logf("%s:%s", what, figures)
	}
}
