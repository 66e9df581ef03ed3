package content

import (
	"slices"

	"summitquiz/content/language"
)

// Changes says how one version of a pack differs from another: ids that came, went or changed,
// each in the order of its pack.
type Changes struct {
	Facts     []Change
	Entities  []Change
	Relations []Change
	Sources   []Change
	About     []string // what of the pack itself changed: title, cover, languages …

	From, To  string // the labels
	SameLabel bool   // the label is the same but the content is not: a new revision
	Same      bool   // the content hash is the same
}

// Change is one thing that came, went or changed.
type Change struct {
	ID   string
	How  How
	What []string // for Changed: the parts that differ, such as "values", "evidence", "question"
}

// How is what happened to a thing.
type How uint8

// What may happen.
const (
	Came How = iota
	Went
	Changed
)

// String returns "came", "went" or "changed".
func (h How) String() string { return [...]string{"came", "went", "changed"}[h] }

// Empty reports whether nothing that players or authors see differs: comments and layout may.
func (c Changes) Empty() bool {
	return len(c.Facts)+len(c.Entities)+len(c.Relations)+len(c.Sources)+len(c.About) == 0
}

// Diff returns how b differs from a, usually an earlier version of the same pack.
func Diff(a, b *Pack) Changes {
	c := Changes{From: a.Version, To: b.Version, Same: a.Hash == b.Hash}
	c.SameLabel = a.Version == b.Version && !c.Same
	c.About = differing(
		part{"name", a.Name != b.Name},
		part{"languages", a.Languages != b.Languages},
		part{"reviewed", a.Reviewed != b.Reviewed},
		part{"title", a.Title != b.Title},
		part{"cover", a.Cover != b.Cover},
		part{"about", a.About != b.About})
	c.Facts = compare(a.Facts, b.Facts, func(f *Fact) string { return f.Name }, factParts)
	c.Entities = compare(a.Entities, b.Entities, func(e *Entity) string { return e.ID }, entityParts)
	c.Relations = compare(a.Relations, b.Relations, func(r *Relation) string { return r.ID }, relationParts)
	c.Sources = compare(a.Sources, b.Sources, func(s *Source) string { return s.ID }, sourceParts)
	return c
}

// compare pairs two lists by id.
func compare[T any](a, b []T, id func(T) string, parts func(a, b T) []string) []Change {
	var out []Change
	before := make(map[string]T, len(a))
	for _, x := range a {
		before[id(x)] = x
	}
	after := make(map[string]bool, len(b))
	for _, y := range b {
		after[id(y)] = true
		x, known := before[id(y)]
		if !known {
			out = append(out, Change{ID: id(y), How: Came})
			continue
		}
		if what := parts(x, y); len(what) > 0 {
			out = append(out, Change{ID: id(y), How: Changed, What: what})
		}
	}
	for _, x := range a {
		if !after[id(x)] {
			out = append(out, Change{ID: id(x), How: Went})
		}
	}
	return out
}

type part struct {
	name    string
	differs bool
}

func differing(parts ...part) []string {
	var out []string
	for _, p := range parts {
		if p.differs {
			out = append(out, p.name)
		}
	}
	return out
}

func factParts(a, b *Fact) []string {
	return differing(
		part{"relation", a.Relation.ID != b.Relation.ID},
		part{"values", !slices.EqualFunc(a.Values, b.Values, sameValues)},
		part{"same-as", !sameLists(a.SameAs, b.SameAs)},
		part{"also-true", !sameLists(a.AlsoTrue, b.AlsoTrue)},
		part{"not", !sameLists(a.Not, b.Not)},
		part{"disputed", !sameLists(a.Disputed, b.Disputed)},
		part{"evidence", !slices.EqualFunc(a.Evidence, b.Evidence, func(x, y Evidence) bool { return x.Source.ID == y.Source.ID && x.Quote == y.Quote })},
		part{"as-of", a.AsOf != b.AsOf},
		part{"until", a.Until != b.Until},
		part{"prominence", a.Prominence != b.Prominence},
		part{"sentence", !sameSentence(a.State, b.State)},
		part{"frame", !sameSentence(a.Frame, b.Frame)},
		part{"question", !slices.EqualFunc(a.Ask, b.Ask, sameSentence)},
		part{"about", !sameEntities(a.About, b.About)},
		part{"tolerance", !sameTolerance(a.CardTolerance, b.CardTolerance)},
		part{"note", a.Note != b.Note},
		part{"skip", !slices.Equal(a.Skip, b.Skip)})
}

func entityParts(a, b *Entity) []string {
	return differing(
		part{"kind", a.Kind.ID != b.Kind.ID},
		part{"name", a.Name != b.Name},
		part{"aliases", !sameNames(a.Aliases, b.Aliases)},
		part{"family", a.Family != b.Family},
		part{"grammar", a.Gender != b.Gender || a.Plural != b.Plural || a.The != b.The},
		part{"outside", a.Outside != b.Outside},
		part{"in", !sameEntities(a.In, b.In)},
		part{"country", nameOf(a.Country) != nameOf(b.Country)},
		part{"role", a.Role != b.Role},
		part{"tags", !slices.Equal(a.Tags, b.Tags)},
		part{"near", !sameEntities(a.Near, b.Near) || !sameNames(a.NearBy, b.NearBy)})
}

func relationParts(a, b *Relation) []string {
	return differing(
		part{"fields", !slices.EqualFunc(a.Fields, b.Fields, sameField)},
		part{"symmetric", a.Symmetric != b.Symmetric},
		part{"sentence", !sameSentence(&a.State, &b.State)},
		part{"frame", !sameSentence(a.Frame, b.Frame)},
		part{"question", !slices.EqualFunc(a.Fields, b.Fields, func(x, y Field) bool { return sameSentence(x.Ask, y.Ask) && sameSentence(x.AskTyped, y.AskTyped) })},
		part{"order", !slices.EqualFunc(a.Order, b.Order, sameSentence)},
		part{"most", !slices.EqualFunc(a.Most, b.Most, sameSentence)},
		part{"match", !sameSentence(a.Match, b.Match)})
}

func sourceParts(a, b *Source) []string {
	return differing(
		part{"title", a.Title != b.Title || a.Cite != b.Cite},
		part{"date", a.Date != b.Date},
		part{"address", a.URL != b.URL},
		part{"text", a.Text != b.Text || a.Language != b.Language})
}

func sameField(a, b Field) bool {
	kinds := slices.EqualFunc(a.Kinds, b.Kinds, func(x, y *Kind) bool { return x.ID == y.ID })
	return kinds && a.Name == b.Name && a.Type == b.Type && a.Unit == b.Unit && a.Truth == b.Truth && a.AskUnit == b.AskUnit &&
		a.Cloze == b.Cloze && sameNames(a.Counted, b.Counted) && sameBound(a.Min, b.Min) && sameBound(a.Max, b.Max) &&
		sameTolerance(a.Tolerance, b.Tolerance)
}

func sameBound(a, b *language.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func sameSentence(a, b *Sentence) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Source == b.Source
}

func sameEntities(a, b []*Entity) bool {
	return slices.EqualFunc(a, b, func(x, y *Entity) bool { return x.ID == y.ID })
}

func sameNames(a, b [language.Count][]string) bool {
	for c := range a {
		if !slices.Equal(a[c], b[c]) {
			return false
		}
	}
	return true
}

func nameOf(e *Entity) string {
	if e == nil {
		return ""
	}
	return e.ID
}

func sameLists(a, b []FieldValues) bool {
	return slices.EqualFunc(a, b, func(x, y FieldValues) bool { return x.Field == y.Field && sameValues(x.Values, y.Values) })
}

// sameValues compares values of two packs as they are written: 12 months is not 1 year.
func sameValues(a, b []Value) bool {
	return slices.EqualFunc(a, b, func(v, w Value) bool {
		switch {
		case v.Type != w.Type:
			return false
		case v.Entity != nil:
			return nameOf(v.Entity) == nameOf(w.Entity)
		case v.Words != nil:
			if w.Words == nil || v.Words.Text != w.Words.Text || v.Words.Gender != w.Words.Gender || v.Words.Plural != w.Words.Plural ||
				!sameNames(v.Words.Aliases, w.Words.Aliases) {
				return false
			}
			for c := range v.Words.Blanks {
				if !slices.Equal(v.Words.Blanks[c], w.Words.Blanks[c]) {
					return false
				}
			}
			return true
		}
		return v.Amount == w.Amount && v.Date == w.Date
	})
}
