package exchange

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"summitquiz/content/language"
)

// Row is one question that goes out, in one language.
type Row struct {
	ID       string // names the question in the other program; may be empty
	Question string
	Answer   string
	Accept   []string // other right answers
	Wrong    []string
	Why      string // shown after the answer
	Truth    Truth  // for a statement to be judged
}

// Truth says whether a row is a statement to be judged, and how.
type Truth uint8

// The truths of a row.
const (
	NoStatement Truth = iota
	TrueStatement
	FalseStatement
)

// Target says for what rows are written.
type Target struct {
	Format string // csv, xlsx, json, gift or anki-text
	Title  string
	Lang   language.Code
	BOM    bool // csv: a byte order mark, by which Excel knows UTF-8
}

// Targets lists the formats that rows can be written in.
var Targets = []string{"csv", "xlsx", "json", "gift", "anki-text"}

// Write writes rows for another program as they come.
func Write(w io.Writer, rows iter.Seq[Row], t Target) error {
	switch t.Format {
	case "csv":
		return writeCSV(w, rows, t)
	case "xlsx":
		return writeSheet(w, rows, t)
	case "json":
		return writeJSON(w, rows, t)
	case "gift":
		return writeGIFT(w, rows, t)
	case "anki-text":
		return writeAnki(w, rows, t)
	}
	return fmt.Errorf("there is no format %q: use one of %s", t.Format, strings.Join(Targets, ", "))
}

// columns are the header of tables that are written here. A table with this header is read back
// as it is: its texts are plain and nothing in them is split.
var columns = []string{"question", "answer", "alternatives", "wrong", "explanation", "lang"}

// cells returns a row as the cells of a table. Several values stand with | between them.
func (r Row) cells(lang language.Code) []string {
	return []string{r.Question, joiner.Replace(r.Answer), join(r.Accept), join(r.wrong()), r.Why, lang.String()}
}

// wrong returns the wrong answers; those of a statement are the other of true and false.
func (r Row) wrong() []string {
	if len(r.Wrong) > 0 || r.Truth == NoStatement {
		return r.Wrong
	}
	return []string{map[Truth]string{TrueStatement: "False", FalseStatement: "True"}[r.Truth]}
}

var joiner = strings.NewReplacer(`\`, `\\`, "|", `\|`)

func join(list []string) string {
	out := slices.Clone(list)
	for i, s := range out {
		out[i] = joiner.Replace(s)
	}
	return strings.Join(out, "|")
}
