// Package reader reads questions from the files of other programs: tables, spreadsheets, JSON,
// lists of text, GIFT, Moodle XML, Red trivia lists and Anki notes.
//
// It promises one Row for every question of a file, with the line it stands at, also for those
// that cannot be used, which then say why. It refuses to decide anything about a row that needs
// the others, such as whether options are counted from 0 or 1; that is done in exchange.
package reader

import (
	"errors"
	"fmt"
	"iter"
	"strings"

	"summitquiz/content/exchange/charset"
	"summitquiz/content/language"
)

// Row is one question as it stands in a file.
type Row struct {
	Line      int    // 1-based: the line of a text, the row of a sheet, the number of a note
	Place     string // what else tells where it stands, such as an entry of an archive; may be empty
	Question  string
	Answers   []string // right answers in words, the one to show first
	Tolerance string   // how far a typed number may be from the one answer; empty for not at all
	Wrong     []string // options that are wrong
	Options   []Option // options of which Correct or their own marks tell the right ones
	Correct   []string // what points at the right options: their text, letter, number or name
	Index     bool     // Correct holds numbers that count options, as JSON numbers do
	Several   Several  // what several right options mean
	Note      string   // shown with the answer
	Category  string
	Language  string // as the file says it; empty if it does not
	Media     string // "picture", "sound" or "video" that the question needs; empty if none
	Markup    Markup
	Exact     bool     // the texts are as they are meant: nothing in them is split or decoded
	Changes   []string // what was changed while reading
	Skip      string   // why the row is left out; empty if it is not
	Hint      string   // how to mend a row that is left out
	Also      []Row    // the same question in other languages, as Language says
}

// Option is one of the options of a row.
type Option struct {
	Name string // the letter, number or column name that Correct may point with
	Key  bool   // Name stands before the option itself, so that a number points at it and counts nothing
	Text string
	Mark Mark
}

// Mark says whether an option is marked as right.
type Mark uint8

// The marks of an option.
const (
	Unmarked Mark = iota
	Right
	NotRight
)

// Several says what several right options of one question mean.
type Several uint8

// What several right options mean.
const (
	Tick Several = iota // all must be ticked, so the question cannot be asked here
	Any                 // each is right
)

// Markup says what the texts of a row hold.
type Markup uint8

// The kinds of markup.
const (
	MaybeHTML Markup = iota // HTML where it looks like it
	HTML
	Entities // character references only
	Plain
)

// Format names a kind of file.
type Format string

// The formats that can be read.
const (
	Table     Format = "table" // CSV, TSV and the like
	Sheet     Format = "xlsx"
	JSON      Format = "json"
	OpenTDB   Format = "opentdb"
	Kotoba    Format = "kotoba"
	Red       Format = "red"
	GIFT      Format = "gift"
	Moodle    Format = "moodle"
	AnkiText  Format = "anki-text"
	AnkiPack  Format = "apkg"
	TriviaBot Format = "triviabot"
	OpenQA    Format = "opentriviaqa"
	Labelled  Format = "q-and-a"
	Aiken     Format = "aiken"
	Quizlet   Format = "quizlet"
)

// Formats lists what can be read, in the order of the documentation.
var Formats = []Format{Table, Sheet, JSON, OpenTDB, Kotoba, Red, GIFT, Moodle, AnkiText, AnkiPack, TriviaBot, OpenQA, Labelled, Aiken, Quizlet}

// names holds other names of formats.
var names = map[string]Format{"csv": Table, "tsv": Table, "excel": Sheet, "jsonl": JSON, "yaml": Red, "anki": AnkiText, "colpkg": AnkiPack, "xml": Moodle}

// ParseFormat returns the format of a name.
func ParseFormat(name string) (Format, bool) {
	name = strings.ToLower(name)
	for _, f := range Formats {
		if name == string(f) {
			return f, true
		}
	}
	f, ok := names[name]
	return f, ok
}

// Options say how a file is read; the zero Options recognise everything.
type Options struct {
	Format       Format
	Encoding     string
	Language     language.Code
	Separator    string              // between the cells of a line
	RowSeparator string              // between rows, where they are not lines
	Sheet        string              // the name of a sheet; empty for the first one with questions
	NoHeader     bool                // the first line of a table is a question
	Columns      map[string][]string // columns by role: numbers from 1, or names
}

// File is a file whose format is known.
type File struct {
	Format    Format
	Why       string // how the format was recognised
	Encoding  string
	Guessed   bool            // the encoding was guessed
	Stated    []string        // what holds for the whole file and a person should know
	Columns   []Column        // of a table
	Languages []language.Code // other ones that every row of the table has columns for
	Base      Base            // what numbers of right options count from, if the format says so

	rows  func(yield func(Row) bool) error
	named bool // a line of the table names the columns
}

// Column is a column of a table, or a key of JSON, and what it was taken for.
type Column struct {
	Name string
	Role string // empty: it has no place in a card
}

// Base is what the numbers of options count from.
type Base int8

// The bases.
const (
	UnknownBase Base = iota
	FromZero
	FromOne
)

// ErrFormat is wrapped by the error for a file that holds no questions in its format.
var ErrFormat = errors.New("the file cannot be read")

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrFormat}, args...)...)
}

// Rows reads the file from its beginning; it can be called again. An error ends the rows.
func (f *File) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		ended := false
		err := f.rows(func(r Row) bool {
			list := []Row{r}
			if split, ok := clozes(r); ok && !r.Exact {
				list = split
			}
			for _, r := range list {
				if !ended && !yield(r, nil) {
					ended = true
				}
			}
			return !ended
		})
		if err != nil && !ended {
			yield(Row{}, err)
		}
	}
}

// state adds what a person should know of the whole file, once.
func (f *File) state(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	for _, old := range f.Stated {
		if old == s {
			return
		}
	}
	f.Stated = append(f.Stated, s)
}

// Open recognises a file. The data must not change while rows are read.
func Open(name string, data []byte, opt Options) (*File, error) {
	if len(data) == 0 {
		return nil, refuse("the file is empty")
	}
	kind, what := sniff(data)
	switch {
	case kind == Sheet || kind == AnkiPack:
		if opt.Format != "" && opt.Format != kind {
			return nil, refuse("it is %s, not %s: leave --from out", what, opt.Format)
		}
		return openArchive(kind, data, opt)
	case what != "" && opt.Encoding == "":
		return nil, refuse("it is %s, not a list of questions%s", what, advice(what))
	}
	if opt.Format == Sheet || opt.Format == AnkiPack {
		return nil, refuse("it is a text, not %s: leave --from out", map[Format]string{Sheet: "an Excel workbook", AnkiPack: "an Anki package"}[opt.Format])
	}
	text, err := charset.Decode(data, opt.Encoding, opt.Language)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	f := &File{Encoding: text.Encoding, Guessed: text.Guessed}
	if text.BOM {
		f.Encoding += " with a byte order mark"
	}
	if strings.TrimSpace(text.String) == "" {
		return nil, refuse("the file is empty: it holds white space only")
	}
	if isPage(text.String) {
		return nil, refuse("it is a web page (HTML), not a list of questions: download the file itself")
	}
	head := text.String[:min(len(text.String), 1<<16)]
	if root := otherXML.FindStringSubmatch(head); root != nil && opt.Format == "" && !moodleXML.MatchString(head) {
		return nil, refuse("it is XML (%s), not a list of questions; of XML only Moodle's is read", root[1]+root[2])
	}
	if err := f.recognise(text.String, opt); err != nil {
		return nil, err
	}
	return f, nil
}
