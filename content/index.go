package content

import (
	"cmp"
	"slices"
	"strings"
)

// index holds the lookups of a pack. It is built once and never changes.
type index struct {
	entities  map[string]*Entity
	relations map[string]*Relation
	facts     map[string]*Fact
	kinds     map[string][]*Entity // by kind, those below it included, in file order
	byRel     map[*Relation]relFacts

	// Every value's places, sorted by value, then relation and field, then file order, so
	// that both FactsAbout and FactsWith are one lookup and a slice of posted.
	ranges map[ValueID]span
	posted []*Fact
	stands []uint32            // relation ordinal << 8 | field, beside posted
	twice  map[ValueID][]*Fact // values that stand twice in one fact: posted without repeats

	extra map[stand][]*Fact // where same-as: and also-true: put values

	above []([]*Entity) // by entity index: all that contains it
	below []([]*Entity) // by entity index: all that it contains
}

type relFacts struct {
	ordinal uint32
	facts   []*Fact
	extras  bool // some have same-as or also-true
}

// stand is a value in a field of a relation.
type stand struct {
	rel   *Relation
	field int
	value ValueID
}

type span struct{ from, to int32 }

// posting is one value in one place, while the index is built.
type posting struct {
	value int32 // ordinal of the value, by first appearance
	stand uint32
	fact  int32
}

// Entity returns the entity with the given id, or nil.
func (p *Pack) Entity(id string) *Entity { return p.entities[id] }

// Relation returns the relation with the given name, of the pack or of the library where the
// pack uses it, or nil.
func (p *Pack) Relation(id string) *Relation { return p.relations[id] }

// Fact returns the fact with the given id in the pack, or nil.
func (p *Pack) Fact(name string) *Fact { return p.facts[name] }

// FactByID returns the fact with the given product-wide id, or nil.
func (p *Pack) FactByID(id FactID) *Fact {
	name, ok := strings.CutPrefix(string(id), string(p.ID)+"/")
	if !ok {
		return nil
	}
	return p.facts[name]
}

// FactsOf returns the facts of a relation in file order. Callers must not change the slice.
func (p *Pack) FactsOf(rel *Relation) []*Fact { return p.byRel[rel].facts }

// FactsWith returns the facts of a relation that have v in a field, in file order. Callers
// must not change the slice.
func (p *Pack) FactsWith(rel *Relation, field int, v Value) []*Fact {
	return p.factsWith(rel, field, v.ID())
}

func (p *Pack) factsWith(rel *Relation, field int, id ValueID) []*Fact {
	s, ok := p.ranges[id]
	if !ok {
		return nil
	}
	rf, ok := p.byRel[rel]
	if !ok {
		return nil
	}
	want := rf.ordinal<<8 | uint32(field)
	stands := p.stands[s.from:s.to]
	from, _ := slices.BinarySearch(stands, want)
	to, _ := slices.BinarySearch(stands, want+1)
	return p.posted[int(s.from)+from : int(s.from)+to : int(s.from)+to]
}

// FactsAbout returns every fact in which v stands, in whatever field, each once. Callers must
// not change the slice.
func (p *Pack) FactsAbout(v Value) []*Fact {
	id := v.ID()
	if facts, ok := p.twice[id]; ok {
		return facts
	}
	s := p.ranges[id]
	return p.posted[s.from:s.to:s.to]
}

// EntitiesOf returns the entities of a kind or below it, outside ones included, in the order
// of Pack.Entities. Callers must not change the slice.
func (p *Pack) EntitiesOf(kind string) []*Entity { return p.kinds[kind] }

// Within reports whether e is part of whole, directly or through others.
func (p *Pack) Within(e, whole *Entity) bool { return slices.Contains(p.above[e.Index], whole) }

// build fills the index. It expects facts whose values are all read.
func (p *Pack) build() {
	p.entities = make(map[string]*Entity, len(p.Entities))
	p.kinds = map[string][]*Entity{}
	for _, e := range p.Entities {
		p.entities[e.ID] = e
		for k := e.Kind; k != nil; k = k.Parent {
			p.kinds[k.ID] = append(p.kinds[k.ID], e)
		}
	}
	p.buildContainment()
	p.relations = make(map[string]*Relation, len(p.Relations))
	p.byRel = make(map[*Relation]relFacts, len(p.Relations))
	counts := make([]int, len(p.Relations))
	for i, rel := range p.Relations {
		p.relations[rel.ID] = rel
		p.byRel[rel] = relFacts{ordinal: uint32(i)}
	}
	ordinals := make([]uint32, len(p.Facts))
	values := 0
	for i, f := range p.Facts {
		ordinals[i] = p.byRel[f.Relation].ordinal
		counts[ordinals[i]]++
		for _, vs := range f.Values {
			values += len(vs)
		}
	}
	p.facts = make(map[string]*Fact, len(p.Facts))
	lists := make([][]*Fact, len(counts))
	for i, n := range counts {
		lists[i] = make([]*Fact, 0, n)
	}
	for i, f := range p.Facts {
		p.facts[f.Name] = f
		lists[ordinals[i]] = append(lists[ordinals[i]], f)
	}
	for i, rel := range p.Relations {
		rf := relFacts{ordinal: uint32(i), facts: lists[i]}
		for _, f := range rf.facts {
			rf.extras = rf.extras || f.SameAs != nil || f.AlsoTrue != nil
			p.postExtras(f)
		}
		p.byRel[rel] = rf
	}
	p.buildPostings(ordinals, values)
}

func (p *Pack) postExtras(f *Fact) {
	for _, lists := range [2][]FieldValues{f.SameAs, f.AlsoTrue} {
		for _, fv := range lists {
			for _, v := range fv.Values {
				if p.extra == nil {
					p.extra = map[stand][]*Fact{}
				}
				at := stand{f.Relation, fv.Field, v.ID()}
				p.extra[at] = append(p.extra[at], f)
			}
		}
	}
}

func (p *Pack) buildPostings(ordinals []uint32, count int) {
	known := make(map[ValueID]int32, count/2)
	all := make([]posting, 0, count)
	for i, f := range p.Facts {
		for _, lists := range [4][]FieldValues{f.SameAs, f.AlsoTrue, f.Not, f.Disputed} {
			for _, fv := range lists {
				for _, v := range fv.Values {
					v.Words.keepSum()
				}
			}
		}
		for field, vs := range f.Values {
			for _, v := range vs {
				v.Words.keepSum()
				id := v.ID()
				n, ok := known[id]
				if !ok {
					n = int32(len(known))
					known[id] = n
				}
				all = append(all, posting{n, ordinals[i]<<8 | uint32(field), int32(i)})
			}
		}
	}
	slices.SortFunc(all, func(a, b posting) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.stand, b.stand), cmp.Compare(a.fact, b.fact))
	})
	spans := make([]span, len(known))
	p.posted = make([]*Fact, len(all))
	p.stands = make([]uint32, len(all))
	doubled := map[int32]bool{}
	for i, at := range all {
		p.posted[i] = p.Facts[at.fact]
		p.stands[i] = at.stand
		s := &spans[at.value]
		if s.to == 0 {
			s.from = int32(i)
		}
		s.to = int32(i + 1)
	}
	p.ranges = make(map[ValueID]span, len(known))
	for id, n := range known {
		p.ranges[id] = spans[n]
		if repeats(p.posted[spans[n].from:spans[n].to]) {
			doubled[n] = true
		}
	}
	if len(doubled) == 0 {
		return
	}
	p.twice = map[ValueID][]*Fact{}
	for id, n := range known {
		if doubled[n] {
			facts := slices.Clone(p.posted[spans[n].from:spans[n].to])
			slices.SortFunc(facts, func(a, b *Fact) int { return a.Index - b.Index })
			p.twice[id] = slices.Compact(facts)
		}
	}
}

// repeats reports whether a fact stands twice among the postings of one value. They are sorted
// by field first, so only a value in several fields can.
func repeats(facts []*Fact) bool {
	if len(facts) < 2 {
		return false
	}
	rising := true
	for i := 1; i < len(facts); i++ {
		if facts[i].Index <= facts[i-1].Index {
			rising = false
			break
		}
	}
	if rising {
		return false
	}
	seen := make(map[*Fact]bool, len(facts))
	for _, f := range facts {
		if seen[f] {
			return true
		}
		seen[f] = true
	}
	return false
}

// maxAbove bounds what one entity may be part of, and so the size of the index.
const maxAbove = 64

// buildContainment spreads in: over all levels. It expects no cycles and at most maxIn levels,
// and stops at maxAbove, which check reports.
func (p *Pack) buildContainment() {
	p.above = make([][]*Entity, len(p.Entities))
	p.below = make([][]*Entity, len(p.Entities))
	done := make([]bool, len(p.Entities))
	var spread func(e *Entity) []*Entity
	spread = func(e *Entity) []*Entity {
		if done[e.Index] {
			return p.above[e.Index]
		}
		done[e.Index] = true
		for _, up := range e.In {
			for _, a := range append([]*Entity{up}, spread(up)...) {
				if len(p.above[e.Index]) <= maxAbove && !slices.Contains(p.above[e.Index], a) {
					p.above[e.Index] = append(p.above[e.Index], a)
				}
			}
		}
		return p.above[e.Index]
	}
	for _, e := range p.Entities {
		for _, a := range spread(e) {
			p.below[a.Index] = append(p.below[a.Index], e)
		}
	}
}
