package content

import (
	"bytes"
	"io/fs"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// scope is what all parts of a reader share: the file, the problems found in it, and what ids
// stand for.
type scope struct {
	report
	opt  Options
	fsys fs.FS  // nil for an upload
	raw  []byte // the file as parsed, for places inside texts

	partial bool            // a part could not be parsed: what refers to it is not unknown
	lines   []int           // byte offsets of line starts in raw; made for the first problem in a text
	fact    string          // the id of the fact that is being read, for its problems
	codes   []language.Code // the pack's languages; nil if they cannot be read
	pack    *Pack
	texts   []sourceFile

	library   *library
	kinds     map[string]*Kind
	sources   map[string]*Source
	entities  map[string]*Entity
	relations map[string]*Relation // the pack's own

	names  map[string][]string // cached word lists for hints
	places *places             // where things are, for the checks at the end
}

// places remembers the nodes of what is read, by the same order as in the pack.
type places struct {
	entity   []*yaml.Node // the key of each entity
	relation map[*Relation]*yaml.Node
	facts    []*yaml.Node // the mapping of each fact
	filled   []*yaml.Node // the value of its relation key
	sources  *yaml.Node
}

// wrong reports an error at a node.
func (r *scope) wrong(n *yaml.Node, message, hint phrase) {
	r.add(&Problem{Line: n.Line, Column: n.Column, Fact: r.fact, message: message, hint: hint})
}

// refuse is wrong for what earlier versions of the program took: in a pack that one of them accepted it is
// a warning.
func (r *scope) refuse(n *yaml.Node, message, hint phrase) {
	if r.opt.Accepted {
		r.warn(n, message, hint)
		return
	}
	r.wrong(n, message, hint)
}

// wrongIn reports an error at a byte offset of the text of a scalar.
func (r *scope) wrongIn(n *yaml.Node, offset int, message, hint phrase) {
	line, column := r.place(n, offset)
	r.add(&Problem{Line: line, Column: column, Fact: r.fact, message: message, hint: hint})
}

// warnIn reports a warning at a byte offset of the text of a scalar.
func (r *scope) warnIn(n *yaml.Node, offset int, message, hint phrase) {
	line, column := r.place(n, offset)
	r.add(&Problem{Line: line, Column: column, Fact: r.fact, message: message, hint: hint, Severity: Warning})
}

func (r *scope) warn(n *yaml.Node, message, hint phrase) {
	r.add(&Problem{Line: n.Line, Column: n.Column, Fact: r.fact, message: message, hint: hint, Severity: Warning})
}

func (r *scope) note(n *yaml.Node, message, hint phrase) {
	r.add(&Problem{Line: n.Line, Column: n.Column, Fact: r.fact, message: message, hint: hint, Severity: Note})
}

func (r *scope) kindNames() []string {
	return r.cached("kinds", func() []string { return sortedKeys(r.kinds) })
}
func (r *scope) entityNames() []string {
	return r.cached("entities", func() []string { return sortedKeys(r.entities) })
}
func (r *scope) sourceNames() []string {
	return r.cached("sources", func() []string { return sortedKeys(r.sources) })
}

// cached keeps a word list for hints: making one is dear where a file has many unknown ids.
func (r *scope) cached(name string, list func() []string) []string {
	if r.names[name] == nil {
		r.names[name] = list()
	}
	return r.names[name]
}

// kind returns the kind that a node names, or nil after reporting it.
func (r *scope) kind(n *yaml.Node) *Kind {
	if n == nil || n.Kind != yaml.ScalarNode || !isID(n.Value) {
		return nil
	}
	k := r.kinds[n.Value]
	if k == nil && !(r.partial && bytes.Contains(r.raw, []byte("kinds:"))) {
		hint := r.suggest(n.Value, r.kindNames())
		if hint.format == "" {
			hint = say("declare it under kinds: with its parent")
		}
		r.wrong(n, say("unknown kind %q", n.Value), hint)
	}
	return k
}
