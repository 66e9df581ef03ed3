package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// About is what a pack says of itself.
type About struct {
	Name  string // a-z, 0-9 and hyphens
	Title string
	Lang  language.Code
	File  string // where the rows come from, for problems
}

// ErrNothing means that no row could be kept.
var ErrNothing = errors.New("no row can be used")

// Pack returns a pack.yaml with a card for every row that loads without a problem, and the
// problems of the others at their lines in the file they come from.
func Pack(about About, rows []Row) ([]byte, []*content.Problem, error) {
	var problems []*content.Problem
	for len(rows) > 0 {
		data, first := write(about, rows)
		_, err := content.Parse(data, content.Options{Name: about.File, MaxBytes: content.FileLimit})
		if err == nil {
			return data, problems, nil
		}
		found := content.Problems(err)
		bad := map[int]bool{}
		for _, p := range found {
			i := p.Line - first
			if p.Severity != content.Wrong {
				continue
			}
			if i < 0 || i >= len(rows) {
				return nil, problems, fmt.Errorf("the pack cannot be made: %w", err)
			}
			if !bad[i] {
				problems = append(problems, &content.Problem{File: about.File, Line: rows[i].Line, Column: 1, Message: p.Message, Hint: p.Hint})
			}
			bad[i] = true
		}
		if len(bad) == 0 {
			return nil, problems, fmt.Errorf("the pack cannot be made: %w", err)
		}
		var good []Row
		for i, row := range rows {
			if !bad[i] {
				good = append(good, row)
			}
		}
		rows = good
	}
	return nil, problems, ErrNothing
}

// write returns the pack and the line of its first card; each card stands on one line.
func write(about About, rows []Row) (data []byte, first int) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "pack: %s\nversion: 1.0.0\nlanguages: [%s]\ntitle: %s\ncards:\n", about.Name, about.Lang, quoted(about.Title))
	for _, row := range rows {
		answer := quoted
		if bare(row) {
			answer = func(s string) string { return s }
		}
		fmt.Fprintf(&b, "  - {ask: %s, answer: %s", quoted(row.Question), answer(row.Answer))
		if len(row.Accept) > 0 {
			fmt.Fprintf(&b, ", accept: %s", list(row.Accept, quoted))
		}
		if len(row.Wrong) > 0 {
			fmt.Fprintf(&b, ", not: %s", list(row.Wrong, answer))
		}
		b.WriteString("}\n")
	}
	return b.Bytes(), 6
}

func list(texts []string, as func(string) string) string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = as(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// quoted is a text in double quotes; a JSON string is a YAML string.
func quoted(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}

var (
	number = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`)
	year   = regexp.MustCompile(`^(1[0-9]{3}|20[0-9]{2}|2100)$`)
	day    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
)

// bare reports whether the answer is a number or a date that a card takes as one: then wrong
// answers have to be of the same sort, and there are no other right ones to list.
func bare(row Row) bool {
	sort := func(s string) int {
		switch {
		case year.MatchString(s), day.MatchString(s):
			return 1
		case number.MatchString(s):
			return 2
		}
		return 0
	}
	of := sort(row.Answer)
	return of != 0 && len(row.Accept) == 0 && !slices.ContainsFunc(row.Wrong, func(s string) bool { return sort(s) != of })
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// NameFor makes the name of a pack from a title or a file's name; "imported" if nothing of it
// can stand in a name.
func NameFor(title string) string {
	name := strings.Trim(notInNames.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if len(name) > 64 {
		name = strings.Trim(name[:64], "-")
	}
	if name == "" {
		return "imported"
	}
	return name
}
