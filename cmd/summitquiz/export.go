package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"summitquiz/content"
	"summitquiz/content/exchange"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

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
