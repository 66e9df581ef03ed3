package grade

import (
	"slices"
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// owner is whose name a form is: an entity of the pack, a text of a fact, or a name that is
// only listed as easily confused.
type owner int32

// Lexicon holds every name in a pack in all its languages, so that an answer which is, or is
// near to, somebody else's is never taken for the key. It is computed once for a version of a
// pack and never changes; it is safe for use by many goroutines.
type Lexicon struct {
	exact    map[string][]owner // by compact text
	forms    [hanAlphabet + 1][]owned
	families map[string]int // how many persons and texts have a family name
	texts    map[*content.Words]owner
	entities int
}

type owned struct {
	form
	owner owner
}

// NewLexicon indexes the names of p: its entities, the outside ones included, the names that
// they are near to, and the texts that its facts have as values.
func NewLexicon(p *content.Pack) *Lexicon {
	l := &Lexicon{exact: map[string][]owner{}, families: map[string]int{}, texts: map[*content.Words]owner{}, entities: len(p.Entities)}
	next := owner(len(p.Entities))
	for i, e := range p.Entities {
		family := map[string]bool{}
		for _, c := range p.Languages.Codes() {
			l.add(e.Name[c], owner(i))
			for _, a := range e.Aliases[c] {
				l.add(a, owner(i))
			}
			for _, a := range e.NearBy[c] {
				l.add(a, next)
				next++
			}
			if f := language.Compact(language.Normalise(e.Family[c])); f != "" {
				family[f] = true
			}
		}
		for f := range family {
			l.families[f]++
		}
	}
	for _, f := range p.Facts {
		for i, values := range f.Values {
			if f.Relation.Fields[i].Type == content.TextValue {
				next = l.addTexts(p, values, next)
			}
		}
		for _, lists := range [2][]content.FieldValues{f.Not, f.Disputed} {
			for _, fv := range lists {
				next = l.addTexts(p, fv.Values, next)
			}
		}
	}
	return l
}

func (l *Lexicon) addTexts(p *content.Pack, values []content.Value, next owner) owner {
	for i := range values {
		w := values[i].Words
		if w == nil {
			continue
		}
		if _, known := l.texts[w]; known {
			continue
		}
		l.texts[w] = next
		var counted []string
		for _, c := range p.Languages.Codes() {
			l.add(w.Text[c], next)
			if f := lastName(w.Text[c]); f != "" && !slices.Contains(counted, f) {
				counted = append(counted, f)
				l.families[f]++
			}
			for _, a := range w.Aliases[c] {
				l.add(a, next)
			}
		}
		next++
	}
	return next
}

func (l *Lexicon) add(name string, of owner) {
	f := newForm(name)
	if f.text == "" || slices.Contains(l.exact[f.text], of) {
		return
	}
	l.exact[f.text] = append(l.exact[f.text], of)
	l.forms[f.alpha] = append(l.forms[f.alpha], owned{f, of})
	if c := compactOf(language.Normalise(name)); c != f.text && !slices.Contains(l.exact[c], of) {
		l.exact[c] = append(l.exact[c], of)
	}
}

// namesOf returns what an item with a name or a text as its key accepts.
func (l *Lexicon) namesOf(p *content.Pack, it quiz.Item, v quiz.View) names {
	n := names{lexicon: l, family: map[string]bool{}, familyUnique: true}
	family := map[string]bool{}
	for _, e := range l.rightEntities(p, it, v) {
		n.acceptEntity(p, e, family)
	}
	if w := it.Value.Words; w != nil {
		if of, ok := l.texts[w]; ok {
			n.right = append(n.right, of)
		}
		for _, c := range p.Languages.Codes() {
			n.acceptText(w.Text[c], v.Stem)
			for _, a := range w.Aliases[c] {
				n.acceptText(a, v.Stem)
			}
		}
	}
	for _, s := range v.Accepts {
		if !family[language.Compact(language.Normalise(s))] {
			n.accept(s)
		}
	}
	for f := range family {
		if !n.forms[f] {
			n.family[f] = true
		}
	}
	if w := it.Value.Words; w != nil {
		for _, c := range p.Languages.Codes() {
			n.acceptInflected(w.Text[c], v.Stem)
		}
	}
	// A text of another fact that reads like an accepted form is the same answer.
	for text := range n.forms {
		for _, of := range l.exact[text] {
			if int(of) >= l.entities && !slices.Contains(n.right, of) {
				n.right = append(n.right, of)
			}
		}
	}
	return n
}

// acceptEntity adds the names of an entity, and its family names to family.
func (n *names) acceptEntity(p *content.Pack, e *content.Entity, family map[string]bool) {
	n.right = append(n.right, owner(e.Index))
	n.person = n.person || e.Kind.Is("person")
	n.place = n.place || e.Kind.Is("place")
	for _, c := range p.Languages.Codes() {
		if f := language.Compact(language.Normalise(e.Family[c])); f != "" {
			family[f] = true
			n.familyUnique = n.familyUnique && n.lexicon.families[f] < 2
		}
		n.accept(e.Name[c])
		n.softenLess(e.Name[c])
		for _, a := range e.Aliases[c] {
			n.accept(a)
		}
	}
	if n.person {
		country := ""
		if e.Country != nil {
			country = e.Country.Name[language.English]
		}
		n.origin = append(n.origin, demonymsOf(country)...)
	}
	for _, whole := range wholes(e) {
		for _, c := range p.Languages.Codes() {
			n.qualifiers = append(n.qualifiers, parse(strings.Join(append([]string{whole.Name[c]}, whole.Aliases[c]...), "|"))...)
		}
	}
}

// rightEntities are the entities that are right: the drawn one, the others that the fact
// lists, and those whose name the view accepts and of which it is true.
func (l *Lexicon) rightEntities(p *content.Pack, it quiz.Item, v quiz.View) []*content.Entity {
	var out []*content.Entity
	add := func(e *content.Entity) {
		if e != nil && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	add(it.Value.Entity)
	for _, w := range it.Fact.Values[it.Field] {
		add(w.Entity)
	}
	if it.Value.Entity == nil {
		return out
	}
	for _, s := range v.Accepts {
		for _, of := range l.exact[language.Compact(language.Normalise(s))] {
			if int(of) < l.entities && p.True(it.Fact, it.Field, content.Value{Type: content.EntityValue, Entity: p.Entities[of]}) {
				add(p.Entities[of])
			}
		}
	}
	return out
}

// wholes are the places and groups that an entity is part of, and its country.
func wholes(e *content.Entity) []*content.Entity {
	var out []*content.Entity
	var walk func(e *content.Entity)
	walk = func(e *content.Entity) {
		for _, w := range append(slices.Clone(e.In), e.Country) {
			if w != nil && !slices.Contains(out, w) {
				out = append(out, w)
				walk(w)
			}
		}
	}
	walk(e)
	return out
}

// others reports whether a compact text is the name of somebody or something that is not right.
func (l *Lexicon) others(compact string, right []owner) bool {
	for _, of := range l.exact[compact] {
		if !slices.Contains(right, of) {
			return true
		}
	}
	return false
}

// nearer reports whether a typed form is within limit of a name that is not right.
func (l *Lexicon) nearer(typed *form, limit int, right []owner, accepted map[string]bool) bool {
	for i := range l.forms[typed.alpha] {
		f := &l.forms[typed.alpha][i]
		if f.near(typed, limit) > limit || slices.Contains(right, f.owner) {
			continue
		}
		if !accepted[f.text] {
			return true
		}
	}
	return false
}
