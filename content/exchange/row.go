// Package exchange brings questions of other programs in as packs of cards, and takes
// questions out for them: CSV, Open Trivia DB, Red trivia lists, Anki text exports, Moodle GIFT.
//
// It promises that every good row is kept and every bad one is reported with its line, that a
// pack it makes loads without a problem, and that what it writes can be read back. It refuses
// to guess: it adds no wrong answers and repairs no text beyond white space and markup.
package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"summitquiz/content"
	"summitquiz/content/language"
)

// Row is one question with its answers, in one language.
type Row struct {
	ID       string // names the question in the other program; may be empty
	Line     int    // 1-based, in the file it was read from; 0 for a row made here
	Question string
	Answer   string
	Accept   []string // other right answers
	Wrong    []string
	Why      string // shown after the answer; export only
	Truth    Truth  // for a statement to be judged; export only
}

// Truth says whether a row is a statement to be judged, and how.
type Truth uint8

// The truths of a row.
const (
	NoStatement Truth = iota
	TrueStatement
	FalseStatement
)

// Format names a file format that can be read.
type Format string

// The formats that can be read.
const (
	CSV      Format = "csv"
	OpenTDB  Format = "opentdb"
	Red      Format = "red"
	AnkiText Format = "anki-text"
)

// ErrFormat is wrapped by the error of a file that is not of its format at all.
var ErrFormat = errors.New("not a file of this format")

// Read returns the rows of a file, and a problem for every row that cannot be used. lang is
// the language wanted: a row that says it is in another one is a problem.
func Read(f Format, name string, data []byte, lang language.Code) ([]Row, []*content.Problem, error) {
	r := &reading{file: name, lang: lang, seen: map[string]int{}}
	data = []byte(strings.TrimPrefix(string(data), "\uFEFF"))
	var err error
	switch f {
	case CSV:
		err = r.csv(data)
	case OpenTDB:
		err = r.opentdb(data)
	case Red:
		err = r.red(data)
	case AnkiText:
		err = r.anki(data)
	default:
		err = fmt.Errorf("%w: there is no format %q", ErrFormat, f)
	}
	slices.SortStableFunc(r.problems, func(a, b *content.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return r.rows, r.problems, err
}

// reading is a file while it is read.
type reading struct {
	file     string
	lang     language.Code
	rows     []Row
	problems []*content.Problem
	seen     map[string]int // line of each question, folded
}

func (r *reading) bad(line int, message, hint string) {
	r.problems = append(r.problems, &content.Problem{File: r.file, Line: line, Column: 1, Message: message, Hint: hint})
}

// add keeps a row if it can be asked.
func (r *reading) add(row Row) {
	row.Question, row.Answer = tidy(row.Question), tidy(row.Answer)
	row.Accept, row.Wrong = tidyAll(row.Accept, row.Answer), tidyAll(row.Wrong, "")
	switch first := r.seen[strings.ToLower(row.Question)]; {
	case row.Question == "":
		r.bad(row.Line, "the row has no question", "")
		return
	case row.Answer == "":
		r.bad(row.Line, "the row has no answer", "")
		return
	case first != 0:
		r.bad(row.Line, "this question stands twice", fmt.Sprintf("first at line %d", first))
		return
	}
	for _, wrong := range row.Wrong {
		if strings.EqualFold(wrong, row.Answer) || slices.ContainsFunc(row.Accept, func(s string) bool { return strings.EqualFold(s, wrong) }) {
			r.bad(row.Line, fmt.Sprintf("%q is both right and wrong", wrong), "leave it out of the wrong answers")
			return
		}
	}
	r.seen[strings.ToLower(row.Question)] = row.Line
	r.rows = append(r.rows, row)
}

// tidy returns s in one line, without marks that nobody sees.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF' || r == '\u2060' || r >= '\u202A' && r <= '\u202E':
			return -1
		case unicode.IsSpace(r) && r != ' ':
			return ' '
		}
		return r
	}, language.StripIsolates(s))
	return strings.Join(strings.Fields(s), " ")
}

// tidyAll tidies a list and drops what is empty, twice, or the same as but.
func tidyAll(list []string, but string) []string {
	var out []string
	for _, s := range list {
		if s = tidy(s); s != "" && s != but && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
