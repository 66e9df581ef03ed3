package reader

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestFormulasAreNotComputed holds that a formula gives the value that the workbook keeps for it,
// and nothing where it keeps none, whatever file it points at.
func TestFormulasAreNotComputed(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	for cell, value := range map[string]string{"A1": "question", "B1": "answer", "A2": "How much is 1 + 1?", "A3": "What stands elsewhere?", "A4": "Who?", "B4": "Ada"} {
		if err := book.SetCellStr("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	for cell, formula := range map[string]string{"B2": "1+1", "B3": `'file:///etc/[passwd]Sheet1'!A1`} {
		if err := book.SetCellFormula("Sheet1", cell, formula); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	rows, _, err := read(file.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || strings.Join(rows[2].Answers, "") != "Ada" {
		t.Fatalf("rows %+v", rows)
	}
	for _, r := range rows[:2] {
		if len(r.Answers) > 0 {
			t.Errorf("line %d has the answers %q, which nobody wrote", r.Line, r.Answers)
		}
	}
}
