package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// formulaStarts are the characters with which a spreadsheet begins a formula, in both widths, and
// the mark that is put before them.
const formulaStarts = "=+-@'＝＋－＠"

// plainNumber is what a spreadsheet takes for a number, also with its sign.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)

// guard keeps a spreadsheet from taking a cell for a formula. What reads tables here takes the
// mark away again.
func guard(cell string) string {
	first, _ := utf8.DecodeRuneInString(cell)
	if cell != "" && strings.ContainsRune(formulaStarts, first) && !plainNumber.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

func writeCSV(w io.Writer, rows iter.Seq[Row], t Target) error {
	if t.BOM {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for row := range rows {
		cells := row.cells(t.Lang)
		for i := range cells {
			cells[i] = guard(cells[i])
		}
		if err := out.Write(cells); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// writeSheet writes a workbook of one sheet. Its cells are texts, so that none is a formula and no
// zero before a number is lost.
func writeSheet(w io.Writer, rows iter.Seq[Row], t Target) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet := book.GetSheetName(0)
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	write := func(line int, cells []string) error {
		at, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		return out.SetRow(at, values)
	}
	if err := write(1, columns); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	line := 1
	for row := range rows {
		line++
		if err := write(line, row.cells(t.Lang)); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return book.Write(w)
}
