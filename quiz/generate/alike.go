package generate

import (
	"slices"

	"summitquiz/content"
)

// Options of one item are alike in kind and look, and apart in name, place and length.

// alike reports whether a value is of the key's kind and look.
func (d *drawing) alike(v *content.Value, look *feature) bool {
	if v.Entity != nil {
		a, b := v.Entity.Kind, d.key.Entity.Kind
		if a != b && !a.Is(b.ID) && !b.Is(a.ID) {
			return false
		}
		if d.agrees && (v.Entity.Gender != d.key.Entity.Gender || v.Entity.Plural != d.key.Entity.Plural) {
			return false
		}
	}
	for _, c := range d.g.languages {
		if look.class[c] != d.look.class[c] {
			return false
		}
	}
	return true
}

// akin reports whether two entities share a role, a country, a tag or what they are part of;
// or whether their countries or what they are part of do: two cities of Africa.
func akin(a, b *content.Entity) bool {
	if related(a, b) || a.Country != nil && b.Country != nil && related(a.Country, b.Country) {
		return true
	}
	return len(a.In) > 0 && len(b.In) > 0 && related(a.In[0], b.In[0])
}

func related(a, b *content.Entity) bool {
	if a.Role != "" && a.Role == b.Role || a.Country != nil && a.Country == b.Country {
		return true
	}
	for _, t := range a.Tags {
		if slices.Contains(b.Tags, t) {
			return true
		}
	}
	for _, e := range a.In {
		if slices.Contains(b.In, e) {
			return true
		}
	}
	return false
}

// apart reports whether two values can be options of one item: different names, neither part
// of the other, and lengths that do not stand out.
func (g *Generator) apart(a *content.Value, fa *feature, b *content.Value, fb *feature) bool {
	for _, c := range g.languages {
		if !similarLength(fa.letters[c], fb.letters[c], a.Entity != nil) {
			return false
		}
		if x, y := fa.in(c), fb.in(c); len(x) > 0 && within(x, y) || len(y) > 0 && within(y, x) {
			return false
		}
	}
	if sharedWord(fa.names(), fb.names()) {
		return false
	}
	if a.Entity != nil && b.Entity != nil {
		return a.Entity != b.Entity && !g.pack.Within(a.Entity, b.Entity) && !g.pack.Within(b.Entity, a.Entity)
	}
	return true
}

// similarLength reports whether the longer is at most twice as long as the shorter, two and a
// half times for names.
func similarLength(a, b uint16, name bool) bool {
	long, short := int(max(a, b)), int(min(a, b))
	if name {
		return 2*long <= 5*short
	}
	return long <= 2*short
}
