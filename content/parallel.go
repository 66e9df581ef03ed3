package content

import (
	"bytes"
	"slices"
	"sync"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// Parsing YAML takes most of the time that a long pack needs, and almost all of its text is one list
// of cards or facts. Such a list is cut before items and its parts are parsed at once. A cut inside
// a quoted text leaves the part before it open, so that it does not parse: then, and at any other
// mistake, the file is parsed as a whole, which says where the mistake is.

// longSection is from how many bytes on a list is cut.
const longSection = 1 << 18

// section is a list of a pack in the lines from its key on.
type section struct {
	key      string
	line     int // of the key, 1-based
	first    int // the line of the first dash
	margin   int // spaces before each dash
	from, to int // where its items stand
	cuts     []cut
}

// cut is where a part of a section begins.
type cut struct {
	at   int
	line int // lines of the section before it
}

// loadParts parses a text with a list of at least some bytes in parts. It returns false where the
// text has no such list or cannot be parsed so.
func loadParts(data []byte, doc *yaml.Node, workers, least int) bool {
	if workers < 2 || len(data) < least || hasOtherBreaks(data) {
		return false
	}
	s := longestSection(data, max(least, len(data)/workers)/4)
	if s.to-s.from < least || len(s.cuts) < 2 {
		return false
	}
	list := restOf(data, s, doc)
	if list == nil {
		return false
	}
	parts := make([][]*yaml.Node, len(s.cuts))
	var group sync.WaitGroup
	todo := make(chan int, len(s.cuts))
	for i := range s.cuts {
		todo <- i
	}
	close(todo)
	for range workers {
		group.Go(func() {
			for i := range todo {
				end := s.to
				if i+1 < len(s.cuts) {
					end = s.cuts[i+1].at
				}
				parts[i] = parsePart(data[s.cuts[i].at:end], s.line+s.cuts[i].line)
			}
		})
	}
	group.Wait()
	if slices.ContainsFunc(parts, func(p []*yaml.Node) bool { return p == nil }) {
		return false
	}
	*list = yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: s.first, Column: s.margin + 1, Content: slices.Concat(parts...)}
	return true
}

// longestSection finds the list of cards or facts that is longest, and cuts it into parts of about a
// number of bytes.
func longestSection(data []byte, size int) section {
	var best, open section
	pos, line := 0, 0
	closed := func(end int) {
		if open.to = end; open.key != "" && open.to-open.from > best.to-best.from {
			best = open
		}
		open = section{}
	}
	for pos < len(data) {
		line++
		end := len(data)
		if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
			end = pos + i + 1
		}
		l := data[pos:end]
		switch {
		case pos > 0 && isMark(l):
			return section{}
		case isHeader(l):
			closed(pos)
			if key := string(bytes.TrimSpace(l)); key == "cards:" || key == "facts:" {
				open = section{key: key[:len(key)-1], line: line, from: end}
			}
		case open.key != "" && len(open.cuts) == 0 && !isDash(l) && !isEmpty(l):
			open = section{} // a tag, an anchor, or text that goes on in the lines below it
		case open.key == "" || !isDash(l):
		case len(open.cuts) == 0:
			open.first, open.margin = line, indent(l)
			open.cuts = append(open.cuts, cut{open.from, 1})
		case pos-open.cuts[len(open.cuts)-1].at >= size && indent(l) == open.margin:
			open.cuts = append(open.cuts, cut{pos, line - open.line})
		}
		pos = end
	}
	closed(len(data))
	return best
}

// hasOtherBreaks reports whether lines end otherwise than with a line feed, which YAML allows.
func hasOtherBreaks(data []byte) bool {
	return bytes.Count(data, []byte("\r")) != bytes.Count(data, []byte("\r\n")) ||
		slices.ContainsFunc([]string{"\u0085", "\u2028", "\u2029"}, func(s string) bool { return bytes.Contains(data, []byte(s)) })
}

// isMark reports whether a line ends or begins a document.
func isMark(l []byte) bool {
	return bytes.HasPrefix(l, []byte("---")) || bytes.HasPrefix(l, []byte("...")) || bytes.HasPrefix(l, []byte("%"))
}

// restOf parses a text without the items of a section and returns the node that stands for them; nil
// where that cannot be. Aliases could mean what stands in the items.
func restOf(data []byte, s section, doc *yaml.Node) *yaml.Node {
	rest := make([]byte, 0, len(data)-s.to+s.from+1<<12)
	rest = append(rest, data[:s.from]...)
	rest = append(rest, bytes.Repeat([]byte("\n"), bytes.Count(data[s.from:s.to], []byte("\n")))...)
	rest = append(rest, data[s.to:]...)
	*doc = yaml.Node{}
	if load(rest, doc, maxDepth) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode || hasAlias(doc) {
		return nil
	}
	root := doc.Content[0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		if k, v := root.Content[i], root.Content[i+1]; k.Line == s.line && k.Value == s.key && isNull(v) && v.Value == "" {
			return v
		}
	}
	return nil
}

func hasAlias(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || slices.ContainsFunc(n.Content, hasAlias)
}

// parsePart parses some items, which follow on a line of the file. It returns nil where they are no list.
func parsePart(text []byte, before int) []*yaml.Node {
	var doc yaml.Node
	if load(text, &doc, maxDepth-1) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.SequenceNode {
		return nil
	}
	for _, n := range doc.Content[0].Content {
		moveDown(n, before-1)
	}
	return doc.Content[0].Content
}

func moveDown(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		moveDown(c, lines)
	}
}

func load(data []byte, doc *yaml.Node, depth int) error {
	return yaml.Load(data, doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(depth))))
}
