package reader

import (
	"encoding/json"
	"errors"
	"strings"
)

// maxDepth bounds how deep JSON may nest; lists of questions need about six.
const maxDepth = 64

var (
	errBroken = errors.New("the JSON breaks off or is broken here")
	errDeep   = errors.New("the JSON is nested too deep here")
)

// node is a JSON value.
type node struct {
	kind byte // s string, n number, b true or false, z null, o object, a array
	text string
	keys []string
	kids []node
	pos  int // where it begins
}

// get returns the value of a key, or a node of kind 0.
func (n node) get(key string) node {
	for i, k := range n.keys {
		if k == key {
			return n.kids[i]
		}
	}
	return node{}
}

// jsonText is JSON that is read in place. Objects of questions are parsed one at a time, so that a
// long file costs no more memory than its text.
type jsonText string

func (s jsonText) space(pos int) int {
	for pos < len(s) && (s[pos] == ' ' || s[pos] == '\n' || s[pos] == '\t' || s[pos] == '\r') {
		pos++
	}
	return pos
}

// skip returns the end of the value at pos.
func (s jsonText) skip(pos int) (int, error) {
	pos = s.space(pos)
	depth := 0
	for {
		if pos >= len(s) {
			return pos, errBroken
		}
		switch c := s[pos]; c {
		case '{', '[':
			if depth++; depth > maxDepth {
				return pos, errDeep
			}
			pos++
		case '}', ']':
			depth--
			pos++
		case '"':
			end, ok := s.stringEnd(pos)
			if !ok {
				return pos, errBroken
			}
			pos = end
		case ',', ':':
			if depth == 0 {
				return pos, errBroken
			}
			pos++
		default:
			start := pos
			for pos < len(s) && !strings.ContainsRune("{}[]\",: \t\r\n", rune(s[pos])) {
				pos++
			}
			if pos == start || !scalar(string(s[start:pos])) {
				return start, errBroken
			}
		}
		if depth <= 0 {
			return pos, nil
		}
		pos = s.space(pos)
	}
}

func scalar(s string) bool {
	switch s {
	case "true", "false", "null":
		return true
	case "NaN", "None", "True", "False":
		return true
	}
	c := s[0]
	return c == '-' || c >= '0' && c <= '9'
}

func (s jsonText) stringEnd(pos int) (int, bool) {
	for i := pos + 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i + 1, true
		case '\\':
			i++
		case '\n':
			return i, false // a text of JSON stands on one line
		}
	}
	return len(s), false
}

// members calls f with each key, the place of its value and that of the key; f returns where the
// value ends. members returns where the object ends.
func (s jsonText) members(pos int, f func(key string, at, keyAt int) (int, error)) (int, error) {
	pos = s.space(pos) + 1
	for {
		pos = s.space(pos)
		if pos >= len(s) {
			return pos, errBroken
		}
		if s[pos] == '}' {
			return pos + 1, nil
		}
		if s[pos] != '"' {
			return pos, errBroken
		}
		keyAt := pos
		end, ok := s.stringEnd(pos)
		if !ok {
			return pos, errBroken
		}
		key := unquote(string(s[pos:end]))
		pos = s.space(end)
		if pos >= len(s) || s[pos] != ':' {
			return pos, errBroken
		}
		end, err := f(key, s.space(pos+1), keyAt)
		if err != nil {
			return end, err
		}
		if pos, err = s.comma(end, '}'); err != nil {
			return pos, err
		}
	}
}

// comma moves over the comma behind a value; a comma before the closing bracket is forgiven.
func (s jsonText) comma(pos int, closing byte) (int, error) {
	pos = s.space(pos)
	switch {
	case pos >= len(s):
		return pos, errBroken
	case s[pos] == ',':
		return pos + 1, nil
	case s[pos] == closing:
		return pos, nil
	}
	return pos, errBroken
}

// parse reads the value at pos.
func (s jsonText) parse(pos, depth int) (node, int, error) {
	pos = s.space(pos)
	if pos >= len(s) {
		return node{}, pos, errBroken
	}
	if depth > maxDepth {
		return node{}, pos, errDeep
	}
	n := node{pos: pos}
	switch s[pos] {
	case '{':
		n.kind = 'o'
		end, err := s.members(pos, func(key string, at, _ int) (int, error) {
			kid, end, err := s.parse(at, depth+1)
			n.keys, n.kids = append(n.keys, key), append(n.kids, kid)
			return end, err
		})
		return n, end, err
	case '[':
		n.kind = 'a'
		pos++
		for {
			pos = s.space(pos)
			if pos < len(s) && s[pos] == ']' {
				return n, pos + 1, nil
			}
			kid, end, err := s.parse(pos, depth+1)
			if err != nil {
				return n, end, err
			}
			n.kids = append(n.kids, kid)
			if pos, err = s.comma(end, ']'); err != nil {
				return n, pos, err
			}
		}
	case '"':
		end, ok := s.stringEnd(pos)
		if !ok {
			return n, pos, errBroken
		}
		n.kind, n.text = 's', unquote(string(s[pos:end]))
		return n, end, nil
	}
	end, err := s.skip(pos)
	if err != nil {
		return n, pos, err
	}
	n.text = string(s[pos:end])
	switch n.text {
	case "true", "True", "false", "False":
		n.kind, n.text = 'b', strings.ToLower(n.text)
	case "null", "None", "NaN":
		n.kind, n.text = 'z', ""
	default:
		n.kind = 'n'
	}
	return n, end, nil
}

// unquote reads a JSON string. An escape that JSON does not know stays as it is.
func unquote(s string) string {
	if !strings.Contains(s, `\`) {
		return s[1 : len(s)-1]
	}
	var out string
	if json.Unmarshal([]byte(s), &out) != nil {
		return s[1 : len(s)-1]
	}
	return out
}

// lineCounter counts lines of a text; asking in order is cheap.
type lineCounter struct {
	text      string
	pos, line int
}

func (l *lineCounter) at(pos int) int {
	if l.line == 0 || pos < l.pos {
		l.pos, l.line = 0, 1
	}
	l.line += strings.Count(l.text[l.pos:pos], "\n")
	l.pos = pos
	return l.line
}
