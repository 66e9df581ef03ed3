package content

import (
	"bytes"
	"index/suffixarray"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// reader turns the nodes of one file into a pack. First conform checks the form of all of
// them; then each part is read, in the order in which parts refer to each other; last come
// the checks that need the whole pack. A part that has a problem is left out of what follows,
// so that one mistake is reported once.
type reader struct {
	report
	opt  Options
	fsys fs.FS  // nil for an upload
	raw  []byte // the file as parsed, for places inside texts

	partial  bool  // a part could not be parsed: what refers to it is not unknown
	lines    []int // byte offsets of line starts in raw; made for the first problem in a text
	fact     string
	codes    []language.Code // the pack's languages; nil if they cannot be read
	pack     *Pack
	texts    []sourceFile
	library  *library
	kinds    map[string]*Kind
	sources  map[string]*Source
	entities map[string]*Entity

	relations map[string]*Relation // the pack's own
	used      map[*Relation]bool   // of the library
	byName    map[string]*Fact
	reshown   []reshown // answers of cards that are shown otherwise than they are written

	searched int // bytes of sources searched for evidence so far
	nearest  int // lookups of the nearest place so far
	arrays   map[*Source]*suffixarray.Index
	names    map[string][]string // cached word lists for hints
	places   *places             // where things stand, for the checks at the end
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
func (r *reader) wrong(n *yaml.Node, message, hint phrase) {
	r.add(&Problem{Line: n.Line, Column: n.Column, Fact: r.fact, message: message, hint: hint})
}

// wrongIn reports an error at a byte offset of the text of a scalar.
func (r *reader) wrongIn(n *yaml.Node, offset int, message, hint phrase) {
	line, column := r.place(n, offset)
	r.add(&Problem{Line: line, Column: column, Fact: r.fact, message: message, hint: hint})
}

// warnIn reports a warning at a byte offset of the text of a scalar.
func (r *reader) warnIn(n *yaml.Node, offset int, message, hint phrase) {
	line, column := r.place(n, offset)
	r.add(&Problem{Line: line, Column: column, Fact: r.fact, message: message, hint: hint, Severity: Warning})
}

func (r *reader) warn(n *yaml.Node, message, hint phrase) {
	r.add(&Problem{Line: n.Line, Column: n.Column, Fact: r.fact, message: message, hint: hint, Severity: Warning})
}

func (r *reader) note(n *yaml.Node, message, hint phrase) {
	r.add(&Problem{Line: n.Line, Column: n.Column, Fact: r.fact, message: message, hint: hint, Severity: Note})
}

// read reads the whole file. What it found wrong stands in the report.
func (r *reader) read() {
	r.raw = r.scan(r.file, r.raw)
	if r.raw == nil {
		if len(r.found) == 0 {
			r.add(&Problem{Line: 1, Column: 1, message: say("the file is empty"), hint: say("begin with pack: and the pack's name")})
		}
		return
	}
	r.raw = joinSurrogates(r.raw)
	root := r.tree(r.raw)
	if root == nil {
		return
	}
	if root.Kind != yaml.MappingNode {
		r.wrong(root, say("a pack is a mapping"), say("begin with pack: and the pack's name"))
		return
	}
	r.library = builtIn()
	r.readLanguages(root)
	r.conform(root, packShape, say("the pack"))
	r.places = &places{relation: map[*Relation]*yaml.Node{}}
	r.names = map[string][]string{}
	r.used = map[*Relation]bool{}
	if r.full() {
		return
	}
	r.readHeader(root)
	r.readKinds(at(root, "kinds"))
	r.places.sources = at(root, "sources")
	r.readSources(r.places.sources)
	r.readEntities(at(root, "entities"), at(root, "outside"))
	r.readRelations(at(root, "relations"))
	r.readFacts(at(root, "facts"))
	r.readCards(at(root, "cards"))
	if len(r.pack.Facts) == 0 && len(r.found) == 0 {
		r.wrong(root, say("the pack has no facts and no cards"), say("add facts: or cards:"))
	}
	if r.full() {
		return
	}
	r.pack.build()
	r.check()
}

// readLanguages comes before everything: what the other texts must hold depends on it.
func (r *reader) readLanguages(root *yaml.Node) {
	list := at(root, "languages")
	if list == nil || list.Kind != yaml.SequenceNode {
		return
	}
	for _, n := range list.Content {
		if c, ok := language.Parse(follow(n).Value); ok && !slices.Contains(r.codes, c) {
			r.codes = append(r.codes, c)
		}
	}
	slices.Sort(r.codes)
	if len(list.Content) == 0 {
		r.wrong(list, say("languages is empty"), say("write the languages of the pack, such as [en]"))
	}
}

func (r *reader) readHeader(root *yaml.Node) {
	p := &Pack{Version: "1"}
	r.pack = p
	if n := at(root, "pack"); n != nil && isID(n.Value) {
		p.Name = n.Value
		p.ID = PackID(n.Value)
		if r.opt.Space != "" {
			p.ID = PackID(r.opt.Space + ":" + n.Value)
		}
	}
	if n := at(root, "version"); n != nil && n.Value != "" {
		p.Version = n.Value
	}
	for _, c := range r.codes {
		p.Languages = p.Languages.With(c)
	}
	if n := at(root, "reviewed"); n != nil {
		for _, e := range elements(n) {
			c, ok := language.Parse(follow(e).Value)
			if ok && !p.Languages.Has(c) {
				r.wrong(e, say("%s is reviewed but not among the languages", c), say("list it in languages:, or remove it here"))
			}
			p.Reviewed = p.Reviewed.With(c)
		}
	}
	p.Title = r.prose(at(root, "title"))
	p.Cover = r.prose(at(root, "cover"))
	p.About = r.prose(at(root, "about"))
}

// text reads a text or a name: one for all languages or one per language.
func (r *reader) text(n *yaml.Node) language.Text {
	var t language.Text
	switch {
	case n == nil:
	case n.Kind == yaml.ScalarNode:
		if !isNull(n) {
			t = language.Everywhere(tidy(n.Value))
		}
	case n.Kind == yaml.MappingNode:
		pairs(n, func(k, v *yaml.Node) {
			if c, ok := language.Parse(k.Value); ok && v.Kind == yaml.ScalarNode && !isNull(v) {
				t[c] = tidy(v.Value)
			}
		})
	}
	return t
}

// lists reads names per language, one or several each.
func (r *reader) lists(n *yaml.Node) (out [language.Count][]string) {
	read := func(v *yaml.Node) []string {
		var names []string
		for _, e := range elements(v) {
			if e = follow(e); e.Kind == yaml.ScalarNode && !isNull(e) {
				names = append(names, tidy(e.Value))
			}
		}
		return names
	}
	switch {
	case n == nil:
	case n.Kind == yaml.MappingNode:
		pairs(n, func(k, v *yaml.Node) {
			if c, ok := language.Parse(k.Value); ok {
				out[c] = read(v)
			}
		})
	default:
		names := read(n)
		for c := range out {
			out[c] = names
		}
	}
	return out
}

// tidy drops the white space around a text and composes its characters (NFC), as editors on
// some systems write Korean and accented letters in pieces.
func tidy(s string) string {
	s = strings.TrimSpace(s)
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFC.String(s)
		}
	}
	return s
}

// maxKinds is how many kinds a pack may add; it bounds the depth of the tree.
const maxKinds = 100

// readKinds adds the pack's own kinds to the built-in tree.
func (r *reader) readKinds(n *yaml.Node) {
	r.kinds = r.library.kinds
	if n == nil || n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return
	}
	if count := len(n.Content) / 2; count > maxKinds {
		r.wrong(n, say("the pack has %d kinds of its own, at most %d are allowed", count, maxKinds), say("use tags: for finer groups"))
		return
	}
	own := make(map[string]*Kind, len(n.Content)/2+len(r.kinds))
	parents := map[*Kind]*yaml.Node{}
	pairs(n, func(k, v *yaml.Node) {
		switch {
		case v.Kind != yaml.ScalarNode || !isID(k.Value):
		case r.kinds[k.Value] != nil:
			r.wrong(k, say("%s is a built-in kind", k.Value), say("choose another name"))
		case slices.Contains(typeWords, k.Value):
			r.wrong(k, say("%s is a type of value", k.Value), say("choose another name"))
		case own[k.Value] == nil:
			own[k.Value] = &Kind{ID: k.Value}
			parents[own[k.Value]] = v
		}
	})
	for id, k := range r.kinds {
		own[id] = k
	}
	r.kinds = own
	pairs(n, func(k, v *yaml.Node) {
		kind := own[k.Value]
		if kind == nil || parents[kind] != v {
			return
		}
		if kind.Parent = own[v.Value]; kind.Parent == nil && isID(v.Value) && !r.partial {
			r.wrong(v, say("unknown kind %q", v.Value), r.suggest(v.Value, r.kindNames()))
		}
	})
	pairs(n, func(k, v *yaml.Node) { r.breakKindCycle(k, own[k.Value]) })
}

// breakKindCycle reports a kind that is above itself and cuts it off, so that Is ends.
func (r *reader) breakKindCycle(at *yaml.Node, kind *Kind) {
	if kind == nil {
		return
	}
	steps := 0
	for k := kind.Parent; k != nil && steps <= len(r.kinds); k = k.Parent {
		if k == kind {
			r.wrong(at, say("the kind %s is above itself", kind.ID), say("kinds form a tree: end it at a built-in kind"))
			kind.Parent = nil
			return
		}
		steps++
	}
}

func (r *reader) kindNames() []string {
	return r.cached("kinds", func() []string { return sortedKeys(r.kinds) })
}
func (r *reader) entityNames() []string {
	return r.cached("entities", func() []string { return sortedKeys(r.entities) })
}
func (r *reader) sourceNames() []string {
	return r.cached("sources", func() []string { return sortedKeys(r.sources) })
}

// cached keeps a word list for hints: making one is dear where a file has many unknown ids.
func (r *reader) cached(name string, list func() []string) []string {
	if r.names[name] == nil {
		r.names[name] = list()
	}
	return r.names[name]
}

// kind returns the kind that a node names, or nil after reporting it.
func (r *reader) kind(n *yaml.Node) *Kind {
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
