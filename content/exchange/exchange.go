// Package exchange brings questions of other programs in as packs of cards, and takes questions
// out for them.
//
// It promises that every row of a file becomes a card, a card with a change that is named, or a
// problem with its line and the reason; that a pack it makes loads without a problem; and that
// what it writes can be read back. It refuses to guess what could make a wrong key: it adds no
// wrong answers, and asks which option is right where a file does not tell.
package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
)

// Options say how a file becomes a pack.
type Options struct {
	Read  reader.Options
	Name  string // of the pack: a-z, 0-9 and hyphens
	Title string
	First reader.Base // what numbers of options count from, if the caller knows
	// Languages are those the cards must have besides that of Read; without them a card has every
	// language in which all rows of the file are complete.
	Languages []language.Code

	// Batch is called with every part of the pack that was checked, in order; it may count the
	// questions. It may be nil.
	Batch func(*content.Pack)
	// Progress is called with the number of rows read so far, now and then. It may be nil.
	Progress func(rows int)
	// JSON writes the pack as JSON in place of YAML.
	JSON bool
}

// Report is what became of a file.
type Report struct {
	File      string             `json:"file"`
	Format    reader.Format      `json:"format"`
	Why       string             `json:"why"`
	Encoding  string             `json:"encoding"`
	Guessed   bool               `json:"encoding_guessed"`
	Columns   []Use              `json:"columns,omitempty"`
	Stated    []string           `json:"stated,omitempty"`
	Cards     int                `json:"cards"`
	Questions int                `json:"questions"` // different ones; counted by the caller
	Changes   []*content.Problem `json:"-"`
	Left      []*content.Problem `json:"-"`
	Reasons   []Reason           `json:"left_out_by_reason,omitempty"` // the most frequent first
	Samples   []string           `json:"samples,omitempty"`
}

// Use is a column and what it was taken for; Role is empty for one that has no place in a card.
type Use struct {
	Column string `json:"column"`
	Role   string `json:"role,omitempty"`
}

// Reason is why rows were left out, and how many.
type Reason struct {
	Text string `json:"reason"`
	Rows int    `json:"rows"`
}

// ErrNothing means that no row could be kept.
var ErrNothing = errors.New("no row can be used")

// Import makes a pack of the questions in a file. The report is there also when the error is
// ErrNothing.
func Import(name string, data []byte, opt Options) (pack []byte, report *Report, err error) {
	if opt.Title == "" {
		opt.Title = name
	}
	if opt.Name == "" {
		opt.Name = NameFor(name)
	}
	f, err := reader.Open(name, data, opt.Read)
	if err != nil {
		return nil, nil, err
	}
	in := &importing{opt: opt, file: f, name: name, lang: opt.Read.Language, seen: map[string]origin{}, reasons: map[string]int{}}
	in.report = &Report{File: name, Format: f.Format, Why: f.Why, Encoding: f.Encoding, Guessed: f.Guessed}
	if err := in.keys.survey(f, opt.First); err != nil {
		return nil, nil, err
	}
	if err := in.chooseLanguages(); err != nil {
		return nil, nil, err
	}
	in.out = newPackWriter(opt, append([]language.Code{in.lang}, in.also...))
	rows := 0
	for row, err := range f.Rows() {
		if err != nil {
			return nil, nil, err
		}
		if rows++; opt.Progress != nil && rows%1000 == 0 {
			opt.Progress(rows)
		}
		in.row(row)
		if len(in.out.cards) >= batchSize {
			in.check()
		}
	}
	in.check()
	if rows == 0 {
		f.Stated = append(f.Stated, "the file is empty: there is no row in it, or none behind the names of columns")
	}
	in.close()
	if in.report.Cards == 0 {
		return nil, in.report, ErrNothing
	}
	pack, err = in.out.bytes()
	return pack, in.report, err
}

// importing is a file on its way to a pack.
type importing struct {
	opt     Options
	file    *reader.File
	name    string
	lang    language.Code
	also    []language.Code // further languages of the cards
	keys    keyRules
	report  *Report
	out     *packWriter
	seen    map[string]origin // by folded question
	reasons map[string]int
}

// origin is where a question came from first.
type origin struct {
	line    int
	options uint64 // of the first one, if it had any
}

func (in *importing) leave(row reader.Row, reason, hint string) {
	in.report.Left = append(in.report.Left, in.problem(row, leftOut+reason, hint, content.Wrong))
	in.reasons[class(reason)]++
}

func (in *importing) change(row reader.Row, what string) {
	in.report.Changes = append(in.report.Changes, in.problem(row, what, "", content.Note))
}

func (in *importing) problem(row reader.Row, message, hint string, s content.Severity) *content.Problem {
	return &content.Problem{File: in.name, Line: row.Line, Column: 1, Message: message, Hint: hint, Severity: s}
}

var detail = regexp.MustCompile(`\s*("(?:[^"\\]|\\.)*"|\([^)]*\)|:.*$|\b[0-9]+\b)`)

// class is a reason without what differs from row to row.
func class(reason string) string {
	return strings.Join(strings.Fields(detail.ReplaceAllString(reason, "")), " ")
}

// rowLimit is how long the texts of a row may be together.
const rowLimit = 1 << 16

func tooLong(row reader.Row) bool {
	n := len(row.Question) + len(row.Note)
	for _, list := range [][]string{row.Answers, row.Wrong, row.Correct} {
		for _, s := range list {
			n += len(s)
		}
	}
	for _, o := range row.Options {
		n += len(o.Text)
	}
	return n > rowLimit
}

// row makes a card of a row, or leaves it out with the reason.
func (in *importing) row(row reader.Row) {
	if row.Skip != "" {
		in.leave(row, row.Skip, row.Hint)
		return
	}
	if tooLong(row) {
		in.leave(row, fmt.Sprintf("the texts of the row are longer than %d KiB", rowLimit>>10), "a quote or a separator may be missing, so that many rows are read as one")
		return
	}
	if row.Language != "" && !reader.SameLanguage(row.Language, in.lang) {
		in.leave(row, fmt.Sprintf("the row is in another language (%s) than the pack (%s)", row.Language, in.lang),
			"import each language by itself, with --lang")
		return
	}
	c, reason, hint := in.card(row)
	if reason == "" {
		reason, hint = in.translate(c)
	}
	if reason == "" {
		reason, hint = in.twice(c)
	}
	if reason != "" {
		in.leave(row, reason, hint)
		return
	}
	in.out.add(c)
}

// card makes a card of a row in one language, or says why it cannot.
func (in *importing) card(row reader.Row) (c *card, reason, hint string) {
	in.keys.judge(&row)
	if reason, hint := in.keys.resolve(&row); reason != "" {
		return nil, reason, hint
	}
	c, reason, hint = clean(row, in.file.Encoding)
	if reason != "" || row.Exact {
		return c, reason, hint
	}
	c.optionsInside()
	if c.reason != "" {
		return nil, c.reason, c.hint
	}
	c.alternatives()
	return c, "", ""
}

// check checks the cards of a batch by loading them as a pack.
func (in *importing) check() {
	kept, bad, p := in.out.check()
	for _, b := range bad {
		in.leave(b.card.row, b.problem.Message, b.problem.Hint)
	}
	for _, c := range kept {
		for _, change := range c.changes {
			in.change(c.row, change)
		}
	}
	in.report.Cards += len(kept)
	if p != nil && in.opt.Batch != nil {
		in.opt.Batch(p)
	}
}

// close sums up.
func (in *importing) close() {
	r := in.report
	r.Stated = in.file.Stated
	if in.keys.stated != "" {
		r.Stated = append(r.Stated, in.keys.stated)
	}
	for _, c := range in.file.Columns {
		r.Columns = append(r.Columns, Use{c.Name, c.Role})
	}
	for text, n := range in.reasons {
		r.Reasons = append(r.Reasons, Reason{text, n})
	}
	slices.SortFunc(r.Reasons, func(a, b Reason) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Text, b.Text)
	})
	byLine := func(a, b *content.Problem) int { return a.Line - b.Line }
	slices.SortStableFunc(r.Left, byLine)
	slices.SortStableFunc(r.Changes, byLine)
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// NameFor makes the name of a pack from a title or a file's name; "imported" if nothing of it
// can stand in a name.
func NameFor(title string) string {
	name := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if len(name) > 64 {
		name = strings.Trim(name[:64], "-")
	}
	if name == "" {
		return "imported"
	}
	return name
}
