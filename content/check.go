package content

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// check makes the checks that need the whole pack: that facts agree with each other and with
// what they declare false, and that nothing stands unused.
func (r *reader) check() {
	p := r.pack
	for _, e := range p.Entities {
		if len(p.above[e.Index]) > maxAbove {
			r.wrong(r.places.entity[e], fmt.Sprintf("%s is part of more than %d others", e.ID, maxAbove), "name only the nearest larger places")
		}
	}
	s := &search{pack: p, left: maxCompared}
	for i, f := range p.Facts {
		if r.full() {
			return
		}
		r.fact = f.Name
		r.checkSame(f, r.places.facts[i])
		r.checkNot(s, f, r.places.facts[i])
	}
	if s.left < 0 {
		r.fact = ""
		r.add(&Problem{Line: 1, Column: 1, Message: "the facts share too many values for their not: to be checked", Hint: "split the pack"})
	}
	r.fact = ""
	r.checkFunctional()
	r.checkNames()
	r.checkUse()
}

// maxCompared is how many facts may be compared to check what is declared false: hundreds for
// each fact of the largest pack.
const maxCompared = 20_000_000

// nodesOf calls f with each value under a key such as not: and the node it stands at.
func nodesOf(f *Fact, n *yaml.Node, key string, visit func(field int, at *yaml.Node)) {
	list := at(n, key)
	if f.Card {
		for _, e := range elements(list) {
			visit(cardAnswer, follow(e))
		}
		return
	}
	pairs(list, func(k, v *yaml.Node) {
		if i := f.Relation.fieldNamed(k.Value); i >= 0 {
			for _, e := range elements(v) {
				visit(i, follow(e))
			}
		}
	})
}

// where returns the node of the nth value of a field under a key.
func where(f *Fact, n *yaml.Node, key string, field, nth int) *yaml.Node {
	found := n
	nodesOf(f, n, key, func(i int, at *yaml.Node) {
		if i != field {
			return
		}
		if nth == 0 {
			found = at
		}
		nth--
	})
	return found
}

// checkSame holds same-as to its word: another unit, or the same amount.
func (r *reader) checkSame(f *Fact, n *yaml.Node) {
	for _, fv := range f.SameAs {
		for j, v := range fv.Values {
			for _, w := range f.Values[fv.Field] {
				switch {
				case v.Type == DateValue && dateOrder(v.Date, w.Date) != 0:
					r.wrong(where(f, n, "same-as", fv.Field, j), "same-as: another date than the fact's", "same-as gives the same value in another form; for another true value use also-true:")
				case v.Type < IntegerValue || v.Type == DateValue || v.Type == OrdinalValue:
				case v.Amount.Unit == w.Amount.Unit && !v.Equal(w), sameBase(v, w) && !v.Equal(w):
					r.wrong(where(f, n, "same-as", fv.Field, j), fmt.Sprintf("same-as contradicts the fact: %s is not %s",
						plain(v), plain(w)), "same-as gives the same value in another unit; for another true value use also-true:")
				}
			}
		}
	}
}

func sameBase(v, w Value) bool {
	a, b := v.Amount.Unit, w.Amount.Unit
	return a != nil && b != nil && a.Base == b.Base
}

// plain writes a value as a pack does.
func plain(v Value) string {
	switch v.Type {
	case EntityValue:
		return v.Entity.ID
	case TextValue, QuoteValue:
		for _, t := range v.Words.Text {
			if t != "" {
				return show(t)
			}
		}
		return ""
	case DateValue:
		s := fmt.Sprintf("%d", v.Date.Year)
		if v.Date.Month > 0 {
			s += fmt.Sprintf("-%02d", v.Date.Month)
		}
		if v.Date.Day > 0 {
			s += fmt.Sprintf("-%02d", v.Date.Day)
		}
		return s
	}
	s := v.Amount.Number.String()
	if v.Amount.Unit != nil {
		s += " " + v.Amount.Unit.Code
	}
	return s
}

// checkNot reports values declared false that the pack makes true, or bars.
func (r *reader) checkNot(s *search, f *Fact, n *yaml.Node) {
	for _, fv := range f.Not {
		for j, v := range fv.Values {
			switch {
			case r.pack.Barred(f, fv.Field, v):
				r.wrong(where(f, n, "not", fv.Field, j), fmt.Sprintf("not: %s is disputed by this fact", plain(v)), "a disputed value is never offered; remove it from not:")
			case s.trueOf(f, fv.Field, v):
				r.wrong(where(f, n, "not", fv.Field, j), fmt.Sprintf("not: %s is true%s", plain(v), r.because(f, fv.Field, v)), "remove it, or mend the fact that makes it true")
			}
		}
	}
	for _, fv := range f.Disputed {
		for j, v := range fv.Values {
			if r.pack.trueOf(f, fv.Field, v) {
				r.wrong(where(f, n, "disputed", fv.Field, j), fmt.Sprintf("disputed: %s is also true of this fact", plain(v)), "a value is stated or disputed, not both")
			}
		}
	}
}

// because says which fact makes a value true, and how.
func (r *reader) because(f *Fact, field int, v Value) string {
	for _, w := range f.Values[field] {
		switch {
		case v.Equal(w):
			return " of this very fact"
		case r.pack.overlaps(v, w) && v.Entity != nil && r.pack.Within(v.Entity, w.Entity):
			return ": it is in " + w.Entity.ID
		case r.pack.overlaps(v, w) && v.Entity != nil:
			return ": " + w.Entity.ID + " is in it"
		case r.pack.overlaps(v, w):
			return " of this very fact"
		}
	}
	if r.pack.trueOf(f, field, v) {
		return ", as same-as: or also-true: says"
	}
	for _, g := range r.pack.FactsAbout(v) {
		if g != f && g.Relation == f.Relation {
			return fmt.Sprintf(", as the fact %s at line %d says", g.Name, g.Line)
		}
	}
	return " by another fact"
}

// checkFunctional reports two facts that give a functional field different values while the
// other fields are the same. Facts of different dates do not contradict.
func (r *reader) checkFunctional() {
	type situation struct {
		rel   *Relation
		field int
		asOf  [2]uint32
		given [maxFields - 1]ValueID
	}
	seen := map[situation]*Fact{}
	for i, f := range r.pack.Facts {
		for field := range f.Relation.Fields {
			if f.Relation.Fields[field].Truth != Functional || len(f.Values[field]) == 0 {
				continue
			}
			s := situation{rel: f.Relation, field: field, asOf: [2]uint32{dateKey(f.AsOf), dateKey(f.Until)}}
			n, simple := 0, true
			for j, vs := range f.Values {
				if j == field {
					continue
				}
				if len(vs) != 1 {
					simple = false // lists are compared by True
					break
				}
				s.given[n] = vs[0].ID()
				n++
			}
			if !simple {
				continue
			}
			g := seen[s]
			if g == nil {
				seen[s] = f
				continue
			}
			r.fact = f.Name
			name := f.Relation.Fields[field].Name
			here := at(r.places.filled[i], name)
			if here == nil {
				here = r.places.filled[i]
			}
			if f.Values[field][0].Equal(g.Values[field][0]) {
				r.warn(here, fmt.Sprintf("the facts %s and %s say the same", g.Name, f.Name), fmt.Sprintf("%s stands at line %d; remove one", g.Name, g.Line))
				continue
			}
			r.wrong(here, fmt.Sprintf("%s has one true value: %s says %s, but %s says %s", name, f.Name, plain(f.Values[field][0]), g.Name, plain(g.Values[field][0])),
				fmt.Sprintf("%s stands at line %d; mend one, or give each its as-of:", g.Name, g.Line))
		}
	}
	r.fact = ""
}

func dateKey(d language.Date) uint32 {
	return uint32(uint16(d.Year))<<16 | uint32(d.Month)<<8 | uint32(d.Day)
}

// checkNames warns of names that mean two things: a typed answer could not tell them apart.
func (r *reader) checkNames() {
	type owner struct {
		e     *Entity
		alias bool
	}
	for _, c := range r.codes {
		names := make(map[string]owner, len(r.pack.Entities))
		for _, e := range r.pack.Entities {
			if e.Name[c] == "" {
				continue
			}
			k := strings.ToLower(e.Name[c])
			if first, taken := names[k]; taken && first.e.Kind == e.Kind {
				r.warn(r.places.entity[e], fmt.Sprintf("%s and %s have the same name in %s: %s", first.e.ID, e.ID, c, show(e.Name[c])), "tell them apart, or keep one")
			} else if !taken {
				names[k] = owner{e: e}
			}
		}
		for _, e := range r.pack.Entities {
			for _, a := range e.Aliases[c] {
				k := strings.ToLower(a)
				first, taken := names[k]
				switch {
				case taken && first.e != e && first.alias:
					r.warn(r.places.entity[e], fmt.Sprintf("the alias %s of %s is also an alias of %s (%s)", show(a), e.ID, first.e.ID, c), "typed, it is ambiguous: keep it with one")
				case taken && first.e != e:
					r.warn(r.places.entity[e], fmt.Sprintf("the alias %s of %s is the name of %s (%s)", show(a), e.ID, first.e.ID, c), "typed, it is ambiguous: remove it")
				case !taken:
					names[k] = owner{e, true}
				}
			}
		}
	}
}

// checkUse notes entities and relations of the pack that no fact uses.
func (r *reader) checkUse() {
	if len(r.found) > 0 {
		return // facts that could not be read may use them
	}
	used := make([]bool, len(r.pack.Entities))
	mark := func(vs []Value) {
		for _, v := range vs {
			if v.Entity != nil {
				used[v.Entity.Index] = true
			}
		}
	}
	for _, f := range r.pack.Facts {
		for _, vs := range f.Values {
			mark(vs)
		}
		for _, lists := range [4][]FieldValues{f.Not, f.AlsoTrue, f.SameAs, f.Disputed} {
			for _, fv := range lists {
				mark(fv.Values)
			}
		}
		for _, e := range f.About {
			used[e.Index] = true
		}
	}
	for _, e := range r.pack.Entities {
		for _, lists := range [2][]*Entity{e.In, e.Near} {
			for _, o := range lists {
				used[o.Index] = true
			}
		}
		if e.Country != nil {
			used[e.Country.Index] = true
		}
	}
	for _, e := range r.pack.Entities {
		if !used[e.Index] {
			r.note(r.places.entity[e], fmt.Sprintf("no fact uses the entity %s", e.ID), "use it, or remove it")
		}
	}
	cited := map[*Source]bool{}
	for _, f := range r.pack.Facts {
		for _, e := range f.Evidence {
			cited[e.Source] = true
		}
	}
	pairs(r.places.sources, func(k, _ *yaml.Node) {
		if s := r.sources[k.Value]; s != nil && !cited[s] {
			r.note(k, fmt.Sprintf("no fact has evidence from %s", s.ID), "give facts evidence:, or remove the source")
		}
	})
	for _, rel := range r.pack.Relations {
		if !rel.Library && len(r.pack.byRel[rel].facts) == 0 {
			r.note(r.places.relation[rel], fmt.Sprintf("no fact uses the relation %s", rel.ID), "use it, or remove it")
		}
	}
}
