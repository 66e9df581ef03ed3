package content

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A YAML parser stops at the first mistake. So that authors see all at once, the entity, fact
// or section that holds a mistake is blanked out and the rest parsed again: what then remains
// is checked as far as it can be without the missing part.
const (
	maxParses      = 20       // how often
	maxParsedAgain = 32 << 20 // bytes in all
)

// decode parses the YAML text, reports every mistake in it, and returns whether there is
// anything to check.
func (r *document) decode(data []byte, doc *yaml.Node) bool {
	if loadParts(data, doc, runtime.GOMAXPROCS(0), longSection) {
		return true
	}
	*doc = yaml.Node{}
	data, keyed := underKey(data)
	again := 0
	for pass := 1; ; pass++ {
		err := load(data, doc, maxDepth)
		if err == nil {
			return r.withoutKey(doc, keyed)
		}
		var le *yaml.LoadError
		var les *yaml.LoadErrors
		if errors.As(err, &les) && len(les.Errors) > 0 {
			le = les.Errors[0]
		} else if !errors.As(err, &le) {
			r.add(&Problem{Line: 1, Column: 1, message: say("this is not YAML: %s", err.Error())})
			return false
		}
		line := le.Mark.Line
		if le.ContextMark.Line > 0 {
			line = le.ContextMark.Line
		}
		for _, mark := range []*yaml.Mark{&le.Mark, &le.ContextMark} {
			if keyed > 0 && mark.Line == keyed {
				mark.Column = max(1, mark.Column-len(jsonKey))
			}
		}
		switch {
		case strings.Contains(le.Message, "no documents"):
			if !r.partial {
				r.add(&Problem{Line: 1, Column: 1, message: say("the file is empty"), hint: say("begin with pack: and the pack's name")})
			}
			return false
		case strings.Contains(le.Message, "expected single document"):
			r.add(&Problem{Line: secondDocument(r.raw), Column: 1, message: say("the file holds more than one YAML document"),
				hint: say("remove the --- and what follows, or make it a pack of its own")})
			return false
		case !r.partial || !r.blankedAnchor(le.Message):
			r.syntax(le)
		}
		if again += len(data); pass == maxParses || again > maxParsedAgain {
			return false
		}
		var ok bool
		if data, ok = blankOut(data, line); !ok {
			return false
		}
		r.partial = true
		*doc = yaml.Node{}
	}
}

// blankedAnchor reports whether a message is about an anchor that stands in the file, and so
// was blanked out.
func (r *document) blankedAnchor(message string) bool {
	_, name, found := strings.Cut(message, "unknown anchor '")
	name, _, _ = strings.Cut(name, "'")
	return found && bytes.Contains(r.raw, []byte("&"+name))
}

// blankOut returns the text without the entity, fact or section that a line belongs to; the
// lines stay, so that all others keep their places. It reports false where nothing is left of
// it to blank.
func blankOut(data []byte, line int) ([]byte, bool) {
	lines := bytes.Split(data, []byte("\n"))
	if line < 1 || line > len(lines) {
		return nil, false
	}
	header := line - 1
	for header > 0 && !isHeader(lines[header]) {
		header--
	}
	first := header + 1
	for first < len(lines) && isEmpty(lines[first]) {
		first++
	}
	start := header
	if first < len(lines) && first < line && !isHeader(lines[first]) {
		unit := indent(lines[first])
		dash := isDash(lines[first])
		for i := line - 1; i > header; i-- {
			if !isEmpty(lines[i]) && indent(lines[i]) <= unit && isDash(lines[i]) == dash {
				start = i
				break
			}
		}
	}
	end := start + 1
	for end < len(lines) && (isEmpty(lines[end]) || start == header && !isHeader(lines[end]) ||
		start != header && (indent(lines[end]) > indent(lines[start]) || isDash(lines[start]) && !isDash(lines[end]) && !isHeader(lines[end]))) {
		end++
	}
	out := bytes.Clone(data)
	from := 0
	for i := range lines {
		if i >= start && i < end {
			for j := from; j < from+len(lines[i]); j++ {
				out[j] = ' '
			}
		}
		from += len(lines[i]) + 1
	}
	return out, !bytes.Equal(out, data)
}

// isHeader reports whether a line begins a section: a key at the margin.
func isHeader(l []byte) bool { return !isEmpty(l) && indent(l) == 0 && !isDash(l) }

// isEmpty reports whether a line holds nothing, or a comment only.
func isEmpty(l []byte) bool {
	l = bytes.TrimSpace(l)
	return len(l) == 0 || l[0] == '#'
}

func isDash(l []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(l, " "), []byte("-")) }

func indent(l []byte) int { return len(l) - len(bytes.TrimLeft(l, " ")) }

// syntax reports an error of the YAML parser with its place.
func (r *document) syntax(le *yaml.LoadError) {
	p := &Problem{Line: max(1, le.Mark.Line), Column: max(1, le.Mark.Column)}
	text := le.Message
	if strings.Contains(text, "unexpected end of stream") && le.ContextMark.Line > 0 {
		p.Line, p.Column = le.ContextMark.Line, max(1, le.ContextMark.Column)
		text = "the quotation mark is never closed"
	} else if le.ContextMsg != "" {
		text += " " + le.ContextMsg
		if le.ContextMark.Line > 0 && le.ContextMark.Line != p.Line {
			text += fmt.Sprintf(" that begins at line %d", le.ContextMark.Line)
		}
	}
	p.message = say("this is not YAML: %s", text)
	if text == "the quotation mark is never closed" {
		p.message = say("this is not YAML: the quotation mark is never closed")
	}
	for _, h := range yamlHints {
		if h.of == "cannot start any token" && r.tabAt(p.Line, p.Column) {
			p.hint = say("indent with spaces, not with tabs")
			break
		}
		if strings.Contains(le.Message, h.of) {
			p.hint = h.hint
			if h.message.format != "" {
				p.message = h.message
			}
			break
		}
	}
	r.add(p)
}

// tabAt reports whether a tab stands at a place of the file.
func (r *document) tabAt(line, column int) bool {
	lines := bytes.SplitN(r.raw, []byte("\n"), line+1)
	if line > len(lines) {
		return false
	}
	l := []rune(string(lines[line-1]))
	return column <= len(l) && l[column-1] == '\t'
}

// yamlHints tells authors what the parser's words mean.
var yamlHints = []struct {
	of            string
	message, hint phrase
}{
	{"max depth", say("values are nested deeper than %d levels", maxDepth), say("a pack needs no more than 8")},
	{"unknown anchor", noHint, say("write &name before the value that *name stands for")},
	{"cannot start any token", noHint, say("put the text in quotes")},
	{"mapping values are not allowed", noHint, say("put a text that holds a colon and a space in quotes")},
	{"did not find expected key", noHint, say("check the indentation, and quote texts that begin with [ { * & ! %% @ or a quotation mark")},
	{"did not find expected ',' or", noHint, say("close the bracket, and quote texts that hold a comma or a bracket")},
	{"found unexpected end of stream", noHint, say("close it, or double it where it belongs to the text")},
	{"tab character", noHint, say("indent with spaces")},
	{"could not find expected ':'", noHint, say("put a colon and a space after the key, or quotes around the text")},
	{"Unicode character escape", noHint, say("write the character itself")},
}

// secondDocument is the line at which another document begins: --- after some content.
func secondDocument(data []byte) int {
	content := false
	for i, l := range bytes.Split(data, []byte("\n")) {
		l = bytes.TrimRight(l, " \r")
		switch {
		case bytes.HasPrefix(l, []byte("---")) && content:
			return i + 1
		case len(l) > 0 && l[0] != '#' && l[0] != '%' && !bytes.Equal(l, []byte("---")):
			content = true
		}
	}
	return 1
}
