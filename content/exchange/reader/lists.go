package reader

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// openTrivia reads a list of a TriviaBot: question`answer`other answer, one a line.
func (f *File) openTrivia(text string) error {
	f.Format = TriviaBot
	sep := "`"
	lines := sampleLines(text)
	if share(lines, sep) == 0 {
		for _, s := range []string{"*", "|", "::"} {
			if share(lines, s) >= 0.5 {
				sep = s
				break
			}
		}
	}
	f.rows = func(yield func(Row) bool) error {
		return eachLine(text, func(line int, s string) bool {
			parts := strings.Split(s, sep)
			row := Row{Line: line, Question: parts[0], Answers: parts[1:]}
			if len(parts) == 1 {
				row.leave("the line has no answer", "write "+sep+" between the question and the answer")
			}
			return yield(row)
		})
	}
	return nil
}

// eachLine calls f with every line that is not empty, until it returns false.
func eachLine(text string, f func(line int, s string) bool) error {
	line := 0
	for s := range strings.Lines(text) {
		line++
		if s = strings.TrimSpace(s); s != "" && !f(line, s) {
			break
		}
	}
	return nil
}

// openQA reads OpenTriviaQA: #Q question, ^ answer, then options with letters.
func (f *File) openQA(text string) error {
	f.Format = OpenQA
	f.rows = func(yield func(Row) bool) error {
		row, part, more := Row{}, 0, true
		flush := func() {
			if row.Line > 0 && more {
				more = yield(row)
			}
			row, part = Row{}, 0
		}
		line := 0
		for s := range strings.Lines(text) {
			line++
			s = strings.TrimSpace(s)
			rest, isKey := strings.CutPrefix(s, "^")
			switch {
			case strings.HasPrefix(s, "#Q"):
				flush()
				row = Row{Line: line, Question: strings.TrimSpace(s[2:]), Category: ""}
				part = 1
			case s == "" || row.Line == 0:
			case isKey:
				row.Correct = append(row.Correct, strings.TrimSpace(rest))
				part = 2
			case part == 2 && len(s) > 2 && s[0] >= 'A' && s[0] <= 'H' && s[1] == ' ':
				row.Options = append(row.Options, Option{Name: s[:1], Text: strings.TrimSpace(s[2:])})
			case part == 1:
				row.Question += " " + s
			case len(row.Options) > 0:
				row.Options[len(row.Options)-1].Text += " " + s
			default:
				row.Correct[len(row.Correct)-1] += " " + s
			}
			if !more {
				return nil
			}
		}
		flush()
		return nil
	}
	return nil
}

// labelWords are what a line of a list begins with, for a question and for an answer.
var (
	askLabel = Pattern(func() string {
		return `(?i)^\s*(?:\d+[.)]\s*)?(?:\*\*)?` + OneOf("ask-labels") + `\s*(?:\d+|[٠-٩]+)?\s*[:：.)．]\s*(?:\*\*)?\s*(.+)$`
	})
	answerLabel = Pattern(func() string {
		return `(?i)^\s*(?:\*\*)?` + OneOf("answer-labels") + `\s*(?:\d+|[٠-٩]+)?\s*[:：.)．]\s*(?:\*\*)?\s*(.*)$`
	})
	noteLabel  = Pattern(func() string { return `(?i)^\s*` + OneOf("note-labels") + `\s*[:：]\s*(.+)$` })
	otherLabel = Pattern(func() string { return `(?i)^\s*(` + OneOf("other-labels") + `)\s*[:：]` })
	optionLine = Pattern(func() string {
		return `^\s*(?:[-*]\s*)?[(（]?([A-Ha-h]|` + LineLabels(5) + `|[①-⑩]|[1-9])[.)）．、:]?\s*(\S.*)$`
	})
)

func countLabelled(lines []string) int {
	asks, answers := 0, 0
	for _, l := range lines {
		switch {
		case askLabel().MatchString(l):
			asks++
		case answerLabel().MatchString(l):
			answers++
		}
	}
	if asks == 0 && numbersAsk(lines) {
		return answers
	}
	if asks == 0 || 3*answers < asks || asks+answers < len(lines)/6 {
		return 0
	}
	return min(asks, answers)
}

var numberedAsk = regexp.MustCompile(`^\s*\d+\s*[.)．、:]\s*(\S.*)$`)

// numbersAsk reports whether questions have numbers in place of labels: as many lines have one as are
// labelled as answers.
func numbersAsk(lines []string) bool {
	asks, answers := 0, 0
	for _, l := range lines {
		switch {
		case askLabel().MatchString(l), circleOpt.MatchString(l), aikenOpt.MatchString(l):
			return false
		case numberedAsk.MatchString(l):
			asks++
		case answerLabelLong(l):
			answers++
		}
	}
	return answers >= 2 && asks >= 2 && asks <= answers+answers/4+1 && answers <= asks+asks/4+1
}

// essential is an answer whose needed part is marked, as in lists of MoxQuizz.
var essential = regexp.MustCompile(`^#([^#]+)#$`)

var (
	askedThen  = regexp.MustCompile(`^(.+[?？؟])["”»]?[\s:–—-]*([^\s?？؟][^?？؟]*)$`)
	inBrackets = regexp.MustCompile(`^\[([^\[\]]+)\]$|^\(([^()]+)\)$`)
	listNumber = regexp.MustCompile(`^\s*(?:\d+[.)]|[-*•])\s+`)
)

// asked reports whether most lines have an answer behind a question mark.
func asked(lines []string) bool {
	n := 0
	for _, l := range lines {
		if askedThen.MatchString(listNumber.ReplaceAllString(l, "")) {
			n++
		}
	}
	return n >= 2 && 10*n >= 8*len(lines)
}

// labelInside is an answer behind its label at the end of a line that begins with the question. A
// label of one letter needs one for the question as well.
var labelInside = Pattern(func() string {
	return `(?i)^(\S.*\S)[\s(（\[]+` + OneOf("answer-labels") + `\s*[:：]\s*(\S.*?)[)）\]]?$`
})

// cutInside cuts a line into its question and its answer.
func cutInside(s string) (ask, said string, ok bool) {
	s = strings.TrimSpace(s)
	m := labelInside().FindStringSubmatchIndex(s)
	if m == nil {
		return "", "", false
	}
	label := strings.TrimLeft(s[m[3]:m[4]], " (（[\t")
	label = strings.TrimSpace(strings.TrimRight(label, " :："))
	labelled := askLabel().FindStringSubmatch(s[:m[3]])
	if labelled == nil && utf8.RuneCountInString(label) < 2 || answerLabelLong(s) {
		return "", "", false
	}
	ask = listNumber.ReplaceAllString(s[:m[3]], "")
	if labelled != nil {
		ask = labelled[1]
	}
	return ask, s[m[4]:m[5]], true
}

// answersInside reports whether most lines have a question and behind a label its answer.
func answersInside(lines []string) bool {
	n := 0
	for _, l := range lines {
		if _, _, ok := cutInside(l); ok {
			n++
		}
	}
	return n >= 2 && 10*n >= 8*len(lines)
}

// openLabelled reads questions that are labelled Q: and A:, with options in lines of their own.
func (f *File) openLabelled(text string) error {
	f.Format = Labelled
	if answersInside(sampleLines(text)) {
		f.rows = func(yield func(Row) bool) error {
			return eachLine(text, func(line int, s string) bool {
				ask, said, ok := cutInside(s)
				row := Row{Line: line, Question: ask, Answers: []string{said}}
				if !ok {
					row = Row{Line: line, Question: s}
					row.leave("the line has no answer behind a label", "")
				}
				return yield(row)
			})
		}
		return nil
	}
	if countLabelled(sampleLines(text)) == 0 {
		f.rows = func(yield func(Row) bool) error {
			return eachLine(text, func(line int, s string) bool {
				row := Row{Line: line, Question: listNumber.ReplaceAllString(s, "")}
				if m := askedThen.FindStringSubmatch(row.Question); m != nil {
					row.Question, row.Answers = m[1], []string{inBrackets.ReplaceAllString(m[2], "$1$2")}
				} else {
					row.leave("the line has no answer behind a question mark", "")
				}
				return yield(row)
			})
		}
		return nil
	}
	counted := numbersAsk(sampleLines(text))
	var unused []string
	for _, l := range sampleLines(text) {
		if m := otherLabel().FindStringSubmatch(l); m != nil && !slices.Contains(unused, m[1]) {
			unused = append(unused, m[1])
			f.Columns = append(f.Columns, Column{Name: m[1]})
		}
	}
	f.rows = func(yield func(Row) bool) error {
		row, part, more := Row{}, "", true
		flush := func() {
			if row.Line > 0 && more {
				if o := row.Options; len(o) == 1 && len(row.Answers) == 0 && strings.EqualFold(o[0].Name, "a") { // Q. and A.
					row.Options, row.Answers = nil, []string{o[0].Text}
				}
				if len(row.Answers) == 1 {
					row.Answers[0] = essential.ReplaceAllString(row.Answers[0], "$1")
				}
				if len(row.Options) > 0 && len(row.Answers) > 0 {
					row.Correct, row.Answers = row.Answers, nil
				}
				more = yield(row)
			}
			row, part = Row{}, ""
		}
		line := 0
		for s := range strings.Lines(text) {
			line++
			s = strings.TrimSpace(s)
			m := askLabel().FindStringSubmatch(s)
			if m == nil && counted {
				m = numberedAsk.FindStringSubmatch(s)
			}
			if m != nil {
				flush()
				row, part = Row{Line: line, Question: strings.TrimSuffix(m[1], "**")}, "question"
			} else if row.Line > 0 {
				part = row.line(part, s)
			}
			if !more {
				return nil
			}
		}
		flush()
		return nil
	}
	return nil
}

// line adds a line to the part of a labelled question that it continues or begins, and returns
// that part.
func (r *Row) line(part, s string) string {
	if s == "" {
		return part
	}
	if m := optionLine().FindStringSubmatch(s); m != nil && part != "answer" && strings.ContainsAny(s[:min(len(s), 8)], ".)）．、:①②③④⑤") && !answerLabelLong(s) {
		r.Options = append(r.Options, onOneLine(m[1], m[2])...)
		return "options"
	}
	if m := answerLabel().FindStringSubmatch(s); m != nil {
		if m[1] != "" {
			r.Answers = append(r.Answers, m[1])
		}
		return "answer"
	}
	if m := noteLabel().FindStringSubmatch(s); m != nil {
		r.Note = m[1]
		return "note"
	}
	if otherLabel().MatchString(s) {
		return "other"
	}
	switch {
	case part == "other":
	case part == "question":
		r.Question += " " + s
	case part == "options":
		r.Options[len(r.Options)-1].Text += " " + s
	case part == "note":
		r.Note += " " + s
	case len(r.Answers) > 0:
		r.Answers[len(r.Answers)-1] += " " + s
	default:
		r.Answers = append(r.Answers, s)
	}
	return part
}

// answerLabelLong reports whether a line is labelled as an answer; "A: salmon" is one and the
// option "A) salmon" is not.
func answerLabelLong(s string) bool {
	m := answerLabel().FindStringSubmatchIndex(s)
	return m != nil && strings.ContainsAny(s[:m[2]], ":：")
}

// between are what people put between two parts of a line, besides the separators of tables.
var between = []string{" - ", " – ", " — ", " = ", " => ", " -> ", " → ", " : ", " :: ", "::", "==", "=>", "->", "→", "：", ": ", "=", "~", "–", "—"}

// runs are punctuation that somebody chose for a separator: at least two marks of one kind.
var runs = regexp.MustCompile(`/{2,}|\*{2,}|#{2,}|\|{2,}|~{2,}|;{2,}|:{2,}|={2,}|-{2,}|_{5,}|` +
	`\+{2,}|@{1,}|\^{1,}|%{2,}|&{2,}|<{2,}|>{2,}|\${2,}|!{3,}|,{2,}|\\{2,}`)

// listSeparator finds what divides most lines in two.
func listSeparator(lines []string) string {
	best, top := "", 0.0
	try := func(sep string) {
		once := 0
		for _, l := range lines {
			if l = strings.TrimSpace(l); strings.Count(l, sep) == 1 && !strings.HasPrefix(l, sep) && !strings.HasSuffix(l, sep) {
				once++
			}
		}
		if s := float64(once) / float64(max(len(lines), 1)); s >= 0.6 && s > top+0.05 {
			best, top = sep, s
		}
	}
	seen := map[string]bool{}
	for _, l := range lines {
		for _, r := range runs.FindAllString(l, -1) {
			if !seen[r] && len(seen) < 50 {
				seen[r] = true
				try(r)
			}
		}
	}
	for _, sep := range between {
		try(sep)
	}
	return best
}

// alternating finds two separators that take turns in a text: one between the parts of a card,
// one between cards, as Quizlet lets people choose.
func alternating(text string) (cell, end string) {
	part := strings.TrimSpace(text[:min(len(text), 1<<16)])
	if strings.ContainsAny(part, "{}[]<>\"") {
		return "", "" // the text of a program or of markup
	}
	all := regexp.MustCompile(`[;|/*#~^=>\-]+|,|:|\n+`).FindAllString(part, -1)
	counts := map[string]int{}
	for _, s := range all {
		counts[s]++
	}
	// Of several pairs the most frequent one, so that a file is read in one way whenever it is read.
	marks := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	for _, a := range marks {
		for _, b := range marks {
			n, m := counts[a], counts[b]
			if a == b || n < 2 || m < n-1 || m > n {
				continue
			}
			if turns(all, a, b) {
				return a, b
			}
		}
	}
	return "", ""
}

// turns reports whether a and b alternate in a list, a first.
func turns(all []string, a, b string) bool {
	want := a
	for _, s := range all {
		if s != a && s != b {
			continue
		}
		if s != want {
			return false
		}
		want = a + b
		want = strings.Replace(want, s, "", 1)
	}
	return true
}

// openQuizlet reads pairs of a term and a definition with separators of their own.
func (f *File) openQuizlet(text string, opt Options) error {
	f.Format = Quizlet
	cell, end := opt.Separator, opt.RowSeparator
	if lines := sampleLines(text); cell == "" && len(lines) <= 2 {
		cell, end = alternating(text)
	}
	if cell == "" {
		cell = listSeparator(sampleLines(text))
	}
	if cell == "" {
		if s, ok := bestShape(text); ok {
			cell = s.sep
		}
	}
	if cell == "" {
		cell, end = alternating(text)
		text = strings.TrimRight(text, " \n")
	}
	if cell == "" {
		return refuse("what separates a term from its definition was not recognised: name it with --separator")
	}
	if len(cell) == 1 && strings.Contains("\t,;|", cell) && end == "" {
		err := f.openTable(text, dialect{sep: cell, title: strconv.Quote(cell)}, opt)
		f.Format = Quizlet
		return err
	}
	t := &table{records: func(yield func(record) bool) error {
		in := newCells(text, cell, end, false)
		for {
			r, ok := in.next()
			if !ok {
				return nil
			}
			if len(r.cells) == 1 && strings.TrimSpace(r.cells[0]) == "" {
				continue
			}
			if !yield(r) {
				return nil
			}
		}
	}}
	if err := f.useTable(t, opt); err != nil {
		return err
	}
	rows := f.rows
	f.rows = func(yield func(Row) bool) error {
		return rows(func(r Row) bool {
			if strings.HasPrefix(r.Skip, "the row has") {
				r.Skip = "the separator " + strconv.Quote(cell) + " stands twice or more in it"
				r.Hint = "what belongs to which part cannot be told; choose another separator"
			}
			return yield(r)
		})
	}
	f.Format = Quizlet
	return nil
}
