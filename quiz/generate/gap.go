package generate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"summitquiz/content"
	"summitquiz/content/language"
)

// What stands around a gap must not tell what fills it: a particle that goes with a final
// consonant, a verb that agrees with a woman, or the sentence of another fact.

// bothForms returns what follows a Korean gap with its particle in both forms.
func bothForms(rest string) string {
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
	if end < 0 {
		end = len(rest)
	}
	for _, p := range searchFor().afterGap {
		if rest[:end] == p[0] || rest[:end] == p[1] {
			return p[2] + rest[end:]
		}
	}
	return rest
}

// plainGap takes the particle after gaps off that is also a name.
func plainGap(s string, c language.Code) string {
	name, blank := searchFor().gapName, language.Blank(c)
	if name == "" {
		return s
	}
	return strings.ReplaceAll(s, blank+name, blank)
}

// tellsGender reports whether an Arabic verb or pronoun of the statement agrees with the value
// of a field, where others of its kind have the other gender.
func (g *Generator) tellsGender(f *content.Fact, field int) bool {
	v := &f.Values[field][0]
	if v.Entity == nil || g.genders[v.Entity.Kind] != bothGenders || f.States().Messages[language.Arabic] == nil {
		return false
	}
	src := f.States().Source[language.Arabic]
	at := strings.Index(src, "{"+f.Relation.Fields[field].Name+", select,")
	if at < 0 {
		return false
	}
	body := src[at:]
	if end := strings.Index(body, "}}"); end >= 0 {
		body = body[:end]
	}
	return strings.Contains(body, " f {")
}

// genders is a set of grammatical genders.
type genders uint8

const bothGenders genders = 1<<language.Masculine | 1<<language.Feminine

// gendersOf returns the genders of the entities of each kind.
func gendersOf(p *content.Pack) map[*content.Kind]genders {
	out := map[*content.Kind]genders{}
	for _, e := range p.Entities {
		for k := e.Kind; k != nil; k = k.Parent {
			out[k] |= 1 << e.Gender
		}
	}
	return out
}

// ambiguous reports whether another fact about the same thing has the same sentence with
// another value in its gap: "… was held in ____" for the place and for the year.
func (g *Generator) ambiguous(f *content.Fact, field int) bool {
	for i, vs := range f.Values {
		if i == field || len(vs) != 1 || vs[0].Entity == nil {
			continue
		}
		others := g.pack.FactsAbout(vs[0])
		for _, h := range others[:min(len(others), maxRight)] {
			if h.Relation == f.Relation {
				continue // what else is true of the relation is known to the grader
			}
			for k := range h.Values {
				if len(h.Values[k]) == 1 && h.Asks(k) != nil && g.sameGap(f, field, h, k) {
					return true
				}
			}
		}
	}
	return false
}

// sameGap reports whether two statements are the same in some language once a field of each is
// left out.
func (g *Generator) sameGap(f *content.Fact, field int, h *content.Fact, k int) bool {
	for _, c := range g.languages {
		a, b := f.States().Source[c], h.States().Source[c]
		if utf8.RuneCountInString(unplaced(a)) == utf8.RuneCountInString(unplaced(b)) && g.gapStem(f, field, c) == g.gapStem(h, k, c) {
			return true
		}
	}
	return false
}

func (g *Generator) gapStem(f *content.Fact, field int, c language.Code) string {
	var buf [maxArgs]language.Arg
	args := g.args(buf[:0], f, c)
	args[field] = language.Arg{Kind: language.Gap, Gender: args[field].Gender, Plural: args[field].Plural, Date: args[field].Date}
	return string(f.States().Messages[c].Append(nil, args, language.Style{Plain: true}))
}
