package content

import (
	"fmt"
	"hash/maphash"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// check makes the checks that need the whole pack: that facts agree with each other and with
// what they declare false, and that nothing stands unused.
func (r *packChecker) check() {
	p := r.pack
	for _, e := range p.Entities {
		if len(p.above[e.Index]) > maxAbove {
			r.wrong(r.places.entity[e.Index], say("%s is part of more than %d others", e.ID, maxAbove), say("name only the nearest larger places"))
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
		r.checkTwins(f, r.places.facts[i])
	}
	if s.left < 0 {
		r.fact = ""
		r.add(&Problem{Line: 1, Column: 1, message: say("the facts share too many values for their not: to be checked"), hint: say("split the pack")})
	}
	r.fact = ""
	r.checkFunctional()
	r.checkRepeats()
	r.checkFrames()
	r.checkGiveaways()
	r.checkNames()
	r.checkUse()
}

// maxCompared is how many facts may be compared to check what is declared false: hundreds for
// each fact of the largest pack.
const maxCompared = 20_000_000

// nodesOf calls f with each value under a key such as not: and the node it stands at.
func nodesOf(f *Fact, n *yaml.Node, key string, each func(field int, at *yaml.Node)) {
	list := at(n, key)
	if f.Card {
		for _, e := range elements(list) {
			each(cardAnswer, follow(e))
		}
		return
	}
	pairs(list, func(k, v *yaml.Node) {
		if i := f.Relation.fieldNamed(k.Value); i >= 0 {
			for _, e := range elements(v) {
				each(i, follow(e))
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
func (r *packChecker) checkSame(f *Fact, n *yaml.Node) {
	for _, fv := range f.SameAs {
		for j, v := range fv.Values {
			for _, w := range f.Values[fv.Field] {
				switch {
				case v.Type == DateValue && dateOrder(v.Date, w.Date) != 0:
					r.wrong(where(f, n, "same-as", fv.Field, j), say("same-as: another date than the fact's"),
						say("same-as gives the same value in another form; for another true value use also-true:"))
				case v.Type < IntegerValue || v.Type == DateValue || v.Type == OrdinalValue:
				case v.Amount.Unit == w.Amount.Unit && !v.Equal(w), sameBase(v, w) && !v.Equal(w):
					r.wrong(where(f, n, "same-as", fv.Field, j), say("same-as contradicts the fact: %s is not %s", plain(v), plain(w)),
						say("same-as gives the same value in another unit; for another true value use also-true:"))
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
func (r *packChecker) checkNot(s *search, f *Fact, n *yaml.Node) {
	for _, fv := range f.Not {
		for j, v := range fv.Values {
			switch {
			case r.pack.Barred(f, fv.Field, v):
				r.wrong(where(f, n, "not", fv.Field, j), say("not: %s is disputed by this fact", plain(v)),
					say("a disputed value is never offered; remove it from not:"))
			case s.trueOf(f, fv.Field, v):
				r.wrong(where(f, n, "not", fv.Field, j), say("not: %s is true%s", plain(v), r.because(f, fv.Field, v)),
					say("remove it, or correct the fact that makes it true"))
			}
		}
	}
	for _, fv := range f.Disputed {
		for j, v := range fv.Values {
			if r.pack.trueOf(f, fv.Field, v) {
				r.wrong(where(f, n, "disputed", fv.Field, j), say("disputed: %s is also true of this fact", plain(v)),
					say("a value is stated or disputed, not both"))
			}
		}
	}
}

// because says which fact makes a value true, and how.
func (r *packChecker) because(f *Fact, field int, v Value) phrase {
	for _, w := range f.Values[field] {
		switch {
		case v.Equal(w):
			return say(" of this very fact")
		case r.pack.overlaps(v, w) && v.Entity != nil && r.pack.Within(v.Entity, w.Entity):
			return say(": it is in %s", w.Entity.ID)
		case r.pack.overlaps(v, w) && v.Entity != nil:
			return say(": %s is in it", w.Entity.ID)
		case r.pack.overlaps(v, w):
			return say(" of this very fact")
		}
	}
	if r.pack.trueOf(f, field, v) {
		return say(", as same-as: or also-true: says")
	}
	for _, g := range r.pack.FactsAbout(v) {
		if g != f && g.Relation == f.Relation {
			return say(", as the fact %s at line %d says", g.Name, g.Line)
		}
	}
	return say(" by another fact")
}

// checkFunctional reports two facts that give a functional field different values while the
// other fields are the same. Facts of different dates do not contradict.
func (r *packChecker) checkFunctional() {
	var hash maphash.Hash
	facts := r.pack.Facts
	first := make(map[uint64]int32, len(facts)) // by situation: the latest of its facts
	before := make([]int32, 0, len(facts))      // for each entry of first, the one it replaced, or -1
	owner := make([]int32, 0, len(facts))       // the index of the fact of each entry
	for i, f := range facts {
		for field := range f.Relation.Fields {
			if f.Relation.Fields[field].Truth != Functional || !simple(f) {
				continue
			}
			hash.Reset()
			maphash.WriteComparable(&hash, f.Relation)
			maphash.WriteComparable(&hash, field)
			for j := range f.Values {
				if j != field {
					maphash.WriteComparable(&hash, f.Values[j][0].ID())
				}
			}
			key := hash.Sum64()
			entry, known := first[key]
			if !known {
				entry = -1
			}
			before, owner = append(before, entry), append(owner, int32(i))
			first[key] = int32(len(owner) - 1)
			for e := entry; e >= 0; e = before[e] {
				if g := facts[owner[e]]; sameSituation(f, g, field) {
					r.contradiction(i, f, g, field)
					break
				}
			}
			if r.full() {
				return
			}
		}
	}
	r.fact = ""
}

// simple reports whether a fact has one value in each field; facts with lists are compared by
// what they make true.
func simple(f *Fact) bool {
	for _, vs := range f.Values {
		if len(vs) != 1 {
			return false
		}
	}
	return true
}

// sameSituation reports whether two facts agree in everything but one field.
func sameSituation(f, g *Fact, field int) bool {
	if f.Relation != g.Relation || f.AsOf != g.AsOf || f.Until != g.Until {
		return false
	}
	for j := range f.Values {
		if j != field && !f.Values[j][0].Equal(g.Values[j][0]) {
			return false
		}
	}
	return true
}

// checkRepeats warns of facts that say what an earlier one says: they would be asked twice.
func (r *packChecker) checkRepeats() {
	var hash maphash.Hash
	sum := func(vs []Value) (total uint64) {
		for _, v := range vs { // a list says the same in any order
			total += maphash.Comparable(hash.Seed(), v.ID())
		}
		return total
	}
	seen := make(map[uint64]*Fact, len(r.pack.Facts))
	for i, f := range r.pack.Facts {
		hash.Reset()
		maphash.WriteComparable(&hash, f.Relation)
		maphash.WriteComparable(&hash, [2]language.Date{f.AsOf, f.Until})
		a, b := f.Relation.Symmetric[0], f.Relation.Symmetric[1]
		for j, vs := range f.Values {
			if a == b || j != a && j != b {
				maphash.WriteComparable(&hash, sum(vs))
			}
		}
		if a != b {
			side := func(i int) uint64 { return maphash.Comparable(hash.Seed(), sum(f.Values[i])) }
			maphash.WriteComparable(&hash, side(a)+side(b)) // in either order
		}
		key := hash.Sum64()
		if g := seen[key]; g != nil {
			r.fact = f.Name
			r.warn(r.places.filled[i], say("the facts %s and %s say the same", g.Name, f.Name), say("%s is at line %d; remove one", g.Name, g.Line))
			continue
		}
		seen[key] = f
	}
	r.fact = ""
}

// contradiction reports two facts of one situation: f, of index i, and an earlier g.
func (r *packChecker) contradiction(i int, f, g *Fact, field int) {
	r.fact = f.Name
	name := f.Relation.Fields[field].Name
	here := at(r.places.filled[i], name)
	if here == nil {
		here = r.places.filled[i]
	}
	if f.Values[field][0].Equal(g.Values[field][0]) {
		return // reported as a repetition
	}
	r.wrong(here, say("%s has one true value: %s says %s, but %s says %s", name, f.Name, plain(f.Values[field][0]), g.Name, plain(g.Values[field][0])),
		say("%s is at line %d; correct one, or give each its as-of:", g.Name, g.Line))
}
