package generate

import (
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
	"summitquiz/quiz"
)

// leaks reports whether the stem that asks for a field, or the cover, holds an answer in any
// of its forms, in any language, as whole tokens.
func (g *Generator) leaks(f *content.Fact, field int) Reason {
	known := uint32(1) << (2 * field)
	said := known << 1
	at := &g.leaked[f.Index]
	switch bits := at.Load(); {
	case field >= 16 || bits&known == 0:
	case bits&said != 0:
		return KeyInStem
	default:
		return Made
	}
	why := g.leaksFrom(f, field, quiz.Item{Fact: f, Field: field, Kind: quiz.Typed, Value: f.Values[field][0]})
	if field < 16 {
		if why != Made {
			known |= said
		}
		at.Or(known)
	}
	return why
}

func (g *Generator) leaksFrom(f *content.Fact, field int, it quiz.Item) Reason {
	var texts [language.Count]language.Passage
	for i, c := range g.languages {
		texts[i] = g.passage(&it, c)
	}
	for i := range f.Values[field] {
		for _, form := range g.forms(&f.Values[field][i]) {
			p := language.NewPhrase(form)
			for _, t := range texts[:len(g.languages)] {
				if t.Has(p) {
					return KeyInStem
				}
			}
		}
	}
	for _, fv := range f.SameAs {
		if fv.Field != field {
			continue
		}
		for i := range fv.Values {
			for _, form := range g.forms(&fv.Values[i]) {
				p := language.NewPhrase(form)
				for _, t := range texts[:len(g.languages)] {
					if t.Has(p) {
						return KeyInStem
					}
				}
			}
		}
	}
	return Made
}

// passage is all that is shown with an item before it is answered, options aside.
func (g *Generator) passage(it *quiz.Item, c language.Code) language.Passage {
	stem := g.Stem(*it, c, language.Style{Plain: true})
	if strings.Contains(stem, language.Blank(c)) {
		stem = plainGap(stem, c)
	}
	return language.NewPassage(stem + " | " + g.pack.Cover[c])
}

// forms are the ways in which a value is written: names and aliases in every language, or the
// number or date as each language writes it.
func (g *Generator) forms(v *content.Value) []string {
	var out []string
	add := func(s string) {
		if s == "" {
			return
		}
		for _, known := range out {
			if known == s {
				return
			}
		}
		out = append(out, s)
	}
	for _, c := range g.languages {
		switch {
		case v.Entity != nil:
			add(v.Entity.Name[c])
			add(v.Entity.Family[c])
			for _, a := range v.Entity.Aliases[c] {
				add(a)
			}
		case v.Words != nil:
			add(v.Words.Text[c])
			for _, a := range v.Words.Aliases[c] {
				add(a)
			}
		default:
			arg := g.pack.Arg(c, *v)
			add(string(language.AppendArg(nil, c, &arg, language.Style{Plain: true})))
		}
	}
	return out
}
