package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"summitquiz/bot/phrase"
	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
)

type lintCommand struct {
	Files   []string `arg:"" name:"file" help:"Packs: files, folders with a pack.yaml, or - for the standard input."`
	JSON    bool     `help:"Print every problem, warning and note as one JSON object a line."`
	Lang    string   `default:"en" enum:"ar,en,ko,zh" placeholder:"L" help:"Language of the problems: ar, en, ko or zh (default ${default})."`
	Verbose bool     `help:"Say for every fact which questions it cannot make, and why."`
}

func (lintCommand) Help() string {
	return `Prints every problem as file:line:col: message (hint). The exit code is 0 if there are none, 1 if there are problems, and 2 if a file cannot be read. Warnings and notes do not change it.

Examples:

    summitquiz pack lint mypack.yaml
    summitquiz pack lint content/packs/gyeongju-summit-2025 --verbose
    summitquiz pack lint packs/*.yaml --json`
}

// Run checks every file, also after one that has problems or cannot be read.
func (c lintCommand) Run(s streams) error {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // a pack is held as a whole: there is little to collect
	var worst error
	for _, path := range c.Files {
		err := c.lint(path, s)
		if err == nil {
			continue
		}
		if !errors.Is(err, errProblems) {
			fmt.Fprintln(s.err, "summitquiz:", plainly(err))
			err = errUnreadable
		}
		if !errors.Is(worst, errUnreadable) {
			worst = err
		}
	}
	return worst
}

// errUnreadable ends a lint in which a file could not be read.
var errUnreadable = fmt.Errorf("not every pack could be read: correct the paths and run it again")

func (c lintCommand) lint(path string, s streams) error {
	p, err := readPack(path)
	problems := content.Problems(err)
	if err != nil && len(problems) == 0 {
		return unreadable(path, err)
	}
	if err != nil {
		c.print(s.out, problems)
		if !c.JSON {
			fmt.Fprintf(s.out, "%s: %s\n", packFile(path), counted(len(problems), "problem"))
		}
		return errProblems
	}
	c.print(s.out, p.Warnings)
	c.print(s.out, expired(packFile(path), p, today()))
	g := generate.New(p)
	missing := g.Missing()
	if c.JSON || c.Verbose {
		c.print(s.out, eachMissing(packFile(path), missing))
	} else {
		c.print(s.out, sumMissing(packFile(path), missing))
	}
	if !c.JSON {
		fmt.Fprintln(s.out, summary(p, g))
	}
	return nil
}

// expired warns of facts that are not asked any more on a day.
func expired(file string, p *content.Pack, today language.Date) []*content.Problem {
	var out []*content.Problem
	for _, f := range p.Facts {
		if generate.Expired(f, today) {
			out = append(out, &content.Problem{File: file, Line: f.Line, Column: 1, Fact: f.Name, Severity: content.Warning,
				Message: fmt.Sprintf("%s is not asked any more: its until: is past", f.Name), Hint: "correct the date, or remove it"})
		}
	}
	return out
}

func today() language.Date {
	now := time.Now().UTC()
	return language.Date{Year: int16(now.Year()), Month: int8(now.Month()), Day: int8(now.Day())}
}

func (c lintCommand) print(w io.Writer, problems []*content.Problem) {
	lang, _ := language.Parse(c.Lang) // one of the four, as the flag says
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, p := range problems {
		if !c.JSON {
			fmt.Fprintln(w, p.Text(lang))
			continue
		}
		message, hint := p.In(lang)
		_ = enc.Encode(struct { // a closed pipe ends the program by itself
			File     string `json:"file"`
			Line     int    `json:"line"`
			Column   int    `json:"column"`
			Severity string `json:"severity"`
			Fact     string `json:"fact,omitempty"`
			Code     string `json:"code,omitempty"`
			Message  string `json:"message"`
			Hint     string `json:"hint,omitempty"`
		}{p.File, p.Line, p.Column, p.Severity.String(), p.Fact, p.Code(), message, hint})
	}
}

// eachMissing makes a note of every question that is not made.
func eachMissing(file string, missing []generate.Missing) []*content.Problem {
	notes := make([]*content.Problem, len(missing))
	for i, m := range missing {
		notes[i] = &content.Problem{
			File: file, Line: m.Fact.Line, Column: 1, Fact: m.Fact.Name, Severity: content.Note,
			Message: fmt.Sprintf("fact %s makes no %s question for %s: %s", m.Fact.Name, m.Kind,
				m.Fact.Relation.Fields[m.Field].Name, sentence(m.Reason, m.Fact.Card)),
			Hint: remedy(m.Reason, m.Fact.Card),
		}
	}
	return notes
}

// sumMissing makes one note for every reason and kind of question.
func sumMissing(file string, missing []generate.Missing) []*content.Problem {
	type group struct {
		reason generate.Reason
		kind   quiz.Kind
		card   bool
	}
	facts := map[group][]string{}
	var groups []group
	for _, m := range missing {
		k := group{m.Reason, m.Kind, m.Fact.Card}
		if facts[k] == nil {
			groups = append(groups, k)
		}
		if names := facts[k]; len(names) == 0 || names[len(names)-1] != m.Fact.Name { // they come fact by fact
			facts[k] = append(names, m.Fact.Name)
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int { return int(a.reason) - int(b.reason) })
	var notes []*content.Problem
	for _, k := range groups {
		names := facts[k]
		notes = append(notes, &content.Problem{File: file, Severity: content.Note,
			Message: fmt.Sprintf("%s (%s) %s no %s question: %s", counted(len(names), "fact"), some(names),
				either(len(names) == 1, "makes", "make"), k.kind, sentence(k.reason, k.card)),
			Hint: remedy(k.reason, k.card)})
	}
	return notes
}

// sentence is the reason as it stands inside a line: without its capital and full stop.
func sentence(r generate.Reason, card bool) string {
	s := strings.TrimSuffix(phrase.Say(language.English, phrase.Missing(r)), ".")
	if r == generate.FewFalse && card {
		return "no wrong answers are given"
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// remedy says what an author can do so that the question is made; often nothing is needed.
func remedy(r generate.Reason, card bool) string {
	switch r {
	case generate.FewFalse:
		if card {
			return "give wrong answers with not:"
		}
		return "declare wrong values with not:, or close the field with truth: functional or complete"
	case generate.FewDistractors:
		return "give at least two wrong values that no other fact makes true"
	case generate.StandsOut:
		return "give wrong values of the same sort as the answer and about as long"
	case generate.AsksAmong:
		return "give wrong answers with not:, or word the question so that it stands alone"
	case generate.KeyInStem:
		return "word the question or the cover without the answer"
	case generate.WordsInStem:
		return "word the question without the answer's words, or give wrong values that share them"
	case generate.NoBlank:
		return "mark a piece with [ ]"
	case generate.UnevenBlanks:
		return "mark the same pieces in every language"
	case generate.ManyAnswers:
		return "use truth: complete if all answers are listed"
	default:
		return ""
	}
}

// summary is the last line of a clean pack: its size and what it makes.
func summary(p *content.Pack, g *generate.Generator) string {
	items := g.Items()
	var kinds [quiz.KindCount]int
	for _, id := range items {
		kinds[kindOf(id)]++
	}
	var made []string
	for k, n := range kinds {
		if n > 0 {
			made = append(made, fmt.Sprintf("%s %d", quiz.Kind(k), n))
		}
	}
	idle := 0
	for _, f := range p.Facts {
		if len(g.Made(f)) == 0 {
			idle++
		}
	}
	var langs []string
	for _, c := range p.Languages.Codes() {
		langs = append(langs, c.String()+" "+either(p.Reviewed.Has(c), "reviewed", "not reviewed"))
	}
	line := fmt.Sprintf("%s %s: %s, %s, %s items per fact; %s", p.Name, p.Version,
		counted(len(p.Facts), "fact"), counted(len(items), "item"), perFact(len(items), len(p.Facts)),
		strings.Join(langs, ", "))
	if idle > 0 {
		line += fmt.Sprintf("; %s without any item", counted(idle, "fact"))
	}
	if len(made) > 0 {
		line += "\nkinds: " + strings.Join(made, ", ")
	}
	return line
}

// perFact is items/facts with one decimal.
func perFact(items, facts int) string {
	if facts == 0 {
		return "0.0"
	}
	return fmt.Sprintf("%.1f", float64(items)/float64(facts))
}

// kindOf reads the kind out of an item's id: fact/kind/field.
func kindOf(id quiz.ItemID) quiz.Kind {
	_, kind, _ := id.Parts()
	return kind
}

// some shows the first few names of a list.
func some(names []string) string {
	const shown = 3
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:shown], ", ") + ", …"
}

func counted(n int, what string) string {
	return fmt.Sprintf("%d %s%s", n, what, either(n == 1, "", "s"))
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
