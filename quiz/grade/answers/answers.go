// Package answers grades files of typed answers against a pack, so that whoever writes a pack
// can test what players will type.
//
// It promises that every row is graded alone, as the typed question about its fact would be,
// and that a row which cannot be graded is refused with a sentence that says how to mend it.
// It refuses to decide what an answer is worth: that is quiz/grade's work.
package answers

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"summitquiz/content/language"
	"summitquiz/quiz/grade"
)

// Row is one typed answer with the verdict that it must get.
type Row struct {
	Line  int
	Fact  string // as Grader.Grade reads it
	Lang  language.Code
	Typed string
	Marks []grade.Mark // any of these is fine
	Rule  string       // what the row tests, in the author's words; may be empty
	Why   string       // may be empty
}

// Allows reports whether the row is fine with m.
func (r *Row) Allows(m grade.Mark) bool { return slices.Contains(r.Marks, m) }

// Verdict returns the verdicts of the row as a file writes them, such as "right|close".
func (r *Row) Verdict() string {
	names := make([]string, len(r.Marks))
	for i, m := range r.Marks {
		names[i] = m.String()
	}
	return strings.Join(names, "|")
}

// Columns are those of a file, in the order of its header; the last two may be left out.
var Columns = []string{"fact", "lang", "typed", "verdict", "rule", "why"}

const needed = 4

// MaxRows is how many rows of a file are read, and maxLine how many bytes of a line.
const (
	MaxRows = 100_000
	maxLine = 64 << 10
)

// Read reads a file of answers: UTF-8, columns separated by tabs, one line as a header.
func Read(r io.Reader) ([]Row, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, maxLine), maxLine)
	var rows []Row
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\uFEFF")
		}
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("line %d is not UTF-8: save the file as UTF-8", n)
		}
		if n == 1 {
			if err := header(line); err != nil {
				return nil, err
			}
			continue
		}
		if line == "" {
			continue
		}
		if len(rows) == MaxRows {
			return nil, fmt.Errorf("line %d: the file has more than %d answers: split it", n, MaxRows)
		}
		row, err := readRow(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		row.Line = n
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w: a line has at most %d bytes", len(rows)+2, err, maxLine)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("the file has no answers: write the header %q and one answer a line", strings.Join(Columns, "\t"))
	}
	return rows, nil
}

func header(line string) error {
	names := strings.Split(line, "\t")
	if len(names) < needed || len(names) > len(Columns) || !slices.Equal(names, Columns[:len(names)]) {
		return fmt.Errorf("line 1: the header is %q: write %s, separated by tabs", shorten(line), strings.Join(Columns, ", "))
	}
	return nil
}

func readRow(line string) (Row, error) {
	cells := strings.Split(line, "\t")
	if len(cells) < needed || len(cells) > len(Columns) {
		return Row{}, fmt.Errorf("%d columns: write %s, separated by tabs (the last two may be left out)", len(cells), strings.Join(Columns, ", "))
	}
	row := Row{Fact: cells[0], Typed: cells[2]}
	var known bool
	if row.Lang, known = language.Parse(cells[1]); !known {
		return row, fmt.Errorf("%q is not a language: write ar, en, ko or zh", shorten(cells[1]))
	}
	for _, name := range strings.Split(cells[3], "|") {
		m, known := grade.ParseMark(name)
		if !known {
			return row, fmt.Errorf("%q is not a verdict: write right, close or wrong, or two of them such as right|close", shorten(cells[3]))
		}
		row.Marks = append(row.Marks, m)
	}
	if len(cells) > 4 {
		row.Rule = cells[4]
	}
	if len(cells) > 5 {
		row.Why = cells[5]
	}
	return row, nil
}

// shorten cuts a text for a message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
