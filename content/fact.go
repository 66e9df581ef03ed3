package content

import (
	"go.yaml.in/yaml/v4"
)

func (r *factReader) readFacts(list *yaml.Node) {
	if list == nil || list.Kind != yaml.SequenceNode {
		r.byName = map[string]*Fact{}
		return
	}
	r.byName = make(map[string]*Fact, len(list.Content))
	r.pack.Facts = make([]*Fact, 0, len(list.Content))
	block := make([]Fact, len(list.Content))
	for i, n := range list.Content {
		if n = follow(n); n.Kind == yaml.MappingNode && !r.full() {
			r.readFact(&block[i], n)
		}
	}
	r.fact = ""
}

// readFact reads one fact into f and adds it to the pack if it can be used.
func (r *factReader) readFact(f *Fact, n *yaml.Node) {
	r.fact = ""
	id := at(n, "id")
	named := id != nil && id.Kind == yaml.ScalarNode && isID(id.Value)
	if named {
		r.fact = id.Value
		if first := r.byName[id.Value]; first != nil {
			r.wrong(id, say("the fact %q is defined twice", id.Value), say("first defined at line %d", first.Line))
			named = false
		}
		f.ID = FactID(string(r.pack.ID) + "/" + id.Value)
		f.Name = string(f.ID[len(r.pack.ID)+1:])
	}
	f.Line = n.Line
	if named {
		r.byName[f.Name] = f
	}
	name, filled := r.relationOf(n)
	if name == nil {
		return
	}
	rel := r.relation(name)
	if rel == nil || !r.conform(filled, filledShape, name.Value) {
		return
	}
	f.Relation = rel
	if !r.fillFact(f, n, filled) || !named {
		return
	}
	f.Index = len(r.pack.Facts)
	r.pack.Facts = append(r.pack.Facts, f)
	r.places.facts = append(r.places.facts, n)
	r.places.filled = append(r.places.filled, filled)
}

// relationOf returns the one key of a fact that is not a key of every fact, and its value.
func (r *factReader) relationOf(n *yaml.Node) (name, filled *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode || factShape.known(k.Value) != nil || k.Tag == "!!merge" {
			continue
		}
		v := follow(n.Content[i+1])
		if name == nil {
			name, filled = k, v
			continue
		}
		if k.Value == name.Value {
			continue // reported as a duplicate
		}
		// Of two unknown keys, the one that is no relation is the mistake.
		wrong := k
		if r.partial && didYouMean(k.Value, factShape.keyNames()).format == "" {
			continue // it may be a relation that could not be read
		}
		if r.known(name.Value) == nil && r.known(k.Value) != nil {
			wrong, name, filled = name, k, v
		}
		if r.known(wrong.Value) != nil {
			r.wrong(wrong, say("the fact has two relations, %s and %s", name.Value, wrong.Value), say("make it two facts"))
		} else {
			r.wrong(wrong, say("a fact has no key %q", show(wrong.Value)), oneOf(wrong.Value, factShape.keyNames()))
		}
	}
	if name == nil {
		r.wrong(n, say("the fact has no relation"), say("add one, such as capital: {country: …, city: …}"))
	}
	return name, filled
}

func (r *scope) known(id string) *Relation {
	if rel := r.relations[id]; rel != nil {
		return rel
	}
	return r.library.relations[id]
}

// relation returns the relation that a key of a fact names, or nil after reporting it.
func (r *factReader) relation(name *yaml.Node) *Relation {
	rel := r.known(name.Value)
	if rel == nil && r.partial {
		return nil
	}
	if rel == nil {
		hint := r.suggest(name.Value, r.cached("relations", func() []string {
			return append(sortedKeys(r.relations), append(r.library.names(), factShape.keyNames()...)...)
		}))
		if hint.format == "" {
			hint = say("define it under relations:")
		}
		r.wrong(name, say("unknown relation or key %q", show(name.Value)), hint)
		return nil
	}
	if rel.Fields == nil {
		return nil // the relation itself has a problem
	}
	if rel.Library && !r.used[rel] {
		r.used[rel] = true
		r.pack.Relations = append(r.pack.Relations, rel)
	}
	return rel
}

// fillFact reads everything but the id and reports whether the fact can be checked further.
func (r *factReader) fillFact(f *Fact, n, filled *yaml.Node) bool {
	ok := r.fillValues(f, filled)
	for i := 0; i+1 < len(n.Content); i += 2 {
		v := follow(n.Content[i+1])
		switch n.Content[i].Value {
		case "not":
			f.Not = r.fieldValues(f, v, asFalse)
		case "also-true":
			f.AlsoTrue = r.fieldValues(f, v, asTrue)
		case "same-as":
			f.SameAs = r.fieldValues(f, v, asEqual)
		case "disputed":
			f.Disputed = r.fieldValues(f, v, asClaim)
		case "as-of":
			f.AsOf, _ = parseDate(v.Value)
		case "until":
			f.Until, _ = parseDate(v.Value)
			r.checkUntil(f, n, v)
		case "evidence":
			r.evidence(f, v)
		case "prominence":
			f.Prominence = prominenceNamed(v.Value)
		case "about":
			f.About = r.entityList(v, nil)
		case "note":
			f.Note = r.prose(v)
		case "skip":
			for _, e := range elements(v) {
				f.Skip = append(f.Skip, follow(e).Value)
			}
		case "state":
			f.State = r.sentence(v, f.Relation.names)
		case "frame":
			f.Frame = r.readFrame(v)
		case "ask":
			r.overrideAsk(f, v)
		}
	}
	if f.About == nil && ok {
		f.About = subjects(f)
	}
	return ok
}

// checkUntil reports a fact or a card that ends before the day for which it holds.
func (r *factReader) checkUntil(f *Fact, n, until *yaml.Node) {
	of := at(n, "as-of")
	if of == nil || f.Until.Year == 0 {
		return
	}
	if d, bad := parseDate(of.Value); bad.format == "" && dateOrder(f.Until, d) < 0 {
		r.wrong(until, say("until is before as-of"), say("a fact ends after it begins"))
	}
}

func (r *factReader) fillValues(f *Fact, filled *yaml.Node) bool {
	rel := f.Relation
	ok := true
	f.Values = make([][]Value, len(rel.Fields))
	total := 0
	pairs(filled, func(k, v *yaml.Node) {
		if rel.fieldNamed(k.Value) >= 0 {
			total += len(elements(v))
		}
	})
	block := make([]Value, 0, total) // one allocation for all values of the fact
	pairs(filled, func(k, v *yaml.Node) {
		i := rel.fieldNamed(k.Value)
		if i < 0 {
			hint := oneOf(k.Value, rel.names)
			if factShape.known(k.Value) != nil {
				hint = say("%s: goes beside %s:, by field", k.Value, rel.ID)
			}
			r.wrong(k, say("%s has no field %q", rel.ID, show(k.Value)), hint)
			ok = false
			return
		}
		start := len(block)
		for _, e := range elements(v) {
			value, good := r.value(e, &rel.Fields[i], asFact)
			ok = ok && good
			block = append(block, value)
		}
		f.Values[i] = block[start:len(block):len(block)]
		if v.Kind == yaml.SequenceNode {
			ok = r.checkList(v, f.Values[i], &rel.Fields[i]) && ok
		}
	})
	for i := range rel.Fields {
		if f.Values[i] == nil {
			r.wrong(filled, say("%s has no %s", rel.ID, rel.Fields[i].Name), say("a fact fills every field of its relation"))
			ok = false
		}
	}
	return ok
}

// checkList checks values that are given as true together.
func (r *factReader) checkList(n *yaml.Node, values []Value, f *Field) bool {
	if len(values) == 0 {
		r.wrong(n, say("%s is an empty list", f.Name), say("write at least one value"))
		return false
	}
	if f.Truth == Functional && len(values) > 1 {
		r.wrong(n, say("%s has one true value, and %d are given", f.Name, len(values)), say("keep one, or make the field's truth complete or open"))
		return false
	}
	seen := make(map[ValueID]bool, len(values))
	for i, v := range values {
		if !valid(v) {
			continue
		}
		if id := v.ID(); seen[id] {
			r.wrong(n.Content[i], say("%s lists the same value twice", f.Name), say("remove one"))
			return false
		} else {
			seen[id] = true
		}
	}
	return true
}

// valid reports whether a value was read: a zero Value has neither entity nor words.
func valid(v Value) bool {
	switch v.Type {
	case EntityValue:
		return v.Entity != nil
	case TextValue, QuoteValue:
		return v.Words != nil
	}
	return true
}

// fieldValues reads not:, also-true:, same-as: or disputed:.
func (r *factReader) fieldValues(f *Fact, n *yaml.Node, as use) []FieldValues {
	var out []FieldValues
	pairs(n, func(k, v *yaml.Node) {
		i := f.Relation.fieldNamed(k.Value)
		if i < 0 {
			r.wrong(k, say("%s has no field %q", f.Relation.ID, show(k.Value)), oneOf(k.Value, f.Relation.names))
			return
		}
		fv := FieldValues{Field: i}
		for _, e := range elements(v) {
			if value, ok := r.value(e, &f.Relation.Fields[i], as); ok {
				fv.Values = append(fv.Values, value)
			}
		}
		if fv.Values != nil {
			out = append(out, fv)
		}
	})
	return out
}

// evidence reads what sources say, or only which sources a fact is from.
func (r *factReader) evidence(f *Fact, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		for _, e := range elements(n) {
			if src := r.source(follow(e)); src != nil {
				f.Evidence = append(f.Evidence, Evidence{Source: src})
			}
		}
		return
	}
	pairs(n, func(k, v *yaml.Node) {
		src := r.source(k)
		for _, e := range elements(v) {
			if e = follow(e); src != nil && e.Kind == yaml.ScalarNode && !isNull(e) {
				f.Evidence = append(f.Evidence, Evidence{src, e.Value})
				r.checkEvidence(src, e)
			}
		}
	})
}

// source returns the source that a node names, or nil after reporting it.
func (r *factReader) source(n *yaml.Node) *Source {
	if n.Kind != yaml.ScalarNode || !isID(n.Value) {
		return nil
	}
	src := r.sources[n.Value]
	if src == nil && !r.partial {
		hint := r.suggest(n.Value, r.sourceNames())
		if hint.format == "" {
			hint = say("define it under sources:")
		}
		r.wrong(n, say("unknown source %q", n.Value), hint)
	}
	return src
}

func (r *factReader) overrideAsk(f *Fact, n *yaml.Node) {
	pairs(n, func(k, v *yaml.Node) {
		i := f.Relation.fieldNamed(k.Value)
		if i < 0 {
			r.wrong(k, say("%s has no field %q", f.Relation.ID, show(k.Value)), oneOf(k.Value, f.Relation.names))
			return
		}
		if f.Ask == nil {
			f.Ask = make([]*Sentence, len(f.Relation.Fields))
		}
		if isNull(v) {
			f.Ask[i] = notAsked
		} else {
			f.Ask[i] = r.stem(v, f.Relation.names, i)
		}
	})
}

// notAsked marks a field that a fact does not ask for.
var notAsked = &Sentence{}

// Asks returns the sentence that asks for a field of the fact: its own, or the relation's. It
// is nil where the field is not asked.
func (f *Fact) Asks(field int) *Sentence {
	if f.Ask != nil && f.Ask[field] != nil {
		if f.Ask[field] == notAsked {
			return nil
		}
		return f.Ask[field]
	}
	return f.Relation.Fields[field].Ask
}

// AsksTyped is Asks where the answer is typed and no options are shown.
func (f *Fact) AsksTyped(field int) *Sentence {
	if typed := f.Relation.Fields[field].AskTyped; typed != nil && (f.Ask == nil || f.Ask[field] == nil) {
		return typed
	}
	return f.Asks(field)
}

// States returns the sentence that states the fact: its own, or the relation's.
func (f *Fact) States() *Sentence {
	if f.State != nil {
		return f.State
	}
	return &f.Relation.State
}

// subjects are the entities of the first field that holds any.
func subjects(f *Fact) []*Entity {
	for i := range f.Relation.Fields {
		if f.Relation.Fields[i].Type != EntityValue {
			continue
		}
		var out []*Entity
		for _, v := range f.Values[i] {
			out = append(out, v.Entity)
		}
		return out
	}
	return nil
}

func prominenceNamed(s string) Prominence {
	for i, name := range prominenceNames {
		if s == name {
			return Prominence(i)
		}
	}
	return Body
}

// String returns "body", "lead" or "headline".
func (p Prominence) String() string { return prominenceNames[p] }
