package content

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"summitquiz/content/language"
)

// Severity says what a problem means for the pack.
type Severity uint8

// The severities.
const (
	Wrong   Severity = iota // the pack is not loaded
	Warning                 // loaded, but the author most likely meant something else
	Note                    // loaded; worth knowing
)

// String returns "error", "warning" or "note".
func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// In returns the word for the severity in a language.
func (s Severity) In(c language.Code) string {
	return [...]phrase{say("error"), say("warning"), say("note")}[s].in(c)
}

// Problem is one thing that is wrong with a pack, and where.
type Problem struct {
	File     string // as the caller named it; a source text has its own name
	Line     int    // 1-based; 0 where the problem has no place
	Column   int    // 1-based, in characters
	Fact     string // id of the fact it stands in; empty outside facts
	Message  string // what is wrong, in English, lower case, no full stop
	Hint     string // how to mend it; may be empty
	Severity Severity

	message, hint phrase // what Message and Hint say, for other languages; empty for problems made elsewhere
}

// In returns what is wrong and what to do about it, in a language. A problem that another
// package made, and what the YAML parser and the sentences' compiler say, are in English.
func (p *Problem) In(c language.Code) (message, hint string) {
	if p.message.format == "" {
		return p.Message, p.Hint
	}
	return p.message.in(c), p.hint.in(c)
}

// Code names the kind of the problem for programs, such as "unknown-entity"; empty for a problem
// that another package made.
func (p *Problem) Code() string { return p.message.code() }

// worded fills in the English texts.
func (p *Problem) worded() *Problem {
	if p.message.format != "" {
		p.Message, p.Hint = p.message.String(), p.hint.String()
	}
	return p
}

// Error returns file:line:col: message (hint).
func (p *Problem) Error() string { return p.Text(language.English) }

// Text returns file:line:col: message (hint) in a language.
func (p *Problem) Text(c language.Code) string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		b.WriteString(":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column))
	}
	b.WriteString(": ")
	if p.Severity != Wrong {
		b.WriteString(p.Severity.In(c) + ": ")
	}
	message, hint := p.In(c)
	b.WriteString(message)
	if hint != "" {
		b.WriteString(" (" + hint + ")")
	}
	return b.String()
}

// Problems returns every *Problem joined in err, in order. It returns nil for an error that
// is not about the pack's content, such as a file that cannot be read.
func Problems(err error) []*Problem {
	var all *problems
	if errors.As(err, &all) {
		return all.list
	}
	var one *Problem
	if errors.As(err, &one) {
		return []*Problem{one}
	}
	return nil
}

// problems is the error of Load: all that is wrong, sorted by place.
type problems struct{ list []*Problem }

func (ps *problems) Error() string {
	lines := make([]string, len(ps.list))
	for i, p := range ps.list {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the single problems.
func (ps *problems) Unwrap() []error {
	errs := make([]error, len(ps.list))
	for i, p := range ps.list {
		errs[i] = p
	}
	return errs
}

// maxProblems bounds the report, and so its memory: a hostile file could hold one in every
// second byte.
const maxProblems = 1000

// report collects problems while a pack is read.
type report struct {
	file  string
	found []*Problem // errors
	mild  []*Problem // warnings and notes
	more  bool       // there were errors beyond maxProblems

	guessed int // words compared for hints so far
}

func (r *report) add(p *Problem) {
	p.worded()
	if p.File == "" {
		p.File = r.file
	}
	switch {
	case p.Severity == Wrong && len(r.found) < maxProblems:
		r.found = append(r.found, p)
	case p.Severity == Wrong:
		r.more = true
	case len(r.mild) < maxProblems:
		r.mild = append(r.mild, p)
	}
}

// full reports whether further errors would not be listed. Then there is no use in looking for
// them: reading stops.
func (r *report) full() bool { return len(r.found) >= maxProblems }

// err returns everything found as one error, warnings included since the author mends them in
// the same go, or nil if nothing is wrong.
func (r *report) err() error {
	if len(r.found) == 0 {
		return nil
	}
	list := r.sorted(append(slices.Clone(r.found), r.mild...))
	if r.more || r.full() {
		list = append(list, (&Problem{
			File: r.file, message: say("only the first %d problems are listed", maxProblems), hint: say("fix these and check again"),
		}).worded())
	}
	return &problems{list}
}

// sorted sorts problems by file (the pack first), line and column.
func (r *report) sorted(list []*Problem) []*Problem {
	slices.SortStableFunc(list, func(a, b *Problem) int {
		return cmp.Or(
			cmp.Compare(boolInt(a.File != r.file), boolInt(b.File != r.file)),
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
		)
	})
	return list
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
