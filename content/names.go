package content

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// checkNames warns of names that mean two things: a typed answer could not tell them apart.
func (r *packChecker) checkNames() {
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
			k := skeleton(strings.ToLower(e.Name[c]))
			if first, taken := names[k]; taken && first.e.Kind == e.Kind && !strings.EqualFold(first.e.Name[c], e.Name[c]) {
				r.warn(r.places.entity[e.Index], say("the names of %s and %s look the same in %s, but are written with other letters: %s",
					first.e.ID, e.ID, c, show(e.Name[c])),
					say("type one of them again in one script"))
			} else if taken && first.e.Kind == e.Kind {
				r.warn(r.places.entity[e.Index], say("%s and %s have the same name in %s: %s", first.e.ID, e.ID, c, show(e.Name[c])),
					say("tell them apart, or keep one"))
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
					r.warn(r.places.entity[e.Index], say("the alias %s of %s is also an alias of %s (%s)", show(a), e.ID, first.e.ID, c),
						say("typed, it is ambiguous: keep it with one"))
				case taken && first.e != e:
					r.warn(r.places.entity[e.Index], say("the alias %s of %s is the name of %s (%s)", show(a), e.ID, first.e.ID, c),
						say("typed, it is ambiguous: remove it"))
				case !taken:
					names[k] = owner{e, true}
				}
			}
		}
	}
}

// checkTwins warns of wrong answers of a card that look like the right one.
func (r *packChecker) checkTwins(f *Fact, n *yaml.Node) {
	for _, fv := range f.Not {
		for j, v := range fv.Values {
			for _, w := range f.Values[fv.Field] {
				if v.Words == nil || w.Words == nil {
					continue
				}
				for _, c := range r.codes {
					if a := v.Words.Text[c]; isTwin(a, w.Words.Text[c]) {
						r.warn(where(f, n, "not", fv.Field, j), say("not: %s looks the same as the answer, but is written with other letters", show(a)),
							say("type it again in one script, or remove it"))
						break
					}
				}
			}
		}
	}
}

// checkUse notes entities and relations of the pack that no fact uses.
func (r *packChecker) checkUse() {
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
			r.note(r.places.entity[e.Index], say("no fact uses the entity %s", e.ID), say("use it, or remove it"))
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
			r.note(k, say("no fact has evidence from %s", s.ID), say("give facts evidence:, or remove the source"))
		}
	})
	for _, rel := range r.pack.Relations {
		if !rel.Library && len(r.pack.byRel[rel].facts) == 0 {
			r.note(r.places.relation[rel], say("no fact uses the relation %s", rel.ID), say("use it, or remove it"))
		}
	}
}
