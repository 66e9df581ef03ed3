package content

import (
	"bytes"

	"go.yaml.in/yaml/v4"
)

// The YAML parser keeps every token after a bracket that opens the file until it closes, since
// the bracket may yet turn out to be the key of a mapping: a JSON pack of a few megabytes
// would cost a gigabyte. As the value of a key it cannot. So JSON is parsed as "x: {…}", and
// the places on that one line are put right.
const jsonKey = "x: "

// underKey puts a key before a text that is one flow mapping. line is where; 0: it is none.
func underKey(data []byte) (out []byte, line int) {
	at := len(data) - len(bytes.TrimLeft(data, " \t\r\n"))
	if at == len(data) || data[at] != '{' {
		return data, 0
	}
	out = make([]byte, 0, len(data)+len(jsonKey))
	out = append(append(append(out, data[:at]...), jsonKey...), data[at:]...)
	return out, 1 + bytes.Count(data[:at], []byte("\n"))
}

// withoutKey takes the mapping from under its key again. It reports false where more follows
// the mapping, which is then a mistake.
func (r *document) withoutKey(doc *yaml.Node, line int) bool {
	if line == 0 || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return true
	}
	root := doc.Content[0]
	if len(root.Content) < 2 || root.Content[0].Line != line || root.Content[0].Value != jsonKey[:1] {
		return true // the line was blanked out
	}
	if len(root.Content) > 2 {
		r.wrong(root.Content[2], say("something follows the bracket that closes the pack"), say("remove it"))
		return false
	}
	doc.Content[0] = root.Content[1]
	shift(doc.Content[0], line)
	return true
}

// shift moves the nodes of one line back to where they stand in the file. Nodes are in order,
// so none of a later line holds one of this.
func shift(n *yaml.Node, line int) {
	if n.Line > line {
		return
	}
	if n.Line == line {
		n.Column -= len(jsonKey)
	}
	for _, c := range n.Content {
		shift(c, line)
	}
}
