package content

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

const (
	maxDepth    = 24      // nesting; the format itself needs 8
	maxExpanded = 100_000 // nodes that aliases may add to those that are written
)

// tree parses the YAML text into nodes. It returns nil after reporting what is wrong; then
// there is nothing to check further.
func (r *document) tree(data []byte) *yaml.Node {
	if strings.TrimSpace(string(data[:min(len(data), 1024)])) == "" && strings.TrimSpace(string(data)) == "" {
		r.add(&Problem{Line: 1, Column: 1, message: say("the file is empty"), hint: say("begin with pack: and the pack's name")})
		return nil
	}
	if err := tooDense(data); err.format != "" {
		r.add(&Problem{Line: 1, Column: 1, message: err, hint: say("split it into several packs")})
		return nil
	}
	var doc yaml.Node
	if !r.decode(data, &doc) {
		return nil
	}
	root := &doc
	if root.Kind == yaml.DocumentNode {
		if len(root.Content) != 1 {
			r.add(&Problem{Line: 1, Column: 1, message: say("the file is empty"), hint: say("begin with pack: and the pack's name")})
			return nil
		}
		root = root.Content[0]
	}
	if !r.expandable(root) {
		return nil
	}
	return root
}

// tooDense refuses files that hold far more YAML values than text: each value costs the parser
// some 200 bytes, so a few megabytes of commas would cost a gigabyte.
func tooDense(data []byte) phrase {
	most := 20_000 + len(data)/4
	if most > maxMembers*4 {
		most = maxMembers * 4
	}
	n := 0
	for _, c := range data {
		switch c {
		case ',', '[', '{', '\n', '?':
			n++
		}
	}
	if n > most {
		return say("the file holds too many values for its size: about %d, at most %d", n, most)
	}
	return noHint
}

// expandable reports whether the aliases of the tree are harmless: none contains itself, and
// together they add no more than maxExpanded nodes. It bounds every later walk.
func (r *document) expandable(root *yaml.Node) bool {
	w := &expansion{sizes: map[*yaml.Node]int{}}
	w.size(root)
	switch {
	case w.cycle != nil:
		r.wrong(w.cycle, say("*%s contains itself", w.cycle.Value), say("write the value out"))
		return false
	case w.added > maxExpanded:
		r.wrong(w.bomb, say("aliases repeat more than %d values", maxExpanded), say("write the values out, or fewer of them"))
		return false
	}
	return true
}

// expansion measures a tree with its aliases followed.
type expansion struct {
	sizes map[*yaml.Node]int // of anchored nodes; -1 while a node is being measured
	added int
	cycle *yaml.Node // an alias that stands inside what it stands for
	bomb  *yaml.Node // the alias at which there were too many
}

func (w *expansion) size(n *yaml.Node) int {
	if w.cycle != nil || w.bomb != nil {
		return 0
	}
	if n.Kind == yaml.AliasNode {
		size, seen := w.sizes[n.Alias]
		if seen && size < 0 {
			w.cycle = n
			return 0
		}
		if !seen {
			size = w.size(n.Alias)
		}
		if w.added += size; w.added > maxExpanded && w.bomb == nil {
			w.bomb = n
		}
		return size
	}
	if n.Anchor != "" {
		if size, seen := w.sizes[n]; seen {
			return size
		}
		w.sizes[n] = -1
	}
	size := 1
	for _, c := range n.Content {
		size += w.size(c)
	}
	if n.Anchor != "" {
		w.sizes[n] = size
	}
	return size
}

// follow returns the node that an alias stands for.
func follow(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// at returns the value under key in a mapping, or nil.
func at(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return follow(n.Content[i+1])
		}
	}
	return nil
}

// pairs calls f for each key and value of a mapping; other nodes have none.
func pairs(n *yaml.Node, f func(key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f(n.Content[i], follow(n.Content[i+1]))
	}
}

// elements returns the members of a list, or the node itself where one value stands for a list
// of one.
func elements(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind == yaml.SequenceNode {
		return n.Content
	}
	return []*yaml.Node{n}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }
