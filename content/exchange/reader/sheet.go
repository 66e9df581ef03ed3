package reader

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// openSheet reads the first sheet of a workbook that has questions, or the one that was asked for.
func (f *File) openSheet(data []byte, opt Options) error {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss",
	})
	if err != nil {
		return refuse("the workbook cannot be read: %v", err)
	}
	sheets := book.GetSheetList()
	if opt.Sheet != "" {
		if !slices.Contains(sheets, opt.Sheet) {
			return refuse("there is no sheet %q: the sheets are %s", opt.Sheet, strings.Join(sheets, ", "))
		}
		if err := f.useSheet(book, opt.Sheet, opt); err != nil {
			return err
		}
		return f.others(sheets, opt.Sheet)
	}
	var first error
	for _, named := range []bool{true, false} { // a sheet with names of columns before one without
		for _, sheet := range sheets {
			try := &File{Format: f.Format, Encoding: f.Encoding, Why: f.Why}
			err := try.useSheet(book, sheet, opt)
			if err == nil && (!named || try.named) {
				*f = *try
				return f.others(sheets, sheet)
			}
			if err != nil && first == nil {
				first = err
			}
		}
	}
	return errors.Join(first)
}

// others tells of the sheets that are not read.
func (f *File) others(sheets []string, used string) error {
	var rest []string
	for _, s := range sheets {
		if s != used {
			rest = append(rest, s)
		}
	}
	if len(rest) > 0 {
		f.state("only the sheet %s is read; choose another with --sheet: %s", strconv.Quote(used), strings.Join(rest, ", "))
	}
	return nil
}

func (f *File) useSheet(book *excelize.File, sheet string, opt Options) error {
	t := &table{records: func(yield func(record) bool) error {
		rows, err := book.Rows(sheet)
		if err != nil {
			return refuse("the sheet %s cannot be read: %v", sheet, err)
		}
		defer rows.Close()
		for line := 1; rows.Next(); line++ {
			cells, err := rows.Columns()
			if err != nil {
				return refuse("row %d of the sheet %s cannot be read: %v", line, sheet, err)
			}
			if len(cells) > maxColumns {
				return refuse("row %d of the sheet %s has more than %d columns", line, sheet, maxColumns)
			}
			for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
				cells = cells[:len(cells)-1]
			}
			if !yield(record{line: line, cells: cells}) {
				return nil
			}
		}
		return rows.Error()
	}}
	err := f.useTable(t, opt)
	f.Format = Sheet
	f.named = t.first > 0
	return err
}
