package content

import (
	"slices"

	"summitquiz/content/language"
)

// True reports whether v is true when f is asked for a field: whether it is the fact's own
// value or, by another fact of the relation with the same other fields (swapped, where the
// relation is symmetric), also a right answer. Equal values in other units, same-as,
// also-true, and places or dates that contain a true value or lie in it count as true.
//
// It errs towards true: of a wrong option it has to be certain that it is wrong.
func (p *Pack) True(f *Fact, field int, v Value) bool {
	if p.trueOf(f, field, v) {
		return true
	}
	if p.trueElsewhere(f, f.Relation, field, v, identityOrder) {
		return true
	}
	if a, b := f.Relation.Symmetric[0], f.Relation.Symmetric[1]; a != b {
		swap := func(i int) int {
			switch i {
			case a:
				return b
			case b:
				return a
			}
			return i
		}
		return p.trueElsewhere(f, f.Relation, field, v, swap)
	}
	return false
}

func identityOrder(i int) int { return i }

// trueOf reports whether v is among the values that f itself makes true of a field.
func (p *Pack) trueOf(f *Fact, field int, v Value) bool {
	for _, w := range f.Values[field] {
		if p.overlaps(v, w) {
			return true
		}
	}
	for _, lists := range [2][]FieldValues{f.SameAs, f.AlsoTrue} {
		for _, fv := range lists {
			if fv.Field != field {
				continue
			}
			for _, w := range fv.Values {
				if p.overlaps(v, w) {
					return true
				}
			}
		}
	}
	return false
}

// overlaps reports whether two values cannot be told apart as true and false: they are equal,
// or one contains the other.
func (p *Pack) overlaps(v, w Value) bool {
	switch {
	case v.Entity != nil && w.Entity != nil:
		return v.Entity == w.Entity || p.Within(v.Entity, w.Entity) || p.Within(w.Entity, v.Entity)
	case v.Type == DateValue && w.Type == DateValue:
		return dateOrder(v.Date, w.Date) == 0
	case v.Words != nil && w.Words != nil:
		return v.Equal(w) || sharesWording(v.Words, w.Words)
	}
	return v.Equal(w)
}

// sharesWording reports whether two texts read the same in some language, or one is an
// accepted wording of the other.
func sharesWording(v, w *Words) bool {
	for _, c := range language.All() {
		if v.Text[c] != "" && (v.Text[c] == w.Text[c] || slices.Contains(w.Aliases[c], v.Text[c])) || w.Text[c] != "" && slices.Contains(v.Aliases[c], w.Text[c]) {
			return true
		}
	}
	return false
}

// trueElsewhere looks for another fact whose other fields are those of f, each taken from the
// field that order maps it to, and that makes v true of the asked field.
func (p *Pack) trueElsewhere(f *Fact, rel *Relation, field int, v Value, order func(int) int) bool {
	asked := order(field)
	matches := func(g *Fact) bool {
		if !p.trueOf(g, asked, v) {
			return false
		}
		for i := range rel.Fields {
			if i != field && !shares(f.Values[i], g, order(i)) {
				return false
			}
		}
		return true
	}
	// The shortest list of facts that can match: by some given field, or by the value itself.
	const few = 32
	best, found := p.byRel[rel].facts, false
	for i := range rel.Fields {
		if i == field || len(f.Values[i]) != 1 {
			continue
		}
		if facts := p.FactsWith(rel, order(i), f.Values[i][0]); !found || len(facts) < len(best) {
			best, found = facts, true
		}
	}
	if found && len(best) <= few || v.Entity == nil && found {
		return slices.ContainsFunc(best, matches)
	}
	if v.Entity == nil {
		return slices.ContainsFunc(p.FactsWith(rel, asked, v), matches) || slices.ContainsFunc(p.withExtras(rel), matches)
	}
	if slices.ContainsFunc(p.FactsWith(rel, asked, v), matches) {
		return true
	}
	for _, kin := range [2][]*Entity{p.above[v.Entity.Index], p.below[v.Entity.Index]} {
		for _, e := range kin {
			if slices.ContainsFunc(p.FactsWith(rel, asked, Value{Type: EntityValue, Entity: e}), matches) {
				return true
			}
		}
	}
	return slices.ContainsFunc(p.withExtras(rel), matches)
}

// withExtras returns the facts of a relation that make more values true than they state.
func (p *Pack) withExtras(rel *Relation) []*Fact { return p.byRel[rel].extras }

// shares reports whether g has one of the given values in a field, also otherwise expressed.
func shares(given []Value, g *Fact, field int) bool {
	for _, v := range given {
		id := v.ID()
		for _, w := range g.Values[field] {
			if w.ID() == id {
				return true
			}
		}
		for _, fv := range g.SameAs {
			if fv.Field != field {
				continue
			}
			for _, w := range fv.Values {
				if w.ID() == id {
					return true
				}
			}
		}
	}
	return false
}

// Barred reports whether v may never be offered as false for a field of f although the pack
// does not state it: a disputed value.
func (p *Pack) Barred(f *Fact, field int, v Value) bool {
	for _, fv := range f.Disputed {
		if fv.Field != field {
			continue
		}
		for _, w := range fv.Values {
			if p.overlaps(v, w) {
				return true
			}
		}
	}
	return false
}

// Arg returns v as an argument of a message in language c.
func (p *Pack) Arg(c language.Code, v Value) language.Arg {
	switch v.Type {
	case EntityValue:
		e := v.Entity
		return language.Arg{Kind: language.Name, Text: e.Name[c], Gender: e.Gender, Plural: e.Plural, The: e.The}
	case TextValue, QuoteValue:
		arg := language.Arg{Kind: language.Words, Text: v.Words.Text[c], Gender: v.Words.Gender, Plural: v.Words.Plural}
		if v.Type == QuoteValue {
			arg.Kind = language.Quote
		}
		return arg
	case DateValue:
		return language.Arg{Kind: language.Day, Date: v.Date}
	case OrdinalValue:
		return language.Arg{Kind: language.Ordinal, Amount: v.Amount}
	}
	return language.Arg{Kind: language.Number, Amount: v.Amount}
}

// False reports whether v is certainly false when f is asked for a field: declared by not:,
// or shut out because the truth is closed. It is closed for the asked field, or for another
// one of which the pack knows the values with v in this place: Lyon is no capital of Spain
// because Lyon's own fact, of a functional field, names another country.
func (p *Pack) False(f *Fact, field int, v Value) bool {
	if p.True(f, field, v) || p.Barred(f, field, v) {
		return false
	}
	for _, fv := range f.Not {
		if fv.Field == field && slices.ContainsFunc(fv.Values, v.Equal) {
			return true
		}
	}
	if f.Relation.Fields[field].Truth != Open {
		return true
	}
	for other := range f.Relation.Fields {
		if other == field || f.Relation.Fields[other].Truth == Open {
			continue
		}
		for _, g := range p.FactsWith(f.Relation, field, v) {
			if p.alike(f, g, field, other) && !p.meets(f, g, other) {
				return true
			}
		}
	}
	return false
}

// alike reports whether g has the values of f in every field but two.
func (p *Pack) alike(f, g *Fact, a, b int) bool {
	for i := range f.Relation.Fields {
		if i != a && i != b && !shares(f.Values[i], g, i) {
			return false
		}
	}
	return true
}

// meets reports whether a value of f's field may be true of g's.
func (p *Pack) meets(f, g *Fact, field int) bool {
	for _, v := range f.Values[field] {
		if p.True(g, field, v) || p.Barred(g, field, v) {
			return true
		}
	}
	return false
}
