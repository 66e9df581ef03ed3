package content

import (
	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// maxFields is the most fields a relation may have; people cannot follow more in a sentence.
const maxFields = 8

func (r *relationReader) readRelations(n *yaml.Node) {
	own := map[string]*Relation{}
	pairs(n, func(k, v *yaml.Node) {
		if v.Kind != yaml.MappingNode || own[k.Value] != nil || !isID(k.Value) || r.full() {
			return
		}
		switch {
		case k.Value == CardRelation || k.Value == CardNumberRelation || k.Value == CardDateRelation:
			r.wrong(k, say("%s is the relation of cards", k.Value), say("choose another name"))
			return
		case factShape.known(k.Value) != nil:
			r.wrong(k, say("%s is a key of every fact", k.Value), say("choose another name"))
			return
		}
		if r.library.relations[k.Value] != nil {
			r.note(k, say("%s is also a relation of the built-in library", k.Value), say("the pack's own is used; choose another name to have both"))
		}
		rel := &Relation{ID: k.Value, Line: k.Line}
		own[rel.ID] = rel
		r.places.relation[rel] = k
		if r.fillRelation(rel, v) {
			r.pack.Relations = append(r.pack.Relations, rel)
		} else {
			rel.Fields = nil // facts of it are not checked further
		}
	})
	r.relations = own
}

// fillRelation reads a relation and reports whether facts can be read by it.
func (r *relationReader) fillRelation(rel *Relation, n *yaml.Node) bool {
	truth := Open
	if t := at(n, "truth"); t != nil {
		truth = truthNamed(t.Value)
	}
	fields := at(n, "fields")
	if fields == nil || fields.Kind != yaml.MappingNode {
		return false
	}
	if len(fields.Content) == 0 {
		r.wrong(fields, say("the relation has no fields"), say("write each as name: kind"))
		return false
	}
	if count := len(fields.Content) / 2; count > maxFields {
		r.wrong(fields, say("the relation has %d fields, at most %d are allowed", count, maxFields), say("split it into several relations"))
		return false
	}
	ok := true
	pairs(fields, func(k, v *yaml.Node) {
		f := Field{Name: k.Value, Truth: truth, Cloze: true}
		if !isID(k.Value) || rel.fieldNamed(k.Value) >= 0 {
			ok = false
			return
		}
		ok = r.fillField(&f, v) && ok
		rel.Fields = append(rel.Fields, f)
	})
	if !ok {
		return false
	}
	names := rel.fieldNames()
	rel.names = names
	r.readSymmetric(rel, at(n, "symmetric"))
	state := at(n, "state")
	if state == nil {
		return false
	}
	if s := r.sentence(state, names); s != nil {
		rel.State = *s
		for i, name := range names {
			for _, c := range r.codes {
				if m := s.Messages[c]; m != nil && !m.Uses(i) {
					r.warn(state, say("the sentence in %s does not show {%s}", c, name), say("state: uses every field"))
					break
				}
			}
		}
	}
	if frame := at(n, "frame"); frame != nil {
		rel.Frame = r.readFrame(frame)
	}
	r.readStems(rel, n)
	rel.Order = r.readOrder(rel, at(n, "order"))
	rel.Most = r.readOrder(rel, at(n, "most"))
	if m := at(n, "match"); m != nil {
		rel.Match = r.sentence(m, nil)
	}
	return true
}

// readStems reads the questions of a relation: ask:, and typed: where they read otherwise without options.
func (r *relationReader) readStems(rel *Relation, n *yaml.Node) {
	for _, key := range []string{"ask", "typed"} {
		pairs(at(n, key), func(k, v *yaml.Node) {
			i := rel.fieldNamed(k.Value)
			switch {
			case i < 0:
				r.wrong(k, say("the relation has no field %q", show(k.Value)), oneOf(k.Value, rel.names))
			case isNull(v):
			case key == "ask":
				rel.Fields[i].Ask = r.stem(v, rel.names, i)
				r.checkMentions(v, rel, i)
			case rel.Fields[i].Ask == nil:
				r.wrong(k, say("typed: has a question for %s, and ask: has none", k.Value), say("add the question with options under ask:"))
			default:
				rel.Fields[i].AskTyped = r.stem(v, rel.names, i)
			}
		})
	}
}

// readOrder reads the sentences that ask to put facts in order or for the first of them, by the
// field to order by.
func (r *relationReader) readOrder(rel *Relation, n *yaml.Node) (sentences []*Sentence) {
	pairs(n, func(k, v *yaml.Node) {
		i := rel.fieldNamed(k.Value)
		switch {
		case i < 0:
			r.wrong(k, say("the relation has no field %q", show(k.Value)), oneOf(k.Value, rel.names))
		case !rel.Fields[i].Type.ordered():
			r.wrong(k, say("%s is of type %s, which has no order", k.Value, rel.Fields[i].Type), say("order by a number or a date"))
		default:
			if sentences == nil {
				sentences = make([]*Sentence, len(rel.Fields))
			}
			sentences[i] = r.sentence(v, nil)
		}
	})
	return sentences
}

func (r *relationReader) readSymmetric(rel *Relation, n *yaml.Node) {
	if n == nil || n.Kind != yaml.SequenceNode {
		return
	}
	var pair []int
	for _, e := range n.Content {
		e = follow(e)
		i := rel.fieldNamed(e.Value)
		if i < 0 {
			r.wrong(e, say("the relation has no field %q", show(e.Value)), oneOf(e.Value, rel.fieldNames()))
			return
		}
		pair = append(pair, i)
	}
	if len(pair) != 2 || pair[0] == pair[1] {
		r.wrong(n, say("symmetric names two different fields"), say("write symmetric: [a, b]"))
		return
	}
	a, b := &rel.Fields[pair[0]], &rel.Fields[pair[1]]
	if a.Type != b.Type {
		r.wrong(n, say("%s and %s have different types", a.Name, b.Name), say("fields that may be swapped are of one type"))
		return
	}
	rel.Symmetric = [2]int{pair[0], pair[1]}
}

// fillField reads a field in its short form, a kind or a type, or its long form.
func (r *relationReader) fillField(f *Field, n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode {
		return r.fieldType(f, n)
	}
	kind, typ := at(n, "kind"), at(n, "type")
	switch {
	case kind != nil && typ != nil:
		r.wrong(typ, say("%s has both kind: and type:", f.Name), say("keep one of them"))
		return false
	case kind == nil && typ == nil:
		r.wrong(n, say("%s has neither kind: nor type:", f.Name), say("say which kind of entity or which type of value it is"))
		return false
	case kind != nil && !r.fieldType(f, kind), typ != nil && !r.fieldType(f, typ):
		return false
	}
	if t := at(n, "truth"); t != nil {
		f.Truth = truthNamed(t.Value)
	}
	if c := at(n, "cloze"); c != nil {
		f.Cloze = c.Value != "false"
	}
	if a := at(n, "asks-unit"); a != nil {
		f.AskUnit = a.Value == "true"
	}
	f.Counted = r.lists(at(n, "counted"))
	if u := at(n, "unit"); u != nil {
		r.fieldUnit(f, u)
	}
	f.Tolerance = r.tolerance(at(n, "tolerance"), f.Type, f.Unit, nil)
	f.Min, f.Max = r.bound(at(n, "min"), f), r.bound(at(n, "max"), f)
	if f.Min != nil && f.Max != nil && f.Min.Cmp(*f.Max) > 0 {
		r.wrong(at(n, "max"), say("%s: max is below min", f.Name), say("swap them"))
	}
	return true
}

// fieldType reads a kind, a list of kinds, or a type.
func (r *relationReader) fieldType(f *Field, n *yaml.Node) bool {
	ok := true
	for _, e := range elements(n) {
		e = follow(e)
		if e.Kind != yaml.ScalarNode || !isID(e.Value) {
			return false
		}
		if t, isType := typeNamed(e.Value); isType {
			if n.Kind == yaml.SequenceNode && len(n.Content) > 1 {
				r.wrong(e, say("%s: the type %s cannot stand in a list", f.Name, e.Value), say("only kinds of entity can be alternatives"))
				return false
			}
			f.Type = t
			continue
		}
		k := r.kinds[e.Value]
		if k == nil {
			hint := r.suggest(e.Value, append(append([]string{}, typeWords...), r.kindNames()...))
			if hint.format == "" {
				hint = say("declare the kind under kinds:, or write a type: text, quote, integer, quantity, money, date, duration, ordinal, any")
			}
			r.wrong(e, say("%s: unknown kind or type %q", f.Name, e.Value), hint)
			ok = false
			continue
		}
		f.Kinds = append(f.Kinds, k)
	}
	return ok
}

func (r *relationReader) fieldUnit(f *Field, n *yaml.Node) {
	u := language.UnitNamed(n.Value)
	switch {
	case u == nil:
		r.wrong(n, say("%s: unknown unit %q", f.Name, show(n.Value)), r.unitHint(n.Value))
	case f.Type == MoneyValue && !u.Currency, f.Type == QuantityValue && u.Currency, f.Type == DurationValue && !isTime(u),
		f.Type != MoneyValue && f.Type != QuantityValue && f.Type != DurationValue:
		r.wrong(n, say("%s: values of type %s are not given in %s", f.Name, f.Type, u.Code), say("change the unit or the type"))
	default:
		f.Unit = u
	}
}

func (r *scope) unitHint(word string) phrase {
	var codes []string
	for _, u := range language.Units() {
		codes = append(codes, u.Code)
	}
	if h := r.suggest(word, codes); h.format != "" {
		return h
	}
	return say("write an ISO 4217 currency such as KRW, or a unit such as km2, percent, year")
}

func (r *valueReader) bound(n *yaml.Node, f *Field) *language.Decimal {
	if n == nil || n.Kind != yaml.ScalarNode || isNull(n) {
		return nil
	}
	a, reason, _ := parseAmount(tidy(n.Value))
	if reason.format != "" || a.Unit != nil && a.Unit != f.Unit {
		r.wrong(n, say("%s: %q is not a valid bound", f.Name, show(n.Value)), say("write a number in the field's own unit, such as 0 or 1.5 billion"))
		return nil
	}
	return &a.Number
}

func truthNamed(s string) Truth {
	for i, name := range truthNames {
		if s == name {
			return Truth(i)
		}
	}
	return Open
}

// String returns "open", "functional" or "complete".
func (t Truth) String() string { return truthNames[t] }

// typeNamed returns the type that a field's short form names; any is an entity of any kind.
func typeNamed(s string) (Type, bool) {
	if s == "any" {
		return EntityValue, true
	}
	for t := TextValue; t <= OrdinalValue; t++ {
		if t.String() == s {
			return t, true
		}
	}
	return 0, false
}

// ordered reports whether values of the type can be put in order.
func (t Type) ordered() bool { return t >= IntegerValue }

func (rel *Relation) fieldNamed(name string) int {
	for i := range rel.Fields {
		if rel.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

func (rel *Relation) fieldNames() []string {
	names := make([]string, len(rel.Fields))
	for i := range rel.Fields {
		names[i] = rel.Fields[i].Name
	}
	return names
}

// checkMentions warns of a question that names nothing it is about: asked of every fact of the
// relation, it would read the same.
func (r *relationReader) checkMentions(n *yaml.Node, rel *Relation, asked int) {
	s := rel.Fields[asked].Ask
	if s == nil || len(rel.Fields) < 2 {
		return
	}
	for _, c := range r.codes {
		m, mentions := s.Messages[c], false
		for i := range rel.Fields {
			mentions = mentions || m != nil && m.Uses(i)
		}
		if m != nil && !mentions {
			r.warn(n, say("the question for {%s} in %s names no other field", rel.Fields[asked].Name, c), say("it would be the same for every fact"))
			return
		}
	}
}
