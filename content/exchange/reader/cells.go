package reader

import (
	"strings"
)

// Bounds of a table: beyond them it is no table of questions.
const (
	maxColumns = 1000
	maxCell    = 1 << 18 // bytes of a quoted cell; a longer one is a quote that never closes
)

// record is one row of a table.
type record struct {
	line  int      // of its first cell
	cells []string // valid until the next record
	open  bool     // a quote opens in it and does not close: cells are the line as it stands
}

// cells reads records from text in which a separator divides cells and a line end records; cells
// that begin with a quote may hold both.
type cells struct {
	text   string
	sep    string
	end    string // between records; empty for line ends
	quotes bool
	pos    int
	line   int
	stop   int // where the next end at or behind pos was found; less than pos: it is not known
	buf    []string
}

func newCells(text, sep, end string, quotes bool) *cells {
	if end == "" {
		end = "\n"
	}
	return &cells{text: text, sep: sep, end: end, quotes: quotes, line: 1, stop: -1}
}

// next returns the next record, or false at the end of the text.
func (c *cells) next() (record, bool) {
	if c.pos >= len(c.text) {
		return record{}, false
	}
	start, line := c.pos, c.line
	c.buf = c.buf[:0]
	for {
		cell, after, ok := c.cell()
		if !ok {
			return c.literal(start, line), true
		}
		c.buf = append(c.buf, cell)
		if after {
			break
		}
		if len(c.buf) > maxColumns { // the rest of it is of no use
			c.pos = min(len(c.text), c.lineEnd()+len(c.end))
			break
		}
	}
	c.line += strings.Count(c.text[start:c.pos], "\n")
	return record{line: line, cells: c.buf}, true
}

// cell reads a cell and what ends it; after is true if that was the end of the record. It is not
// ok if a quote does not close as it should.
func (c *cells) cell() (cell string, after, ok bool) {
	rest := c.text[c.pos:]
	if c.quotes {
		if trimmed := strings.TrimLeft(rest, " "); strings.HasPrefix(trimmed, `"`) {
			return c.quoted(len(c.text) - len(trimmed) + 1)
		}
	}
	line := rest[:c.lineEnd()-c.pos]
	if i := c.separatorIn(line); i >= 0 {
		c.pos += i + len(c.sep)
		return line[:i], false, true
	}
	c.pos = min(len(c.text), c.stop+len(c.end))
	return line, true, true
}

// separatorIn returns where the next separator stands in a line, or -1. A vertical bar with a backslash
// before it is one in a cell, as in Markdown.
func (c *cells) separatorIn(line string) int {
	at := strings.Index(line, c.sep)
	if c.sep != "|" {
		return at
	}
	for from := 0; at > 0 && backslashes(line[:at])%2 == 1; {
		from = at + 1
		if at = strings.Index(line[from:], c.sep); at >= 0 {
			at += from
		}
	}
	return at
}

// backslashes returns how many backslashes stand at the end of s.
func backslashes(s string) int { return len(s) - len(strings.TrimRight(s, `\`)) }

// lineEnd returns where the next end of a record stands, or the end of the text. It is looked for once a
// record, as a line may be as long as the file.
func (c *cells) lineEnd() int {
	if c.stop < c.pos {
		c.stop = len(c.text)
		if i := strings.Index(c.text[c.pos:], c.end); i >= 0 {
			c.stop = c.pos + i
		}
	}
	return c.stop
}

// quoted reads a cell from behind its opening quote.
func (c *cells) quoted(from int) (cell string, after, ok bool) {
	var parts strings.Builder
	at := from
	for {
		i := strings.IndexByte(c.text[at:min(len(c.text), from+maxCell)], '"')
		if i < 0 {
			return "", false, false
		}
		end := at + i
		if strings.HasPrefix(c.text[end+1:], `"`) {
			parts.WriteString(c.text[at : end+1])
			at = end + 2
			continue
		}
		cell = c.text[at:end]
		if parts.Len() > 0 {
			cell = parts.String() + cell
		}
		rest := strings.TrimLeft(c.text[end+1:], " ")
		c.pos = len(c.text) - len(rest)
		switch {
		case rest == "":
			return cell, true, true
		case strings.HasPrefix(rest, c.sep):
			c.pos += len(c.sep)
			return cell, false, true
		case strings.HasPrefix(rest, c.end):
			c.pos += len(c.end)
			return cell, true, true
		}
		return "", false, false
	}
}

// literal returns one line as it stands, so that a stray quote costs no more than its own row.
func (c *cells) literal(start, line int) record {
	text := c.text[start:]
	c.pos = len(c.text)
	if i := strings.Index(text, c.end); i >= 0 {
		text, c.pos = text[:i], start+i+len(c.end)
	}
	c.line = line + strings.Count(c.text[start:c.pos], "\n")
	c.buf = append(c.buf[:0], strings.SplitN(text, c.sep, maxColumns)...)
	return record{line: line, cells: c.buf, open: strings.Count(text, `"`)%2 == 1}
}

// isRule reports whether a record is the line of dashes under the header of a table in Markdown.
func (r record) isRule() bool {
	dashes := false
	for _, c := range r.cells {
		c = strings.TrimSpace(c)
		if strings.Trim(c, ":-") != "" || c != "" && len(c) < 2 {
			return false
		}
		dashes = dashes || strings.Contains(c, "--")
	}
	return dashes
}

// blank reports whether all cells are empty.
func (r record) blank() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// dialect is how a table is written.
type dialect struct {
	sep   string
	title string
}

var dialects = []dialect{{"\t", "tabs"}, {",", "commas"}, {";", "semicolons"}, {"|", "vertical bars"}}

// sampleRecords is how many records decide how a table is written.
const sampleRecords = 200

// shape is what the first records of a table look like in a dialect.
type shape struct {
	dialect
	width  int     // the most frequent number of cells
	share  float64 // of records with that many
	header bool    // a record names the columns
}

// shapeOf tries a dialect.
func shapeOf(text string, d dialect) shape {
	in := newCells(text, d.sep, "", true)
	widths := map[int]int{}
	total, spaced, wide := 0, 0, false
	out := shape{dialect: d}
	for range sampleRecords {
		r, ok := in.next()
		if !ok {
			break
		}
		if r.blank() {
			continue
		}
		if total < headerRows && !out.header {
			_, out.header = readHeader(r.cells)
		}
		widths[len(r.cells)]++
		total++
		wide = wide || len(r.cells) > maxColumns
		if len(r.cells) > 1 && strings.HasPrefix(r.cells[1], " ") {
			spaced++
		}
	}
	for w, n := range widths {
		if n > widths[out.width] || n == widths[out.width] && w > out.width {
			out.width = w
		}
	}
	out.share = float64(widths[out.width]) / float64(max(total, 1))
	if out.width == 1 && total > 0 && widths[1] < total { // mostly single cells: what the others have
		out.share = 0
	}
	if wide { // refused for its width, whatever the other records are like
		out.width, out.share = maxColumns+1, 1
	}
	if d.sep == "," && spaced > 0 && 2*spaced >= total-widths[1] { // commas of sentences
		out.share = 0
	}
	return out
}

// bestShape returns the dialect in which a text reads as a table, if there is one.
func bestShape(text string) (shape, bool) {
	var best shape
	rating := func(s shape) float64 {
		v := s.share
		if s.header {
			v += 2
		}
		return v
	}
	for _, d := range dialects {
		s := shapeOf(text, d)
		if s.width >= 2 && (s.header || s.share >= 0.6) && rating(s) > rating(best) {
			best = s
		}
	}
	return best, best.width >= 2
}

// excelSeparator reads a first line sep=; as Excel writes it.
func excelSeparator(text string) (sep, rest string, ok bool) {
	first, rest, _ := strings.Cut(text, "\n")
	first = strings.Trim(strings.TrimSpace(first), `"`)
	if value, found := strings.CutPrefix(strings.ToLower(first), "sep="); found && len(value) > 0 && len(value) <= 4 {
		return strings.TrimPrefix(first[3:], "="), rest, true
	}
	if strings.ToLower(first) == "sep=" { // the separator is a tab, which was trimmed
		return "\t", rest, true
	}
	return "", text, false
}
