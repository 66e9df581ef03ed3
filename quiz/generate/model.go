package generate

import (
	"cmp"
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// model is one way to make an item of a relation's facts: a kind and the asked field.
type model struct {
	kind  quiz.Kind
	field int
}

// shape is what all facts of a relation have in common.
type shape struct {
	models []model
	quote  int                      // the first field with a quotation; -1: none
	match  [2]int                   // the fields that a match shows and asks for; {-1, -1}: none
	pools  [][]slot                 // by field: where values of other facts are found; nil for numbers and dates
	rows   []slot                   // the facts of the relation, by hash
	stems  [][language.Count][]word // by field: content words of the relation's own stem
	state  [language.Count][]word   // those of the statement and its frame
	most   [][language.Count][]word // by field: those of the question for the largest or earliest
	among  []bool                   // by field: whether the relation's own question without options speaks of options
	gapped []bool                   // by field: whether a gap can stand for it in the relation's own statement
}

// slot is one value of one fact, or one entity, at a place that its identity alone decides.
type slot struct {
	hash  uint64
	fact  int32 // index of the fact or entity
	value int32 // index among the values of the field
}

// hashesOf are the numbers that decide the order of facts, by fact index.
func hashesOf(p *content.Pack) []uint64 {
	hashes := make([]uint64, len(p.Facts))
	for i, f := range p.Facts {
		hashes[i] = hashed(f.Name)
	}
	return hashes
}

func newShapes(p *content.Pack, in []language.Code, hashes []uint64) map[*content.Relation]*shape {
	shapes := make(map[*content.Relation]*shape, len(p.Relations))
	for _, rel := range p.Relations {
		s := &shape{quote: -1, match: [2]int{-1, -1}, pools: make([][]slot, len(rel.Fields)),
			stems: make([][language.Count][]word, len(rel.Fields)), most: make([][language.Count][]word, len(rel.Fields)),
			among: make([]bool, len(rel.Fields)), gapped: make([]bool, len(rel.Fields))}
		facts := p.FactsOf(rel)
		for i := range rel.Fields {
			f := &rel.Fields[i]
			if f.Type == content.QuoteValue && s.quote < 0 {
				s.quote = i
			}
			if f.Ask != nil {
				for _, c := range in {
					s.stems[i][c] = appendWords(nil, unplaced(f.Ask.Source[c]))
				}
			}
			if rel.Most != nil && rel.Most[i] != nil {
				for _, c := range in {
					s.most[i][c] = appendWords(nil, rel.Most[i].Source[c])
				}
			}
			if f.Type <= content.QuoteValue {
				s.pools[i] = newPool(facts, i, hashes)
			}
			if len(facts) > 0 {
				s.among[i] = speaksOfOptions(cmp.Or(f.AskTyped, f.Ask), in)
				s.gapped[i] = takesGap(&rel.State, i, f.Name, in)
			}
		}
		s.match = matched(rel)
		if len(facts) > 0 {
			s.state = statementOf(&rel.State, rel.Frame, in)
		}
		for i := range rel.Fields {
			s.models = append(s.models, modelsOf(rel, i, s)...)
		}
		for _, f := range facts {
			s.rows = append(s.rows, slot{hash: hashes[f.Index], fact: int32(f.Index)})
		}
		sortSlots(s.rows)
		shapes[rel] = s
	}
	return shapes
}

func newPool(facts []*content.Fact, field int, hashes []uint64) []slot {
	pool := make([]slot, 0, len(facts))
	for _, f := range facts {
		for k := range f.Values[field] {
			pool = append(pool, slot{both(hashes[f.Index], uint64(k)), int32(f.Index), int32(k)})
		}
	}
	sortSlots(pool)
	return pool
}

func sortSlots(s []slot) {
	slices.SortFunc(s, func(a, b slot) int { return cmp.Compare(a.hash, b.hash) })
}

// matched returns the first two fields that are asked for, which is what a match joins; of a relation
// that asks for none and is there to be matched, the first two.
func matched(rel *content.Relation) [2]int {
	out := [2]int{-1, -1}
	if rel.Match == nil {
		return out
	}
	asks := slices.ContainsFunc(rel.Fields, func(f content.Field) bool { return f.Ask != nil })
	n := 0
	for i := range rel.Fields {
		if (rel.Fields[i].Ask != nil || !asks) && rel.Fields[i].Type != content.QuoteValue && n < 2 {
			out[n] = i
			n++
		}
	}
	if n < 2 {
		return [2]int{-1, -1}
	}
	return out
}

// modelsOf lists the models of one field in the order of the kinds.
func modelsOf(rel *content.Relation, i int, s *shape) []model {
	var kinds []quiz.Kind
	switch rel.Fields[i].Type {
	case content.EntityValue:
		kinds = []quiz.Kind{quiz.Choice, quiz.TrueFalse, quiz.Typed, quiz.Cloze}
		if s.quote >= 0 && s.quote != i {
			kinds = append(kinds, quiz.WhoSaid)
		}
	case content.TextValue:
		kinds = []quiz.Kind{quiz.Choice, quiz.TrueFalse, quiz.Typed, quiz.Cloze}
	case content.QuoteValue:
		kinds = []quiz.Kind{quiz.Choice, quiz.Cloze}
	case content.DateValue:
		kinds = []quiz.Kind{quiz.Choice, quiz.TrueFalse, quiz.Cloze, quiz.Date}
	default:
		kinds = []quiz.Kind{quiz.Choice, quiz.TrueFalse, quiz.Cloze, quiz.Number}
	}
	if rel.Order != nil && rel.Order[i] != nil {
		kinds = append(kinds, quiz.Order)
	}
	if s.match[0] >= 0 && s.match[1] == i {
		kinds = append(kinds, quiz.Match)
	}
	kinds = append(kinds, compared(rel, i)...)
	models := make([]model, len(kinds))
	for k, kind := range kinds {
		models[k] = model{kind, i}
	}
	return models
}

// compared lists the kinds that set a field of several facts beside each other.
func compared(rel *content.Relation, i int) []quiz.Kind {
	f := &rel.Fields[i]
	if f.Type == content.DateValue && labelField(rel, i) >= 0 {
		if rel.Most != nil && rel.Most[i] != nil {
			return []quiz.Kind{quiz.Extreme, quiz.Timeline}
		}
		return []quiz.Kind{quiz.Timeline}
	}
	if f.Type > content.QuoteValue && f.Type != content.DateValue {
		kinds := []quiz.Kind{quiz.Closest}
		if rel.Most != nil && rel.Most[i] != nil && labelField(rel, i) >= 0 {
			kinds = append(kinds, quiz.Extreme)
		}
		return kinds
	}
	if f.Type > content.TextValue || f.Ask == nil {
		return nil
	}
	kinds := []quiz.Kind{quiz.WhichNot}
	if f.Truth != content.Open && f.AskTyped == nil && labelField(rel, i) >= 0 {
		kinds = append(kinds, quiz.OddOneOut)
	}
	if f.Type == content.EntityValue {
		kinds = append(kinds, quiz.TwoFacts, quiz.WhoAmI)
	}
	if f.Truth == content.Complete {
		kinds = append(kinds, quiz.NameMany)
	}
	return kinds
}

// applies reports whether the model has anything to do with the fact: whether the field is
// asked for, and the kind is that of its value. What does not apply is not missing.
func (g *Generator) applies(f *content.Fact, m model) bool {
	v := f.Values[m.field]
	if len(v) == 0 {
		return false
	}
	field := &f.Relation.Fields[m.field]
	asked := f.Asks(m.field) != nil
	refused := !asked && f.Ask != nil && f.Ask[m.field] != nil
	if f.Polarity != content.NoPolarity {
		return asked && m.kind == quiz.TrueFalse
	}
	person := v[0].Entity != nil && v[0].Entity.Kind.Is("person")
	s := g.shapes[f.Relation]
	switch m.kind {
	case quiz.WhoSaid:
		return asked && person
	case quiz.Choice:
		return asked && !(person && s.quote >= 0 && s.quote != m.field)
	case quiz.Cloze:
		return field.Cloze && !f.Card && (asked || field.Type == content.QuoteValue && !refused)
	case quiz.TrueFalse:
		return asked && !f.Card
	case quiz.Order, quiz.Match, quiz.Extreme:
		return !refused
	case quiz.WhichNot, quiz.OddOneOut, quiz.TwoFacts, quiz.Timeline, quiz.WhoAmI, quiz.NameMany:
		return asked && field.Cloze && !f.Card
	}
	return asked
}

func itemID(f *content.Fact, m model) quiz.ItemID {
	return quiz.ItemID(string(f.ID) + "/" + m.kind.String() + "/" + f.Relation.Fields[m.field].Name)
}

// find returns the fact and the model of an item.
func (g *Generator) find(id quiz.ItemID) (*content.Fact, int, bool) {
	rest, name, ok := cutLast(string(id))
	if !ok {
		return nil, 0, false
	}
	fact, kindName, ok := cutLast(rest)
	if !ok {
		return nil, 0, false
	}
	f := g.pack.FactByID(content.FactID(fact))
	kind, known := quiz.ParseKind(kindName)
	if f == nil || !known {
		return nil, 0, false
	}
	for i, m := range g.shapes[f.Relation].models {
		if m.kind == kind && f.Relation.Fields[m.field].Name == name {
			return f, i, g.applies(f, m)
		}
	}
	return nil, 0, false
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

// unplaced is a sentence without its placeholders: the words that every fact shows.
func unplaced(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '{':
			depth++
			b.WriteByte(' ')
		case r == '}':
			depth--
			b.WriteByte(' ')
		case depth != 1:
			b.WriteRune(r)
		}
	}
	return b.String()
}
