package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"iter"
	"strings"
)

// giftEscapes are the escapes of GIFT: each of its control characters.
var giftEscapes = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

// giftAnswer escapes an answer. One that begins with a percent sign or a bracket would be read as
// a weight or a format, so these are written out.
func giftAnswer(s string, weighted bool) string {
	out := giftEscapes.Replace(s)
	switch {
	case strings.HasPrefix(s, "%") && weighted:
		return "%100%" + out
	case strings.HasPrefix(s, "%"):
		return "%0%" + out
	case strings.HasPrefix(s, "["):
		return "[plain]" + out
	}
	return out
}

// writeGIFT writes Moodle's GIFT: multiple choice where a row has wrong answers, true or false for
// a statement, short answer else, in which * would stand for any text.
func writeGIFT(w io.Writer, rows iter.Seq[Row], t Target) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "$CATEGORY: %s\n", tidy(t.Title))
	for row := range rows {
		fmt.Fprintf(out, "\n::%s::[plain]%s {", giftEscapes.Replace(tidy(row.ID)), giftEscapes.Replace(tidy(row.Question)))
		switch {
		case row.Truth == TrueStatement:
			out.WriteString("TRUE")
		case row.Truth == FalseStatement:
			out.WriteString("FALSE")
		case len(row.Wrong) == 0:
			for _, s := range append([]string{row.Answer}, row.Accept...) {
				fmt.Fprintf(out, "\n\t=%s", strings.ReplaceAll(giftAnswer(tidy(s), true), "*", `\*`))
			}
			out.WriteString("\n")
		default:
			for _, s := range append([]string{row.Answer}, row.Accept...) {
				fmt.Fprintf(out, "\n\t=%s", giftAnswer(tidy(s), true))
			}
			for _, s := range row.Wrong {
				fmt.Fprintf(out, "\n\t~%s", giftAnswer(tidy(s), false))
			}
			out.WriteString("\n")
		}
		if row.Why != "" {
			fmt.Fprintf(out, "####%s", giftEscapes.Replace(tidy(row.Why)))
		}
		out.WriteString("}\n")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write GIFT: %w", err)
	}
	return nil
}

// writeAnki writes notes of question and answer. Each has a guid of its language, so that
// importing them again updates the notes that are there, and two languages stand beside each
// other.
func writeAnki(w io.Writer, rows iter.Seq[Row], t Target) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "#separator:tab\n#html:false\n#guid column:1\n#deck:%s\n#columns:guid\tfront\tback\n", tidy(t.Title))
	notes := csv.NewWriter(out)
	notes.Comma = '\t'
	for row := range rows {
		if err := notes.Write([]string{tidy(row.ID) + "@" + t.Lang.String(), tidy(row.Question), tidy(row.Answer)}); err != nil {
			return fmt.Errorf("write Anki text: %w", err)
		}
	}
	notes.Flush()
	return errors.Join(notes.Error(), out.Flush())
}

// writeJSON writes the shape of the Open Trivia Database, whose texts hold HTML character
// references, with keys for what it has no place for.
func writeJSON(w io.Writer, rows iter.Seq[Row], t Target) error {
	type result struct {
		Type      string   `json:"type"`
		Category  string   `json:"category"`
		Question  string   `json:"question"`
		Correct   string   `json:"correct_answer"`
		Incorrect []string `json:"incorrect_answers"`
		Accepted  []string `json:"accepted_answers,omitempty"`
		Why       string   `json:"explanation,omitempty"`
	}
	out := bufio.NewWriter(w)
	out.WriteString("{\n \"response_code\": 0,\n \"results\": [")
	between := "\n"
	for row := range rows {
		r := result{Type: "multiple", Category: html.EscapeString(t.Title), Question: html.EscapeString(row.Question),
			Correct: html.EscapeString(row.Answer), Incorrect: []string{}, Accepted: escaped(row.Accept), Why: html.EscapeString(row.Why)}
		r.Incorrect = append(r.Incorrect, escaped(row.wrong())...)
		if row.Truth != NoStatement {
			r.Type = "boolean"
		}
		var one bytes.Buffer
		enc := json.NewEncoder(&one)
		enc.SetEscapeHTML(false)
		enc.SetIndent("  ", " ")
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		out.WriteString(between + "  ")
		out.Write(bytes.TrimSpace(one.Bytes()))
		between = ",\n"
	}
	out.WriteString("\n ]\n}\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

func escaped(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, html.EscapeString(s))
	}
	return out
}
