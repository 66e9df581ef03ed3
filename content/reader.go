package content

import (
	"index/suffixarray"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"

	"summitquiz/content/language"
)

// reader turns one file into a pack. Its parts build on each other, in this order: the
// document is parsed to nodes, the form of all nodes is checked, then texts, sources, entities,
// relations, facts and cards are read, and last the pack is checked as a whole. A part that has
// a problem is left out of what follows, so that one mistake is reported once.
type reader struct{ *scope }

type (
	// document parses the text of the file.
	document struct{ *scope }
	// formChecker compares nodes with the table of shapes.
	formChecker struct{ *scope }
	// textReader reads texts, names and sentences, and what the pack says of itself.
	textReader struct{ *formChecker }
	// sourceReader reads sources and the files of their texts.
	sourceReader struct{ *textReader }
	// entityReader reads entities and kinds.
	entityReader struct{ *textReader }
	// valueReader reads typed values.
	valueReader struct{ *textReader }
	// relationReader reads relations with their fields and questions.
	relationReader struct{ *valueReader }
	// evidenceChecker looks evidence up in its sources.
	evidenceChecker struct {
		*scope
		searched int // bytes of sources searched so far
		nearest  int // lookups of the nearest place so far
		arrays   map[*Source]*suffixarray.Index
	}
	// factReader reads facts.
	factReader struct {
		*relationReader
		evidenceChecker
		used   map[*Relation]bool // relations of the library that the pack uses
		byName map[string]*Fact
	}
	// cardReader reads cards.
	cardReader struct {
		*factReader
		reshown []reshown // answers that are shown otherwise than they are written
	}
	// packChecker makes the checks that need the whole pack.
	packChecker struct{ *textReader }
)

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
	root := (&document{r.scope}).tree(r.raw)
	if root == nil {
		return
	}
	if root.Kind != yaml.MappingNode {
		r.wrong(root, say("a pack is a mapping"), say("begin with pack: and the pack's name"))
		return
	}
	r.library = builtIn()
	form := &formChecker{r.scope}
	texts := &textReader{form}
	texts.readLanguages(root)
	form.conform(root, packShape, say("the pack"))
	r.places = &places{relation: map[*Relation]*yaml.Node{}}
	r.names = map[string][]string{}
	if r.full() {
		return
	}
	texts.readHeader(root)
	things := &entityReader{texts}
	things.readKinds(at(root, "kinds"))
	r.places.sources = at(root, "sources")
	(&sourceReader{texts}).readSources(r.places.sources)
	things.readEntities(at(root, "entities"), at(root, "outside"))
	relations := &relationReader{&valueReader{texts}}
	relations.readRelations(at(root, "relations"))
	facts := &factReader{relationReader: relations, evidenceChecker: evidenceChecker{scope: r.scope}, used: map[*Relation]bool{}}
	facts.readFacts(at(root, "facts"))
	(&cardReader{factReader: facts}).readCards(at(root, "cards"))
	if len(r.pack.Facts) == 0 && len(r.found) == 0 {
		r.wrong(root, say("the pack has no facts and no cards"), say("add facts: or cards:"))
	}
	if r.full() {
		return
	}
	r.pack.build()
	(&packChecker{texts}).check()
}

// readLanguages comes before everything: what the other texts must hold depends on it.
func (r *textReader) readLanguages(root *yaml.Node) {
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

func (r *textReader) readHeader(root *yaml.Node) {
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
func (r *textReader) text(n *yaml.Node) language.Text {
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
func (r *textReader) lists(n *yaml.Node) (out [language.Count][]string) {
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
