package exchange

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// WriteAnki writes rows as notes of question and answer. Each has a guid, so that importing
// them again updates the notes that are there.
func WriteAnki(w io.Writer, rows []Row, deck string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "#separator:tab\n#html:false\n#guid column:1\n#deck:%s\n#columns:guid\tfront\tback\n", tidy(deck))
	notes := csv.NewWriter(out)
	notes.Comma = '\t'
	for _, row := range rows {
		if err := notes.Write([]string{row.ID, tidy(row.Question), tidy(row.Answer)}); err != nil {
			return fmt.Errorf("write Anki text: %w", err)
		}
	}
	notes.Flush()
	return errors.Join(notes.Error(), out.Flush())
}
