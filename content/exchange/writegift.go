package exchange

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// escapes of GIFT: each of its control characters.
var giftEscapes = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

// WriteGIFT writes rows in Moodle's GIFT: multiple choice where a row has wrong answers, true
// or false for a statement, short answer else.
func WriteGIFT(w io.Writer, rows []Row, category string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "$CATEGORY: %s\n", tidy(category))
	for _, row := range rows {
		fmt.Fprintf(out, "\n::%s::[plain]%s {", giftEscapes.Replace(row.ID), giftEscapes.Replace(row.Question))
		switch {
		case row.Truth == TrueStatement:
			out.WriteString("TRUE")
		case row.Truth == FalseStatement:
			out.WriteString("FALSE")
		default:
			fmt.Fprintf(out, "\n\t=%s\n", giftEscapes.Replace(row.Answer))
			if len(row.Wrong) == 0 {
				for _, also := range row.Accept {
					fmt.Fprintf(out, "\t=%s\n", giftEscapes.Replace(also))
				}
			}
			for _, wrong := range row.Wrong {
				fmt.Fprintf(out, "\t~%s\n", giftEscapes.Replace(wrong))
			}
		}
		if row.Why != "" {
			fmt.Fprintf(out, "####%s", giftEscapes.Replace(row.Why))
		}
		out.WriteString("}\n")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write GIFT: %w", err)
	}
	return nil
}
