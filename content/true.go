package content

import (
	"math"
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
	return (&search{pack: p, left: math.MaxInt}).trueOf(f, field, v)
}

// search looks for what makes a value true. It compares no more than left facts, so that a
// hostile pack cannot make its own check endless.
type search struct {
	pack *Pack
	left int
}

func (s *search) trueOf(f *Fact, field int, v Value) bool {
	if s.pack.trueOf(f, field, v) || s.elsewhere(f, field, v, identityOrder) {
		return true
	}
	a, b := f.Relation.Symmetric[0], f.Relation.Symmetric[1]
	return a != b && s.elsewhere(f, field, v, func(i int) int {
		switch i {
		case a:
			return b
		case b:
			return a
		}
		return i
	})
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
		a, b := v.Text[c], w.Text[c]
		if a != "" && (a == b || slices.Contains(w.Aliases[c], a)) || b != "" && slices.Contains(v.Aliases[c], b) {
			return true
		}
	}
	return false
}

// elsewhere looks for another fact whose other fields are those of f, each taken from the
// field that order maps it to, and that makes v true of the asked field.
func (s *search) elsewhere(f *Fact, field int, v Value, order func(int) int) bool {
	p, rel, asked := s.pack, f.Relation, order(field)
	matches := func(g *Fact) bool {
		if s.left--; s.left < 0 || !p.trueOf(g, asked, v) {
			return false
		}
		for i := range rel.Fields {
			if i != field && !shares(f.Values[i], g, order(i)) {
				return false
			}
		}
		return true
	}
	// Look where the fewest facts are: at those with a given value, or at those with v.
	const few = 64
	given, found := p.byRel[rel].facts, false
	for i := range rel.Fields {
		if i == field || len(f.Values[i]) != 1 {
			continue
		}
		if facts := p.FactsWith(rel, order(i), f.Values[i][0]); !found || len(facts) < len(given) {
			given, found = facts, true
		}
	}
	if found && len(given) <= few {
		return slices.ContainsFunc(given, matches) || p.hasExtras(rel) && s.anyWith(rel, asked, v, matches)
	}
	return s.anyWith(rel, asked, v, matches)
}

// anyWith reports whether any fact that has v in a field, or what contains or lies in v,
// matches.
func (s *search) anyWith(rel *Relation, field int, v Value, matches func(*Fact) bool) bool {
	p := s.pack
	with := func(v Value) bool {
		id := v.ID()
		return slices.ContainsFunc(p.factsWith(rel, field, id), matches) ||
			slices.ContainsFunc(p.extra[stand{rel, field, id}], matches)
	}
	if with(v) {
		return true
	}
	if v.Entity != nil {
		for _, kin := range [2][]*Entity{p.above[v.Entity.Index], p.below[v.Entity.Index]} {
			for _, e := range kin {
				if with(Value{Type: EntityValue, Entity: e}) {
					return true
				}
			}
		}
	}
	if d := v.Date; v.Type == DateValue && d.Day > 0 && with(Value{Type: DateValue, Date: language.Date{Year: d.Year, Month: d.Month}}) {
		return true
	}
	return v.Type == DateValue && v.Date.Month > 0 && with(Value{Type: DateValue, Date: language.Date{Year: v.Date.Year}})
}

func (p *Pack) hasExtras(rel *Relation) bool { return p.byRel[rel].extras }

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
	return language.Arg{Kind: language.Number, Amount: v.Amount, Form: moneyForm(v.Amount)}
}

// moneyForm is the form of an amount of money that is given to the cent: 5.10 keeps its zero. It
// is nil for every other amount, which is written in its natural form.
func moneyForm(a language.Amount) *language.Form {
	if a.Unit == nil || !a.Unit.Currency || a.LastDigit != -2 || a.Number.Places() == 2 {
		return nil
	}
	return &language.Form{Decimals: 2, Unit: true}
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
