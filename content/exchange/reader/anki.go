package reader

import (
	"slices"
	"strconv"
	"strings"
)

var ankiSeparators = map[string]string{"tab": "\t", "comma": ",", "semicolon": ";", "colon": ":", "pipe": "|", "space": " "}

// openAnki reads "Notes in Plain Text" or "Cards in Plain Text". Lines with # at the top say how
// it is written.
func (f *File) openAnki(text string, opt Options) error {
	f.Format = AnkiText
	head := ankiHeader{markup: MaybeHTML}
	body := head.read(text)
	sep := head.separator
	if sep == "" {
		sep = "\t"
		if s, ok := bestShape(body); ok {
			sep = s.sep
		}
	}
	t := &table{text: true, whole: true, records: func(yield func(record) bool) error {
		in := newCells(body, sep, "", true)
		for {
			r, ok := in.next()
			if !ok {
				return nil
			}
			r.line += head.lines
			if !yield(r) {
				return nil
			}
		}
	}}
	if head.columns != "" {
		t.names = strings.Split(head.columns, sep)
	}
	if err := t.ankiColumns(f, head, opt); err != nil {
		return err
	}
	rows, own := f.rows, head.columns == "guid\tfront\tback" && head.markup == Plain
	f.rows = func(yield func(Row) bool) error {
		return rows(func(r Row) bool {
			r.Markup, r.Exact = head.markup, own
			return yield(r)
		})
	}
	return nil
}

// ankiHeader is what the lines with # at the top of an Anki export say.
type ankiHeader struct {
	separator string
	columns   string
	markup    Markup
	special   map[int]string // columns that hold no field of the note, from 0: guid, deck, tags …
	lines     int
}

func (h *ankiHeader) read(text string) (body string) {
	for strings.HasPrefix(text, "#") {
		line, rest, _ := strings.Cut(text, "\n")
		key, value, ok := strings.Cut(line[1:], ":")
		if !ok {
			break
		}
		switch key = strings.ToLower(strings.TrimSpace(key)); {
		case key == "separator":
			if h.separator = ankiSeparators[strings.ToLower(strings.TrimSpace(value))]; h.separator == "" {
				h.separator = strings.TrimSpace(value)
			}
			if value == "\t" {
				h.separator = "\t"
			}
		case key == "html":
			h.markup = Plain
			if strings.TrimSpace(value) == "true" {
				h.markup = HTML
			}
		case key == "columns":
			h.columns = value
		case strings.HasSuffix(key, " column"):
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n > 0 {
				if h.special == nil {
					h.special = map[int]string{}
				}
				h.special[n-1] = strings.TrimSuffix(key, " column")
			}
		}
		h.lines++
		text = rest
	}
	return text
}

// ankiColumns gives the fields of notes their roles: by their names where those tell, otherwise
// the first is the question and the second the answer.
func (t *table) ankiColumns(f *File, head ankiHeader, opt Options) error {
	first, err := t.head()
	if err != nil {
		return err
	}
	if len(first) == 0 {
		return refuse("there are no notes: export from Anki with \"Notes in Plain Text\"")
	}
	t.ankiNames(first, head)
	if !t.has(question) && !t.has(term) || !t.has(answer) && !t.has(correct) {
		t.fieldOrder(head)
	}
	if err := t.choose(opt); err != nil {
		return err
	}
	t.settle()
	t.listSeparators(f)
	t.describe(f)
	f.Stated = slices.DeleteFunc(f.Stated, func(s string) bool { return strings.HasPrefix(s, "there is no line with names") })
	f.rows = func(yield func(Row) bool) error {
		return t.records(func(r record) bool {
			if r.line <= t.first || r.blank() {
				return true
			}
			row, use := t.row(r)
			if len(row.Answers) == 0 && row.Note == "" && !hasCloze(row.Question) && len(r.cells) < 2 {
				row.leave("the note has one field only and no answer", "check #separator:")
			}
			return !use || yield(row)
		})
	}
	return nil
}

// ankiNames takes the names of fields from #columns: or from a first row that names them.
func (t *table) ankiNames(first []record, head ankiHeader) {
	named := t.names != nil
	if heads, ok := readHeader(first[0].cells); ok && !named {
		t.names, t.first, named = first[0].cells, first[0].line, true
		t.heads = heads
	}
	widths := map[int]int{}
	for _, r := range first {
		widths[len(r.cells)]++
	}
	for w, n := range widths {
		switch {
		case head.special == nil && w > t.width: // notes of several types, as older exports have them
			t.width = w
		case head.special != nil && (n > widths[t.width] || n == widths[t.width] && w > t.width):
			t.width = w
		}
	}
	if named {
		t.width = len(t.names)
	}
	if t.heads == nil {
		t.heads = make([]header, t.width)
		for i := range min(t.width, len(t.names)) {
			t.heads[i] = headerOf(t.names[i])
		}
	}
	for i, name := range head.special {
		if i >= len(t.heads) {
			continue
		}
		t.heads[i] = header{role: ankiSpecial[name]}
		if !named {
			t.name(i, name)
		}
	}
}

var ankiSpecial = map[string]role{"guid": ident, "tags": category, "deck": category, "notetype": noRole}

func (t *table) name(i int, name string) {
	for len(t.names) < len(t.heads) {
		t.names = append(t.names, "")
	}
	t.names[i] = name
}

// fieldOrder takes the first field for the question and the second for the answer.
func (t *table) fieldOrder(head ankiHeader) {
	n := 0
	for i := range t.heads {
		if _, special := head.special[i]; special || isAnkiColumn(t.nameOf(i)) {
			continue
		}
		r := noRole
		switch n {
		case 0:
			r = question
		case 1:
			r = answer
		}
		t.heads[i] = header{role: r}
		if r == noRole && t.nameOf(i) == "" {
			t.name(i, "field "+strconv.Itoa(n+1))
		}
		n++
	}
}

// isAnkiColumn reports whether a column of #columns: holds no field of the note.
func isAnkiColumn(name string) bool {
	switch fold(name) {
	case "guid", "notetype", "note type", "deck", "tags":
		return true
	}
	return false
}

func hasCloze(s string) bool { return strings.Contains(s, "{{c") }
