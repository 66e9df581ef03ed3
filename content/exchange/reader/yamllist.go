package reader

import (
	"encoding/json"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

var yamlItem = regexp.MustCompile(`(?m)^\s*-\s+["']?([^\s"':#][^"':\n]{0,40})["']?:(\s|$)`)

// isYAMLList reports whether a text is YAML with a list of objects that have a question.
func isYAMLList(text string) bool {
	for _, m := range yamlItem.FindAllStringSubmatch(text[:min(len(text), 1<<16)], 5) {
		if r := headerOf(m[1]).role; r == question || r == term || r == ident || r == category {
			return true
		}
	}
	return false
}

// yamlToJSON writes YAML as JSON whose values stand on the same lines, so that both are read by
// the same rules and problems name the right line.
func yamlToJSON(text string) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return "", refuse("the YAML cannot be read: %s", plainYAML(err))
	}
	if len(doc.Content) == 0 {
		return "", refuse("the YAML is empty")
	}
	w := yamlWriter{line: 1}
	w.write(doc.Content[0], 0)
	return w.String(), nil
}

type yamlWriter struct {
	strings.Builder
	line int
}

// to moves to the line of a value.
func (w *yamlWriter) to(line int) {
	for ; w.line < line; w.line++ {
		w.WriteByte('\n')
	}
}

func (w *yamlWriter) write(n *yaml.Node, depth int) {
	w.to(n.Line)
	switch {
	case depth > maxDepth, n.Kind == yaml.AliasNode:
		w.WriteString("null")
	case n.Kind == yaml.MappingNode:
		w.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			if i > 0 {
				w.WriteByte(',')
			}
			w.to(n.Content[i].Line)
			w.text(n.Content[i].Value)
			w.WriteByte(':')
			w.write(n.Content[i+1], depth+1)
		}
		w.WriteByte('}')
	case n.Kind == yaml.SequenceNode:
		w.WriteByte('[')
		for i, kid := range n.Content {
			if i > 0 {
				w.WriteByte(',')
			}
			w.write(kid, depth+1)
		}
		w.WriteByte(']')
	case n.ShortTag() == "!!null":
		w.WriteString("null")
	case n.ShortTag() == "!!int" && json.Valid([]byte(n.Value)), n.ShortTag() == "!!bool" && json.Valid([]byte(n.Value)):
		w.WriteString(n.Value)
	default:
		w.text(n.Value)
	}
}

func (w *yamlWriter) text(s string) {
	data, _ := json.Marshal(s) // a string always encodes
	w.Write(data)
}
