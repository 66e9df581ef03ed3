package reader

import (
	"regexp"
	"slices"
	"strings"
)

var aikenAnswer = Pattern(func() string {
	return `(?i)^\s*` + OneOf("aiken-labels") + `\s*[:：]\s*([A-J]|[①-⑩]|[1-9])\s*` + OneOf("after-number") + `?\s*(?:PTS:.*)?$`
})

// openAiken reads Moodle's Aiken: a question, options A. B. C., ANSWER: B. Exams as people write them
// have the options on one line, or circled numbers.
func (f *File) openAiken(text string) error {
	f.Format = Aiken
	f.rows = func(yield func(Row) bool) error {
		a := aiken{yield: yield, more: true}
		line := 0
		for s := range strings.Lines(text) {
			if line++; !a.line(line, strings.TrimSpace(s)) {
				return nil
			}
		}
		a.flush()
		return nil
	}
	return nil
}

var (
	aikenOption = regexp.MustCompile(`^\s*([*✓✔]?)\s*(?:([A-Ja-j])[.)．、]|([①-⑩]))\s*(\S.*?)\s*(\*|✓|✔|(?i:\(correct\)))?$`)
	numbered    = regexp.MustCompile(`^\s*(?:[Qq](?:uestion)?\s*)?\d+\s*[.):、．]\s*`)
	another     = regexp.MustCompile(`\s+(?:([B-Jb-j])[.)．、]|([②-⑩])|[(（]?([2-9])[)）])\s*`)
)

// aiken is a question that is being read.
type aiken struct {
	yield func(Row) bool
	row   Row
	more  bool
}

func (a *aiken) flush() {
	row := &a.row
	if row.Line > 0 && a.more {
		row.Question = numbered.ReplaceAllString(row.Question, "")
		if strings.ContainsAny(row.Question[:min(len(row.Question), 40)], ":：.．)") {
			if m := askLabel().FindStringSubmatch(row.Question); m != nil {
				row.Question = m[1]
			}
		}
		switch {
		case len(row.Options)+len(row.Correct) == 0:
			row.leave("the text has no options and no answer: a heading?", "")
		case len(row.Correct) == 0 && !marksOne(row.Options):
			row.leave("the question has no line ANSWER: with the letter of the right option", "")
		}
		a.more = a.yield(*row)
	}
	a.row = Row{}
}

// line reads a line; it returns false when no more are wanted.
func (a *aiken) line(n int, s string) bool {
	row := &a.row
	if m := aikenAnswer().FindStringSubmatch(s); m != nil && row.Line > 0 {
		row.Correct = append(row.Correct, m[1])
	} else if m := aikenOption.FindStringSubmatch(s); m != nil && row.Line > 0 && len(row.Correct) == 0 {
		a.options(m)
	} else if m := noteLabel().FindStringSubmatch(s); m != nil && row.Line > 0 {
		row.Note = m[1]
	} else if said, ok := a.answer(s); ok {
		row.Correct = append(row.Correct, said)
	} else if s != "" {
		if len(row.Options) > 0 || len(row.Correct) > 0 || row.Line > 0 && numbered.MatchString(s) {
			a.flush()
		}
		if row.Line == 0 {
			row.Line = n
		}
		row.Question = strings.TrimSpace(row.Question + " " + s)
	}
	return a.more
}

// answer returns what a line says after a label of answers: the text of the right option, or its letter
// and text.
func (a *aiken) answer(s string) (string, bool) {
	if len(a.row.Options) == 0 || len(a.row.Correct) > 0 || !strings.ContainsAny(s, ":：") || !answerLabelLong(s) {
		return "", false
	}
	m := answerLabel().FindStringSubmatch(s)
	return m[1], m[1] != ""
}

// options adds the options of a line: one, or several whose labels follow each other.
func (a *aiken) options(m []string) {
	list := onOneLine(m[2]+m[3], m[4])
	if m[1]+m[5] != "" {
		list = []Option{{Name: m[2] + m[3], Text: m[4], Key: true, Mark: Right}}
	}
	a.row.Options = append(a.row.Options, list...)
}

// onOneLine returns the option of a line that begins with a label, or several where the first label
// begins a row of them: "A. x B. y", "① x ② y", "1) x 2) y".
func onOneLine(label, rest string) []Option {
	whole := []Option{{Name: label, Text: rest, Key: true}}
	if position(label) != 0 {
		return whole
	}
	var out []Option
	for next := 1; ; next++ {
		at := another.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		name := rest[max(at[2], at[4], at[6]):max(at[3], at[5], at[7])]
		if position(name) != next {
			return whole
		}
		out = append(out, Option{Name: label, Text: strings.TrimSpace(rest[:at[0]]), Key: true})
		label, rest = name, rest[at[1]:]
	}
	return append(out, Option{Name: label, Text: strings.TrimSpace(rest), Key: true})
}

// position is what a letter, a digit or a circled number stands for, from 0; -1 for other texts.
func position(label string) int {
	if r := []rune(label); len(r) == 1 && r[0] >= '①' && r[0] <= '⑩' {
		return int(r[0] - '①')
	} else if len(r) == 1 && r[0] >= '1' && r[0] <= '9' {
		return int(r[0] - '1')
	}
	if n, ok := Label(label); ok {
		return n
	}
	return -1
}

func marksOne(list []Option) bool {
	return slices.ContainsFunc(list, func(o Option) bool { return o.Mark == Right })
}
