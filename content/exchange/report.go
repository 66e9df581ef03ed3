package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"summitquiz/content"
)

// fewChanges is how many changes of one kind are listed; the others are counted.
const fewChanges = 20

// Write writes the report for people: what the file was taken for, each row that was changed or
// left out, and the sums. all lists every change, also of kinds that are frequent.
func (r *Report) Write(w io.Writer, all bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: read as %s, because %s; %s\n", r.File, r.Format, r.Why, r.encoding())
	for _, s := range r.Stated {
		fmt.Fprintf(&b, "%s: %s\n", r.File, s)
	}
	r.columns(&b)
	r.changes(&b, all)
	for _, p := range r.Left {
		fmt.Fprintln(&b, p)
	}
	if len(r.Samples) > 0 {
		b.WriteString("\nAs players will see it:\n")
		for _, s := range r.Samples {
			b.WriteString("\n" + s + "\n")
		}
		b.WriteByte('\n')
	}
	for _, reason := range r.Reasons {
		fmt.Fprintf(&b, "left out: %s: %s\n", reason.Text, counted(reason.Rows, "row"))
	}
	b.WriteString(r.Summary() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) encoding() string {
	switch {
	case r.Encoding == string(r.Format):
		return "texts are UTF-8"
	case r.Guessed:
		return "the encoding is guessed to be " + r.Encoding + "; if letters are wrong, say --encoding"
	}
	return "encoding " + r.Encoding
}

func (r *Report) columns(b *strings.Builder) {
	var used, unused []string
	for _, c := range r.Columns {
		if c.Role == "" {
			unused = append(unused, c.Column)
		} else if c.Role == c.Column {
			used = append(used, c.Column)
		} else {
			used = append(used, c.Column+" = "+c.Role)
		}
	}
	if len(used) > 0 {
		fmt.Fprintf(b, "%s: columns: %s\n", r.File, strings.Join(used, ", "))
	}
	if len(unused) > 0 {
		fmt.Fprintf(b, "%s: not used, as a card has no place for it: %s\n", r.File, strings.Join(unused, ", "))
	}
}

func (r *Report) changes(b *strings.Builder, all bool) {
	count := map[string]int{}
	for _, p := range r.Changes {
		kind := class(p.Message)
		if count[kind]++; all || count[kind] <= fewChanges {
			fmt.Fprintln(b, p)
		}
	}
	for _, p := range r.Changes {
		kind := class(p.Message)
		if n := count[kind] - fewChanges; n > 0 && !all {
			fmt.Fprintf(b, "%s: %s more changed in this way: %s (--verbose lists them)\n", r.File, counted(n, "row"), p.Message)
		}
		delete(count, kind)
	}
}

// Summary is the last line: cards, different questions, rows left out.
func (r *Report) Summary() string {
	return fmt.Sprintf("%s, %s, %s left out", counted(r.Cards, "card"), counted(r.Questions, "different question"), counted(len(r.Left), "row"))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// note is a problem in JSON.
type note struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// MarshalJSON writes the report for programs.
func (r *Report) MarshalJSON() ([]byte, error) {
	type plain Report
	return json.Marshal(struct {
		*plain
		Changes []note `json:"changes"`
		Left    []note `json:"left_out"`
		Summary string `json:"summary"`
	}{(*plain)(r), notes(r.Changes), notes(r.Left), r.Summary()})
}

func notes(list []*content.Problem) []note {
	out := make([]note, len(list))
	for i, p := range list {
		out[i] = note{p.Line, strings.TrimPrefix(p.Message, "left out: "), p.Hint}
	}
	return out
}
