package reader

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// headerRows is how many rows from the top may come before the names of the columns: templates
// begin with a title and advice.
const headerRows = 20

// table is a grid of cells whose columns are known.
type table struct {
	records func(yield func(record) bool) error
	heads   []header
	all     []header // before one language was chosen
	names   []string // of the columns; empty where there are none
	first   int      // the line of the header, 0 if there is none
	width   int
	extra   int // empty cells that most rows have beyond the header
	list    map[role]string
	any     bool // several right options are each right
	kotoba  bool
	text    bool // of a text file: an odd quote is an error
	guarded bool // cells may have a mark that keeps a spreadsheet from taking them for formulas
	bars    bool // its cells are separated by vertical bars
	whole   bool // a cell holds one answer, whatever stands in it
	own     bool // written by this program
	judged  bool // its questions are statements that are true or false
	also    []translation
}

// ownColumns is the header of tables that this program writes.
var ownColumns = []string{"question", "answer", "alternatives", "wrong", "explanation", "lang"}

// readHeader reads the names of columns. It is a header if it names a question and an answer.
func readHeader(cells []string) ([]header, bool) {
	if len(cells) > maxColumns {
		return nil, false
	}
	heads := make([]header, len(cells))
	var has [2]bool
	for i, c := range cells {
		if len(c) > 200 {
			return nil, false
		}
		heads[i] = headerOf(c)
	}
	letters(heads, cells)
	for _, h := range heads {
		switch h.role {
		case question, term:
			has[0] = true
		case answer, correct, options, wrong, verdict:
			has[1] = true
		}
	}
	return heads, has[0] && has[1]
}

// openTable reads a text as a table in a dialect.
func (f *File) openTable(text string, d dialect, opt Options) error {
	skipped := 0
	if sep, rest, ok := excelSeparator(text); ok {
		if opt.Separator == "" {
			d = dialect{sep: sep, title: strconv.Quote(sep)}
		}
		text, skipped = rest, 1
	}
	f.Format = Table
	markdown := d.sep == "|" && ruled(text)
	if markdown {
		f.state("it is a table in Markdown: the marks for bold, italic and code are taken off its cells")
	}
	t := &table{text: true, bars: d.sep == "|", guarded: true, records: func(yield func(record) bool) error {
		in := newCells(text, d.sep, opt.RowSeparator, true)
		for {
			r, ok := in.next()
			if !ok {
				return nil
			}
			r.line += skipped
			if d.sep == "|" && r.isRule() {
				continue
			}
			if markdown {
				r.withoutMarks()
			}
			if !yield(r) {
				return nil
			}
		}
	}}
	return f.useTable(t, opt)
}

// ruled reports whether a line of dashes stands below the first lines of a table, as in Markdown.
func ruled(text string) bool {
	in := newCells(text, "|", "", true)
	for range sampleRecords {
		r, ok := in.next()
		if !ok || r.isRule() {
			return ok
		}
	}
	return false
}

// marks of Markdown around a part of a cell.
var markdownMarks = regexp.MustCompile("\\*\\*([^*\\s][^*]*)\\*\\*|__([^_\\s][^_]*)__|`([^`]+)`|(?:^|[\\s(])\\*([^*\\s][^*]*)\\*(?:$|[\\s).,;:!?])")

// withoutMarks takes the marks of Markdown off the cells of a record. A bar stays escaped where the cell
// may be a list.
func (r *record) withoutMarks() {
	for i, cell := range r.cells {
		if strings.ContainsAny(cell, "*_`") {
			r.cells[i] = markdownMarks.ReplaceAllStringFunc(cell, func(s string) string { return strings.NewReplacer("*", "", "`", "", "__", "").Replace(s) })
		}
	}
}

// useTable finds the columns of a table and makes its rows those of the file.
func (f *File) useTable(t *table, opt Options) error {
	if err := t.findHeader(opt); err != nil {
		return err
	}
	if t.heads == nil {
		if err := t.withoutHeader(opt); err != nil {
			return err
		}
	}
	if err := t.choose(opt); err != nil {
		return err
	}
	others, err := t.pickLanguage(opt)
	if err != nil {
		return err
	}
	t.settle()
	t.own = slices.Equal(t.names, ownColumns)
	t.signature(f)
	t.listSeparators(f)
	t.translations(others, f)
	t.describe(f)
	if !t.has(question) {
		return refuse("no column holds the questions (columns: %s): name it with --question", t.columnNames())
	}
	if !t.has(answer) && !t.has(correct) && !t.has(options) {
		return refuse("no column holds the answers (columns: %s): name it with --answer", t.columnNames())
	}
	f.rows = func(yield func(Row) bool) error {
		return t.records(func(r record) bool {
			if r.line <= t.first || r.blank() {
				return true
			}
			row, use := t.row(r)
			if use {
				row.Also = t.inOthers(r)
			}
			return !use || yield(row)
		})
	}
	return nil
}

// head returns copies of the first records that are not blank.
func (t *table) head() ([]record, error) {
	var out []record
	err := t.records(func(r record) bool {
		if !r.blank() {
			r.cells = slices.Clone(r.cells)
			out = append(out, r)
		}
		return len(out) < sampleRecords
	})
	return out, err
}

func (t *table) findHeader(opt Options) error {
	first, err := t.head()
	if err != nil {
		return err
	}
	widths := map[int]int{}
	at := -1
	for i, r := range first {
		if len(r.cells) > maxColumns {
			return refuse("line %d has more than %d columns", r.line, maxColumns)
		}
		widths[len(r.cells)]++
		if at >= 0 || i >= headerRows || opt.NoHeader {
			continue
		}
		if heads, ok := readHeader(r.cells); ok {
			at, t.heads, t.names, t.first = i, heads, r.cells, r.line
		}
	}
	if at < 0 && !opt.NoHeader && len(first) > 1 {
		if heads, ok := halfHeader(first[0].cells); ok {
			at, t.heads, t.names, t.first = 0, heads, first[0].cells, first[0].line
		}
	}
	if at < 0 && len(opt.Columns) > 0 && !opt.NoHeader && len(first) > 0 && namesColumns(first[0].cells, opt.Columns) {
		at, t.names, t.first = 0, first[0].cells, first[0].line
		t.heads, _ = readHeader(t.names)
		if t.heads == nil {
			t.heads = make([]header, len(t.names))
		}
	}
	if at >= 0 {
		t.width = len(t.heads)
		t.extra = emptyTail(first[at+1:], t.width)
		return nil
	}
	for w, n := range widths {
		if n > widths[t.width] || n == widths[t.width] && w > t.width {
			t.width = w
		}
	}
	return nil
}

// halfHeader reads names of columns of which only the question's is known, as those of another
// language: of two columns the other holds the answers.
func halfHeader(cells []string) ([]header, bool) {
	heads := make([]header, len(cells))
	asks := 0
	for i, c := range cells {
		if heads[i] = headerOf(c); heads[i].role == question && len(c) < 40 {
			asks++
		}
	}
	if asks != 1 || len(cells) < 2 {
		return nil, false
	}
	if len(cells) == 2 {
		for i := range heads {
			if heads[i].role != question {
				heads[i].role = answer
			}
		}
	}
	return heads, true
}

// namesColumns reports whether the columns that a person chose are cells of a row.
func namesColumns(cells []string, chosen map[string][]string) bool {
	for _, list := range chosen {
		for _, name := range list {
			if slices.ContainsFunc(cells, func(c string) bool { return fold(c) == fold(name) }) {
				return true
			}
		}
	}
	return false
}

// emptyTail returns how many empty cells most rows have beyond a width: spreadsheets write them.
func emptyTail(rows []record, width int) int {
	most, n := 0, 0
	for _, r := range rows {
		if len(r.cells) <= width || strings.TrimSpace(strings.Join(r.cells[width:], "")) != "" {
			continue
		}
		most = max(most, len(r.cells)-width)
		n++
	}
	if 2*n > len(rows) {
		return most
	}
	return 0
}

// withoutHeader takes two columns for question and answer, and looks for options and a key in
// more.
func (t *table) withoutHeader(opt Options) error {
	t.heads, t.names = make([]header, t.width), make([]string, t.width)
	switch {
	case len(opt.Columns) > 0:
		return nil
	case t.width < 2:
		return refuse("the rows have one cell only: the separator was not recognised; say it with --separator")
	case t.width == 2:
		t.heads[0].role, t.heads[1].role = question, answer
		return nil
	}
	rows, err := t.head()
	if err != nil {
		return err
	}
	if !t.byContent(rows) {
		const advice = "say which is which, such as --question 1 --answer 2"
		return refuse("the table has %d columns and no line that names them (the first row is %s): %s", t.width, preview(rows), advice)
	}
	return nil
}

// preview is the first row of a table, for a message.
func preview(rows []record) string {
	if len(rows) == 0 {
		return "empty"
	}
	s := []rune(strings.Join(rows[0].cells, " | "))
	if len(s) > 80 {
		s = append(s[:79], '…')
	}
	return strings.Join(strings.Fields(string(s)), " ")
}

// byContent recognises a question followed by its options and by the right one, as its text, its
// letter or its number.
func (t *table) byContent(rows []record) bool {
	asks, long := make([]int, t.width), make([]int, t.width)
	for _, r := range rows {
		for i, c := range r.cells[:min(len(r.cells), t.width)] {
			if c = strings.TrimSpace(c); strings.HasSuffix(c, "?") || strings.HasSuffix(c, "？") || strings.HasSuffix(c, "؟") {
				asks[i]++
			}
			long[i] += len(c)
		}
	}
	q := 0
	for i := range t.width {
		if asks[i] > asks[q] || asks[i] == asks[q] && long[i] > long[q] {
			q = i
		}
	}
	last := t.width - 1
	if q != 0 || last < 3 || len(rows) < 2 {
		return false
	}
	if starsOne(rows, t.width) {
		t.heads[0].role = question
		for i := 1; i < t.width; i++ {
			t.heads[i] = header{role: options, suffix: strconv.Itoa(i)}
		}
		return true
	}
	key := 0
	for _, r := range rows {
		if len(r.cells) != t.width {
			continue
		}
		cell := strings.TrimSpace(r.cells[last])
		_, label := Label(cell)
		n, err := strconv.Atoi(cell)
		if label || err == nil && n >= 0 && n <= last-1 || slices.Contains(r.cells[1:last], r.cells[last]) {
			key++
		}
	}
	if key < (len(rows)*9+9)/10 {
		return false
	}
	t.heads[0].role, t.heads[last].role = question, correct
	for i := 1; i < last; i++ {
		t.heads[i] = header{role: options, suffix: strconv.Itoa(i)}
	}
	return true
}

// starsOne reports whether each row has one cell behind the first that bears a mark.
func starsOne(rows []record, width int) bool {
	for _, r := range rows {
		n := 0
		for i, c := range r.cells {
			if c = strings.TrimSpace(c); i > 0 && len(c) > 1 && (strings.Trim(c, "*✓✔√✅") != c) {
				n++
			}
		}
		if n != 1 || len(r.cells) != width {
			return false
		}
	}
	return true
}

var chosenRoles = map[string]role{"question": question, "answer": answer, "wrong": wrong, "options": options, "correct": correct,
	"explanation": note, "category": category, "language": lang, "accept": accept}

// choose applies the columns that a person named.
func (t *table) choose(opt Options) error {
	for name, list := range opt.Columns {
		r := chosenRoles[name]
		for i := range t.heads {
			if sameUse(t.heads[i].role, r) {
				t.heads[i].role = noRole
			}
		}
		for _, column := range list {
			i, err := t.column(column)
			if err != nil {
				return err
			}
			t.heads[i].role = r
			t.heads[i].tagged = false
		}
	}
	return nil
}

// sameUse reports whether a column of one role takes the place of one of the other.
func sameUse(a, b role) bool {
	asks := func(r role) bool { return r == question || r == term }
	answers := func(r role) bool { return r == answer || r == correct }
	return a == b || asks(a) && asks(b) || answers(a) && answers(b)
}

// column returns the index of a column by its name or its number from 1.
func (t *table) column(name string) (int, error) {
	for i, n := range t.names {
		if n != "" && fold(n) == fold(name) {
			return i, nil
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= t.width {
		return n - 1, nil
	}
	return 0, refuse("there is no column %q: the columns are %s", name, t.columnNames())
}

func (t *table) columnNames() string {
	var out []string
	for i := range t.heads {
		name := ""
		if i < len(t.names) {
			name = strings.Join(strings.Fields(t.names[i]), " ")
		}
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		out = append(out, name)
		if len(out) == 20 && len(t.heads) > 20 {
			return strings.Join(out, ", ") + fmt.Sprintf(" and %d more", len(t.heads)-20)
		}
	}
	return strings.Join(out, ", ")
}

func (t *table) has(r role) bool {
	return slices.ContainsFunc(t.heads, func(h header) bool { return h.role == r })
}

func (t *table) count(r role) int {
	n := 0
	for _, h := range t.heads {
		if h.role == r {
			n++
		}
	}
	return n
}
