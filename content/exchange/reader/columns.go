package reader

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// settle makes the roles of columns agree: which columns are options, and which one tells the
// right one.
func (t *table) settle() {
	t.judged = t.count(verdict) == 1 && !t.has(answer) && !t.has(correct) && !t.has(options) || t.asksStatements() && !t.has(options) && !t.has(wrong)
	t.keepFirst(question)
	if t.has(question) {
		t.drop(term)
	} else {
		t.keepFirst(term)
		t.change(term, question)
		t.keepFirst(question)
	}
	t.settleNumbered()
	if t.has(options) {
		t.drop(verdict)
		if t.has(correct) {
			t.drop(answer)
		} else {
			t.change(answer, correct)
		}
		t.keepNamed(correct)
		return
	}
	t.settleAnswer()
}

// keepNamed keeps the first column of a role and those of the same name: "Correct Answer" twice, or with
// numbers, points at several options.
func (t *table) keepNamed(r role) {
	first := ""
	for i := range t.heads {
		if t.heads[i].role != r {
			continue
		}
		name := strings.TrimRight(fold(t.nameOf(i)), " 0123456789#")
		if first == "" {
			first = name
		}
		if name != first || name == "" && i > 0 {
			t.heads[i].role = noRole
		}
	}
}

// settleNumbered says what numbered columns of answers are: options, or further ways to write the
// answer where wrong answers have columns of their own.
func (t *table) settleNumbered() {
	numbered := 0
	for _, h := range t.heads {
		if h.role == answer && h.suffix != "" {
			numbered++
		}
	}
	plain := t.count(answer) - numbered
	for i, h := range t.heads {
		if h.role != answer || h.suffix == "" || numbered < 2 && plain == 0 {
			continue
		}
		switch {
		case t.has(wrong) && plain > 0:
			t.heads[i].role = accept
		case !t.has(wrong):
			t.heads[i].role = options
		}
	}
}

// settleAnswer says which column is the answer where no columns are options.
func (t *table) settleAnswer() {
	if !t.has(answer) && !t.has(correct) {
		t.change(verdict, answer)
	} else {
		t.drop(verdict)
	}
	if !t.has(answer) {
		t.change(correct, answer)
	} else if t.has(correct) && !t.has(wrong) {
		t.drop(correct)
	} else if t.has(correct) && t.listsCorrect() {
		t.change(correct, accept)
	} else if t.has(correct) {
		t.drop(answer)
		t.change(correct, answer)
	}
	if !t.has(answer) && t.count(note) == 1 {
		t.change(note, answer) // term and description
	}
}

// asksStatements reports whether the column of questions says that they are statements.
func (t *table) asksStatements() bool {
	for i, h := range t.heads {
		if h.role == question && i < len(t.names) {
			return slices.Contains(Words("statement-columns"), fold(t.names[i]))
		}
	}
	return false
}

func (t *table) keepFirst(r role) {
	first := true
	for i := range t.heads {
		if t.heads[i].role != r {
			continue
		}
		if !first {
			t.heads[i].role = noRole
		}
		first = false
	}
}

func (t *table) change(from, to role) {
	for i := range t.heads {
		if t.heads[i].role == from {
			t.heads[i].role = to
		}
	}
}

func (t *table) drop(r role) { t.change(r, noRole) }

var (
	fromOne  = regexp.MustCompile(`\b1\s*(-|–|~|to|to the|bis)\s*[2-9]\b`)
	fromZero = regexp.MustCompile(`\b0\s*(-|–|~|to)\s*[2-9]\b`)
)

// signature recognises templates of Kahoot, Blooket, Quizizz and Kotoba by their columns.
func (t *table) signature(f *File) {
	time, several := false, false
	for i, name := range t.names {
		folded := fold(name)
		time = time || slices.ContainsFunc(Words("time-columns"), func(w string) bool { return strings.HasPrefix(folded, w) })
		switch t.heads[i].role {
		case correct:
			several = several || strings.Contains(name, "(s)")
			switch {
			case fromOne.MatchString(folded) || fromOne.MatchString(name) || strings.Contains(folded, "answer #"):
				f.Base = FromOne
			case fromZero.MatchString(folded) || fromZero.MatchString(name):
				f.Base = FromZero
			}
		case instructions:
			t.kotoba = true
		}
		if folded == "render as" {
			t.kotoba = true
		}
	}
	if time && t.has(correct) && t.count(options) >= 2 && f.Base == UnknownBase {
		f.Base = FromOne
		f.state("the columns are those of a quiz template with a time limit, which counts options from 1")
	}
	t.any = several && time
}

// listSeparators finds what separates several values in the one column of a role.
func (t *table) listSeparators(f *File) {
	t.list = map[role]string{}
	rows, err := t.head()
	if err != nil {
		return
	}
	for _, r := range []role{wrong, options, accept, answer} {
		t.list[r] = "|"
		if t.count(r) != 1 || t.own || r == answer && !t.namedAnswers() {
			continue
		}
		i := slices.IndexFunc(t.heads, func(h header) bool { return h.role == r })
		filled, has := 0, map[string]int{}
		for _, row := range rows {
			if row.line <= t.first || i >= len(row.cells) || strings.TrimSpace(row.cells[i]) == "" || bracketed(row.cells[i]) {
				continue
			}
			filled++
			for _, sep := range []string{"|", ";", "\n", " / ", "；", "、", ",", "،", "，"} {
				if strings.Contains(row.cells[i], sep) {
					has[sep]++
				}
			}
		}
		if filled == 0 || has["|"] > 0 {
			continue
		}
		for _, sep := range []string{"\n", ";", "；", " / ", "、", "،", "，", ","} {
			if 10*has[sep] >= 8*filled {
				t.list[r] = sep
				f.state("the values in the column %s are separated by %s", strconv.Quote(t.title(i)), strconv.Quote(sep))
				break
			}
		}
	}
}

// listsCorrect reports whether the column of the right answers names several, and stands beside one for
// the answer.
func (t *table) listsCorrect() bool {
	for i, h := range t.heads {
		if h.role == correct && strings.HasSuffix(fold(t.nameOf(i)), "answers") {
			return true
		}
	}
	return false
}

// namedAnswers reports whether the column of the answers is named for several right ones, beside wrong
// ones: "Correct Answers".
func (t *table) namedAnswers() bool {
	for i, h := range t.heads {
		if h.role == answer {
			return t.has(wrong) && strings.HasSuffix(fold(t.nameOf(i)), "answers")
		}
	}
	return false
}

func (t *table) title(i int) string {
	if i < len(t.names) && strings.TrimSpace(t.names[i]) != "" {
		return strings.Join(strings.Fields(t.names[i]), " ")
	}
	return strconv.Itoa(i + 1)
}

// describe tells what each column was taken for. Columns without a name and without content are
// nothing to tell of.
func (t *table) describe(f *File) {
	filled := make([]bool, len(t.heads))
	if rows, err := t.head(); err == nil {
		for _, r := range rows {
			for i := range min(len(r.cells), len(filled)) {
				filled[i] = filled[i] || r.line > t.first && strings.TrimSpace(r.cells[i]) != ""
			}
		}
	}
	for i, h := range t.heads {
		name := t.title(i)
		switch h.role {
		case category, kind, ident, noRole:
			if t.first == 0 && !filled[i] || strings.TrimSpace(t.nameOf(i)) == "" {
				continue
			}
		}
		role := string(h.role)
		if h.role == category || h.role == ident {
			role = ""
		}
		if h.role == noRole {
			role = t.roleIn(i)
		}
		f.Columns = append(f.Columns, Column{Name: name, Role: role})
	}
	if t.first == 0 {
		f.state("there is no line with names of columns: the first row is a question like the others")
	}
}

func (t *table) nameOf(i int) string {
	if i < len(t.names) {
		return t.names[i]
	}
	return ""
}

// row makes a row of a record. use is false for a record that says nothing in the columns of
// questions and answers, as the numbers of an empty template do.
func (t *table) row(r record) (row Row, use bool) {
	row = Row{Line: r.line}
	told := ""
	if t.judged {
		told = "true or false"
	}
	for i, cell := range r.cells[:min(len(r.cells), len(t.heads))] {
		h := t.heads[i]
		plain := strings.TrimSpace(cell)
		if plain == "" {
			continue
		}
		if t.guarded {
			cell = unguard(cell)
		}
		switch h.role {
		case question:
			if row.Question, use = cell, true; t.bars {
				row.Question = strings.ReplaceAll(cell, `\|`, "|")
			}
		case answer:
			use = true
			row.Answers = append(row.Answers, t.answers(cell)...)
		case correct:
			use = true
			row.Correct = append(row.Correct, list(cell, "")...)
		case options:
			use = true
			t.option(&row, h, i, cell)
		case wrong:
			use = true
			row.Wrong = append(row.Wrong, list(cell, t.list[wrong])...)
		case accept:
			row.Answers = append(row.Answers, list(cell, t.list[accept])...)
		case note:
			row.Note = strings.TrimSpace(row.Note + " " + cell)
		case category:
			row.Category = cell
		case lang:
			row.Language = plain
		case kind:
			told = cell
		case media:
			row.Media = cmp.Or(mediaOf(t.title(i), cell), row.Media)
		case instructions:
			row.Changes = append(row.Changes, "the instructions stand in brackets after the question")
			row.Question += " (" + cell + ")"
		}
	}
	if t.any {
		row.Several = Any
	}
	if t.own {
		row.Exact, row.Markup = true, Plain
	} else if t.count(wrong) == 1 {
		row.splitWrong()
	}
	t.checkWidth(&row, r)
	if s := sortOf(told); s != unsaid {
		row.apply(s)
		if s == tick && len(row.Options) > 0 {
			row.Several = Tick
		}
	}
	return row, use
}

// answers splits the right answers in a cell. Of several columns the first holds the answer.
func (t *table) answers(cell string) []string {
	if t.whole {
		return []string{cell}
	}
	if t.kotoba {
		return list(cell, ",")
	}
	return list(cell, cmp.Or(t.list[answer], "|"))
}

func (t *table) option(row *Row, h header, i int, cell string) {
	if t.count(options) > 1 {
		row.Options = append(row.Options, Option{Name: t.title(i), Text: cell})
		if h.suffix != "" {
			row.Options[len(row.Options)-1].Name = h.suffix
		}
		return
	}
	for _, o := range list(cell, t.list[options]) {
		row.Options = append(row.Options, Option{Text: o})
	}
}

// checkWidth leaves out a record that has more cells than there are columns, or an odd quote: a
// row is never cut to fit.
func (t *table) checkWidth(row *Row, r record) {
	switch {
	case r.open && t.text:
		row.leave("a quote opens and does not close", `put quotes around a cell that holds quotes, and double those inside: "say ""yes"""`)
	case len(r.cells) > t.width+t.extra:
		row.leave(fmt.Sprintf("the row has %d cells and the table %d columns", len(r.cells), t.width),
			"put quotes around a cell that holds the separator, such as a comma")
	case len(r.cells) > t.width && strings.TrimSpace(strings.Join(r.cells[t.width:], "")) != "":
		row.leave("the row has more cells than the table columns", "put quotes around a cell that holds the separator, such as a comma")
	}
}

// bracketed reports whether a cell holds a list as a program prints it.
func bracketed(cell string) bool {
	cell = strings.TrimSpace(cell)
	return len(cell) > 1 && cell[0] == '[' && cell[len(cell)-1] == ']'
}

// list returns the values in a cell, which stand with sep between them or as a program prints a
// list: ["a", "b"] or ['a', 'b'].
func list(cell, sep string) []string {
	if bracketed(cell) {
		if values, ok := printed(strings.TrimSpace(cell)); ok {
			return values
		}
	}
	switch sep {
	case "":
		return []string{cell}
	case "|":
		return Split(cell)
	}
	return strings.Split(cell, sep)
}

// printed reads a list of texts or numbers in the notation of JSON or Python.
func printed(cell string) ([]string, bool) {
	var values []any
	dec := json.NewDecoder(strings.NewReader(cell))
	dec.UseNumber()
	if dec.Decode(&values) == nil {
		var out []string
		for _, v := range values {
			switch v := v.(type) {
			case string:
				out = append(out, v)
			case json.Number:
				out = append(out, v.String())
			default:
				return nil, false
			}
		}
		return out, len(out) > 0
	}
	var out []string
	rest := strings.TrimSpace(cell[1 : len(cell)-1])
	for rest != "" {
		quote := rest[:1]
		if quote != "'" && quote != `"` {
			return nil, false
		}
		end := 1
		for end < len(rest) && rest[end] != quote[0] {
			if rest[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(rest) {
			return nil, false
		}
		out = append(out, strings.NewReplacer(`\'`, `'`, `\"`, `"`, `\\`, `\`).Replace(rest[1:end]))
		rest = strings.TrimSpace(rest[end+1:])
		if rest != "" && rest[0] == ',' {
			rest = strings.TrimSpace(rest[1:])
		} else if rest != "" {
			return nil, false
		}
	}
	return out, len(out) > 0
}

// Split cuts a cell at every | that has no backslash before it.
func Split(cell string) []string {
	if !strings.ContainsAny(cell, `|\`) {
		return []string{cell}
	}
	var out []string
	var b strings.Builder
	escaped := false
	for _, c := range cell {
		switch {
		case escaped:
			if c != '|' && c != '\\' {
				b.WriteByte('\\')
			}
			b.WriteRune(c)
			escaped = false
		case c == '\\':
			escaped = true
		case c == '|':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteRune(c)
		}
	}
	if escaped {
		b.WriteByte('\\')
	}
	return append(out, b.String())
}

// guards are the characters with which a spreadsheet begins a formula, in both widths.
const guards = "=+-@'＝＋－＠"

// unguard takes away the mark that keeps a spreadsheet from taking a cell for a formula.
func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && rest != "" {
		for _, r := range guards {
			if strings.HasPrefix(rest, string(r)) {
				return rest
			}
		}
	}
	return cell
}
