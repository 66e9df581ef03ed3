package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"

	"summitquiz/content/language"
)

var columns = []string{"question", "answer", "alternatives", "wrong", "lang"}

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
	if cell != "" && strings.ContainsRune("=+-@'", rune(cell[0])) && !plainNumber.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// plainNumber is what a spreadsheet takes for a number, also with its sign.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)

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
