package exchange_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"summitquiz/content/exchange"
	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// manyRows makes rows as a table has them.
func manyRows(n int) []exchange.Row {
	rows := make([]exchange.Row, n)
	for i := range rows {
		rows[i] = exchange.Row{ID: fmt.Sprint(i), Question: fmt.Sprintf("Which word stands in row %d of the long table?", i), Answer: fmt.Sprintf("word %d", i),
			Wrong: []string{fmt.Sprintf("fish %d", i), fmt.Sprintf("bird %d", i), fmt.Sprintf("tree %d", i)}}
	}
	return rows
}

// benchFile writes n rows in a format.
func benchFile(b *testing.B, format string, n int) []byte {
	var file bytes.Buffer
	var w io.Writer = &file
	switch format {
	case "red":
		for i := range n {
			fmt.Fprintf(w, "Which word stands in row %d of the long table?:\n- word %d\n- other word %d\n", i, i, i)
		}
	case "quizlet":
		for i := range n {
			fmt.Fprintf(w, "word number %d - meaning of it %d\n", i, i)
		}
	case "jsonl":
		for i := range n {
			fmt.Fprintf(w, `{"question": "Which word stands in row %d?", "choices": ["word %d", "fish %d", "bird %d"], "answer": %d}`+"\n", i, i, i, i, i%3)
		}
	case "opentriviaqa":
		for i := range n {
			fmt.Fprintf(w, "#Q Which word stands in row %d?\n^ word %d\nA word %d\nB fish\nC bird\n\n", i, i, i)
		}
	case "moodle":
		io.WriteString(w, "<?xml version=\"1.0\"?>\n<quiz>\n")
		for i := range n {
			fmt.Fprintf(w, "<question type=\"shortanswer\"><questiontext format=\"html\"><text>Which word stands in row %d?</text></questiontext><answer fraction=\"100\"><text>word %d</text></answer></question>\n", i, i)
		}
		io.WriteString(w, "</quiz>\n")
	default:
		if err := exchange.Write(w, slices.Values(manyRows(n)), exchange.Target{Format: format, Title: "T", Lang: language.English}); err != nil {
			b.Fatal(err)
		}
	}
	return file.Bytes()
}

// BenchmarkImport shows time and memory by format and number of rows: memory is what all
// allocations together took, not what was held at once.
func BenchmarkImport(b *testing.B) {
	for _, format := range []string{"csv", "xlsx", "json", "jsonl", "gift", "moodle", "anki-text", "red", "quizlet", "opentriviaqa"} {
		for _, n := range []int{10, 1000, 200_000} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(format, "-", ""), n), func(b *testing.B) {
				data := benchFile(b, format, n)
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					_, report, err := exchange.Import("f", data, exchange.Options{Name: "p", Title: "T", Read: reader.Options{Language: language.English}})
					if err != nil || report.Cards != n {
						b.Fatalf("%d cards: %v", report.Cards, err)
					}
				}
			})
		}
	}
}
