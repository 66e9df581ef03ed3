package content

import (
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// place returns the line and column of a byte offset into the text of a scalar. It walks the
// file beside the text, since quotes, escapes, indentation and folding stand in the file only.
// Where the two part it returns the last place at which they agreed.
func (r *scope) place(n *yaml.Node, offset int) (line, column int) {
	if n.Kind != yaml.ScalarNode || n.Line < 1 || n.Line > len(r.lineStarts()) || offset > len(n.Value) {
		return n.Line, n.Column
	}
	w := &walk{raw: r.raw[r.lineStarts()[n.Line-1]:], line: n.Line, column: 1, style: n.Style}
	for w.column < n.Column && len(w.raw) > 0 {
		w.step()
	}
	w.enter()
	for text := n.Value; len(n.Value)-len(text) < offset; {
		size, ok := w.follow(text)
		if !ok {
			return w.line, w.column
		}
		text = text[size:]
	}
	if offset < len(n.Value) && !isBlank(n.Value[offset]) && w.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		w.skipBlanks() // the indentation of a line that the offset begins
	}
	return w.line, w.column
}

// lineStarts are the byte offsets of the lines of the file, found for the first problem that
// needs them.
func (r *scope) lineStarts() []int {
	if r.lines == nil {
		r.lines = append(r.lines, 0)
		for i, c := range r.raw {
			if c == '\n' {
				r.lines = append(r.lines, i+1)
			}
		}
	}
	return r.lines
}

// walk is a way through the file along one scalar.
type walk struct {
	raw          []byte // what lies ahead
	line, column int
	style        yaml.Style
}

// step goes on by one character of the file.
func (w *walk) step() {
	c, size := utf8.DecodeRune(w.raw)
	w.raw = w.raw[size:]
	if c == '\n' {
		w.line, w.column = w.line+1, 1
	} else {
		w.column++
	}
}

// enter goes from the start of the scalar to its first character: past a quotation mark, or
// past the line of a | or >.
func (w *walk) enter() {
	switch {
	case w.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		for line := w.line; len(w.raw) > 0 && w.line == line; {
			w.step()
		}
	case w.style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && len(w.raw) > 0:
		w.step()
	}
}

// follow goes past what the file has for the next character of the text, and returns the
// length of that character. It reports false where the file has something else.
func (w *walk) follow(text string) (size int, ok bool) {
	want, size := utf8.DecodeRuneInString(text)
	for len(w.raw) > 0 {
		got, _ := utf8.DecodeRune(w.raw)
		switch {
		case got == '\\' && w.style&yaml.DoubleQuotedStyle != 0:
			for range escapeLength(w.raw) {
				w.step()
			}
			return size, true
		case got == '\'' && want == '\'' && w.style&yaml.SingleQuotedStyle != 0:
			w.step()
			if len(w.raw) > 0 && w.raw[0] == '\'' {
				w.step()
			}
			return size, true
		case got == want && (want != ' ' || w.style&yaml.FoldedStyle == 0):
			w.step()
			if after := text[size:]; want == '\n' && w.style&yaml.LiteralStyle != 0 && (after == "" || after[0] != ' ') {
				for len(w.raw) > 0 && w.raw[0] == ' ' {
					w.step()
				}
			}
			return size, true
		case isBlank(text[0]) && isBlank(w.raw[0]): // a line break that is read as a space
			w.skipBlanks()
			return size, true
		case isBlank(w.raw[0]): // indentation
			w.step()
		default:
			return 0, false
		}
	}
	return 0, false
}

func (w *walk) skipBlanks() {
	for len(w.raw) > 0 && isBlank(w.raw[0]) {
		w.step()
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// escapeLength is the length of the escape at the start of raw, in characters.
func escapeLength(raw []byte) int {
	if len(raw) < 2 {
		return 1
	}
	switch raw[1] {
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	}
	return 2
}
