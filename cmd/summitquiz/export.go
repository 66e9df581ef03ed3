package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

type exportCommand struct {
	To   string `required:"" enum:"csv,xlsx,json,gift,anki-text" placeholder:"FORMAT" help:"What to write: csv, xlsx (Excel), json (Open Trivia DB), gift (Moodle) or anki-text."`
	File string `arg:"" help:"The pack: a file, or a folder with a pack.yaml."`
	Lang string `placeholder:"L" help:"Language: ar, en, ko or zh. Default: en, or the pack's first."`
	Seed uint64 `default:"1" placeholder:"N" help:"Another seed draws other wrong answers (default ${default})."`
	BOM  bool   `name:"bom" default:"true" negatable:"" help:"Begin csv with the mark by which Excel knows UTF-8; --bom=false for programs that do not expect it."`
	Out  string `short:"o" placeholder:"FILE" help:"Where to write; it must not be there yet. Default: standard output."`
}

func (exportCommand) Help() string {
	return `Writes the questions of a pack in one language for another program: each question with its answer, the other right answers and, where it can be asked as a choice, wrong ones. Cards are written as they stand in the pack, and what pack import reads of the file is the same again. Facts that cannot be written are listed. In csv no cell can act as a formula; in anki-text each note has a guid, so that importing again updates it.

Examples:

    summitquiz pack export --to anki-text content/packs/gyeongju-summit-2025 --lang ko --out summit.txt
    summitquiz pack export --to xlsx mypack.yaml --out mypack.xlsx
    summitquiz pack export --to gift mypack.yaml > questions.gift
    summitquiz pack export --to csv mypack.yaml --lang ar --bom=false`
}

func (c exportCommand) Run(s streams) error {
	p, err := loadPack(c.File, s.err)
	if err != nil {
		return err
	}
	if c.Lang == "all" {
		return errors.New("an export is in one language: name it with --lang")
	}
	langs, err := languagesOf(p, c.Lang)
	if err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(30)) // the pack is held as a whole: little may come on top
	e := exporting{pack: p, g: generate.New(p), lang: langs[0], seed: c.Seed}
	if err := e.write(c, s.out); err != nil {
		return err
	}
	for _, left := range e.left {
		fmt.Fprintln(s.err, left)
	}
	_, err = fmt.Fprintf(s.err, "%s written, %s left out\n", counted(e.written, "question"), counted(len(e.left), "fact"))
	return err
}

// write writes the rows as they are made, to a new file or to out. Of a file that could not be
// written as a whole nothing is left.
func (e *exporting) write(c exportCommand, out io.Writer) error {
	t := exchange.Target{Format: c.To, Title: e.pack.Title[e.lang], Lang: e.lang, BOM: c.BOM}
	if c.Out == "" {
		err := exchange.Write(out, e.all, t)
		return errors.Join(err, e.err)
	}
	f, err := createNew(c.Out)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(f)
	err = exchange.Write(buffered, e.all, t)
	if err = errors.Join(err, e.err, buffered.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(c.Out))
	}
	return nil
}

// exporting makes the rows of a pack and collects the facts that make none.
type exporting struct {
	pack *content.Pack
	g    *generate.Generator
	lang language.Code
	seed uint64
	rows []exchange.Row // of the fact at hand
	left []string

	written int
	err     error // why not all rows came
}

// all yields every row of the pack.
func (e *exporting) all(yield func(exchange.Row) bool) {
	for _, f := range e.pack.Facts {
		e.rows = e.rows[:0]
		if e.err = e.one(f); e.err != nil {
			return
		}
		for _, row := range e.rows {
			if e.written++; !yield(row) {
				return
			}
		}
	}
}

// one makes the rows of a fact.
func (e *exporting) one(f *content.Fact) error {
	if row, ok := e.card(f); ok {
		e.rows = append(e.rows, row)
		return nil
	}
	ids := e.g.Made(f)
	if err := e.fact(ids, false); err != nil {
		return err
	}
	if len(e.rows) == 0 { // statements ask what nothing else does
		if err := e.fact(ids, true); err != nil {
			return err
		}
	}
	switch {
	case len(e.rows) > 0:
	case len(ids) == 0:
		e.left = append(e.left, fmt.Sprintf("left out: %s makes no question: `summitquiz pack lint --verbose` says why", f.Name))
	default:
		e.left = append(e.left, fmt.Sprintf("left out: %s is asked only by putting things in order or matching them", f.Name))
	}
	return nil
}

// yesNo are answers to questions; those of statements are true and false.
var yesNo = language.WordsOf("questions", "yes-no")

// card makes a row of a card whose answer is a text, with everything that stands on it.
func (e *exporting) card(f *content.Fact) (exchange.Row, bool) {
	if !f.Card || len(f.Values) < 2 || len(f.Values[1]) == 0 || f.Values[1][0].Words == nil {
		return exchange.Row{}, false
	}
	key := f.Values[1][0].Words
	row := exchange.Row{ID: string(f.ID), Question: f.Values[0][0].Words.Text[e.lang], Answer: key.Text[e.lang], Accept: key.Aliases[e.lang], Why: f.Note[e.lang]}
	for _, list := range f.Not {
		for _, v := range list.Values {
			if v.Words != nil {
				row.Wrong = append(row.Wrong, v.Words.Text[e.lang])
			}
		}
	}
	if f.Polarity != content.NoPolarity && !slices.Contains(yesNo, strings.ToLower(row.Answer)) {
		row.Truth = exchange.FalseStatement
		if f.Polarity == content.Affirmative {
			row.Truth = exchange.TrueStatement
		}
	}
	return row, true
}

// fact makes a row of every question of a fact that has a text for an answer. Choosing and typing
// ask the same, so they share a row: what is chosen from gives the wrong answers, what is typed
// the other right ones.
func (e *exporting) fact(ids []quiz.ItemID, statements bool) error {
	at := map[string]int{} // stem to row
	for _, id := range ids {
		it, err := e.g.Draw(id, e.seed)
		if err != nil {
			return fmt.Errorf("draw %s: %w", id, err)
		}
		if len(it.Facts) > 0 || (it.Kind == quiz.TrueFalse) != statements {
			continue
		}
		v := e.g.Render(it, e.lang, language.Style{Plain: true})
		row := exchange.Row{ID: string(id), Question: v.Stem, Why: v.Explanation}
		if v.Key >= 0 {
			row.Answer = v.Options[v.Key]
			row.Wrong = slices.Delete(slices.Clone(v.Options), v.Key, v.Key+1)
		} else {
			row.Answer, row.Accept = v.Accepts[0], v.Accepts[1:]
		}
		if statements {
			row.Truth = exchange.FalseStatement
			if v.Key == 0 {
				row.Truth = exchange.TrueStatement
			}
		}
		if i, twice := at[v.Stem]; twice && !statements {
			e.rows[i].Accept = append(e.rows[i].Accept, row.Accept...)
			if len(e.rows[i].Wrong) == 0 {
				e.rows[i].Wrong = row.Wrong
			}
			continue
		}
		at[v.Stem] = len(e.rows)
		e.rows = append(e.rows, row)
	}
	return nil
}

// writeOutput writes to a new file, or to out where there is no path. It never replaces a file.
func writeOutput(path string, data []byte, out io.Writer) error {
	if path == "" {
		_, err := out.Write(data)
		return err
	}
	f, err := createNew(path)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path) // half a pack is none
	}
	return err
}

// createNew creates a file that is not there yet.
func createNew(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is there already: choose another name, or remove it first", path)
	}
	return f, err
}
