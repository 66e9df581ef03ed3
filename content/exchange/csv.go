package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"summitquiz/content/language"
)

// Columns of a CSV file. Several values in one cell stand with | between them.
var columns = []string{"question", "answer", "alternatives", "wrong", "lang"}

// csv reads a file with a header line that names the columns, in any order. Columns wrong1,
// wrong2 … count as wrong too. Commas, semicolons and tabs may separate.
func (r *reading) csv(data []byte) error {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	in := csv.NewReader(bytes.NewReader(data))
	in.Comma = separatorOf(string(first))
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		return fmt.Errorf("%w: the first line has to name the columns: question,answer,alternatives,wrong,lang", ErrFormat)
	}
	where, err := columnsOf(header)
	if err != nil {
		return err
	}
	for {
		record, err := in.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &broken):
			r.bad(broken.StartLine, "the row cannot be read: "+broken.Err.Error(), `put quotes around a cell that holds quotes, and double those inside: "say ""yes"""`)
			continue
		case err != nil:
			return fmt.Errorf("read CSV: %w", err)
		}
		line, _ := in.FieldPos(0)
		row := Row{Line: line}
		lang := ""
		for i, cell := range record {
			if i >= len(where) {
				break
			}
			switch where[i] {
			case "question":
				row.Question = unguard(cell)
			case "answer":
				row.Answer = unguard(cell)
			case "alternatives":
				row.Accept = append(row.Accept, split(unguard(cell))...)
			case "wrong":
				row.Wrong = append(row.Wrong, split(unguard(cell))...)
			case "lang":
				lang = strings.TrimSpace(cell)
			}
		}
		if lang != "" && !r.speaks(lang) {
			r.bad(line, fmt.Sprintf("the row is in %q and the pack in %s", lang, r.lang), "import each language by itself, with --lang")
			continue
		}
		r.add(row)
	}
}

// speaks reports whether a tag names the language that is wanted.
func (r *reading) speaks(tag string) bool {
	c, ok := language.Parse(tag)
	return ok && c == r.lang
}

// separatorOf returns what separates the cells of a header line.
func separatorOf(header string) rune {
	best := ','
	for _, s := range ";\t" {
		if strings.Count(header, string(s)) > strings.Count(header, string(best)) {
			best = s
		}
	}
	return best
}

var numbered = regexp.MustCompile(`^(wrong|incorrect)[ _-]?[0-9]*$`)

// columnsOf says what each column holds; an empty name is a column that is not used.
func columnsOf(header []string) ([]string, error) {
	where := make([]string, len(header))
	has := map[string]bool{}
	for i, name := range header {
		name = strings.ToLower(tidy(name))
		switch {
		case name == "accept" || name == "alternative":
			name = "alternatives"
		case numbered.MatchString(name):
			name = "wrong"
		case name == "language":
			name = "lang"
		}
		where[i] = name
		has[name] = true
	}
	for _, needed := range columns[:2] {
		if !has[needed] {
			return nil, fmt.Errorf("%w: there is no column %q: the first line has to be like question,answer,alternatives,wrong,lang", ErrFormat, needed)
		}
	}
	return where, nil
}

// split cuts a cell at every | that has no backslash before it.
func split(cell string) []string {
	var out []string
	var b strings.Builder
	escaped := false
	for _, c := range cell {
		switch {
		case escaped:
			if c != '|' && c != '\\' {
				b.WriteByte('\\')
			}
			b.WriteRune(c)
			escaped = false
		case c == '\\':
			escaped = true
		case c == '|':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteRune(c)
		}
	}
	if escaped {
		b.WriteByte('\\')
	}
	return append(out, b.String())
}

var joiner = strings.NewReplacer(`\`, `\\`, "|", `\|`)

func join(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = joiner.Replace(s)
	}
	return guard(strings.Join(out, "|"))
}

// guard keeps a spreadsheet from taking a cell for a formula; unguard takes the mark away.
func guard(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@'", rune(cell[0])) && !number.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@'", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// WriteCSV writes rows with a header line.
func WriteCSV(w io.Writer, rows []Row, lang language.Code) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for _, row := range rows {
		record := []string{guard(row.Question), guard(row.Answer), join(row.Accept), join(row.Wrong), lang.String()}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}
