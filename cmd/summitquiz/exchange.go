package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/language"
	"summitquiz/content/packs"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

type importCommand struct {
	From  string `required:"" enum:"csv,opentdb,red,anki-text" placeholder:"FORMAT" help:"What FILE is: csv, opentdb, red or anki-text."`
	File  string `arg:"" help:"The file of the other program; - for standard input."`
	Name  string `placeholder:"NAME" help:"The pack's name: a-z, 0-9 and hyphens. Default: made from the file's name."`
	Title string `placeholder:"TEXT" help:"The pack's title. Default: the file's name."`
	Lang  string `default:"en" placeholder:"L" help:"The language of the questions: ar, en, ko or zh (default ${default})."`
	Out   string `short:"o" placeholder:"FILE" help:"Where to write the pack; it must not be there yet. Default: standard output."`
}

func (importCommand) Help() string {
	return `Makes a pack of cards from questions of another program. Every good row is kept; every other one is reported with its line, and the exit code is 1 then.

  csv        a table whose first line names the columns question, answer, alternatives, wrong, lang; several values in a cell stand with | between them
  opentdb    what the Open Trivia Database answers, as JSON
  red        a trivia list of Red-DiscordBot, as YAML
  anki-text  notes that Anki exported as plain text

Examples:

    summitquiz pack import --from csv questions.csv --out mypack.yaml
    summitquiz pack import --from anki-text deck.txt --lang ko --title "한국사" --name korean-history -o history.yaml
    summitquiz pack import --from red trivia.yaml | summitquiz pack lint /dev/stdin`
}

func (c importCommand) Run(s streams) error {
	lang, ok := language.Parse(c.Lang)
	if !ok {
		return fmt.Errorf("%q is no language of this program: use one of %s", c.Lang, tags(language.All()))
	}
	data, err := readInput(c.File)
	if err != nil {
		return err
	}
	rows, problems, err := exchange.Read(exchange.Format(c.From), c.File, data, lang)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	about := exchange.About{Name: c.Name, Title: c.Title, Lang: lang, File: c.File}
	stem := strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File))
	if about.Title == "" {
		about.Title = stem
	}
	if about.Name == "" {
		about.Name = exchange.NameFor(stem)
	} else if about.Name != exchange.NameFor(about.Name) {
		return fmt.Errorf("%q cannot be a pack's name: use a-z, 0-9 and hyphens, such as %s", about.Name, exchange.NameFor(about.Name))
	}
	pack, more, err := exchange.Pack(about, rows)
	for _, p := range append(problems, more...) {
		fmt.Fprintln(s.err, p)
	}
	switch {
	case errors.Is(err, exchange.ErrNothing):
		fmt.Fprintf(s.err, "%s: no row can be used, so no pack is made\n", c.File)
		return errProblems
	case err != nil:
		return err
	}
	if slices.Contains(packs.Names(), about.Name) {
		fmt.Fprintf(s.err, "warning: %s is also the name of a built-in pack: choose another with --name\n", about.Name)
	}
	if err := writeOutput(c.Out, pack, s.out); err != nil {
		return err
	}
	kept := len(rows) - len(more)
	fmt.Fprintf(s.err, "%s of %d made into the pack %s\n", counted(kept, "row"), kept+len(problems)+len(more), about.Name)
	if len(problems)+len(more) > 0 {
		return errProblems
	}
	return nil
}

type exportCommand struct {
	To   string `required:"" enum:"csv,gift,anki-text" placeholder:"FORMAT" help:"What to write: csv, gift (Moodle) or anki-text."`
	File string `arg:"" help:"The pack: a file, or a folder with a pack.yaml."`
	Lang string `placeholder:"L" help:"Language: ar, en, ko or zh. Default: en, or the pack's first."`
	Seed uint64 `default:"1" placeholder:"N" help:"Another seed draws other wrong answers (default ${default})."`
	Out  string `short:"o" placeholder:"FILE" help:"Where to write; it must not be there yet. Default: standard output."`
}

func (exportCommand) Help() string {
	return `Writes the questions of a pack in one language for another program: each question with its answer, the other right answers and, where it can be asked as a choice, wrong ones. In csv no cell can act as a formula; in anki-text each note has a guid, so that importing again updates it.

Examples:

    summitquiz pack export --to anki-text content/packs/gyeongju-summit-2025 --lang ko --out summit.txt
    summitquiz pack export --to gift mypack.yaml > questions.gift
    summitquiz pack export --to csv mypack.yaml --lang ar`
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
	rows, err := rowsOf(p, langs[0], c.Seed, c.To == "gift")
	if err != nil {
		return err
	}
	title := p.Title[langs[0]]
	var b bytes.Buffer
	switch c.To {
	case "csv":
		err = exchange.WriteCSV(&b, rows, langs[0])
	case "gift":
		err = exchange.WriteGIFT(&b, rows, title)
	default:
		err = exchange.WriteAnki(&b, rows, title)
	}
	if err != nil {
		return err
	}
	return writeOutput(c.Out, b.Bytes(), s.out)
}

// rowsOf makes a row of every question that has a text for an answer. Choosing and typing ask
// the same, so they share a row: what is chosen from gives the wrong answers, what is typed the
// other right ones. Statements are left out where the format cannot have them judged.
func rowsOf(p *content.Pack, lang language.Code, seed uint64, statements bool) ([]exchange.Row, error) {
	g := generate.New(p)
	var rows []exchange.Row
	at := map[string]int{} // fact and stem to row
	for _, id := range g.Items() {
		it, err := g.Draw(id, seed)
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", id, err)
		}
		if it.Kind == quiz.Order || it.Kind == quiz.Match || it.Kind == quiz.TrueFalse && !statements {
			continue
		}
		v := g.Render(it, lang, language.Style{Plain: true})
		row := exchange.Row{ID: string(id), Question: v.Stem, Why: v.Explanation}
		switch {
		case it.Kind == quiz.TrueFalse:
			row.Truth, row.Answer = exchange.FalseStatement, v.Options[v.Key]
			if v.Key == 0 {
				row.Truth = exchange.TrueStatement
			}
		case v.Key >= 0:
			row.Answer = v.Options[v.Key]
			row.Wrong = slices.Delete(slices.Clone(v.Options), v.Key, v.Key+1)
		default:
			row.Answer, row.Accept = v.Accepts[0], v.Accepts[1:]
		}
		key := it.Fact.Name + "\x00" + v.Stem
		if i, twice := at[key]; twice && it.Kind != quiz.TrueFalse {
			rows[i].Accept = append(rows[i].Accept, row.Accept...)
			if len(rows[i].Wrong) == 0 {
				rows[i].Wrong = row.Wrong
			}
			continue
		}
		at[key] = len(rows)
		rows = append(rows, row)
	}
	return rows, nil
}

func readInput(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, content.FileLimit+1))
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("it is a folder: name a file")}
	case info.Size() > content.FileLimit:
		return nil, fmt.Errorf("%s is larger than %d MiB: split it", path, content.FileLimit>>20)
	}
	return os.ReadFile(path)
}

// writeOutput writes to a new file, or to out where there is no path. It never replaces a file.
func writeOutput(path string, data []byte, out io.Writer) error {
	if path == "" {
		_, err := out.Write(data)
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: choose another name, or remove it first", path)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
