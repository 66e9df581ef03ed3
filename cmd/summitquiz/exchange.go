package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/exchange/reader"
	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz/generate"
)

type importCommand struct {
	File     string `arg:"" help:"The file of the other program; - for standard input."`
	From     string `placeholder:"FORMAT" help:"What FILE is, if it is not recognised: table, xlsx, json, opentdb, kotoba, red, gift, moodle, anki-text, apkg, triviabot, opentriviaqa, q-and-a, aiken or quizlet."`
	Encoding string `placeholder:"NAME" help:"The encoding of a text file, if it is not recognised: utf-8, utf-16, windows-1252, windows-1256, cp949, gb18030, big5, shift-jis …"`

	Question    []string `placeholder:"COLUMN" help:"The column of a table with the questions, by its name or its number from 1."`
	Answer      []string `placeholder:"COLUMN" help:"The column with the right answer."`
	Wrong       []string `placeholder:"COLUMN" help:"The columns with wrong answers, with commas between them."`
	Options     []string `placeholder:"COLUMN" help:"The columns with all options, right and wrong ones."`
	Correct     []string `placeholder:"COLUMN" help:"The column that says which option is right, by its text, letter or number."`
	Explanation []string `placeholder:"COLUMN" help:"The column with what is said after the answer."`
	Category    []string `placeholder:"COLUMN" help:"The column with the categories, which cards do not keep."`
	Language    []string `placeholder:"COLUMN" help:"The column with the language of a row."`

	First        string `enum:",0,1" default:"" placeholder:"0|1" help:"What the numbers of right options count from: 0 or 1."`
	NoHeader     bool   `help:"The first line of the table is a question, not the names of columns."`
	Separator    string `placeholder:"TEXT" help:"What separates the parts of a line, such as ';' or ' - '; \\t is a tab."`
	RowSeparator string `placeholder:"TEXT" help:"What separates the cards, if it is not the line end."`
	Sheet        string `placeholder:"NAME" help:"The sheet of a workbook. Default: the first one with questions."`

	Name    string `placeholder:"NAME" help:"The pack's name: a-z, 0-9 and hyphens. Default: made from the file's name."`
	Title   string `placeholder:"TEXT" help:"The pack's title. Default: the file's name."`
	Lang    string `default:"en" placeholder:"L" help:"The language of the questions: ar, en, ko or zh (default ${default}); several for a table that has a column for each, the first one leading: en,ar."`
	Out     string `short:"o" placeholder:"FILE" help:"Where to write the pack; it must not be there yet. Default: standard output."`
	Strict  bool   `help:"End with exit code 1 if any row was left out."`
	Verbose bool   `help:"List every change, also where many rows are changed in the same way."`
	JSON    bool   `name:"json" help:"Write the report, and the pack, as JSON for programs."`
}

func (importCommand) Help() string {
	return `Makes a pack of cards from questions of another program. The format and the encoding are recognised by the content of the file: a table (CSV, TSV, Excel, Kahoot, Quizizz, Blooket, Gimkit …), JSON, Open Trivia DB, Kotoba, Red, GIFT, Moodle XML, Anki, TriviaBot, OpenTriviaQA, Quizlet or a list of questions and answers.

Each row becomes a card, a card with a change that is named, or is left out with its line and the reason. The exit code is 0 if at least one question can be asked. docs/import.md has an example of each format.

Examples:

    summitquiz pack import questions.csv --out mypack.yaml
    summitquiz pack import deck.apkg --lang ko --title "한국사" --name korean-history -o history.yaml
    summitquiz pack import sheet.xlsx --question Frage --answer Lösung --wrong Falsch1,Falsch2
    summitquiz pack import words.txt --separator " - " --lang ko
    summitquiz pack import trivia.yaml | summitquiz pack lint -`
}

func (c importCommand) Run(s streams) error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	data, err := readInput(c.File)
	if err != nil {
		return err
	}
	// A long file is held as a whole, so garbage is collected earlier than usual: 200,000 rows of a workbook
	// then take 240 MB in place of 340.
	defer debug.SetGCPercent(debug.SetGCPercent(30))
	count := questionCount{lang: opt.Read.Language}
	opt.Batch = count.add
	stop := c.progress(&opt, s, len(data))
	pack, report, err := exchange.Import(c.File, data, opt)
	stop()
	if report == nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	report.Questions, report.Samples = count.questions, count.samples
	if writeErr := c.report(report, s); writeErr != nil {
		return writeErr
	}
	switch {
	case errors.Is(err, exchange.ErrNothing):
		fmt.Fprintf(s.err, "%s: no row can be used, so no pack is made\n", c.File)
		return errProblems
	case err != nil:
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if slices.Contains(packs.Names(), opt.Name) {
		fmt.Fprintf(s.err, "warning: %s is also the name of a built-in pack: choose another with --name\n", opt.Name)
	}
	if err := writeOutput(c.Out, pack, s.out); err != nil {
		return err
	}
	switch {
	case count.questions == 0:
		fmt.Fprintf(s.err, "%s: no question can be asked: `summitquiz pack lint --verbose` says why\n", c.File)
		return errProblems
	case c.Strict && len(report.Left) > 0:
		return errProblems
	}
	return nil
}

// options checks the flags.
func (c importCommand) options() (opt exchange.Options, err error) {
	var lang language.Code
	for i, tag := range strings.Split(c.Lang, ",") {
		code, ok := language.Parse(strings.TrimSpace(tag))
		switch {
		case !ok:
			return opt, fmt.Errorf("%q is no language of this program: use one of %s", tag, tags(language.All()))
		case i == 0:
			lang = code
		case code != lang:
			opt.Languages = append(opt.Languages, code)
		}
	}
	stem := strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File))
	opt.Name, opt.Title, opt.JSON = c.Name, c.Title, c.JSON
	if opt.Title == "" {
		opt.Title = stem
	}
	if opt.Name == "" {
		opt.Name = exchange.NameFor(stem)
	} else if opt.Name != exchange.NameFor(opt.Name) {
		return opt, fmt.Errorf("%q cannot be a pack's name: use a-z, 0-9 and hyphens, such as %s", opt.Name, exchange.NameFor(opt.Name))
	}
	opt.First = map[string]reader.Base{"": reader.UnknownBase, "0": reader.FromZero, "1": reader.FromOne}[c.First]
	tabs := strings.NewReplacer(`\t`, "\t", `\n`, "\n")
	opt.Read = reader.Options{Encoding: c.Encoding, Language: lang, NoHeader: c.NoHeader, Sheet: c.Sheet,
		Separator: tabs.Replace(c.Separator), RowSeparator: tabs.Replace(c.RowSeparator), Columns: map[string][]string{}}
	for role, list := range map[string][]string{"question": c.Question, "answer": c.Answer, "wrong": c.Wrong, "options": c.Options,
		"correct": c.Correct, "explanation": c.Explanation, "category": c.Category, "language": c.Language} {
		if len(list) > 0 {
			opt.Read.Columns[role] = list
		}
	}
	if c.From != "" {
		var ok bool
		if opt.Read.Format, ok = reader.ParseFormat(c.From); !ok {
			return opt, fmt.Errorf("there is no format %q: leave --from out to have it recognised, or use one of %v", c.From, reader.Formats)
		}
	}
	return opt, nil
}

func (c importCommand) report(r *exchange.Report, s streams) error {
	if !c.JSON {
		return r.Write(s.err, c.Verbose)
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.err, "%s\n", data)
	return err
}

// longFile is from how many bytes on a bar shows how far the import has come.
const longFile = 4 << 20

// progress shows a bar for a long file if a person watches. The number of rows is not known
// before, so the bar only counts.
func (c importCommand) progress(opt *exchange.Options, s streams, size int) (stop func()) {
	f, ok := s.err.(*os.File)
	if !ok || c.JSON || size < longFile || !isatty.IsTerminal(f.Fd()) {
		return func() {}
	}
	bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription("reading rows"),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())
	opt.Progress = func(rows int) { _ = bar.Set(rows) }
	return func() { _ = bar.Finish() }
}

// samples is how many questions the report shows.
const samples = 3

// questionCount counts what can be asked of a pack that is checked in parts.
type questionCount struct {
	lang      language.Code
	questions int
	samples   []string
}

func (q *questionCount) add(p *content.Pack) {
	g := generate.New(p)
	facts := map[content.FactID]bool{}
	for _, id := range g.Items() {
		it, err := g.Draw(id, 1)
		if err != nil {
			continue
		}
		if !facts[it.Fact.ID] && len(q.samples) < samples {
			v := g.Render(it, q.lang, language.Style{})
			q.samples = append(q.samples, sample(v.Stem, v.Options, v.Labels, v.Key, v.Accepts))
		}
		facts[it.Fact.ID] = true
	}
	q.questions += len(facts)
}

// sample is a question as players see it, and its answer.
func sample(stem string, options, labels []string, key int, accepts []string) string {
	var b strings.Builder
	b.WriteString("  " + stem)
	for i, o := range options {
		fmt.Fprintf(&b, "\n    %s  %s", labels[i], o)
	}
	if key >= 0 && key < len(options) {
		fmt.Fprintf(&b, "\n  → %s  %s", labels[key], options[key])
	} else if len(accepts) > 0 {
		fmt.Fprintf(&b, "\n  → %s", strings.Join(accepts, " / "))
	}
	return b.String()
}

// readInput reads a file as a whole. A pipe or device that is named as a file could wait for ever
// or never end.
func readInput(path string) ([]byte, error) {
	if slices.Contains([]string{"-", "/dev/stdin", "/dev/fd/0"}, path) {
		return readAtMost(os.Stdin, "the standard input", 0)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("it is a folder: name a file")}
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is %s, not a file: name a file, or pipe into - for standard input", path, special(info.Mode()))
	case info.Size() > content.FileLimit:
		return nil, tooLarge(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readStable(f, path)
}

// openedFile is a file that is read as a whole.
type openedFile interface {
	io.Reader
	Stat() (fs.FileInfo, error)
}

// readStable reads a file and refuses one that another program writes meanwhile: half of its rows
// could be missing.
func readStable(f openedFile, path string) ([]byte, error) {
	before, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data, err := readAtMost(f, path, before.Size())
	if err != nil {
		return nil, err
	}
	after, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || int64(len(data)) != after.Size() {
		return nil, fmt.Errorf("%s was changed while it was read: wait until it is complete, and import it again", path)
	}
	return data, nil
}

// readAtMost reads all of r, which has about size bytes.
func readAtMost(r io.Reader, name string, size int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(max(size, 0), content.FileLimit)) + bytes.MinRead)
	if n, err := io.Copy(&b, io.LimitReader(r, content.FileLimit+1)); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	} else if n > content.FileLimit {
		return nil, tooLarge(name)
	}
	return b.Bytes(), nil
}

func tooLarge(name string) error {
	return fmt.Errorf("%s is larger than %d MiB: split it", name, content.FileLimit>>20)
}

// special says what a file is that is none.
func special(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe (FIFO)"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "special"
}
